/* The parts of endpoint/media that need no GStreamer pipeline. */
#include <arpa/inet.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/cards/caption.h"
#include "endpoint/cards/card.h"
#include "endpoint/cards/title_board.h"
#include "endpoint/media/capture/capture_source.h"
#include "endpoint/media/common/picture_stamp.h"
#include "endpoint/media/common/signal_monitor.h"
#include "endpoint/media/common/voice_tone.h"
#include "endpoint/media/program/layout.h"
#include "endpoint/media/program/soft_motion.h"
#include "endpoint/media/program/transition.h"
#include "endpoint/media/receive/lip_sync.h"
#include "endpoint/media/receive/receive_counters.h"
#include "endpoint/media/receive/rtp_receiver.h"
#include "endpoint/media/send/rtp_sender.h"
#include "endpoint/media/transport/relay_path.h"
#include "proto/media/rtcp.h"
#include "proto/media/rtp.h"
#include "proto/media/rtx_buffer.h"
#include "proto/media/srtp_receiver.h"
#include "proto/media/srtp_sender.h"
#include "proto/media/ssrc.h"
#include "text_copy.h"
#include "wire_msg.h"

enum {
	WIDTH = 640,
	HEIGHT = 360,
};

static struct ep_luma plane(unsigned width, unsigned height)
{
	uint8_t *pixels = malloc((size_t)width * height);
	memset(pixels, 90, (size_t)width * height);
	return (struct ep_luma){pixels, width, width, height};
}

static void stamp_survives_scaling_and_noise(void **state)
{
	(void)state;
	struct ep_stamp stamp = {8127, 2, 0xABCDEF};
	struct ep_luma large = plane(WIDTH, HEIGHT);
	struct ep_luma small = plane(WIDTH / 4, HEIGHT / 4);
	ep_stamp_write(&stamp, &large);
	for (unsigned y = 0; y < small.height; y++) {
		for (unsigned x = 0; x < small.width; x++) {
			int value =
				large.pixels[(size_t)y * 4 * WIDTH + x * 4] + (rand() % 61) - 30;
			small.pixels[y * small.stride + x] = (uint8_t)(value < 0     ? 0
								       : value > 255 ? 255
										     : value);
		}
	}
	struct ep_stamp read;
	assert_true(ep_stamp_read(&small, &read));
	assert_int_equal(read.site, 8127);
	assert_int_equal(read.source, 2);
	assert_int_equal(read.clock, 0xABCDEF);
	free(large.pixels);
	free(small.pixels);
}

static void no_stamp_is_found_where_none_is(void **state)
{
	(void)state;
	struct ep_luma luma = plane(WIDTH, HEIGHT);
	struct ep_stamp read;
	assert_false(ep_stamp_read(&luma, &read));
	unsigned found = 0;
	for (int i = 0; i < 2000; i++) {
		for (size_t p = 0; p < (size_t)WIDTH * ep_stamp_height(HEIGHT); p++) {
			luma.pixels[p] = rand() % 2 ? 235 : 16;
		}
		found += ep_stamp_read(&luma, &read);
	}
	assert_true(found <= 1);
	free(luma.pixels);
}

static void tones_tell_sites_apart(void **state)
{
	(void)state;
	int16_t samples[1920];
	for (unsigned i = 0; i < 1920; i++) {
		double turn = 6.283185307 * ep_tone_hz(7) * i / 48000;
		samples[i] = (int16_t)(6000 * __builtin_sin(turn));
	}
	assert_true(ep_tone_level(samples, 1920, 48000, ep_tone_hz(7)) > 0.15);
	assert_true(ep_tone_level(samples, 1920, 48000, ep_tone_hz(6)) < 0.05);
	assert_true(ep_tone_level(samples, 1920, 48000, ep_tone_hz(8)) < 0.05);
	assert_int_equal(ep_tone_hz(1), ep_tone_hz(65));
}

static void a_tone_dips_at_each_full_second(void **state)
{
	(void)state;
	int16_t samples[960];
	memset(samples, 0x10, sizeof(samples));
	ep_tone_dip(samples, 960, 48000, 1700000000990000); /* 10 ms before the second */
	assert_int_equal(samples[479], 0x1010);
	assert_int_equal(samples[480], 0x1010 / 2);
	assert_int_equal(samples[959], 0x1010 / 2);
	memset(samples, 0x10, sizeof(samples));
	ep_tone_dip(samples, 960, 48000, 1700000000000000 + (EP_TONE_DIP_MS - 10) * 1000);
	assert_int_equal(samples[479], 0x1010 / 2);
	assert_int_equal(samples[480], 0x1010);
}

static void black_and_frozen_are_told(void **state)
{
	(void)state;
	struct ep_picture_monitor monitor = {0};
	struct ep_luma luma = plane(192, 108);
	for (int64_t ms = 0; ms <= 6000; ms += 500) {
		ep_picture_monitor_frame(&monitor, &luma, ms);
	}
	assert_true(ep_picture_monitor_is_frozen(&monitor));
	assert_false(ep_picture_monitor_is_black(&monitor));
	luma.pixels[7] ^= 1;
	ep_picture_monitor_frame(&monitor, &luma, 6500);
	assert_false(ep_picture_monitor_is_frozen(&monitor));
	memset(luma.pixels, 16, 192 * 108);
	for (int64_t ms = 7000; ms <= 12000; ms += 500) {
		ep_picture_monitor_frame(&monitor, &luma, ms);
	}
	assert_true(ep_picture_monitor_is_black(&monitor));
	assert_false(ep_picture_monitor_is_frozen(&monitor));
	free(luma.pixels);
}

