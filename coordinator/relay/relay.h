/*
 * The relay itself: datagrams in, datagrams out, desired state in, figures out. It reads no clock
 * and opens no socket; one thread owns it.
 *
 *	rly_relay_create(&config, &relay);
 *	rly_relay_set_desired(relay, &desired, now);	whenever the coordinator says
 *	rly_relay_datagram(relay, &from, data, size, now);  for each that arrives
 *	rly_relay_tick(relay, now);			every rly_relay_wait_us()
 *	rly_relay_report(relay, now, &report);		once a second, or where rly_relay_changed()
 *
 * now is any monotonic clock in microseconds. Without a coordinator it goes on as last told.
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
	RLY_SLOTS = SLOT_END - 1,
	RLY_REPORTED_US = 10000000, /* a source unheard for this long is not reported on */
	RLY_SR_US = 500000, /* sender reports of each slot */
	RLY_RR_US = 1000000, /* receiver reports to each site: its proof of the path */
	RLY_REKEY_US = 3000000, /* from giving a new group key out to using it */
	RLY_KEYS_RETIRED = 32, /* of a site: uplink keys it had and may not have again */
	RLY_DATAGRAM_MAX = 2048
};

struct rly_config {
	struct rly_egress egress;
	const char *cname; /* RTCP SDES of all slots; must outlive the relay */
	const char *instance; /* of this run, as it says hello with; copied */
	int64_t wall_offset_us; /* Unix time less now: for the NTP time of sender reports */
	/* Of every slot. NULL: at random (RFC 3550 section 5.1, RFC 3711 section 3.3.1). */
	const uint16_t *first_sequence;
	/* Of every source. NULL: rly_default_uplink_limits. */
	const struct rly_uplink_limits *limits;
};

struct rly_relay;

/* Makes the group key. 0, or a negative errno. The relay is the caller's, for rly_relay_destroy. */
int rly_relay_create(const struct rly_config *config, struct rly_relay **ret_relay);

/* Takes NULL. */
void rly_relay_destroy(struct rly_relay *relay);

/*
 * Converges to what is desired; nothing of *desired is kept. Uplink keys are taken only from an
 * desired state that names this instance: a key made for a relay before this one has a past that
 * this one knows nothing of. 0, or -ENOMEM / -EIO where a site could not be taken in: what could be
 * done is done, and saying it again tries again.
 */
int rly_relay_set_desired(
	struct rly_relay *relay, const struct wire_relay_desired *desired, int64_t now_us);

/* One datagram as it came; the bytes are decrypted in place. data is aligned to 4 bytes. */
void rly_relay_datagram(struct rly_relay *relay, const struct rly_address *from, uint8_t *data,
	size_t size, int64_t now_us);

/* Everything that is due. */
void rly_relay_tick(struct rly_relay *relay, int64_t now_us);

/* How long the caller may wait for datagrams before the next tick. */
int64_t rly_relay_wait_us(const struct rly_relay *relay, int64_t now_us);

/* True where a report should not wait for its second: a verdict, a source or a key has changed. */
bool rly_relay_changed(const struct rly_relay *relay);

/*
 * A report as it stands, addresses left empty. Its sites are allocated: the caller's, for
 * rly_report_finish. 0 or -ENOMEM.
 */
int rly_relay_report(struct rly_relay *relay, int64_t now_us, struct wire_relay_report *ret_report);
void rly_report_finish(struct wire_relay_report *report);

#endif
