/* SRTP with epochs: wraps, late joiners, late packets, wrong keys, replays, and no nonce twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"

enum { STREAM = 0xFE00, EPOCHS_RECORDED = 16 };

struct wire {
	_Alignas(8) uint8_t data[256];
	size_t size;
};

struct fixture {
	struct media_key key;
	struct media_sender *sender;
	struct media_receiver *receiver;
};

static int make(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	assert_int_equal(media_key_make(&f->key), 0);
	assert_int_equal(media_sender_create(&f->key, &f->sender), 0);
	assert_int_equal(media_receiver_create(&f->key, &f->receiver), 0);
	*state = f;
	return 0;
}

static int drop(void **state)
{
	struct fixture *f = *state;
	media_sender_destroy(f->sender);
	media_receiver_destroy(f->receiver);
	free(f);
	return 0;
}

static int send_on(
	struct media_sender *sender, uint16_t stream, uint16_t sequence, struct wire *wire)
{
	struct rtp_header header = {.payload_type = 96, .sequence = sequence, .ssrc = stream};
	assert_int_equal(rtp_build(&header, wire->data, sizeof(wire->data), &wire->size), 0);
	memcpy(wire->data + wire->size, "hello", 5);
	wire->size += 5;
	return media_sender_rtp(sender, wire->data, &wire->size, sizeof(wire->data));
}

static int send(struct fixture *f, uint16_t sequence, struct wire *wire)
{
	return send_on(f->sender, STREAM, sequence, wire);
}

static uint16_t wire_epoch(const struct wire *wire)
{
	uint32_t ssrc = 0;
	assert_int_equal(media_peek_ssrc(wire->data, wire->size, &ssrc), 0);
	return media_epoch_of(ssrc);
}

/* On a copy, so that the same wire bytes can be received again. */
static int receive_with(struct media_receiver *receiver, const struct wire *wire, int64_t now_us)
{
	struct wire copy = *wire;
	int r = media_receiver_rtp(receiver, copy.data, &copy.size, now_us);
	if (r == 0) {
		struct rtp_packet packet;
		assert_int_equal(rtp_parse(copy.data, copy.size, &packet), 0);
		assert_int_equal(packet.header.ssrc, STREAM);
		assert_int_equal(packet.payload_size, 5);
		assert_memory_equal(packet.payload, "hello", 5);
	}
	return r;
}

static int receive(struct fixture *f, const struct wire *wire, int64_t now_us)
{
	return receive_with(f->receiver, wire, now_us);
}

static void three_wraps_lose_nothing_and_no_nonce_is_used_twice(void **state)
{
	struct fixture *f = *state;
	uint8_t *used = calloc(EPOCHS_RECORDED, 65536);
	struct wire wire;
	for (int64_t i = 60000; i < 4 * 65536; i++) {
		assert_int_equal(send(f, (uint16_t)i, &wire), 0);
		uint8_t *nonce = &used[(size_t)wire_epoch(&wire) * 65536 + (uint16_t)i];
		assert_int_equal(*nonce, 0);
		*nonce = 1;
		assert_int_equal(wire_epoch(&wire), i / 65536);
		assert_int_equal(receive(f, &wire, i * 1000), 0);
	}
	assert_true(media_receiver_counts(f->receiver)->rtp == 4 * 65536 - 60000);
	free(used);
}

static void a_late_joiner_needs_only_the_key(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	for (int64_t i = 0; i < 3 * 65536 + 40000; i++) {
		assert_int_equal(send(f, (uint16_t)i, &wire), 0);
	}
	for (int64_t i = 40000; i < 65536 + 100; i++) {
		assert_int_equal(send(f, (uint16_t)i, &wire), 0);
		assert_int_equal(receive(f, &wire, i), 0);
	}
}

static void late_packets_go_to_their_own_epoch(void **state)
{
	struct fixture *f = *state;
	struct wire before, after, late;
	assert_int_equal(send(f, 65533, &before), 0);
	assert_int_equal(send(f, 65535, &before), 0);
	assert_int_equal(send(f, 0, &after), 0);
	assert_int_equal(send(f, 65534, &late), 0);
	assert_int_equal(wire_epoch(&before), 0);
	assert_int_equal(wire_epoch(&after), 1);
	assert_int_equal(wire_epoch(&late), 0);
	assert_int_equal(receive(f, &after, 0), 0);
	assert_int_equal(receive(f, &late, 1000), 0);
	assert_int_equal(receive(f, &before, 2000), 0);
	/* Before the first packet sent there is no epoch for it. */
	struct wire none;
	assert_int_equal(send_on(f->sender, 1, 5, &none), 0);
	assert_int_equal(send_on(f->sender, 1, 65535, &none), MEDIA_STALE);
}

