#include "endpoint/paper_desk.h"

#include <errno.h>
#include <stdlib.h>

_Static_assert((int)PANEL_PATH_SIZE >= (int)HANDED_FILE_PATH_SIZE, "a path of the courier's fits");

int paper_desk_init(struct paper_desk *desk, const struct join *join, const char *folder)
{
	return folder ? courier_create(join, folder, &desk->courier) : 0;
}

void paper_desk_finish(struct paper_desk *desk)
{
	courier_destroy(desk->courier);
	desk->courier = NULL;
}

void paper_desk_tick(
	struct paper_desk *desk, struct ep_session *session, struct ep_actions *ret_actions)
{
	char handout[HANDOUT_ID_SIZE];
	enum receipt receipt;
	bool works = session->up && !session->spare;
	ret_actions->n = 0;
	if (!desk->courier) {
		return;
	}
	courier_let(desk->courier, works);
	if (works && courier_receipt(desk->courier, handout, &receipt)) {
		ep_session_receipt(session, handout, receipt, ret_actions);
	}
}

void paper_desk_show(struct paper_desk *desk, struct panel_state *page)
{
	page->has_papers =
		desk->courier && courier_show(desk->courier, &desk->shelf, &page->papers);
}

int paper_desk_open(struct paper_desk *desk, const char *digest, char path[PANEL_PATH_SIZE],
	char name[DISPLAY_NAME_SIZE])
{
	return desk->courier ? courier_open(desk->courier, digest, path, name) : -ENOENT;
}

int paper_desk_bring(struct paper_desk *desk, struct panel_bring *bring)
{
	struct courier_coming *coming = calloc(1, sizeof(*coming));
	int r = coming ? 0 : REFUSAL_STORAGE;
	if (r == 0) {
		r = desk->courier ? courier_begin(desk->courier, &bring->paper, coming)
				  : REFUSAL_NOT_FOUND;
	}
	if (r != 0) {
		free(coming);
		return r;
	}
	bring->file = coming->file;
	bring->held = coming;
	return 0;
}

int paper_desk_brought(struct paper_desk *desk, struct panel_bring *bring)
{
	int r = courier_keep(desk->courier, bring->held);
	free(bring->held);
	bring->held = NULL;
	return r;
}

void paper_desk_given_up(struct panel_bring *bring)
{
	courier_give_up(bring->held);
	free(bring->held);
	bring->held = NULL;
}
