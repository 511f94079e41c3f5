#include "coordinator/telemetry/telemetry.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/telemetry/jpeg.h"
#include "coordinator/peers/publish.h"

enum { PACKETS_MAX = 1000000, ROUND_TRIP_MAX_MS = 60000 };

struct telemetry *telemetry_create(void)
{
	return calloc(1, sizeof(struct telemetry));
}

void telemetry_destroy(struct telemetry *telemetry)
{
	for (size_t i = 0; telemetry && i <= SITES_MAX; i++) {
		shared_buf_unref(telemetry->sites[i].thumbnail);
	}
	free(telemetry);
}

/* ---- facts ---- */

static void submit_sign(
	struct coordinator *coordinator, const struct site *site, enum sign sign, bool present)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_OBSERVE;
	memcpy(command.site_observe.site, site->id, sizeof(command.site_observe.site));
	command.site_observe.sign = sign;
	command.site_observe.present = present;
	engine_submit_system(coordinator->engine, &command);
}

static void settle_sign(
	struct coordinator *coordinator, const struct site *site, enum sign sign, bool present)
{
	struct flap_damping *flap_damping = &coordinator->flap_damping[site->number];
	struct instant now = engine_now(coordinator->engine).at;
	if (flap_damping_sign(flap_damping, sign, present, site->signs[sign], now)) {
		submit_sign(coordinator, site, sign, present);
	}
}

/* No honest report has more in a second; nobody's figures overflow ours. */
static uint32_t bounded(uint64_t packets)
{
	return packets < PACKETS_MAX ? (uint32_t)packets : PACKETS_MAX;
}

/* What it counted since its last report; is it poor now? */
static bool receives_poorly(struct coordinator *coordinator, const struct site *site,
	const struct wire_site_report *report)
{
	struct link_quality *link_quality =
		&coordinator->telemetry->sites[site->number].link_quality;
	struct instant now = engine_now(coordinator->engine).at;
	for (size_t i = 0; i < report->n_slots; i++) {
		const struct wire_slot_stats *slot = &report->slots[i];
		link_quality_add(link_quality,
			&(struct link_quality_count){bounded(slot->packets), bounded(slot->lost),
				bounded(slot->unrecovered)},
			now);
	}
	return link_quality_is_poor(link_quality, site->signs[SIGN_RECEPTION_POOR], now);
}

/* What the site finds in what it receives, or the relay in what comes in its name. */
static bool finds_forgeries(const struct coordinator *coordinator, const struct site *site)
{
	const struct site_telemetry *telemetry = &coordinator->telemetry->sites[site->number];
	return telemetry->warns || forgery_detector_alarmed(&telemetry->forgery_detector,
					   engine_now(coordinator->engine).at);
}

static void observe(struct coordinator *coordinator, const struct site *site,
	const struct wire_site_report *report)
{
	const struct site_telemetry *telemetry = &coordinator->telemetry->sites[site->number];
	bool present[SIGN_END] = {false};
	for (size_t i = 0; report->has_signs && i < report->n_signs; i++) {
		present[report->signs[i]] = true;
	}
	/* These are not the site's alone to give: figures say them. */
	coordinator->telemetry->sites[site->number].warns = present[SIGN_MEDIA_AUTH_FAILURES];
	present[SIGN_MEDIA_AUTH_FAILURES] = finds_forgeries(coordinator, site);
	present[SIGN_RATE_EXCEEDED] = telemetry->rate_exceeded;
	present[SIGN_CLOCK_REFUSED] = telemetry->clock_refused;
	present[SIGN_RECEPTION_POOR] = receives_poorly(coordinator, site, report);
	/* What is amiss comes first, where not all may be told. */
	for (int sign = SIGN_UNSET + 1; sign < SIGN_END; sign++) {
		if (present[sign]) {
			settle_sign(coordinator, site, (enum sign)sign, true);
		}
	}
	for (int sign = SIGN_UNSET + 1; sign < SIGN_END; sign++) {
		if (!present[sign]) {
			settle_sign(coordinator, site, (enum sign)sign, false);
		}
	}
}

static void submit_media(
	struct coordinator *coordinator, const struct site *site, enum media_state media)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_MEDIA;
	memcpy(command.site_media.site, site->id, sizeof(command.site_media.site));
	command.site_media.media = media;
	engine_submit_system(coordinator->engine, &command);
}

static void tell_media(
	struct coordinator *coordinator, const struct site *site, enum media_state media)
{
	const struct meeting *meeting = engine_pending(coordinator->engine);
	bool urgent = media == MEDIA_STATE_SILENT &&
		      mtg_site_index(meeting, site) == mtg_site_on_air(meeting);
	if (site->media != media && flap_damping_media(&coordinator->flap_damping[site->number],
					    urgent, engine_now(coordinator->engine).at)) {
		submit_media(coordinator, site, media);
	}
}

/* ---- reports ---- */

/* What no line has is a clock that is off, or a lie. */
static bool is_round_trip(struct span span)
{
	return span.ms >= 0 && span.ms <= ROUND_TRIP_MAX_MS;
}

