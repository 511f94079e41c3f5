#include "tests/bench/rounds.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUND_MAX_US = 10 * 1000 * 1000, REPORT_SPAN_US = 1000 * 1000, TEXT_SIZE = 1024 };

/* Callbacks of the crowd know the member alone. */
static struct rounds *playing;

/* What the update of a round holds, and of no other about it. */
static const char *mark_of(long number)
{
	return number % 2 == 0 ? "\"layout\":\"solo\"" : "\"layout\":\"slate\"";
}

static struct participant *participant_of(const struct ws_client *client)
{
	return &playing->participants[client - playing->clients.members];
}

/* ---- speaking ---- */

static void say_hello(struct ws_client *client)
{
	const struct participant *self = participant_of(client);
	bool site = self->kind == KIND_SITE;
	char text[TEXT_SIZE];
	snprintf(text, sizeof(text),
		"{\"type\":\"hello\",\"versions\":[1],\"role\":\"%s\",\"instance\":\"%032zx\","
		"%s%s%s\"%s\":\"%s\"}",
		site                       ? "site"
		: self->kind == KIND_BOARD ? "operator"
					   : "viewer",
		(size_t)(client - playing->clients.members) + 1, site ? "\"site\":\"" : "",
		site ? self->site : "", site ? "\"," : "", site ? "token" : "session", self->token);
	ws_client_send(client, text);
}

static void report(struct ws_client *client)
{
	char text[TEXT_SIZE];
	snprintf(text, sizeof(text),
		"{\"type\":\"site_report\",\"version\":%ld,\"level_dbfs\":-60,\"playing\":true,"
		"\"slots\":[]}",
		participant_of(client)->version);
	ws_client_send(client, text);
}

static void ask_time(struct ws_client *client)
{
	char text[TEXT_SIZE];
	snprintf(text, sizeof(text), "{\"type\":\"ping\",\"t\":%ld}", playing->number);
	ws_client_send(client, text);
}

static void command(struct rounds *rounds, const char *name, const char *arguments)
{
	char text[TEXT_SIZE];
	snprintf(text, sizeof(text),
		"{\"type\":\"command\",\"id\":\"round-%ld\",\"name\":\"%s\",\"args\":%s}",
		rounds->number, name, arguments);
	ws_client_send(&rounds->clients.members[rounds->n[KIND_SITE]], text);
}

/* ---- hearing ---- */

static bool begins(const char *text, const char *type)
{
	static const char before[] = "{\"type\":\"";
	size_t length = strlen(type);
	return strncmp(text, before, sizeof(before) - 1) == 0 &&
	       strncmp(text + sizeof(before) - 1, type, length) == 0 &&
	       text[sizeof(before) - 1 + length] == '"';
}

static void keep(struct participant *self, const char *text, size_t size)
{
	char *longer = realloc(self->heard, self->n_heard + size);
	if (!longer) {
		ws_clients_fail("memory");
	}
	memcpy(longer + self->n_heard, text, size);
	self->heard = longer;
	self->n_heard += size;
}

static void tell(struct participant *self, int64_t us)
{
	if (playing->number > 0 && self->told_us == 0) {
		self->told_us = us;
		playing->missing--;
	}
}

static void hear_as_site(struct ws_client *client, const char *text, int64_t us)
{
	struct participant *self = participant_of(client);
	const char *desired = strstr(text, "\"type\":\"site_desired\"");
	const char *version = desired ? strstr(desired, "\"version\":") : NULL;
	if (version) {
		self->version = strtol(version + strlen("\"version\":"), NULL, 10);
		tell(self, us);
		report(client);
		ask_time(client);
		return;
	}
	const char *asked = begins(text, "pong") ? strstr(text, "\"t\":") : NULL;
	if (asked && self->told_us > 0 && self->converged_us == 0 &&
		strtol(asked + strlen("\"t\":"), NULL, 10) == playing->number) {
		self->converged_us = us;
		playing->missing--;
	}
}

static void hear_as_person(struct ws_client *client, const char *text, int64_t us)
{
	if (strstr(text, "\"type\":\"update\"") && strstr(text, mark_of(playing->number))) {
		tell(participant_of(client), us);
	} else if (begins(text, "accepted")) {
		playing->accepted_us = us;
	} else if (begins(text, "refused") || begins(text, "bye")) {
		fprintf(stderr, "%s\n", text);
		ws_clients_fail("refused");
	}
}

static void on_text(struct ws_client *client, const char *text, size_t size, int64_t us)
{
	struct participant *self = participant_of(client);
	if (self->heard && strstr(text, mark_of(playing->number))) {
		keep(self, text, size);
	}
	if (begins(text, "welcome")) {
		self->in = true;
	} else if (self->kind == KIND_SITE) {
		hear_as_site(client, text, us);
	} else {
		hear_as_person(client, text, us);
	}
}

static const struct ws_clients_events events = {.on_up = say_hello, .on_text = on_text};

/* ---- playing ---- */

