#include "endpoint/fleet/fleet_line.h"

#include <string.h>

static struct line_reading read_up(const struct fleet_site *site)
{
	const struct rtcp_block *arrived = &site->media.preview_arrived;
	struct line_reading up = {.expected = site->media.preview_known ? arrived->highest : 0,
		.lost = arrived->lost,
		.jitter_ms = arrived->jitter / (MEDIA_RATE_VIDEO / 1000)};
	for (int i = 0; i < SITE_MEDIA_PLAIN_SOURCES; i++) {
		up.bytes += site->media.senders[i].report.octets;
	}
	return up;
}

static struct line_reading read_down(const struct fleet_site *site)
{
	const struct slot_receiver *program = &site->media.slots[MEDIA_SLOT_PROGRAM];
	return (struct line_reading){.bytes = site->media.bytes_received,
		.expected = site->media.packets_received,
		.lost = site->line.lost,
		.jitter_ms = program->reception.jitter / 16 / (MEDIA_RATE_VIDEO / 1000)};
}

static void begin_line(struct fleet_site *site, uint64_t test, int64_t now_us)
{
	site->line.test = test;
	site->line.begun_us = now_us;
	site->line.reported = site->line.confirmed = false;
	site->line.up = read_up(site);
	site->line.down = read_down(site);
}

/* The figures of its own streams; it has no loudspeaker, so no echo. */
static void write_report(struct fleet_site *site, int32_t level_dbfs, int64_t now_us,
	int64_t wall_us, struct command *ret)
{
	struct line_figures *figures = &ret->line_test_report.figures;
	struct line_reading up = read_up(site), down = read_down(site);
	int64_t span_ms = (now_us - site->line.begun_us) / 1000;
	struct now server;
	*ret = (struct command){.name = CMD_LINE_TEST_REPORT};
	memcpy(ret->line_test_report.site, site->id, sizeof(ret->line_test_report.site));
	figures->has_round_trip = figures->has_clock_offset =
		ws_client_server_now(site->link, &server, &figures->round_trip);
	figures->clock_offset.ms =
		figures->has_clock_offset ? (now_us + wall_us) / 1000 - server.wall.ms : 0;
	figures->has_up = line_meter_way(&site->line.up, &up, span_ms, &figures->up);
	figures->has_down = line_meter_way(&site->line.down, &down, span_ms, &figures->down);
	figures->picture =
		site->media.senders[MEDIA_PREVIEW].on ? LINE_PICTURE_MOVING : LINE_PICTURE_MISSING;
	figures->level_dbfs = level_dbfs;
}

static void write_confirmation(const struct fleet_site *site, struct command *ret)
{
	*ret = (struct command){.name = CMD_LINE_TEST_CONFIRM};
	memcpy(ret->line_test_confirm.site, site->id, sizeof(ret->line_test_confirm.site));
	ret->line_test_confirm.heard = true;
}

/* Measures as long as a real site; whoever is at the machine presses afterwards. */
bool fleet_line_watch(struct fleet_site *site, int32_t level_dbfs, int64_t now_us, int64_t wall_us,
	struct command *ret_command)
{
	const struct wire_site_desired *desired = &site->desired;
	if (!desired->has_line_test) {
		return false;
	}
	if (site->line.test != desired->line_test.test) {
		begin_line(site, desired->line_test.test, now_us);
	}
	if (now_us < site->line.begun_us + LINE_MEASURE_SPAN_MS * 1000) {
		return false;
	}
	if (!site->line.reported && !desired->line_test.reported) {
		site->line.reported = true;
		write_report(site, level_dbfs, now_us, wall_us, ret_command);
		return true;
	}
	if (!site->line.confirmed && !desired->line_test.confirmed && !site->ignores_next) {
		site->line.confirmed = true;
		write_confirmation(site, ret_command);
		return true;
	}
	return false;
}
