/*
 * Private: the context of a decision, and the events that commands of more than one area emit. An
 * event of one area is emitted where it is decided.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_EMIT_H
#define DIEMCAU_COORDINATOR_MEETING_EMIT_H

#include "coordinator/meeting/state.h"
#include "text_copy.h"

struct deciding {
	const struct meeting *meeting;
	const struct mtg_command *command;
	struct now now; /* at is never before the last record */
	struct mtg_batch *batch;
};

/* The next event of the batch, zeroed and stamped, for the caller to fill. */
struct event *mtg_emit(struct deciding *d, enum event_name name);
bool mtg_has_room(const struct deciding *d);

/* Whom to ring at a site. */
void mtg_emit_contact(struct deciding *d, const char *site, const char *contact);
/* This turn is next; the one that was cued, if any, is uncued. */
void mtg_emit_cued(struct deciding *d, int turn);
/* The cued turn is uncued. */
void mtg_emit_uncued(struct deciding *d);
/* The turn on air leaves it. */
void mtg_emit_interrupted(struct deciding *d, int turn, enum interrupt_cause cause);
/* The talkback that is open ends. */
void mtg_emit_talkback_closed(struct deciding *d, enum talkback_end cause);
/* The act that is shown, if any, is over. */
void mtg_emit_act_done(struct deciding *d);
/* The active item, if any, ends as part of something else. */
void mtg_emit_item_finished(struct deciding *d);

/* An optional text of a command into the event that repeats it. */
#define OPTIONAL_COPY(to, from, field)                                                             \
	do {                                                                                       \
		(to)->has_##field = (from)->has_##field;                                           \
		if ((from)->has_##field) {                                                         \
			TEXT_COPY((to)->field, (from)->field);                                     \
		}                                                                                  \
	} while (0)

#endif
