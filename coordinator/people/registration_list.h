/*
 * What all sites have registered, as a list for an office: one row for each category of a site, one
 * for each delegate who is named, one for a site that has not registered. Numbers come from the
 * meeting, people from where they are kept; where they were erased, the list says so.
 */
#ifndef DIEMCAU_COORDINATOR_PEOPLE_REGISTRATION_LIST_H
#define DIEMCAU_COORDINATOR_PEOPLE_REGISTRATION_LIST_H

#include <stddef.h>

#include "coordinator/meeting/meeting.h"
#include "proto/gen/words.h"

struct registration_list_source {
	const struct meeting *meeting;
	/* What is kept of the people of a site, by its index; *ret is all empty before. */
	void (*people_of)(void *user, int site, struct site_people *ret);
	void *user;
	bool forgotten;
	struct stamp forgotten_wall;
	struct stamp now; /* who is late by it */
	enum language language;
};

struct registration_list;

/* 0 or -ENOMEM. */
int registration_list_make(
	const struct registration_list_source *source, struct registration_list **ret_list);
/* Wipes what it holds. NULL is allowed. */
void registration_list_destroy(struct registration_list *list);

size_t registration_list_rows(const struct registration_list *list);

/*
 * Their bytes into *ret_bytes, which the caller frees. As CSV: UTF-8 with a byte order mark, which
 * Excel needs to read Vietnamese; a cell that a spreadsheet would take for a formula begins with an
 * apostrophe. As XLSX every cell is a text (sheets/list_workbook.h). 0 or a negative errno.
 */
int registration_list_csv(const struct registration_list *list, char **ret_bytes, size_t *ret_size);
int registration_list_xlsx(
	const struct registration_list *list, char **ret_bytes, size_t *ret_size);

/* "ngày 15/07/2022 08:00" at the place of the meeting. */
enum { REGISTRATION_MOMENT_SIZE = 40 };
void registration_moment(
	const struct about *about, struct stamp wall, char ret[static REGISTRATION_MOMENT_SIZE]);

#endif
