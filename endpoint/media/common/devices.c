/* Lists devices with GStreamer's device providers. */
#include "endpoint/media/common/devices.h"

#include <gst/gst.h>
#include <stdio.h>

#include "endpoint/media/common/pipeline.h"

enum {
	HOW_SIZE = 256,
	TONE_WAIT_S = 4,
};

static const char *class_of(enum ep_device_kind kind)
{
	switch (kind) {
	case EP_DEVICE_CAMERA:
		return "Video/Source";
	case EP_DEVICE_MICROPHONE:
		return "Audio/Source";
	case EP_DEVICE_LOUDSPEAKER:
		return "Audio/Sink";
	case EP_DEVICE_UNSET:
		break;
	}
	return "";
}

static bool is_hidden(GList *names, GstDeviceProviderFactory *factory)
{
	return g_list_find_custom(names, GST_OBJECT_NAME(factory), (GCompareFunc)g_strcmp0);
}

static GList *of_class(GList *devices, const char *class)
{
	GList *matching = NULL;
	for (GList *next = devices; next; next = next->next) {
		if (gst_device_has_classes(next->data, class)) {
			matching = g_list_append(matching, gst_object_ref(next->data));
		}
	}
	g_list_free_full(devices, gst_object_unref);
	return matching;
}

/* A hidden provider is another name for the same devices. */
static GList *list_devices(
	GstDeviceProviderFactory *factory, const char *class, GList **hidden_names)
{
	GstDeviceProvider *provider = gst_device_provider_factory_get(factory);
	GList *devices = NULL;
	if (provider && gst_device_provider_start(provider)) {
		char **names = gst_device_provider_get_hidden_providers(provider);
		for (char **name = names; name && *name; name++) {
			*hidden_names = g_list_prepend(*hidden_names, g_strdup(*name));
		}
		g_strfreev(names);
		devices = of_class(gst_device_provider_get_devices(provider), class);
		gst_device_provider_stop(provider);
	}
	g_clear_object(&provider);
	return devices;
}

/*
 * Not with GstDeviceMonitor: without a sound server it leaks three descriptors at each probe, and a
 * capture that waits for a microphone probes every few seconds.
 */
static GList *find(enum ep_device_kind kind)
{
	const char *class = class_of(kind);
	GList *factories = gst_device_provider_factory_list_get_device_providers(1);
	GList *hidden_names = NULL;
	GList *devices = NULL;
	factories = g_list_sort(factories, gst_plugin_feature_rank_compare_func);
	for (GList *next = factories; next; next = next->next) {
		if (gst_device_provider_factory_has_classes(next->data, class) &&
			!is_hidden(hidden_names, next->data)) {
			devices = g_list_concat(
				devices, list_devices(next->data, class, &hidden_names));
		}
	}
	g_list_free_full(hidden_names, g_free);
	gst_plugin_feature_list_free(factories);
	return devices;
}

/* PulseAudio lists the monitor of a loudspeaker as a source: it is not a microphone. */
static bool is_output_monitor(GstDevice *device)
{
	GstStructure *properties = gst_device_get_properties(device);
	const char *class =
		properties ? gst_structure_get_string(properties, "device.class") : NULL;
	bool monitor = g_strcmp0(class, "monitor") == 0;
	if (properties) {
		gst_structure_free(properties);
	}
	return monitor;
}

static void write_option(GstDevice *device, char *option, size_t size)
{
	GstElement *element = gst_device_create_element(device, NULL);
	char *value = NULL;
	option[0] = '\0';
	if (!element) {
		return;
	}
	const char *factory = GST_OBJECT_NAME(gst_element_get_factory(element));
	const char *prefix = g_str_has_prefix(factory, "v4l2")    ? "v4l2"
			     : g_str_has_prefix(factory, "pulse") ? "pulse"
			     : g_str_has_prefix(factory, "alsa")  ? "alsa"
								  : NULL;
	if (prefix) {
		g_object_get(element, "device", &value, NULL);
		snprintf(option, size, "%s:%s", prefix, value ? value : "");
	}
	g_free(value);
	gst_object_unref(gst_object_ref_sink(element));
}

static void list_kind(enum ep_device_kind kind, ep_device_found *found, void *user)
{
	GList *devices = find(kind);
	for (GList *next = devices; next; next = next->next) {
		GstDevice *device = next->data;
		if (kind == EP_DEVICE_MICROPHONE && is_output_monitor(device)) {
			continue;
		}
		char *name = gst_device_get_display_name(device);
		char option[HOW_SIZE];
		write_option(device, option, sizeof(option));
		found(user, kind, name ? name : "?", option);
		g_free(name);
	}
	g_list_free_full(devices, gst_object_unref);
}

void ep_devices_list(ep_device_found *found, void *user)
{
	ep_pipeline_init();
	list_kind(EP_DEVICE_CAMERA, found, user);
	list_kind(EP_DEVICE_MICROPHONE, found, user);
	list_kind(EP_DEVICE_LOUDSPEAKER, found, user);
}

GstElement *ep_devices_first(enum ep_device_kind kind)
{
	GList *devices = find(kind);
	GstElement *element = NULL;
	for (GList *next = devices; next && !element; next = next->next) {
		if (kind != EP_DEVICE_MICROPHONE || !is_output_monitor(next->data)) {
			element = gst_device_create_element(next->data, NULL);
		}
	}
	g_list_free_full(devices, gst_object_unref);
	return element;
}

bool ep_devices_has_sound_server(void)
{
	GstDeviceProvider *provider =
		gst_device_provider_factory_get_by_name("pulsedeviceprovider");
	bool answers = provider && gst_device_provider_start(provider);
	if (answers) {
		gst_device_provider_stop(provider);
	}
	g_clear_object(&provider);
	return answers;
}

bool ep_devices_play_tone(void)
{
	GstElement *loudspeaker = ep_devices_first(EP_DEVICE_LOUDSPEAKER);
	GstElement *pipeline = ep_pipeline_parse_own_base_time(
		"audiotestsrc num-buffers=25 samplesperbuffer=960 volume=0.1 freq=660 ! "
		"audio/x-raw,rate=48000 ! audioconvert ! audioresample name=end",
		NULL);
	if (!loudspeaker || !pipeline) {
		if (loudspeaker) {
			gst_object_unref(gst_object_ref_sink(loudspeaker));
		}
		ep_pipeline_destroy(pipeline);
		return false;
	}
	GstElement *end = gst_bin_get_by_name(GST_BIN(pipeline), "end");
	gst_bin_add(GST_BIN(pipeline), loudspeaker);
	gst_element_link(end, loudspeaker);
	gst_object_unref(end);
	gst_element_set_state(pipeline, GST_STATE_PLAYING);
	GstBus *bus = gst_element_get_bus(pipeline);
	GstMessage *message = gst_bus_timed_pop_filtered(
		bus, TONE_WAIT_S * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
	bool played = message && GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS;
	if (message) {
		gst_message_unref(message);
	}
	gst_object_unref(bus);
	ep_pipeline_destroy(pipeline);
	return played;
}
