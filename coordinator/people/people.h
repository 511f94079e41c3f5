/*
 * The people of the meeting that is served: kept on disk before the journal says that they were
 * given, and held in memory for those who may read them.
 *
 * A command that brings people is taken here instead of by the engine: a worker stores them durably
 * under a fresh digest, then the command goes to the engine with that digest. Whatever the record
 * does not know afterwards is removed; after a crash between the two, the next start does so.
 *
 * On the loop's thread.
 */
#ifndef DIEMCAU_COORDINATOR_PEOPLE_PEOPLE_H
#define DIEMCAU_COORDINATOR_PEOPLE_PEOPLE_H

#include "coordinator/engine/engine.h"
#include "coordinator/host/worker.h"

struct people;

/* All of it outlives the people. */
struct people_config {
	struct engine *engine;
	struct worker *keeper; /* of files */
	const char *path; /* of people.sqlite */
};

/* Opens the file, has it agree with the record, erases what is due. 0 or a negative errno. */
int people_create(const struct people_config *config, struct people **ret_people);
/* After the worker. NULL is allowed. */
void people_destroy(struct people *people);

/* Does this command bring people? */
bool people_are_brought(const struct command *body);
/*
 * Takes such a command; its answer comes as that of engine_submit does. False: too many wait, and
 * nothing is done. The caller has looked whether it would be accepted.
 */
bool people_submit(struct people *people, const struct mtg_command *command,
	const struct engine_source *source);

/* The engine has committed this. */
void people_committed(struct people *people, const struct mtg_record *record);
/* Call often: erases what is due, and notices that another program has. */
void people_tick(struct people *people);

/* What is kept of a site by its index; all empty where nothing is. */
void people_of(const struct people *people, int site, struct site_people *ret);
/* When they were erased; false: they were not. */
bool people_are_forgotten(const struct people *people, struct stamp *ret_wall);
/* Counts what changes beside the record: people are erased. */
uint64_t people_generation(const struct people *people);

#endif
