/*
 * The relay: datagrams in, datagrams out, desired state in, report out. It reads no clock and opens
 * no socket; one thread owns it.
 *
 *	rly_relay_create(&config, &relay);
 *	rly_relay_set_desired(relay, &desired, now);	for each that the coordinator sends
 *	rly_relay_datagram(relay, &from, data, size, now);  for each that arrives
 *	rly_relay_tick(relay, now);			every rly_relay_wait_us()
 *	rly_relay_report(relay, now, &report);		once a second, or if rly_relay_has_changed()
 *
 * now is any monotonic clock in microseconds. Without a coordinator the last desired state stays in
 * force.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_RELAY_H
#define DIEMCAU_COORDINATOR_RELAY_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/fanout.h"
#include "coordinator/relay/uplink_limit.h"
#include "wire_msg.h"

enum rly_relay_limits {
	RLY_REPORTED_US = 10000000, /* a source silent for this long is not reported on */
	RLY_SR_US = 500000, /* sender reports of each slot */
	RLY_RR_US = 1000000, /* receiver reports to each site: they prove the path to it */
	RLY_REKEY_US = 3000000, /* between distributing a new group key and using it */
	RLY_KEYS_RETIRED = 32, /* of a site: former uplink keys, which are refused */
	RLY_DATAGRAM_MAX = 2048
};

struct rly_config {
	struct rly_egress egress;
	const char *cname; /* RTCP SDES of all slots; must outlive the relay */
	const char *instance; /* of this run, as in the hello message; copied */
	int64_t wall_offset_us; /* Unix time less now: for the NTP time of sender reports */
	/* Of every slot. NULL: at random (RFC 3550 section 5.1, RFC 3711 section 3.3.1). */
	const uint16_t *first_sequence;
	/* Of every source. NULL: rly_default_uplink_limits. */
	const struct rly_uplink_limits *limits;
};

struct rly_relay;

/*
 * Creates the group key. 0 or a negative errno. The caller owns the relay and calls
 * rly_relay_destroy.
 */
int rly_relay_create(const struct rly_config *config, struct rly_relay **ret_relay);

/* Takes NULL. */
void rly_relay_destroy(struct rly_relay *relay);

/*
 * Converges to the desired state; *desired is not referenced afterwards. Uplink keys are accepted
 * only from a desired state that names this instance: this instance does not know which packets
 * were seen under a key made for an earlier one. 0, or -ENOMEM / -EIO if a site could not be added:
 * the rest is applied, and repeating the call tries again.
 */
int rly_relay_set_desired(
	struct rly_relay *relay, const struct wire_relay_desired *desired, int64_t now_us);

/* One received datagram; decrypted in place. data is aligned to 4 bytes. */
void rly_relay_datagram(struct rly_relay *relay, const struct rly_address *from, uint8_t *data,
	size_t size, int64_t now_us);

/* Runs everything that is due. */
void rly_relay_tick(struct rly_relay *relay, int64_t now_us);

/* How long the caller may wait for datagrams before the next tick. */
int64_t rly_relay_wait_us(const struct rly_relay *relay, int64_t now_us);

/* True if a report should be sent at once: a media state, a source or a key has changed. */
bool rly_relay_has_changed(const struct rly_relay *relay);

/*
 * The current report, without addresses. Its sites are allocated: the caller frees them with
 * rly_report_finish. 0 or -ENOMEM.
 */
int rly_relay_report(struct rly_relay *relay, int64_t now_us, struct wire_relay_report *ret_report);
void rly_report_finish(struct wire_relay_report *report);

#endif