/* A busy machine measures seldom: an occasional dark moment is no black picture. */
static void gaps_prove_nothing(void **state)
{
	(void)state;
	struct ep_voice_monitor voice = {0};
	struct ep_luma luma = plane(192, 108);
	struct ep_picture_monitor monitor = {0};
	ep_picture_monitor_frame(&monitor, &luma, 0);
	memset(luma.pixels, 16, 192 * 108);
	for (int64_t ms = 3000; ms <= 30000; ms += EP_MONITOR_GAP_MS + 1) {
		ep_picture_monitor_frame(&monitor, &luma, ms);
		ep_voice_monitor_level(&voice, -90, ms);
		assert_false(ep_picture_monitor_is_black(&monitor));
		assert_false(ep_picture_monitor_is_frozen(&monitor));
		assert_false(ep_voice_monitor_is_silent(&voice));
	}
	free(luma.pixels);
}

static void silence_takes_seconds(void **state)
{
	(void)state;
	struct ep_voice_monitor monitor = {0};
	ep_voice_monitor_level(&monitor, -20, 1000);
	assert_true(ep_voice_monitor_is_talking(&monitor));
	ep_voice_monitor_level(&monitor, -90, 1200);
	assert_false(ep_voice_monitor_is_talking(&monitor));
	for (int64_t ms = 1400; ms < 6000; ms += 200) {
		ep_voice_monitor_level(&monitor, -90, ms);
		assert_false(ep_voice_monitor_is_silent(&monitor));
	}
	ep_voice_monitor_level(&monitor, -90, 6000);
	assert_true(ep_voice_monitor_is_silent(&monitor));
}

static void faster_slots_wait_for_the_slowest(void **state)
{
	(void)state;
	struct ep_lip_sync sync = {0};
	ep_lip_sync_report(&sync, 0, 10150000, 5000000, 1);
	ep_lip_sync_report(&sync, 4, 10000000, 5000000, 1);
	assert_int_equal(ep_lip_sync_wait_us(&sync, 0, 2), 0);
	assert_int_equal(ep_lip_sync_wait_us(&sync, 4, 2), 150000);
	assert_int_equal(ep_lip_sync_wait_us(&sync, 5, 2), 0);
	ep_lip_sync_forget(&sync, 0);
	assert_int_equal(ep_lip_sync_wait_us(&sync, 4, 2), 0);
	ep_lip_sync_report(&sync, 0, 10150000, 5000000, 1);
	assert_int_equal(ep_lip_sync_wait_us(&sync, 4, EP_LIP_SYNC_STALE_US + 10), 0);
	assert_false(ep_lip_sync_is_worth(0, EP_LIP_SYNC_STEP_US));
	assert_true(ep_lip_sync_is_worth(0, EP_LIP_SYNC_STEP_US + 1));
}

static void only_known_addresses_are_listened_to(void **state)
{
	(void)state;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(5004)};
	struct sockaddr_in b = a;
	struct sockaddr_in c = a;
	a.sin_addr.s_addr = htonl(0x7F000001);
	b.sin_addr.s_addr = htonl(0x7F000002);
	c.sin_addr.s_addr = htonl(0x7F000003);
	const struct sockaddr *from_c = (const struct sockaddr *)(const void *)&c;
	struct ep_relay_path path = {0};
	assert_true(ep_relay_path_add(&path, (const struct sockaddr *)(const void *)&a, sizeof(a)));
	assert_true(ep_relay_path_add(&path, (const struct sockaddr *)(const void *)&b, sizeof(b)));
	size_t index;
	assert_false(ep_relay_path_has(&path, from_c, &index));
	assert_true(ep_relay_path_is_used(&path, 0) && ep_relay_path_is_used(&path, 1));
	assert_true(ep_relay_path_has(&path, (const struct sockaddr *)(const void *)&b, &index));
	ep_relay_path_received(&path, index, 1000);
	assert_true(!ep_relay_path_is_used(&path, 0) && ep_relay_path_is_used(&path, 1));
	assert_false(ep_relay_path_check(&path, 1000 + EP_RELAY_PATH_SILENT_MS - 1));
	assert_true(ep_relay_path_check(&path, 1000 + EP_RELAY_PATH_SILENT_MS));
	assert_true(ep_relay_path_is_used(&path, 0));
}

static void addresses_are_split(void **state)
{
	(void)state;
	char host[64];
	const char *port;
	assert_true(ep_relay_path_split("192.0.2.1:5004", host, sizeof(host), &port));
	assert_string_equal(host, "192.0.2.1");
	assert_string_equal(port, "5004");
	assert_true(ep_relay_path_split("[2001:db8::1]:5004", host, sizeof(host), &port));
	assert_string_equal(host, "2001:db8::1");
	const char *const wrong[] = {"", ":", "host", "host:", ":5", "[::1]", "[::1]5", "a:123456"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(ep_relay_path_split(wrong[i], host, sizeof(host), &port));
	}
}

