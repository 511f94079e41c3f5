/*
 * A site for relay tests: real UDP, real SRTP, pictures and sound that consist of stamps. It is
 * independent of the relay's decisions; it records what arrives, and loses packets on request.
 */
#ifndef DIEMCAU_TESTS_UNIT_RELAY_TEST_SITE_H
#define DIEMCAU_TESTS_UNIT_RELAY_TEST_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum {
	TEST_SITE_GOT_MAX = 4096,
	TEST_SITE_SENT_MAX = 4096,
	TEST_SITE_SLOTS = 8,
	TEST_SITE_PACKET_MAX = 1500
};

/* One packet that was received. */
struct test_site_got {
	uint16_t slot;
	uint16_t sequence;
	uint16_t epoch;
	uint32_t timestamp;
	uint32_t site; /* CSRC */
	uint32_t frame; /* from the sender's stamp */
	bool keyframe;
	bool marker;
	size_t payload;
};

struct test_site {
	int fd;
	uint16_t number;
	uint16_t relay_port;
	struct media_key key;
	struct media_sender *sender;
	struct media_receiver *receiver;

	uint16_t next[MEDIA_SOURCES]; /* sequence numbers */
	size_t padding; /* bytes of payload beside the stamp */
	bool lose_sent; /* the next packets are protected and stored, but not sent */
	struct {
		uint16_t stream;
		uint16_t sequence;
		size_t size;
		uint8_t data[TEST_SITE_PACKET_MAX];
	} sent[TEST_SITE_SENT_MAX]; /* by sequence: answers to the relay's NACKs */

	unsigned lose_every; /* of received packets: 0 none, n one in n */
	unsigned arrived;
	size_t n_got;
	struct test_site_got got[TEST_SITE_GOT_MAX]; /* a ring: n_got counts all */
	uint64_t reports[TEST_SITE_SLOTS]; /* sender reports */
	struct rtcp_sender_info report[TEST_SITE_SLOTS]; /* the latest */
	uint64_t receiver_reports; /* from the relay about us */
	uint64_t keyframes_wanted[MEDIA_SOURCES];
	uint64_t asked; /* packets the relay requested */
	uint64_t refused; /* packets that did not unprotect */
	bool silent; /* does not answer the relay's challenges */
	uint64_t challenges;
	uint64_t bytes; /* received, in datagrams of any kind */
	uint64_t sent_bytes;
};

/* On the heap: it is large. */
struct test_site *test_site_create(uint16_t number, uint16_t relay_port);
void test_site_destroy(struct test_site *test_site);

/* As if the coordinator handed out the relay's group key; a second key is added. */
void test_site_take_key(struct test_site *test_site, const char *key_text);

void test_site_keepalive(struct test_site *test_site);

/* A keepalive into a buffer; returns its size. */
size_t test_site_seal_keepalive(struct test_site *test_site, uint8_t *data, size_t capacity);

/* One packet of a source with the next number. ntp_us 0: without the header extension. */
void test_site_send(struct test_site *test_site, enum media_source source, uint32_t frame,
	bool keyframe, uint32_t timestamp, int64_t ntp_us);

/* Feedback about a slot. */
void test_site_ask(struct test_site *test_site, uint16_t slot, const uint16_t *sequences, size_t n);
void test_site_want_keyframe(struct test_site *test_site, uint16_t slot);

/* A raw datagram, as an attacker might send it. */
void test_site_send_raw(struct test_site *test_site, const void *data, size_t size);

/* A new socket: another address for the relay. */
void test_site_move(struct test_site *test_site);

/*
 * Receives what has arrived, waiting up to wait_ms for the first; answers NACKs. Returns the count.
 */
size_t test_site_receive(struct test_site *test_site, int wait_ms);

/* The i-th latest packet received, 0 the newest. */
const struct test_site_got *test_site_latest(const struct test_site *test_site, size_t back);

#endif
