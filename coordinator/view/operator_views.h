/* Private: one object of the meeting as a view, for snapshot and update. Each zeroes *ret first. */
#ifndef DIEMCAU_COORDINATOR_VIEW_OPERATOR_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_OPERATOR_VIEWS_H

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/meeting/messages.h"
#include "coordinator/view/derived.h"

void operator_view_meeting(const struct view_derived *derived, struct wire_meeting_view *ret);
void operator_view_site(const struct view_derived *derived, int site, struct wire_site_view *ret);
void operator_view_item(const struct view_derived *derived, int item, struct wire_item_view *ret);
void operator_view_list(const struct view_derived *derived, int list, struct wire_list_view *ret);
void operator_view_turn(const struct view_derived *derived, int turn, struct wire_turn_view *ret);
void operator_view_floor(const struct view_derived *derived, struct wire_floor_view *ret);
void operator_view_scene(const struct view_derived *derived, struct wire_scene_view *ret);
void operator_view_alarm(
	const struct view_derived *derived, const struct alarm *alarm, struct wire_alarm_view *ret);
void operator_view_message(const struct view_derived *derived, const struct message *message,
	struct wire_message_view *ret);
/* The sites that were removed, in the arena. 0 or -ENOMEM. */
int operator_view_removed_sites(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_site_view **ret, size_t *ret_n);
/* All that is owed, likewise. */
int operator_view_documents(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_document_view **ret, size_t *ret_n);
int operator_view_handouts(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_handout_view **ret, size_t *ret_n);
/* The acts of items on the programme, likewise. */
int operator_view_acts(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_act_view **ret, size_t *ret_n);
void operator_view_ceremony(const struct view_derived *derived, struct wire_ceremony_view *ret);
void operator_view_relay(const struct view_derived *derived, struct wire_relay_view *ret);
void operator_view_microphones(
	const struct view_derived *derived, struct wire_microphones_view *ret);
/* What the centre asks of all sites; in a file of its own. */
void operator_view_asked(const struct view_derived *derived, struct wire_asked_view *ret);
/* The part of it that one site has. */
void operator_view_site_asked(const struct meeting *meeting, int site, struct wire_site_view *ret);

void operator_view_direction(const struct view_derived *derived, struct wire_direction_view *ret);

#endif
