/*
 * Pipelines on one timeline: all share the system clock and one base time, so a timestamp means the
 * same in each and buffers may be passed from one to another.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_PIPELINE_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_PIPELINE_H

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <stdint.h>

#include "endpoint/media/common/picture_stamp.h"

/* Initialises GStreamer and sets the base time to now; harmless when repeated. Main thread. */
void ep_pipeline_init(void);

/* Running time now, and the Unix time at running time zero, in microseconds. */
int64_t ep_pipeline_now_us(void);
int64_t ep_pipeline_wall_zero_us(void);

/*
 * A pipeline from a gst-launch description, on the shared timeline, in state NULL. NULL if the
 * description does not parse or an element is missing; *ret_error (may be NULL) is then a sentence,
 * for g_free by the caller.
 */
GstElement *ep_pipeline_parse(const char *description, char **ret_error);

/*
 * The same without the shared base time: for sources whose timestamps start at an arbitrary value.
 */
GstElement *ep_pipeline_parse_own_base_time(const char *description, char **ret_error);

/* From the running time of such a pipeline to the shared timeline; never later than now. */
GstClockTime ep_pipeline_shared_time(GstElement *pipeline, GstClockTime running);

/* Sets the state to NULL and unreferences; takes NULL. */
void ep_pipeline_destroy(GstElement *pipeline);

/* Sets a property of a named element; the element must exist. */
void ep_pipeline_set_bool(
	GstElement *pipeline, const char *element, const char *property, bool value);
void ep_pipeline_set_int(
	GstElement *pipeline, const char *element, const char *property, int value);
void ep_pipeline_set_double(
	GstElement *pipeline, const char *element, const char *property, double value);
void ep_pipeline_set_text(
	GstElement *pipeline, const char *element, const char *property, const char *value);

/* The sentence of an error message of the bus. */
void ep_pipeline_error_text(GstMessage *message, char *fault, size_t fault_size);

/*
 * A message of the bus of a pipeline whose latency may change: an error leaves its sentence in
 * `fault`, a change of latency is told to every element.
 */
void ep_pipeline_handle_message(
	GstElement *pipeline, GstMessage *message, char *fault, size_t fault_size);

/* A named appsrc or appsink; borrowed from the pipeline. */
GstAppSrc *ep_pipeline_source(GstElement *pipeline, const char *name);
GstAppSink *ep_pipeline_sink(GstElement *pipeline, const char *name);

/* Calls back with each sample of a named appsink, on its streaming thread. */
void ep_pipeline_on_sample(GstElement *pipeline, const char *name,
	GstFlowReturn (*callback)(GstAppSink *sink, void *user), void *user);

/* Adds a probe to a pad of a named element. */
void ep_pipeline_probe(GstElement *pipeline, const char *element, const char *pad,
	GstPadProbeType type, GstPadProbeCallback callback, void *user);

/* Luma plane of a mapped I420 frame of the size in its caps; false if it is too small. */
bool ep_pipeline_luma(const GstCaps *caps, const GstMapInfo *map, struct ep_luma *ret_luma);

#endif
