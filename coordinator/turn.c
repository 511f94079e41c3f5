/*
 * Two queues hold what waits for the disk: the records, to be told when their number is committed,
 * and the answers, each with the number it has to wait for.
 */
#include "coordinator/turn.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/journal/journal.h"
#include "coordinator/journal/record.h"
#include "coordinator/resume.h"

enum { TICKS_MAX = 64, RETRY_MS = 100 };

struct row {
	struct msg_text by;
	struct msg_text data;
};

struct waiting_record {
	struct waiting_record *next;
	struct mtg_record record;
};

struct waiting_answer {
	struct waiting_answer *next;
	int64_t gate; /* told when this number is */
	struct turn_answer answer;
};

struct turn {
	struct turn_port port;
	void *user;
	struct clock *clock;
	struct journal *journal;
	struct meeting *ahead;
	struct meeting *told;
	struct answers *answers;
	struct waiting_record *records;
	struct waiting_record **records_end;
	struct waiting_answer *owed;
	struct waiting_answer **owed_end;
	struct mtg_batch *batch;
	struct row rows[MTG_BATCH_MAX]; /* texts of the batch, while it is queued */
	struct turn_figures figures;
	bool unfinished; /* when it was opened */
	int fault;
};

/* ---- answers ---- */

static bool is_owed(const struct turn *turn, uint64_t peer)
{
	for (const struct waiting_answer *at = turn->owed; at; at = at->next) {
		if (at->answer.peer == peer) {
			return true;
		}
	}
	return false;
}

static void answer_at(struct turn *turn, const struct turn_answer *answer, int64_t gate)
{
	if (answer->peer == 0) {
		return;
	}
	if (gate <= mtg_last_seq(turn->told) && !is_owed(turn, answer->peer)) {
		turn->port.answered(turn->user, answer);
		return;
	}
	struct waiting_answer *waiting = calloc(1, sizeof(*waiting));
	if (!waiting) {
		turn->fault = -ENOMEM;
		return;
	}
	waiting->gate = gate;
	waiting->answer = *answer;
	*turn->owed_end = waiting;
	turn->owed_end = &waiting->next;
}

static struct turn_answer answer_for(const struct turn_source *source)
{
	struct turn_answer answer;
	memset(&answer, 0, sizeof(answer));
	answer.peer = source->peer;
	if (source->command) {
		size_t length = strlen(source->command);
		assert(length < sizeof(answer.command));
		memcpy(answer.command, source->command, length);
	}
	return answer;
}

static void refuse(struct turn *turn, const struct turn_source *source, enum refusal refusal)
{
	struct turn_answer answer = answer_for(source);
	answer.refusal = refusal;
	turn->figures.refusals += source->peer != 0;
	if (refusal == REFUSAL_STORAGE) {
		turn->port.answered(turn->user, &answer);
	} else {
		answer_at(turn, &answer, 0);
	}
}

static void accept(struct turn *turn, const struct turn_source *source, const struct answer *made)
{
	struct turn_answer answer = answer_for(source);
	answer.answer = *made;
	answer_at(turn, &answer, made->seq);
}

/* Answers whose number has been told, in the order they were given. */
static void release_answers(struct turn *turn)
{
	while (turn->owed && turn->owed->gate <= mtg_last_seq(turn->told)) {
		struct waiting_answer *waiting = turn->owed;
		turn->owed = waiting->next;
		turn->owed_end = turn->owed ? turn->owed_end : &turn->owed;
		turn->port.answered(turn->user, &waiting->answer);
		free(waiting);
	}
}

/* ---- orders ---- */

static enum refusal check_storage(const struct turn *turn, const struct turn_source *source)
{
	struct journal_status status;
	journal_status(turn->journal, &status);
	if (turn->fault < 0 || status.failed < 0) {
		return REFUSAL_STORAGE;
	}
	if (source->peer != 0 && status.stalled < 0) {
		return REFUSAL_STORAGE;
	}
	int64_t room = TURN_PENDING_MAX - (source->peer != 0 ? TURN_PENDING_KEEP : 0);
	return turn->figures.waiting + MTG_BATCH_MAX > room ? REFUSAL_BUSY : REFUSAL_UNSET;
}

