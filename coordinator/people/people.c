#include "coordinator/people/people.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "coordinator/host/log.h"
#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/people/people_file.h"
#include "coordinator/people/retention.h"
#include "proto/system/memory.h"
#include "text_copy.h"

enum { COMMAND_TEXT_SIZE = 256 };

/* What the record knows, of one site. */
struct people_held {
	char digest[CONTENT_DIGEST_SIZE];
	struct site_people people;
};

struct people {
	struct engine *engine;
	struct worker *keeper;
	struct people_file *file; /* the worker's after the start */
	struct people_held *kept[SITES_MAX]; /* by the site's index; NULL: nothing */
	struct people_bringing *recording; /* given to the engine, not committed yet */
	bool forgotten;
	struct stamp forgotten_wall;
	uint64_t generation;
	bool looking; /* the worker has a look, or erases */
	struct instant looked;
};

/* A command that brings people, on its way. */
struct people_bringing {
	struct worker_job job;
	struct people_bringing *next;
	struct people *people;
	struct mtg_command command;
	struct people_row row;
	uint64_t peer;
	char client[COMMAND_TEXT_SIZE], id[COMMAND_TEXT_SIZE];
	int fault;
};

/* Rows that are to go: one, or all of a site but one. */
struct removing {
	struct worker_job job;
	struct people *people;
	char site[SITE_ID_SIZE]; /* "": the one alone */
	char digest[CONTENT_DIGEST_SIZE];
	int fault;
};

/* A look at the file. */
struct looking {
	struct worker_job job;
	struct people *people;
	bool due; /* to be erased now */
	struct stamp wall;
	bool forgotten;
	struct stamp forgotten_wall;
	int fault;
};

static void tell_fault(const char *what, int fault)
{
	if (fault != 0) {
		log_line(LOG_LINE_ERROR, "people.sqlite: %s: %s", what, strerror(-fault));
	}
}

/* ---- in memory ---- */

static void let_go(struct people *people, int site)
{
	if (people->kept[site]) {
		memory_wipe(people->kept[site], sizeof(*people->kept[site]));
		free(people->kept[site]);
		people->kept[site] = NULL;
	}
}

static int hold(struct people *people, int site, const struct people_row *row)
{
	struct people_held *kept = malloc(sizeof(*kept));
	if (!kept) {
		return -ENOMEM;
	}
	TEXT_COPY(kept->digest, row->digest);
	kept->people = row->people;
	let_go(people, site);
	people->kept[site] = kept;
	return 0;
}

void people_of(const struct people *people, int site, struct site_people *ret)
{
	const char *known = mtg_registration(engine_committed(people->engine), site)->people;
	const struct people_held *kept = people->kept[site];
	memset(ret, 0, sizeof(*ret));
	if (kept && strcmp(kept->digest, known) == 0) {
		*ret = kept->people;
	}
}

bool people_are_forgotten(const struct people *people, struct stamp *ret_wall)
{
	*ret_wall = people->forgotten_wall;
	return people->forgotten;
}

uint64_t people_generation(const struct people *people)
{
	return people->generation;
}

static void let_all_go(struct people *people)
{
	for (int i = 0; i < SITES_MAX; i++) {
		let_go(people, i);
	}
	people->generation++;
}

/* ---- rows that are to go ---- */

static void removing_drop(struct worker_job *job)
{
	free(job);
}

static void removing_run(struct worker_job *job)
{
	struct removing *removing = (struct removing *)job;
	struct people_file *file = removing->people->file;
	removing->fault = removing->site[0]
				  ? people_file_keep(file, removing->site, removing->digest)
				  : people_file_drop(file, removing->digest);
}

static void removing_done(struct worker_job *job)
{
	tell_fault("what is to go is still there", ((struct removing *)job)->fault);
	free(job);
}

/* What the worker has no time for, the next start removes. */
static void have_removed(struct people *people, const char *site, const char *digest)
{
	struct removing *removing = calloc(1, sizeof(*removing));
	if (!removing) {
		return;
	}
	removing->job.run = removing_run;
	removing->job.done = removing_done;
	removing->job.drop = removing_drop;
	removing->people = people;
	TEXT_COPY(removing->site, site);
	TEXT_COPY(removing->digest, digest);
	if (!worker_give(people->keeper, &removing->job)) {
		free(removing);
	}
}

/* ---- a command that brings people ---- */

static const struct site_people *brought_by(const struct command *body)
{
	if (body->name == CMD_SITE_REGISTER && body->site_register.has_people) {
		return &body->site_register.people;
	}
	return body->name == CMD_SITE_ATTEND && body->site_attend.has_people
		       ? &body->site_attend.people
		       : NULL;
}

bool people_are_brought(const struct command *body)
{
	return brought_by(body) != NULL;
}

