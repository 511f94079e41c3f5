/*
 * Two queues wait for the disk: the records, delivered when their number is committed, and the
 * answers, each with the number it waits for.
 */
#include "coordinator/engine/engine.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/engine/recovery.h"
#include "coordinator/journal/journal.h"
#include "coordinator/journal/record.h"

enum { TICKS_MAX = 64, RETRY_MS = 100 };

struct waiting_record {
	struct waiting_record *next;
	struct mtg_record record;
	/* texts of the entry: encoded once, for the journal and for all readers */
	struct msg_text by;
	struct msg_text data;
	struct journal_entry entry;
};

struct waiting_reply {
	struct waiting_reply *next;
	int64_t seq; /* delivered when this number is committed */
	struct engine_reply reply;
};

struct engine {
	struct engine_port port;
	void *user; /* the port's */
	void (*wake)(void *user);
	void *wake_user;
	struct clock *clock;
	struct journal *journal;
	struct playback *playback; /* NULL: the meeting is held. Else there is no journal, and both
				  folds are the replay's */
	struct meeting *pending;
	struct meeting *committed;
	struct reply_cache *replies;
	struct waiting_record *records;
	struct waiting_record **records_end;
	struct waiting_reply *waiting_replies;
	struct waiting_reply **waiting_replies_end;
	struct mtg_batch *batch;
	struct engine_figures figures;
	bool unfinished; /* when it was opened */
	int fault;
};

/* ---- answers ---- */

static bool has_waiting_reply(const struct engine *engine, uint64_t peer)
{
	for (const struct waiting_reply *at = engine->waiting_replies; at; at = at->next) {
		if (at->reply.peer == peer) {
			return true;
		}
	}
	return false;
}

static void reply_at(struct engine *engine, const struct engine_reply *reply, int64_t gate)
{
	if (reply->peer == 0) {
		return;
	}
	if (gate <= mtg_last_seq(engine->committed) && !has_waiting_reply(engine, reply->peer)) {
		engine->port.replied(engine->user, reply);
		return;
	}
	struct waiting_reply *waiting = calloc(1, sizeof(*waiting));
	if (!waiting) {
		engine->fault = -ENOMEM;
		return;
	}
	waiting->seq = gate;
	waiting->reply = *reply;
	*engine->waiting_replies_end = waiting;
	engine->waiting_replies_end = &waiting->next;
}

static struct engine_reply reply_for(const struct engine_source *source)
{
	struct engine_reply reply;
	memset(&reply, 0, sizeof(reply));
	reply.peer = source->peer;
	if (source->command) {
		size_t length = strlen(source->command);
		assert(length < sizeof(reply.command));
		memcpy(reply.command, source->command, length);
	}
	return reply;
}

static void refuse(struct engine *engine, const struct engine_source *source, enum refusal refusal)
{
	struct engine_reply reply = reply_for(source);
	reply.refusal = refusal;
	engine->figures.refusals += source->peer != 0;
	if (refusal == REFUSAL_STORAGE) {
		engine->port.replied(engine->user, &reply);
	} else {
		reply_at(engine, &reply, 0);
	}
}

static void accept(
	struct engine *engine, const struct engine_source *source, const struct reply *made)
{
	struct engine_reply reply = reply_for(source);
	reply.reply = *made;
	reply_at(engine, &reply, made->seq);
}

/* Delivers answers whose number is committed, in the order they were given. */
static void release_replies(struct engine *engine)
{
	while (engine->waiting_replies &&
		engine->waiting_replies->seq <= mtg_last_seq(engine->committed)) {
		struct waiting_reply *waiting = engine->waiting_replies;
		engine->waiting_replies = waiting->next;
		engine->waiting_replies_end = engine->waiting_replies ? engine->waiting_replies_end
								      : &engine->waiting_replies;
		engine->port.replied(engine->user, &waiting->reply);
		free(waiting);
	}
}

/* ---- commands ---- */

