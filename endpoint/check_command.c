/* Checking a site before it is needed. */
#include "endpoint/check_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <glib.h>

#include "endpoint/media/common/devices.h"
#include "proto/system/printable.h"

enum {
	POLL_MS = 200,
	PATIENCE_MS = 10000, /* for whatever is still missing */
	SILENT_DBFS = -60,
	BURST_BEGIN_MS = 2000, /* until the encoder has its pace, and the relay has reported */
	BURST_MS = 4000,
	LOST_PERCENT_MOST =
		3, /* beyond it repair and the error resilience of Opus are worked hard */
};

enum { DETAIL_SIZE = 160 };

enum outcome {
	OUTCOME_UNSET,
	OUTCOME_GOOD,
	OUTCOME_BAD,
	OUTCOME_UNKNOWN, /* cannot be tried now; not counted as a failure */
};

struct check_line {
	enum outcome outcome;
	const char *vietnamese;
	const char *english;
	const char *detail; /* "" for none */
};

static void tell_line(const struct check_line *line, bool english)
{
	static const char *const marks[] = {
		[OUTCOME_UNSET] = "??",
		[OUTCOME_GOOD] = "OK",
		[OUTCOME_BAD] = "!!",
		[OUTCOME_UNKNOWN] = "--",
	};
	print_line(stdout, "%s  %s%s%s%s", marks[line->outcome],
		english ? line->english : line->vietnamese, line->detail[0] ? " (" : "",
		line->detail, line->detail[0] ? ")" : "");
}

static struct check_line camera_line(const struct endpoint_health *health)
{
	if (health->media.has_camera) {
		return (struct check_line){
			OUTCOME_GOOD, "Camera có hình.", "The camera gives a picture.", ""};
	}
	return (struct check_line){OUTCOME_BAD,
		"Không có hình từ camera: kiểm tra dây cắm, và xem chương trình khác có đang dùng "
		"camera không.",
		"No picture from the camera: check its cable, and whether another program uses it.",
		""};
}

static struct check_line microphone_line(const struct endpoint_health *health)
{
	if (!health->media.has_voice) {
		return (struct check_line){OUTCOME_BAD,
			"Không có tiếng từ micro: kiểm tra dây cắm và thiết bị đã chọn.",
			"No sound from the microphone: check its cable and the chosen device.", ""};
	}
	if (health->media.level_dbfs < SILENT_DBFS) {
		return (struct check_line){OUTCOME_BAD,
			"Micro im lặng hoàn toàn: bật công tắc micro, tăng mức thu.",
			"The microphone is dead silent: switch it on, raise its level.", ""};
	}
	return (struct check_line){
		OUTCOME_GOOD, "Micro có tiếng.", "The microphone gives sound.", ""};
}

static struct check_line loudspeaker_line(void)
{
	if (ep_devices_play_tone()) {
		return (struct check_line){OUTCOME_GOOD,
			"Loa phát được; nếu không nghe tiếng bíp, hãy tăng âm lượng.",
			"The loudspeaker plays; if you heard no beep, turn it up.", ""};
	}
	return (struct check_line){OUTCOME_BAD,
		"Không phát được ra loa: không có thiết bị âm thanh, hoặc thiết bị đang bận.",
		"Cannot play to a loudspeaker: there is no sound device, or it is busy.", ""};
}

static struct check_line control_line(const struct endpoint_health *health)
{
	if (health->connected) {
		return (struct check_line){OUTCOME_GOOD, "Đã kết nối được với trung tâm.",
			"The centre can be reached.", ""};
	}
	return (struct check_line){OUTCOME_BAD, "Không kết nối được với trung tâm.",
		"The centre cannot be reached.", health->reason};
}