static void a_number_is_never_sent_twice(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	for (uint16_t i = 0; i < 3000; i++) {
		assert_int_equal(send(f, i, &wire), 0);
	}
	assert_int_equal(send(f, 2999, &wire), MEDIA_REPLAYED);
	assert_int_equal(send(f, 100, &wire), MEDIA_REPLAYED);
	assert_int_equal(wire_epoch(&wire), 0);
}

static void numbering_begun_afresh_is_a_new_epoch(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	assert_int_equal(send(f, 30000, &wire), 0);
	assert_int_equal(receive(f, &wire, 0), 0);
	assert_int_equal(send(f, 500, &wire), 0);
	assert_int_equal(wire_epoch(&wire), 1);
	assert_int_equal(receive(f, &wire, 1), 0);
	media_sender_restart(f->sender, STREAM);
	media_sender_restart(f->sender, STREAM);
	assert_int_equal(send(f, 499, &wire), 0);
	assert_int_equal(wire_epoch(&wire), 2);
	assert_int_equal(media_sender_epoch(f->sender, STREAM), 2);
	assert_int_equal(receive(f, &wire, 2), 0);
}

static void epochs_run_out(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	for (int epoch = 0; epoch < MEDIA_EPOCHS; epoch++) {
		assert_int_equal(send(f, 7, &wire), 0);
		media_sender_restart(f->sender, STREAM);
	}
	assert_int_equal(send(f, 7, &wire), MEDIA_EXHAUSTED);
	struct media_key next;
	assert_int_equal(media_key_make(&next), 0);
	assert_int_equal(media_sender_rekey(f->sender, &next), 0);
	assert_int_equal(send(f, 7, &wire), 0);
	assert_int_equal(wire_epoch(&wire), 0);
}

static void old_epochs_are_kept_ten_seconds_and_then_never_again(void **state)
{
	struct fixture *f = *state;
	struct wire last, kept, recorded, wire;
	assert_int_equal(send(f, 65533, &recorded), 0);
	assert_int_equal(send(f, 65534, &kept), 0);
	assert_int_equal(send(f, 65535, &last), 0);
	assert_int_equal(receive(f, &recorded, 0), 0);
	assert_int_equal(send(f, 0, &wire), 0);
	assert_int_equal(receive(f, &wire, 1000000), 0);
	assert_int_equal(receive(f, &kept, 1000000 + MEDIA_EPOCH_KEPT_US - 1), 0);
	assert_int_equal(receive(f, &recorded, 1000000), MEDIA_REPLAYED);
	for (uint16_t i = 1; i <= 8; i++) { /* enough that the stream continues there */
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive(f, &wire, 1000000 + MEDIA_EPOCH_KEPT_US), 0);
	}
	assert_int_equal(receive(f, &last, 1000000 + MEDIA_EPOCH_KEPT_US), MEDIA_DISPLACED);
	assert_int_equal(receive(f, &recorded, 1000000 + MEDIA_EPOCH_KEPT_US), MEDIA_DISPLACED);
	assert_true(media_receiver_counts(f->receiver)->displaced == 2);
}

static void many_epochs_missed_are_no_matter(void **state)
{
	struct fixture *f = *state;
	struct wire first, wire;
	assert_int_equal(send(f, 10, &first), 0);
	assert_int_equal(receive(f, &first, 0), 0);
	for (int i = 0; i < 9; i++) {
		media_sender_restart(f->sender, STREAM);
		assert_int_equal(send(f, 10, &wire), 0);
	}
	assert_int_equal(wire_epoch(&wire), 9);
	assert_int_equal(receive(f, &wire, 1), 0);
	assert_int_equal(receive(f, &first, 2), MEDIA_REPLAYED);
}

/* Another holder of the key: its packets are as authentic as the rest. */
static struct media_sender *insider_of(const struct fixture *f)
{
	struct media_sender *insider;
	assert_int_equal(media_sender_create(&f->key, &insider), 0);
	return insider;
}

static int forge(struct media_sender *insider, int epoch, uint16_t sequence, struct wire *ret)
{
	int r = send_on(insider, STREAM, sequence, ret);
	while (r == 0 && wire_epoch(ret) < epoch) {
		media_sender_restart(insider, STREAM);
		r = send_on(insider, STREAM, sequence, ret);
	}
	return r;
}