static void rtx_buffer_gives_the_identical_bytes_while_it_can(void **state)
{
	(void)state;
	struct rtx_buffer *buffer = NULL;
	uint8_t data[RTX_PACKET_MAX + 1] = {1, 2, 3, 4};
	assert_int_equal(rtx_buffer_create(EP_RTX_PACKETS, &buffer), 0);
	assert_null(rtx_buffer_find(buffer, 65500));
	for (unsigned i = 0; i < EP_RTX_PACKETS + 10; i++) {
		data[0] = (uint8_t)i;
		rtx_buffer_put(buffer, (uint16_t)(65500 + i), data, 4);
	}
	assert_null(rtx_buffer_find(buffer, (uint16_t)65500));
	const struct rtx_packet *kept = rtx_buffer_find(buffer, (uint16_t)(65500 + 100));
	assert_non_null(kept);
	assert_int_equal(kept->size, 4);
	assert_int_equal(kept->data[0], 100);
	rtx_buffer_put(buffer, 8000, data, sizeof(data)); /* too large */
	assert_null(rtx_buffer_find(buffer, 8000));
	rtx_buffer_put(buffer, 7000, data, 4); /* ahead, as far as it is: of the next epoch */
	rtx_buffer_put(buffer, 20, data, 4);
	assert_non_null(rtx_buffer_find(buffer, 20));
	assert_null(rtx_buffer_find(buffer, (uint16_t)(65500 + 100)));
	rtx_buffer_destroy(buffer);
	rtx_buffer_destroy(NULL);
}

static void assert_field(const struct card *card, enum card_field field, const char *expected)
{
	assert_string_equal(card->fields[field] ? card->fields[field] : "", expected);
}

static void assert_lower_third(
	const struct wire_lower_third *who, const char *name, const char *office, const char *unit)
{
	struct card card;
	card_lower_third(who, CARD_THEME_PLAIN, &card);
	assert_int_equal(card.kind, CARD_LOWER_THIRD);
	assert_int_equal(card.theme, CARD_THEME_PLAIN);
	assert_field(&card, CARD_FIELD_NAME, name);
	assert_field(&card, CARD_FIELD_OFFICE, office);
	assert_field(&card, CARD_FIELD_UNIT, unit);
	bool telephone = who->has_telephone && who->telephone;
	assert_field(&card, CARD_FIELD_NOTICE, telephone ? "Phát biểu qua điện thoại" : "");
	card_finish(&card);
}

/* In place of a picture: who, for whom, from where, and that it is by telephone. */
static void the_slate_says_who_calls(void **state)
{
	static struct wire_site_desired desired = {.has_caller = true,
		.caller = {.name = "Cà Mau",
			.unit = "Sở Y tế",
			.speaker = "Người Phát Biểu",
			.office = "Phó Giám đốc"}};
	struct card card;
	(void)state;
	card_of_site(&desired, &card);
	assert_int_equal(card.kind, CARD_CALLER);
	assert_field(&card, CARD_FIELD_NOTICE, "Phát biểu qua điện thoại · By telephone");
	assert_field(&card, CARD_FIELD_NAME, "Người Phát Biểu");
	assert_field(&card, CARD_FIELD_OFFICE, "Phó Giám đốc");
	assert_field(&card, CARD_FIELD_UNIT, "Sở Y tế · Cà Mau");
	card_finish(&card);
	desired.caller.speaker[0] = desired.caller.office[0] = '\0';
	card_of_site(&desired, &card);
	assert_field(&card, CARD_FIELD_NAME, "Sở Y tế · Cà Mau");
	assert_field(&card, CARD_FIELD_UNIT, "");
	card_finish(&card);
}

static void the_lower_third_says_who_speaks(void **state)
{
	struct wire_lower_third who = {.name = "Cà Mau", .unit = "Sở Y tế"};
	(void)state;
	assert_lower_third(&who, "Cà Mau", "", "Sở Y tế");
	strcpy(who.office, "Phó Giám đốc");
	assert_lower_third(&who, "Phó Giám đốc", "", "Sở Y tế · Cà Mau");
	strcpy(who.speaker, "Người Phát Biểu");
	assert_lower_third(&who, "Người Phát Biểu", "Phó Giám đốc", "Sở Y tế · Cà Mau");
	strcpy(who.unit, "Cà Mau");
	assert_lower_third(&who, "Người Phát Biểu", "Phó Giám đốc", "Cà Mau");
	who.speaker[0] = who.office[0] = '\0';
	assert_lower_third(&who, "Cà Mau", "", "");
	who.has_telephone = who.telephone = true;
	assert_lower_third(&who, "Cà Mau", "", "");
}

static void captions_escape_markup_and_direction(void **state)
{
	(void)state;
	char *text = ep_caption_escape("VH&TT <b> \xE2\x80\xAE"
				       "x\n");
	assert_string_equal(text, "VH&amp;TT &lt;b&gt;  x ");
	g_free(text);
	text = ep_caption_escape("Tie\xCC\x82\xCC\x81ng"); /* decomposed */
	assert_string_equal(text, "Tiếng");
	g_free(text);
	text = ep_caption_escape("\xFF\xFE");
	assert_true(g_utf8_validate(text, -1, NULL));
	g_free(text);
	text = ep_caption_date("2022-07-15");
	assert_string_equal(text, "ngày 15 tháng 7 năm 2022");
	g_free(text);
}

static bool overlap(const struct ep_rectangle *a, const struct ep_rectangle *b)
{
	return a->left < b->left + b->width && b->left < a->left + a->width &&
	       a->top < b->top + b->height && b->top < a->top + a->height;
}

