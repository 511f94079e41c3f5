#include "coordinator/view/kinds.h"

#include "coordinator/view/people.h"

_Static_assert((int)ITEM_ID_SIZE <= (int)KIND_ID_MAX && (int)LIST_ID_SIZE <= (int)KIND_ID_MAX &&
		       (int)TURN_ID_SIZE <= (int)KIND_ID_MAX,
	"an id of any kind finds room");

static void say_site(const struct view_frame *frame, size_t place, void *ret)
{
	people_site(frame, (int)place, ret);
}

static void say_item(const struct view_frame *frame, size_t place, void *ret)
{
	people_item(frame, mtg_item_at(frame->meeting, place), ret);
}

static void say_list(const struct view_frame *frame, size_t place, void *ret)
{
	people_list(frame, (int)place, ret);
}

static void say_turn(const struct view_frame *frame, size_t place, void *ret)
{
	people_turn(frame, mtg_turn_at(frame->meeting, place), ret);
}

static void say_alarm(const struct view_frame *frame, size_t place, void *ret)
{
	people_alarm(frame, mtg_alarm(frame->meeting, place), ret);
}

static void say_message(const struct view_frame *frame, size_t place, void *ret)
{
	people_message(frame, mtg_message(frame->meeting, place), ret);
}

const struct kind_of_view kinds[KINDS] = {
	[KIND_SITE] = {sizeof(struct wire_site_view), SITE_ID_SIZE, mtg_site_count, say_site},
	[KIND_ITEM] = {sizeof(struct wire_item_view), ITEM_ID_SIZE, mtg_item_count, say_item},
	[KIND_LIST] = {sizeof(struct wire_list_view), LIST_ID_SIZE, mtg_list_count, say_list},
	[KIND_TURN] = {sizeof(struct wire_turn_view), TURN_ID_SIZE, mtg_turn_count, say_turn},
	[KIND_ALARM] = {sizeof(struct wire_alarm_view), sizeof(uint64_t), mtg_alarm_count,
		say_alarm},
	[KIND_MESSAGE] = {sizeof(struct wire_message_view), 0, mtg_message_count, say_message},
};
