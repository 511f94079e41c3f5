/* The record of nonces finds a planted reuse, and reports nothing else as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/fleet/nonce_audit.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum { PACKET = 100, ROOM = 256, SITE = 5, MANY = 70000 };

struct stage {
	struct nonce_audit *nonces;
	struct media_key keys[2];
};

static struct stage stage;

struct datagram {
	_Alignas(8) uint8_t data[ROOM];
	size_t size;
};

static int begin(void **state)
{
	(void)state;
	assert_int_equal(nonce_audit_create(&stage.nonces), 0);
	assert_int_equal(media_key_make(&stage.keys[0]), 0);
	assert_int_equal(media_key_make(&stage.keys[1]), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	nonce_audit_destroy(stage.nonces);
	return 0;
}

static struct media_sender *sender_of(int key)
{
	struct media_sender *sender = NULL;
	assert_int_equal(media_sender_create(&stage.keys[key], &sender), 0);
	return sender;
}

static struct datagram sound(struct media_sender *sender, uint16_t sequence, uint8_t content)
{
	struct datagram datagram = {.size = 0};
	struct rtp_header header = {.payload_type = MEDIA_PT_OPUS,
		.sequence = sequence,
		.ssrc = media_uplink_stream(SITE, MEDIA_VOICE)};
	assert_int_equal(rtp_build(&header, datagram.data, ROOM, &datagram.size), 0);
	memset(datagram.data + datagram.size, content, PACKET - datagram.size);
	datagram.size = PACKET;
	assert_int_equal(media_sender_rtp(sender, datagram.data, &datagram.size, ROOM), 0);
	return datagram;
}

static void came(const struct datagram *datagram)
{
	nonce_audit_received(stage.nonces, stage.keys, 2, datagram->data, datagram->size);
}

static void expect(uint64_t records, uint64_t wrapped, uint64_t reused)
{
	struct nonce_findings found = nonce_audit_findings(stage.nonces);
	assert_true(found.records == records);
	assert_true(found.wrapped == wrapped);
	assert_true(found.reused == reused);
	assert_true(found.unrecorded == 0);
}

static void wraps_repairs_and_copies_are_no_reuse(void **state)
{
	(void)state;
	struct media_sender *sender = sender_of(0);
	for (uint32_t i = 0; i < MANY; i++) {
		struct datagram datagram = sound(sender, (uint16_t)i, (uint8_t)i);
		nonce_audit_sent(stage.nonces, &stage.keys[0], datagram.data, datagram.size);
		if (i % 1000 == 0) {
			came(&datagram); /* at another receiver */
		}
	}
	assert_int_equal(media_sender_epoch(sender, media_uplink_stream(SITE, MEDIA_VOICE)), 1);
	expect(MANY, MANY - 65536, 0);
	media_sender_destroy(sender);
}

/* A sender that lost its state: the same key, the same numbers. */
static void a_planted_reuse_is_found(void **state)
{
	(void)state;
	struct media_sender *first = sender_of(0), *again = sender_of(0);
	struct datagram one = sound(first, 7, 'a'), other = sound(again, 7, 'b');
	came(&one);
	came(&other);
	expect(1, 0, 1);
	media_sender_destroy(first);
	media_sender_destroy(again);
}

static void a_planted_reuse_is_found_in_reports(void **state)
{
	(void)state;
	struct media_sender *senders[2] = {sender_of(1), sender_of(1)};
	for (uint8_t i = 0; i < 2; i++) {
		struct datagram datagram = {.size = 0};
		struct rtcp_writer writer = {datagram.data, ROOM - MEDIA_RTCP_OVERHEAD, 0};
		struct rtcp_sender_info info = {.ntp = i};
		assert_int_equal(rtcp_put_sr(&writer, media_slot_stream(0), &info, NULL, 0), 0);
		datagram.size = writer.size;
		assert_int_equal(
			media_sender_rtcp(senders[i], datagram.data, &datagram.size, ROOM), 0);
		came(&datagram);
		media_sender_destroy(senders[i]);
	}
	expect(1, 0, 1);
}

static void another_key_is_another_nonce(void **state)
{
	(void)state;
	struct media_sender *first = sender_of(0), *other = sender_of(1);
	struct datagram one = sound(first, 7, 'a'), two = sound(other, 7, 'b');
	came(&one);
	came(&two);
	expect(2, 0, 0);
	media_sender_destroy(first);
	media_sender_destroy(other);
}

static void what_no_key_opens_is_passed_over(void **state)
{
	(void)state;
	struct media_sender *sender = sender_of(0);
	struct datagram genuine = sound(sender, 7, 'a'), forged = genuine;
	came(&genuine);
	forged.data[50] ^= 1;
	came(&forged);
	forged.size = 11;
	came(&forged);
	expect(1, 0, 0);
	media_sender_destroy(sender);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(wraps_repairs_and_copies_are_no_reuse, begin, end),
		cmocka_unit_test_setup_teardown(a_planted_reuse_is_found, begin, end),
		cmocka_unit_test_setup_teardown(a_planted_reuse_is_found_in_reports, begin, end),
		cmocka_unit_test_setup_teardown(another_key_is_another_nonce, begin, end),
		cmocka_unit_test_setup_teardown(what_no_key_opens_is_passed_over, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
