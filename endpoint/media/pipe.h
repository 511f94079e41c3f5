/*
 * Pipelines on one timeline: all share the system clock and one zero, so a timestamp means the
 * same in each and buffers may be handed from one to another.
 */
#ifndef DIEMCAU_ENDPOINT_PIPE_H
#define DIEMCAU_ENDPOINT_PIPE_H

#include <stdint.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "endpoint/media/stamp.h"

/* Initialise GStreamer and set zero to now; harmless when repeated. Main thread. */
void ep_pipe_init(void);

/* Running time now, and the Unix time at running time zero, in microseconds. */
int64_t ep_pipe_now_us(void);
int64_t ep_pipe_wall_zero_us(void);

/*
 * A pipeline from a gst-launch description, on the shared timeline, in state NULL. NULL where the
 * description does not parse or an element is missing; *ret_error (may be NULL) is then a sentence,
 * the caller's for g_free.
 */
GstElement *ep_pipe_parse(const char *description, char **ret_error);

/* The same without the shared zero: for sources whose own timestamps begin where they please. */
GstElement *ep_pipe_parse_free(const char *description, char **ret_error);

/* To NULL and unreferenced; takes NULL. */
void ep_pipe_destroy(GstElement *pipeline);

/* Set one property of a named element; the element must exist. */
void ep_pipe_set_bool(GstElement *pipeline, const char *element, const char *property, bool value);
void ep_pipe_set_int(GstElement *pipeline, const char *element, const char *property, int value);
void ep_pipe_set_double(
	GstElement *pipeline, const char *element, const char *property, double value);
void ep_pipe_set_text(
	GstElement *pipeline, const char *element, const char *property, const char *value);

/* A named appsrc or appsink; borrowed from the pipeline. */
GstAppSrc *ep_pipe_source(GstElement *pipeline, const char *name);
GstAppSink *ep_pipe_sink(GstElement *pipeline, const char *name);

/* Call back with each sample of a named appsink, on its streaming thread. */
void ep_pipe_on_sample(GstElement *pipeline, const char *name,
	GstFlowReturn (*callback)(GstAppSink *sink, void *user), void *user);

/* Put a probe on a pad of a named element. */
void ep_pipe_probe(GstElement *pipeline, const char *element, const char *pad, GstPadProbeType type,
	GstPadProbeCallback callback, void *user);

/* Luma plane of a mapped I420 frame of the size its caps say; false where it is too small. */
bool ep_pipe_luma(const GstCaps *caps, const GstMapInfo *map, struct ep_luma *ret_luma);

#endif
