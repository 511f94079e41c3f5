#include "coordinator/installation/change_desk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/host/log.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/message_file.h"
#include "proto/codec/codec.h"

enum { POLL_MS = 100 };

DEFINE_CLEANUP(struct mtg_batch *, free)

static int paths(const struct meeting_place *place, char order[static ATOMIC_FILE_PATH_MAX],
	char answer[static ATOMIC_FILE_PATH_MAX])
{
	int r = atomic_file_path(order, place->folder, "change.json");
	return r == 0 ? atomic_file_path(answer, place->folder, "change.answer.json") : r;
}

/* ---- the coordinator ---- */

static bool has_moved(const struct change_order *order, const struct engine *engine, struct now now)
{
	struct mtg_batch *batch cleanup(free) = malloc(sizeof(*batch));
	for (size_t i = 0; batch && i < order->n_commands; i++) {
		struct mtg_command command = {.by = {.role = ROLE_SYSTEM},
			.has_expect = true,
			.expect = (int64_t)order->expect,
			.body = order->commands[i].body};
		if (mtg_decide(engine_pending(engine), &command, now, batch) == REFUSAL_CONFLICT) {
			return true;
		}
	}
	return !batch;
}

static void carry_out(
	const struct change_order *order, struct engine *engine, struct change_answer *answer)
{
	memcpy(answer->id, order->id, sizeof(answer->id));
	enum refusal refusal = has_moved(order, engine, engine_meeting_now(engine))
				       ? REFUSAL_CONFLICT
				       : REFUSAL_UNSET;
	while (refusal == REFUSAL_UNSET && answer->given < order->n_commands) {
		refusal = engine_submit_system(engine, &order->commands[answer->given].body);
		answer->given += refusal == REFUSAL_UNSET;
	}
	answer->has_refusal = refusal != REFUSAL_UNSET;
	answer->refusal = refusal;
	log_line(LOG_LINE_NOTICE, "the plan was changed: %u of %zu commands%s%s",
		(unsigned)answer->given, order->n_commands, answer->has_refusal ? ", then " : "",
		answer->has_refusal ? msg_enum_name(&msg_refusal, (int)refusal) : "");
}

int change_desk_init(
	struct change_desk *desk, const struct meeting_place *place, struct engine *engine)
{
	*desk = (struct change_desk){.engine = engine};
	int r = paths(place, desk->order, desk->answer);
	if (r == 0) {
		unlink(desk->order);
	}
	return r;
}

static void take_order(struct change_desk *desk)
{
	struct msg_arena arena = {0};
	struct change_order order;
	int r = message_file_read(desk->order, &msg_change_order, &arena, &order);
	unlink(desk->order);
	if (r == 0) {
		desk->given = (struct change_answer){0};
		carry_out(&order, desk->engine, &desk->given);
		desk->last = mtg_last_seq(engine_pending(desk->engine));
		desk->is_due = true;
	} else {
		log_line(LOG_LINE_WARNING, "%s: %s", desk->order, strerror(-r));
	}
	msg_arena_finish(&arena);
}

void change_desk_look(struct change_desk *desk)
{
	struct instant now = engine_service_now(desk->engine).at;
	if (!desk->is_due && !instant_reached(desk->next, now)) {
		return;
	}
	desk->next = instant_after(now, (struct span){CHANGE_DESK_LOOK_MS});
	if (!desk->is_due && access(desk->order, F_OK) == 0) {
		take_order(desk);
	}
	if (desk->is_due && engine_seq(desk->engine) >= desk->last) {
		desk->is_due = false;
		int r = message_file_write(desk->answer, &msg_change_answer, &desk->given);
		if (r < 0) {
			log_line(LOG_LINE_WARNING, "%s: %s", desk->answer, strerror(-r));
		}
	}
}

/* ---- who orders ---- */

static void pause_briefly(void)
{
	nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
}

static int wait_for_answer(
	const char *path, const struct change_order *order, struct change_answer *ret_answer)
{
	for (int waited = 0; waited < CHANGE_DESK_WAIT_MS; waited += POLL_MS) {
		int r = message_file_read(path, &msg_change_answer, NULL, ret_answer);
		if (r == 0 && strcmp(ret_answer->id, order->id) == 0) {
			return 0;
		}
		if (r < 0 && r != -ENOENT) {
			return r;
		}
		pause_briefly();
	}
	return -ETIMEDOUT;
}

int change_desk_order(const struct meeting_place *place, const struct change_order *order,
	struct change_answer *ret_answer)
{
	char order_path[ATOMIC_FILE_PATH_MAX], answer_path[ATOMIC_FILE_PATH_MAX];
	int r = paths(place, order_path, answer_path);
	if (r == 0) {
		unlink(answer_path);
		r = message_file_write(order_path, &msg_change_order, order);
	}
	if (r == 0) {
		r = wait_for_answer(answer_path, order, ret_answer);
	}
	if (r == -ETIMEDOUT && unlink(order_path) < 0) {
		/* It was taken at the last moment: its answer is on the way. */
		r = wait_for_answer(answer_path, order, ret_answer);
	}
	unlink(answer_path);
	return r;
}
