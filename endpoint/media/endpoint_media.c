/* Connects inputs, uplink, transport, slots and program. */
#include "endpoint/media/endpoint_media.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint/media/capture/capture_source.h"
#include "endpoint/media/capture/inputs.h"
#include "endpoint/media/common/picture_format.h"
#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/program/program.h"
#include "endpoint/media/receive/downlink.h"
#include "endpoint/media/send/uplink.h"
#include "endpoint/media/transport/transport.h"
#include "text_copy.h"

enum {
	CHECK_MS = 100,
	AUTH_FAILURES_SIGN = 5, /* in one period: a wrong key, not noise */
	NO_PANE = MEDIA_SLOTS,
};

struct ep_media {
	struct ep_media_config config;
	const struct ep_media_events *events;
	void *user;
	const struct ep_format *format;
	struct ep_transport *transport;
	struct ep_uplink *uplink;
	struct ep_inputs *inputs;
	struct ep_downlink *downlink;
	struct ep_program *program;
	guint check;
	_Atomic(GBytes *) thumbnail;
	char relay_instance[INSTANCE_ID_SIZE];
	struct media_key uplink_key;
	bool voice_open;
	bool locked;
	enum card_theme theme;
	unsigned first_pane; /* its slot */
	struct ep_slot_stats slots_before[MEDIA_SLOTS];
	struct ep_transport_stats before;
};

static void on_packet(
	void *user, enum media_source source, const uint8_t *data, size_t size, int64_t captured_us)
{
	struct ep_media *media = user;
	ep_transport_send(media->transport, source, data, size, captured_us);
}

/* Only the newest thumbnail counts: it waits for the main thread's next check. */
static void on_thumbnail(void *user, const uint8_t *data, size_t size)
{
	struct ep_media *media = user;
	GBytes *before = atomic_exchange(&media->thumbnail, g_bytes_new(data, size));
	g_clear_pointer(&before, g_bytes_unref);
}

static void deliver_thumbnail(struct ep_media *media)
{
	GBytes *thumbnail = atomic_exchange(&media->thumbnail, NULL);
	if (thumbnail) {
		gsize size;
		const uint8_t *data = g_bytes_get_data(thumbnail, &size);
		media->events->on_thumbnail(media->user, data, size);
		g_bytes_unref(thumbnail);
	}
}

static const struct ep_uplink_events uplink_events = {
	.on_packet = on_packet,
	.on_thumbnail = on_thumbnail,
};

static void on_slot_rtp(void *user, unsigned slot, const uint8_t *data, size_t size)
{
	struct ep_media *media = user;
	ep_downlink_rtp(media->downlink, slot, data, size);
}

static void on_slot_report(void *user, unsigned slot, const uint8_t *data, size_t size)
{
	struct ep_media *media = user;
	ep_downlink_report(media->downlink, slot, data, size);
}

static void on_keyframe_wanted(void *user, enum media_source source)
{
	struct ep_media *media = user;
	ep_uplink_keyframe(media->uplink, source);
}

static const struct ep_transport_events transport_events = {
	.on_rtp = on_slot_rtp,
	.on_report = on_slot_report,
	.on_keyframe_wanted = on_keyframe_wanted,
};

static void on_decoded(void *user, unsigned slot, GstSample *sample)
{
	struct ep_media *media = user;
	ep_program_push(media->program, slot, sample);
}

static void on_missing(void *user, unsigned slot, uint16_t sequence)
{
	struct ep_media *media = user;
	ep_transport_nack(media->transport, slot, sequence);
}

static void on_keyframe_needed(void *user, unsigned slot)
{
	struct ep_media *media = user;
	ep_transport_pli(media->transport, slot);
}

static const struct ep_downlink_events downlink_events = {
	.on_sample = on_decoded,
	.on_missing = on_missing,
	.on_keyframe_needed = on_keyframe_needed,
};

static gboolean on_check(gpointer user)
{
	struct ep_media *media = user;
	ep_inputs_check(media->inputs);
	ep_downlink_check(media->downlink);
	ep_program_check(media->program);
	deliver_thumbnail(media);
	return G_SOURCE_CONTINUE;
}

static void explain(char **ret_error, const char *text, const char *what)
{
	char *sentence = g_strdup_printf("%s: %s", text, what);
	*ret_error = strdup(sentence);
	g_free(sentence);
}

