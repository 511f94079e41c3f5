/*
 * A meeting under any stream of orders. The first byte says where it begins: 0 nowhere, else in the
 * midst of a live item. Then orders (command_choice.h), and time that passes.
 *
 * After each the invariants hold; what is refused leaves no event; a tick that is due does
 * something. In the end the journal, written as JSON and read back, gives the same meeting.
 */
#include "coordinator/meeting/meeting.h"

#include "coordinator/journal/record.h"
#include "coordinator/meeting/state.h"
#include "tests/fuzz/command_choice.h"
#include "tests/fuzz/small_meeting.h"

enum { ORDERS_MAX = 300, JOURNAL_MAX = 4096, TICKS_MAX = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct play {
	struct bytes bytes;
	struct meeting *meeting;
	struct meeting *fold; /* fed from the journal's rows */
	struct now now;
	struct mtg_command command;
	struct mtg_batch batch;
	struct msg_text by;
	struct msg_text data;
	size_t n_records;
};

/* As the journal keeps it and as it comes back. */
static void keep(struct play *play, const struct mtg_record *record)
{
	static struct mtg_record again;
	struct journal_entry entry;
	struct msg_error error;

	demand(record_encode(record, &play->by, &play->data, &entry) == 0);
	demand(record_decode(&entry, &again, &error) == 0);
	mtg_apply(play->fold, &again);
	play->n_records++;
}

static int give(struct play *play)
{
	int64_t seq = mtg_last_seq(play->meeting);
	int r = mtg_decide(play->meeting, &play->command, play->now, &play->batch);

	demand(r >= 0 && r < REFUSAL_END && (r == 0 || play->batch.n == 0));
	for (size_t i = 0; i < play->batch.n; i++) {
		demand(play->batch.records[i].seq == seq + 1 + (int64_t)i);
		mtg_apply(play->meeting, &play->batch.records[i]);
		keep(play, &play->batch.records[i]);
	}
	demand(mtg_check(play->meeting) == NULL);
	return r;
}

static void must(struct play *play, enum role role, const char *json)
{
	struct msg_error error;

	memset(&play->command, 0, sizeof(play->command));
	play->command.by.role = role;
	demand(msg_decode(&msg_command, json, strlen(json), NULL, &play->command.body, &error) ==
		0);
	demand(give(play) == 0);
}

static void open_meeting(struct play *play)
{
	static const char *const plan[] = {
		SMALL_MEETING,
		"{\"name\":\"item.insert\",\"args\":{\"item\":\"i\",\"kind\":\"presentations\","
		"\"title\":\"I\",\"lists\":[\"l\"]}}",
		"{\"name\":\"item.insert\",\"args\":{\"item\":\"p\",\"kind\":\"break\",\"title\":"
		"\"P\","
		"\"lists\":[]}}",
		"{\"name\":\"turn.add\",\"args\":{\"list\":\"l\",\"site\":\"a\",\"unit\":\"U\","
		"\"topic\":\"T\",\"allowance\":60000,\"origin\":\"assigned\"}}",
		"{\"name\":\"turn.add\",\"args\":{\"list\":\"l\",\"site\":\"b\",\"unit\":\"U\","
		"\"topic\":\"T\",\"allowance\":60000,\"origin\":\"assigned\"}}",
		"{\"name\":\"turn.add\",\"args\":{\"list\":\"l\",\"site\":\"hn\",\"unit\":\"U\","
		"\"topic\":\"T\",\"allowance\":0,\"origin\":\"assigned\"}}",
	};

	for (size_t i = 0; i < sizeof(plan) / sizeof(plan[0]); i++) {
		must(play, ROLE_SYSTEM, plan[i]);
	}
	must(play, ROLE_OPERATOR, "{\"name\":\"meeting.assemble\",\"args\":{}}");
	must(play, ROLE_OPERATOR, "{\"name\":\"meeting.open\",\"args\":{}}");
	must(play, ROLE_OPERATOR, "{\"name\":\"item.start\",\"args\":{\"item\":\"i\"}}");
}

/* Ticks until nothing is due: they end. */
static void settle(struct play *play)
{
	struct instant due;
	int ticks = 0;

	while (mtg_next_deadline(play->meeting, &due) && instant_reached(due, play->now.at)) {
		memset(&play->command, 0, sizeof(play->command));
		play->command.by.role = ROLE_SYSTEM;
		play->command.body.name = CMD_TICK;
		demand(give(play) == 0 && play->batch.n > 0 && ++ticks < TICKS_MAX);
	}
}

/* Seldom for long; the clock on the wall may be set. */
static void pass(struct play *play, uint8_t how)
{
	int64_t ms = (int64_t)bytes_one(&play->bytes) << (how % 16);

	play->now.at.ms += ms;
	play->now.wall.ms += how & 64 ? -ms / 2 : ms;
	if (how & 32) {
		settle(play);
	}
}

/*
 * An empty meeting. It has room for thousands of sites, and to be given and taken such room costs
 * more than the whole play: what was used of it is wiped instead.
 */
static struct meeting *emptied(struct meeting *used)
{
	static struct core fresh;
	struct meeting *m = used ? used : mtg_create();

	demand(m != NULL);
	if (!used) {
		fresh = m->core;
		return m;
	}
	memset(m->sites, 0, m->core.n_sites * sizeof(m->sites[0]));
	memset(m->turns, 0, m->core.n_turns * sizeof(m->turns[0]));
	memset(m->items, 0, m->core.n_items * sizeof(m->items[0]));
	m->core = fresh;
	memset(m->lists, 0, offsetof(struct meeting, items) - offsetof(struct meeting, lists));
	return m;
}

static void begin(struct play *play)
{
	static struct meeting *meeting, *fold;

	meeting = emptied(meeting);
	fold = emptied(fold);
	play->meeting = meeting;
	play->fold = fold;
	play->now = (struct now){{1000}, {1657845000000}};
	if (bytes_one(&play->bytes) != 0) {
		open_meeting(play);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct play *play = calloc(1, sizeof(*play));

	demand(play != NULL);
	play->bytes = (struct bytes){data, size};
	begin(play);
	for (int i = 0; i < ORDERS_MAX && play->bytes.left > 0; i++) {
		uint8_t how = bytes_one(&play->bytes);

		if (how >= 160) {
			pass(play, how);
		} else if (play->n_records < JOURNAL_MAX) {
			command_choose(&play->bytes, play->meeting, &play->command);
			give(play);
		}
	}
	demand(mtg_equal(play->meeting, play->fold));
	msg_text_finish(&play->by);
	msg_text_finish(&play->data);
	free(play);
	return 0;
}
