#include "coordinator/api/api.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "proto/system/memory.h"
#include "text_copy.h"

static void connect_parts(struct api *api, const struct api_config *config)
{
	struct peers *peers = config->peers;
	api->responder = (struct responder){config->ws, config->engine};
	api->store.engine = config->engine;
	api->store.sessions = config->sessions;
	api->store.registry = config->registry;
	api->store.worker = config->worker;
	api->store.responder = &api->responder;
	api->logins.ws = config->ws;
	api->logins.engine = config->engine;
	api->logins.registry = config->registry;
	api->logins.sessions = config->sessions;
	api->logins.worker = config->worker;
	api->logins.responder = &api->responder;
	api->logins.store = &api->store;
	api->logins.login_alerts = &peers->login_alerts;
	api->logins.mark = api->mark;
	api->logins.device_key = *config->device_key;
	api->records.ws = config->ws;
	api->records.engine = config->engine;
	api->records.sessions = config->sessions;
	api->records.reader = config->reader;
	api->records.responder = &api->responder;
	api->records.dir = api->dir;
	api->records.journal = api->journal;
	api->records.plan = api->plan;
	api->screens_seen.engine = config->engine;
	api->screens_seen.clients = &peers->clients;
	api->screens_seen.registry = config->registry;
	api->screens_seen.worker = config->worker;
	api->display_links = (struct display_links){
		.registry = config->registry,
		.admission = &peers->admission,
		.engine = config->engine,
		.worker = config->worker,
		.responder = &api->responder,
		.seen = &api->screens_seen,
		.dir = api->dir,
	};
	api->uploads.engine = config->engine;
	api->uploads.keeper = config->keeper;
	api->uploads.responder = &api->responder;
	api->downloads.ws = config->ws;
	api->downloads.engine = config->engine;
	api->downloads.keeper = config->keeper;
	api->downloads.responder = &api->responder;
	api->downloads.store = &api->uploads.store;
	api->imports.reader = config->importer;
	api->imports.uploads = &api->uploads;
	api->imports.responder = &api->responder;
	api->imports.folder = api->folder;
	api->metrics = (struct metrics_sources){
		.ws = config->ws,
		.engine = config->engine,
		.clients = &peers->clients,
		.connection_log = &peers->connection_log,
		.login_alerts = &peers->login_alerts,
		.logins = &api->logins,
		.telemetry = peers->telemetry,
		.media_keys = config->media_keys,
	};
}

static int open_papers(struct api *api, const char *folder)
{
	return engine_is_replay(api->engine) ? uploads_open_to_read(&api->uploads, folder)
					     : uploads_open(&api->uploads, folder);
}

int api_create(const struct api_config *config, struct api **ret_api)
{
	struct api *api = calloc(1, sizeof(*api));
	if (!api) {
		return -ENOMEM;
	}
	api->engine = config->engine;
	api->registry = config->registry;
	api->sessions = config->sessions;
	api->peers = config->peers;
	api->people = config->people;
	api->open_metrics = config->open_metrics;
	TEXT_COPY(api->mark, config->mark);
	TEXT_COPY(api->dir, config->dir);
	TEXT_COPY(api->folder, config->folder);
	TEXT_COPY(api->journal, config->journal);
	TEXT_COPY(api->plan, config->plan);
	TEXT_COPY(api->store.path, config->sessions_path);
	connect_parts(api, config);
	api->logins.queue.backoff = login_backoff_create(LOGIN_QUEUE_KEYS_MAX, config->seed);
	int r = api->logins.queue.backoff ? open_papers(api, config->documents) : -ENOMEM;
	if (r < 0) {
		login_backoff_destroy(api->logins.queue.backoff);
		memory_wipe(api, sizeof(*api));
		free(api);
		return r;
	}
	session_store_resume(&api->store);
	screens_seen_resume(&api->screens_seen, config->dir);
	*ret_api = api;
	return 0;
}

void api_destroy(struct api *api)
{
	if (!api) {
		return;
	}
	logins_finish(&api->logins);
	records_finish(&api->records);
	session_store_finish(&api->store);
	screens_seen_finish(&api->screens_seen);
	login_backoff_destroy(api->logins.queue.backoff);
	memory_wipe(api, sizeof(*api)); /* the key of device cookies */
	free(api);
}

void api_tick(struct api *api)
{
	struct instant now = engine_service_now(api->engine).at;
	logins_serve(&api->logins);
	if (span_between(api->reviewed, now).ms >= REVIEW_SPAN_MS) {
		api->reviewed = now;
		session_store_review(&api->store);
		screens_seen_review(&api->screens_seen);
	}
}

void api_delivered(struct api *api)
{
	uploads_delivered(&api->uploads);
}
