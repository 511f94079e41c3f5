/* One thing of the meeting as a view; the inside of snapshot and update. Each zeroes *ret first. */
#ifndef DIEMCAU_VIEW_PEOPLE_H
#define DIEMCAU_VIEW_PEOPLE_H

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/messages.h"
#include "coordinator/view/frame.h"

void people_meeting(const struct view_frame *frame, struct wire_meeting_view *ret);
void people_site(const struct view_frame *frame, int site, struct wire_site_view *ret);
void people_item(const struct view_frame *frame, int item, struct wire_item_view *ret);
void people_list(const struct view_frame *frame, int list, struct wire_list_view *ret);
void people_turn(const struct view_frame *frame, int turn, struct wire_turn_view *ret);
void people_floor(const struct view_frame *frame, struct wire_floor_view *ret);
void people_scene(const struct view_frame *frame, struct wire_scene_view *ret);
void people_alarm(
	const struct view_frame *frame, const struct alarm *alarm, struct wire_alarm_view *ret);
void people_message(const struct view_frame *frame, const struct message *message,
	struct wire_message_view *ret);
void people_relay(const struct view_frame *frame, struct wire_relay_view *ret);
void people_microphones(const struct view_frame *frame, struct wire_microphones_view *ret);

#endif
