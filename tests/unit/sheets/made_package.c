#include "tests/unit/sheets/made_package.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

static void add_part(zip_t *archive, const struct made_part *part)
{
	size_t length = part->length ? part->length : strlen(part->text);
	zip_source_t *source = zip_source_buffer(archive, part->text, length, 0);
	if (!source || zip_file_add(archive, part->name, source, ZIP_FL_OVERWRITE) < 0) {
		abort();
	}
}

static char *take_bytes(zip_source_t *source, size_t *ret_size)
{
	zip_stat_t facts;
	if (zip_source_stat(source, &facts) < 0 || zip_source_open(source) < 0) {
		abort();
	}
	char *bytes = malloc(facts.size + 1);
	if (!bytes || zip_source_read(source, bytes, facts.size) != (zip_int64_t)facts.size) {
		abort();
	}
	zip_source_close(source);
	*ret_size = facts.size;
	return bytes;
}

char *made_package(const struct made_part *parts, size_t n_parts, size_t *ret_size)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	if (!archive) {
		abort();
	}
	zip_source_keep(source);
	for (size_t i = 0; i < n_parts; i++) {
		if (parts[i].text) {
			add_part(archive, &parts[i]);
		}
	}
	if (zip_close(archive) < 0) {
		abort();
	}
	char *bytes = take_bytes(source, ret_size);
	zip_source_free(source);
	zip_error_fini(&error);
	return bytes;
}