static int create_ends(struct ep_media *media, char **ret_error)
{
	enum ep_out out;
	const char *path;
	if (!ep_out_parse(media->config.program, &out, &path)) {
		explain(ret_error, "not a program output", media->config.program);
		return -EINVAL;
	}
	char *error = NULL;
	int r = ep_program_create(out, path, media->format, &media->program, &error);
	if (r == 0) {
		r = ep_uplink_create(media->format, &uplink_events, media, &media->uplink, &error);
	}
	if (r != 0) {
		explain(ret_error, "media cannot start", error ? error : "");
		g_free(error);
	}
	return r;
}

static int create_inputs(struct ep_media *media, char **ret_error)
{
	const char *wrong = "";
	struct ep_inputs_config config = {
		.camera = media->config.camera,
		.content = media->config.content,
		.voice = media->config.voice,
		.films = media->config.films,
		.format = media->format,
		.number = media->config.number,
		.label = media->config.label,
	};
	int r = ep_inputs_create(&config, media->uplink, &media->inputs, &wrong);
	if (r != 0) {
		explain(ret_error, "not a source", wrong);
	}
	return r;
}

/* The transport first: its thread calls the downlink, the uplink's threads call the transport. */
static int create_parts(struct ep_media *media, char **ret_error)
{
	media->downlink = ep_downlink_create(&downlink_events, media);
	ep_downlink_number(media->downlink, media->config.number);
	int r = ep_transport_create(
		&transport_events, media, ep_pipeline_wall_zero_us(), &media->transport);
	if (r != 0) {
		explain(ret_error, "no UDP socket", strerror(-r));
		return r;
	}
	r = create_ends(media, ret_error);
	return r == 0 ? create_inputs(media, ret_error) : r;
}

bool ep_media_takes_picture(const char *text)
{
	struct ep_source source;
	return ep_source_parse(text, EP_MEDIUM_PICTURE, &source);
}

bool ep_media_takes_voice(const char *text)
{
	struct ep_source source;
	return ep_source_parse(text, EP_MEDIUM_VOICE, &source);
}

bool ep_media_takes_program(const char *text)
{
	enum ep_out out;
	const char *path;
	return ep_out_parse(text, &out, &path);
}

bool ep_media_takes_size(const char *text)
{
	return ep_format_find(text);
}

int ep_media_create(const struct ep_media_config *config, const struct ep_media_events *events,
	void *user, struct ep_media **ret_media, char **ret_error)
{
	const struct ep_format *format = ep_format_find(config->size);
	if (!format) {
		explain(ret_error, "not a size", config->size);
		return -EINVAL;
	}
	ep_pipeline_init();
	struct ep_media *media = g_new0(struct ep_media, 1);
	media->config = *config;
	media->events = events;
	media->user = user;
	media->format = format;
	media->first_pane = NO_PANE;
	int r = create_parts(media, ret_error);
	if (r != 0) {
		ep_media_destroy(media);
		return r;
	}
	media->check = g_timeout_add(CHECK_MS, on_check, media);
	*ret_media = media;
	return 0;
}

/*
 * Upstream first, so that no thread pushes into a destroyed part; the transport's thread ends
 * before.
 */
void ep_media_destroy(struct ep_media *media)
{
	if (!media) {
		return;
	}
	if (media->check) {
		g_source_remove(media->check);
	}
	ep_inputs_destroy(media->inputs);
	ep_uplink_destroy(media->uplink);
	ep_transport_destroy(media->transport);
	ep_downlink_destroy(media->downlink);
	ep_program_destroy(media->program);
	GBytes *thumbnail = atomic_exchange(&media->thumbnail, NULL);
	g_clear_pointer(&thumbnail, g_bytes_unref);
	media_key_wipe(&media->uplink_key);
	g_free(media);
}

/* A new instance restarts its numbering: the state received from the old one is useless. */
static void restart_slots(struct ep_media *media)
{
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		if (ep_downlink_is_joined(media->downlink, slot)) {
			ep_media_leave(media, media_slot_of_number(slot));
			ep_media_join(media, media_slot_of_number(slot));
		}
	}
}

static int renew_key(struct ep_media *media, const char *instance)
{
	if (strcmp(media->relay_instance, instance) == 0) {
		return 0;
	}
	restart_slots(media);
	int r = media_key_make(&media->uplink_key);
	if (r == 0) {
		TEXT_COPY(media->relay_instance, instance);
	}
	return r;
}

