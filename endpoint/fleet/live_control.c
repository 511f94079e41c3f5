#include "endpoint/fleet/live_control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "endpoint/fleet/script_actions.h"
#include "proto/codec/codec.h"

enum { LINE_MAX_BYTES = 4096, STEPS_MAX = 64 };

struct live_step {
	int64_t due_us;
	struct script_step step;
};

struct live_control {
	char line[LINE_MAX_BYTES];
	size_t size;
	struct live_step steps[STEPS_MAX];
	size_t n_steps;
	int64_t reported_us;
};

int live_control_create(struct live_control **ret_live)
{
	struct live_control *live = calloc(1, sizeof(*live));
	if (!live) {
		return -ENOMEM;
	}
	if (fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) < 0) {
		free(live);
		return -errno;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	*ret_live = live;
	return 0;
}

void live_control_destroy(struct live_control *live)
{
	free(live);
}

/* ---- steps ---- */

static bool read_line(struct live_control *live, const char *line, size_t size, int64_t now_us)
{
	struct msg_error error;
	struct live_step *step = &live->steps[live->n_steps];
	if (live->n_steps == STEPS_MAX ||
		msg_decode(&msg_script_step, line, size, NULL, &step->step, &error) != 0) {
		return false;
	}
	step->due_us = now_us + step->step.after.ms * 1000;
	live->n_steps++;
	return true;
}

static bool read_lines(struct live_control *live, int64_t now_us)
{
	char *end;
	while ((end = memchr(live->line, '\n', live->size)) != NULL) {
		size_t size = (size_t)(end - live->line);
		if (!read_line(live, live->line, size, now_us)) {
			return false;
		}
		live->size -= size + 1;
		memmove(live->line, end + 1, live->size);
	}
	return live->size < sizeof(live->line);
}

bool live_control_readable(struct live_control *live, int64_t now_us)
{
	ssize_t got;
	while ((got = read(STDIN_FILENO, live->line + live->size,
			sizeof(live->line) - live->size)) > 0) {
		live->size += (size_t)got;
		if (!read_lines(live, now_us)) {
			return false;
		}
	}
	return got < 0 && errno == EAGAIN;
}

static void run_due(
	struct live_control *live, struct fleet_site *sites, size_t n_sites, int64_t now_us)
{
	for (size_t i = 0; i < live->n_steps;) {
		struct live_step due = live->steps[i];
		if (due.due_us > now_us) {
			i++;
			continue;
		}
		live->n_steps--;
		memmove(&live->steps[i], &live->steps[i + 1],
			(live->n_steps - i) * sizeof(live->steps[0]));
		script_action_run(&due.step, sites, n_sites);
	}
}

/* ---- figures ---- */

struct received {
	unsigned int program[MEDIA_SITE_MAX + 1];
	unsigned int voice[MEDIA_SITE_MAX + 1];
	unsigned int online, small, returned;
	uint32_t highest;
	int64_t delays_us[MEDIA_SITE_MAX + 1]; /* of pictures, a receiver each */
	size_t n_delays;
	size_t n_apart; /* receivers with a known value */
	int64_t apart_us; /* the largest skew of picture and voice of one site */
};

static bool is_fresh(const struct slot_receiver *slot, int64_t now_us)
{
	return slot->joined && slot->source != 0 && slot->source <= MEDIA_SITE_MAX &&
	       slot->whole_us != 0 && now_us - slot->whole_us < LIVE_FRESH_US;
}

static void count_source(struct received *received, unsigned int *counts, uint32_t source)
{
	counts[source]++;
	received->highest = source > received->highest ? source : received->highest;
}

static void count_delay(struct received *received, int64_t delay_us)
{
	if (delay_us != 0) {
		received->delays_us[received->n_delays++] = delay_us;
	}
}

static void count_times(struct received *received, const struct slot_receiver *picture,
	const struct slot_receiver *voice)
{
	if (voice->source == picture->source && voice->shift_us != 0 && picture->shift_us != 0) {
		int64_t apart = llabs(picture->shift_us - voice->shift_us);
		received->apart_us = apart > received->apart_us ? apart : received->apart_us;
		received->n_apart++;
	}
}

