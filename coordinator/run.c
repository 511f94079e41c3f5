/*
 * Wiring: everything is made in an order in which each part finds what it needs, and taken apart
 * in the other.
 */
#include "coordinator/run.h"

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
#include "coordinator/peers/front.h"
#include "coordinator/identity/store.h"
#include "coordinator/host/log.h"
#include "coordinator/plan/plan.h"
#include "coordinator/peers/publish.h"
#include "coordinator/peers/reports.h"
#include "coordinator/storage.h"
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

static int order_plan(
	struct coordinator *coordinator, const struct plan *plan, const struct plan_run *run)
{
	struct command command;
	int begun = turn_begin_plan(coordinator->turn);
	if (begun != 0) {
		return begun;
	}
	for (size_t i = 0; plan_command(plan, run, i, &command); i++) {
		enum refusal refusal = turn_order_system(coordinator->turn, &command);
		if (refusal != REFUSAL_UNSET) {
			log_line(LOG_LINE_ERROR, "command %zu of the plan, %s, is refused: %s", i,
				msg_enum_name(&msg_command_name, (int)command.name),
				msg_enum_name(&msg_refusal, (int)refusal));
			return -EINVAL;
		}
		int fault = i % SEED_FLUSH == SEED_FLUSH - 1 ? turn_flush(coordinator->turn) : 0;
		if (fault < 0) {
			return fault;
		}
	}
	return turn_end_plan(coordinator->turn);
}

static void log_faults(const struct plan_faults *faults)
{
	char sentence[PLAN_SENTENCE_SIZE];
	for (size_t i = 0; i < faults->n; i++) {
		plan_fault_sentence(&faults->list[i], LANGUAGE_EN, sentence);
		log_line(LOG_LINE_ERROR, "%s", sentence);
	}
}

static int begin_meeting(struct coordinator *coordinator, const struct run_options *options)
{
	struct plan_faults faults = {0};
	struct plan *plan = NULL;
	int status = plan_load(options->plan, &plan, &faults);
	if (status != 0) {
		log_faults(&faults);
		plan_faults_finish(&faults);
		return status < 0 ? status : -EINVAL;
	}
	char id[MEETING_ID_SIZE];
	snprintf(id, sizeof(id), "%s-%.8s", plan->meeting.date, coordinator->boot);
	struct plan_run run = {
		.meeting = id, .speed = options->speed, .rehearsal = options->rehearsal};
	status = order_plan(coordinator, plan, &run);
	plan_destroy(plan);
	plan_faults_finish(&faults);
	return status;
}

static int open_turn(struct coordinator *coordinator)
{
	struct turn_config config = {
		.path = coordinator->journal,
		.clock = &coordinator->clock,
		.port = &front_turn_port,
		.user = coordinator,
	};
	return turn_create(&config, &coordinator->turn);
}

static void close_turn(struct coordinator *coordinator)
{
	turn_destroy(coordinator->turn);
	coordinator->turn = NULL;
}

/* A meeting that is over is put aside, and one of which the plan is not all there never was. */
static int clear_place(struct coordinator *coordinator, const struct run_options *options)
{
	int status = 0;
	if (turn_is_unfinished(coordinator->turn)) {
		log_line(LOG_LINE_WARNING, "the plan was not wholly taken in: beginning again");
		close_turn(coordinator);
		status = storage_discard(coordinator->journal);
	} else if (storage_is_over(coordinator->turn)) {
		char id[MEETING_ID_SIZE];
		snprintf(id, sizeof(id), "%s", mtg_about(turn_told(coordinator->turn))->meeting);
		close_turn(coordinator);
		status = storage_put_aside(
			options->dir, coordinator->journal, id, options->rehearsal);
	}
	return status == 0 && !coordinator->turn ? open_turn(coordinator) : status;
}

static int open_meeting(struct coordinator *coordinator, const struct run_options *options)
{
	int status = open_turn(coordinator);
	if (status == 0) {
		status = clear_place(coordinator, options);
	}
	if (status != 0) {
		return fail(coordinator->journal, status);
	}
	if (mtg_about(turn_told(coordinator->turn))->state == MEETING_STATE_UNSET) {
		status = begin_meeting(coordinator, options);
		return status == 0 ? 0 : fail(options->plan, status);
	}
	log_line(LOG_LINE_NOTICE, "meeting %s goes on after event %" PRId64,
		mtg_about(turn_told(coordinator->turn))->meeting, coordinator_seq(coordinator));
	return turn_flush(coordinator->turn);
}

/* ---- making and taking apart ---- */

static void make_boot_id(char boot[INSTANCE_ID_SIZE])
{
	char secret[SECRET_TEXT_SIZE], digest[SECRET_DIGEST_SIZE];
	secret_make(secret);
	secret_digest(secret, digest);
	memcpy(boot, digest, INSTANCE_ID_SIZE - 1);
}

static int create_parts(struct coordinator *coordinator, const struct run_options *options)
{
	coordinator->secrets = calloc(1, sizeof(*coordinator->secrets));
	coordinator->admission.throttle = throttle_create(ADMISSION_KEYS_MAX, secret_number());
	coordinator->strangers = throttle_create(STRANGERS_MAX, secret_number());
	coordinator->publisher = publisher_create();
	coordinator->figures = figures_create();
	if (!coordinator->secrets || !coordinator->admission.throttle || !coordinator->strangers ||
		!coordinator->publisher || !coordinator->figures) {
		return fail("memory", -ENOMEM);
	}
	memory_keep(coordinator->secrets, sizeof(*coordinator->secrets));
	make_boot_id(coordinator->boot);
	int status = storage_guard(options->dir);
	if (status != 0) {
		return fail(options->dir, status);
	}
	storage_tell_spare_secrets(options->dir);
	status = storage_journal_path(coordinator->journal, sizeof(coordinator->journal),
		options->dir, options->rehearsal);
	if (status == 0) {
		status = storage_sessions_path(coordinator->keeping.path,
			sizeof(coordinator->keeping.path), options->dir, options->rehearsal);
	}
	if (status == 0) {
		status = identity_load(options->dir, &coordinator->book);
	}
	if (status == 0) {
		status = device_key_load(options->dir, &coordinator->device_key);
	}
	if (status == 0) {
		status = sessions_create(&coordinator->sessions);
	}
	if (status == 0) {
		status = worker_create(front_turn_port.wake, coordinator, &coordinator->worker);
	}
	if (status == 0) {
		status = worker_create(front_turn_port.wake, coordinator, &coordinator->reader);
	}
	return status == 0 ? 0 : fail(options->dir, status);
}