int ep_media_set_relay(
	struct ep_media *media, const struct wire_relay_access *relay, char ret_key[MEDIA_KEY_SIZE])
{
	struct ep_relay use = {.number = media->config.number};
	if (media_key_from_text(relay->group_key, &use.group_key) != 0) {
		return -EINVAL;
	}
	int r = renew_key(media, relay->instance);
	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < relay->n_addresses && i < EP_RELAY_ADDRESSES; i++) {
		text_copy(use.addresses[use.n_addresses++], EP_RELAY_ADDRESS_MAX,
			relay->addresses[i]);
	}
	use.uplink_key = media->uplink_key;
	media_key_to_text(&media->uplink_key, ret_key);
	r = ep_transport_set_relay(media->transport, &use);
	media_key_wipe(&use.uplink_key);
	return r;
}

void ep_media_clear_relay(struct ep_media *media)
{
	ep_transport_clear_relay(media->transport);
	media_key_wipe(&media->uplink_key);
	media->relay_instance[0] = '\0';
}

void ep_media_camera(struct ep_media *media, enum uplink_level level)
{
	ep_uplink_open(media->uplink, MEDIA_CAMERA, level == UPLINK_LEVEL_FULL);
	ep_uplink_open(media->uplink, MEDIA_PREVIEW,
		level == UPLINK_LEVEL_FULL || level == UPLINK_LEVEL_PREVIEW);
}

void ep_media_content(struct ep_media *media, enum uplink_level level)
{
	ep_uplink_open(media->uplink, MEDIA_CONTENT,
		level == UPLINK_LEVEL_FULL || level == UPLINK_LEVEL_PREVIEW);
}

void ep_media_voice(struct ep_media *media, bool open, bool ducked, bool locked)
{
	ep_uplink_duck(media->uplink, ducked);
	ep_uplink_open(media->uplink, MEDIA_VOICE, open);
	media->voice_open = open;
	media->locked = locked;
}

void ep_media_film(struct ep_media *media, const struct ep_film_wanted *wanted)
{
	ep_inputs_film(media->inputs, wanted);
}

void ep_media_join(struct ep_media *media, enum slot slot)
{
	ep_downlink_join(media->downlink, media_slot_number(slot));
}

void ep_media_leave(struct ep_media *media, enum slot slot)
{
	unsigned index = media_slot_number(slot);
	ep_downlink_leave(media->downlink, index);
	ep_program_slot_left(media->program, index);
	if (index < MEDIA_SLOTS) {
		media->slots_before[index] = (struct ep_slot_stats){0};
	}
}

void ep_media_scene(struct ep_media *media, const struct wire_site_scene *scene)
{
	struct ep_pane panes[WIRE_SITE_SCENE_PANES_MAX];
	for (size_t i = 0; i < scene->n_panes; i++) {
		const struct wire_scene_pane *pane = &scene->panes[i];
		panes[i] = (struct ep_pane){
			media_slot_number(pane->slot), pane->has_label ? pane->label : ""};
	}
	bool pictures = scene->layout != LAYOUT_SLATE && scene->n_panes > 0;
	media->first_pane = pictures ? panes[0].slot : NO_PANE;
	ep_program_scene(media->program, scene->layout, panes, scene->n_panes);
}

void ep_media_caption(struct ep_media *media, const struct wire_lower_third *caption)
{
	struct card card;
	if (caption) {
		card_lower_third(caption, media->theme, &card);
	}
	ep_program_caption(media->program, caption ? &card : NULL);
}

void ep_media_slate(struct ep_media *media, const struct wire_site_desired *desired)
{
	struct card card;
	media->theme = card_theme_of(desired);
	card_of_site(desired, &card);
	ep_program_slate(media->program, &card);
	ep_inputs_label(media->inputs, desired->name, media->theme);
}

void ep_media_countdown(struct ep_media *media, int64_t left_ms)
{
	ep_program_countdown(media->program, left_ms);
}

void ep_media_no_countdown(struct ep_media *media)
{
	ep_program_no_countdown(media->program);
}

bool ep_media_bell(struct ep_media *media)
{
	return ep_program_bell(media->program);
}

static void fill_slot(struct ep_media *media, unsigned slot, bool begin,
	const struct ep_transport_stats *transport, struct wire_slot_stats *figures)
{
	struct ep_slot_stats now;
	ep_downlink_stats(media->downlink, slot, &now);
	const struct ep_slot_stats *then = &media->slots_before[slot];
	*figures = (struct wire_slot_stats){
		.slot = media_slot_of_number(slot),
		.packets = transport->received.slot_packets[slot] -
			   media->before.received.slot_packets[slot],
		.lost = now.missing - then->missing,
		.unrecovered = now.unrecovered - then->unrecovered,
		.auth_failures = transport->received.slot_auth_failures[slot] -
				 media->before.received.slot_auth_failures[slot],
		.has_site = now.source > 0 && now.source <= MEDIA_SITE_MAX,
		.site = now.source,
	};
	if (begin) {
		media->slots_before[slot] = now;
	}
}