static void panes_stay_on_the_canvas_and_apart(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 16; n++) {
		struct ep_rectangle at[16];
		for (size_t i = 0; i < n; i++) {
			assert_true(ep_layout_place(LAYOUT_GALLERY, n, i, WIDTH, HEIGHT, &at[i]));
			assert_true(at[i].left + at[i].width <= WIDTH);
			assert_true(at[i].top + at[i].height <= HEIGHT);
			for (size_t j = 0; j < i; j++) {
				assert_false(overlap(&at[i], &at[j]));
			}
		}
	}
	struct ep_rectangle place;
	assert_false(ep_layout_place(LAYOUT_SOLO, 2, 1, WIDTH, HEIGHT, &place));
	assert_false(ep_layout_place(LAYOUT_SLATE, 1, 0, WIDTH, HEIGHT, &place));
	assert_true(ep_layout_place(LAYOUT_PIP, 2, 1, WIDTH, HEIGHT, &place));
	assert_int_equal(place.width, WIDTH / 4);
}

static void sources_are_read(void **state)
{
	(void)state;
	struct ep_source source;
	assert_true(ep_source_parse("v4l2:/dev/video0", EP_MEDIUM_PICTURE, &source));
	assert_string_equal(source.value, "/dev/video0");
	assert_true(ep_source_parse("rtsp://camera/1", EP_MEDIUM_PICTURE, &source));
	assert_string_equal(source.value, "rtsp://camera/1");
	assert_true(ep_source_parse("alsa:hw:0", EP_MEDIUM_VOICE, &source));
	assert_string_equal(source.value, "hw:0");
	assert_false(ep_source_parse("alsa:hw:0", EP_MEDIUM_PICTURE, &source));
	assert_false(ep_source_parse("file:", EP_MEDIUM_PICTURE, &source));
	assert_false(ep_source_parse("tester", EP_MEDIUM_VOICE, &source));
}

static void scenes_change_when_their_pictures_are_there(void **state)
{
	(void)state;
	struct ep_transition transition = {0};
	struct ep_arrangement first = {.layout = LAYOUT_SOLO, .slots = {0}, .n = 1};
	struct ep_arrangement second = {.layout = LAYOUT_PIP, .slots = {3, 2}, .n = 2};
	bool visible[EP_TRANSITION_SLOTS] = {true, false, false, false};
	ep_transition_want(&transition, &first, 1000);
	assert_true(ep_transition_check(&transition, visible, 1000));
	ep_transition_want(&transition, &second, 2000);
	visible[3] = true;
	assert_false(ep_transition_check(&transition, visible, 2100));
	size_t pane;
	assert_true(ep_transition_pane(&transition, 0, &pane));
	visible[2] = true;
	assert_true(ep_transition_check(&transition, visible, 2200));
	assert_false(ep_transition_check(&transition, visible, 2300));
	assert_false(ep_transition_pane(&transition, 0, &pane));
	assert_true(ep_transition_pane(&transition, 2, &pane));
	assert_int_equal(pane, 1);
	visible[0] = false;
	ep_transition_want(&transition, &first, 3000);
	assert_false(ep_transition_check(&transition, visible, 2999 + EP_TRANSITION_WAIT_MS));
	assert_true(ep_transition_check(&transition, visible, 3000 + EP_TRANSITION_WAIT_MS));
}

static void assert_board(const char *const *lines, size_t n, const char *organisation,
	const char *title, const char *subject, const char *place_date)
{
	struct title_board board;
	title_board_set(lines, n, "Hà Giang", "2022-07-15", &board);
	assert_string_equal(board.organisation, organisation);
	assert_string_equal(board.title, title);
	assert_string_equal(board.subject, subject);
	assert_string_equal(board.place_date, place_date);
	g_free(board.organisation);
	g_free(board.title);
	g_free(board.subject);
	g_free(board.place_date);
}

static void title_lines_are_set_as_a_board(void **state)
{
	static const char *const whole[] = {"UBND TỈNH", "HỘI NGHỊ", "SƠ KẾT CÔNG TÁC,",
		"TRIỂN KHAI NHIỆM VỤ", "Hà Giang, ngày 15 tháng 7 năm 2022"};
	static const char *const run_on[] = {"Hội nghị tổng kết năm 2022"};
	static const char *const without[] = {"UBND TỈNH", "Giao ban tháng 7"};
	static const char *const day = "Hà Giang, ngày 15 tháng 7 năm 2022";
	(void)state;
	assert_board(
		whole, 5, "UBND TỈNH", "HỘI NGHỊ", "SƠ KẾT CÔNG TÁC,\nTRIỂN KHAI NHIỆM VỤ", day);
	assert_board(run_on, 1, "", "Hội nghị", "tổng kết năm 2022", day);
	assert_board(without, 2, "UBND TỈNH", "", "Giao ban tháng 7", day);
	assert_board(without + 1, 1, "", "", "Giao ban tháng 7", day);
	assert_board(NULL, 0, "", "", "", day);
}

static void who_chair_together_stand_side_by_side(void **state)
{
	static struct wire_site_desired desired = {.title_lines = {"HỘI NGHỊ"},
		.n_title_lines = 1,
		.name = "Hà Giang",
		.date = "2022-02-05",
		.chairs = {"Trưởng Ban", "Bí thư"}};
	struct card card;
	(void)state;
	card_of_site(&desired, &card);
	assert_int_equal(card.kind, CARD_TITLE);
	assert_int_equal(card.theme, CARD_THEME_STATE);
	assert_field(&card, CARD_FIELD_CHAIRS, "");
	card_finish(&card);
	desired.n_chairs = 2;
	desired.has_theme = true;
	desired.theme = CARD_THEME_PLAIN;
	card_of_site(&desired, &card);
	assert_int_equal(card.theme, CARD_THEME_PLAIN);
	assert_field(&card, CARD_FIELD_CHAIRS, "Trưởng Ban  ·  Bí thư");
	assert_field(&card, CARD_FIELD_PLACE_DATE, "Hà Giang, ngày 05 tháng 02 năm 2022");
	card_finish(&card);
}