static enum refusal check_storage(const struct engine *engine, const struct engine_source *source)
{
	if (engine->playback) {
		return REFUSAL_REPLAY;
	}
	struct journal_status status;
	journal_status(engine->journal, &status);
	if (engine->fault < 0 || status.failed < 0) {
		return REFUSAL_STORAGE;
	}
	if (source->peer != 0 && status.stalled < 0) {
		return REFUSAL_STORAGE;
	}
	int64_t room = ENGINE_PENDING_MAX - (source->peer != 0 ? ENGINE_PENDING_RESERVED : 0);
	return engine->figures.waiting + MTG_BATCH_MAX > room ? REFUSAL_BUSY : REFUSAL_UNSET;
}

static void drop_record(struct waiting_record *waiting)
{
	msg_text_finish(&waiting->by);
	msg_text_finish(&waiting->data);
	free(waiting);
}

static void drop_records(struct waiting_record *first)
{
	while (first) {
		struct waiting_record *next = first->next;
		drop_record(first);
		first = next;
	}
}

/* 0, -ENOMEM, or -EINVAL. */
static int copy_record(const struct mtg_record *record, struct waiting_record **ret_waiting)
{
	struct waiting_record *waiting = malloc(sizeof(*waiting));
	if (!waiting) {
		return -ENOMEM;
	}
	waiting->next = NULL;
	waiting->record = *record;
	waiting->by = (struct msg_text){0};
	waiting->data = (struct msg_text){0};
	int r = record_encode(record, &waiting->by, &waiting->data, &waiting->entry);
	if (r < 0) {
		drop_record(waiting);
		return r;
	}
	*ret_waiting = waiting;
	return 0;
}

/* Nodes are allocated before the journal takes the entries, so that delivery cannot fail. */
static int copy_batch(const struct mtg_batch *batch, struct waiting_record **ret_first)
{
	struct waiting_record **end = ret_first;
	*ret_first = NULL;
	for (size_t i = 0; i < batch->n; i++) {
		int r = copy_record(&batch->records[i], end);
		if (r < 0) {
			drop_records(*ret_first);
			return r;
		}
		end = &(*end)->next;
	}
	return 0;
}

static int queue_batch(struct engine *engine, const struct engine_source *source,
	const struct waiting_record *records)
{
	size_t n = 0;
	struct journal_entry entries[MTG_BATCH_MAX];
	for (const struct waiting_record *at = records; at; at = at->next, n++) {
		entries[n] = at->entry;
		entries[n].client = source->client;
		entries[n].command = source->command;
	}
	return journal_append(engine->journal, entries, n);
}

static void apply_pending(struct engine *engine, struct waiting_record *records, struct reply *made)
{
	for (struct waiting_record *at = records; at; at = at->next) {
		mtg_apply(engine->pending, &at->record);
		reply_add_event(made, at->record.seq, &at->record.event);
		engine->figures.waiting++;
		*engine->records_end = at;
		engine->records_end = &at->next;
	}
}

/* 0, a refusal, or a fault that ends the process. */
static int queue_records(
	struct engine *engine, const struct engine_source *source, struct reply *made)
{
	struct waiting_record *records;
	int r = copy_batch(engine->batch, &records);
	if (r != 0) {
		return r == -ENOMEM ? REFUSAL_BUSY : r;
	}
	r = queue_batch(engine, source, records);
	if (r != 0) {
		drop_records(records);
		return r == JOURNAL_BUSY ? REFUSAL_BUSY : r;
	}
	apply_pending(engine, records, made);
	return 0;
}

