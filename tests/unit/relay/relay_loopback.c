/*
 * The relay with its media thread over real UDP on loopback and real SRTP: the mailbox takes a
 * coordinator's desired states and gives reports, and peers receive what sites would.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "coordinator/relay/media_thread.h"
#include "coordinator/relay/relay.h"
#include "proto/media/ntp.h"
#include "tests/unit/relay/test_site.h"

#define INSTANCE "0123456789abcdef0123456789abcdef" /* of the relay */
#define ANOTHER "fedcba9876543210fedcba9876543210"

enum {
	PEERS = 4, /* sites 1..4; peers[0] is site 1, the main venue */
	SITES = PEERS + 1, /* and the bell, which only sends and receives pings */
	P = MEDIA_SLOT_PROGRAM,
	R = MEDIA_SLOT_RETURN,
	VOICE = MEDIA_SLOT_VOICE,
	PATIENCE = 2000, /* rounds of 5 ms that a step may take */
	KEYFRAME_AGAIN_US = 275000, /* the values of RLY_KEYFRAME_AGAIN_US and */
	IMPATIENT_US = 500000, /* PLI_FROM_RECEIVER_US */
	UNBOUNDED = 1000000000,
	UNDER_WAY = 64, /* packets of a blast in flight */
	KEEPALIVE_EVERY = 1024,
	FRAME = 3600
};

struct scene {
	struct rly_udp *udp;
	struct rly_mailbox *mailbox;
	struct rly_media_thread *media;
	struct test_site *peers[PEERS];
	struct test_site *bell;
	struct wire_relay_site sites[SITES + 1]; /* with n_more, one more that never sends */
	size_t n_more;
	struct wire_relay_desired desired;
	struct wire_relay_report *report;
};

static int64_t clock_us(void)
{
	return rly_clock_us();
}

static void pause_ms(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, (long)(ms % 1000) * 1000000}, NULL);
}

/* All peers receive what has arrived. */
static void pass(struct scene *scene, int ms)
{
	for (int64_t end = clock_us() + ms * 1000; clock_us() < end;) {
		for (int i = 0; i < PEERS; i++) {
			test_site_receive(scene->peers[i], 1);
		}
	}
}

/*
 * A site with a new address is challenged at once, and the socket is a queue: when the challenge
 * arrives, the relay has processed all that was sent before, however long it was not scheduled.
 */
static void ring(struct scene *scene)
{
	struct pollfd answer = {.events = POLLIN};
	test_site_move(scene->bell);
	answer.fd = scene->bell->fd;
	test_site_keepalive(scene->bell);
	assert_int_equal(poll(&answer, 1, PATIENCE * 5), 1);
}

/*
 * Everything sent has been processed, and timers of the next `ms` have run; the second ring finds
 * the first one's round ended.
 */
static void settle(struct scene *scene, int ms)
{
	ring(scene);
	pass(scene, ms);
	ring(scene);
	ring(scene);
	pass(scene, 1);
}

/* How often an action has happened since then that is allowed once per interval. */
static uint64_t turns(int64_t since_us, int64_t every_us)
{
	return 1 + (uint64_t)((clock_us() - since_us) / every_us);
}

static void order(struct scene *scene)
{
	scene->desired.version++;
	scene->desired.sites = scene->sites;
	scene->desired.n_sites = SITES + scene->n_more;
	assert_int_equal(rly_mailbox_post_desired(scene->mailbox, &scene->desired), 0);
}

/* The newest report of at least the latest desired version. */
static const struct wire_relay_report *report(struct scene *scene)
{
	for (int i = 0; i < PATIENCE; i++) {
		struct wire_relay_report *taken = rly_mailbox_take_report(scene->mailbox);
		if (taken) {
			rly_mailbox_report_destroy(scene->report);
			scene->report = taken;
			if (taken->version >= scene->desired.version) {
				return taken;
			}
		}
		pause_ms(5);
	}
	fail_msg("no report of version %llu", (unsigned long long)scene->desired.version);
	return NULL;
}

static void feed(struct scene *scene, enum slot slot, uint32_t site)
{
	for (size_t i = 0; i < scene->desired.n_slots; i++) {
		if (scene->desired.slots[i].slot == slot) {
			scene->desired.slots[i].site = site;
			return;
		}
	}
	scene->desired.slots[scene->desired.n_slots++] =
		(struct wire_slot_source){slot, site, SOURCE_NAME_CAMERA};
}