static void bringing_end(struct people_bringing *bringing)
{
	memory_wipe(bringing, sizeof(*bringing));
	free(bringing);
}

static void bringing_drop(struct worker_job *job)
{
	bringing_end((struct people_bringing *)job);
}

static void bringing_run(struct worker_job *job)
{
	struct people_bringing *bringing = (struct people_bringing *)job;
	people_salt_draw(&bringing->row.salt);
	people_digest(&bringing->row.salt, &bringing->row.people, bringing->row.digest);
	bringing->fault = people_file_put(bringing->people->file, &bringing->row);
}

/* Is this what the record will say? */
static bool is_recorded(const struct people_bringing *bringing)
{
	const struct meeting *meeting = engine_pending(bringing->people->engine);
	const struct site *site = mtg_site_by_id(meeting, bringing->row.site);
	return site && strcmp(mtg_registration(meeting, mtg_site_index(meeting, site))->people,
			       bringing->row.digest) == 0;
}

static void say_digest(struct command *body, const char *digest)
{
	if (body->name == CMD_SITE_REGISTER) {
		body->site_register.has_people_digest = true;
		TEXT_COPY(body->site_register.people_digest, digest);
	} else {
		body->site_attend.has_people_digest = true;
		TEXT_COPY(body->site_attend.people_digest, digest);
	}
}

static void bringing_done(struct worker_job *job)
{
	struct people_bringing *bringing = (struct people_bringing *)job;
	struct people *people = bringing->people;
	const struct engine_source source = {
		.peer = bringing->peer, .client = bringing->client, .command = bringing->id};
	if (bringing->fault != 0) {
		tell_fault("people cannot be kept", bringing->fault);
		engine_refuse(people->engine, &source, REFUSAL_STORAGE);
		bringing_end(bringing);
		return;
	}
	say_digest(&bringing->command.body, bringing->row.digest);
	bringing->next = people->recording;
	people->recording = bringing; /* the commit may come within the next call */
	engine_submit(people->engine, &bringing->command, &source);
	if (people->recording == bringing && !is_recorded(bringing)) {
		people->recording = bringing->next;
		have_removed(people, "", bringing->row.digest);
		bringing_end(bringing);
	}
}

bool people_submit(struct people *people, const struct mtg_command *command,
	const struct engine_source *source)
{
	const struct site_people *brought = brought_by(&command->body);
	struct people_bringing *bringing = calloc(1, sizeof(*bringing));
	if (!bringing) {
		return false;
	}
	bringing->job.run = bringing_run;
	bringing->job.done = bringing_done;
	bringing->job.drop = bringing_drop;
	bringing->people = people;
	bringing->command = *command;
	bringing->row.people = *brought;
	TEXT_COPY(bringing->row.site, command->body.name == CMD_SITE_REGISTER
					      ? command->body.site_register.site
					      : command->body.site_attend.site);
	bringing->peer = source->peer;
	bool fits = TEXT_COPY(bringing->client, source->client) &&
		    TEXT_COPY(bringing->id, source->command);
	if (!fits || !worker_give(people->keeper, &bringing->job)) {
		bringing_end(bringing);
		return false;
	}
	return true;
}

/* ---- the record says so ---- */

static struct people_bringing *take_recording(struct people *people, const char *digest)
{
	for (struct people_bringing **at = &people->recording; *at; at = &(*at)->next) {
		if (strcmp((*at)->row.digest, digest) == 0) {
			struct people_bringing *found = *at;
			*at = found->next;
			return found;
		}
	}
	return NULL;
}

static const char *digest_in(const struct event *event)
{
	if (event->name == EV_SITE_REGISTERED && event->site_registered.has_people_digest) {
		return event->site_registered.people_digest;
	}
	return event->name == EV_SITE_ATTENDED && event->site_attended.has_people_digest
		       ? event->site_attended.people_digest
		       : NULL;
}

void people_committed(struct people *people, const struct mtg_record *record)
{
	const char *digest = digest_in(&record->event);
	struct people_bringing *bringing = digest ? take_recording(people, digest) : NULL;
	if (!bringing) {
		return;
	}
	const struct meeting *meeting = engine_committed(people->engine);
	const struct site *site = mtg_site_ever(meeting, bringing->row.site);
	int r = hold(people, mtg_site_index(meeting, site), &bringing->row);
	tell_fault("people cannot be shown", r);
	have_removed(people, bringing->row.site, digest);
	bringing_end(bringing);
}

/* ---- erased ---- */

static void take_forgotten(struct people *people, bool forgotten, struct stamp wall)
{
	bool anew = forgotten && (!people->forgotten || people->forgotten_wall.ms != wall.ms);
	people->forgotten = forgotten;
	people->forgotten_wall = wall;
	if (anew) {
		let_all_go(people);
	}
}