static enum refusal decide_and_queue(struct engine *engine, const struct mtg_command *command,
	const struct engine_source *source, struct reply *made)
{
	enum refusal refusal = check_storage(engine, source);
	if (refusal != REFUSAL_UNSET) {
		return refusal;
	}
	if (source->client &&
		reply_cache_reserve(engine->replies, source->client, source->command) < 0) {
		return REFUSAL_BUSY;
	}
	int r = mtg_decide(engine->pending, command, clock_now(engine->clock), engine->batch);
	if (r == 0 && engine->batch->n > 0) {
		r = queue_records(engine, source, made);
	}
	if (r == 0 && source->client) {
		reply_cache_put(engine->replies, source->client, source->command, made);
	}
	if (r < 0) {
		engine->fault = r;
		engine->wake(engine->wake_user);
		return REFUSAL_STORAGE;
	}
	return (enum refusal)r;
}

void engine_submit(struct engine *engine, const struct mtg_command *command,
	const struct engine_source *source)
{
	engine->figures.commands++;
	const struct reply *cached =
		reply_cache_find(engine->replies, source->client, source->command);
	if (cached) {
		engine->figures.repeated++;
		accept(engine, source, cached);
		return;
	}
	struct reply made = {.seq = mtg_last_seq(engine->pending)};
	enum refusal refusal = decide_and_queue(engine, command, source, &made);
	if (refusal != REFUSAL_UNSET) {
		refuse(engine, source, refusal);
	} else {
		accept(engine, source, &made);
	}
}

bool engine_adds_nothing(struct engine *engine, const struct mtg_command *command,
	const struct engine_source *source)
{
	return reply_cache_find(engine->replies, source->client, source->command) ||
	       check_storage(engine, source) != REFUSAL_UNSET ||
	       mtg_decide(engine->pending, command, clock_now(engine->clock), engine->batch) != 0;
}

void engine_refuse(struct engine *engine, const struct engine_source *source, enum refusal refusal)
{
	refuse(engine, source, refusal);
}

enum refusal engine_submit_system(struct engine *engine, const struct command *body)
{
	struct mtg_command command;
	memset(&command, 0, sizeof(command));
	command.by.role = ROLE_SYSTEM;
	command.body = *body;
	struct reply made = {0};
	return decide_and_queue(engine, &command, &(struct engine_source){0}, &made);
}

enum refusal engine_submit_brought(
	struct engine *engine, const struct command *body, const struct actor *by, int64_t *ret_seq)
{
	struct mtg_command command;
	memset(&command, 0, sizeof(command));
	command.by = *by;
	command.by.role = ROLE_SYSTEM;
	command.body = *body;
	struct reply made = {0};
	enum refusal refusal =
		decide_and_queue(engine, &command, &(struct engine_source){0}, &made);
	*ret_seq = mtg_last_seq(engine->pending);
	return refusal;
}

/* ---- delivery ---- */

int engine_deliver(struct engine *engine)
{
	if (engine->playback) {
		return 0;
	}
	struct journal_status status;
	journal_status(engine->journal, &status);
	engine->figures.committed = status.committed;
	engine->figures.stalled = status.stalled < 0;
	bool any = false;
	while (engine->records && engine->records->record.seq <= status.committed) {
		struct waiting_record *waiting = engine->records;
		engine->records = waiting->next;
		engine->records_end = engine->records ? engine->records_end : &engine->records;
		engine->figures.waiting--;
		mtg_apply(engine->committed, &waiting->record);
		release_replies(engine);
		engine->port.committed(engine->user, &waiting->record, &waiting->entry);
		drop_record(waiting);
		any = true;
	}
	if (any) {
		engine->port.settled(engine->user);
	}
	return status.failed < 0 ? status.failed : engine->fault;
}

int engine_flush(struct engine *engine)
{
	if (engine->playback) {
		return 0;
	}
	int r = journal_flush(engine->journal);
	int committed = engine_deliver(engine);
	return r < 0 ? r : committed;
}

/* ---- replay ---- */

static void take_folds(struct engine *engine)
{
	engine->pending = engine->committed = playback_meeting(engine->playback);
}