static int open_scene_below(void **state, const struct rly_uplink_limits *limits)
{
	struct rly_media_thread_config config = {.instance = INSTANCE, .limits = limits};
	struct scene *scene = calloc(1, sizeof(*scene));
	struct rly_address any;
	assert_true(rly_address_parse("127.0.0.1:0", &any));
	assert_int_equal(rly_udp_create(&any, &scene->udp), 0);
	assert_int_equal(rly_mailbox_create(&scene->mailbox), 0);
	assert_int_equal(
		rly_media_thread_start(scene->udp, scene->mailbox, &config, &scene->media), 0);
	struct rly_address bound = rly_udp_address(scene->udp);
	for (int i = 0; i < PEERS; i++) {
		scene->peers[i] = test_site_create((uint16_t)(i + 1), rly_address_port(&bound));
		struct wire_relay_site *site = &scene->sites[i];
		site->number = (uint32_t)i + 1;
		site->has_key = true;
		media_key_to_text(&scene->peers[i]->key, site->key);
		site->receive[site->n_receive++] = SLOT_PROGRAM;
		site->receive[site->n_receive++] = SLOT_VOICE0;
	}
	scene->desired.has_instance = true;
	memcpy(scene->desired.instance, INSTANCE, sizeof(INSTANCE));
	scene->bell = test_site_create(SITES, rly_address_port(&bound));
	scene->sites[PEERS].number = SITES;
	scene->sites[PEERS].has_key = true;
	media_key_to_text(&scene->bell->key, scene->sites[PEERS].key);
	order(scene);
	const struct wire_relay_report *first = report(scene);
	for (int i = 0; i < PEERS; i++) {
		test_site_take_key(scene->peers[i], first->group_key);
		test_site_keepalive(scene->peers[i]);
	}
	settle(scene, 30);
	*state = scene;
	return 0;
}

static int open_scene(void **state)
{
	return open_scene_below(state, NULL);
}

/* A scene in which a second is sent as fast as otherwise an hour. */
static int open_fast_scene(void **state)
{
	struct rly_uplink_limit any = {{UNBOUNDED, UNBOUNDED}, {UNBOUNDED, UNBOUNDED}};
	struct rly_uplink_limits limits = {any, any, any};
	return open_scene_below(state, &limits);
}

/* Ends the thread: its counters may then be read. */
static void end_media(struct scene *scene)
{
	if (scene->media) {
		assert_int_equal(rly_media_thread_stop(scene->media), 0);
		scene->media = NULL;
	}
}

static int close_scene(void **state)
{
	struct scene *scene = *state;
	end_media(scene);
	for (int i = 0; i < PEERS; i++) {
		test_site_destroy(scene->peers[i]);
	}
	test_site_destroy(scene->bell);
	rly_mailbox_report_destroy(scene->report);
	rly_mailbox_destroy(scene->mailbox);
	rly_udp_destroy(scene->udp);
	free(scene);
	return 0;
}

/* n frames of one packet from a peer's camera, 2 ms apart; the first is a key frame. */
static void film(struct scene *scene, int test_site, uint32_t first_frame, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t frame = first_frame + i;
		test_site_send(scene->peers[test_site], MEDIA_CAMERA, frame, i == 0, frame * FRAME,
			clock_us());
		pass(scene, 2);
	}
	settle(scene, 20);
}

static void a_keepalive_is_answered_and_latches(void **state)
{
	struct scene *scene = *state;
	for (int i = 0; i < PEERS; i++) {
		assert_true(scene->peers[i]->receiver_reports >= 1);
		assert_true(scene->peers[i]->refused == 0);
	}
	order(scene);
	const struct wire_relay_report *now = report(scene);
	assert_int_equal(now->n_sites, SITES);
	for (size_t i = 0; i < PEERS; i++) {
		assert_true(now->sites[i].has_address);
		assert_int_equal(now->sites[i].media, MEDIA_STATE_NONE);
	}
}

static void the_program_reaches_all_and_switches_at_a_keyframe(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	settle(scene, 20);
	assert_true(scene->peers[1]->keyframes_wanted[MEDIA_CAMERA] >= 1);
	film(scene, 1, 100, 10);
	feed(scene, SLOT_PROGRAM, 3);
	order(scene);
	report(scene);
	/* The new source is not shown before its key frame; the old one continues. */
	test_site_send(scene->peers[2], MEDIA_CAMERA, 499, false, 77, clock_us());
	test_site_send(scene->peers[1], MEDIA_CAMERA, 110, false, 110 * FRAME, clock_us());
	settle(scene, 20);
	assert_true(scene->peers[2]->keyframes_wanted[MEDIA_CAMERA] >= 1);
	film(scene, 2, 500, 10);
	test_site_send(scene->peers[1], MEDIA_CAMERA, 111, true, 111 * FRAME, clock_us());
	settle(scene, 20);
	for (int i = 0; i < PEERS; i++) {
		struct test_site *test_site = scene->peers[i];
		assert_int_equal(test_site->n_got, 21);
		for (size_t k = 0; k < 21; k++) {
			const struct test_site_got *got = &test_site->got[k];
			bool old = k < 11;
			assert_int_equal(got->slot, P);
			assert_int_equal(got->site, old ? 2 : 3);
			assert_int_equal(got->frame, old ? 100 + k : 500 + k - 11);
			assert_int_equal(got->keyframe, k == 0 || k == 11);
			assert_int_equal(got->sequence, (uint16_t)(test_site->got[0].sequence + k));
		}
	}
}

