/* Checks a site before it is needed. */
#include "endpoint/check_command.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "endpoint/media/common/devices.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

enum {
	POLL_MS = 200,
	WAIT_MAX_MS = 10000, /* for everything that is still missing */
	SILENT_DBFS = -60,
	BURST_BEGIN_MS = 2000, /* until the encoder has reached its rate, and the relay has
				* reported */
	BURST_MS = 4000,
	LOST_PERCENT_MOST =
		3, /* beyond it repair and the error resilience of Opus are near their limits */
};

enum { DETAIL_SIZE = 160, NUMBER_SIZE = 32 };

enum outcome {
	OUTCOME_UNSET,
	OUTCOME_GOOD,
	OUTCOME_BAD,
	OUTCOME_UNKNOWN, /* cannot be tested now; not counted as a failure */
};

struct check_line {
	enum outcome outcome;
	enum text_id text;
	const char *detail; /* "" for none */
};

static void print_check(const struct check_line *line, enum language language)
{
	static const char *const marks[] = {
		[OUTCOME_UNSET] = "??",
		[OUTCOME_GOOD] = "OK",
		[OUTCOME_BAD] = "!!",
		[OUTCOME_UNKNOWN] = "--",
	};
	print_line(stdout, "%s  %s%s%s%s", marks[line->outcome], text_of(line->text, language),
		line->detail[0] ? " (" : "", line->detail, line->detail[0] ? ")" : "");
}

static struct check_line camera_line(const struct endpoint_health *health)
{
	if (health->media.has_camera) {
		return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_CAMERA_GOOD, ""};
	}
	return (struct check_line){OUTCOME_BAD,
		health->media.camera_refused ? TEXT_CHECK_CAMERA_REFUSED : TEXT_CHECK_CAMERA_NONE,
		""};
}

static struct check_line microphone_line(const struct endpoint_health *health)
{
	if (!health->media.has_voice) {
		return (struct check_line){OUTCOME_BAD, TEXT_CHECK_MICROPHONE_NONE, ""};
	}
	if (health->media.level_dbfs < SILENT_DBFS) {
		return (struct check_line){OUTCOME_BAD, TEXT_CHECK_MICROPHONE_SILENT, ""};
	}
	return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_MICROPHONE_GOOD, ""};
}

static struct check_line loudspeaker_line(void)
{
	if (ep_devices_play_tone()) {
		return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_LOUDSPEAKER_GOOD, ""};
	}
	return (struct check_line){OUTCOME_BAD, TEXT_CHECK_LOUDSPEAKER_NONE, ""};
}

static struct check_line control_line(const struct endpoint_health *health)
{
	if (health->connected) {
		return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_CONTROL_GOOD, ""};
	}
	return (struct check_line){OUTCOME_BAD, TEXT_CHECK_CONTROL_NONE, health->reason};
}

static struct check_line clock_line(const struct endpoint_health *health, char *detail, size_t size)
{
	if (health->clock_wrong) {
		return (struct check_line){OUTCOME_BAD, TEXT_CHECK_CLOCK_WRONG, ""};
	}
	if (health->certificate_ended) {
		return (struct check_line){OUTCOME_UNKNOWN, TEXT_CHECK_CLOCK_OR_CERTIFICATE, ""};
	}
	if (!health->connected) {
		return (struct check_line){OUTCOME_UNKNOWN, TEXT_CHECK_CLOCK_UNKNOWN, ""};
	}
	snprintf(detail, size, "%+.1f s", (double)health->clock_off_ms / 1000);
	if (llabs(health->clock_off_ms) > ENDPOINT_CLOCK_OFF_MS) {
		return (struct check_line){OUTCOME_BAD, TEXT_CHECK_CLOCK_OFF, detail};
	}
	return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_CLOCK_GOOD, detail};
}

static struct check_line media_line(const struct endpoint_health *health)
{
	if (health->media.path_proven) {
		return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_MEDIA_GOOD, ""};
	}
	if (!health->connected) {
		return (struct check_line){OUTCOME_UNKNOWN, TEXT_CHECK_MEDIA_UNCONNECTED, ""};
	}
	if (health->spare) {
		return (struct check_line){OUTCOME_UNKNOWN, TEXT_CHECK_MEDIA_SPARE, ""};
	}
	if (!health->has_relay) {
		return (struct check_line){OUTCOME_UNKNOWN, TEXT_CHECK_MEDIA_NO_RELAY, ""};
	}
	return (struct check_line){OUTCOME_BAD, TEXT_CHECK_MEDIA_BLOCKED, health->relay};
}

/* Measurements of the uplink with the full picture. */
struct burst {
	bool measured;
	double mbit_per_s;
	double lost_percent;
	double seconds;
};

