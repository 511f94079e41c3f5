#include "coordinator/api/recorded_files.h"

#include <string.h>

#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/meeting/roster.h"

void recorded_files_each(const struct meeting *meeting, recorded_file_visit *visit, void *user)
{
	for (size_t i = 0; i < mtg_received_count(meeting); i++) {
		visit(user, &mtg_received_at(meeting, i)->file);
	}
	for (size_t i = 0; i < mtg_handout_count(meeting); i++) {
		visit(user, &mtg_handout(meeting, i)->file);
	}
}

struct seeking {
	const char *digest;
	bool found;
};

static void compare(void *user, const struct meeting_file *file)
{
	struct seeking *seeking = user;
	seeking->found = seeking->found || strcmp(file->digest, seeking->digest) == 0;
}

bool recorded_file_is_known(const struct meeting *meeting, const char *digest)
{
	struct seeking seeking = {.digest = digest};
	recorded_files_each(meeting, compare, &seeking);
	return seeking.found;
}

static void add(void *user, const struct meeting_file *file)
{
	*(int64_t *)user += (int64_t)file->size;
}

int64_t recorded_file_bytes(const struct meeting *meeting)
{
	int64_t bytes = 0;
	recorded_files_each(meeting, add, &bytes);
	return bytes;
}

static const struct meeting_file *find_received(
	const struct meeting *meeting, const char *digest, int site)
{
	for (size_t i = 0; i < mtg_received_count(meeting); i++) {
		const struct received_document *received = mtg_received_at(meeting, i);
		if ((site == MTG_NONE || received->site == site) &&
			strcmp(received->file.digest, digest) == 0) {
			return &received->file;
		}
	}
	return NULL;
}

static const struct meeting_file *find_handout(
	const struct meeting *meeting, const char *digest, int site)
{
	for (size_t i = 0; i < mtg_handout_count(meeting); i++) {
		const struct handout *handout = mtg_handout(meeting, i);
		if ((site == MTG_NONE || mtg_receipt(meeting, handout, site) != RECEIPT_UNSET) &&
			strcmp(handout->file.digest, digest) == 0) {
			return &handout->file;
		}
	}
	return NULL;
}

const struct meeting_file *recorded_file_for(
	const struct meeting *meeting, const char *digest, const char *site)
{
	const struct site *reader = site ? mtg_site_by_id(meeting, site) : NULL;
	if (site && !reader) {
		return NULL;
	}
	int index = reader ? mtg_site_index(meeting, reader) : MTG_NONE;
	const struct meeting_file *file = find_received(meeting, digest, index);
	return file ? file : find_handout(meeting, digest, index);
}
