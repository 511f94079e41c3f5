/*
 * Wiring: creates all parts in the order of their dependencies, and destroys them in reverse;
 * passes callbacks of the websocket server to the part they concern.
 */
#include "coordinator/server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/api/api.h"
#include "coordinator/api/routes.h"
#include "coordinator/certificate_watch.h"
#include "coordinator/host/log.h"
#include "coordinator/host/sd_notify.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/server_names.h"
#include "coordinator/installation/change_desk.h"
#include "coordinator/installation/data_dir.h"
#include "coordinator/installation/installation_lock.h"
#include "coordinator/meeting_setup.h"
#include "coordinator/peers/delivery.h"
#include "coordinator/peers/dispatch.h"
#include "coordinator/people/people.h"
#include "proto/network/descriptors.h"
#include "proto/network/server_url.h"
#include "proto/system/language.h"
#include "proto/system/memory.h"
#include "proto/words/text_fill.h"

enum { URL_SIZE = 300 };

struct server {
	char boot[INSTANCE_ID_SIZE]; /* this run */
	char mark[API_MARK_SIZE]; /* of the installation, for its cookies' names */
	int serving; /* installation_lock_serving, or -1 */
	struct meeting_place place; /* of the meeting that is served */
	char certificate[ATOMIC_FILE_PATH_MAX], key[ATOMIC_FILE_PATH_MAX];
	struct server_names names; /* valid names in Host */
	struct device_key device_key;
	struct clock clock;
	struct identity_registry *registry;
	struct sessions *sessions;
	struct media_keys *media_keys;
	struct ws *ws; /* created before the parts that wake it from other threads */
	struct worker *worker; /* for logins, and for writing sessions */
	struct worker *reader; /* for the journal: minutes of a long day take seconds */
	struct worker *keeper; /* for files: a large one takes a second */
	struct worker *importer; /* for programmes of offices: other processes are waited for */
	struct engine *engine;
	struct people *people;
	struct change_desk changes;
	struct telemetry *telemetry;
	struct peers *peers;
	struct api *api;
	struct certificate_watch certificate_watch;
	struct notify notify;
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

/* ---- from the websocket server ---- */

static void *on_opened(
	void *user, struct ws_connection *connection, const struct ws_upgrade *visitor)
{
	struct server *server = user;
	return dispatch_opened(server->peers, connection, visitor);
}

static void on_closed(void *user, void *peer)
{
	struct server *server = user;
	dispatch_closed(server->peers, peer);
}

static void on_text(void *user, void *peer, const char *text, size_t size)
{
	struct server *server = user;
	dispatch_text(server->peers, peer, text, size);
}

static void on_binary(void *user, void *peer, const uint8_t *bytes, size_t size)
{
	struct server *server = user;
	dispatch_binary(server->peers, peer, bytes, size);
}

static void on_oversized(void *user, void *peer)
{
	struct server *server = user;
	dispatch_oversized(server->peers, peer);
}

static void on_lives(void *user, void *peer)
{
	struct server *server = user;
	dispatch_alive(server->peers, peer);
}

static void on_request(void *user, uint64_t exchange, const struct http_request *request)
{
	struct server *server = user;
	routes_answer(server->api, exchange, request);
}

static bool on_admits(void *user, const struct http_request *request)
{
	struct server *server = user;
	return routes_admit(server->api, request);
}

static void on_woken(void *user)
{
	struct server *server = user;
	worker_collect(server->worker);
	worker_collect(server->reader);
	worker_collect(server->keeper);
	worker_collect(server->importer);
	int r = engine_deliver(server->engine);
	api_delivered(server->api);
	if (r < 0 && server->api->health != HEALTH_BROKEN) {
		log_line(LOG_LINE_ERROR, "the journal failed: %s", strerror(-r));
		server->api->health = HEALTH_BROKEN;
		peers_close(server->peers);
	}
}

static void on_due(void *user)
{
	(void)user; /* the loop ticks after every round */
}

static void on_tick(void *user)
{
	struct server *server = user;
	struct instant now = engine_service_now(server->engine).at;
	dispatch_tick(server->peers);
	api_tick(server->api);
	certificate_watch_tick(&server->certificate_watch, engine_service_now(server->engine));
	change_desk_look(&server->changes);
	people_tick(server->people);
	notify_alive(&server->notify, now);
}

static void on_warning(void *user, const char *line)
{
	(void)user;
	log_line(LOG_LINE_WARNING, "%s", line);
}

static const struct ws_callbacks ws_callbacks = {
	.opened = on_opened,
	.closed = on_closed,
	.text = on_text,
	.frame = on_binary,
	.oversized = on_oversized,
	.lives = on_lives,
	.request = on_request,
	.admits = on_admits,
	.woken = on_woken,
	.due = on_due,
	.tick = on_tick,
	.warn = on_warning,
};

/* ---- from other threads ---- */

static void wake(void *user)
{
	struct server *server = user;
	ws_wake(server->ws);
}

/* ---- creating ---- */

static void make_boot_id(char boot[INSTANCE_ID_SIZE])
{
	char secret[SECRET_TEXT_SIZE], digest[SECRET_DIGEST_SIZE];
	secret_make(secret);
	secret_digest(secret, digest);
	memcpy(boot, digest, INSTANCE_ID_SIZE - 1);
}

static int read_directory(struct server *server, const struct server_options *options)
{
	const char *dir = options->dir;
	int r = data_dir_guard(dir);
	if (r != 0) {
		return start_fault(dir, r);
	}
	data_dir_warn_of_secrets(dir);
	r = identity_load(dir, &server->registry);
	if (r == 0) {
		r = device_key_load(dir, &server->device_key);
	}
	if (r == 0 && options->replay) {
		server->place = *options->replay;
		return 0;
	}
	if (r == 0 && !options->rehearsal) {
		r = meeting_setup_reserve(options, &server->serving);
		return r == 0 ? meeting_setup_choose(options, server->boot, &server->place) : r;
	}
	return r == 0 ? meeting_setup_choose(options, server->boot, &server->place)
		      : start_fault(dir, r);
}

static void name_hosts(struct server *server, const char *dir, struct http_hosts *hosts)
{
	if (server_names_read(dir, &server->names) < 0) {
		return; /* TLS will not start either, and says so */
	}
	for (size_t i = 0; i < server->names.count && i < HTTP_HOSTS_MAX; i++) {
		hosts->names[hosts->n_names++] = server->names.text[i];
	}
}

/* Unique to each installation and port, and to its rehearsals. */
static void name_cookie(struct server *server, const struct server_options *options)
{
	enum { SHOWN = 8 };
	char digest[SECRET_DIGEST_SIZE] = "";
	ca_fingerprint(options->dir, digest); /* TLS will not start either, and says so */
	snprintf(server->mark, sizeof(server->mark), "%.*s-%d%s", SHOWN, digest,
		options->listen.port, options->rehearsal ? "-r" : "");
}

static int open_sockets(const struct server_options *options, struct listen_sockets *ret)
{
	char fault[LISTEN_FAULT_SIZE];
	int r = listen_sockets_open(&options->listen, ret, fault);
	if (r == 0 && options->plain && !ret->loopback) {
		listen_sockets_close(ret);
		r = -EINVAL;
		text_fill(fault, sizeof(fault), TEXT_START_PLAIN_LOOPBACK, language_now(),
			(const struct text_value[]){
				{.name = "port", .number = options->listen.port}, {0}});
	}
	if (r < 0) {
		log_line(LOG_LINE_ERROR, "%s", fault);
	}
	return r;
}

/* Takes the sockets over. */
static int listen_to(struct server *server, const struct server_options *options,
	const struct listen_sockets *sockets)
{
	atomic_file_path(server->certificate, options->dir, "server.pem");
	atomic_file_path(server->key, options->dir, "server.key");
	struct ws_config config = {
		.sockets = *sockets,
		.certificate = options->plain ? NULL : server->certificate,
		.key = server->key,
		.proxies = options->proxies,
		.mark = server->mark,
		.callbacks = &ws_callbacks,
		.user = server,
	};
	name_cookie(server, options);
	name_hosts(server, options->dir, &config.hosts);
	int r = ws_create(&config, &server->ws);
	return r == 0 ? 0 : start_fault("listening", r);
}

/* Creates the parts that need only memory and threads. */
static int create_stores(struct server *server)
{
	server->media_keys = calloc(1, sizeof(*server->media_keys));
	int r = server->media_keys ? sessions_create(&server->sessions) : -ENOMEM;
	if (r == 0) {
		memory_keep(server->media_keys, sizeof(*server->media_keys));
		r = worker_create(wake, server, &server->worker);
	}
	if (r == 0) {
		r = worker_create(wake, server, &server->reader);
	}
	if (r == 0) {
		r = worker_create(wake, server, &server->keeper);
	}
	if (r == 0) {
		r = worker_create(wake, server, &server->importer);
	}
	return r == 0 ? 0 : start_fault("memory", r);
}

static int open_engine(struct server *server, const struct server_options *options)
{
	struct engine_config config = {
		.path = server->place.journal,
		.clock = &server->clock,
		.wake = wake,
		.user = server,
	};
	return options->replay
		       ? meeting_setup_open_replay(&config, options, &server->engine)
		       : meeting_setup_open(&config, options, &server->place, &server->engine);
}

static int create_peers(struct server *server, const struct server_options *options)
{
	server->telemetry = telemetry_create(server->engine, server->media_keys);
	if (!server->telemetry) {
		return -ENOMEM;
	}
	struct peers_config config = {
		.ws = server->ws,
		.engine = server->engine,
		.registry = server->registry,
		.sessions = server->sessions,
		.media_keys = server->media_keys,
		.telemetry = server->telemetry,
		.people = server->people,
		.boot = server->boot,
		.seed = secret_number(),
	};
	int r = peers_create(&config, &server->peers);
	if (r == 0) {
		engine_connect(server->engine, &delivery_port, server->peers);
		server->certificate_watch = (struct certificate_watch){.dir = options->dir,
			.ws = server->ws,
			.alert = &server->peers->certificate_alert,
			.tls = !options->plain};
	}
	return r;
}

static int create_api(struct server *server, const struct server_options *options)
{
	struct api_config config = {
		.ws = server->ws,
		.engine = server->engine,
		.registry = server->registry,
		.sessions = server->sessions,
		.peers = server->peers,
		.people = server->people,
		.media_keys = server->media_keys,
		.worker = server->worker,
		.reader = server->reader,
		.keeper = server->keeper,
		.importer = server->importer,
		.device_key = &server->device_key,
		.mark = server->mark,
		.dir = options->dir,
		.folder = server->place.folder,
		.journal = server->place.journal,
		.plan = server->place.plan,
		.documents = server->place.documents,
		.sessions_path = server->place.sessions,
		.open_metrics = options->open_metrics,
		.seed = secret_number(),
	};
	return api_create(&config, &server->api);
}

static int create_all(struct server *server, const struct server_options *options)
{
	int r = create_stores(server);
	if (r == 0) {
		r = open_engine(server, options);
	}
	if (r != 0) {
		return r;
	}
	r = people_create(&(struct people_config){.engine = server->engine,
				  .keeper = server->keeper,
				  .path = server->place.people},
		&server->people);
	if (r != 0) {
		return start_fault(server->place.people, r);
	}
	r = create_peers(server, options);
	if (r == 0) {
		r = create_api(server, options);
	}
	if (r == 0) {
		r = change_desk_init(&server->changes, &server->place, server->engine);
	}
	if (r != 0) {
		return start_fault("memory", r);
	}
	credentials_review(&server->peers->admission.credentials, true);
	return 0;
}

/* ---- destroying ---- */

static void destroy_all(struct server *server)
{
	worker_destroy(server->worker);
	worker_destroy(server->reader);
	worker_destroy(server->keeper);
	worker_destroy(server->importer);
	api_destroy(server->api);
	if (server->engine) {
		engine_flush(server->engine);
	}
	people_destroy(server->people);
	engine_destroy(server->engine); /* its thread wakes the loop until it has been joined */
	ws_destroy(server->ws);
	peers_destroy(server->peers);
	telemetry_destroy(server->telemetry);
	if (server->media_keys) {
		media_keys_wipe(server->media_keys);
	}
	free(server->media_keys);
	sessions_destroy(server->sessions);
	identity_destroy(server->registry);
	installation_unlock(server->serving);
	notify_finish(&server->notify);
	memory_wipe(server, sizeof(*server)); /* the key of device cookies */
	free(server);
}

/* ---- the loop ---- */

/* One round: handle input, tick what is due, send what has changed. */
static void serve_round(struct server *server)
{
	ws_service(server->ws);
	ws_set_timer(server->ws, engine_tick(server->engine));
	delivery_round(server->peers);
	ws_flush(server->ws);
}

static int serve(struct server *server)
{
	server->api->health = HEALTH_SERVING;
	peers_open(server->peers);
	ws_set_timer(server->ws, 0);
	while (!stop_asked && server->api->health == HEALTH_SERVING) {
		serve_round(server);
	}
	return server->api->health == HEALTH_BROKEN ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void say_goodbye(struct server *server)
{
	bool broken = server->api->health == HEALTH_BROKEN;
	server->api->health = broken ? HEALTH_BROKEN : HEALTH_STOPPING;
	peers_close(server->peers);
	notify_stopping(&server->notify);
	dispatch_close_all(server->peers, broken ? REFUSAL_STORAGE : REFUSAL_STOPPING);
	struct instant begun = engine_service_now(server->engine).at;
	while (server->peers->clients.count > 0 &&
		span_between(begun, engine_service_now(server->engine).at).ms < WS_BYE_MS) {
		ws_service(server->ws);
	}
}

/* What to open in a browser: the host by which sites find the server. */
static void tell_address(const struct server *server, uint16_t port)
{
	char url[URL_SIZE];
	bool plain = !server->certificate_watch.tls;
	struct server_url address;
	const char *host = "127.0.0.1";
	if (!plain && server_url_parse(identity_address(server->registry), &address) == 0) {
		host = address.host;
	}
	bool six = strchr(host, ':') != NULL;
	snprintf(url, sizeof(url), "%s://%s%s%s:%u/", plain ? "http" : "https", six ? "[" : "",
		host, six ? "]" : "", (unsigned)port);
	say_text(stdout, TEXT_START_BOARD,
		(const struct text_value[]){{.name = "url", .text = url}, {0}});
}

static void say_ready(struct server *server, const struct listen_sockets *sockets)
{
	const char *meeting = mtg_about(engine_committed(server->engine))->meeting;
	char where[LISTEN_TEXT_SIZE];
	listen_sockets_text(sockets, where);
	log_line(LOG_LINE_NOTICE, "serving %s on %s", meeting, where);
	printf("port %u\n", (unsigned)sockets->port);
	tell_address(server, sockets->port);
	fflush(stdout);
	notify_ready(&server->notify, meeting);
}

/* The sockets come first: without them, nothing is started. */
static int run(struct server *server, const struct server_options *options)
{
	struct listen_sockets sockets;
	if (open_sockets(options, &sockets) < 0) {
		return EXIT_FAILURE;
	}
	make_boot_id(server->boot);
	if (read_directory(server, options) != 0) {
		listen_sockets_close(&sockets);
		return EXIT_FAILURE;
	}
	if (listen_to(server, options, &sockets) != 0 || create_all(server, options) != 0) {
		return EXIT_FAILURE;
	}
	certificate_watch_tick(&server->certificate_watch, engine_service_now(server->engine));
	say_ready(server, &sockets);
	int r = serve(server);
	say_goodbye(server);
	return r;
}

/* Stopped as asked, or closed: not where the journal failed, or nothing was begun. */
static bool has_ended(const struct server *server)
{
	return server->engine &&
	       ((server->api && server->api->health != HEALTH_BROKEN) ||
		       mtg_about(engine_committed(server->engine))->state == MEETING_STATE_CLOSED);
}

int server_run(const struct server_options *options)
{
	struct server *server = calloc(1, sizeof(*server));
	if (!server || secret_start() < 0) {
		free(server);
		return EXIT_FAILURE;
	}
	catch_signals();
	descriptors_raise(); /* thousands of peers need as many */
	notify_init(&server->notify);
	server->serving = -1;
	int r = run(server, options);
	struct meeting_place place = server->place;
	bool ended = options->rehearsal && has_ended(server);
	destroy_all(server);
	if (ended) {
		meeting_setup_end_rehearsal(&place);
	}
	return r;
}