/* With a burst its measurements; otherwise the round trip to the centre. */
static void write_way_up(const struct endpoint_health *health, const struct burst *burst,
	enum language language, char detail[DETAIL_SIZE])
{
	char rate[NUMBER_SIZE], lost[NUMBER_SIZE], seconds[NUMBER_SIZE];
	snprintf(rate, sizeof(rate), "%.1f", burst->mbit_per_s);
	snprintf(lost, sizeof(lost), "%.1f", burst->lost_percent);
	snprintf(seconds, sizeof(seconds), "%.0f", burst->seconds);
	const struct text_value values[] = {
		{.name = "rate", .text = rate},
		{.name = "lost", .text = lost},
		{.name = "seconds", .text = seconds},
		{.name = "ms", .number = health->round_trip_ms},
		{0},
	};
	text_fill(detail, DETAIL_SIZE, burst->measured ? TEXT_CHECK_BURST : TEXT_CHECK_ROUND_TRIP,
		language, values);
}

static struct check_line line_up_line(const struct endpoint_health *health,
	const struct burst *burst, enum language language, char detail[DETAIL_SIZE])
{
	write_way_up(health, burst, language, detail);
	if (!burst->measured) {
		return (struct check_line){OUTCOME_UNKNOWN, TEXT_CHECK_LINE_UNKNOWN,
			health->connected && health->round_trip_ms >= 0 ? detail : ""};
	}
	if (burst->lost_percent > LOST_PERCENT_MOST) {
		return (struct check_line){OUTCOME_BAD, TEXT_CHECK_LINE_LOSSY, detail};
	}
	return (struct check_line){OUTCOME_GOOD, TEXT_CHECK_LINE_GOOD, detail};
}

/* True if waiting longer gains nothing. */
static bool is_complete(const struct endpoint_health *health)
{
	bool devices = health->media.has_camera && health->media.has_voice &&
		       health->media.level_dbfs > SILENT_DBFS;
	return devices &&
	       (health->is_permanent || (health->connected && health->media.path_proven));
}

struct wait {
	struct endpoint *endpoint;
	GMainLoop *loop;
	int64_t until_us;
};

static gboolean on_poll(gpointer user)
{
	struct wait *wait = user;
	struct endpoint_health health;
	endpoint_health(wait->endpoint, &health);
	if (is_complete(&health) || g_get_monotonic_time() > wait->until_us) {
		g_main_loop_quit(wait->loop);
		return G_SOURCE_REMOVE;
	}
	return G_SOURCE_CONTINUE;
}

static void wait_for(struct endpoint *endpoint, GMainLoop *loop)
{
	struct wait wait = {endpoint, loop, g_get_monotonic_time() + WAIT_MAX_MS * 1000};
	g_timeout_add(POLL_MS, on_poll, &wait);
	g_main_loop_run(loop);
}

static void quit_loop(gpointer loop)
{
	g_main_loop_quit(loop);
}

static void wait_ms(GMainLoop *loop, unsigned int ms)
{
	g_timeout_add_once(ms, quit_loop, loop);
	g_main_loop_run(loop);
}

/* Sequence numbers give the packets sent between two measurements, and the losses among them. */
static void measure_burst(struct endpoint *endpoint, GMainLoop *loop, struct burst *ret_burst)
{
	struct endpoint_health first, last;
	endpoint_send_full_picture(endpoint);
	wait_ms(loop, BURST_BEGIN_MS);
	endpoint_health(endpoint, &first);
	int64_t begun_us = g_get_monotonic_time();
	wait_ms(loop, BURST_MS);
	endpoint_health(endpoint, &last);
	double seconds = (double)(g_get_monotonic_time() - begun_us) / G_USEC_PER_SEC;
	uint32_t expected = last.media.camera_highest - first.media.camera_highest;
	int32_t lost = last.media.camera_lost - first.media.camera_lost;
	double sent = (double)(last.media.bytes_sent - first.media.bytes_sent);
	*ret_burst = (struct burst){
		.measured = first.media.arrival_known && last.media.arrival_known && expected > 0,
		.mbit_per_s = sent * 8 / seconds / 1e6,
		.lost_percent = expected > 0 && lost > 0 ? 100.0 * lost / expected : 0,
		.seconds = seconds,
	};
}

static bool print_all(
	const struct endpoint_health *health, const struct burst *burst, enum language language)
{
	char clock_detail[32], up_detail[DETAIL_SIZE];
	const struct check_line lines[] = {
		camera_line(health),
		microphone_line(health),
		loudspeaker_line(),
		control_line(health),
		clock_line(health, clock_detail, sizeof(clock_detail)),
		media_line(health),
		line_up_line(health, burst, language, up_detail),
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		print_check(&lines[i], language);
		good = good && lines[i].outcome != OUTCOME_BAD;
	}
	return good;
}

bool check_run(const struct endpoint_config *config)
{
	struct endpoint_config own = *config;
	struct burst burst = {0};
	own.panel_port = ENDPOINT_NO_PANEL;
	own.program = "none";
	own.quiet = true;
	struct endpoint *endpoint;
	char fault[ENDPOINT_TEXT_SIZE];
	if (endpoint_create(&own, &endpoint, fault) != 0) {
		print_line(stdout, "!!  %s", fault);
		return false;
	}
	wait_for(endpoint, config->loop);
	struct endpoint_health health;
	endpoint_health(endpoint, &health);
	if (health.media.path_proven && health.media.has_camera) {
		measure_burst(endpoint, config->loop, &burst);
		endpoint_health(endpoint, &health);
	}
	bool good = print_all(&health, &burst, config->language);
	endpoint_destroy(endpoint);
	return good;
}