static void an_act_has_a_slate_of_its_own(void **state)
{
	static struct wire_site_desired desired = {
		.has_act = true, .act = {.title = "Khen thưởng", .name = "Sở Y tế & Sở Nội vụ"}};
	struct card card;
	(void)state;
	card_of_site(&desired, &card);
	assert_int_equal(card.kind, CARD_ACT);
	assert_field(&card, CARD_FIELD_ITEM, "Khen thưởng");
	assert_field(&card, CARD_FIELD_NAME, "Sở Y tế & Sở Nội vụ"); /* text, no markup */
	card_finish(&card);
	TEXT_COPY(desired.act.office, "Giám đốc");
	TEXT_COPY(desired.act.award, "Bằng khen");
	TEXT_COPY(desired.act.giver, "UBND tỉnh");
	card_of_site(&desired, &card);
	assert_field(&card, CARD_FIELD_OFFICE, "Giám đốc");
	assert_field(&card, CARD_FIELD_AWARD, "Bằng khen – UBND tỉnh");
	card_finish(&card);
}

static void what_is_missing_is_said(void **state)
{
	struct card card;
	(void)state;
	card_no_picture("Hà Giang", CARD_THEME_PLAIN, &card);
	assert_field(&card, CARD_FIELD_NAME, "Hà Giang");
	assert_field(&card, CARD_FIELD_NOTICE, "Chưa có hình · No picture");
	card_finish(&card);
	card_interrupted("Hà Giang", CARD_THEME_PLAIN, &card);
	assert_int_equal(card.theme, CARD_THEME_PLAIN);
	assert_field(&card, CARD_FIELD_NAME, "Hà Giang");
	assert_field(
		&card, CARD_FIELD_NOTICE, "Đường truyền bị gián đoạn · Connection interrupted");
	card_finish(&card);
}

static void what_comes_softly_goes_softly(void **state)
{
	struct ep_motion motion = {.since_ms = -EP_MOTION_MS};
	(void)state;
	assert_true(ep_motion_at(&motion, 0) == 0 && ep_motion_rests(&motion, 0));
	ep_motion_come(&motion, 300); /* once it is composed */
	assert_true(ep_motion_at(&motion, 299) == 0 && !ep_motion_rests(&motion, 299));
	double half = ep_motion_at(&motion, 300 + EP_MOTION_MS / 2);
	assert_true(half > 0.49 && half < 0.51);
	ep_motion_go(&motion, 300 + EP_MOTION_MS / 2); /* from where it is, without a jump */
	assert_true(ep_motion_at(&motion, 300 + EP_MOTION_MS / 2) == half);
	assert_true(ep_motion_at(&motion, 300 + EP_MOTION_MS) < half);
	assert_true(ep_motion_at(&motion, 301 + 2 * EP_MOTION_MS) == 0);
	ep_motion_go(&motion, 2000);
	assert_true(ep_motion_rests(&motion, 2000)); /* it was away */
	ep_motion_come(&motion, 3000);
	assert_true(ep_motion_at(&motion, 3000 + EP_MOTION_MS) == 1);
}

/* In every layout, on every canvas: content and small pictures are clear of the lower third. */
static void the_lower_third_covers_nothing_to_be_read(void **state)
{
	static const int heights[] = {360, 720, 1080, 2160};
	static const enum layout layouts[] = {
		LAYOUT_SOLO, LAYOUT_PIP, LAYOUT_SIDE_BY_SIDE, LAYOUT_GALLERY};
	(void)state;
	for (size_t size = 0; size < 4; size++) {
		int high = heights[size], wide = high * 16 / 9;
		struct ep_rectangle third, small;
		ep_layout_lower_third(wide, high, &third);
		assert_true(third.left >= wide / 20 - 1 && third.left + third.width <= wide);
		assert_true(third.top + third.height <= high * 95 / 100);
		for (size_t layout = 0; layout < 4; layout++) {
			struct ep_rectangle at[3];
			size_t n = layout == 0 ? 1 : layout == 3 ? 3 : 2;
			for (size_t i = 0; i < n; i++) {
				assert_true(
					ep_layout_place(layouts[layout], n, i, wide, high, &at[i]));
				ep_layout_aside(layouts[layout], true, i, 1, wide, &at[i]);
				assert_false(overlap(&third, &at[i]));
				assert_false(i > 0 && overlap(&at[0], &at[i]));
			}
		}
		assert_true(ep_layout_place(LAYOUT_PIP, 2, 1, wide, high, &small));
		assert_false(overlap(&third, &small)); /* beside a camera, too */
	}
}

static void arrive(struct ep_receive_stats *stats, uint16_t sequence, int64_t now_us)
{
	struct rtp_header header = {.sequence = sequence, .timestamp = sequence * 960u};
	ep_receive_stats_packet(stats, &header, 48000, now_us);
}

