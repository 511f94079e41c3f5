/* The relay's report message. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/relay/relay_private.h"

static void fill_site(
	const struct rly_site *site, int64_t now_us, struct wire_relay_site_report *into)
{
	struct rly_sample sum = rly_meter_sum(&site->meter, now_us);
	into->number = site->number;
	into->media = site->media_state;
	into->bits_per_second = sum.bytes * 8 / RLY_METER_SECONDS;
	into->loss_permille = rly_loss_permille(&sum);
	into->auth_failures = site->refused;
	into->packets = site->packets;
	into->rate_exceeded = into->has_rate_exceeded = rly_is_over_limit(&sum);
	into->clock_refused = into->has_clock_refused = rly_has_odd_clock(&sum);
	if (site->round_trip_us >= 0) {
		into->has_round_trip = true;
		into->round_trip = (struct span){(site->round_trip_us + 500) / 1000};
	}
	if (site->path.proven) {
		into->has_address = true;
		rly_address_text(
			&site->path.receiver.address, into->address, sizeof(into->address));
	}
}

static void fill_slot(const struct rly_slot *slot, struct wire_relay_slot *into)
{
	into->slot = media_slot_of_number(slot->number);
	into->packets = slot->packets;
	uint16_t stream = slot->route.run.stream;
	if (stream) {
		into->has_site = true;
		into->site = media_stream_site(stream);
	}
}

int rly_relay_report(struct rly_relay *relay, int64_t now_us, struct wire_relay_report *ret_report)
{
	struct wire_relay_site_report *sites = calloc(relay->n_sites + 1, sizeof(*sites));
	if (!sites) {
		return -ENOMEM;
	}
	memset(ret_report, 0, sizeof(*ret_report));
	ret_report->version = relay->version;
	media_key_to_text(relay->rekeying ? &relay->next_key : &relay->key, ret_report->group_key);
	ret_report->n_slots = MEDIA_SLOTS;
	for (size_t i = 0; i < MEDIA_SLOTS; i++) {
		fill_slot(&relay->slots[i], &ret_report->slots[i]);
	}
	ret_report->auth_failures = relay->unknown_packets;
	for (size_t i = 0; i < relay->n_sites; i++) {
		fill_site(relay->by_number[relay->numbers[i]], now_us, &sites[i]);
		ret_report->auth_failures += sites[i].auth_failures;
	}
	ret_report->sites = sites;
	ret_report->n_sites = relay->n_sites;
	ret_report->has_keys_refused = true;
	ret_report->keys_refused = relay->keys_refused;
	ret_report->packets_sent = relay->sent;
	ret_report->packets_received = relay->received;
	relay->changed = false;
	return 0;
}

void rly_report_finish(struct wire_relay_report *report)
{
	/* The array was allocated here; only the message declares it const. */
	union {
		const struct wire_relay_site_report *borrowed;
		void *owned;
	} sites = {.borrowed = report->sites};
	free(sites.owned);
	report->sites = NULL;
	report->n_sites = 0;
}