static struct check_line clock_line(const struct endpoint_health *health, char *detail, size_t size)
{
	if (health->clock_wrong) {
		return (struct check_line){OUTCOME_BAD,
			"Đồng hồ máy này sai: hãy chỉnh ngày giờ và bật đồng bộ giờ (NTP).",
			"This machine's clock is wrong: set date and time, and switch time "
			"synchronisation (NTP) on.",
			""};
	}
	if (!health->connected) {
		return (struct check_line){OUTCOME_UNKNOWN, "Chưa so được đồng hồ: chưa kết nối.",
			"The clock cannot be compared: not connected.", ""};
	}
	snprintf(detail, size, "%+.1f s", (double)health->clock_off_ms / 1000);
	if (llabs(health->clock_off_ms) > ENDPOINT_CLOCK_OFF_MS) {
		return (struct check_line){OUTCOME_BAD,
			"Đồng hồ máy này lệch với trung tâm: bật đồng bộ giờ (NTP).",
			"This machine's clock differs from the centre's: switch time "
			"synchronisation (NTP) on.",
			detail};
	}
	return (struct check_line){OUTCOME_GOOD, "Đồng hồ đúng.", "The clock is right.", detail};
}

static struct check_line media_line(const struct endpoint_health *health)
{
	if (health->media.path_proven) {
		return (struct check_line){OUTCOME_GOOD,
			"Đường hình và tiếng tới trung tâm thông suốt.",
			"Picture and sound can travel to the centre and back.", ""};
	}
	if (!health->connected) {
		return (struct check_line){OUTCOME_UNKNOWN,
			"Chưa thử được đường hình và tiếng: chưa kết nối.",
			"The media path cannot be tried: not connected.", ""};
	}
	if (health->spare) {
		return (struct check_line){OUTCOME_UNKNOWN,
			"Không thử đường hình và tiếng: máy khác đang chạy với tệp tham gia này.",
			"The media path is not tried: another machine is on with this join file.",
			""};
	}
	if (!health->has_relay) {
		return (struct check_line){OUTCOME_UNKNOWN,
			"Chưa thử được đường hình và tiếng: trung tâm chưa mở bộ chuyển tiếp.",
			"The media path cannot be tried: the centre's relay is not on.", ""};
	}
	return (struct check_line){OUTCOME_BAD,
		"UDP bị chặn: tường lửa giữa đây và trung tâm không cho hình và tiếng đi qua. Hãy "
		"đề nghị mở cổng UDP của trung tâm.",
		"UDP blocked: a firewall between here and the centre stops picture and sound. Ask "
		"for the centre's UDP port to be opened.",
		health->relay};
}

/* What the full picture has shown of the way up. */
struct burst {
	bool tried;
	double mbit_per_s;
	double lost_percent;
	double seconds;
};

static struct check_line line_up_line(const struct endpoint_health *health,
	const struct burst *burst, bool english, char *detail, size_t size)
{
	snprintf(detail, size, english ? "round trip %d ms" : "khứ hồi %d ms",
		(int)health->round_trip_ms);
	if (!burst->tried) {
		return (struct check_line){OUTCOME_UNKNOWN,
			"Chưa đo được đường lên: không có hình để gửi.",
			"The way up is not measured: there is no picture to send.",
			health->connected && health->round_trip_ms >= 0 ? detail : ""};
	}
	snprintf(detail, size,
		english ? "%.1f Mbit/s for %.0f s, %.1f %% lost, round trip %d ms"
			: "%.1f Mbit/s trong %.0f giây, mất %.1f %%, khứ hồi %d ms",
		burst->mbit_per_s, burst->seconds, burst->lost_percent, (int)health->round_trip_ms);
	if (burst->lost_percent > LOST_PERCENT_MOST) {
		return (struct check_line){OUTCOME_BAD,
			"Đường lên mất nhiều gói: chọn --size nhỏ hơn, hoặc đường truyền tốt hơn.",
			"Much is lost on the way up: choose a smaller --size, or a better line.",
			detail};
	}
	return (struct check_line){OUTCOME_GOOD, "Đường lên tải được hình như khi phát biểu.",
		"The way up carries the picture as on air.", detail};
}

