#include "coordinator/peers/reports.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/peers/jpeg.h"
#include "coordinator/peers/publish.h"

enum { PACKETS_MAX = 1000000, ROUND_TRIP_MAX_MS = 60000 };

struct figures *figures_create(void)
{
	return calloc(1, sizeof(struct figures));
}

void figures_destroy(struct figures *figures)
{
	for (size_t i = 0; figures && i <= SITES_MAX; i++) {
		payload_drop(figures->sites[i].thumbnail);
	}
	free(figures);
}

/* ---- facts ---- */

static void order_sign(
	struct coordinator *coordinator, const struct site *site, enum sign sign, bool present)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_OBSERVE;
	memcpy(command.site_observe.site, site->id, sizeof(command.site_observe.site));
	command.site_observe.sign = sign;
	command.site_observe.present = present;
	turn_order_system(coordinator->turn, &command);
}

static void settle_sign(
	struct coordinator *coordinator, const struct site *site, enum sign sign, bool present)
{
	struct damping *damping = &coordinator->damping[site->number];
	struct instant now = turn_now(coordinator->turn).at;
	if (damping_sign(damping, sign, present, site->signs[sign], now)) {
		order_sign(coordinator, site, sign, present);
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
	struct reception *reception = &coordinator->figures->sites[site->number].reception;
	struct instant now = turn_now(coordinator->turn).at;
	for (size_t i = 0; i < report->n_slots; i++) {
		const struct wire_slot_stats *slot = &report->slots[i];
		reception_note(reception,
			&(struct reception_count){bounded(slot->packets), bounded(slot->lost),
				bounded(slot->unrecovered)},
			now);
	}
	return reception_poor(reception, site->signs[SIGN_RECEPTION_POOR], now);
}

/* What the site finds in what it receives, or the relay in what comes in its name. */
static bool finds_forgeries(const struct coordinator *coordinator, const struct site *site)
{
	const struct figures_site *figures = &coordinator->figures->sites[site->number];
	return figures->warns ||
	       suspicion_holds(&figures->suspicion, turn_now(coordinator->turn).at);
}

static void observe(struct coordinator *coordinator, const struct site *site,
	const struct wire_site_report *report)
{
	const struct figures_site *figures = &coordinator->figures->sites[site->number];
	bool present[SIGN_END] = {false};
	for (size_t i = 0; report->has_signs && i < report->n_signs; i++) {
		present[report->signs[i]] = true;
	}
	/* These are not the site's alone to give: figures say them. */
	coordinator->figures->sites[site->number].warns = present[SIGN_MEDIA_AUTH_FAILURES];
	present[SIGN_MEDIA_AUTH_FAILURES] = finds_forgeries(coordinator, site);
	present[SIGN_RATE_EXCEEDED] = figures->rate_exceeded;
	present[SIGN_CLOCK_REFUSED] = figures->clock_refused;
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

static void order_media(
	struct coordinator *coordinator, const struct site *site, enum media_state media)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_MEDIA;
	memcpy(command.site_media.site, site->id, sizeof(command.site_media.site));
	command.site_media.media = media;
	turn_order_system(coordinator->turn, &command);
}

static void tell_media(
	struct coordinator *coordinator, const struct site *site, enum media_state media)
{
	const struct meeting *meeting = turn_ahead(coordinator->turn);
	bool urgent = media == MEDIA_STATE_SILENT &&
		      mtg_site_index(meeting, site) == mtg_site_on_air(meeting);
	if (site->media != media && damping_media(&coordinator->damping[site->number], urgent,
					    turn_now(coordinator->turn).at)) {
		order_media(coordinator, site, media);
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
	uint64_t now_ms = (uint64_t)turn_now(coordinator->turn).at.ms;
	struct secrets *secrets = coordinator->secrets;
	if (secrets->rekey == 0 || now_ms - secrets->rekey >= GROUP_KEY_SPAN_MS) {
		secrets->rekey = now_ms > 0 ? now_ms : 1;
		coordinator->desired_stale = true;
		log_line(LOG_LINE_NOTICE,
			"site %s refuses packets sealed with the group key: there will be another",
			client->peer.site);
	}
}

static void learn_key(
	struct coordinator *coordinator, uint32_t number, const struct wire_uplink_key *key)
{
	struct rate *rate = &coordinator->figures->sites[number].keys;
	struct instant now = turn_now(coordinator->turn).at;
	if (!secrets_knows_site(coordinator->secrets, number, key) &&
		rate_take(rate, SITE_KEYS_PER_SECOND, SITE_KEYS_BURST, now) &&
		secrets_learn_site(coordinator->secrets, number, key)) {
		coordinator->desired_stale = true;
	}
}

void report_of_site(struct coordinator *coordinator, const struct client *client,
	const struct wire_site_report *report)
{
	uint32_t number = client->peer.number;
	struct figures_site *figures = &coordinator->figures->sites[number];
	if (!damping_report(&coordinator->damping[number], turn_now(coordinator->turn).at)) {
		return; /* it will say it again */
	}
	figures->reported = true;
	figures->fresh = true;
	figures->level_dbfs = report->level_dbfs;
	figures->has_round_trip = report->has_round_trip && is_round_trip(report->round_trip);
	figures->round_trip = report->round_trip;
	figures->converged = report->version == publish_version(coordinator, number);
	if (report->has_key) {
		learn_key(coordinator, number, &report->key);
	}
	const struct site *site = mtg_site_by_number(turn_ahead(coordinator->turn), number);
	if (report->has_group_key_spent && report->group_key_spent && site && !site->barred) {
		ask_group_key(coordinator, client);
	}
	if (site) {
		observe(coordinator, site, report);
	}
}

/* What the relay found; it does not know whom the relay before it had media of. */
static enum media_state found(const struct coordinator *coordinator, const struct site *site,
	const struct wire_relay_reception *reception)
{
	struct instant now = turn_now(coordinator->turn).at;
	bool missed = reception->media == MEDIA_STATE_NONE && site->media != MEDIA_STATE_NONE;
	bool soon = span_between(coordinator->figures->relay_since, now).ms < MEDIA_RETURN_SPAN_MS;
	if (!missed) {
		return reception->media;
	}
	return soon ? site->media : MEDIA_STATE_SILENT;
}

static void note_relay(struct coordinator *coordinator, const char *instance)
{
	struct figures *figures = coordinator->figures;
	if (strcmp(figures->relay, instance) != 0) {
		memcpy(figures->relay, instance, sizeof(figures->relay));
		figures->relay_since = turn_now(coordinator->turn).at;
	}
}

static void measure(struct coordinator *coordinator, const struct wire_relay_reception *reception)
{
	const struct site *site =
		mtg_site_by_number(turn_ahead(coordinator->turn), reception->number);
	if (!site) {
		return;
	}
	struct figures_site *figures = &coordinator->figures->sites[reception->number];
	figures->measured = true;
	figures->fresh = figures->reported;
	figures->loss_permille = reception->loss_permille;
	figures->bits_per_second = reception->bits_per_second;
	figures->auth_failures = reception->auth_failures;
	suspicion_note(
		&figures->suspicion, reception->auth_failures, turn_now(coordinator->turn).at);
	figures->rate_exceeded = reception->has_rate_exceeded && reception->rate_exceeded;
	figures->clock_refused = reception->has_clock_refused && reception->clock_refused;
	settle_sign(
		coordinator, site, SIGN_MEDIA_AUTH_FAILURES, finds_forgeries(coordinator, site));
	settle_sign(coordinator, site, SIGN_RATE_EXCEEDED, figures->rate_exceeded);
	settle_sign(coordinator, site, SIGN_CLOCK_REFUSED, figures->clock_refused);
	tell_media(coordinator, site, found(coordinator, site, reception));
}

void report_of_relay(struct coordinator *coordinator, const struct client *client,
	const struct wire_relay_report *report)
{
	struct figures *figures = coordinator->figures;
	note_relay(coordinator, client->peer.instance);
	if (secrets_learn_relay(coordinator->secrets, client->peer.instance, report)) {
		log_line(LOG_LINE_INFO, "relay has told its addresses and key");
		coordinator->desired_stale = true;
	}
	figures->packets_sent = report->packets_sent;
	figures->packets_received = report->packets_received;
	figures->auth_failures = report->auth_failures;
	figures->keys_refused = report->has_keys_refused ? report->keys_refused : 0;
	for (size_t i = 0; i < report->n_sites; i++) {
		measure(coordinator, &report->sites[i]);
	}
}

/* ---- pictures ---- */

/* [kind][JPEG] from the site becomes [kind][number, big-endian][JPEG] to people. */
static struct payload *address_frame(uint32_t number, const uint8_t *bytes, size_t size)
{
	uint8_t frame[FRAME_MAX + 2];
	frame[0] = bytes[0];
	frame[1] = (uint8_t)(number >> 8);
	frame[2] = (uint8_t)number;
	memcpy(frame + 3, bytes + 1, size - 1);
	return payload_copy(frame, size + 2, true);
}

bool report_frame(struct coordinator *coordinator, const struct client *client,
	const uint8_t *bytes, size_t size)
{
	uint32_t number = client->peer.number;
	if (!damping_thumbnail(&coordinator->damping[number], turn_now(coordinator->turn).at)) {
		return true;
	}
	if (size < 1 || size > FRAME_MAX || bytes[0] != FRAME_THUMBNAIL ||
		!jpeg_is_thumbnail(bytes + 1, size - 1)) {
		return false;
	}
	struct figures_site *figures = &coordinator->figures->sites[number];
	struct payload *frame = address_frame(number, bytes, size);
	if (!frame) {
		return true;
	}
	payload_drop(figures->thumbnail);
	figures->thumbnail = frame;
	coordinator->figures->frames++;
	publish_to_staff(coordinator, OUTBOX_FRAME, number, frame);
	return true;
}

/* ---- telemetry ---- */

/* What the relay found is told only while there is one that goes on looking. */
static void tell_site(const struct meeting *meeting, const struct site *site,
	const struct figures_site *figures, struct wire_site_telemetry *ret)
{
	bool measured = figures->measured && mtg_relay(meeting)->link == LINK_STATE_ONLINE;

	memcpy(ret->site, site->id, sizeof(ret->site));
	ret->level_dbfs = figures->level_dbfs;
	ret->has_round_trip = figures->has_round_trip;
	ret->round_trip = figures->round_trip;
	ret->has_loss_permille = measured;
	ret->loss_permille = figures->loss_permille;
	ret->has_bits_per_second = measured;
	ret->bits_per_second = figures->bits_per_second;
	ret->has_converged = true;
	ret->converged = figures->converged;
}

/* The figures of all sites that have any (or fresh ones), as a message; NULL when there are none.
 */
static struct payload *gather(struct coordinator *coordinator, bool all)
{
	const struct meeting *meeting = turn_told(coordinator->turn);
	size_t count = mtg_site_count(meeting);
	struct wire_site_telemetry *sites = calloc(count + 1, sizeof(*sites));
	struct payload *payload = NULL;
	size_t n = 0;
	for (size_t i = 0; sites && i < count; i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		struct figures_site *figures = &coordinator->figures->sites[site->number];
		if (all ? figures->reported : figures->fresh) {
			tell_site(meeting, site, figures, &sites[n++]);
		}
	}
	struct wire_message *message = n > 0 ? calloc(1, sizeof(*message)) : NULL;
	if (message) {
		message->type = WIRE_TELEMETRY;
		message->telemetry.sites = sites;
		message->telemetry.n_sites = n;
		payload_encode(&msg_wire_message, message, &payload);
	}
	free(message);
	free(sites);
	return payload;
}

void report_telemetry(struct coordinator *coordinator)
{
	struct payload *payload cleanup(payload_drop) = gather(coordinator, false);
	if (payload) {
		publish_to_staff(coordinator, OUTBOX_TELEMETRY, 0, payload);
	}
	for (size_t i = 0; i <= SITES_MAX; i++) {
		coordinator->figures->sites[i].fresh = false;
	}
}

void report_all_to(struct coordinator *coordinator, struct client *client)
{
	struct payload *payload cleanup(payload_drop) = gather(coordinator, true);
	if (payload) {
		client_send(&coordinator->clients, client, OUTBOX_TELEMETRY, 0, payload);
	}
	for (uint32_t i = 0; i <= SITES_MAX; i++) {
		struct payload *thumbnail = coordinator->figures->sites[i].thumbnail;
		if (thumbnail) {
			client_send(&coordinator->clients, client, OUTBOX_FRAME, i, thumbnail);
		}
	}
}