static void arrivals_are_counted_over_a_wrap(void **state)
{
	(void)state;
	struct ep_receive_stats stats = {0};
	struct rtcp_block block;
	assert_false(ep_receive_stats_block(&stats, 7, 0, &block));
	for (int i = 0; i < 100; i++) {
		if (i % 10 != 3) {
			arrive(&stats, (uint16_t)(65500 + i), i * 20000);
		}
	}
	struct rtcp_sender_info report = {.ntp = 0x1122334455667788};
	ep_receive_stats_report(&stats, &report, 2000000);
	assert_true(ep_receive_stats_block(&stats, 7, 2500000, &block));
	assert_int_equal(block.ssrc, 7);
	assert_int_equal(block.lost, 10);
	assert_in_range(block.fraction_lost, 25, 26);
	assert_int_equal(block.highest, 65599);
	assert_int_equal(block.last_sr, 0x33445566);
	assert_int_equal(block.delay, 32768);
	assert_int_equal(block.jitter, 0);
	arrive(&stats, 47, 2550000);
	arrive(&stats, 57, 2550000); /* two retransmissions: no loss in this period */
	arrive(&stats, 64, 2560000);
	assert_true(ep_receive_stats_block(&stats, 7, 2600000, &block));
	assert_int_equal(block.fraction_lost, 0);
	assert_int_equal(block.lost, 8);
	assert_false(ep_receive_stats_block(&stats, 7, 9000000, &block));
}

static void a_stream_numbered_anew_is_counted_anew(void **state)
{
	(void)state;
	struct ep_receive_stats stats = {0};
	arrive(&stats, 10, 0);
	arrive(&stats, 30000, 20000);
	arrive(&stats, 30001, 40000);
	struct rtcp_block block;
	assert_true(ep_receive_stats_block(&stats, 7, 50000, &block));
	assert_int_equal(block.lost, 0);
	assert_int_equal(block.highest, 30001);
	assert_int_equal(block.last_sr, 0);
	assert_int_equal(block.delay, 0);
}

/* A packet of a slot as the relay sends it, under its key. */
static size_t seal(struct media_sender *sender, unsigned slot, uint16_t sequence, uint8_t *data)
{
	struct rtp_header header = {.payload_type = MEDIA_PT_OPUS,
		.sequence = sequence,
		.ssrc = media_ssrc(0, media_slot_stream((uint16_t)slot))};
	size_t size = 0;
	assert_int_equal(rtp_build(&header, data, EP_DATAGRAM_MAX, &size), 0);
	memset(data + size, 'x', 40);
	size += 40;
	assert_int_equal(media_sender_rtp(sender, data, &size, EP_DATAGRAM_MAX), 0);
	return size;
}

static bool accepts(
	struct ep_rtp_receiver *rtp_receiver, const struct ep_datagram *packet, int64_t now_us)
{
	struct ep_datagram copy = *packet;
	unsigned slot;
	return ep_rtp_receiver_unprotect(rtp_receiver, copy.data, &copy.size, now_us, &slot);
}

/* A receiver, the relay, and somebody else who holds the group's key. */
struct group {
	struct ep_rtp_receiver receiver;
	struct media_sender *relay, *insider;
};

static void begin_group(struct group *group)
{
	struct media_key key;
	*group = (struct group){0};
	assert_int_equal(media_key_make(&key), 0);
	assert_int_equal(media_sender_create(&key, &group->relay), 0);
	assert_int_equal(media_sender_create(&key, &group->insider), 0);
	assert_int_equal(ep_rtp_receiver_open(&group->receiver, &key), 0);
}

static void end_group(struct group *group)
{
	ep_rtp_receiver_close(&group->receiver);
	media_sender_destroy(group->relay);
	media_sender_destroy(group->insider);
}

/*
 * A holder of the group key has made the receiver believe that a silent stream is elsewhere: the
 * stream's own packets are refused, which calls for another key, with which it starts again.
 * Packets duplicated on the path are no reason.
 */
static void a_group_key_is_spent_where_a_stream_is_lost(void **state)
{
	(void)state;
	struct media_key next;
	struct group group;
	struct ep_datagram packet;
	int64_t now_us = 0;
	assert_int_equal(media_key_make(&next), 0);
	begin_group(&group);
	for (uint16_t i = 0; i < 300; i++, now_us += 20000) {
		packet.size = seal(group.relay, MEDIA_SLOT_VOICE, i, packet.data);
		assert_true(accepts(&group.receiver, &packet, now_us));
		assert_false(accepts(&group.receiver, &packet, now_us));
	}
	assert_false(group.receiver.group_key_spent);
	for (int i = 0; i < 100; i++) {
		media_sender_restart(group.insider, media_slot_stream(MEDIA_SLOT_VOICE));
		packet.size = seal(group.insider, MEDIA_SLOT_VOICE, 1, packet.data);
	}
	for (uint16_t i = 2; i < 20; i++) {
		now_us += 2 * MEDIA_EPOCH_KEPT_US;
		packet.size = seal(group.insider, MEDIA_SLOT_VOICE, i, packet.data);
		assert_true(accepts(&group.receiver, &packet, now_us));
	}
	uint64_t before = group.receiver.received.auth_failures;
	for (uint16_t i = 300; i < 300 + EP_REFUSED_MEDIA; i++, now_us += 20000) {
		assert_false(group.receiver.group_key_spent);
		packet.size = seal(group.relay, MEDIA_SLOT_VOICE, i, packet.data);
		assert_false(accepts(&group.receiver, &packet, now_us));
	}
	assert_true(group.receiver.group_key_spent);
	assert_true(group.receiver.received.auth_failures - before >= EP_REFUSED_MEDIA / 2);
	assert_int_equal(ep_rtp_receiver_add_key(&group.receiver, &next), 0);
	assert_false(group.receiver.group_key_spent);
	assert_int_equal(media_sender_rekey(group.relay, &next), 0);
	packet.size = seal(group.relay, MEDIA_SLOT_VOICE, 400, packet.data);
	assert_true(accepts(&group.receiver, &packet, now_us));
	end_group(&group);
}

