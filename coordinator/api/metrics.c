/* Figures in OpenMetrics text: base units, ratios from 0 to 1, `_total` on counters only. */
#include "coordinator/api/metrics.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "coordinator/meeting/floor.h"
#include "coordinator/meeting/roster.h"

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

/* One line per site: the third argument computes the value. */
static void per_site(FILE *out, const struct metrics_sources *sources, const char *name,
	const char *help,
	bool (*value)(const struct site *, const struct site_telemetry *, double *ret))
{
	const struct meeting *meeting = engine_committed(sources->engine);
	family(out, name, "gauge", help);
	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		const struct site *site = mtg_site(meeting, (int)i);
		double number;
		if (!site->removed &&
			value(site, &sources->telemetry->sites[site->number], &number)) {
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

static void write_sites(FILE *out, const struct metrics_sources *sources)
{
	per_site(out, sources, "diemcau_site_connected", "Control link of the site is up.",
		connected);
	per_site(out, sources, "diemcau_site_rtt_seconds", "Round trip of the site's control link.",
		round_trip);
	if (mtg_relay(engine_committed(sources->engine))->link != LINK_STATE_ONLINE) {
		return; /* the relay measures the rest */
	}
	per_site(out, sources, "diemcau_site_media_good",
		"Media of the site is good, as the relay measures it.", media_good);
	per_site(out, sources, "diemcau_site_packet_loss_ratio",
		"Media packets lost on the way to the relay.", loss);
	per_site(out, sources, "diemcau_site_received_bytes_per_second",
		"Media received from the site.", bit_rate);
}

static void write_meeting(FILE *out, const struct metrics_sources *sources)
{
	const struct meeting *meeting = engine_committed(sources->engine);
	counter(out, "diemcau_floor_takes", "Takes of the floor.", mtg_floor(meeting)->takes);
	counter(out, "diemcau_events", "Events of the journal.",
		(uint64_t)engine_seq(sources->engine));
}

static void write_process(FILE *out, const struct metrics_sources *sources)
{
	struct engine_figures turn = engine_figures(sources->engine);
	const struct clients *clients = sources->clients;
	gauge(out, "diemcau_peers", "Open websockets.", (int64_t)clients->count);
	struct ws_preauth_counts preauth = ws_preauth_counts(sources->ws);
	gauge(out, "diemcau_guests", "Connections that have not said who they are.",
		(int64_t)preauth.count);
	counter(out, "diemcau_guests_shown_out", "Of these, closed to make room for new ones.",
		preauth.evicted);
	gauge(out, "diemcau_journal_waiting_events", "Events decided and not yet on disk.",
		turn.waiting);
	gauge(out, "diemcau_journal_stalled", "1 while the disk is full.", turn.stalled);
	counter(out, "diemcau_orders", "Commands that came.", turn.commands);
	counter(out, "diemcau_refusals", "Commands and messages refused.", clients->refused);
	counter(out, "diemcau_repeated_commands", "Commands answered from memory.", turn.repeated);
	counter(out, "diemcau_slow_readers", "Peers closed because they could not follow.",
		clients->too_slow);
	counter(out, "diemcau_peers_turned_away", "Websockets that were not let in.",
		sources->connection_log->turned_away);
	counter(out, "diemcau_logins_failed", "Logins with a wrong name or password.",
		sources->logins->failed);
	counter(out, "diemcau_logins_slowed", "Logins refused unread after such failures.",
		sources->logins->slowed);
	counter(out, "diemcau_logins_put_off", "Logins refused unread: others came first.",
		sources->logins->put_off);
	gauge(out, "diemcau_logins_waiting", "Logins that wait for their turn.",
		(int64_t)sources->logins->queue.count);
	gauge(out, "diemcau_accounts_guessed_at", "Accounts at whose passwords somebody guesses.",
		(int64_t)sources->login_alerts->n_told);
	counter(out, "diemcau_frames", "Thumbnails received.",
		sources->telemetry->thumbnails.received);
	counter(out, "diemcau_relay_sent_packets", "Packets the relay has sent.",
		sources->telemetry->packets_sent);
	counter(out, "diemcau_relay_received_packets", "Packets the relay has received.",
		sources->telemetry->packets_received);
	counter(out, "diemcau_relay_auth_failures", "Packets that did not authenticate.",
		sources->telemetry->auth_failures);
	counter(out, "diemcau_media_keys_refused",
		"Uplink keys not taken: made for another relay, or used up before.",
		sources->media_keys->keys_refused + sources->telemetry->keys_refused);
}

void metrics_answer(
	const struct metrics_sources *sources, const struct responder *responder, uint64_t exchange)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (out) {
		write_meeting(out, sources);
		write_process(out, sources);
		write_sites(out, sources);
		fputs("# EOF\n", out);
		fclose(out);
	}
	respond_text(responder, exchange,
		"application/openmetrics-text; version=1.0.0; charset=utf-8", text ? text : "",
		size);
	free(text);
}
