/*
 * Meeting plans: the folder a person edits, read and checked as a whole.
 *
 * A plan is a folder with meeting.json and, each as .json or as .csv, sites, agenda, speaking and
 * (optional) awards, signing, documents, votes, checklist and tasks. proto/schema/plan.json defines
 * their form. A struct plan is always sound: no caller checks it again.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_PLAN_H
#define DIEMCAU_COORDINATOR_PLAN_PLAN_H

#include "coordinator/plan/diagnostics.h"
#include "domain_msg.h"
#include "plan_msg.h"
#include "proto/codec/arena.h"

enum {
	PLAN_FAULTY = 1,
	PLAN_FILE_MIB_MAX = 4,
	PLAN_FILE_BYTES_MAX = PLAN_FILE_MIB_MAX * 1024 * 1024,
};

struct plan {
	struct plan_meeting meeting;
	struct plan_sites sites;
	struct plan_agenda agenda;
	struct plan_speaking speaking;
	struct plan_awards awards;
	struct plan_signing signing;
	struct plan_documents documents;
	struct plan_votes votes;
	struct plan_checklist checklist;
	struct plan_tasks tasks;
	struct msg_arena arena; /* of the arrays above */
};

/*
 * Reads and checks the plan in `folder`. 0 with a plan to be destroyed by the caller, notes added
 * to `faults`; PLAN_FAULTY with every fault added to it, in order; -ENOMEM.
 */
int plan_load(const char *folder, struct plan **ret_plan, struct plan_diagnostics *faults);

/*
 * What can be read of the plan in `folder`, whatever is wrong with it: not sound, and of no use but
 * to be put right. 0 with a plan to be destroyed by the caller, PLAN_FAULTY with one too; -ENOMEM.
 */
int plan_read(const char *folder, struct plan **ret_plan, struct plan_diagnostics *faults);

/* NULL is allowed. */
void plan_destroy(struct plan *plan);

/*
 * The numbers in media that the sites of a new installation get: the main venue 1, the others in
 * the order of the plan.
 */
/* The sites that people are at: all but the player of films. */
size_t plan_count_venues(const struct plan *plan);

uint32_t plan_site_number(const struct plan *plan, size_t index);

/* A run of a plan: parameters that the plan does not have. */
struct plan_run {
	const char *meeting; /* id of the meeting, fit for meeting_id */
	/* In media, of each site in the order of the plan; NULL: plan_site_number. */
	const uint32_t *numbers;
	uint32_t speed;
	bool rehearsal;
};

/*
 * The commands that set up a new meeting as planned: meeting.create, site.add, list.add,
 * item.insert, turn.add, and what is optional. Ask for 0, 1, 2 … until false.
 */
bool plan_command(const struct plan *plan, const struct plan_run *run, size_t index,
	struct command *ret_command);

#endif
