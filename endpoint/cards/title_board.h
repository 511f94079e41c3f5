/*
 * The lines of a title slate as a title board sets them: who convenes, what is held, its subject,
 * place and date. Pure.
 *
 * Plans have lines alone. What is held is known by its word («HỘI NGHỊ», «LỄ …»); what stands
 * before it convenes, what follows is the subject; a line that names the place or a day comes last.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_TITLE_BOARD_H
#define DIEMCAU_ENDPOINT_CARDS_TITLE_BOARD_H

#include <stddef.h>

/* Never NULL; each is the caller's, for g_free. Lines stay apart by '\n'. */
struct title_board {
	char *organisation;
	char *title;
	char *subject;
	char *place_date;
};

/* place and date are added where no line has them; date as "2022-07-15". */
void title_board_set(const char *const *lines, size_t n_lines, const char *place, const char *date,
	struct title_board *ret_board);

#endif
