#include "tests/unit/endpoint/removable_sinks.h"

#include <gst/base/gstbasesink.h>
#include <gst/gst.h>
#include <stdatomic.h>

enum { PREFERRED = GST_RANK_PRIMARY + 100 };

static atomic_bool plugged = true;
static atomic_uint windows_closed; /* how often */
static atomic_uint shown;
static atomic_uint played;

/* ---- sinks ---- */

typedef struct {
	GstBaseSink parent;
	unsigned closed_before; /* windows_closed when it was made */
} FrailSink;
typedef struct {
	GstBaseSinkClass parent;
} FrailSinkClass;
typedef FrailSink FrailScreen;
typedef FrailSinkClass FrailScreenClass;
typedef FrailSink FrailSpeaker;
typedef FrailSinkClass FrailSpeakerClass;

GType removable_screen_get_type(void);
GType removable_speaker_get_type(void);
GType removable_device_get_type(void);
GType removable_provider_get_type(void);

G_DEFINE_TYPE(FrailScreen, removable_screen, GST_TYPE_BASE_SINK)
G_DEFINE_TYPE(FrailSpeaker, removable_speaker, GST_TYPE_BASE_SINK)

static GstFlowReturn show(GstBaseSink *sink, GstBuffer *buffer)
{
	const FrailScreen *screen = (FrailScreen *)(void *)sink;
	(void)buffer;
	if (screen->closed_before != atomic_load(&windows_closed)) {
		GST_ELEMENT_ERROR(sink, RESOURCE, NOT_FOUND, ("Output window was closed"), (NULL));
		return GST_FLOW_ERROR;
	}
	atomic_fetch_add(&shown, 1);
	return GST_FLOW_OK;
}

static GstFlowReturn play(GstBaseSink *sink, GstBuffer *buffer)
{
	(void)buffer;
	if (!atomic_load(&plugged)) {
		GST_ELEMENT_ERROR(sink, RESOURCE, WRITE, ("Device has gone"), (NULL));
		return GST_FLOW_ERROR;
	}
	atomic_fetch_add(&played, 1);
	return GST_FLOW_OK;
}

static void removable_screen_init(FrailScreen *screen)
{
	screen->closed_before = atomic_load(&windows_closed);
}

static void removable_speaker_init(FrailSpeaker *speaker)
{
	(void)speaker;
}

static void describe(GstElementClass *class, const char *kind, const char *caps)
{
	GstCaps *taken = gst_caps_from_string(caps);
	gst_element_class_set_static_metadata(class, "Frail", kind, "Can be taken away", "tests");
	gst_element_class_add_pad_template(
		class, gst_pad_template_new("sink", GST_PAD_SINK, GST_PAD_ALWAYS, taken));
	gst_caps_unref(taken);
}

static void removable_screen_class_init(FrailScreenClass *class)
{
	GST_BASE_SINK_CLASS(class)->render = show;
	describe(GST_ELEMENT_CLASS(class), "Sink/Video", "video/x-raw");
}

static void removable_speaker_class_init(FrailSpeakerClass *class)
{
	GST_BASE_SINK_CLASS(class)->render = play;
	describe(GST_ELEMENT_CLASS(class), "Sink/Audio", "audio/x-raw");
}

/* ---- the loudspeaker as a device ---- */

typedef struct {
	GstDevice parent;
} FrailDevice;
typedef struct {
	GstDeviceClass parent;
} FrailDeviceClass;
typedef struct {
	GstDeviceProvider parent;
} FrailProvider;
typedef struct {
	GstDeviceProviderClass parent;
} FrailProviderClass;

G_DEFINE_TYPE(FrailDevice, removable_device, GST_TYPE_DEVICE)
G_DEFINE_TYPE(FrailProvider, removable_provider, GST_TYPE_DEVICE_PROVIDER)

static GstElement *create_element(GstDevice *device, const char *name)
{
	(void)device;
	return g_object_new(removable_speaker_get_type(), "name", name, NULL);
}

static void removable_device_init(FrailDevice *device)
{
	(void)device;
}

static void removable_device_class_init(FrailDeviceClass *class)
{
	GST_DEVICE_CLASS(class)->create_element = create_element;
}

static GList *probe(GstDeviceProvider *provider)
{
	(void)provider;
	if (!atomic_load(&plugged)) {
		return NULL;
	}
	GstCaps *caps = gst_caps_from_string("audio/x-raw");
	GList *devices = g_list_append(
		NULL, g_object_new(removable_device_get_type(), "display-name", "Frail loudspeaker",
			      "device-class", "Audio/Sink", "caps", caps, NULL));
	gst_caps_unref(caps);
	return devices;
}

static void removable_provider_init(FrailProvider *provider)
{
	(void)provider;
}

static void removable_provider_class_init(FrailProviderClass *class)
{
	GST_DEVICE_PROVIDER_CLASS(class)->probe = probe;
	gst_device_provider_class_set_static_metadata(GST_DEVICE_PROVIDER_CLASS(class), "Frail",
		"Audio/Sink", "Can be taken away", "tests");
}

/* ---- */

void removable_register(void)
{
	gst_element_register(NULL, "frailscreen", PREFERRED, removable_screen_get_type());
	gst_element_register(NULL, "frailspeaker", PREFERRED, removable_speaker_get_type());
	gst_device_provider_register(
		NULL, "frailprovider", PREFERRED, removable_provider_get_type());
}

void removable_loudspeaker(bool is_plugged)
{
	atomic_store(&plugged, is_plugged);
}

void removable_close_windows(void)
{
	atomic_fetch_add(&windows_closed, 1);
}

unsigned removable_shown(void)
{
	return atomic_load(&shown);
}

unsigned removable_played(void)
{
	return atomic_load(&played);
}