/* A site that asks without end has every 15 s what costs the others nothing. */
static void ask_group_key(struct coordinator *coordinator, const struct client *client)
{
	uint64_t now_ms = (uint64_t)engine_now(coordinator->engine).at.ms;
	struct media_keys *media_keys = coordinator->media_keys;
	if (media_keys->rekey == 0 || now_ms - media_keys->rekey >= GROUP_KEY_SPAN_MS) {
		media_keys->rekey = now_ms > 0 ? now_ms : 1;
		coordinator->desired_stale = true;
		log_line(LOG_LINE_NOTICE,
			"site %s refuses packets sealed with the group key: there will be another",
			client->peer.site);
	}
}

static void learn_key(
	struct coordinator *coordinator, uint32_t number, const struct wire_uplink_key *key)
{
	struct token_bucket *rate = &coordinator->telemetry->sites[number].keys;
	struct instant now = engine_now(coordinator->engine).at;
	if (!media_keys_knows_site(coordinator->media_keys, number, key) &&
		token_bucket_take(rate, SITE_KEYS_PER_SECOND, SITE_KEYS_BURST, now) &&
		media_keys_learn_site(coordinator->media_keys, number, key)) {
		coordinator->desired_stale = true;
	}
}

void telemetry_of_site(struct coordinator *coordinator, const struct client *client,
	const struct wire_site_report *report)
{
	uint32_t number = client->peer.number;
	struct site_telemetry *telemetry = &coordinator->telemetry->sites[number];
	if (!flap_damping_report(
		    &coordinator->flap_damping[number], engine_now(coordinator->engine).at)) {
		return; /* it will say it again */
	}
	telemetry->reported = true;
	telemetry->fresh = true;
	telemetry->level_dbfs = report->level_dbfs;
	telemetry->has_round_trip = report->has_round_trip && is_round_trip(report->round_trip);
	telemetry->round_trip = report->round_trip;
	telemetry->converged = report->version == publish_version(coordinator, number);
	if (report->has_key) {
		learn_key(coordinator, number, &report->key);
	}
	const struct site *site = mtg_site_by_number(engine_pending(coordinator->engine), number);
	if (report->has_group_key_spent && report->group_key_spent && site && !site->barred) {
		ask_group_key(coordinator, client);
	}
	if (site) {
		observe(coordinator, site, report);
	}
}

/* What the relay found; it does not know whom the relay before it had media of. */
static enum media_state found(const struct coordinator *coordinator, const struct site *site,
	const struct wire_relay_site_report *link_quality)
{
	struct instant now = engine_now(coordinator->engine).at;
	bool missed = link_quality->media == MEDIA_STATE_NONE && site->media != MEDIA_STATE_NONE;
	bool soon =
		span_between(coordinator->telemetry->relay_since, now).ms < MEDIA_RETURN_SPAN_MS;
	if (!missed) {
		return link_quality->media;
	}
	return soon ? site->media : MEDIA_STATE_SILENT;
}

static void note_relay(struct coordinator *coordinator, const char *instance)
{
	struct telemetry *telemetry = coordinator->telemetry;
	if (strcmp(telemetry->relay, instance) != 0) {
		memcpy(telemetry->relay, instance, sizeof(telemetry->relay));
		telemetry->relay_since = engine_now(coordinator->engine).at;
	}
}

static void measure(
	struct coordinator *coordinator, const struct wire_relay_site_report *link_quality)
{
	const struct site *site =
		mtg_site_by_number(engine_pending(coordinator->engine), link_quality->number);
	if (!site) {
		return;
	}
	struct site_telemetry *telemetry = &coordinator->telemetry->sites[link_quality->number];
	telemetry->measured = true;
	telemetry->fresh = telemetry->reported;
	telemetry->loss_permille = link_quality->loss_permille;
	telemetry->bits_per_second = link_quality->bits_per_second;
	telemetry->auth_failures = link_quality->auth_failures;
	forgery_detector_add(&telemetry->forgery_detector, link_quality->auth_failures,
		engine_now(coordinator->engine).at);
	telemetry->rate_exceeded = link_quality->has_rate_exceeded && link_quality->rate_exceeded;
	telemetry->clock_refused = link_quality->has_clock_refused && link_quality->clock_refused;
	settle_sign(
		coordinator, site, SIGN_MEDIA_AUTH_FAILURES, finds_forgeries(coordinator, site));
	settle_sign(coordinator, site, SIGN_RATE_EXCEEDED, telemetry->rate_exceeded);
	settle_sign(coordinator, site, SIGN_CLOCK_REFUSED, telemetry->clock_refused);
	tell_media(coordinator, site, found(coordinator, site, link_quality));
}

