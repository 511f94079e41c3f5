/* Listing devices through GstDeviceMonitor. */
#include "endpoint/media/devices.h"

#include <stdio.h>

enum {
	HOW_SIZE = 256,
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

static GList *find(enum ep_device_kind kind)
{
	GstDeviceMonitor *monitor = gst_device_monitor_new();
	gst_device_monitor_add_filter(monitor, class_of(kind), NULL);
	GList *devices = NULL;
	if (gst_device_monitor_start(monitor)) {
		devices = gst_device_monitor_get_devices(monitor);
		gst_device_monitor_stop(monitor);
	}
	gst_object_unref(monitor);
	return devices;
}

/* The monitor of a loudspeaker counts as a source with PulseAudio: not a microphone. */
static bool echoes_output(GstDevice *device)
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

static void write_how(GstDevice *device, char *how, size_t size)
{
	GstElement *element = gst_device_create_element(device, NULL);
	char *value = NULL;
	how[0] = '\0';
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
		snprintf(how, size, "%s:%s", prefix, value ? value : "");
	}
	g_free(value);
	gst_object_unref(gst_object_ref_sink(element));
}

static void tell_kind(enum ep_device_kind kind, ep_device_told *told, void *user)
{
	GList *devices = find(kind);
	for (GList *next = devices; next; next = next->next) {
		GstDevice *device = next->data;
		if (kind == EP_DEVICE_MICROPHONE && echoes_output(device)) {
			continue;
		}
		char how[HOW_SIZE];
		char *name = gst_device_get_display_name(device);
		write_how(device, how, sizeof(how));
		told(user, kind, name ? name : "?", how);
		g_free(name);
	}
	g_list_free_full(devices, gst_object_unref);
}

void ep_devices_tell(ep_device_told *told, void *user)
{
	tell_kind(EP_DEVICE_CAMERA, told, user);
	tell_kind(EP_DEVICE_MICROPHONE, told, user);
	tell_kind(EP_DEVICE_LOUDSPEAKER, told, user);
}

GstElement *ep_devices_first(enum ep_device_kind kind)
{
	GList *devices = find(kind);
	GstElement *element = NULL;
	for (GList *next = devices; next && !element; next = next->next) {
		if (kind != EP_DEVICE_MICROPHONE || !echoes_output(next->data)) {
			element = gst_device_create_element(next->data, NULL);
		}
	}
	g_list_free_full(devices, gst_object_unref);
	return element;
}