static void count_site(struct received *received, const struct fleet_site *site, int64_t now_us)
{
	const struct slot_receiver *slots = site->media.slots;
	received->online += fleet_site_is_online(site);
	received->returned += is_fresh(&slots[MEDIA_SLOT_RETURN], now_us);
	if (is_fresh(&slots[MEDIA_SLOT_PROGRAM], now_us)) {
		count_delay(received, slots[MEDIA_SLOT_PROGRAM].delay_us);
		count_source(received, received->program, slots[MEDIA_SLOT_PROGRAM].source);
	} else if (is_fresh(&slots[MEDIA_SLOT_PROGRAM_SMALL], now_us)) {
		count_source(received, received->program, slots[MEDIA_SLOT_PROGRAM_SMALL].source);
		received->small++;
	}
	for (int i = 0; i < MEDIA_SLOT_VOICES; i++) {
		const struct slot_receiver *voice = &slots[MEDIA_SLOT_VOICE + i];
		if (is_fresh(voice, now_us)) {
			count_source(received, received->voice, voice->source);
			count_times(received, &slots[MEDIA_SLOT_PROGRAM], voice);
		}
	}
}

static void print_counts(const char *name, const unsigned int *counts, uint32_t highest)
{
	const char *between = "";
	printf(",\"%s\":{", name);
	for (uint32_t i = 1; i <= highest; i++) {
		if (counts[i] > 0) {
			printf("%s\"%u\":%u", between, (unsigned int)i, counts[i]);
			between = ",";
		}
	}
	putchar('}');
}

static int compare(const void *a, const void *b)
{
	const int64_t *first = a, *second = b;
	return (*first > *second) - (*first < *second);
}

static void print_times(struct received *received)
{
	int64_t *delays = received->delays_us;
	size_t n = received->n_delays;
	qsort(delays, n, sizeof(*delays), compare);
	if (n > 0) {
		printf(",\"delay_ms\":%.1f,\"delay_max_ms\":%.1f", (double)delays[n / 2] / 1000,
			(double)delays[n - 1] / 1000);
	}
	if (received->n_apart > 0) {
		printf(",\"apart_ms\":%.3f", (double)received->apart_us / 1000);
	}
}

static unsigned long long sum_bad(const struct media_findings *findings)
{
	return findings->bad_sum + findings->unstamped + findings->wrong_source +
	       findings->out_of_order + findings->frames_missing + findings->unclean_switches;
}

static void print_figures(const struct fleet_site *sites, size_t n_sites, int64_t now_us)
{
	static struct received received;
	const struct fleet_media_stats *stats = sites[0].media.stats;
	received = (struct received){0};
	for (size_t i = 0; i < n_sites; i++) {
		count_site(&received, &sites[i], now_us);
	}
	printf("{\"ms\":%lld,\"online\":%u", (long long)(now_us / 1000), received.online);
	print_counts("program", received.program, received.highest);
	printf(",\"small\":%u,\"return\":%u", received.small, received.returned);
	print_counts("voice", received.voice, received.highest);
	print_times(&received);
	printf(",\"pictures\":%llu,\"sounds\":%llu,\"packets\":%llu,\"unrecovered\":%llu,\"auth_"
	       "failures\":%llu,\"bad\":%llu}\n",
		(unsigned long long)stats->slots.findings.pictures,
		(unsigned long long)stats->slots.findings.sounds,
		(unsigned long long)stats->totals.packets_received,
		(unsigned long long)stats->slots.unrecovered,
		(unsigned long long)stats->totals.auth_failures, sum_bad(&stats->slots.findings));
}

void live_control_tick(
	struct live_control *live, struct fleet_site *sites, size_t n_sites, int64_t now_us)
{
	run_due(live, sites, n_sites, now_us);
	if (now_us - live->reported_us >= LIVE_US) {
		live->reported_us = now_us;
		print_figures(sites, n_sites, now_us);
	}
}
