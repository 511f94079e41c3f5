#include "coordinator/telemetry/telemetry.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/film.h"
#include "coordinator/meeting/roster.h"

enum { PACKETS_MAX = 1000000, ROUND_TRIP_MAX_MS = 60000 };

struct telemetry *telemetry_create(struct engine *engine, struct media_keys *media_keys)
{
	struct telemetry *telemetry = calloc(1, sizeof(*telemetry));
	if (telemetry) {
		telemetry->engine = engine;
		telemetry->media_keys = media_keys;
	}
	return telemetry;
}

void telemetry_destroy(struct telemetry *telemetry)
{
	if (telemetry) {
		thumbnails_finish(&telemetry->thumbnails);
	}
	free(telemetry);
}

/* ---- facts ---- */

static void submit_sign(
	struct telemetry *telemetry, const struct site *site, enum sign sign, bool present)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_OBSERVE;
	memcpy(command.site_observe.site, site->id, sizeof(command.site_observe.site));
	command.site_observe.sign = sign;
	command.site_observe.present = present;
	engine_submit_system(telemetry->engine, &command);
}

static void settle_sign(
	struct telemetry *telemetry, const struct site *site, enum sign sign, bool present)
{
	struct flap_damping *flap_damping = &telemetry->damping[site->number];
	struct instant now = engine_service_now(telemetry->engine).at;
	if (flap_damping_sign(flap_damping, sign, present, site->signs[sign], now)) {
		submit_sign(telemetry, site, sign, present);
	}
}

/* No honest report has more in a second; so sums cannot overflow. */
static uint32_t bounded(uint64_t packets)
{
	return packets < PACKETS_MAX ? (uint32_t)packets : PACKETS_MAX;
}

/* Adds the counts since its last report; returns whether the link is poor now. */
static bool receives_poorly(
	struct telemetry *telemetry, const struct site *site, const struct wire_site_report *report)
{
	struct link_quality *link_quality = &telemetry->sites[site->number].link_quality;
	struct instant now = engine_service_now(telemetry->engine).at;
	for (size_t i = 0; i < report->n_slots; i++) {
		const struct wire_slot_stats *slot = &report->slots[i];
		link_quality_add(link_quality,
			&(struct link_quality_count){bounded(slot->packets), bounded(slot->lost),
				bounded(slot->unrecovered)},
			now);
	}
	return link_quality_is_poor(link_quality, site->signs[SIGN_RECEPTION_POOR], now);
}

/* Signs found by the site in what it receives, or by the relay in packets in its name. */
static bool finds_forgeries(const struct telemetry *telemetry, const struct site *site)
{
	const struct site_telemetry *figures = &telemetry->sites[site->number];
	return figures->warns || forgery_detector_alarmed(&figures->forgery_detector,
					 engine_service_now(telemetry->engine).at);
}

static void observe(
	struct telemetry *telemetry, const struct site *site, const struct wire_site_report *report)
{
	struct site_telemetry *figures = &telemetry->sites[site->number];
	bool present[SIGN_END] = {false};
	for (size_t i = 0; report->has_signs && i < report->n_signs; i++) {
		present[report->signs[i]] = true;
	}
	/* The site does not decide these signs alone: counts decide. */
	figures->warns = present[SIGN_MEDIA_AUTH_FAILURES];
	present[SIGN_MEDIA_AUTH_FAILURES] = finds_forgeries(telemetry, site);
	present[SIGN_RATE_EXCEEDED] = figures->rate_exceeded;
	present[SIGN_CLOCK_REFUSED] = figures->clock_refused;
	present[SIGN_RECEPTION_POOR] = receives_poorly(telemetry, site, report);
	/* Signs that are set come first, where not all may be recorded. */
	for (int sign = SIGN_UNSET + 1; sign < SIGN_END; sign++) {
		if (present[sign]) {
			settle_sign(telemetry, site, (enum sign)sign, true);
		}
	}
	for (int sign = SIGN_UNSET + 1; sign < SIGN_END; sign++) {
		if (!present[sign]) {
			settle_sign(telemetry, site, (enum sign)sign, false);
		}
	}
}

/* Of the player. What is decided upon it is the meeting's affair; here it is kept from flooding. */
static void report_film(
	struct telemetry *telemetry, const struct site *site, const struct wire_film_report *report)
{
	const struct meeting *meeting = engine_pending(telemetry->engine);
	struct instant now = engine_service_now(telemetry->engine).at;
	struct command command;

