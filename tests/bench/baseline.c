/*
 * bench-baseline: what a broadcast costs at least. A libwebsockets server of the same loop kind
 * that knows nothing: on request it commits one row to SQLite and sends prepared bytes to every
 * client, to each in one message.
 *
 *	bench-baseline CERTIFICATE KEY SAMPLES [--journal FILE]
 *
 * SAMPLES is a folder with what the coordinator told a person and a site in an even and an odd
 * round (bench-load --keep). Without --journal nothing is committed. Prints its port.
 */
#include <libwebsockets.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "proto/system/cli.h"

enum { SAMPLE_MAX = 256 * 1024, RECEIVE = 4096, ANSWER_SIZE = 128 };

struct sample {
	unsigned char *bytes; /* behind LWS_PRE */
	size_t size;
};

struct peer {
	struct peer *next;
	struct lws *wsi;
	bool site;
	const struct sample *due;
	char answer[LWS_PRE + ANSWER_SIZE];
	size_t n_answer;
};

static struct sample samples[2][2]; /* person or site, round */
static struct peer *peers;
static sqlite3 *journal;
static sqlite3_stmt *insert_event, *insert_answer;
static sqlite3_int64 seq;
static volatile sig_atomic_t stop_asked;

static void fail(const char *what)
{
	fprintf(stderr, "bench-baseline: %s\n", what);
	exit(EXIT_FAILURE);
}

static void on_signal(int number)
{
	(void)number;
	stop_asked = 1;
}

/* ---- the commit ---- */

static void run_sql(const char *sql)
{
	if (sqlite3_exec(journal, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fail(sqlite3_errmsg(journal));
	}
}

/* The tables, the indices and the durability of coordinator/journal. */
static void open_journal(const char *path)
{
	if (sqlite3_open(path, &journal) != SQLITE_OK) {
		fail(path);
	}
	run_sql("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
		"CREATE TABLE event (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, wall INTEGER "
		"NOT "
		"NULL, by TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, client TEXT, "
		"command "
		"TEXT) STRICT;"
		"CREATE TABLE answer (client TEXT NOT NULL, command TEXT NOT NULL, seq INTEGER NOT "
		"NULL, PRIMARY KEY (client, command)) WITHOUT ROWID, STRICT;");
	if (sqlite3_prepare_v2(journal,
		    "INSERT INTO event VALUES (?1, 1, 1, '{\"role\":\"operator\",\"account\":"
		    "\"operator\"}', 'scene.overridden', '{\"name\":\"scene.overridden\","
		    "\"data\":{\"layout\":\"solo\",\"panes\":[{\"site\":\"an-giang\","
		    "\"source\":\"camera\"}]}}', 'operator:operator/"
		    "0123456789abcdef0123456789abcdef', 'round-' || ?1)",
		    -1, &insert_event, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(journal,
			"INSERT INTO answer VALUES ('operator:operator/"
			"0123456789abcdef0123456789abcdef', 'round-' || ?1, ?1)",
			-1, &insert_answer, NULL) != SQLITE_OK) {
		fail(sqlite3_errmsg(journal));
	}
}

static void insert(sqlite3_stmt *statement)
{
	sqlite3_bind_int64(statement, 1, seq);
	if (sqlite3_step(statement) != SQLITE_DONE || sqlite3_reset(statement) != SQLITE_OK) {
		fail(sqlite3_errmsg(journal));
	}
}

static void commit(void)
{
	if (journal) {
		seq++;
		run_sql("BEGIN IMMEDIATE");
		insert(insert_event);
		insert(insert_answer);
		run_sql("COMMIT");
	}
}

/* ---- what is said ---- */

static void read_sample(const char *folder, const char *who, int round, struct sample *ret)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s.%d", folder, who, round);
	FILE *file = fopen(path, "re");
	unsigned char *room = malloc(LWS_PRE + SAMPLE_MAX);
	if (!file || !room) {
		fail(path);
	}
	ret->bytes = room + LWS_PRE;
	ret->size = fread(ret->bytes, 1, SAMPLE_MAX, file);
	fclose(file);
}

static void broadcast(int round)
{
	for (struct peer *peer = peers; peer; peer = peer->next) {
		peer->due = &samples[peer->site][round];
		lws_callback_on_writable(peer->wsi);
	}
}

static void answer(struct peer *peer, const char *text)
{
	snprintf(peer->answer + LWS_PRE, ANSWER_SIZE, "%s", text);
	peer->n_answer = strlen(peer->answer + LWS_PRE);
	lws_callback_on_writable(peer->wsi);
}

static void hear(struct peer *peer, const char *text)
{
	const char *asked = strstr(text, "\"t\":");
	char pong[ANSWER_SIZE];
	if (strstr(text, "\"type\":\"command\"")) {
		commit();
		broadcast(strstr(text, "\"layout\":\"solo\"") ? 0 : 1);
	} else if (strstr(text, "\"type\":\"ping\"") && asked) {
		snprintf(pong, sizeof(pong),
			"{\"type\":\"pong\",\"t\":%ld,\"at\":123456,\"wall\":1700000000000,\"seq\":"
			"1}",
			strtol(asked + 4, NULL, 10));
		answer(peer, pong);
	} else if (strstr(text, "\"type\":\"hello\"")) {
		peer->site = strstr(text, "\"role\":\"site\"") != NULL;
		answer(peer, "{\"type\":\"welcome\"}");
	}
}

static bool say(struct peer *peer)
{
	if (peer->n_answer > 0) {
		size_t size = peer->n_answer;
		peer->n_answer = 0;
		if (lws_write(peer->wsi, (unsigned char *)peer->answer + LWS_PRE, size,
			    LWS_WRITE_TEXT) < 0) {
			return false;
		}
	}
	const struct sample *due = peer->due;
	peer->due = NULL;
	return !due || lws_write(peer->wsi, due->bytes, due->size, LWS_WRITE_TEXT) >= 0;
}

static void forget(struct peer *gone)
{
	struct peer **at = &peers;
	while (*at && *at != gone) {
		at = &(*at)->next;
	}
	*at = *at ? gone->next : NULL;
}

static int callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
	struct peer *peer = user;
	char text[RECEIVE + 1];
	if (reason == LWS_CALLBACK_ESTABLISHED) {
		*peer = (struct peer){.next = peers, .wsi = wsi};
		peers = peer;
	} else if (reason == LWS_CALLBACK_RECEIVE && len <= RECEIVE) {
		memcpy(text, in, len);
		text[len] = '\0';
		hear(peer, text);
	} else if (reason == LWS_CALLBACK_SERVER_WRITEABLE) {
		return say(peer) ? 0 : -1;
	} else if (reason == LWS_CALLBACK_CLOSED) {
		forget(peer);
	}
	return 0;
}