/* Nothing is gained by waiting longer. */
static bool complete(const struct endpoint_health *health)
{
	bool devices = health->media.has_camera && health->media.has_voice &&
		       health->media.level_dbfs > SILENT_DBFS;
	return devices && (health->hopeless || (health->connected && health->media.path_proven));
}

struct wait {
	struct endpoint *endpoint;
	GMainLoop *loop;
	int64_t until_us;
};

static gboolean on_poll(gpointer user)
{
	struct wait *wait = user;
	struct endpoint_health health;
	endpoint_health(wait->endpoint, &health);
	if (complete(&health) || g_get_monotonic_time() > wait->until_us) {
		g_main_loop_quit(wait->loop);
		return G_SOURCE_REMOVE;
	}
	return G_SOURCE_CONTINUE;
}

static void wait_for(struct endpoint *endpoint, GMainLoop *loop)
{
	struct wait wait = {endpoint, loop, g_get_monotonic_time() + PATIENCE_MS * 1000};
	g_timeout_add(POLL_MS, on_poll, &wait);
	g_main_loop_run(loop);
}

static void quit_loop(gpointer loop)
{
	g_main_loop_quit(loop);
}

static void wait_ms(GMainLoop *loop, unsigned int ms)
{
	g_timeout_add_once(ms, quit_loop, loop);
	g_main_loop_run(loop);
}

/* Packets that went up between two looks are what the numbers say, and those lost among them. */
static void measure_burst(struct endpoint *endpoint, GMainLoop *loop, struct burst *ret_burst)
{
	struct endpoint_health first, last;
	endpoint_send_full_picture(endpoint);
	wait_ms(loop, BURST_BEGIN_MS);
	endpoint_health(endpoint, &first);
	int64_t begun_us = g_get_monotonic_time();
	wait_ms(loop, BURST_MS);
	endpoint_health(endpoint, &last);
	double seconds = (double)(g_get_monotonic_time() - begun_us) / G_USEC_PER_SEC;
	uint32_t expected = last.media.camera_highest - first.media.camera_highest;
	int32_t lost = last.media.camera_lost - first.media.camera_lost;
	double sent = (double)(last.media.bytes_sent - first.media.bytes_sent);
	*ret_burst = (struct burst){
		.tried = first.media.arrival_known && last.media.arrival_known && expected > 0,
		.mbit_per_s = sent * 8 / seconds / 1e6,
		.lost_percent = expected > 0 && lost > 0 ? 100.0 * lost / expected : 0,
		.seconds = seconds,
	};
}

static bool print_all(const struct endpoint_health *health, const struct burst *burst, bool english)
{
	char clock_detail[32], up_detail[DETAIL_SIZE];
	const struct check_line lines[] = {
		camera_line(health),
		microphone_line(health),
		loudspeaker_line(),
		control_line(health),
		clock_line(health, clock_detail, sizeof(clock_detail)),
		media_line(health),
		line_up_line(health, burst, english, up_detail, sizeof(up_detail)),
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		tell_line(&lines[i], english);
		good = good && lines[i].outcome != OUTCOME_BAD;
	}
	return good;
}

bool check_run(const struct endpoint_config *config, bool english)
{
	struct endpoint_config own = *config;
	struct endpoint *endpoint;
	struct burst burst = {0};
	char fault[ENDPOINT_TEXT_SIZE];
	own.panel_port = ENDPOINT_NO_PANEL;
	own.program = "none";
	own.quiet = true;
	if (endpoint_create(&own, &endpoint, fault) != 0) {
		print_line(stdout, "!!  %s", fault);
		return false;
	}
	struct endpoint_health health;
	wait_for(endpoint, config->loop);
	endpoint_health(endpoint, &health);
	if (health.media.path_proven && health.media.has_camera) {
		measure_burst(endpoint, config->loop, &burst);
		endpoint_health(endpoint, &health);
	}
	bool good = print_all(&health, &burst, english);
	endpoint_destroy(endpoint);
	return good;
}