	memset(&command, 0, sizeof(command));
	command.name = CMD_FILM_OBSERVE;
	struct cmd_film_observe *film = &command.film_observe;
	memcpy(film->site, site->id, sizeof(film->site));
	memcpy(film->item, report->item, sizeof(film->item));
	film->run = report->run;
	film->state = report->state;
	film->position = report->position;
	film->has_length = report->has_length;
	film->length = report->length;
	if (mtg_film_is_news(meeting, film, now) &&
		flap_damping_film(&telemetry->damping[site->number], now)) {
		engine_submit_system(telemetry->engine, &command);
	}
}

static void submit_media(
	struct telemetry *telemetry, const struct site *site, enum media_state media)
{
	struct command command;
	memset(&command, 0, sizeof(command));
	command.name = CMD_SITE_MEDIA;
	memcpy(command.site_media.site, site->id, sizeof(command.site_media.site));
	command.site_media.media = media;
	engine_submit_system(telemetry->engine, &command);
}

static void report_media(
	struct telemetry *telemetry, const struct site *site, enum media_state media)
{
	const struct meeting *meeting = engine_pending(telemetry->engine);
	bool urgent = media == MEDIA_STATE_SILENT &&
		      mtg_site_index(meeting, site) == mtg_input_on_air(meeting);
	if (site->media != media && flap_damping_media(&telemetry->damping[site->number], urgent,
					    engine_service_now(telemetry->engine).at)) {
		submit_media(telemetry, site, media);
	}
}

/* ---- reports ---- */

/* A longer round trip than any line has means a wrong clock, or a false report. */
static bool is_round_trip(struct span span)
{
	return span.ms >= 0 && span.ms <= ROUND_TRIP_MAX_MS;
}

/* A site that asks repeatedly gets one every 15 s, which does not disturb the others. */
static void ask_group_key(struct telemetry *telemetry, const struct site *site)
{
	uint64_t now_ms = (uint64_t)engine_service_now(telemetry->engine).at.ms;
	struct media_keys *media_keys = telemetry->media_keys;
	if (media_keys->rekey == 0 || now_ms - media_keys->rekey >= GROUP_KEY_SPAN_MS) {
		media_keys_ask_rekey(media_keys, now_ms > 0 ? now_ms : 1);
		log_line(LOG_LINE_NOTICE,
			"site %s refuses packets sealed with the group key: there will be another",
			site->id);
	}
}

static void learn_key(
	struct telemetry *telemetry, uint32_t number, const struct wire_uplink_key *key)
{
	struct token_bucket *rate = &telemetry->sites[number].keys;
	struct instant now = engine_service_now(telemetry->engine).at;
	if (!media_keys_knows_site(telemetry->media_keys, number, key) &&
		token_bucket_take(rate, SITE_KEYS_PER_SECOND, SITE_KEYS_BURST, now)) {
		media_keys_learn_site(telemetry->media_keys, number, key);
	}
}

void telemetry_of_site(struct telemetry *telemetry, uint32_t number, uint64_t version,
	const struct wire_site_report *report)
{
	struct site_telemetry *figures = &telemetry->sites[number];
	if (!flap_damping_report(
		    &telemetry->damping[number], engine_service_now(telemetry->engine).at)) {
		return; /* it reports it again */
	}
	figures->reported = true;
	figures->fresh = true;
	figures->level_dbfs = report->level_dbfs;
	figures->has_round_trip = report->has_round_trip && is_round_trip(report->round_trip);
	figures->round_trip = report->round_trip;
	figures->converged = report->version == version;
	figures->bell = report->has_bell ? report->bell : 0;
	if (report->has_key) {
		learn_key(telemetry, number, &report->key);
	}
	const struct site *site = mtg_site_by_number(engine_pending(telemetry->engine), number);
	if (report->has_group_key_spent && report->group_key_spent && site && !site->barred) {
		ask_group_key(telemetry, site);
	}
	if (site) {
		observe(telemetry, site, report);
	}
	if (site && report->has_film && !mtg_is_venue(site)) {
		report_film(telemetry, site, &report->film);
	}
}

/* Reports of the relay; a new relay does not know which sites sent media to the one before. */
static enum media_state found(const struct telemetry *telemetry, const struct site *site,
	const struct wire_relay_site_report *reception)
{
	struct instant now = engine_service_now(telemetry->engine).at;
	bool missed = reception->media == MEDIA_STATE_NONE && site->media != MEDIA_STATE_NONE;
	bool soon = span_between(telemetry->relay_since, now).ms < MEDIA_RETURN_SPAN_MS;
	if (!missed) {
		return reception->media;
	}
	return soon ? site->media : MEDIA_STATE_SILENT;
}