static void play_due(struct engine *engine, struct instant now)
{
	const struct mtg_record *record;
	const struct journal_entry *entry;
	bool any = false;
	while (playback_next(engine->playback, now, &record, &entry)) {
		engine->port.committed(engine->user, record, entry);
		any = true;
	}
	if (any) {
		engine->port.settled(engine->user);
	}
}

static int64_t play(struct engine *engine)
{
	struct instant now = clock_now(engine->clock).at;
	if (playback_move(engine->playback, now)) {
		take_folds(engine);
		engine->port.moved(engine->user);
		engine->port.steered(engine->user);
	}
	play_due(engine, now);
	if (playback_rest(engine->playback, now)) {
		engine->port.steered(engine->user);
	}
	return playback_wait(engine->playback, now);
}

void engine_steer(struct engine *engine, const struct playback_steering *steering)
{
	struct instant now = clock_now(engine->clock).at;
	uint32_t rate = engine_meeting_rate(engine);
	uint32_t speed = playback_state(engine->playback).speed;
	play_due(engine, now);
	playback_steer(engine->playback, steering, now);
	if (engine_meeting_rate(engine) != rate ||
		playback_state(engine->playback).speed != speed) {
		engine->port.steered(engine->user);
	}
}

bool engine_is_replay(const struct engine *engine)
{
	return engine->playback != NULL;
}

struct playback_state engine_replay_state(const struct engine *engine)
{
	return playback_state(engine->playback);
}

/* ---- time ---- */

int64_t engine_tick(struct engine *engine)
{
	static const struct command tick = {.name = CMD_TICK};
	struct instant due;
	if (engine->playback) {
		return play(engine);
	}
	for (int i = 0; i < TICKS_MAX && mtg_next_deadline(engine->pending, &due); i++) {
		struct instant now = clock_now(engine->clock).at;
		if (!instant_reached(due, now)) {
			return span_between(now, due).ms;
		}
		if (engine_submit_system(engine, &tick) != REFUSAL_UNSET) {
			return RETRY_MS;
		}
	}
	return mtg_next_deadline(engine->pending, &due) ? 1 : -1;
}

/* ---- start and end ---- */

static int recover(struct engine *engine, const char *path, struct recovery *ret_recovery)
{
	int r = journal_is_draft(engine->journal, &engine->unfinished);
	if (r == 0) {
		r = recover_clock(engine->journal, engine->clock, ret_recovery);
	}
	if (r == 0) {
		r = recover_meetings(path, engine->pending, engine->committed, engine->replies);
	}
	return r;
}

static int resume(struct engine *engine, const char *path)
{
	struct recovery recovery;
	int r = recover(engine, path, &recovery);
	bool first = false; /* then nobody was connected, and there is nothing to resume */
	if (r == 0) {
		r = journal_is_first_opening(engine->journal, &first);
	}
	bool runs = mtg_about(engine->committed)->state != MEETING_STATE_UNSET;
	if (r != 0 || !recovery.resumed || !runs || first) {
		return r;
	}
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_CLOCK_RESUME;
	command.clock_resume.source = recovery.how.source;
	command.clock_resume.gap = recovery.how.gap;
	engine_submit_system(engine, &command);
	return engine->fault;
}

static int open_journal(struct engine *engine, const struct engine_config *config)
{
	struct clock_reading reading;
	int r = clock_read(&reading);
	if (r < 0) {
		return r;
	}
	struct journal_config journal = {
		.path = config->path,
		.now = reading.wall,
		.wake = config->wake,
		.user = config->user,
	};
	return journal_create(&journal, &engine->journal);
}

static void ignore_record(
	void *user, const struct mtg_record *record, const struct journal_entry *entry)
{
	(void)user;
	(void)record;
	(void)entry;
}

static void ignore_reply(void *user, const struct engine_reply *reply)
{
	(void)user;
	(void)reply;
}

static void ignore_settled(void *user)
{
	(void)user;
}

static const struct engine_port no_port = {
	ignore_record, ignore_reply, ignore_settled, ignore_settled, ignore_settled};