static void the_keyframe_is_asked_for_again_and_again(void **state)
{
	struct scene *scene = *state;
	const uint64_t *wanted = &scene->peers[1]->keyframes_wanted[MEDIA_CAMERA];
	int64_t begun_us = clock_us();
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	settle(scene, 1000);
	assert_in_range(*wanted, 3, turns(begun_us, KEYFRAME_AGAIN_US));
	film(scene, 1, 0, 2);
	uint64_t before = *wanted;
	settle(scene, 600);
	assert_int_equal(*wanted, before);
	/* Impatient receivers are rate limited. */
	begun_us = clock_us();
	for (int i = 0; i < 20; i++) {
		test_site_want_keyframe(scene->peers[i % PEERS], P);
	}
	settle(scene, 50);
	assert_in_range(*wanted, before + 1, before + turns(begun_us, IMPATIENT_US));
}

static void a_site_gets_only_what_it_should(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	feed(scene, SLOT_RETURN, 1);
	scene->sites[1].receive[0] = SLOT_RETURN;
	order(scene);
	report(scene);
	film(scene, 1, 1, 5);
	film(scene, 0, 1, 5);
	assert_int_equal(scene->peers[1]->n_got, 5);
	assert_int_equal(test_site_latest(scene->peers[1], 0)->slot, R);
	assert_int_equal(test_site_latest(scene->peers[1], 0)->site, 1);
	assert_int_equal(scene->peers[2]->n_got, 5);
	assert_int_equal(test_site_latest(scene->peers[2], 0)->slot, P);
	assert_int_equal(test_site_latest(scene->peers[2], 0)->site, 2);
	/* Joining a slot requests a key frame from its source at once. */
	uint64_t before = scene->peers[1]->keyframes_wanted[MEDIA_CAMERA];
	settle(scene, 300);
	scene->sites[1].receive[0] = SLOT_PROGRAM;
	order(scene);
	report(scene);
	settle(scene, 20);
	assert_int_equal(scene->peers[1]->keyframes_wanted[MEDIA_CAMERA], before + 1);
}

static void voices_stop_at_once(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_VOICE0, 3);
	order(scene);
	report(scene);
	for (uint32_t i = 0; i < 5; i++) {
		test_site_send(scene->peers[2], MEDIA_VOICE, i, false, i * 960, clock_us());
	}
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 5);
	assert_int_equal(test_site_latest(scene->peers[0], 0)->slot, VOICE);
	scene->desired.n_slots = 0;
	order(scene);
	report(scene);
	test_site_send(scene->peers[2], MEDIA_VOICE, 5, false, 5 * 960, clock_us());
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 5);
}

/* Sends NACKs for the gaps among the latest packets, as a receiver's jitter buffer would. */
static size_t ask_for_gaps(struct test_site *test_site, const bool *have, uint16_t first, size_t n)
{
	uint16_t missing[64];
	size_t n_missing = 0;
	for (size_t i = 0; i < n && n_missing < 64; i++) {
		if (!have[i]) {
			missing[n_missing++] = (uint16_t)(first + i);
		}
	}
	if (n_missing > 0) {
		test_site_ask(test_site, P, missing, n_missing);
	}
	return n_missing;
}

static void mark(const struct test_site *test_site, bool *have, uint16_t first, size_t n)
{
	for (size_t i = 0; i < test_site->n_got && i < TEST_SITE_GOT_MAX; i++) {
		size_t at = (uint16_t)(test_site->got[i].sequence - first);
		if (at < n) {
			assert_int_equal(test_site->got[i].frame, at);
			have[at] = true;
		}
	}
}

static void losses_on_the_way_down_are_repaired_from_the_ring(void **state)
{
	struct scene *scene = *state;
	enum { N = 400 };
	static bool have[N];
	struct test_site *lossy = scene->peers[3];
	memset(have, 0, sizeof(have));
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	lossy->lose_every = 5;
	film(scene, 1, 0, N);
	uint16_t first = scene->peers[0]->got[0].sequence;
	mark(lossy, have, first, N);
	for (int round = 0; round < 20 && ask_for_gaps(lossy, have, first, N) > 0; round++) {
		settle(scene, 30);
		mark(lossy, have, first, N);
	}
	for (size_t i = 0; i < N; i++) {
		assert_true(have[i]);
	}
	assert_int_equal(scene->peers[0]->n_got, N);
	assert_int_equal(lossy->refused, 0);
	order(scene);
	const struct wire_relay_report *now = report(scene);
	assert_int_equal(now->sites[3].media, MEDIA_STATE_NONE);
	assert_in_range(now->sites[3].loss_permille, 150, 300);
	assert_int_equal(now->sites[0].loss_permille, 0);
}

