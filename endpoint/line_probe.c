#include "endpoint/line_probe.h"

#include <string.h>

#include "bounds.h"
#include "proto/media/line_meter.h"

enum { NOTHING_DBFS = -120 };

static int louder(int a, int b)
{
	return a > b ? a : b;
}

static void begin(
	struct line_probe *probe, uint64_t test, const struct ep_media_state *state, int64_t now_ms)
{
	memset(probe, 0, sizeof(*probe));
	probe->running = true;
	probe->test = test;
	probe->begun_ms = now_ms;
	probe->first = *state;
	probe->quiet_dbfs = probe->echo_dbfs = NOTHING_DBFS;
}

static void listen(struct line_probe *probe, const struct ep_media_state *state, int64_t now_ms)
{
	if (!probe->sounded) {
		probe->quiet_dbfs = louder(probe->quiet_dbfs, state->level_dbfs);
	} else if (probe->echo_heard && now_ms < probe->sound_ms + LINE_PROBE_ECHO_MS) {
		probe->echo_dbfs = louder(probe->echo_dbfs, state->level_dbfs);
	}
}

enum line_probe_step line_probe_watch(struct line_probe *probe,
	const struct wire_site_desired *desired, const struct ep_media_state *state, int64_t now_ms)
{
	if (!desired->has_line_test || desired->line_test.reported) {
		probe->running = false;
		return LINE_PROBE_NOTHING;
	}
	if (probe->test != desired->line_test.test) {
		begin(probe, desired->line_test.test, state, now_ms);
	}
	if (!probe->running) {
		return LINE_PROBE_NOTHING;
	}
	listen(probe, state, now_ms);
	if (!probe->sounded && now_ms >= probe->begun_ms + LINE_PROBE_SOUND_MS) {
		return LINE_PROBE_SOUND;
	}
	if (now_ms < probe->begun_ms + LINE_MEASURE_SPAN_MS) {
		return LINE_PROBE_NOTHING;
	}
	probe->running = false;
	return LINE_PROBE_DONE;
}

void line_probe_sounded(struct line_probe *probe, bool played, int64_t now_ms)
{
	probe->sounded = true;
	probe->echo_heard = played;
	probe->sound_ms = now_ms;
}

static enum line_picture picture_of(const struct ep_media_state *state)
{
	if (!state->has_camera) {
		return LINE_PICTURE_MISSING;
	}
	for (size_t i = 0; i < state->n_signs; i++) {
		if (state->signs[i] == SIGN_PICTURE_BLACK) {
			return LINE_PICTURE_BLACK;
		}
		if (state->signs[i] == SIGN_PICTURE_FROZEN) {
			return LINE_PICTURE_FROZEN;
		}
	}
	return LINE_PICTURE_MOVING;
}

void line_probe_figures(const struct line_probe *probe, const struct ep_media_state *state,
	int64_t now_ms, struct line_figures *ret)
{
	int64_t span_ms = now_ms - probe->begun_ms;

	memset(ret, 0, sizeof(*ret));
	ret->has_up = line_meter_way(&probe->first.up, &state->up, span_ms, &ret->up);
	ret->has_down = line_meter_way(&probe->first.down, &state->down, span_ms, &ret->down);
	ret->picture = picture_of(state);
	ret->level_dbfs = probe->quiet_dbfs;
	ret->has_echo_dbfs = probe->echo_heard;
	ret->echo_dbfs = probe->echo_heard ? probe->echo_dbfs : 0;
}
