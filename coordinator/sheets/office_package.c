/* See office_package.h. */
#include "coordinator/sheets/office_package.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "cleanup.h"
#include "coordinator/sheets/sheets.h"
#include "coordinator/sheets/xml_walk.h"
#include "text_copy.h"

enum { TYPE_SIZE = 256 };

struct office_package {
	zip_t *archive;
	size_t unpacked;
};

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct xml_walk *, xml_walk_destroy)

static bool begins_with(const char *bytes, size_t size, const char *mark, size_t length)
{
	return size >= length && memcmp(bytes, mark, length) == 0;
}

static int open_archive(const char *bytes, size_t size, zip_t **ret_archive)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &error);
	zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	int r = archive ? 0 : zip_error_code_zip(&error) == ZIP_ER_MEMORY ? -ENOMEM : SHEETS_BROKEN;
	if (source && !archive) {
		zip_source_free(source);
	}
	zip_error_fini(&error);
	*ret_archive = archive;
	return r;
}

int package_open(const char *bytes, size_t size, struct office_package **ret_package)
{
	zip_t *archive;
	if (begins_with(bytes, size, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8)) {
		return SHEETS_OLD;
	}
	if (!begins_with(bytes, size, "PK\3\4", 4)) {
		return SHEETS_OTHER;
	}
	if (size > SHEETS_FILE_BYTES_MAX) {
		return SHEETS_TOO_LARGE;
	}
	int r = open_archive(bytes, size, &archive);
	if (r != 0) {
		return r;
	}
	struct office_package *package = calloc(1, sizeof(*package));
	if (!package || zip_get_num_entries(archive, 0) > SHEETS_ENTRIES_MAX) {
		r = package ? SHEETS_TOO_LARGE : -ENOMEM;
		zip_discard(archive);
		free(package);
		return r;
	}
	package->archive = archive;
	*ret_package = package;
	return 0;
}

void package_close(struct office_package *package)
{
	if (package) {
		zip_discard(package->archive);
		free(package);
	}
}

/* How much may still be unpacked of one part. */
static size_t room_left(const struct office_package *package)
{
	size_t left = SHEETS_UNPACKED_BYTES_MAX - package->unpacked;
	return left < SHEETS_PART_BYTES_MAX ? left : SHEETS_PART_BYTES_MAX;
}

/* `claimed` only says how much to take at first. */
static int unpack(struct office_package *package, zip_file_t *file, size_t claimed,
	char **ret_bytes, size_t *ret_size)
{
	char *bytes cleanup(free) = malloc(claimed + 1);
	zip_int64_t got = bytes ? zip_fread(file, bytes, claimed) : -1;
	char more;
	if (!bytes) {
		return -ENOMEM;
	}
	if (got < 0 || (size_t)got != claimed || zip_fread(file, &more, 1) != 0) {
		return SHEETS_BROKEN;
	}
	package->unpacked += claimed;
	bytes[claimed] = '\0';
	*ret_size = claimed;
	*ret_bytes = bytes;
	bytes = NULL;
	return 0;
}

int package_part(
	struct office_package *package, const char *name, char **ret_bytes, size_t *ret_size)
{
	zip_stat_t facts;
	if (zip_stat(package->archive, name, ZIP_FL_NOCASE, &facts) < 0) {
		return -ENOENT;
	}
	if (!(facts.valid & ZIP_STAT_SIZE) || facts.size > room_left(package)) {
		return SHEETS_TOO_LARGE;
	}
	zip_file_t *file = zip_fopen_index(package->archive, facts.index, 0);
	if (!file) {
		return SHEETS_BROKEN;
	}
	int r = unpack(package, file, (size_t)facts.size, ret_bytes, ret_size);
	zip_fclose(file);
	return r;
}

/* ---- relations ---- */

/* What is looked for: one of the two. */
struct wanted_relation {
	const char *kind;
	const char *id;
};

/* "xl/workbook.xml" → "xl/_rels/workbook.xml.rels". */
static int relations_of(const char *part, char name[static PACKAGE_NAME_SIZE])
{
	const char *slash = strrchr(part, '/');
	int folder = slash ? (int)(slash + 1 - part) : 0;
	int n = snprintf(name, PACKAGE_NAME_SIZE, "%.*s_rels/%s.rels", folder, part, part + folder);
	return n < PACKAGE_NAME_SIZE ? 0 : -ENOENT;
}

/* Without "." and ".." where they stand in it; in place. */
static void simplify(char *path)
{
	char *out = path;
	for (const char *at = path; *at;) {
		size_t n = strcspn(at, "/");
		bool is_dot = n == 1 && at[0] == '.';
		bool is_up = n == 2 && at[0] == '.' && at[1] == '.';
		if (is_up && out > path) {
			for (out--; out > path && out[-1] != '/'; out--) {
			}
		} else if (!is_dot && !is_up) {
			memmove(out, at, n + (at[n] == '/'));
			out += n + (at[n] == '/');
		}
		at += n + (at[n] == '/');
	}
	*out = '\0';
}

/* The target of a relation as the name of a part. */
static int resolve(const char *part, const char *target, char name[static PACKAGE_NAME_SIZE])
{
	const char *slash = strrchr(part, '/');
	int folder = target[0] == '/' || !slash ? 0 : (int)(slash + 1 - part);
	int n = snprintf(
		name, PACKAGE_NAME_SIZE, "%.*s%s", folder, part, target + (target[0] == '/'));
	if (n >= PACKAGE_NAME_SIZE) {
		return -ENOENT;
	}
	simplify(name);
	return 0;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), n = strlen(end);
	return length >= n && strcmp(text + length - n, end) == 0;
}

static bool is_wanted(struct xml_walk *walk, const struct wanted_relation *wanted)
{
	char text[TYPE_SIZE];
	if (wanted->id) {
		return xml_walk_attribute(walk, "Id", text, sizeof(text)) &&
		       strcmp(text, wanted->id) == 0;
	}
	return xml_walk_attribute(walk, "Type", text, sizeof(text)) &&
	       ends_with(text, wanted->kind);
}

static int find_relation(struct xml_walk *walk, const char *part,
	const struct wanted_relation *wanted, char ret_name[static PACKAGE_NAME_SIZE])
{
	char target[PACKAGE_NAME_SIZE];
	for (int step; (step = xml_walk_next(walk)) != XML_STEP_END;) {
		if (step < 0) {
			return SHEETS_BROKEN;
		}
		if (step == XML_STEP_OPENS && xml_walk_is(walk, "Relationship") &&
			is_wanted(walk, wanted) &&
			xml_walk_attribute(walk, "Target", target, sizeof(target))) {
			return resolve(part, target, ret_name);
		}
	}
	return -ENOENT;
}

static int related(struct office_package *package, const char *part,
	const struct wanted_relation *wanted, char ret_name[static PACKAGE_NAME_SIZE])
{
	char relations[PACKAGE_NAME_SIZE];
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	size_t size;
	int r = relations_of(part, relations);
	r = r == 0 ? package_part(package, relations, &bytes, &size) : r;
	r = r == 0 ? xml_walk_create(bytes, size, &walk) : r;
	return r == 0 ? find_relation(walk, part, wanted, ret_name) : r;
}

int package_related(struct office_package *package, const char *part, const char *kind,
	char ret_name[static PACKAGE_NAME_SIZE])
{
	return related(package, part, &(struct wanted_relation){.kind = kind}, ret_name);
}

int package_related_by_id(struct office_package *package, const char *part, const char *id,
	char ret_name[static PACKAGE_NAME_SIZE])
{
	return related(package, part, &(struct wanted_relation){.id = id}, ret_name);
}