static void losses_on_the_way_up_are_asked_for_once_for_all(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	for (uint32_t frame = 5; frame < 105; frame++) {
		scene->peers[1]->lose_sent = frame % 10 == 7;
		test_site_send(
			scene->peers[1], MEDIA_CAMERA, frame, false, frame * FRAME, clock_us());
		pass(scene, 2);
	}
	settle(scene, 100);
	/* From four receivers; a late answer causes another request. */
	assert_in_range(scene->peers[1]->asked, 10, 19);
	for (int i = 0; i < PEERS; i++) {
		bool have[105] = {false};
		mark(scene->peers[i], have, scene->peers[i]->got[0].sequence, 105);
		for (size_t k = 0; k < 105; k++) {
			assert_true(have[k]);
		}
		assert_int_equal(scene->peers[i]->n_got, 105);
	}
}

static void an_outage_ends_with_a_keyframe_and_leaves_no_gap(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	uint16_t last = test_site_latest(scene->peers[0], 0)->sequence;
	scene->peers[1]->lose_sent = true;
	film(scene, 1, 5, 50);
	scene->peers[1]->lose_sent = false;
	settle(scene, 1100);
	order(scene);
	assert_int_equal(report(scene)->sites[1].media, MEDIA_STATE_SILENT);
	uint64_t before = scene->peers[1]->keyframes_wanted[MEDIA_CAMERA];
	int64_t begun_us = clock_us();
	test_site_send(scene->peers[1], MEDIA_CAMERA, 55, false, 55 * FRAME, clock_us());
	settle(scene, 50);
	assert_in_range(scene->peers[1]->keyframes_wanted[MEDIA_CAMERA], before + 1,
		before + turns(begun_us, KEYFRAME_AGAIN_US));
	assert_int_equal(scene->peers[0]->n_got, 5);
	film(scene, 1, 56, 5);
	assert_int_equal(scene->peers[0]->n_got, 10);
	assert_int_equal(scene->peers[0]->got[5].frame, 56);
	assert_int_equal(scene->peers[0]->got[5].sequence, (uint16_t)(last + 1));
	assert_int_equal(scene->peers[1]->asked, 0);
}

/*
 * Faster than film: as fast as the first peer receives, with few enough in flight for its socket.
 * It sends keepalives as sites do, for on a busy machine this takes longer than the silence limit.
 */
static void blast(struct scene *scene, int test_site, uint32_t *frame, size_t n)
{
	struct test_site *first = scene->peers[0];
	for (size_t i = 0; i < n; i++) {
		test_site_send(scene->peers[test_site], MEDIA_CAMERA, *frame, *frame == 0,
			*frame * 90, clock_us());
		++*frame;
		if (*frame % KEEPALIVE_EVERY == 0) {
			test_site_keepalive(first);
		}
		for (int k = 0; *frame - first->n_got > UNDER_WAY && k < PATIENCE; k++) {
			test_site_receive(first, 5);
		}
		assert_in_range(*frame - first->n_got, 0, UNDER_WAY);
	}
	settle(scene, 30);
}

static void late_joiners_decrypt_after_wraps(void **state)
{
	struct scene *scene = *state;
	struct test_site *present = scene->peers[0];
	scene->desired.n_slots = 0;
	scene->sites[3].n_receive = 0;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	/* Only site 1 receives while the numbers wrap twice. */
	scene->sites[1].n_receive = 0;
	scene->sites[2].n_receive = 0;
	order(scene);
	report(scene);
	uint32_t frame = 0;
	blast(scene, 1, &frame, 2 * 65536);
	assert_int_equal(present->n_got, frame);
	assert_int_equal(present->refused, 0);
	assert_in_range(test_site_latest(present, 0)->epoch, 1, 2);
	scene->sites[3].n_receive = 1;
	order(scene);
	report(scene);
	test_site_keepalive(scene->peers[3]);
	settle(scene, 30);
	film(scene, 1, frame, 20);
	assert_int_equal(scene->peers[3]->n_got, 20);
	assert_int_equal(scene->peers[3]->refused, 0);
	assert_int_equal(
		test_site_latest(scene->peers[3], 0)->epoch, test_site_latest(present, 0)->epoch);
	/* A packet from before the join, and perhaps from before the wrap: it is sent again to who
	 * had it. */
	uint16_t earlier = (uint16_t)(test_site_latest(scene->peers[3], 19)->sequence - 10);
	uint64_t bytes = scene->peers[3]->bytes;
	test_site_ask(scene->peers[3], P, &earlier, 1);
	test_site_ask(present, P, &earlier, 1);
	settle(scene, 30);
	assert_int_equal(present->refused, 1); /* the same ciphertext once more */
	assert_int_equal(scene->peers[3]->n_got, 20);
	assert_in_range(scene->peers[3]->bytes - bytes, 0, 200); /* reports alone */
}

