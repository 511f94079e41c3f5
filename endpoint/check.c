/* Checking a site before it is needed. */
#include "endpoint/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <glib.h>

#include "endpoint/media/devices.h"
#include "system/printable.h"

enum {
	POLL_MS = 200,
	PATIENCE_MS = 10000, /* for whatever is still missing */
	SILENT_DBFS = -60,
};

enum outcome {
	OUTCOME_UNSET,
	OUTCOME_GOOD,
	OUTCOME_BAD,
	OUTCOME_UNKNOWN, /* cannot be tried now; not counted as a failure */
};

struct line {
	enum outcome outcome;
	const char *vietnamese;
	const char *english;
	const char *detail; /* "" for none */
};

static void tell_line(const struct line *line, bool english)
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

static struct line camera_line(const struct site_health *health)
{
	if (health->media.has_camera) {
		return (struct line){
			OUTCOME_GOOD, "Camera có hình.", "The camera gives a picture.", ""};
	}
	return (struct line){OUTCOME_BAD,
		"Không có hình từ camera: kiểm tra dây cắm, và xem chương trình khác có đang dùng "
		"camera không.",
		"No picture from the camera: check its cable, and whether another program uses it.",
		""};
}

static struct line microphone_line(const struct site_health *health)
{
	if (!health->media.has_voice) {
		return (struct line){OUTCOME_BAD,
			"Không có tiếng từ micro: kiểm tra dây cắm và thiết bị đã chọn.",
			"No sound from the microphone: check its cable and the chosen device.", ""};
	}
	if (health->media.level_dbfs < SILENT_DBFS) {
		return (struct line){OUTCOME_BAD,
			"Micro im lặng hoàn toàn: bật công tắc micro, tăng mức thu.",
			"The microphone is dead silent: switch it on, raise its level.", ""};
	}
	return (struct line){OUTCOME_GOOD, "Micro có tiếng.", "The microphone gives sound.", ""};
}

static struct line loudspeaker_line(void)
{
	if (ep_devices_play_tone()) {
		return (struct line){OUTCOME_GOOD,
			"Loa phát được; nếu không nghe tiếng bíp, hãy tăng âm lượng.",
			"The loudspeaker plays; if you heard no beep, turn it up.", ""};
	}
	return (struct line){OUTCOME_BAD,
		"Không phát được ra loa: không có thiết bị âm thanh, hoặc thiết bị đang bận.",
		"Cannot play to a loudspeaker: there is no sound device, or it is busy.", ""};
}

static struct line control_line(const struct site_health *health)
{
	if (health->connected) {
		return (struct line){OUTCOME_GOOD, "Đã kết nối được với trung tâm.",
			"The centre can be reached.", ""};
	}
	return (struct line){OUTCOME_BAD,
		"Không kết nối được với trung tâm: kiểm tra mạng, tường lửa (TCP) và tệp tham gia.",
		"The centre cannot be reached: check network, firewall (TCP) and join file.",
		health->reason};
}

static struct line clock_line(const struct site_health *health, char *detail, size_t size)
{
	if (!health->connected) {
		return (struct line){OUTCOME_UNKNOWN, "Chưa so được đồng hồ: chưa kết nối.",
			"The clock cannot be compared: not connected.", ""};
	}
	snprintf(detail, size, "%+.1f s", (double)health->clock_off_ms / 1000);
	if (llabs(health->clock_off_ms) > SITE_CLOCK_OFF_MS) {
		return (struct line){OUTCOME_BAD,
			"Đồng hồ máy này lệch với trung tâm: bật đồng bộ giờ (NTP).",
			"This machine's clock differs from the centre's: switch time "
			"synchronisation (NTP) on.",
			detail};
	}
	return (struct line){OUTCOME_GOOD, "Đồng hồ đúng.", "The clock is right.", detail};
}

static struct line media_line(const struct site_health *health)
{
	if (health->media.path_proven) {
		return (struct line){OUTCOME_GOOD, "Đường hình và tiếng tới trung tâm thông suốt.",
			"Picture and sound can travel to the centre and back.", ""};
	}
	if (!health->connected) {
		return (struct line){OUTCOME_UNKNOWN,
			"Chưa thử được đường hình và tiếng: chưa kết nối.",
			"The media path cannot be tried: not connected.", ""};
	}
	if (health->spare) {
		return (struct line){OUTCOME_UNKNOWN,
			"Không thử đường hình và tiếng: máy khác đang chạy với tệp tham gia này.",
			"The media path is not tried: another machine is on with this join file.",
			""};
	}
	if (!health->has_relay) {
		return (struct line){OUTCOME_UNKNOWN,
			"Chưa thử được đường hình và tiếng: trung tâm chưa mở bộ chuyển tiếp.",
			"The media path cannot be tried: the centre's relay is not on.", ""};
	}
	return (struct line){OUTCOME_BAD,
		"UDP bị chặn: tường lửa giữa đây và trung tâm không cho hình và tiếng đi qua. Hãy "
		"đề nghị mở cổng UDP của trung tâm.",
		"UDP blocked: a firewall between here and the centre stops picture and sound. Ask "
		"for the centre's UDP port to be opened.",
		""};
}

static bool complete(const struct site_health *health)
{
	return health->media.has_camera && health->media.has_voice && health->connected &&
	       health->media.path_proven && health->media.level_dbfs > SILENT_DBFS;
}

struct wait {
	struct site *site;
	GMainLoop *loop;
	int64_t until_us;
};

static gboolean on_poll(gpointer user)
{
	struct wait *wait = user;
	struct site_health health;
	site_health(wait->site, &health);
	if (complete(&health) || g_get_monotonic_time() > wait->until_us) {
		g_main_loop_quit(wait->loop);
		return G_SOURCE_REMOVE;
	}
	return G_SOURCE_CONTINUE;
}

static void wait_for(struct site *site, GMainLoop *loop)
{
	struct wait wait = {site, loop, g_get_monotonic_time() + PATIENCE_MS * 1000};
	g_timeout_add(POLL_MS, on_poll, &wait);
	g_main_loop_run(loop);
}

static bool print_all(const struct site_health *health, bool english)
{
	char detail[32];
	const struct line lines[] = {
		camera_line(health),
		microphone_line(health),
		loudspeaker_line(),
		control_line(health),
		clock_line(health, detail, sizeof(detail)),
		media_line(health),
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		tell_line(&lines[i], english);
		good = good && lines[i].outcome != OUTCOME_BAD;
	}
	return good;
}

bool check_run(const struct site_config *config, bool english)
{
	struct site_config own = *config;
	struct site *site;
	char fault[SITE_TEXT_SIZE];
	own.panel_port = SITE_NO_PANEL;
	own.program = "none";
	own.quiet = true;
	if (site_create(&own, &site, fault) != 0) {
		print_line(stdout, "!!  %s", fault);
		return false;
	}
	struct site_health health;
	wait_for(site, config->loop);
	site_health(site, &health);
	bool good = print_all(&health, english);
	site_destroy(site);
	return good;
}