/* While the stream is active, no epoch or number far ahead is accepted. */
static void a_living_stream_is_not_led_away(void **state)
{
	struct fixture *f = *state;
	struct media_sender *insider = insider_of(f);
	struct wire wire, forged[3];
	assert_int_equal(forge(insider, 0, 60000, &forged[0]), 0);
	assert_int_equal(forge(insider, 5, 1, &forged[1]), 0);
	assert_int_equal(forge(insider, 0xFFFF, 2, &forged[2]), 0);
	for (uint16_t i = 0; i < 1000; i++) {
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive(f, &wire, i * 20000), 0);
		for (size_t k = 0; i >= 8 && k < 3; k++) {
			struct wire copy = forged[k];
			int r = receive(f, &copy, i * 20000 + 1);
			assert_true(r == MEDIA_DISPLACED || r == MEDIA_AHEAD);
		}
	}
	assert_true(media_receiver_counts(f->receiver)->displaced >= 1000);
	media_sender_destroy(insider);
}

/* While the stream is silent, anything might be its continuation; yet it is not lost. */
static void a_silent_stream_is_found_again(void **state)
{
	struct fixture *f = *state;
	struct media_sender *insider = insider_of(f);
	struct wire wire, forged;
	for (uint16_t i = 0; i < 20; i++) {
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive(f, &wire, i * 20000), 0);
	}
	assert_int_equal(forge(insider, 0, 60000, &forged), 0);
	assert_int_equal(receive(f, &forged, 50000000), 0);
	assert_int_equal(forge(insider, 0xFFFF, 1, &forged), 0);
	assert_int_equal(receive(f, &forged, 60000000), 0);
	for (int64_t i = 20; i < 65536 + 100; i++) {
		assert_int_equal(send(f, (uint16_t)i, &wire), 0);
		assert_int_equal(receive(f, &wire, 60000001 + i * 1000),
			i == 60000 ? MEDIA_REPLAYED : 0); /* that one position is used */
	}
	media_sender_destroy(insider);
}

/* The very first packet may be forged. */
static void a_stream_that_has_not_begun_is_not_lost(void **state)
{
	struct fixture *f = *state;
	struct media_sender *insider = insider_of(f);
	struct wire wire, forged;
	assert_int_equal(forge(insider, 0xFFFF, 1, &forged), 0);
	assert_int_equal(receive(f, &forged, 0), 0);
	for (uint16_t i = 0; i < 100; i++) {
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive(f, &wire, 30000000 + i * 20000), 0);
	}
	media_sender_destroy(insider);
}

/* After a long absence a receiver finds the stream, epochs ahead. */
static void a_receiver_that_was_away_goes_on(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(send(f, (uint16_t)i, &wire), 0);
		assert_int_equal(receive(f, &wire, i * 20000), 0);
	}
	for (int i = 0; i < 1000; i++) {
		media_sender_restart(f->sender, STREAM);
		assert_int_equal(send(f, 40000, &wire), 0);
	}
	for (int i = 0; i < 20; i++) {
		assert_int_equal(receive(f, &wire, 10000000 + i * 20000), 0);
		assert_int_equal(send(f, (uint16_t)(40001 + i), &wire), 0);
	}
}

/* Without the key, a packet does not count as a sign that the key is misused. */
static void what_no_key_sealed_is_not_displaced(void **state)
{
	struct fixture *f = *state;
	struct media_sender *insider = insider_of(f);
	struct wire wire, forged;
	for (uint16_t i = 0; i < 20; i++) {
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive(f, &wire, 0), 0);
	}
	assert_int_equal(forge(insider, 100, 1, &forged), 0);
	forged.data[forged.size - 1] ^= 1;
	assert_int_equal(receive(f, &forged, 0), MEDIA_AHEAD);
	assert_int_equal(media_receiver_counts(f->receiver)->displaced, 0);
	media_sender_destroy(insider);
}

static void send_report(struct media_sender *sender, struct wire *ret)
{
	struct rtcp_writer writer = {ret->data, sizeof(ret->data), 0};
	assert_int_equal(rtcp_put_rr(&writer, STREAM, NULL, 0), 0);
	ret->size = writer.size;
	assert_int_equal(media_sender_rtcp(sender, ret->data, &ret->size, sizeof(ret->data)), 0);
}

static int receive_report(struct fixture *f, const struct wire *wire, int64_t now_us)
{
	struct wire copy = *wire;
	return media_receiver_rtcp(f->receiver, copy.data, &copy.size, now_us);
}

