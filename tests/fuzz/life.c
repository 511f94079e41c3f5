/*
 * The whole life of hostile sites, as the coordinator meets it: connections that come and go,
 * hellos with a genuine token and without, reports, commands, thumbnails, at any time and in any
 * number, through everything between the websocket and the journal. Lines of text:
 *
 *	@N	talk as connection N (below); it is opened where it is not
 *	x	it is gone
 *	+N	N milliseconds pass
 *	#N	a binary message of N bytes, a thumbnail by its first
 *	!	a message too long to take
 *	other	a text message; $T in it is the token of the connection's site, $V the version
 *		of the state it was last told to be in, $H the turn it was last given
 *
 * Connections 0 to 2 have the file of site a, 3 to 5 of b; 6 and 7 are strangers.
 *
 * At any time the meeting holds its invariants and what is said to a peer keeps to the schema; in
 * the end the record has grown by no more than it may, nobody is left behind, and the operator can
 * still add a turn and take the floor.
 */
#include <fcntl.h>
#include <limits.h>
#include <time.h>
#include <unistd.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/peers/delivery.h"
#include "coordinator/peers/dispatch.h"
#include "proto/client/join_file.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/small_meeting.h"

enum {
	CONNECTIONS = 8,
	STRANGER = 6, /* and above */
	SITES = 2,
	HOSTS_MAX = 64, /* of whom failures are remembered */
	LINES_MAX = 400,
	PASS_MAX_MS = 60000,
	TEXT_MAX = 2 * MESSAGE_FROM_PEER_MAX,
	/* What the sites may add to the record at once, each event with two that follow from it,
	   and what the meeting adds by itself meanwhile. */
	EVENTS_AT_ONCE = SITES * 3 *
				 (SITE_COMMAND_BURST + 2 * SIGN_CHANGES_BURST +
					 MEDIA_CHANGES_BURST + LINK_CHANGES_BURST) +
			 50,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct ws_connection {
	void *peer; /* NULL: closed */
	bool ending;
	size_t message_max;
	char token[TOKEN_SIZE];
	char address[WS_ADDRESS_SIZE];
	char version[24];
	char turn[TURN_ID_SIZE];
};

struct life {
	struct clock clock;
	struct engine *engine;
	struct sessions *sessions;
	struct media_keys *media_keys;
	struct telemetry *telemetry;
	struct peers *peers;
	struct ws_connection connections[CONNECTIONS];
	struct ws_connection *now;
	int64_t events_before;
	int64_t began_ms;
};

/* ---- in place of the clock and the log ---- */

static int64_t now_ms = 1657845000000;

int __real_clock_gettime(clockid_t id, struct timespec *time);
int __wrap_clock_gettime(clockid_t id, struct timespec *time);
void __wrap_log_line(enum log_level level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

int __wrap_clock_gettime(clockid_t id, struct timespec *time)
{
	if (id != CLOCK_BOOTTIME && id != CLOCK_REALTIME) {
		return __real_clock_gettime(id, time);
	}
	time->tv_sec = now_ms / 1000;
	time->tv_nsec = now_ms % 1000 * 1000000;
	return 0;
}

void __wrap_log_line(enum log_level level, const char *format, ...)
{
	(void)level;
	(void)format;
}

/* ---- in place of coordinator/ws ---- */

static void look_at(struct ws_connection *connection, const struct shared_buf *payload)
{
	static struct wire_message message;
	static struct msg_arena arena;
	struct msg_error error;
	if (payload->binary) {
		return;
	}
	msg_arena_reset(&arena);
	demand(msg_decode(&msg_wire_message, (const char *)payload->bytes, payload->size, &arena,
		       &message, &error) == 0);
	if (message.type == WIRE_SITE_DESIRED) {
		snprintf(connection->version, sizeof(connection->version), "%llu",
			(unsigned long long)message.site_desired.version);
	} else if (message.type == WIRE_ACCEPTED && message.accepted.has_turn) {
		memcpy(connection->turn, message.accepted.turn, sizeof(connection->turn));
	}
}

int ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload)
{
	(void)class;
	(void)key;
	demand(connection->peer != NULL);
	look_at(connection, payload);
	return 0;
}

void ws_close(struct ws_connection *connection, struct shared_buf *bye)
{
	if (bye) {
		look_at(connection, bye);
	}
	connection->ending = true;
}

void ws_abort(struct ws_connection *connection)
{
	connection->ending = true;
}

void ws_set_message_max(struct ws_connection *connection, size_t size)
{
	demand(size >= FRAME_MAX);
	connection->message_max = size;
}

void ws_set_authenticated(struct ws_connection *connection)
{
	demand(connection->peer != NULL);
}

void ws_set_low_priority(struct ws_connection *connection)
{
	(void)connection;
}

void ws_ping(struct ws_connection *connection)
{
	(void)connection;
}

size_t ws_waiting(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

uint64_t ws_dropped(const struct ws_connection *connection)
{
	(void)connection;
	return 0;
}

void ws_respond(struct ws *ws, uint64_t exchange, const struct http_response *answer)
{
	(void)ws;
	(void)exchange;
	shared_buf_unref(answer->body);
}

bool ws_exchange_is_open(const struct ws *ws, uint64_t exchange)
{
	(void)ws;
	(void)exchange;
	return false;
}

void ws_wake(struct ws *ws)
{
	(void)ws;
}

void ws_service_again(struct ws *ws)
{
	(void)ws;
}

size_t ws_connections_left(const struct ws *ws)
{
	(void)ws;
	return SIZE_MAX;
}

struct ws_preauth_counts ws_preauth_counts(const struct ws *ws)
{
	(void)ws;
	return (struct ws_preauth_counts){0};
}

/* ---- an installation, once ---- */

static char folder[64], journal[128];
static char tokens[SITES][TOKEN_SIZE];
static struct identity_registry *registry;

static void remove_journal(void)
{
	static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char path[160];
		snprintf(path, sizeof(path), "%s%s", journal, ends[i]);
		unlink(path);
	}
}

static void remove_folder(void)
{
	static const char *const names[] = {"join/a.json", "join/b.json", "join/relay.json", "join",
		"ca.pem", "ca.key", "server.pem", "server.key", "identity.json", "identity.lock",
		"sessions.json", ""};
	remove_journal();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[160];
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		if (unlink(path) != 0) {
			rmdir(path);
		}
	}
}