static size_t count_in(const struct rounds *rounds)
{
	size_t n = 0;
	for (size_t i = 0; i < rounds->clients.n_members; i++) {
		n += rounds->participants[i].in;
	}
	return n;
}

void rounds_init(struct rounds *rounds, uint16_t port, const char *ca,
	struct participant *participants, const size_t n[KIND_COUNT])
{
	size_t all = n[KIND_SITE] + n[KIND_BOARD] + n[KIND_VIEWER];
	*rounds = (struct rounds){.participants = participants};
	memcpy(rounds->n, n, sizeof(rounds->n));
	playing = rounds;
	ws_clients_init(&rounds->clients, port, ca, all, all - n[KIND_VIEWER], &events);
	while (count_in(rounds) < all) {
		rounds_rest(rounds, 20 * 1000);
	}
	command(rounds, "meeting.assemble", "{}");
	rounds_rest(rounds, REPORT_SPAN_US);
	rounds->number = 1; /* a meeting that assembles shows the slate: the picture comes first */
}

void rounds_finish(struct rounds *rounds)
{
	for (size_t i = 0; i < rounds->clients.n_members; i++) {
		free(rounds->participants[i].heard);
	}
	ws_clients_finish(&rounds->clients);
	playing = NULL;
}

/* The sites' reports are spread over the second. */
static void report_in_turn(struct rounds *rounds, int64_t before, int64_t now)
{
	int64_t n = (int64_t)rounds->n[KIND_SITE];
	for (int64_t at = before * n / REPORT_SPAN_US; at < now * n / REPORT_SPAN_US; at++) {
		if (rounds->participants[at % n].in) {
			report(&rounds->clients.members[at % n]);
		}
	}
}

void rounds_rest(struct rounds *rounds, int64_t us)
{
	int64_t end = ws_clients_now() + us, before = ws_clients_now();
	while (before < end) {
		int64_t step = before + REPORT_SPAN_US / 64;
		ws_clients_run(&rounds->clients, step < end ? step : end);
		int64_t now = ws_clients_now();
		report_in_turn(rounds, before, now);
		before = now;
	}
}

static void ask(struct rounds *rounds)
{
	char arguments[TEXT_SIZE / 2], pane[TEXT_SIZE / 4];
	snprintf(pane, sizeof(pane), "{\"site\":\"%s\",\"source\":\"camera\"}",
		rounds->participants[0].site);
	snprintf(arguments, sizeof(arguments), "{%s,\"panes\":[%s]}", mark_of(rounds->number),
		rounds->number % 2 == 0 ? pane : "");
	rounds->begun_us = ws_clients_now();
	command(rounds, "scene.override", arguments);
}

static void prepare(struct rounds *rounds)
{
	rounds->number++;
	rounds->accepted_us = 0;
	rounds->missing = rounds->clients.n_members + rounds->n[KIND_SITE];
	for (size_t i = 0; i < rounds->clients.n_members; i++) {
		rounds->participants[i].told_us = 0;
		rounds->participants[i].converged_us = 0;
		rounds->participants[i].n_heard = 0;
	}
}

static double since(const struct rounds *rounds, int64_t us)
{
	return us > 0 ? (double)(us - rounds->begun_us) / 1000 : 0;
}

static void sum_up(const struct rounds *rounds, struct round *ret_round)
{
	*ret_round = (struct round){.accepted = since(rounds, rounds->accepted_us)};
	for (size_t i = 0; i < rounds->clients.n_members; i++) {
		const struct participant *one = &rounds->participants[i];
		double told = since(rounds, one->told_us);
		double converged = since(rounds, one->converged_us);
		double *last = &ret_round->told[one->kind];
		*last = told > *last ? told : *last;
		ret_round->everybody = told > ret_round->everybody ? told : ret_round->everybody;
		ret_round->converged =
			converged > ret_round->converged ? converged : ret_round->converged;
	}
}

static _Noreturn void give_up(const struct rounds *rounds)
{
	for (size_t i = 0; i < rounds->clients.n_members; i++) {
		const struct participant *one = &rounds->participants[i];
		bool converged = one->kind != KIND_SITE || one->converged_us > 0;
		if (one->told_us == 0 || !converged) {
			fprintf(stderr, "bench: number %zu %s: told %d, converged %d\n", i,
				one->site, one->told_us > 0, converged);
		}
	}
	errno = ETIMEDOUT;
	ws_clients_fail("somebody was not told");
}

void rounds_play(struct rounds *rounds, struct round *ret_round)
{
	prepare(rounds);
	ask(rounds);
	while (rounds->missing > 0) {
		int64_t end = rounds->begun_us + ROUND_MAX_US;
		if (ws_clients_now() > end) {
			give_up(rounds);
		}
		ws_clients_step(&rounds->clients, end);
	}
	sum_up(rounds, ret_round);
}

void rounds_listen(struct rounds *rounds, size_t participant)
{
	keep(&rounds->participants[participant], "", 0);
	if (!rounds->participants[participant].heard) {
		rounds->participants[participant].heard = calloc(1, 1);
	}
}