static void sign(struct ep_media_state *state, bool present, enum sign which)
{
	if (present && state->n_signs < EP_MEDIA_SIGNS) {
		state->signs[state->n_signs++] = which;
	}
}

static void fill_signs(struct ep_media *media, const struct ep_inputs_state *inputs,
	uint64_t auth_failures, struct ep_media_state *state)
{
	sign(state, inputs->silent || inputs->voice_gone, SIGN_VOICE_SILENT);
	sign(state, inputs->camera && ep_uplink_is_black(media->uplink), SIGN_PICTURE_BLACK);
	sign(state, inputs->camera && !inputs->camera_still && ep_uplink_is_frozen(media->uplink),
		SIGN_PICTURE_FROZEN);
	sign(state, inputs->camera_gone, SIGN_SOURCE_MISSING);
	sign(state, media->locked && inputs->talking, SIGN_TALKING_WHILE_LOCKED);
	sign(state, auth_failures >= AUTH_FAILURES_SIGN, SIGN_MEDIA_AUTH_FAILURES);
}

/* Missing packets of all slots, repaired or not, since each was joined; what was left counts on. */
static struct line_reading read_down(
	struct ep_media *media, const struct ep_transport_stats *transport)
{
	struct line_reading down = {
		.bytes = transport->received.bytes, .jitter_ms = transport->program_jitter_ms};
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		struct ep_slot_stats stats;
		ep_downlink_stats(media->downlink, slot, &stats);
		down.expected += transport->received.slot_packets[slot];
		down.lost += (int64_t)stats.missing;
	}
	return down;
}

static struct line_reading read_up(const struct ep_transport_stats *transport)
{
	const struct ep_arrived *arrived = &transport->preview;
	return (struct line_reading){.bytes = transport->bytes_sent,
		.expected = arrived->known ? arrived->highest : 0,
		.lost = arrived->lost,
		.jitter_ms = arrived->jitter_ms};
}

void ep_media_state(struct ep_media *media, bool begin, struct ep_media_state *ret_state)
{
	struct ep_inputs_state inputs;
	ep_inputs_state(media->inputs, &inputs);
	struct ep_transport_stats transport;
	ep_transport_stats(media->transport, &transport);
	struct ep_recording recording;
	ep_program_recording(media->program, &recording);
	*ret_state = (struct ep_media_state){
		.level_dbfs = inputs.level_dbfs,
		.playing = media->first_pane == NO_PANE ||
			   ep_downlink_is_playing(media->downlink, media->first_pane),
		.path_proven = transport.path_proven,
		.group_key_spent = transport.group_key_spent,
		.has_camera = inputs.camera,
		.has_content = inputs.content,
		.has_voice = inputs.voice,
		.camera_refused = inputs.camera_refused,
		.recording_stopped = recording.fault != NULL,
		.disk_nearly_full = recording.nearly_full,
		.packets_sent = transport.packets_sent,
		.bytes_sent = transport.bytes_sent,
		.arrival_known = transport.camera.known,
		.camera_highest = transport.camera.highest,
		.camera_lost = transport.camera.lost,
		.up = read_up(&transport),
		.down = read_down(media, &transport),
		.packets_received = transport.received.packets,
		.nacks_sent = transport.nacks_sent,
		.nacks_answered = transport.nacks_answered,
		.film = inputs.film,
	};
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		if (ep_downlink_is_joined(media->downlink, slot)) {
			fill_slot(media, slot, begin, &transport,
				&ret_state->slots[ret_state->n_slots++]);
		}
	}
	fill_signs(media, &inputs,
		transport.received.auth_failures - media->before.received.auth_failures, ret_state);
	if (begin) {
		media->before = transport;
	}
}

void ep_media_recording(const struct ep_media *media, struct ep_recording *ret_recording)
{
	ep_program_recording(media->program, ret_recording);
}

const char *ep_media_fault(const struct ep_media *media)
{
	const char *fault = ep_uplink_fault(media->uplink);
	return fault ? fault : ep_program_fault(media->program);
}