/* Packets of the slot's first epoch that no key opens, as soon as the next second begins. */
static void write_junk(struct ep_rtp_receiver *rtp_receiver, unsigned slot, int64_t now_us)
{
	for (unsigned i = 0; i < 2 * MEDIA_PROBES && now_us % 1000000 < 20000; i++) {
		struct ep_datagram packet = {.size = 60};
		struct rtp_header header = {.payload_type = MEDIA_PT_OPUS,
			.ssrc = media_ssrc(0, media_slot_stream((uint16_t)slot))};
		size_t size = 0;
		assert_int_equal(rtp_build(&header, packet.data, EP_DATAGRAM_MAX, &size), 0);
		assert_false(accepts(rtp_receiver, &packet, now_us));
	}
}

/* As above; and the attacker uses up all probes of a second, at its beginning. */
static void junk_hides_no_lost_stream(void **state)
{
	(void)state;
	struct group group;
	struct ep_datagram packet;
	int64_t now_us = 0;
	begin_group(&group);
	for (int i = 0; i < 100; i++) {
		media_sender_restart(group.insider, media_slot_stream(MEDIA_SLOT_VOICE));
		packet.size = seal(group.insider, MEDIA_SLOT_VOICE, 1, packet.data);
	}
	for (uint16_t i = 2; i < 20; i++) {
		packet.size = seal(group.insider, MEDIA_SLOT_VOICE, i, packet.data);
		assert_true(accepts(&group.receiver, &packet, now_us));
	}
	for (uint16_t i = 0; i < 5 * 50 && !group.receiver.group_key_spent; i++, now_us += 20000) {
		write_junk(&group.receiver, MEDIA_SLOT_VOICE, now_us);
		packet.size = seal(group.relay, MEDIA_SLOT_VOICE, i, packet.data);
		assert_false(accepts(&group.receiver, &packet, now_us));
	}
	assert_true(group.receiver.group_key_spent);
	end_group(&group);
}

/* A report as the relay sends it under its key, in the name of this SSRC. */
static size_t seal_report(struct media_sender *sender, uint32_t ssrc, uint8_t *data)
{
	struct rtcp_writer writer = {data, EP_DATAGRAM_MAX - MEDIA_RTCP_OVERHEAD, 0};
	assert_int_equal(rtcp_put_rr(&writer, ssrc, NULL, 0), 0);
	assert_int_equal(media_sender_rtcp(sender, data, &writer.size, EP_DATAGRAM_MAX), 0);
	return writer.size;
}

/*
 * A holder of the group key can send under any SSRC. SSRCs that the relay does not use take no room
 * from those it will use: a slot that starts later, its own feedback.
 */
static void room_is_kept_for_what_the_relay_sends(void **state)
{
	(void)state;
	struct media_sender *relay, *insider;
	struct ep_datagram packet;
	struct media_key key;
	assert_int_equal(media_key_make(&key), 0);
	assert_int_equal(media_sender_create(&key, &relay), 0);
	struct ep_rtp_receiver rtp_receiver = {0};
	assert_int_equal(ep_rtp_receiver_open(&rtp_receiver, &key), 0);
	for (uint32_t many = 0; many < 400; many += MEDIA_STREAMS_MAX) {
		assert_int_equal(media_sender_create(&key, &insider), 0);
		for (uint32_t i = many; i < many + MEDIA_STREAMS_MAX; i++) {
			packet.size = seal(insider, MEDIA_SLOTS + i, 1, packet.data);
			assert_false(accepts(&rtp_receiver, &packet, 1000));
			packet.size = seal_report(
				insider, media_slot_stream(MEDIA_SLOTS) + i, packet.data);
			assert_false(accepts(&rtp_receiver, &packet, 1000));
			packet.size = seal_report(insider,
				media_ssrc((uint16_t)(i + 1), MEDIA_RELAY_STREAM), packet.data);
			assert_false(accepts(&rtp_receiver, &packet, 1000));
			packet.size = seal_report(
				insider, media_uplink_stream((uint16_t)(i + 1), 0), packet.data);
			assert_false(accepts(&rtp_receiver, &packet, 1000));
		}
		media_sender_destroy(insider);
	}
	assert_true(rtp_receiver.received.auth_failures >= 4 * 400);
	packet.size = seal_report(relay, MEDIA_RELAY_STREAM, packet.data);
	assert_true(accepts(&rtp_receiver, &packet, 2000));
	for (unsigned slot = 0; slot < MEDIA_SLOTS; slot++) {
		packet.size = seal(relay, slot, 1, packet.data);
		assert_true(accepts(&rtp_receiver, &packet, 2000));
		packet.size = seal_report(relay, media_slot_stream((uint16_t)slot), packet.data);
		assert_true(accepts(&rtp_receiver, &packet, 2000));
	}
	ep_rtp_receiver_close(&rtp_receiver);
	media_sender_destroy(relay);
}

