/* From the text of the command line to gst-launch text. */
#include "endpoint/media/capture/capture_source.h"

#include <glib.h>
#include <string.h>

struct source_form {
	const char *prefix;
	bool exact; /* the whole text must match, not its beginning */
	bool whole; /* the value is the whole text, prefix included */
	enum ep_source_kind kind;
	const char *launch;
	const char *property;
};

static const struct source_form pictures[] = {
	{"auto", true, false, EP_SOURCE_AUTO, "decodebin name=entry", NULL},
	{"none", true, false, EP_SOURCE_NONE, NULL, NULL},
	{"test", true, false, EP_SOURCE_TEST,
		"videotestsrc name=src is-live=true pattern=solid-color", NULL},
	{"v4l2:", false, false, EP_SOURCE_DEVICE, "v4l2src name=src ! decodebin", "device"},
	{"file:", false, false, EP_SOURCE_FILE, "filesrc name=src ! decodebin", "location"},
	{"rtsp://", false, true, EP_SOURCE_STREAM, "uridecodebin name=src", "uri"},
};

static const struct source_form voices[] = {
	{"auto", true, false, EP_SOURCE_AUTO, "decodebin name=entry", NULL},
	{"none", true, false, EP_SOURCE_NONE, NULL, NULL},
	{"test", true, false, EP_SOURCE_TEST,
		"audiotestsrc name=src is-live=true volume=0.2 samplesperbuffer=960", NULL},
	{"pulse:", false, false, EP_SOURCE_DEVICE, "pulsesrc name=src", "device"},
	{"alsa:", false, false, EP_SOURCE_DEVICE, "alsasrc name=src", "device"},
};

static bool fits(const struct source_form *form, const char *text)
{
	size_t length = strlen(form->prefix);
	return form->exact ? strcmp(text, form->prefix) == 0
			   : strncmp(text, form->prefix, length) == 0 && text[length] != '\0';
}

static bool parse(
	const struct source_form *forms, size_t n, const char *text, struct ep_source *ret_source)
{
	for (size_t i = 0; i < n; i++) {
		const struct source_form *form = &forms[i];
		if (fits(form, text)) {
			*ret_source = (struct ep_source){form->kind, form->launch, form->property,
				form->whole ? text : text + strlen(form->prefix)};
			return true;
		}
	}
	return false;
}

bool ep_source_parse(const char *text, enum ep_medium medium, struct ep_source *ret_source)
{
	return medium == EP_MEDIUM_VOICE
		       ? parse(voices, G_N_ELEMENTS(voices), text, ret_source)
		       : parse(pictures, G_N_ELEMENTS(pictures), text, ret_source);
}

/* A source that is live already must not be paced by the sink. */
static const char *pace(const struct ep_source *source)
{
	return source->kind == EP_SOURCE_FILE ? "true" : "false";
}

static char *test_launch(const struct ep_source *source, const struct ep_picture *picture)
{
	return g_strdup_printf("%s ! video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1 ! "
			       "textoverlay name=label valignment=center halignment=center "
			       "wrap-mode=wordchar auto-resize=false ! "
			       "appsink name=out sync=false async=false max-buffers=2 drop=true",
		source->launch, picture->width, picture->height, picture->fps);
}

char *ep_source_picture_launch(const struct ep_source *source, const struct ep_picture *picture)
{
	if (source->kind == EP_SOURCE_TEST) {
		return test_launch(source, picture);
	}
	return g_strdup_printf("%s ! videoconvert ! videoflip video-direction=auto ! "
			       "videoscale add-borders=true ! videorate ! "
			       "video/x-raw,format=I420,width=%u,height=%u,framerate=%u/1,"
			       "pixel-aspect-ratio=1/1 ! "
			       "appsink name=out sync=%s async=false max-buffers=2 drop=true",
		source->launch, picture->width, picture->height, picture->fps, pace(source));
}

char *ep_source_voice_launch(const struct ep_source *source)
{
	return g_strdup_printf("%s ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,"
			       "layout=interleaved,rate=%d,channels=1 ! "
			       "level name=level interval=200000000 ! "
			       "appsink name=out sync=%s async=false max-buffers=20 drop=true",
		source->launch, EP_SAMPLE_RATE, pace(source));
}
