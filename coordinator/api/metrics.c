/* Figures in OpenMetrics text: base units, ratios from 0 to 1, `_total` on counters only. */
#include "coordinator/api/api.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/telemetry/telemetry.h"

static void family(FILE *out, const char *name, const char *type, const char *help)
{
	fprintf(out, "# TYPE %s %s\n# HELP %s %s\n", name, type, name, help);
}

static void gauge(FILE *out, const char *name, const char *help, int64_t value)
{
	family(out, name, "gauge", help);
	fprintf(out, "%s %" PRId64 "\n", name, value);
}

static void counter(FILE *out, const char *name, const char *help, uint64_t value)
{
	family(out, name, "counter", help);
	fprintf(out, "%s_total %" PRIu64 "\n", name, value);
}

/* One line per site: the value is the third argument's work. */
static void per_site(FILE *out, struct coordinator *coordinator, const char *name, const char *help,
	bool (*value)(const struct site *, const struct site_telemetry *, double *ret))
{
	const struct meeting *meeting = engine_committed(coordinator->engine);
	family(out, name, "gauge", help);
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		double number;
		if (value(site, &coordinator->telemetry->sites[site->number], &number)) {
			fprintf(out, "%s{site=\"%s\"} %.9g\n", name, site->id, number);
		}
	}
}

static bool connected(const struct site *site, const struct site_telemetry *figures, double *ret)
{
	(void)figures;
	*ret = site->link == LINK_STATE_ONLINE;
	return true;
}

static bool media_good(const struct site *site, const struct site_telemetry *figures, double *ret)
{
	(void)figures;
	*ret = site->media == MEDIA_STATE_GOOD;
	return true;
}

static bool round_trip(const struct site *site, const struct site_telemetry *figures, double *ret)
{
	(void)site;
	*ret = (double)figures->round_trip.ms / 1000.0;
	return figures->has_round_trip;
}

static bool loss(const struct site *site, const struct site_telemetry *figures, double *ret)
{
	(void)site;
	*ret = (double)figures->loss_permille / 1000.0;
	return figures->measured;
}

static bool bit_rate(const struct site *site, const struct site_telemetry *figures, double *ret)
{
	(void)site;
	*ret = (double)figures->bits_per_second / 8.0;
	return figures->measured;
}

static void write_sites(FILE *out, struct coordinator *coordinator)
{
	per_site(out, coordinator, "diemcau_site_connected", "Control link of the site is up.",
		connected);
	per_site(out, coordinator, "diemcau_site_rtt_seconds",
		"Round trip of the site's control link.", round_trip);
	if (mtg_relay(engine_committed(coordinator->engine))->link != LINK_STATE_ONLINE) {
		return; /* the rest is what the relay measures */
	}
	per_site(out, coordinator, "diemcau_site_media_good",
		"Media of the site is good, as the relay measures it.", media_good);
	per_site(out, coordinator, "diemcau_site_packet_loss_ratio",
		"Media packets lost on the way to the relay.", loss);
	per_site(out, coordinator, "diemcau_site_received_bytes_per_second",
		"Media received from the site.", bit_rate);
}

static void write_meeting(FILE *out, struct coordinator *coordinator)
{
	const struct meeting *meeting = engine_committed(coordinator->engine);
	counter(out, "diemcau_floor_takes", "Takes of the floor.", mtg_floor(meeting)->takes);
	counter(out, "diemcau_events", "Events of the journal.",
		(uint64_t)coordinator_seq(coordinator));
}

static void write_process(FILE *out, struct coordinator *coordinator)
{
	struct engine_figures engine = engine_figures(coordinator->engine);
	const struct clients *clients = &coordinator->clients;
	gauge(out, "diemcau_peers", "Open websockets.", (int64_t)clients->count);
	struct ws_preauth_counts guests = ws_preauth_counts(atomic_load(&coordinator->ws));
	gauge(out, "diemcau_guests", "Connections that have not said who they are.",
		(int64_t)guests.count);
	counter(out, "diemcau_guests_shown_out", "Of these, closed to make room for new ones.",
		guests.evicted);
	gauge(out, "diemcau_journal_waiting_events", "Events decided and not yet on disk.",
		engine.waiting);
	gauge(out, "diemcau_journal_stalled", "1 while the disk is full.", engine.stalled);
	counter(out, "diemcau_commands", "Commands that came.", engine.commands);
	counter(out, "diemcau_refusals", "Commands and messages refused.", clients->refused);
	counter(out, "diemcau_repeated_commands", "Commands answered from memory.",
		engine.repeated);
	counter(out, "diemcau_slow_readers", "Peers closed because they could not follow.",
		clients->too_slow);
	counter(out, "diemcau_peers_turned_away", "Websockets that were not let in.",
		coordinator->turned_away);
	counter(out, "diemcau_logins_failed", "Logins with a wrong name or password.",
		coordinator->logins_failed);
	counter(out, "diemcau_logins_slowed", "Logins refused unread after such failures.",
		coordinator->logins_slowed);
	counter(out, "diemcau_logins_put_off", "Logins refused unread: others came first.",
		coordinator->logins_put_off);
	gauge(out, "diemcau_logins_waiting", "Logins that wait for their turn.",
		(int64_t)coordinator->login_queue.count);
	gauge(out, "diemcau_accounts_guessed_at", "Accounts at whose passwords somebody guesses.",
		(int64_t)coordinator->login_alerts.n_told);
	counter(out, "diemcau_frames", "Thumbnails received.", coordinator->telemetry->frames);
	counter(out, "diemcau_relay_sent_packets", "Packets the relay has sent.",
		coordinator->telemetry->packets_sent);
	counter(out, "diemcau_relay_received_packets", "Packets the relay has received.",
		coordinator->telemetry->packets_received);
	counter(out, "diemcau_relay_auth_failures", "Packets that did not authenticate.",
		coordinator->telemetry->auth_failures);
	counter(out, "diemcau_media_keys_refused",
		"Uplink keys not taken: made for another relay, or used up before.",
		coordinator->media_keys->keys_refused + coordinator->telemetry->keys_refused);
}

void api_metrics(struct coordinator *coordinator, uint64_t exchange)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (out) {
		write_meeting(out, coordinator);
		write_process(out, coordinator);
		write_sites(out, coordinator);
		fputs("# EOF\n", out);
		fclose(out);
	}
	api_answer_text(coordinator, exchange,
		"application/openmetrics-text; version=1.0.0; charset=utf-8", text ? text : "",
		size);
	free(text);
}