static void note_relay(struct telemetry *telemetry, const char *instance)
{
	if (strcmp(telemetry->relay, instance) != 0) {
		memcpy(telemetry->relay, instance, sizeof(telemetry->relay));
		telemetry->relay_since = engine_service_now(telemetry->engine).at;
	}
}

static void measure(struct telemetry *telemetry, const struct wire_relay_site_report *reception)
{
	const struct site *site =
		mtg_site_by_number(engine_pending(telemetry->engine), reception->number);
	if (!site) {
		return;
	}
	struct site_telemetry *figures = &telemetry->sites[reception->number];
	figures->measured = true;
	figures->fresh = figures->reported;
	figures->loss_permille = reception->loss_permille;
	figures->bits_per_second = reception->bits_per_second;
	figures->auth_failures = reception->auth_failures;
	forgery_detector_add(&figures->forgery_detector, reception->auth_failures,
		engine_service_now(telemetry->engine).at);
	figures->rate_exceeded = reception->has_rate_exceeded && reception->rate_exceeded;
	figures->clock_refused = reception->has_clock_refused && reception->clock_refused;
	settle_sign(telemetry, site, SIGN_MEDIA_AUTH_FAILURES, finds_forgeries(telemetry, site));
	settle_sign(telemetry, site, SIGN_RATE_EXCEEDED, figures->rate_exceeded);
	settle_sign(telemetry, site, SIGN_CLOCK_REFUSED, figures->clock_refused);
	report_media(telemetry, site, found(telemetry, site, reception));
}

void telemetry_of_relay(
	struct telemetry *telemetry, const char *instance, const struct wire_relay_report *report)
{
	note_relay(telemetry, instance);
	if (media_keys_learn_relay(telemetry->media_keys, instance, report)) {
		log_line(LOG_LINE_INFO, "relay has reported its addresses and key");
	}
	telemetry->packets_sent = report->packets_sent;
	telemetry->packets_received = report->packets_received;
	telemetry->auth_failures = report->auth_failures;
	telemetry->keys_refused = report->has_keys_refused ? report->keys_refused : 0;
	for (size_t i = 0; i < report->n_sites; i++) {
		measure(telemetry, &report->sites[i]);
	}
}

/* ---- thumbnails ---- */

bool telemetry_of_thumbnail(struct telemetry *telemetry, uint32_t number, const uint8_t *bytes,
	size_t size, struct shared_buf **ret_thumbnail)
{
	struct thumbnails *thumbnails = &telemetry->thumbnails;
	uint64_t before = thumbnails->received;
	*ret_thumbnail = NULL;
	if (!flap_damping_thumbnail(
		    &telemetry->damping[number], engine_service_now(telemetry->engine).at)) {
		return true;
	}
	if (!thumbnails_take(thumbnails, number, bytes, size)) {
		return false;
	}
	if (thumbnails->received > before) {
		*ret_thumbnail = thumbnails->latest[number];
	}
	return true;
}

/* ---- telemetry ---- */

/* Figures of the relay are sent only while it keeps reporting. */
static void report_site(const struct meeting *meeting, const struct site *site,
	const struct site_telemetry *figures, struct wire_site_telemetry *ret)
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
	ret->has_bell = figures->bell > 0;
	ret->bell = figures->bell;
	ret->has_converged = true;
	ret->converged = figures->converged;
}

/* The figures of all sites that have any (or fresh ones), as a message; NULL when there are none.
 */
static struct shared_buf *gather(const struct telemetry *telemetry, bool all)
{
	const struct meeting *meeting = engine_committed(telemetry->engine);
	size_t count = mtg_site_count(meeting);
	struct wire_site_telemetry *sites = calloc(count + 1, sizeof(*sites));
	struct shared_buf *payload = NULL;
	size_t n = 0;
	for (size_t i = 0; sites && i < count; i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		const struct site_telemetry *figures = &telemetry->sites[site->number];
		if (!site->removed && (all ? figures->reported : figures->fresh)) {
			report_site(meeting, site, figures, &sites[n++]);
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

struct shared_buf *telemetry_fresh(struct telemetry *telemetry)
{
	struct shared_buf *payload = gather(telemetry, false);
	for (size_t i = 0; i <= SITES_MAX; i++) {
		telemetry->sites[i].fresh = false;
	}
	return payload;
}

struct shared_buf *telemetry_all(struct telemetry *telemetry)
{
	return gather(telemetry, true);
}
