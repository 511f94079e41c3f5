/* Private: the collections of a meeting as views, for snapshot and update. */
#ifndef DIEMCAU_COORDINATOR_VIEW_COLLECTIONS_H
#define DIEMCAU_COORDINATOR_VIEW_COLLECTIONS_H

#include "coordinator/view/derived.h"

/* Each view begins with its id, except messages: they never change, and come last. */
enum view_collection {
	COLLECTION_SITE,
	COLLECTION_ITEM,
	COLLECTION_LIST,
	COLLECTION_TURN,
	COLLECTION_ALARM,
	COLLECTIONS_NAMED,
	COLLECTION_MESSAGE = COLLECTIONS_NAMED,
	COLLECTIONS,
};

enum { COLLECTION_ID_MAX = SITE_ID_SIZE };

struct view_collection_of {
	size_t size; /* of a view */
	size_t id; /* bytes of the id at its start; 0: none */
	size_t (*count)(const struct view_derived *derived);
	/* The view of the element at this position of its kind. Zeroes *ret first. */
	void (*say)(const struct view_derived *derived, size_t place, void *ret);
};

extern const struct view_collection_of view_collections[COLLECTIONS];

/* A view of any named kind. */
union any_view {
	struct wire_site_view site;
	struct wire_item_view item;
	struct wire_list_view list;
	struct wire_turn_view turn;
	struct wire_alarm_view alarm;
};

#endif