/* ---- the loop ---- */

static const struct lws_protocols protocols[] = {
	{.name = "diemcau.v1",
		.callback = callback,
		.per_session_data_size = sizeof(struct peer),
		.rx_buffer_size = RECEIVE,
		.tx_packet_size = SAMPLE_MAX},
	{.name = NULL},
};

static struct lws_context *open_server(const char *certificate, const char *key, int *ret_port)
{
	struct lws_context_creation_info info = {
		.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
		.iface = "127.0.0.1",
		.protocols = protocols,
		.alpn = "http/1.1",
		.max_http_header_pool = 256,
		.ssl_cert_filepath = certificate,
		.ssl_private_key_filepath = key,
	};
	lws_set_log_level(LLL_ERR, NULL);
	struct lws_context *context = lws_create_context(&info);
	struct lws_vhost *vhost = context ? lws_create_vhost(context, &info) : NULL;
	if (!vhost) {
		fail("no server");
	}
	*ret_port = lws_get_vhost_listen_port(vhost);
	return context;
}

static void raise_descriptors(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static const char *certificate, *key, *folder, *journal_path;

static const struct cli_word known_words[] = {
	{"CERTIFICATE", "of the server, PEM", &certificate},
	{"KEY", "of the server, PEM", &key},
	{"SAMPLES", "the folder that bench-load --keep has filled", &folder},
	{0},
};

static const struct cli_option known[] = {
	{.name = "journal",
		.value = "FILE",
		.help = "commit a row there before each broadcast",
		.text = &journal_path},
	{0},
};

static const struct cli_command commands[] = {
	{.help = "Send prepared bytes to everybody, as fast as the library can.",
		.words = known_words,
		.options = known},
	{0},
};

int main(int argc, char **argv)
{
	static const struct cli line = {.program = "bench-baseline", .commands = commands};
	cli_read(&line, argc, argv);
	raise_descriptors();
	for (int round = 0; round < 2; round++) {
		read_sample(folder, "person", round, &samples[0][round]);
		read_sample(folder, "site", round, &samples[1][round]);
	}
	if (journal_path) {
		open_journal(journal_path);
	}
	sigaction(SIGTERM, &(struct sigaction){.sa_handler = on_signal}, NULL);
	int port;
	struct lws_context *context = open_server(certificate, key, &port);
	printf("port %d\n", port);
	fflush(stdout);
	while (!stop_asked && lws_service(context, 0) >= 0) {
	}
	lws_context_destroy(context);
	sqlite3_finalize(insert_event);
	sqlite3_finalize(insert_answer);
	sqlite3_close(journal);
	return EXIT_SUCCESS;
}
