/*
 * What the fan-out bench is made of. Two processes: the one that is measured (the relay itself, or
 * the bare fan-out it is compared with), alone on its core; and this one, which sends the uplink
 * and drains all receivers' packets with one socket, on another.
 */
#ifndef DIEMCAU_TESTS_BENCH_FAN_FAN_H
#define DIEMCAU_TESTS_BENCH_FAN_FAN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/media/srtp_key.h"

enum {
	FAN_RECEIVERS_MAX = 4000,
	FAN_PACKET = 1200, /* RTP packet of the uplink, header included */
	FAN_FRAME = 8, /* packets a picture at 2 Mbit/s and 25 pictures a second */
	FAN_BATCH = 24, /* packets of a train at saturation: where the bare fan-out is cheapest */
	FAN_SLOT_SIZE = FAN_PACKET + 4 + 16, /* as it leaves: a CSRC more, and the tag */
	FAN_AHEAD = 192, /* packets under way at saturation */
	FAN_OTHER_AHEAD = 32, /* the same for a server whose socket buffer is the system's */
	FAN_PAUSE_NS = 20000, /* between two looks at what has arrived */
	FAN_STALLED_NS = 20000000, /* nothing arrives: what was under way is lost, go on */
	FAN_OTHER_SSRC = 1000, /* of the uplink of another server */
	FAN_RTCP_SIZE =
		128 /* of every packet the sink looks at so much: an RTCP packet to one receiver */
};

enum fan_what {
	FAN_RELAY = 1, /* our relay, uplink and encryption and all */
	FAN_GSO, /* the limit: trains made in advance, of a picture or (at saturation) FAN_BATCH */
	FAN_SENDMMSG, /* the same without segmentation */
	FAN_OTHER /* another server, already running: it is sent plain RTP */
};

struct fan_options {
	enum fan_what what;
	size_t receivers;
	double megabits; /* of the uplink; 0: as much as goes */
	double seconds;
	int measured_cpu; /* negative: wherever */
	int other_cpu;
	/* FAN_OTHER: its process, where it takes the uplink, where it sends all copies. */
	int process;
	uint16_t uplink_port;
	uint16_t sink_port; /* 0: any */
};

/* Shared by both processes. */
struct fan_shared {
	_Atomic uint16_t relay_port; /* 0 until it is there */
	char group_key[MEDIA_KEY_TEXT + 1]; /* once ready */
	atomic_bool ready;
	atomic_bool stop;
	atomic_uint_fast64_t rounds; /* bare fan-out: packets sent to all */
	atomic_uint_fast64_t arrived; /* bare fan-out: copies the sink has taken */
};

/* Port of every receiver; address of the i-th as a number in host order. */
uint32_t fan_receiver_address(size_t i);

/* The key of a site, known to both processes. */
struct media_key fan_key(size_t site_number);

int64_t fan_clock_ns(void);

/* The measured process; neither returns before shared->stop. */
void fan_run_relay(const struct fan_options *options, struct fan_shared *shared);
void fan_run_bare(const struct fan_options *options, struct fan_shared *shared, uint16_t sink_port);

/* The sink: a thread of this process. */
struct fan_sink;
struct fan_sink *fan_sink_start(uint16_t port);
uint16_t fan_sink_port(const struct fan_sink *sink);
int fan_sink_fd(const struct fan_sink *sink);
/* When the packet of this number (of 16 bits, as the relay sends it) was sent up. */
void fan_sink_note(struct fan_sink *sink, uint16_t sequence, int64_t sent_ns);
/* The newest number any receiver has got; false before the first. */
bool fan_sink_newest(const struct fan_sink *sink, uint16_t *ret_sequence);
/* RTCP to one receiver, as it came, which the uplink answers; its size, 0: no more. */
size_t fan_sink_rtcp(struct fan_sink *sink, uint8_t letter[FAN_RTCP_SIZE]);
uint64_t fan_sink_count(const struct fan_sink *sink);
/* Packets noted of which at least one copy came. */
uint64_t fan_sink_forwarded(const struct fan_sink *sink);
/* Milliseconds a fraction of all packets stayed below; resets nothing. */
double fan_sink_delay_ms(const struct fan_sink *sink, double fraction);
void fan_sink_stop(struct fan_sink *sink);

/* The uplink and the receivers' keepalives. */
struct fan_uplink;
struct fan_uplink *fan_uplink_create(
	const struct fan_options *options, const struct fan_shared *shared, struct fan_sink *sink);
/* Latches all receivers and waits for the first packet; false where nothing comes. */
bool fan_uplink_begin(struct fan_uplink *uplink);
/* Sends for so long; returns packets sent up. */
uint64_t fan_uplink_run(struct fan_uplink *uplink, double seconds);
void fan_uplink_destroy(struct fan_uplink *uplink);

#endif
