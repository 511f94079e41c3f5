#include "coordinator/plan/plan_rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static size_t count(const struct plan *plan, const struct plan_run *run, struct command *scratch)
{
	size_t n = 0;
	while (plan_command(plan, run, n, scratch)) {
		n++;
	}
	return n;
}

int plan_rows_read(const struct plan *plan, const uint32_t *numbers, struct plan_rows *ret_rows)
{
	const struct plan_run run = {.meeting = "", .speed = 1, .numbers = numbers};
	*ret_rows = (struct plan_rows){0};
	if (!plan) {
		return 0;
	}
	struct command *scratch = malloc(sizeof(*scratch));
	size_t n = scratch ? count(plan, &run, scratch) : 0;
	free(scratch);
	struct command *list = calloc(n, sizeof(*list));
	if (!list) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		plan_command(plan, &run, i, &list[i]);
	}
	*ret_rows = (struct plan_rows){list, n};
	return 0;
}

void plan_rows_finish(struct plan_rows *rows)
{
	free(rows->list);
	*rows = (struct plan_rows){0};
}

const char *plan_row_id(const struct command *row)
{
	if (row->name == CMD_SITE_ADD) {
		return row->site_add.site;
	}
	if (row->name == CMD_LIST_ADD) {
		return row->list_add.list;
	}
	if (row->name == CMD_VOTE_ADD) {
		return row->vote_add.vote;
	}
	return row->name == CMD_ITEM_INSERT ? row->item_insert.item : "";
}

const struct command *plan_rows_find(
	const struct plan_rows *rows, enum command_name name, const char *id)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].name == name && strcmp(plan_row_id(&rows->list[i]), id) == 0) {
			return &rows->list[i];
		}
	}
	return NULL;
}