/* An index far ahead used to make every later report refused. */
static void reports_are_not_led_away(void **state)
{
	struct fixture *f = *state;
	struct media_sender *insider = insider_of(f);
	struct wire reports[300], forged;
	for (int i = 0; i < 5000; i++) {
		send_report(insider, &forged);
	}
	for (int i = 0; i < 300; i++) {
		send_report(f->sender, &reports[i]);
		assert_int_equal(receive_report(f, &reports[i], i * 500000), 0);
		if (i == 20) {
			assert_int_equal(receive_report(f, &forged, i * 500000), 0);
		}
	}
	for (int i = 0; i < 300; i++) {
		assert_int_equal(receive_report(f, &reports[i], 200000000), MEDIA_REPLAYED);
	}
	assert_int_equal(receive_report(f, &forged, 200000000), MEDIA_REPLAYED);
	media_sender_destroy(insider);
}

static void a_wrong_key_is_counted(void **state)
{
	struct fixture *f = *state;
	struct media_key other;
	assert_int_equal(media_key_make(&other), 0);
	struct media_receiver *outsider;
	assert_int_equal(media_receiver_create(&other, &outsider), 0);
	struct wire wire;
	for (uint16_t i = 0; i < 10; i++) {
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive_with(outsider, &wire, 0), MEDIA_UNAUTHENTIC);
	}
	assert_true(media_receiver_counts(outsider)->unauthentic == 10);
	media_receiver_destroy(outsider);
}

static void every_changed_byte_is_refused_and_leaves_no_trace(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	assert_int_equal(send(f, 9, &wire), 0);
	for (size_t i = 0; i < wire.size; i++) {
		struct wire forged = wire;
		forged.data[i] ^= 0x04;
		assert_int_not_equal(receive(f, &forged, 0), 0);
	}
	assert_int_equal(receive(f, &wire, 0), 0);
	for (size_t size = 0; size < wire.size; size++) {
		struct wire cut = wire;
		cut.size = size;
		assert_int_not_equal(receive(f, &cut, 0), 0);
	}
}

static void replays_are_refused_far_back(void **state)
{
	struct fixture *f = *state;
	struct wire kept[3], wire;
	for (uint16_t i = 0; i < 9000; i++) {
		struct wire *at = i == 0 ? &kept[0] : i == 5000 ? &kept[1] : &wire;
		assert_int_equal(send(f, i, at), 0);
		if (i == 1000) {
			kept[2] = *at;
			continue;
		}
		assert_int_equal(receive(f, at, 0), 0);
	}
	assert_int_equal(receive(f, &kept[0], 0), MEDIA_REPLAYED);
	assert_int_equal(receive(f, &kept[1], 0), MEDIA_REPLAYED);
	/* Eight thousand packets late, and still within the window. */
	assert_int_equal(receive(f, &kept[2], 0), 0);
}

static void a_new_key_leaves_no_gap(void **state)
{
	struct fixture *f = *state;
	struct wire held, old, wire;
	struct media_key next;
	assert_int_equal(media_key_make(&next), 0);
	assert_int_equal(send(f, 100, &wire), 0);
	assert_int_equal(receive(f, &wire, 0), 0);
	assert_int_equal(media_receiver_add_key(f->receiver, &next), 0);
	assert_int_equal(media_receiver_add_key(f->receiver, &next), 0);
	assert_int_equal(send(f, 101, &wire), 0);
	assert_int_equal(send(f, 102, &held), 0);
	assert_int_equal(send(f, 103, &old), 0);
	assert_int_equal(receive(f, &wire, 1), 0);
	assert_int_equal(media_sender_rekey(f->sender, &next), 0);
	assert_int_equal(send(f, 104, &wire), 0);
	assert_int_equal(wire_epoch(&wire), 1);
	assert_int_equal(receive(f, &wire, 2), 0);
	assert_int_equal(receive(f, &held, 3), 0);
	for (uint16_t i = 105; i < 113; i++) {
		assert_int_equal(send(f, i, &wire), 0);
		assert_int_equal(receive(f, &wire, 2 + MEDIA_EPOCH_KEPT_US), 0);
	}
	assert_int_equal(receive(f, &old, 3 + MEDIA_EPOCH_KEPT_US), MEDIA_STALE);
	assert_true(media_receiver_counts(f->receiver)->stale == 1);
}

