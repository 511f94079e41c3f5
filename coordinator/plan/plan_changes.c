/* From two plans and a copy of the meeting to the commands that the second plan asks for. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "coordinator/plan/plan_changes_private.h"
#include "proto/codec/difference.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

/* ---- meeting, sites, lists ---- */

static const struct command *row_of_meeting(const struct plan_rows *rows)
{
	return plan_rows_find(rows, CMD_MEETING_CREATE, "");
}

static void compare_meeting(struct comparing *comparing)
{
	const struct command *before = row_of_meeting(&comparing->before);
	const struct command *after = row_of_meeting(&comparing->after);
	struct command edit = {.name = CMD_MEETING_EDIT};
	if (msg_difference(&msg_cmd_meeting_create,
		    before ? &before->meeting_create : &comparing->nothing->meeting_create,
		    &after->meeting_create, &msg_cmd_meeting_edit, &edit.meeting_edit)) {
		comparing_ask(comparing, &edit);
	}
}

static void make_main(struct comparing *comparing, const char *site)
{
	struct command command = {.name = CMD_SITE_MAKE_MAIN};
	TEXT_COPY(command.site_make_main.site, site);
	comparing_ask(comparing, &command);
}

/* There is a main venue already: a new one comes as a remote site, and then takes its place. */
static void add_site(struct comparing *comparing, const struct command *row)
{
	struct command add = *row;
	bool is_main = row->site_add.kind == SITE_KIND_MAIN;
	add.site_add.kind = is_main ? SITE_KIND_REMOTE : row->site_add.kind;
	comparing_ask(comparing, &add);
	if (is_main) {
		make_main(comparing, row->site_add.site);
	}
}

static void compare_site(
	struct comparing *comparing, const struct command *before, const struct command *after)
{
	const struct site *site = mtg_site_by_id(comparing->given->meeting, after->site_add.site);
	if (!site && before) {
		return; /* somebody took it off the roster */
	}
	if (!site) {
		add_site(comparing, after);
		return;
	}
	before = before ? before : comparing->nothing;
	struct command edit = {.name = CMD_SITE_EDIT};
	ARRAY_COPY(edit.site_edit.site, after->site_add.site);
	if (msg_difference(&msg_cmd_site_add, &before->site_add, &after->site_add,
		    &msg_cmd_site_edit, &edit.site_edit)) {
		comparing_ask(comparing, &edit);
	}
	if (after->site_add.kind == SITE_KIND_MAIN && before->site_add.kind != SITE_KIND_MAIN) {
		make_main(comparing, after->site_add.site);
	}
}

static bool has_list(const struct meeting *meeting, const char *id)
{
	for (int i = 0; i < (int)mtg_list_count(meeting); i++) {
		if (strcmp(mtg_list(meeting, i)->id, id) == 0) {
			return true;
		}
	}
	return false;
}

static void compare_list(
	struct comparing *comparing, const struct command *before, const struct command *after)
{
	if (!has_list(comparing->given->meeting, after->list_add.list)) {
		comparing_ask(comparing, after);
		return;
	}
	struct command edit = {.name = CMD_LIST_EDIT};
	if (!before || strcmp(before->list_add.title, after->list_add.title) != 0) {
		ARRAY_COPY(edit.list_edit.list, after->list_add.list);
		ARRAY_COPY(edit.list_edit.title, after->list_add.title);
		comparing_ask(comparing, &edit);
	}
}

/* ---- what the changed plan has no longer ---- */

static void drop_site(struct comparing *comparing, const char *id)
{
	const struct site *site = mtg_site_by_id(comparing->given->meeting, id);
	struct command command = {.name = CMD_SITE_REMOVE};
	TEXT_COPY(command.site_remove.site, id);
	if (site && !plan_rows_find(&comparing->after, CMD_SITE_ADD, id)) {
		comparing_ask(comparing, &command);
	}
}

static void drop_rows(struct comparing *comparing)
{
	const struct meeting *meeting = comparing->given->meeting;
	for (size_t i = 0; i < comparing->before.n; i++) {
		const struct command *row = &comparing->before.list[i];
		if (row->name == CMD_ITEM_INSERT) {
			comparing_drop_item(comparing, row->item_insert.item);
		} else if (row->name == CMD_SITE_ADD) {
			drop_site(comparing, row->site_add.site);
		}
	}
	for (int i = 0; !comparing->given->before && i < (int)mtg_item_count(meeting); i++) {
		comparing_drop_item(comparing, mtg_item(meeting, i)->id);
	}
	for (int i = 0; !comparing->given->before && i < (int)mtg_site_count(meeting); i++) {
		drop_site(comparing, mtg_site(meeting, i)->id);
	}
}

/* ---- all ---- */

static void compare_rows(struct comparing *comparing)
{
	compare_meeting(comparing);
	for (size_t i = 0; i < comparing->after.n; i++) {
		const struct command *after = &comparing->after.list[i];
		const struct command *before =
			plan_rows_find(&comparing->before, after->name, plan_row_id(after));
		if (after->name == CMD_SITE_ADD) {
			compare_site(comparing, before, after);
		} else if (after->name == CMD_LIST_ADD) {
			compare_list(comparing, before, after);
		} else if (after->name == CMD_ITEM_INSERT) {
			comparing_item(comparing, before, after);
		}
	}
	comparing_order_items(comparing);
	comparing_turns(comparing);
	comparing_drop_turns(comparing);
	drop_rows(comparing);
	comparing_acts(comparing);
	comparing_documents(comparing);
	comparing_votes(comparing);
	comparing_preparation(comparing);
}

static int prepare(struct comparing *comparing)
{
	const struct plan_comparison *given = comparing->given;
	comparing->batch = malloc(sizeof(*comparing->batch));
	comparing->nothing = calloc(1, sizeof(*comparing->nothing));
	int r = comparing->batch && comparing->nothing ? 0 : -ENOMEM;
	if (r == 0) {
		r = plan_rows_read(given->before, NULL, &comparing->before);
	}
	if (r == 0) {
		r = plan_rows_read(given->after, given->numbers, &comparing->after);
	}
	return r == 0 ? comparing_match_turns(comparing) : r;
}

static void finish(struct comparing *comparing)
{
	plan_rows_finish(&comparing->before);
	plan_rows_finish(&comparing->after);
	comparing_finish_turns(comparing);
	free(comparing->batch);
	free(comparing->nothing);
}

int plan_changes_find(const struct plan_comparison *comparison, struct plan_changes *ret_changes)
{
	struct comparing comparing = {.given = comparison, .changes = ret_changes};
	*ret_changes = (struct plan_changes){0};
	int r = prepare(&comparing);
	if (r == 0) {
		compare_rows(&comparing);
		r = comparing.without_memory ? -ENOMEM : 0;
	}
	finish(&comparing);
	return r;
}

void plan_changes_finish(struct plan_changes *changes)
{
	free(changes->list);
	*changes = (struct plan_changes){0};
}