/*
 * A holder of the group key has used up the future numbers of the relay's own feedback. It carries
 * the relay's challenges: a site that answers none is sent nothing.
 */
static void a_group_key_is_spent_where_feedback_is_lost(void **state)
{
	(void)state;
	struct group group;
	struct ep_datagram packet;
	int64_t now_us = 0;
	begin_group(&group);
	for (int i = 0; i < 500; i++) {
		packet.size = seal_report(group.insider, MEDIA_RELAY_STREAM, packet.data);
		accepts(&group.receiver, &packet, now_us);
	}
	for (int i = 0; i < EP_REFUSED_REPORTS; i++, now_us += 1000000) {
		assert_false(group.receiver.group_key_spent);
		packet.size = seal_report(group.relay, MEDIA_RELAY_STREAM, packet.data);
		assert_false(accepts(&group.receiver, &packet, now_us));
	}
	assert_true(group.receiver.group_key_spent);
	end_group(&group);
}

static void what_is_not_authentic_is_counted_by_slot(void **state)
{
	(void)state;
	struct media_key right, wrong;
	struct media_sender *relay, *forger;
	assert_int_equal(media_key_make(&right), 0);
	assert_int_equal(media_key_make(&wrong), 0);
	assert_int_equal(media_sender_create(&right, &relay), 0);
	assert_int_equal(media_sender_create(&wrong, &forger), 0);

	struct ep_datagram packet;
	packet.size = seal(relay, MEDIA_SLOT_VOICE, 7, packet.data);
	struct ep_rtp_receiver rtp_receiver = {0};
	unsigned slot = 0;
	assert_false(
		ep_rtp_receiver_unprotect(&rtp_receiver, packet.data, &packet.size, 1000, &slot));
	assert_int_equal(ep_rtp_receiver_open(&rtp_receiver, &right), 0);
	packet.size = seal(forger, MEDIA_SLOT_VOICE, 8, packet.data);
	assert_false(
		ep_rtp_receiver_unprotect(&rtp_receiver, packet.data, &packet.size, 2000, &slot));
	assert_int_equal(slot, MEDIA_SLOT_VOICE);
	packet.size = seal(relay, MEDIA_SLOT_VOICE, 9, packet.data);
	assert_true(
		ep_rtp_receiver_unprotect(&rtp_receiver, packet.data, &packet.size, 3000, &slot));
	assert_int_equal(slot, MEDIA_SLOT_VOICE);
	assert_int_equal(rtp_receiver.received.packets, 1);
	assert_int_equal(rtp_receiver.received.slot_packets[MEDIA_SLOT_VOICE], 1);
	assert_int_equal(rtp_receiver.received.auth_failures, 1);
	assert_int_equal(rtp_receiver.received.slot_auth_failures[MEDIA_SLOT_VOICE], 1);
	struct rtcp_block blocks[MEDIA_SLOTS];
	assert_int_equal(ep_rtp_receiver_blocks(&rtp_receiver, 4000, blocks), 1);
	assert_int_equal(blocks[0].highest, 9);

	/* Another instance of the relay: the old state is invalid, except for the counts. */
	assert_int_equal(ep_rtp_receiver_open(&rtp_receiver, &wrong), 0);
	assert_int_equal(ep_rtp_receiver_blocks(&rtp_receiver, 4000, blocks), 0);
	assert_int_equal(rtp_receiver.received.packets, 1);
	ep_rtp_receiver_close(&rtp_receiver);
	media_sender_destroy(relay);
	media_sender_destroy(forger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lower_third_says_who_speaks),
		cmocka_unit_test(the_slate_says_who_calls),
		cmocka_unit_test(stamp_survives_scaling_and_noise),
		cmocka_unit_test(no_stamp_is_found_where_none_is),
		cmocka_unit_test(tones_tell_sites_apart),
		cmocka_unit_test(a_tone_dips_at_each_full_second),
		cmocka_unit_test(black_and_frozen_are_told),
		cmocka_unit_test(gaps_prove_nothing),
		cmocka_unit_test(silence_takes_seconds),
		cmocka_unit_test(faster_slots_wait_for_the_slowest),
		cmocka_unit_test(only_known_addresses_are_listened_to),
		cmocka_unit_test(addresses_are_split),
		cmocka_unit_test(arrivals_are_counted_over_a_wrap),
		cmocka_unit_test(a_stream_numbered_anew_is_counted_anew),
		cmocka_unit_test(rtx_buffer_gives_the_identical_bytes_while_it_can),
		cmocka_unit_test(captions_escape_markup_and_direction),
		cmocka_unit_test(panes_stay_on_the_canvas_and_apart),
		cmocka_unit_test(sources_are_read),
		cmocka_unit_test(scenes_change_when_their_pictures_are_there),
		cmocka_unit_test(title_lines_are_set_as_a_board),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(what_comes_softly_goes_softly),
		cmocka_unit_test(the_lower_third_covers_nothing_to_be_read),
		cmocka_unit_test(who_chair_together_stand_side_by_side),
		cmocka_unit_test(an_act_has_a_slate_of_its_own),
		cmocka_unit_test(a_group_key_is_spent_where_a_stream_is_lost),
		cmocka_unit_test(junk_hides_no_lost_stream),
		cmocka_unit_test(a_group_key_is_spent_where_feedback_is_lost),
		cmocka_unit_test(room_is_kept_for_what_the_relay_sends),
		cmocka_unit_test(what_is_not_authentic_is_counted_by_slot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
