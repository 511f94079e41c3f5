#include "coordinator/view/collections.h"

#include "coordinator/view/operator_views.h"

_Static_assert((int)ITEM_ID_SIZE <= (int)COLLECTION_ID_MAX &&
		       (int)LIST_ID_SIZE <= (int)COLLECTION_ID_MAX &&
		       (int)TURN_ID_SIZE <= (int)COLLECTION_ID_MAX,
	"an id of any kind finds room");

static void say_site(const struct view_derived *derived, size_t place, void *ret)
{
	operator_view_site(derived, derived->roster[place], ret);
}

static void say_item(const struct view_derived *derived, size_t place, void *ret)
{
	operator_view_item(derived, mtg_item_at(derived->meeting, place), ret);
}

static void say_list(const struct view_derived *derived, size_t place, void *ret)
{
	operator_view_list(derived, (int)place, ret);
}

static void say_turn(const struct view_derived *derived, size_t place, void *ret)
{
	operator_view_turn(derived, mtg_turn_at(derived->meeting, place), ret);
}

static void say_alarm(const struct view_derived *derived, size_t place, void *ret)
{
	operator_view_alarm(derived, mtg_alarm(derived->meeting, place), ret);
}

static void say_message(const struct view_derived *derived, size_t place, void *ret)
{
	operator_view_message(derived, mtg_message(derived->meeting, place), ret);
}

static size_t count_sites(const struct view_derived *derived)
{
	return derived->n_roster;
}

static size_t count_items(const struct view_derived *derived)
{
	return mtg_programme_count(derived->meeting);
}

static size_t count_lists(const struct view_derived *derived)
{
	return mtg_list_count(derived->meeting);
}

static size_t count_turns(const struct view_derived *derived)
{
	return mtg_turn_count(derived->meeting);
}

static size_t count_alarms(const struct view_derived *derived)
{
	return mtg_alarm_count(derived->meeting);
}

static size_t count_messages(const struct view_derived *derived)
{
	return mtg_message_count(derived->meeting);
}

const struct view_collection_of view_collections[COLLECTIONS] = {
	[COLLECTION_SITE] = {sizeof(struct wire_site_view), SITE_ID_SIZE, count_sites, say_site},
	[COLLECTION_ITEM] = {sizeof(struct wire_item_view), ITEM_ID_SIZE, count_items, say_item},
	[COLLECTION_LIST] = {sizeof(struct wire_list_view), LIST_ID_SIZE, count_lists, say_list},
	[COLLECTION_TURN] = {sizeof(struct wire_turn_view), TURN_ID_SIZE, count_turns, say_turn},
	[COLLECTION_ALARM] = {sizeof(struct wire_alarm_view), sizeof(uint64_t), count_alarms,
		say_alarm},
	[COLLECTION_MESSAGE] = {sizeof(struct wire_message_view), 0, count_messages, say_message},
};
