/*
 * HTTP: the routes of docs/protocol.md. Slow requests (a password, the journal, minutes) go to a
 * worker and are answered when it is done.
 *
 *	routes.c         the table of routes: access and handler
 *	responder.c      answers and refusals
 *	parameters.c     the parameters of each route
 *	login.c          logging in; login_queue.c chooses the next one
 *	session_store.c  sessions of people, stored on disk
 *	records.c        meetings, journal and minutes; fair_queue.c chooses the next one
 *	uploads.c        files that are brought; upload_work.c is what the worker does of it
 *	downloads.c      files of the meeting; own_papers.c tells a site which
 *	imports.c        what a programme of an office would change
 *	registrations.c  what sites have registered, for operators and technicians
 *	display_links.c  display links: made, listed, removed; screens_seen.c knows when they were
 *seen metrics.c        metrics
 *
 * Each role sees only what follows from the events it may see. All on the loop's thread.
 */
#ifndef DIEMCAU_COORDINATOR_API_API_H
#define DIEMCAU_COORDINATOR_API_API_H

#include "coordinator/api/display_links.h"
#include "coordinator/api/downloads.h"
#include "coordinator/api/imports.h"
#include "coordinator/api/login.h"
#include "coordinator/api/metrics.h"
#include "coordinator/api/records.h"
#include "coordinator/api/session_store.h"
#include "coordinator/api/uploads.h"
#include "coordinator/peers/peers.h"

enum health { HEALTH_STARTING, HEALTH_SERVING, HEALTH_STOPPING, HEALTH_BROKEN };

enum { API_PATH_SIZE = 1024, API_MARK_SIZE = 24 };

/* All but the texts outlives the API. */
struct api_config {
	struct ws *ws;
	struct engine *engine;
	struct identity_registry *registry;
	struct sessions *sessions;
	struct peers *peers;
	const struct people *people;
	const struct media_keys *media_keys;
	struct worker *worker; /* for logins, and for writing sessions */
	struct worker *reader; /* of the record */
	struct worker *keeper; /* of files */
	struct worker *importer; /* waits for the readers of offices' files */
	const struct device_key *device_key; /* of device cookies */
	const char *mark; /* of the installation, for its cookies' names */
	const char *dir; /* of the installation */
	const char *folder; /* of the meeting that is served */
	const char *journal; /* its journal */
	const char *plan; /* the folder of its plan */
	const char *documents; /* the folder of its files */
	const char *sessions_path; /* their file */
	bool open_metrics; /* run --open-metrics */
	uint64_t seed; /* random */
};

struct api {
	struct engine *engine; /* borrowed, like the next four */
	struct identity_registry *registry;
	struct sessions *sessions;
	struct peers *peers;
	const struct people *people;
	struct responder responder;
	struct session_store store;
	struct logins logins;
	struct records records;
	struct screens_seen screens_seen;
	struct display_links display_links;
	struct uploads uploads;
	struct downloads downloads;
	struct imports imports;
	struct metrics_sources metrics;
	struct instant reviewed; /* when sessions were last reviewed */
	enum health health; /* set by the server */
	bool open_metrics;
	char mark[API_MARK_SIZE];
	char dir[API_PATH_SIZE];
	char folder[API_PATH_SIZE];
	char journal[API_PATH_SIZE];
	char plan[API_PATH_SIZE];
};

/* Reads the sessions that are on disk, and looks through the files. 0 or a negative errno. */
int api_create(const struct api_config *config, struct api **ret_api);
/* After both workers; writes unsaved sessions. NULL is allowed. */
void api_destroy(struct api *api);

/* Call often: handles waiting logins, and every other second writes unsaved sessions. */
void api_tick(struct api *api);
/* Call after engine_deliver. */
void api_delivered(struct api *api);

#endif