void telemetry_of_relay(struct coordinator *coordinator, const struct client *client,
	const struct wire_relay_report *report)
{
	struct telemetry *telemetry = coordinator->telemetry;
	note_relay(coordinator, client->peer.instance);
	if (media_keys_learn_relay(coordinator->media_keys, client->peer.instance, report)) {
		log_line(LOG_LINE_INFO, "relay has told its addresses and key");
		coordinator->desired_stale = true;
	}
	telemetry->packets_sent = report->packets_sent;
	telemetry->packets_received = report->packets_received;
	telemetry->auth_failures = report->auth_failures;
	telemetry->keys_refused = report->has_keys_refused ? report->keys_refused : 0;
	for (size_t i = 0; i < report->n_sites; i++) {
		measure(coordinator, &report->sites[i]);
	}
}

/* ---- pictures ---- */

/* [kind][JPEG] from the site becomes [kind][number, big-endian][JPEG] to people. */
static struct shared_buf *address_frame(uint32_t number, const uint8_t *bytes, size_t size)
{
	uint8_t frame[FRAME_MAX + 2];
	frame[0] = bytes[0];
	frame[1] = (uint8_t)(number >> 8);
	frame[2] = (uint8_t)number;
	memcpy(frame + 3, bytes + 1, size - 1);
	return shared_buf_copy(frame, size + 2, true);
}

bool telemetry_thumbnail(struct coordinator *coordinator, const struct client *client,
	const uint8_t *bytes, size_t size)
{
	uint32_t number = client->peer.number;
	if (!flap_damping_thumbnail(
		    &coordinator->flap_damping[number], engine_now(coordinator->engine).at)) {
		return true;
	}
	if (size < 1 || size > FRAME_MAX || bytes[0] != FRAME_THUMBNAIL ||
		!jpeg_is_thumbnail(bytes + 1, size - 1)) {
		return false;
	}
	struct site_telemetry *telemetry = &coordinator->telemetry->sites[number];
	struct shared_buf *frame = address_frame(number, bytes, size);
	if (!frame) {
		return true;
	}
	shared_buf_unref(telemetry->thumbnail);
	telemetry->thumbnail = frame;
	coordinator->telemetry->frames++;
	publish_to_staff(coordinator, OUTBOX_THUMBNAIL, number, frame);
	return true;
}

/* ---- telemetry ---- */

/* What the relay found is told only while there is one that goes on looking. */
static void tell_site(const struct meeting *meeting, const struct site *site,
	const struct site_telemetry *telemetry, struct wire_site_telemetry *ret)
{
	bool measured = telemetry->measured && mtg_relay(meeting)->link == LINK_STATE_ONLINE;

	memcpy(ret->site, site->id, sizeof(ret->site));
	ret->level_dbfs = telemetry->level_dbfs;
	ret->has_round_trip = telemetry->has_round_trip;
	ret->round_trip = telemetry->round_trip;
	ret->has_loss_permille = measured;
	ret->loss_permille = telemetry->loss_permille;
	ret->has_bits_per_second = measured;
	ret->bits_per_second = telemetry->bits_per_second;
	ret->has_converged = true;
	ret->converged = telemetry->converged;
}

/* The figures of all sites that have any (or fresh ones), as a message; NULL when there are none.
 */
static struct shared_buf *gather(struct coordinator *coordinator, bool all)
{
	const struct meeting *meeting = engine_committed(coordinator->engine);
	size_t count = mtg_site_count(meeting);
	struct wire_site_telemetry *sites = calloc(count + 1, sizeof(*sites));
	struct shared_buf *payload = NULL;
	size_t n = 0;
	for (size_t i = 0; sites && i < count; i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		struct site_telemetry *telemetry = &coordinator->telemetry->sites[site->number];
		if (all ? telemetry->reported : telemetry->fresh) {
			tell_site(meeting, site, telemetry, &sites[n++]);
		}
	}
	struct wire_message *message = n > 0 ? calloc(1, sizeof(*message)) : NULL;
	if (message) {
		message->type = WIRE_TELEMETRY;
		message->telemetry.sites = sites;
		message->telemetry.n_sites = n;
		shared_buf_encode(&msg_wire_message, message, &payload);
	}
	free(message);
	free(sites);
	return payload;
}

void telemetry_send(struct coordinator *coordinator)
{
	struct shared_buf *payload cleanup(shared_buf_unref) = gather(coordinator, false);
	if (payload) {
		publish_to_staff(coordinator, OUTBOX_TELEMETRY, 0, payload);
	}
	for (size_t i = 0; i <= SITES_MAX; i++) {
		coordinator->telemetry->sites[i].fresh = false;
	}
}

void telemetry_send_to(struct coordinator *coordinator, struct client *client)
{
	struct shared_buf *payload cleanup(shared_buf_unref) = gather(coordinator, true);
	if (payload) {
		client_send(&coordinator->clients, client, OUTBOX_TELEMETRY, 0, payload);
	}
	for (uint32_t i = 0; i <= SITES_MAX; i++) {
		struct shared_buf *thumbnail = coordinator->telemetry->sites[i].thumbnail;
		if (thumbnail) {
			client_send(&coordinator->clients, client, OUTBOX_THUMBNAIL, i, thumbnail);
		}
	}
}