static void unknown_senders_are_counted_and_never_forwarded(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	/* An attacker with another key, who claims to be site 2, from another address. */
	struct test_site *forger = test_site_create(2, scene->peers[1]->relay_port);
	forger->next[MEDIA_CAMERA] = 5;
	for (uint32_t i = 0; i < 10; i++) {
		test_site_send(forger, MEDIA_CAMERA, 666, true, 0, clock_us());
	}
	/* A third party replays what site 2 has sent. */
	for (size_t i = 0; i < 5; i++) {
		test_site_send_raw(
			forger, scene->peers[1]->sent[i].data, scene->peers[1]->sent[i].size);
	}
	test_site_send_raw(forger, "x", 1);
	test_site_send_raw(forger, "0123456789012345678901234567890123456789", 40);
	settle(scene, 30);
	film(scene, 1, 5, 5);
	/* And site 2 itself does: only these count as its own. */
	for (size_t i = 0; i < 3; i++) {
		test_site_send_raw(scene->peers[1], scene->peers[1]->sent[i].data,
			scene->peers[1]->sent[i].size);
	}
	settle(scene, 10);
	order(scene);
	const struct wire_relay_report *now = report(scene);
	assert_int_equal(now->sites[1].auth_failures, 3);
	assert_int_equal(now->auth_failures, 20);
	assert_int_equal(scene->peers[0]->n_got, 10);
	for (size_t i = 0; i < 10; i++) {
		assert_int_equal(scene->peers[0]->got[i].frame, i);
	}
	test_site_destroy(forger);
}

static void a_site_that_moves_is_followed(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	test_site_move(scene->peers[0]);
	film(scene, 1, 5, 5);
	assert_int_equal(scene->peers[0]->n_got, 5);
	test_site_keepalive(scene->peers[0]);
	settle(scene, 30);
	film(scene, 1, 10, 5);
	assert_int_equal(scene->peers[0]->n_got, 10);
	test_site_move(scene->peers[1]);
	film(scene, 1, 15, 5);
	assert_int_equal(scene->peers[0]->n_got, 15);
}

/* The bytes a receiver got against the bytes it sent. */
static void assert_little(const struct test_site *test_site, uint64_t sent)
{
	assert_int_equal(test_site->n_got, 0);
	assert_true(test_site->challenges > 0);
	assert_in_range(test_site->bytes, 1, 3 * sent);
}

/* A key proves the sender, not its address: RFC 9000 section 8. */
static void who_does_not_answer_is_sent_next_to_nothing(void **state)
{
	struct scene *scene = *state;
	struct test_site *mute = scene->peers[3];
	uint16_t wanted[] = {0, 1, 2, 3};
	mute->silent = true;
	test_site_move(mute);
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	mute->bytes = mute->sent_bytes = 0;
	test_site_keepalive(mute);
	film(scene, 1, 0, 50);
	test_site_ask(mute, P, wanted, 4);
	test_site_want_keyframe(mute, P);
	film(scene, 1, 50, 50);
	assert_little(mute, mute->sent_bytes);
	assert_int_equal(scene->peers[0]->n_got, 100);
	/* Once it answers, its address is proven. */
	mute->silent = false;
	test_site_keepalive(mute);
	settle(scene, 30);
	film(scene, 1, 100, 5);
	assert_int_equal(mute->n_got, 5);
}

/* A packet is copied on the path, and the copy arrives first; the attacker cannot answer. */
static void a_copy_that_comes_first_steals_nothing(void **state)
{
	struct scene *scene = *state;
	struct test_site *victim = scene->peers[0];
	struct test_site *copier = test_site_create(victim->number, victim->relay_port);
	_Alignas(8) uint8_t copy[64];
	test_site_take_key(copier, scene->report->group_key);
	copier->silent = true;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	for (uint32_t i = 0; i < 50; i++) {
		size_t size = test_site_seal_keepalive(victim, copy, sizeof(copy));
		test_site_send_raw(copier, copy, size);
		test_site_send_raw(victim, copy, size);
		film(scene, 1, i, 1);
		test_site_receive(copier, 0);
	}
	assert_little(copier, copier->sent_bytes);
	assert_int_equal(victim->n_got, 50);
	assert_int_equal(victim->refused, 0);
	test_site_destroy(copier);
}

static void a_barred_site_gets_nothing_and_the_key_changes(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	char before[MEDIA_KEY_SIZE];
	strcpy(before, report(scene)->group_key);
	film(scene, 1, 0, 5);
	scene->sites[3].barred = true;
	order(scene);
	const struct wire_relay_report *now = report(scene);
	assert_string_not_equal(now->group_key, before);
	for (int i = 0; i < 3; i++) {
		test_site_take_key(scene->peers[i], now->group_key);
	}
	uint32_t frame = 5;
	for (int64_t end = clock_us() + RLY_REKEY_US + 500000; clock_us() < end;) {
		test_site_send(
			scene->peers[1], MEDIA_CAMERA, frame, false, frame * FRAME, clock_us());
		frame++;
		pass(scene, 20);
	}
	settle(scene, 20);
	assert_int_equal(scene->peers[3]->n_got, 5);
	assert_int_equal(scene->peers[0]->n_got, frame);
	assert_int_equal(scene->peers[0]->refused, 0);
	assert_int_equal(
		test_site_latest(scene->peers[0], 0)->epoch, scene->peers[0]->got[0].epoch + 1);
	/* Its key does not open what is sent now. */
	struct media_key old;
	assert_int_equal(media_key_from_text(before, &old), 0);
	struct media_receiver *barred = NULL;
	assert_int_equal(media_receiver_create(&old, &barred), 0);
	media_receiver_destroy(scene->peers[0]->receiver);
	scene->peers[0]->receiver = barred;
	size_t got = scene->peers[0]->n_got;
	film(scene, 1, frame, 5);
	assert_int_equal(scene->peers[0]->n_got, got);
	assert_true(scene->peers[0]->refused >= 5);
}

