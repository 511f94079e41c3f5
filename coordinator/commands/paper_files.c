#include "coordinator/commands/paper_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/message_file.h"
#include "coordinator/minutes/html_page.h"
#include "coordinator/minutes/paper_kinds.h"
#include "proto/codec/codec.h"

DEFINE_CLEANUP(struct minutes *, free)

#define JSON_NAME "minutes.json"

enum { FILE_NAME_SIZE = 64 };

static void name_page(
	enum paper_kind kind, enum language language, char ret_name[static FILE_NAME_SIZE])
{
	snprintf(ret_name, FILE_NAME_SIZE, "%s.%s.html", paper_name(kind),
		language == LANGUAGE_EN ? "en" : "vi");
}

static int write_file(const char *to, const char *name, const char *text, size_t size)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, to, name);
	return r == 0 ? atomic_file_replace(path, text, size) : r;
}

static int write_page(
	const struct minutes *minutes, const struct paper_wanted *wanted, const char *to)
{
	char name[FILE_NAME_SIZE], *text = NULL;
	size_t size = 0;
	name_page(wanted->kind, wanted->language, name);
	int r = paper_html(minutes, wanted, &text, &size);
	if (r == 0) {
		r = write_file(to, name, text, size);
	}
	free(text);
	return r;
}

static int write_pages(
	const struct minutes *minutes, const struct paper_words *words, const char *to)
{
	int r = 0;
	for (int kind = PAPER_KIND_UNSET + 1; kind < PAPER_KIND_END && r == 0; kind++) {
		struct paper_wanted wanted = {.kind = (enum paper_kind)kind, .words = words};
		for (int language = LANGUAGE_VI; language <= LANGUAGE_EN && r == 0; language++) {
			wanted.language = (enum language)language;
			r = write_page(minutes, &wanted, to);
		}
	}
	return r;
}

int paper_files_write_json(const struct minutes *minutes, const char *to)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, to, JSON_NAME);
	return r == 0 ? message_file_write(path, &msg_minutes, minutes) : r;
}

int paper_files_write(
	const struct minutes_recorder *recorder, const struct paper_words *words, const char *to)
{
	struct msg_arena arena = {0};
	struct minutes *minutes cleanup(free) = calloc(1, sizeof(*minutes));
	int r = minutes ? minutes_recorder_compile(recorder, ROLE_OPERATOR, &arena, minutes)
			: -ENOMEM;
	if (r == 0) {
		r = write_pages(minutes, words, to);
	}
	if (r == 0) {
		r = paper_files_write_json(minutes, to);
	}
	msg_arena_finish(&arena);
	return r;
}

static int remove_file(const char *folder, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, folder, name);
	return r == 0 && unlink(path) < 0 && errno != ENOENT ? -errno : r;
}

int paper_files_remove(const char *folder)
{
	int r = remove_file(folder, JSON_NAME);
	for (int kind = PAPER_KIND_UNSET + 1; kind < PAPER_KIND_END && r == 0; kind++) {
		for (int language = LANGUAGE_VI; language <= LANGUAGE_EN && r == 0; language++) {
			char name[FILE_NAME_SIZE];
			name_page((enum paper_kind)kind, (enum language)language, name);
			r = remove_file(folder, name);
		}
	}
	return r;
}