static void read_token(const char *site, char token[TOKEN_SIZE])
{
	static struct join join;
	char path[160], fault[JOIN_FILE_FAULT_SIZE];
	snprintf(path, sizeof(path), "%s/join/%s.json", folder, site);
	demand(join_file_load(path, &join, fault) == 0);
	memcpy(token, join.token, TOKEN_SIZE);
}

static void install(void)
{
	static const char *const addresses[] = {"wss://127.0.0.1:8443"};
	static const struct identity_site sites[SITES] = {{"a", 2}, {"b", 3}};
	char password[GENERATED_PASSWORD_SIZE];
	struct identity_setup setup = {.dir = folder,
		.addresses = addresses,
		.n_addresses = 1,
		.sites = sites,
		.n_sites = SITES,
		.operator_name = "op"};
	demand(secret_start() == 0);
	snprintf(folder, sizeof(folder), "%s/diemcau-life-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	demand(mkdtemp(folder) != NULL);
	atexit(remove_folder);
	snprintf(journal, sizeof(journal), "%s/meeting.sqlite", folder);
	demand(identity_init(&setup, (struct stamp){now_ms}, password) == 0);
	demand(identity_load(folder, &registry) == 0);
	read_token("a", tokens[0]);
	read_token("b", tokens[1]);
}

/* ---- a meeting, for each input ---- */

static int command(struct engine *engine, enum role role, const char *json)
{
	static struct mtg_command given;
	static unsigned number;
	char id[COMMAND_ID_SIZE];
	struct msg_error error;
	snprintf(id, sizeof(id), "o%u", ++number);
	memset(&given, 0, sizeof(given));
	given.by.role = role;
	demand(msg_decode(&msg_command, json, strlen(json), NULL, &given.body, &error) == 0);
	struct engine_figures before = engine_figures(engine);
	engine_submit(
		engine, &given, &(struct engine_source){.client = "operator:op", .command = id});
	demand(engine_flush(engine) == 0);
	return engine_figures(engine).refusals == before.refusals ? 0 : -1;
}

static void prepare(struct engine *engine)
{
	static const char *const plan[] = {
		SMALL_MEETING,
		"{\"name\":\"item.insert\",\"args\":{\"item\":\"i\",\"kind\":\"presentations\","
		"\"title\":\"I\",\"lists\":[\"l\"]}}",
		"{\"name\":\"turn.add\",\"args\":{\"list\":\"l\",\"site\":\"a\",\"unit\":\"U\","
		"\"topic\":\"T\",\"allowance\":60000,\"origin\":\"assigned\"}}",
	};
	for (size_t i = 0; i < sizeof(plan) / sizeof(plan[0]); i++) {
		demand(command(engine, ROLE_SYSTEM, plan[i]) == 0);
	}
	demand(command(engine, ROLE_OPERATOR, "{\"name\":\"meeting.assemble\",\"args\":{}}") == 0);
	demand(command(engine, ROLE_OPERATOR, "{\"name\":\"meeting.open\",\"args\":{}}") == 0);
	demand(command(engine, ROLE_OPERATOR,
		       "{\"name\":\"item.start\",\"args\":{\"item\":\"i\"}}") == 0);
}

static void wake(void *user)
{
	(void)user;
}

static void begin(struct life *life)
{
	static const char boot[INSTANCE_ID_SIZE] = "00000000000000000000000000000000";
	remove_journal();
	struct engine_config config = {
		.path = journal, .clock = &life->clock, .wake = wake, .user = life};
	demand(engine_create(&config, &life->engine) == 0);
	demand(sessions_create(&life->sessions) == 0);
	life->media_keys = calloc(1, sizeof(*life->media_keys));
	demand(life->media_keys != NULL);
	life->telemetry = telemetry_create(life->engine, life->media_keys);
	demand(life->telemetry != NULL);
	struct peers_config peers = {
		.engine = life->engine,
		.registry = registry,
		.sessions = life->sessions,
		.media_keys = life->media_keys,
		.telemetry = life->telemetry,
		.boot = boot,
		.seed = secret_number(),
	};
	demand(peers_create(&peers, &life->peers) == 0);
	engine_connect(life->engine, &delivery_port, life->peers);
	peers_open(life->peers);
	prepare(life->engine);
	life->events_before = engine_seq(life->engine);
	life->began_ms = now_ms;
	life->now = &life->connections[0];
	for (int i = 0; i < CONNECTIONS; i++) {
		struct ws_connection *connection = &life->connections[i];
		snprintf(connection->token, sizeof(connection->token), "%s",
			i < STRANGER ? tokens[i / 3] : "nobody");
		snprintf(connection->address, sizeof(connection->address), "192.0.2.%d", i + 1);
	}
}

static void end(struct life *life)
{
	engine_destroy(life->engine);
	peers_destroy(life->peers);
	telemetry_destroy(life->telemetry);
	sessions_destroy(life->sessions);
	free(life->media_keys);
}

/* ---- what happens ---- */

static void drop_ended(struct life *life)
{
	for (int i = 0; i < CONNECTIONS; i++) {
		struct ws_connection *connection = &life->connections[i];
		if (connection->peer && connection->ending) {
			dispatch_closed(life->peers, connection->peer);
			connection->peer = NULL;
		}
	}
}

/* As a round of the loop ends; the disk is waited for. */
static void settle(struct life *life)
{
	drop_ended(life);
	engine_tick(life->engine);
	demand(engine_flush(life->engine) == 0);
	desired_states_follow_keys(life->peers->desired_states);
	drop_ended(life);
	demand(mtg_check(engine_pending(life->engine)) == NULL);
}

static void talk_as(struct life *life, unsigned number)
{
	struct ws_connection *connection = &life->connections[number % CONNECTIONS];
	struct ws_upgrade visitor = {.session = ""};
	life->now = connection;
	if (!connection->peer) {
		connection->ending = false;
		snprintf(visitor.address, sizeof(visitor.address), "%s", connection->address);
		connection->peer = dispatch_opened(life->peers, connection, &visitor);
	}
}

static void pass(struct life *life, unsigned ms)
{
	for (unsigned passed = 0; passed < ms && passed < PASS_MAX_MS; passed += WS_TICK_MS) {
		now_ms += WS_TICK_MS;
		for (int i = 0; i < CONNECTIONS; i++) {
			if (life->connections[i].peer) {
				dispatch_alive(life->peers, life->connections[i].peer);
			}
		}
		dispatch_tick(life->peers);
		settle(life);
	}
}

/* What stands for `$` and this letter; NULL for nothing. */
static const char *meant(const struct ws_connection *connection, char letter)
{
	switch (letter) {
	case 'T':
		return connection->token;
	case 'V':
		return connection->version;
	case 'H':
		return connection->turn;
	default:
		return NULL;
	}
}

/* Returns the size. */
static size_t fill_in(const struct ws_connection *connection, const char *line, size_t length,
	char text[TEXT_MAX])
{
	size_t size = 0;
	for (size_t i = 0; i < length && size < TEXT_MAX - TOKEN_SIZE; i++) {
		const char *word =
			line[i] == '$' && i + 1 < length ? meant(connection, line[i + 1]) : NULL;
		if (word) {
			size += (size_t)snprintf(text + size, TEXT_MAX - size, "%s", word);
			i++;
		} else {
			text[size++] = line[i];
		}
	}
	return size;
}

static void say(struct life *life, const char *line, size_t length)
{
	static char text[TEXT_MAX];
	void *peer = life->now->peer;
	size_t size = fill_in(life->now, line, length, text);
	if (size > life->now->message_max) {
		dispatch_oversized(life->peers, peer);
	} else {
		dispatch_text(life->peers, peer, text, size);
	}
}

static void send_frame(struct life *life, size_t size)
{
	static uint8_t frame[2 * FRAME_MAX];
	frame[0] = WIRE_THUMBNAIL_BYTE;
	size = size < sizeof(frame) ? size : sizeof(frame);
	if (size > life->now->message_max) {
		dispatch_oversized(life->peers, life->now->peer);
	} else {
		dispatch_binary(life->peers, life->now->peer, frame, size);
	}
}

/* At most six digits. */
static unsigned number_of(const char *line, size_t length)
{
	unsigned number = 0;
	for (size_t i = 1; i < length && i < 7 && line[i] >= '0' && line[i] <= '9'; i++) {
		number = 10 * number + (unsigned)(line[i] - '0');
	}
	return number;
}

static void play_line(struct life *life, const char *line, size_t length)
{
	char kind = length > 0 ? line[0] : '\0';
	if (kind == '@') {
		talk_as(life, number_of(line, length));
	} else if (kind == '+') {
		pass(life, number_of(line, length));
	} else if (!life->now->peer) {
		return;
	} else if (kind == 'x') {
		life->now->ending = true;
	} else if (kind == '#') {
		send_frame(life, number_of(line, length));
	} else if (kind == '!') {
		dispatch_oversized(life->peers, life->now->peer);
	} else {
		say(life, line, length);
	}
	settle(life);
}

/* ---- what must be so in the end ---- */

static void all_go(struct life *life)
{
	for (int i = 0; i < CONNECTIONS; i++) {
		life->connections[i].ending = true;
	}
	settle(life);
	demand(life->peers->clients.count == 0);
}

static void record_is_bounded(const struct life *life)
{
	int64_t later = SITES * SITE_EVENTS_PER_HOUR_MAX * (now_ms - life->began_ms) / 3600000;
	int64_t events = engine_seq(life->engine) - life->events_before;
	demand(events <= EVENTS_AT_ONCE + later);
}

static void operator_can_act(struct engine *engine)
{
	demand(command(engine, ROLE_OPERATOR,
		       "{\"name\":\"turn.add\",\"args\":{\"list\":\"l\",\"site\":\"b\",\"unit\":"
		       "\"U\","
		       "\"topic\":\"T\",\"allowance\":60000,\"origin\":\"operator\"}}") == 0);
	demand(command(engine, ROLE_OPERATOR, "{\"name\":\"meeting.close\",\"args\":{}}") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct life life = {0};
	struct bytes bytes = {data, size};
	const char *line;
	size_t length;
	if (!registry) {
		install();
	}
	begin(&life);
	for (int i = 0; i < LINES_MAX && bytes_line(&bytes, &line, &length); i++) {
		play_line(&life, line, length);
	}
	all_go(&life);
	record_is_bounded(&life);
	operator_can_act(life.engine);
	end(&life);
	return 0;
}
