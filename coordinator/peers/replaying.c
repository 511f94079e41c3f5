#include "coordinator/peers/replaying.h"

#include <string.h>

#include "coordinator/ws/shared_buf.h"

static enum refusal judge(const struct engine *engine, const struct wire_steer *steer)
{
	if (!engine_is_replay(engine)) {
		return REFUSAL_WRONG_STATE;
	}
	bool lacks = (steer->how == STEERING_TIME && !steer->has_at) ||
		     (steer->how == STEERING_SPEED && !steer->has_speed);
	return lacks ? REFUSAL_INVALID : REFUSAL_UNSET;
}

void replaying_steer(struct clients *clients, struct client *client, struct engine *engine,
	const struct wire_steer *steer)
{
	enum refusal refusal = judge(engine, steer);
	if (refusal != REFUSAL_UNSET) {
		client_refuse(clients, client,
			&(struct peer_step){.kind = PEER_REFUSE, .code = refusal},
			engine_seq(engine));
		return;
	}
	engine_steer(engine, &(struct playback_steering){
				     .how = steer->how, .at = steer->at, .speed = steer->speed});
}

static struct shared_buf *encode(struct engine *engine)
{
	struct playback_state state = engine_replay_state(engine);
	struct now now = engine_meeting_now(engine);
	struct wire_replay_mark marks[ITEMS_MAX];
	memset(marks, 0, sizeof(marks));
	for (size_t i = 0; i < state.n_marks; i++) {
		memcpy(marks[i].item, state.marks[i].item, sizeof(marks[i].item));
		marks[i].at = state.marks[i].at;
	}
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_REPLAY;
	message.replay = (struct wire_replay){.rate = state.rate,
		.speed = state.speed,
		.at = now.at,
		.wall = now.wall,
		.seq = (uint64_t)engine_seq(engine),
		.begins = state.begins,
		.ends = state.ends,
		.marks = marks,
		.n_marks = state.n_marks};
	return client_encode(&message);
}

void replaying_tell(struct clients *clients, struct client *client, struct engine *engine)
{
	struct shared_buf *told cleanup(shared_buf_unref) = encode(engine);
	if (told) {
		client_send(clients, client, OUTBOX_RELIABLE, 0, told);
	}
}

void replaying_tell_all(struct clients *clients, struct engine *engine)
{
	struct shared_buf *told cleanup(shared_buf_unref) = encode(engine);
	for (struct client *client = clients->first; told && client; client = client->next) {
		if (peer_is_person(&client->peer)) {
			client_send(clients, client, OUTBOX_RELIABLE, 0, told);
		}
	}
}
