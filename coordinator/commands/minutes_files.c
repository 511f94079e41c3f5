#include "coordinator/commands/minutes_files.h"

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/minutes/html_page.h"
#include "proto/codec/codec.h"

DEFINE_CLEANUP(struct minutes *, free)

static int write_file(const char *to, const char *name, const char *text, size_t size)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, to, name);
	return r == 0 ? atomic_file_replace(path, text, size) : r;
}

static int write_page(
	const struct minutes *minutes, enum language language, const char *to, const char *name)
{
	char *text = NULL;
	size_t size = 0;
	int r = paper_html(minutes,
		&(struct paper_wanted){.kind = PAPER_KIND_MINUTES, .language = language}, &text,
		&size);
	if (r == 0) {
		r = write_file(to, name, text, size);
	}
	free(text);
	return r;
}

int minutes_files_write_json(const struct minutes *minutes, const char *to)
{
	char *json = NULL;
	size_t size;
	int r = msg_encode(&msg_minutes, minutes, &json, &size);
	if (r == 0) {
		r = write_file(to, "minutes.json", json, size);
		msg_free(json);
	}
	return r;
}

int minutes_files_write(const struct minutes_recorder *recorder, const char *to)
{
	struct msg_arena arena = {0};
	struct minutes *minutes cleanup(free) = calloc(1, sizeof(*minutes));
	int r = minutes ? minutes_recorder_compile(recorder, ROLE_OPERATOR, &arena, minutes)
			: -ENOMEM;
	if (r == 0) {
		r = write_page(minutes, LANGUAGE_VI, to, "minutes.vi.html");
	}
	if (r == 0) {
		r = write_page(minutes, LANGUAGE_EN, to, "minutes.en.html");
	}
	if (r == 0) {
		r = minutes_files_write_json(minutes, to);
	}
	msg_arena_finish(&arena);
	return r;
}
