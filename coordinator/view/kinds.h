/* The things that a meeting has many of, as views; the inside of snapshot and update. */
#ifndef DIEMCAU_VIEW_KINDS_H
#define DIEMCAU_VIEW_KINDS_H

#include "coordinator/view/frame.h"

/* Each view begins with its id, but for messages: they never change, and go last. */
enum kind {
	KIND_SITE,
	KIND_ITEM,
	KIND_LIST,
	KIND_TURN,
	KIND_ALARM,
	KINDS_NAMED,
	KIND_MESSAGE = KINDS_NAMED,
	KINDS,
};

enum { KIND_ID_MAX = SITE_ID_SIZE };

struct kind_of_view {
	size_t size; /* of a view */
	size_t id; /* bytes of the id at its start; 0: none */
	size_t (*count)(const struct meeting *meeting);
	/* The view of the one at this place in the order of its kind. Zeroes *ret first. */
	void (*say)(const struct view_frame *frame, size_t place, void *ret);
};

extern const struct kind_of_view kinds[KINDS];

/* A view of any named kind. */
union any_view {
	struct wire_site_view site;
	struct wire_item_view item;
	struct wire_list_view list;
	struct wire_turn_view turn;
	struct wire_alarm_view alarm;
};

#endif