static int look(struct looking *looking)
{
	struct people_file *file = looking->people->file;
	int r = people_file_forgotten(file, &looking->forgotten, &looking->forgotten_wall);
	bool empty = true;
	r = r == 0 && looking->due ? people_file_is_empty(file, &empty) : r;
	if (r == 0 && looking->due && !empty) {
		r = people_file_forget(file, looking->wall);
		looking->forgotten = r == 0;
		looking->forgotten_wall = looking->wall;
	}
	return r;
}

static void looking_drop(struct worker_job *job)
{
	free(job);
}

static void looking_run(struct worker_job *job)
{
	struct looking *looking = (struct looking *)job;
	looking->fault = look(looking);
}

static void looking_done(struct worker_job *job)
{
	struct looking *looking = (struct looking *)job;
	looking->people->looking = false;
	tell_fault("it cannot be read", looking->fault);
	if (looking->fault == 0) {
		take_forgotten(looking->people, looking->forgotten, looking->forgotten_wall);
	}
	free(looking);
}

static void begin_look(struct people *people, struct looking *looking)
{
	struct stamp wall = engine_service_now(people->engine).wall;
	looking->job.run = looking_run;
	looking->job.done = looking_done;
	looking->job.drop = looking_drop;
	looking->people = people;
	looking->wall = wall;
	looking->due = retention_is_over(engine_committed(people->engine), wall);
}

void people_tick(struct people *people)
{
	struct instant now = engine_service_now(people->engine).at;
	if (people->looking || span_between(people->looked, now).ms < PEOPLE_LOOK_SPAN_MS) {
		return;
	}
	struct looking *looking = calloc(1, sizeof(*looking));
	if (!looking) {
		return;
	}
	people->looked = now;
	begin_look(people, looking);
	people->looking = worker_give(people->keeper, &looking->job);
	if (!people->looking) {
		free(looking);
	}
}

/* ---- the start and the end ---- */

/* Removed when all have been seen: a file is not changed while it is walked through. */
struct unknown_rows {
	char (*digests)[CONTENT_DIGEST_SIZE];
	size_t n;
};

static int note_unknown(struct unknown_rows *rows, const char *digest)
{
	void *more = realloc(rows->digests, (rows->n + 1) * sizeof(*rows->digests));
	if (!more) {
		return -ENOMEM;
	}
	rows->digests = more;
	memcpy(rows->digests[rows->n++], digest, CONTENT_DIGEST_SIZE);
	return 0;
}

struct people_loading {
	struct people *people;
	struct unknown_rows unknown;
};

static int load_row(void *user, const struct people_row *row)
{
	struct people_loading *loading = user;
	const struct meeting *meeting = engine_committed(loading->people->engine);
	const struct site *site = mtg_site_ever(meeting, row->site);
	int index = site ? mtg_site_index(meeting, site) : 0;
	bool known = site && strcmp(mtg_registration(meeting, index)->people, row->digest) == 0;
	return known ? hold(loading->people, index, row)
		     : note_unknown(&loading->unknown, row->digest);
}

static int load(struct people *people)
{
	struct people_loading loading = {.people = people};
	int r = people_file_each(people->file, load_row, &loading);
	for (size_t i = 0; r == 0 && i < loading.unknown.n; i++) {
		r = people_file_drop(people->file, loading.unknown.digests[i]);
	}
	if (r == 0 && loading.unknown.n > 0) {
		log_line(LOG_LINE_NOTICE,
			"people.sqlite: %zu that the record does not know removed",
			loading.unknown.n);
	}
	free(loading.unknown.digests);
	return r;
}

static int begin(struct people *people, const char *path)
{
	struct looking looking = {0};
	int r = people_file_open(path, &people->file);
	if (r != 0) {
		return r;
	}
	begin_look(people, &looking);
	r = look(&looking);
	people->forgotten = looking.forgotten;
	people->forgotten_wall = looking.forgotten_wall;
	return r == 0 ? load(people) : r;
}

int people_create(const struct people_config *config, struct people **ret_people)
{
	struct people *people = calloc(1, sizeof(*people));
	if (!people) {
		return -ENOMEM;
	}
	people->engine = config->engine;
	people->keeper = config->keeper;
	int r = begin(people, config->path);
	if (r != 0) {
		people_destroy(people);
		return r;
	}
	*ret_people = people;
	return 0;
}

void people_destroy(struct people *people)
{
	if (!people) {
		return;
	}
	while (people->recording) {
		struct people_bringing *bringing = people->recording;
		people->recording = bringing->next;
		bringing_end(bringing);
	}
	let_all_go(people);
	people_file_close(people->file);
	free(people);
}