void engine_connect(struct engine *engine, const struct engine_port *port, void *user)
{
	engine->port = *port;
	engine->user = user;
}

static struct engine *begin(const struct engine_config *config)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	if (!engine) {
		return NULL;
	}
	engine->port = no_port;
	engine->wake = config->wake;
	engine->wake_user = config->user;
	engine->clock = config->clock;
	engine->records_end = &engine->records;
	engine->waiting_replies_end = &engine->waiting_replies;
	engine->replies = reply_cache_create();
	return engine;
}

static int hold(struct engine *engine, const struct engine_config *config)
{
	engine->pending = mtg_create();
	engine->committed = mtg_create();
	engine->batch = calloc(1, sizeof(*engine->batch));
	int r = -ENOMEM;
	if (engine->pending && engine->committed && engine->replies && engine->batch) {
		r = open_journal(engine, config);
	}
	return r == 0 ? resume(engine, config->path) : r;
}

static int finish(struct engine *engine, int r, struct engine **ret_engine)
{
	if (r != 0) {
		engine_destroy(engine);
		return r;
	}
	*ret_engine = engine;
	return 0;
}

int engine_create(const struct engine_config *config, struct engine **ret_engine)
{
	struct engine *engine = begin(config);
	return finish(engine, engine ? hold(engine, config) : -ENOMEM, ret_engine);
}

static int begin_replay(struct engine *engine, const struct engine_config *config, uint32_t speed)
{
	struct clock_reading reading;
	int r = engine->replies ? clock_read(&reading) : -ENOMEM;
	if (r == 0) {
		clock_begin(engine->clock, &reading);
		r = playback_create(
			config->path, speed, clock_now(engine->clock).at, &engine->playback);
	}
	if (r == 0) {
		take_folds(engine);
	}
	return r;
}

int engine_create_replay(
	const struct engine_config *config, uint32_t speed, struct engine **ret_engine)
{
	struct engine *engine = begin(config);
	return finish(engine, engine ? begin_replay(engine, config, speed) : -ENOMEM, ret_engine);
}

static void forget_waiting(struct engine *engine)
{
	drop_records(engine->records);
	while (engine->waiting_replies) {
		struct waiting_reply *next = engine->waiting_replies->next;
		free(engine->waiting_replies);
		engine->waiting_replies = next;
	}
}

void engine_destroy(struct engine *engine)
{
	if (!engine) {
		return;
	}
	journal_destroy(engine->journal);
	forget_waiting(engine);
	if (!engine->playback) {
		mtg_destroy(engine->pending);
		mtg_destroy(engine->committed);
	}
	playback_destroy(engine->playback);
	reply_cache_destroy(engine->replies);
	free(engine->batch);
	free(engine);
}

int engine_begin_plan(struct engine *engine)
{
	return journal_begin_draft(engine->journal);
}

int engine_end_plan(struct engine *engine)
{
	int r = engine_flush(engine);
	return r < 0 ? r : journal_end_draft(engine->journal);
}

bool engine_is_unfinished(const struct engine *engine)
{
	return engine->unfinished;
}

const struct meeting *engine_pending(const struct engine *engine)
{
	return engine->pending;
}

const struct meeting *engine_committed(const struct engine *engine)
{
	return engine->committed;
}

int64_t engine_seq(const struct engine *engine)
{
	return mtg_last_seq(engine->committed);
}

struct now engine_service_now(struct engine *engine)
{
	return clock_now(engine->clock);
}

struct now engine_meeting_now(struct engine *engine)
{
	struct now now = clock_now(engine->clock);
	return engine->playback ? playback_now(engine->playback, now.at) : now;
}

uint32_t engine_meeting_rate(const struct engine *engine)
{
	return engine->playback ? playback_state(engine->playback).rate : 1;
}

struct engine_figures engine_figures(const struct engine *engine)
{
	return engine->figures;
}