static void mark_all(struct scene *scene, char mark)
{
	for (size_t i = 0; i < SITES; i++) {
		scene->sites[i].has_credential = true;
		memset(scene->sites[i].credential, mark, CREDENTIAL_MARK_CHARS);
	}
}

/*
 * Rotated, then revoked: its packets are ignored, it is sent nothing, and the others get a new
 * group key. Under the new join file it is accepted again, but not under the key of the old one.
 */
static void a_join_file_takes_its_keys_along(void **state)
{
	struct scene *scene = *state;
	char before[MEDIA_KEY_SIZE], former[MEDIA_KEY_SIZE];
	mark_all(scene, 'a');
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	strcpy(before, report(scene)->group_key);
	film(scene, 1, 0, 5);
	strcpy(former, scene->sites[1].key);
	for (int i = 0; i < 2; i++) { /* the same again changes nothing */
		order(scene);
		assert_string_equal(report(scene)->group_key, before);
	}
	memset(scene->sites[1].credential, 'b', CREDENTIAL_MARK_CHARS);
	scene->sites[1].has_key = false;
	order(scene);
	assert_string_not_equal(report(scene)->group_key, before);
	assert_false(scene->report->sites[1].has_address);
	for (uint32_t frame = 5; frame < 10; frame++) {
		test_site_send(
			scene->peers[1], MEDIA_CAMERA, frame, true, frame * FRAME, clock_us());
	}
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 5);
	scene->sites[1].has_key = true;
	order(scene);
	assert_int_equal(report(scene)->keys_refused, 1); /* the previous key */
	test_site_destroy(scene->peers[1]);
	scene->peers[1] = test_site_create(2, scene->peers[0]->relay_port);
	media_key_to_text(&scene->peers[1]->key, scene->sites[1].key);
	order(scene);
	assert_int_equal(report(scene)->keys_refused, 1);
	test_site_take_key(scene->peers[1], scene->report->group_key);
	film(scene, 1, 100, 5);
	assert_int_equal(scene->peers[0]->n_got, 10);
	scene->sites[1].has_credential = scene->sites[1].has_key = false;
	order(scene);
	report(scene);
	test_site_send(scene->peers[1], MEDIA_CAMERA, 200, true, 200 * FRAME, clock_us());
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 10);
}

/* A holder of the key has misled a receiver. A new key is requested once and made once. */
static void another_group_key_is_made_where_one_is_asked_for(void **state)
{
	struct scene *scene = *state;
	order(scene);
	char before[MEDIA_KEY_SIZE];
	strcpy(before, report(scene)->group_key);
	scene->desired.has_rekey = true;
	scene->desired.rekey = 1234;
	order(scene);
	assert_string_not_equal(report(scene)->group_key, before);
	strcpy(before, scene->report->group_key);
	for (int64_t end = clock_us() + RLY_REKEY_US + 200000; clock_us() < end;) {
		pass(scene, 50);
	}
	order(scene);
	assert_string_equal(report(scene)->group_key, before);
	scene->desired.rekey = 1235;
	order(scene);
	assert_string_not_equal(report(scene)->group_key, before);
}

/* Another meeting, another roster: a former site knows the present key. */
static void who_is_no_site_any_more_does_not_keep_the_key(void **state)
{
	struct scene *scene = *state;
	scene->sites[SITES] = (struct wire_relay_site){.number = 77};
	scene->n_more = 1;
	order(scene);
	char before[MEDIA_KEY_SIZE];
	strcpy(before, report(scene)->group_key);
	scene->n_more = 0;
	order(scene);
	assert_string_not_equal(report(scene)->group_key, before);
}

/* Not even if a slot is still fed from it. */
static void what_a_barred_site_sends_is_passed_over(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	scene->sites[1].barred = true;
	order(scene);
	uint64_t heard = report(scene)->sites[1].packets;
	film(scene, 1, 5, 5);
	order(scene);
	assert_int_equal(report(scene)->sites[1].packets, heard);
	assert_int_equal(scene->peers[0]->n_got, 5);
	scene->sites[1].barred = false;
	order(scene);
	report(scene);
	film(scene, 1, 10, 5);
	assert_int_equal(test_site_latest(scene->peers[0], 0)->frame, 14);
}