static void rtcp_survives_the_epochs_of_rtp(void **state)
{
	struct fixture *f = *state;
	struct wire first, wire, report;
	struct rtcp_writer writer = {report.data, sizeof(report.data), 0};
	for (int64_t i = 0; i < 20; i++) {
		writer.size = 0;
		assert_int_equal(rtcp_put_rr(&writer, STREAM, NULL, 0), 0);
		report.size = writer.size;
		assert_int_equal(media_sender_rtcp(
					 f->sender, report.data, &report.size, sizeof(report.data)),
			0);
		assert_int_equal(report.size, writer.size + MEDIA_RTCP_OVERHEAD);
		if (i == 0) {
			first = report;
		}
		assert_int_equal(media_receiver_rtcp(f->receiver, report.data, &report.size,
					 i * MEDIA_EPOCH_KEPT_US),
			0);
		media_sender_restart(f->sender, STREAM);
		assert_int_equal(send(f, 1, &wire), 0);
		assert_int_equal(receive(f, &wire, i * MEDIA_EPOCH_KEPT_US), 0);
	}
	assert_int_equal(
		media_receiver_rtcp(f->receiver, first.data, &first.size, 0), MEDIA_REPLAYED);
	assert_true(media_receiver_counts(f->receiver)->rtcp == 20);
}

static void streams_and_senders_are_bounded(void **state)
{
	struct fixture *f = *state;
	struct wire wire;
	for (uint16_t i = 0; i < MEDIA_STREAMS_MAX; i++) {
		assert_int_equal(send_on(f->sender, i, 1, &wire), 0);
	}
	assert_int_equal(send_on(f->sender, MEDIA_STREAMS_MAX, 1, &wire), MEDIA_FULL);
	int r = 0;
	for (uint32_t i = 0; i < 200; i++) {
		struct rtcp_writer writer = {wire.data, sizeof(wire.data), 0};
		assert_int_equal(rtcp_put_rr(&writer, i, NULL, 0), 0);
		wire.size = writer.size;
		assert_int_equal(
			media_sender_rtcp(f->sender, wire.data, &wire.size, sizeof(wire.data)), 0);
		r += media_receiver_rtcp(f->receiver, wire.data, &wire.size, 0) == MEDIA_FULL;
	}
	assert_int_equal(r, 200 - 128);
}

static void keys_travel_as_text(void **state)
{
	struct fixture *f = *state;
	char text[MEDIA_KEY_TEXT + 1];
	media_key_to_text(&f->key, text);
	assert_int_equal(strlen(text), MEDIA_KEY_TEXT);
	struct media_key back;
	assert_int_equal(media_key_from_text(text, &back), 0);
	assert_memory_equal(&back, &f->key, sizeof(back));
	assert_int_equal(media_key_from_text("short", &back), MEDIA_MALFORMED);
	text[5] = '*';
	assert_int_equal(media_key_from_text(text, &back), MEDIA_MALFORMED);
	memset(text, 'A', MEDIA_KEY_TEXT);
	assert_int_equal(media_key_from_text(text, &back), MEDIA_MALFORMED);
	media_key_wipe(&back);
	assert_int_equal(back.bytes[0], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			three_wraps_lose_nothing_and_no_nonce_is_used_twice, make, drop),
		cmocka_unit_test_setup_teardown(a_late_joiner_needs_only_the_key, make, drop),
		cmocka_unit_test_setup_teardown(late_packets_go_to_their_own_epoch, make, drop),
		cmocka_unit_test_setup_teardown(a_number_is_never_sent_twice, make, drop),
		cmocka_unit_test_setup_teardown(numbering_begun_afresh_is_a_new_epoch, make, drop),
		cmocka_unit_test_setup_teardown(epochs_run_out, make, drop),
		cmocka_unit_test_setup_teardown(
			old_epochs_are_kept_ten_seconds_and_then_never_again, make, drop),
		cmocka_unit_test_setup_teardown(many_epochs_missed_are_no_matter, make, drop),
		cmocka_unit_test_setup_teardown(a_living_stream_is_not_led_away, make, drop),
		cmocka_unit_test_setup_teardown(a_silent_stream_is_found_again, make, drop),
		cmocka_unit_test_setup_teardown(
			a_stream_that_has_not_begun_is_not_lost, make, drop),
		cmocka_unit_test_setup_teardown(a_receiver_that_was_away_goes_on, make, drop),
		cmocka_unit_test_setup_teardown(what_no_key_sealed_is_not_displaced, make, drop),
		cmocka_unit_test_setup_teardown(reports_are_not_led_away, make, drop),
		cmocka_unit_test_setup_teardown(a_wrong_key_is_counted, make, drop),
		cmocka_unit_test_setup_teardown(
			every_changed_byte_is_refused_and_leaves_no_trace, make, drop),
		cmocka_unit_test_setup_teardown(replays_are_refused_far_back, make, drop),
		cmocka_unit_test_setup_teardown(a_new_key_leaves_no_gap, make, drop),
		cmocka_unit_test_setup_teardown(rtcp_survives_the_epochs_of_rtp, make, drop),
		cmocka_unit_test_setup_teardown(streams_and_senders_are_bounded, make, drop),
		cmocka_unit_test_setup_teardown(keys_travel_as_text, make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
