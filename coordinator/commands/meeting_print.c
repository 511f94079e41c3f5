#include "coordinator/commands/meeting_print.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/commands/paper_files.h"
#include "coordinator/installation/new_folder.h"
#include "coordinator/installation/plan_words.h"
#include "coordinator/minutes/html_page.h"
#include "coordinator/minutes/journal_minutes.h"
#include "coordinator/minutes/paper_kinds.h"
#include "coordinator/print/print_pdf.h"
#include "coordinator/print/word_document.h"

DEFINE_CLEANUP(struct minutes_recorder *, minutes_recorder_destroy)
DEFINE_CLEANUP(struct minutes *, free)

enum { FILE_NAME_SIZE = 128 };

/* One paper in one language: all its files bear one name. */
struct paper_printing {
	const char *to;
	char stem[FILE_NAME_SIZE]; /* invitation.can-tho.vi */
};

static void name_file(const struct paper_printing *printing, const char *ending,
	char ret_name[static FILE_NAME_SIZE + sizeof(".html")])
{
	snprintf(ret_name, FILE_NAME_SIZE + sizeof(".html"), "%s.%s", printing->stem, ending);
}

static int write_file(
	const struct paper_printing *printing, const char *ending, const char *bytes, size_t size)
{
	char name[FILE_NAME_SIZE + sizeof(".html")], path[ATOMIC_FILE_PATH_MAX];
	name_file(printing, ending, name);
	int r = atomic_file_path(path, printing->to, name);
	return r == 0 ? atomic_file_replace(path, bytes, size) : r;
}

static int write_document(const struct paper_printing *printing, const char *page, size_t size)
{
	char *bytes = NULL;
	size_t length = 0;
	int r = word_document(page, size, &bytes, &length);
	r = r == 0 ? write_file(printing, "docx", bytes, length) : r;
	free(bytes);
	return r;
}

static int print_page(const struct paper_printing *printing)
{
	char page[FILE_NAME_SIZE + sizeof(".html")], pdf[FILE_NAME_SIZE + sizeof(".html")];
	char from[ATOMIC_FILE_PATH_MAX], printed[ATOMIC_FILE_PATH_MAX];
	name_file(printing, "html", page);
	name_file(printing, "pdf", pdf);
	int r = atomic_file_path(from, printing->to, page);
	r = r == 0 ? atomic_file_path(printed, printing->to, pdf) : r;
	r = r == 0 ? print_pdf(from, printed) : r;
	return r == -ENOENT ? MEETING_PRINT_NO_PRINTER : r;
}

static int print_one(
	const struct minutes *minutes, const struct paper_wanted *wanted, const char *to)
{
	struct paper_printing printing = {.to = to};
	char *page = NULL;
	size_t size = 0;
	snprintf(printing.stem, sizeof(printing.stem), "%s%s%s.%s", paper_name(wanted->kind),
		wanted->site ? "." : "", wanted->site ? wanted->site : "",
		wanted->language == LANGUAGE_EN ? "en" : "vi");
	int r = paper_html(minutes, wanted, &page, &size);
	if (r == -ENOENT) {
		return MEETING_PRINT_NO_SITE;
	}
	r = r == 0 ? write_file(&printing, "html", page, size) : r;
	r = r == 0 ? write_document(&printing, page, size) : r;
	free(page);
	return r == 0 ? print_page(&printing) : r;
}

static int print_copy(const struct minutes *minutes, struct paper_wanted wanted, const char *to)
{
	int r = 0;
	for (int language = LANGUAGE_VI; language <= LANGUAGE_EN && r == 0; language++) {
		wanted.language = (enum language)language;
		r = print_one(minutes, &wanted, to);
	}
	return r;
}

static int print_copies(const struct minutes *minutes, const struct print_wanted *wanted,
	const struct paper_words *words, const char *to)
{
	struct paper_wanted paper = {.kind = wanted->kind, .site = wanted->site, .words = words};
	int r = 0;
	if (!wanted->each_site) {
		return print_copy(minutes, paper, to);
	}
	for (size_t i = 0; i < minutes->n_sites && r == 0; i++) {
		paper.site = minutes->sites[i].site;
		r = print_copy(minutes, paper, to);
	}
	return r;
}

static int print_recorded(const struct minutes_recorder *recorder,
	const struct print_wanted *wanted, const struct paper_words *words, const char *to)
{
	struct msg_arena arena = {0};
	struct minutes *minutes cleanup(free) = calloc(1, sizeof(*minutes));
	int r = minutes ? minutes_recorder_compile(recorder, ROLE_OPERATOR, &arena, minutes)
			: -ENOMEM;
	r = r == 0 ? print_copies(minutes, wanted, words, to) : r;
	if (r == 0 && wanted->kind == PAPER_KIND_MINUTES) {
		r = paper_files_write_json(minutes, to);
	}
	msg_arena_finish(&arena);
	return r;
}

static int print_all(
	const struct meeting_place *place, const struct print_wanted *wanted, const char *to)
{
	struct minutes_recorder *recorder cleanup(minutes_recorder_destroy) = NULL;
	struct plan_words words;
	int r = journal_minutes_read(place->journal, &recorder);
	if (r != 0) {
		return r;
	}
	plan_words_read(place->plan, &words);
	r = print_recorded(recorder, wanted, words.words, to);
	plan_words_finish(&words);
	return r;
}

int meeting_print(
	const struct meeting_place *place, const struct print_wanted *wanted, const char *to)
{
	struct new_folder folder;
	if ((wanted->site || wanted->each_site) && !paper_has_copies(wanted->kind)) {
		return MEETING_PRINT_ONE_COPY;
	}
	int r = new_folder_begin(&folder, to, atomic_file_make_folder);
	return r == 0 ? new_folder_end(&folder, print_all(place, wanted, to)) : r;
}