static void another_process_with_a_new_key_takes_over(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	test_site_destroy(scene->peers[1]);
	scene->peers[1] = test_site_create(2, scene->peers[0]->relay_port);
	test_site_take_key(scene->peers[1], scene->report->group_key);
	media_key_to_text(&scene->peers[1]->key, scene->sites[1].key);
	order(scene);
	report(scene);
	scene->peers[1]->next[MEDIA_CAMERA] = 3;
	film(scene, 1, 100, 5);
	assert_int_equal(scene->peers[0]->n_got, 10);
	assert_int_equal(scene->peers[0]->got[5].frame, 100);
	assert_int_equal(
		scene->peers[0]->got[5].sequence, (uint16_t)(scene->peers[0]->got[4].sequence + 1));
}

/*
 * A standby takes over and the first instance returns with its old key: recorded packets stay
 * refused.
 */
static void a_key_that_comes_back_has_seen_what_it_saw(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	struct test_site *spare = test_site_create(2, scene->peers[0]->relay_port);
	media_key_to_text(&spare->key, scene->sites[1].key);
	order(scene);
	report(scene);
	test_site_send(spare, MEDIA_CAMERA, 100, true, 0, clock_us());
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 6);
	media_key_to_text(&scene->peers[1]->key, scene->sites[1].key);
	order(scene);
	uint64_t before = report(scene)->auth_failures;
	for (size_t i = 0; i < 5; i++) {
		test_site_send_raw(
			spare, scene->peers[1]->sent[i].data, scene->peers[1]->sent[i].size);
	}
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 6);
	film(scene, 1, 5, 5);
	assert_int_equal(scene->peers[0]->n_got, 11);
	order(scene);
	assert_int_equal(report(scene)->auth_failures, before + 5);
	test_site_destroy(spare);
}

/*
 * Two standbys in turn and back to the first: by then the replay windows of its key are gone, so
 * that key is refused.
 */
static void a_key_nobody_remembers_the_past_of_is_refused(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	char first[MEDIA_KEY_SIZE];
	memcpy(first, scene->sites[1].key, sizeof(first));
	for (int i = 0; i < 2; i++) {
		struct media_key spare;
		assert_int_equal(media_key_make(&spare), 0);
		media_key_to_text(&spare, scene->sites[1].key);
		order(scene);
		assert_int_equal(report(scene)->keys_refused, 0);
	}
	memcpy(scene->sites[1].key, first, sizeof(first));
	order(scene);
	assert_int_equal(report(scene)->keys_refused, 1);
	for (size_t i = 0; i < 5; i++) {
		test_site_send_raw(scene->peers[2], scene->peers[1]->sent[i].data,
			scene->peers[1]->sent[i].size);
	}
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 5);
}

/* Packets recorded under a previous relay are refused by this one. */
static void keys_made_for_another_relay_are_refused(void **state)
{
	struct scene *scene = *state;
	struct test_site *recorded = test_site_create(2, scene->peers[0]->relay_port);
	feed(scene, SLOT_PROGRAM, 2);
	for (int named = 0; named < 2; named++) {
		media_key_to_text(&recorded->key, scene->sites[1].key);
		scene->desired.has_instance = named == 1;
		memcpy(scene->desired.instance, ANOTHER, sizeof(ANOTHER));
		order(scene);
		assert_int_equal(report(scene)->keys_refused, (uint64_t)(named + 1) * SITES);
	}
	test_site_send(recorded, MEDIA_CAMERA, 0, true, 0, clock_us());
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 0);
	memcpy(scene->desired.instance, INSTANCE, sizeof(INSTANCE));
	media_key_to_text(&scene->peers[1]->key, scene->sites[1].key);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	assert_int_equal(scene->peers[0]->n_got, 5);
	test_site_destroy(recorded);
}

/* It may have the key and no path to the relay: others must not share a secret with it. */
static void who_is_barred_unheard_does_not_keep_the_key(void **state)
{
	struct scene *scene = *state;
	scene->sites[SITES] = (struct wire_relay_site){.number = 77};
	scene->n_more = 1;
	order(scene);
	char before[MEDIA_KEY_SIZE];
	strcpy(before, report(scene)->group_key);
	scene->sites[SITES].barred = true;
	order(scene);
	assert_string_not_equal(report(scene)->group_key, before);
}

/* A coordinator that has just restarted knows the meeting, but no keys yet. */
static void a_key_not_said_is_kept(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	film(scene, 1, 0, 5);
	for (int i = 0; i < PEERS; i++) {
		scene->sites[i].has_key = false;
	}
	order(scene);
	report(scene);
	for (uint32_t frame = 5; frame < 10; frame++) {
		test_site_send(
			scene->peers[1], MEDIA_CAMERA, frame, false, frame * FRAME, clock_us());
	}
	settle(scene, 20);
	assert_int_equal(scene->peers[0]->n_got, 10);
}