static void name_hosts(struct coordinator *coordinator, const char *dir, struct http_hosts *hosts)
{
	if (identity_hosts_read(dir, &coordinator->hosts) < 0) {
		return; /* TLS will not start either, and says so */
	}
	for (size_t i = 0; i < coordinator->hosts.count && i < HTTP_HOSTS_MAX; i++) {
		hosts->names[hosts->n_names++] = coordinator->hosts.text[i];
	}
}

/* Another one for each installation and port, and for its rehearsals. */
static void name_cookie(struct coordinator *coordinator, const struct run_options *options)
{
	enum { SHOWN = 8 };
	char digest[SECRET_DIGEST_SIZE] = "";
	identity_fingerprint(options->dir, digest); /* TLS will not start either, and says so */
	snprintf(coordinator->mark, sizeof(coordinator->mark), "%.*s-%d%s", SHOWN, digest,
		options->listen.port, options->rehearsal ? "-r" : "");
}

static int open_sockets(const struct run_options *options, struct listening *ret)
{
	char fault[LISTENING_FAULT_SIZE];
	int status = listening_open(&options->listen, ret, fault);
	if (status == 0 && options->plain && !ret->loopback) {
		listening_close(ret);
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
static int listen_to(struct coordinator *coordinator, const struct run_options *options,
	const struct listening *sockets)
{
	char certificate[STORE_PATH_MAX], key[STORE_PATH_MAX];
	store_path(certificate, options->dir, "server.pem");
	store_path(key, options->dir, "server.key");
	struct ws_config config = {
		.sockets = *sockets,
		.certificate = options->plain ? NULL : certificate,
		.key = key,
		.proxies = options->proxies,
		.mark = coordinator->mark,
		.port_table = &front_ws_port,
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
	keeping_finish(coordinator);
	if (coordinator->turn) {
		turn_flush(coordinator->turn);
	}
	turn_destroy(coordinator->turn); /* its thread wakes the loop until it has been joined */
	ws_destroy(ws);
	publisher_destroy(coordinator->publisher);
	audience_finish(&coordinator->audience);
	figures_destroy(coordinator->figures);
	if (coordinator->secrets) {
		secrets_wipe(coordinator->secrets);
	}
	free(coordinator->secrets);
	throttle_destroy(coordinator->admission.throttle);
	throttle_destroy(coordinator->strangers);
	sessions_destroy(coordinator->sessions);
	identity_destroy(coordinator->book);
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
	ws_arm(ws, turn_tick(coordinator->turn));
	publish_desired(coordinator);
	audience_serve(&coordinator->audience, &coordinator->clients, ws);
	ws_flush(ws);
}

static int serve(struct coordinator *coordinator)
{
	while (!stop_asked && coordinator->health == HEALTH_SERVING) {
		serve_round(coordinator);
	}
	return coordinator->health == HEALTH_BROKEN ? EXIT_BROKEN : EXIT_SUCCESS;
}

static void say_farewell(struct coordinator *coordinator)
{
	bool broken = coordinator->health == HEALTH_BROKEN;
	coordinator->health = broken ? HEALTH_BROKEN : HEALTH_STOPPING;
	notify_stopping(&coordinator->notify);
	front_dismiss(coordinator, broken ? REFUSAL_STORAGE : REFUSAL_STOPPING);
	struct instant begun = turn_now(coordinator->turn).at;
	while (coordinator->clients.count > 0 &&
		span_between(begun, turn_now(coordinator->turn).at).ms < WS_FAREWELL_MS) {
		ws_service(atomic_load(&coordinator->ws));
	}
}

static void say_ready(struct coordinator *coordinator, const struct listening *sockets)
{
	char where[LISTENING_TEXT_SIZE];
	const char *meeting = mtg_about(turn_told(coordinator->turn))->meeting;
	listening_text(sockets, where);
	log_line(LOG_LINE_NOTICE, "serving %s on %s", meeting, where);
	printf("port %u\n", (unsigned)sockets->port);
	fflush(stdout);
	notify_ready(&coordinator->notify, meeting);
}

/* The sockets come first: where they cannot be had, nothing is begun. */
static int run(struct coordinator *coordinator, const struct run_options *options)
{
	struct listening sockets;
	if (open_sockets(options, &sockets) < 0) {
		return EXIT_FAILURE;
	}
	if (create_parts(coordinator, options) != 0 || open_meeting(coordinator, options) != 0) {
		listening_close(&sockets);
		return EXIT_FAILURE;
	}
	credentials_review(coordinator, true);
	keeping_resume(coordinator);
	if (listen_to(coordinator, options, &sockets) != 0) {
		return EXIT_FAILURE;
	}
	coordinator->health = HEALTH_SERVING;
	say_ready(coordinator, &sockets);
	ws_arm(atomic_load(&coordinator->ws), 0);
	int status = serve(coordinator);
	say_farewell(coordinator);
	return status;
}

int coordinator_run(const struct run_options *options)
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