static int queue_batch(struct turn *turn, const struct turn_source *source)
{
	struct journal_entry entries[MTG_BATCH_MAX];
	for (size_t i = 0; i < turn->batch->n; i++) {
		struct row *row = &turn->rows[i];
		int status =
			record_encode(&turn->batch->records[i], &row->by, &row->data, &entries[i]);
		if (status < 0) {
			return status;
		}
		entries[i].client = source->client;
		entries[i].command = source->command;
	}
	return journal_append(turn->journal, entries, turn->batch->n);
}

/* Nodes are taken before anything is promised, so that a promise is never forgotten. */
static struct waiting_record *copy_batch(const struct mtg_batch *batch)
{
	struct waiting_record *first = NULL, **end = &first;
	for (size_t i = 0; i < batch->n; i++) {
		*end = malloc(sizeof(**end));
		if (!*end) {
			while (first) {
				struct waiting_record *next = first->next;
				free(first);
				first = next;
			}
			return NULL;
		}
		(*end)->record = batch->records[i];
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return first;
}

static void apply_ahead(struct turn *turn, struct waiting_record *records, struct answer *made)
{
	for (struct waiting_record *at = records; at; at = at->next) {
		mtg_apply(turn->ahead, &at->record);
		answer_learn(made, at->record.seq, &at->record.event);
		turn->figures.waiting++;
		*turn->records_end = at;
		turn->records_end = &at->next;
	}
}

/* 0, a refusal, or a fault that ends the process. */
static int promise(struct turn *turn, const struct turn_source *source, struct answer *made)
{
	struct waiting_record *records = copy_batch(turn->batch);
	if (!records) {
		return REFUSAL_BUSY;
	}
	int status = queue_batch(turn, source);
	if (status != 0) {
		while (records) {
			struct waiting_record *next = records->next;
			free(records);
			records = next;
		}
		return status == JOURNAL_BUSY ? REFUSAL_BUSY : status;
	}
	apply_ahead(turn, records, made);
	return 0;
}

static enum refusal carry_out(struct turn *turn, const struct mtg_order *order,
	const struct turn_source *source, struct answer *made)
{
	enum refusal refusal = check_storage(turn, source);
	if (refusal != REFUSAL_UNSET) {
		return refusal;
	}
	if (source->client && answers_prepare(turn->answers, source->client, source->command) < 0) {
		return REFUSAL_BUSY;
	}
	int status = mtg_decide(turn->ahead, order, clock_now(turn->clock), turn->batch);
	if (status == 0 && turn->batch->n > 0) {
		status = promise(turn, source, made);
	}
	if (status == 0 && source->client) {
		answers_keep(turn->answers, source->client, source->command, made);
	}
	if (status < 0) {
		turn->fault = status;
		turn->port.wake(turn->user);
		return REFUSAL_STORAGE;
	}
	return (enum refusal)status;
}

void turn_order(struct turn *turn, const struct mtg_order *order, const struct turn_source *source)
{
	turn->figures.orders++;
	const struct answer *kept = answers_find(turn->answers, source->client, source->command);
	if (kept) {
		turn->figures.repeated++;
		accept(turn, source, kept);
		return;
	}
	struct answer made = {.seq = mtg_last_seq(turn->ahead)};
	enum refusal refusal = carry_out(turn, order, source, &made);
	if (refusal != REFUSAL_UNSET) {
		refuse(turn, source, refusal);
	} else {
		accept(turn, source, &made);
	}
}

enum refusal turn_order_system(struct turn *turn, const struct command *command)
{
	struct mtg_order order;
	memset(&order, 0, sizeof(order));
	order.by.role = ROLE_SYSTEM;
	order.command = *command;
	struct answer made = {0};
	return carry_out(turn, &order, &(struct turn_source){0}, &made);
}

/* ---- telling ---- */

int turn_commit(struct turn *turn)
{
	struct journal_status status;
	journal_status(turn->journal, &status);
	turn->figures.committed = status.committed;
	turn->figures.stalled = status.stalled < 0;
	bool any = false;
	while (turn->records && turn->records->record.seq <= status.committed) {
		struct waiting_record *waiting = turn->records;
		turn->records = waiting->next;
		turn->records_end = turn->records ? turn->records_end : &turn->records;
		turn->figures.waiting--;
		mtg_apply(turn->told, &waiting->record);
		release_answers(turn);
		turn->port.told(turn->user, &waiting->record);
		free(waiting);
		any = true;
	}
	if (any) {
		turn->port.settled(turn->user);
	}
	return status.failed < 0 ? status.failed : turn->fault;
}

int turn_flush(struct turn *turn)
{
	int fault = journal_flush(turn->journal);
	int told = turn_commit(turn);
	return fault < 0 ? fault : told;
}

int64_t turn_tick(struct turn *turn)
{
	static const struct command tick = {.name = CMD_TICK};
	struct instant due;
	for (int i = 0; i < TICKS_MAX && mtg_next_deadline(turn->ahead, &due); i++) {
		struct instant now = clock_now(turn->clock).at;
		if (!instant_reached(due, now)) {
			return span_between(now, due).ms;
		}
		if (turn_order_system(turn, &tick) != REFUSAL_UNSET) {
			return RETRY_MS;
		}
	}
	return mtg_next_deadline(turn->ahead, &due) ? 1 : -1;
}

/* ---- beginning and end ---- */

static int resume(struct turn *turn, const char *path)
{
	struct resumption resumption;
	int status = journal_is_draft(turn->journal, &turn->unfinished);
	if (status == 0) {
		status = resume_clock(turn->journal, turn->clock, &resumption);
	}
	if (status == 0) {
		status = resume_fold(path, turn->ahead, turn->told, turn->answers);
	}
	bool runs = mtg_about(turn->told)->state != MEETING_STATE_UNSET;
	if (status != 0 || !resumption.resumed || !runs) {
		return status;
	}
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_CLOCK_RESUME;
	command.clock_resume.source = resumption.how.source;
	command.clock_resume.gap = resumption.how.gap;
	turn_order_system(turn, &command);
	return turn->fault;
}

static int open_journal(struct turn *turn, const struct turn_config *config)
{
	struct clock_reading reading;
	int status = clock_read(&reading);
	if (status < 0) {
		return status;
	}
	struct journal_config journal = {
		.path = config->path,
		.now = reading.wall,
		.wake = config->port->wake,
		.user = config->user,
	};
	return journal_create(&journal, &turn->journal);
}

int turn_create(const struct turn_config *config, struct turn **ret_turn)
{
	struct turn *turn = calloc(1, sizeof(*turn));
	if (!turn) {
		return -ENOMEM;
	}
	turn->port = *config->port;
	turn->user = config->user;
	turn->clock = config->clock;
	turn->records_end = &turn->records;
	turn->owed_end = &turn->owed;
	turn->ahead = mtg_create();
	turn->told = mtg_create();
	turn->answers = answers_create();
	turn->batch = calloc(1, sizeof(*turn->batch));
	int status = -ENOMEM;
	if (turn->ahead && turn->told && turn->answers && turn->batch) {
		status = open_journal(turn, config);
	}
	if (status == 0) {
		status = resume(turn, config->path);
	}
	if (status != 0) {
		turn_destroy(turn);
		return status;
	}
	*ret_turn = turn;
	return 0;
}

static void forget_waiting(struct turn *turn)
{
	while (turn->records) {
		struct waiting_record *next = turn->records->next;
		free(turn->records);
		turn->records = next;
	}
	while (turn->owed) {
		struct waiting_answer *next = turn->owed->next;
		free(turn->owed);
		turn->owed = next;
	}
}

void turn_destroy(struct turn *turn)
{
	if (!turn) {
		return;
	}
	journal_destroy(turn->journal);
	forget_waiting(turn);
	for (size_t i = 0; i < MTG_BATCH_MAX; i++) {
		msg_text_finish(&turn->rows[i].by);
		msg_text_finish(&turn->rows[i].data);
	}
	mtg_destroy(turn->ahead);
	mtg_destroy(turn->told);
	answers_destroy(turn->answers);
	free(turn->batch);
	free(turn);
}

int turn_begin_plan(struct turn *turn)
{
	return journal_begin_draft(turn->journal);
}

int turn_end_plan(struct turn *turn)
{
	int fault = turn_flush(turn);
	return fault < 0 ? fault : journal_end_draft(turn->journal);
}

bool turn_is_unfinished(const struct turn *turn)
{
	return turn->unfinished;
}

const struct meeting *turn_ahead(const struct turn *turn)
{
	return turn->ahead;
}

const struct meeting *turn_told(const struct turn *turn)
{
	return turn->told;
}

struct now turn_now(struct turn *turn)
{
	return clock_now(turn->clock);
}

struct turn_figures turn_figures(const struct turn *turn)
{
	return turn->figures;
}