/* Sound and picture of one moment must carry one time, even if the picture is 150 ms late. */
static void sound_and_picture_share_a_time_axis(void **state)
{
	struct scene *scene = *state;
	enum { LATE_US = 150000, STRANGE_CLOCK_US = 40000000 };
	feed(scene, SLOT_PROGRAM, 2);
	feed(scene, SLOT_VOICE0, 2);
	order(scene);
	report(scene);
	int64_t begun = clock_us();
	for (uint32_t i = 0; i < 60; i++) {
		int64_t ntp_us = clock_us() - begun + STRANGE_CLOCK_US;
		test_site_send(scene->peers[1], MEDIA_VOICE, i, false,
			(uint32_t)(ntp_us * 48 / 1000) + 12345, ntp_us);
		if (i % 2 == 0) {
			int64_t taken_us = ntp_us - LATE_US;
			test_site_send(scene->peers[1], MEDIA_CAMERA, i, i == 0,
				(uint32_t)(taken_us * 90 / 1000) + 777, taken_us);
		}
		pass(scene, 20);
	}
	settle(scene, 20);
	struct test_site *test_site = scene->peers[0];
	assert_true(test_site->reports[P] >= 2 && test_site->reports[VOICE] >= 2);
	const struct test_site_got *voice = NULL, *picture = NULL;
	for (size_t i = 0; i < 4; i++) {
		const struct test_site_got *got = test_site_latest(test_site, i);
		voice = got->slot == VOICE && !voice ? got : voice;
		picture = got->slot == P && !picture ? got : picture;
	}
	assert_non_null(voice);
	assert_non_null(picture);
	int64_t voice_us =
		ntp_to_us(test_site->report[VOICE].ntp) +
		(int64_t)(int32_t)(voice->timestamp - test_site->report[VOICE].timestamp) * 1000 /
			48;
	int64_t picture_us =
		ntp_to_us(test_site->report[P].ntp) +
		(int64_t)(int32_t)(picture->timestamp - test_site->report[P].timestamp) * 1000 / 90;
	int64_t apart = voice_us - picture_us - (int64_t)(voice->frame - picture->frame) * 20000;
	assert_in_range(apart + 100000, 100000 + LATE_US - 10000, 100000 + LATE_US + 10000);
}

static void large_frames_travel_in_gso_batches(void **state)
{
	struct scene *scene = *state;
	feed(scene, SLOT_PROGRAM, 2);
	order(scene);
	report(scene);
	scene->peers[1]->padding = 1150;
	for (uint32_t i = 0; i < 120; i++) {
		scene->peers[1]->padding = i % 40 == 39 ? 200 : 1150;
		test_site_send(
			scene->peers[1], MEDIA_CAMERA, i, i == 0, i / 40 * FRAME, clock_us());
	}
	settle(scene, 60);
	for (int i = 0; i < PEERS; i++) {
		assert_int_equal(scene->peers[i]->n_got, 120);
		for (size_t k = 0; k < 120; k++) {
			assert_int_equal(scene->peers[i]->got[k].frame, k);
			assert_int_equal(
				scene->peers[i]->got[k].payload, (k % 40 == 39 ? 200 : 1150) + 5);
		}
	}
	end_media(scene);
	assert_true(rly_udp_counts(scene->udp)->calls < 120);
	assert_int_equal(rly_udp_counts(scene->udp)->no_gso, 0);
	assert_int_equal(rly_udp_counts(scene->udp)->send_errors, 0);
}

#define scene_test(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(a_keepalive_is_answered_and_latches),
		scene_test(the_program_reaches_all_and_switches_at_a_keyframe),
		scene_test(the_keyframe_is_asked_for_again_and_again),
		scene_test(a_site_gets_only_what_it_should),
		scene_test(voices_stop_at_once),
		scene_test(losses_on_the_way_down_are_repaired_from_the_ring),
		scene_test(losses_on_the_way_up_are_asked_for_once_for_all),
		scene_test(an_outage_ends_with_a_keyframe_and_leaves_no_gap),
		cmocka_unit_test_setup_teardown(
			late_joiners_decrypt_after_wraps, open_fast_scene, close_scene),
		scene_test(unknown_senders_are_counted_and_never_forwarded),
		scene_test(a_site_that_moves_is_followed),
		scene_test(who_does_not_answer_is_sent_next_to_nothing),
		scene_test(a_copy_that_comes_first_steals_nothing),
		scene_test(a_barred_site_gets_nothing_and_the_key_changes),
		scene_test(a_join_file_takes_its_keys_along),
		scene_test(another_group_key_is_made_where_one_is_asked_for),
		scene_test(who_is_no_site_any_more_does_not_keep_the_key),
		scene_test(what_a_barred_site_sends_is_passed_over),
		scene_test(another_process_with_a_new_key_takes_over),
		scene_test(a_key_that_comes_back_has_seen_what_it_saw),
		scene_test(a_key_nobody_remembers_the_past_of_is_refused),
		scene_test(keys_made_for_another_relay_are_refused),
		scene_test(who_is_barred_unheard_does_not_keep_the_key),
		scene_test(a_key_not_said_is_kept),
		scene_test(sound_and_picture_share_a_time_axis),
		scene_test(large_frames_travel_in_gso_batches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
