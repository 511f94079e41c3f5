/*
 * Wiring: everything is made in an order in which each part finds what it needs, and taken apart
 * in the other.
 */
#include "coordinator/server.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/api/api.h"
#include "coordinator/coordinator.h"
#include "coordinator/peers/credentials.h"
#include "coordinator/peers/dispatch.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/host/log.h"
#include "coordinator/plan/plan.h"
#include "coordinator/peers/publish.h"
#include "coordinator/telemetry/telemetry.h"
#include "coordinator/data_dir.h"
#include "proto/network/descriptors.h"
#include "proto/system/memory.h"

enum {
	EXIT_BROKEN = 3,
	STRANGERS_MAX = 4096, /* of whom it is known that they were turned away */
	SEED_FLUSH = 512, /* commands of a plan that are decided before the disk is waited for */
};

static volatile sig_atomic_t stop_asked;

static void on_signal(int number)
{
	(void)number;
	stop_asked = 1;
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

static int fail(const char *what, int status)
{
	log_line(LOG_LINE_ERROR, "%s: %s", what,
		status < 0 ? strerror(-status) : storage_refusal_text(status));
	return status;
}

/* ---- the meeting ---- */

static int submit_plan(
	struct coordinator *coordinator, const struct plan *plan, const struct plan_run *run)
{
	struct command command;
	int begun = engine_begin_plan(coordinator->engine);
	if (begun != 0) {
		return begun;
	}
	for (size_t i = 0; plan_command(plan, run, i, &command); i++) {
		enum refusal refusal = engine_submit_system(coordinator->engine, &command);
		if (refusal != REFUSAL_UNSET) {
			log_line(LOG_LINE_ERROR, "command %zu of the plan, %s, is refused: %s", i,
				msg_enum_name(&msg_command_name, (int)command.name),
				msg_enum_name(&msg_refusal, (int)refusal));
			return -EINVAL;
		}
		int fault =
			i % SEED_FLUSH == SEED_FLUSH - 1 ? engine_flush(coordinator->engine) : 0;
		if (fault < 0) {
			return fault;
		}
	}
	return engine_end_plan(coordinator->engine);
}

static void log_faults(const struct plan_diagnostics *faults)
{
	char sentence[PLAN_SENTENCE_SIZE];
	for (size_t i = 0; i < faults->n; i++) {
		plan_diagnostic_sentence(&faults->list[i], LANGUAGE_EN, sentence);
		log_line(LOG_LINE_ERROR, "%s", sentence);
	}
}

static int begin_meeting(struct coordinator *coordinator, const struct server_options *options)
{
	struct plan_diagnostics faults = {0};
	struct plan *plan = NULL;
	int status = plan_load(options->plan, &plan, &faults);
	if (status != 0) {
		log_faults(&faults);
		plan_diagnostics_finish(&faults);
		return status < 0 ? status : -EINVAL;
	}
	char id[MEETING_ID_SIZE];
	snprintf(id, sizeof(id), "%s-%.8s", plan->meeting.date, coordinator->boot);
	struct plan_run run = {
		.meeting = id, .speed = options->speed, .rehearsal = options->rehearsal};
	status = submit_plan(coordinator, plan, &run);
	plan_destroy(plan);
	plan_diagnostics_finish(&faults);
	return status;
}

static int open_turn(struct coordinator *coordinator)
{
	struct engine_config config = {
		.path = coordinator->journal,
		.clock = &coordinator->clock,
		.port = &dispatch_engine_port,
		.user = coordinator,
	};
	return engine_create(&config, &coordinator->engine);
}

static void close_turn(struct coordinator *coordinator)
{
	engine_destroy(coordinator->engine);
	coordinator->engine = NULL;
}

/* A meeting that is over is put aside, and one of which the plan is not all there never was. */
static int clear_place(struct coordinator *coordinator, const struct server_options *options)
{
	int status = 0;
	if (engine_is_unfinished(coordinator->engine)) {
		log_line(LOG_LINE_WARNING, "the plan was not wholly taken in: beginning again");
		close_turn(coordinator);
		status = data_dir_discard(coordinator->journal);
	} else if (data_dir_is_over(coordinator->engine)) {
		char id[MEETING_ID_SIZE];
		snprintf(id, sizeof(id), "%s",
			mtg_about(engine_committed(coordinator->engine))->meeting);
		close_turn(coordinator);
		status = data_dir_archive(
			options->dir, coordinator->journal, id, options->rehearsal);
	}
	return status == 0 && !coordinator->engine ? open_turn(coordinator) : status;
}

static int open_meeting(struct coordinator *coordinator, const struct server_options *options)
{
	int status = open_turn(coordinator);
	if (status == 0) {
		status = clear_place(coordinator, options);
	}
	if (status != 0) {
		return fail(coordinator->journal, status);
	}
	if (mtg_about(engine_committed(coordinator->engine))->state == MEETING_STATE_UNSET) {
		status = begin_meeting(coordinator, options);
		return status == 0 ? 0 : fail(options->plan, status);
	}
	log_line(LOG_LINE_NOTICE, "meeting %s goes on after event %" PRId64,
		mtg_about(engine_committed(coordinator->engine))->meeting,
		coordinator_seq(coordinator));
	return engine_flush(coordinator->engine);
}

/* ---- making and taking apart ---- */

static void make_boot_id(char boot[INSTANCE_ID_SIZE])
{
	char secret[SECRET_TEXT_SIZE], digest[SECRET_DIGEST_SIZE];
	secret_make(secret);
	secret_digest(secret, digest);
	memcpy(boot, digest, INSTANCE_ID_SIZE - 1);
}

static int create_parts(struct coordinator *coordinator, const struct server_options *options)
{
	coordinator->media_keys = calloc(1, sizeof(*coordinator->media_keys));
	coordinator->login_queue.backoff =
		login_backoff_create(LOGIN_QUEUE_KEYS_MAX, secret_number());
	coordinator->strangers = login_backoff_create(STRANGERS_MAX, secret_number());
	coordinator->publisher = publisher_create();
	coordinator->telemetry = telemetry_create();
	if (!coordinator->media_keys || !coordinator->login_queue.backoff ||
		!coordinator->strangers || !coordinator->publisher || !coordinator->telemetry) {
		return fail("memory", -ENOMEM);
	}
	memory_keep(coordinator->media_keys, sizeof(*coordinator->media_keys));
	make_boot_id(coordinator->boot);
	int status = data_dir_guard(options->dir);
	if (status != 0) {
		return fail(options->dir, status);
	}
	data_dir_warn_of_secrets(options->dir);
	status = data_dir_journal_path(coordinator->journal, sizeof(coordinator->journal),
		options->dir, options->rehearsal);
	if (status == 0) {
		status = data_dir_sessions_path(coordinator->session_store.path,
			sizeof(coordinator->session_store.path), options->dir, options->rehearsal);
	}
	if (status == 0) {
		status = identity_load(options->dir, &coordinator->registry);
	}
	if (status == 0) {
		status = device_key_load(options->dir, &coordinator->device_key);
	}
	if (status == 0) {
		status = sessions_create(&coordinator->sessions);
	}
	if (status == 0) {
		status =
			worker_create(dispatch_engine_port.wake, coordinator, &coordinator->worker);
	}
	if (status == 0) {
		status =
			worker_create(dispatch_engine_port.wake, coordinator, &coordinator->reader);
	}
	return status == 0 ? 0 : fail(options->dir, status);
}

static void name_hosts(struct coordinator *coordinator, const char *dir, struct http_hosts *hosts)
{
	if (server_names_read(dir, &coordinator->hosts) < 0) {
		return; /* TLS will not start either, and says so */
	}
	for (size_t i = 0; i < coordinator->hosts.count && i < HTTP_HOSTS_MAX; i++) {
		hosts->names[hosts->n_names++] = coordinator->hosts.text[i];
	}
}

/* Another one for each installation and port, and for its rehearsals. */
static void name_cookie(struct coordinator *coordinator, const struct server_options *options)
{
	enum { SHOWN = 8 };
	char digest[SECRET_DIGEST_SIZE] = "";
	ca_fingerprint(options->dir, digest); /* TLS will not start either, and says so */
	snprintf(coordinator->mark, sizeof(coordinator->mark), "%.*s-%d%s", SHOWN, digest,
		options->listen.port, options->rehearsal ? "-r" : "");
}

static int open_sockets(const struct server_options *options, struct listen_sockets *ret)
{
	char fault[LISTEN_FAULT_SIZE];
	int status = listen_sockets_open(&options->listen, ret, fault);
	if (status == 0 && options->plain && !ret->loopback) {
		listen_sockets_close(ret);
		status = -EINVAL;
		snprintf(fault, sizeof(fault),
			"plain HTTP is for loopback, or anybody on the way reads the passwords: "
			"--listen 127.0.0.1:%u or [::1]:%u",
			(unsigned)options->listen.port, (unsigned)options->listen.port);
	}
	if (status < 0) {
		log_line(LOG_LINE_ERROR, "%s", fault);
	}
	return status;
}

/* Takes the sockets over. */
static int listen_to(struct coordinator *coordinator, const struct server_options *options,
	const struct listen_sockets *sockets)
{
	char certificate[ATOMIC_FILE_PATH_MAX], key[ATOMIC_FILE_PATH_MAX];
	atomic_file_path(certificate, options->dir, "server.pem");
	atomic_file_path(key, options->dir, "server.key");
	struct ws_config config = {
		.sockets = *sockets,
		.certificate = options->plain ? NULL : certificate,
		.key = key,
		.proxies = options->proxies,
		.mark = coordinator->mark,
		.callbacks = &dispatch_ws_port,
		.user = coordinator,
	};
	coordinator->open_metrics = options->open_metrics;
	name_cookie(coordinator, options);
	name_hosts(coordinator, options->dir, &config.hosts);
	struct ws *ws = NULL;
	int status = ws_create(&config, &ws);
	atomic_store(&coordinator->ws, ws);
	return status == 0 ? 0 : fail("listening", status);
}

static void destroy_all(struct coordinator *coordinator)
{
	struct ws *ws = atomic_load(&coordinator->ws);
	worker_destroy(coordinator->worker);
	worker_destroy(coordinator->reader);
	api_logins_finish(coordinator);
	api_readings_finish(coordinator);
	session_store_finish(coordinator);
	if (coordinator->engine) {
		engine_flush(coordinator->engine);
	}
	engine_destroy(
		coordinator->engine); /* its thread wakes the loop until it has been joined */
	ws_destroy(ws);
	publisher_destroy(coordinator->publisher);
	viewers_finish(&coordinator->viewers);
	telemetry_destroy(coordinator->telemetry);
	if (coordinator->media_keys) {
		media_keys_wipe(coordinator->media_keys);
	}
	free(coordinator->media_keys);
	login_backoff_destroy(coordinator->login_queue.backoff);
	login_backoff_destroy(coordinator->strangers);
	sessions_destroy(coordinator->sessions);
	identity_destroy(coordinator->registry);
	msg_arena_finish(&coordinator->arena);
	notify_finish(&coordinator->notify);
	memory_wipe(coordinator, sizeof(*coordinator)); /* the key of known browsers */
	free(coordinator);
}

/* ---- the loop ---- */

/* One round: whatever came is dealt with, what is due is ticked, what has changed is told. */
static void serve_round(struct coordinator *coordinator)
{
	struct ws *ws = atomic_load(&coordinator->ws);
	ws_service(ws);
	ws_set_timer(ws, engine_tick(coordinator->engine));
	publish_desired(coordinator);
	viewers_serve(&coordinator->viewers, &coordinator->clients, ws);
	ws_flush(ws);
}

static int serve(struct coordinator *coordinator)
{
	while (!stop_asked && coordinator->health == HEALTH_SERVING) {
		serve_round(coordinator);
	}
	return coordinator->health == HEALTH_BROKEN ? EXIT_BROKEN : EXIT_SUCCESS;
}

static void say_goodbye(struct coordinator *coordinator)
{
	bool broken = coordinator->health == HEALTH_BROKEN;
	coordinator->health = broken ? HEALTH_BROKEN : HEALTH_STOPPING;
	notify_stopping(&coordinator->notify);
	dispatch_dismiss(coordinator, broken ? REFUSAL_STORAGE : REFUSAL_STOPPING);
	struct instant begun = engine_now(coordinator->engine).at;
	while (coordinator->clients.count > 0 &&
		span_between(begun, engine_now(coordinator->engine).at).ms < WS_BYE_MS) {
		ws_service(atomic_load(&coordinator->ws));
	}
}

static void say_ready(struct coordinator *coordinator, const struct listen_sockets *sockets)
{
	char where[LISTEN_TEXT_SIZE];
	const char *meeting = mtg_about(engine_committed(coordinator->engine))->meeting;
	listen_sockets_text(sockets, where);
	log_line(LOG_LINE_NOTICE, "serving %s on %s", meeting, where);
	printf("port %u\n", (unsigned)sockets->port);
	fflush(stdout);
	notify_ready(&coordinator->notify, meeting);
}

/* The sockets come first: where they cannot be had, nothing is begun. */
static int run(struct coordinator *coordinator, const struct server_options *options)
{
	struct listen_sockets sockets;
	if (open_sockets(options, &sockets) < 0) {
		return EXIT_FAILURE;
	}
	if (create_parts(coordinator, options) != 0 || open_meeting(coordinator, options) != 0) {
		listen_sockets_close(&sockets);
		return EXIT_FAILURE;
	}
	credentials_review(coordinator, true);
	session_store_resume(coordinator);
	if (listen_to(coordinator, options, &sockets) != 0) {
		return EXIT_FAILURE;
	}
	coordinator->health = HEALTH_SERVING;
	say_ready(coordinator, &sockets);
	ws_set_timer(atomic_load(&coordinator->ws), 0);
	int status = serve(coordinator);
	say_goodbye(coordinator);
	return status;
}

int server_run(const struct server_options *options)
{
	struct coordinator *coordinator = calloc(1, sizeof(*coordinator));
	if (!coordinator || secret_start() < 0) {
		free(coordinator);
		return EXIT_FAILURE;
	}
	catch_signals();
	descriptors_raise(); /* thousands of peers need as many */
	notify_init(&coordinator->notify);
	int status = run(coordinator, options);
	destroy_all(coordinator);
	return status;
}
