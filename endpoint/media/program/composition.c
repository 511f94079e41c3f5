/* The composing pipeline as text: see composition.h. */
#include "endpoint/media/program/composition.h"

#include <glib.h>

enum {
	LETTERS_SHARE = 26, /* of the height */
	FILE_KILOBITS = 1500,
};

static void add_inputs(GString *launch, const struct ep_format *format)
{
	static const struct {
		const char *name;
		int pad;
	} cards[] = {
		{"slate", 0}, {"countdown", EP_PROGRAM_PANES + 1}, {"third", EP_PROGRAM_PANES + 2}};
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		g_string_append_printf(launch,
			"appsrc name=%s is-live=true format=time min-latency=%d000000 ! "
			"mix.sink_%d ",
			cards[i].name, EP_PROGRAM_LATENCY_MS, cards[i].pad);
	}
	for (int i = 0; i < EP_PROGRAM_PANES; i++) {
		g_string_append_printf(launch,
			"appsrc name=in%d is-live=true format=time min-latency=%d000000 "
			"max-buffers=60 leaky-type=downstream ! "
			"textoverlay name=label%d silent=true shaded-background=true "
			"draw-shadow=false valignment=bottom halignment=center "
			"wrap-mode=wordchar auto-resize=false font-desc=\"Noto Sans %u\" ! "
			"mix.sink_%d ",
			i, EP_PROGRAM_LATENCY_MS, i, format->full.height / LETTERS_SHARE, i + 1);
	}
	for (int i = EP_PROGRAM_PANES; i < EP_PROGRAM_PANES + EP_PROGRAM_VOICES; i++) {
		g_string_append_printf(launch,
			"appsrc name=in%d is-live=true format=time min-latency=%d000000 "
			"max-buffers=200 leaky-type=downstream "
			"caps=audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved ! "
			"sound. ",
			i, EP_PROGRAM_LATENCY_MS);
	}
}

static void add_bell(GString *launch)
{
	g_string_append_printf(launch,
		"appsrc name=bell is-live=true format=time min-latency=%d000000 "
		"max-buffers=4 leaky-type=downstream "
		"caps=audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved ! sound. ",
		EP_PROGRAM_LATENCY_MS);
}

static void add_outputs(GString *launch, enum ep_out out, bool without_loudspeaker)
{
	if (out == EP_OUT_FILE) {
		g_string_append_printf(launch,
			"picture. ! queue ! x264enc tune=zerolatency speed-preset=ultrafast "
			"threads=1 key-int-max=60 bitrate=%d ! h264parse ! queue ! mux. "
			"voice. ! queue ! opusenc bitrate=96000 ! queue ! mux. "
			"matroskamux name=mux ! filesink name=file async=false "
			"buffer-mode=unbuffered ",
			FILE_KILOBITS);
	} else {
		g_string_append_printf(launch,
			"picture. ! queue ! videoconvert ! autovideosink voice. ! queue ! %s ",
			without_loudspeaker ? "fakesink sync=true async=false"
					    : "audioconvert ! audioresample ! autoaudiosink");
	}
}

/*
 * Both mixers start with their first buffer, which carries the present time: silence, and the
 * slate. A mixer that started at zero would first fill the time until now, possibly hours.
 */
char *ep_composition(
	enum ep_out out, bool without_loudspeaker, const struct ep_format *format, int64_t now_us)
{
	const struct ep_picture *canvas = &format->full;
	GString *launch = g_string_new(NULL);
	g_string_append_printf(launch,
		"compositor name=mix background=black start-time-selection=first ! "
		"video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1,pixel-aspect-ratio=1/1 "
		"! tee name=picture "
		"audiomixer name=sound start-time-selection=first ! "
		"audio/x-raw,format=S16LE,rate=48000,channels=2 ! "
		"tee name=voice "
		"audiotestsrc wave=silence is-live=true samplesperbuffer=960 "
		"timestamp-offset=%" G_GINT64_FORMAT "000 ! "
		"audio/x-raw,format=S16LE,rate=48000,channels=2,layout=interleaved ! sound. ",
		canvas->width, canvas->height, canvas->fps, (gint64)now_us);
	add_inputs(launch, format);
	add_bell(launch);
	add_outputs(launch, out, without_loudspeaker);
	return g_string_free(launch, FALSE);
}
