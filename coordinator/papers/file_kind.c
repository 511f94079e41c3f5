#include "coordinator/papers/file_kind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* APPNOTE.TXT of PKWARE, 4.3. */
enum {
	LOCAL_HEADER = 30, /* bytes before the name of an entry's own header */
	CENTRAL_HEADER = 46, /* the same in the directory */
	END_HEADER = 22, /* of the end of the directory, without its comment */
};

static const uint8_t local_mark[] = {'P', 'K', 3, 4};
static const uint8_t central_mark[] = {'P', 'K', 1, 2};
static const uint8_t end_mark[] = {'P', 'K', 5, 6};

struct bytes {
	const uint8_t *at;
	size_t size;
};

static bool begins_with(struct bytes bytes, const void *beginning, size_t size)
{
	return bytes.size >= size && memcmp(bytes.at, beginning, size) == 0;
}

static size_t u16(const uint8_t *at)
{
	return (size_t)at[0] | (size_t)at[1] << 8;
}

static size_t u32(const uint8_t *at)
{
	return u16(at) | u16(at + 2) << 16;
}

/* ---- archives ---- */

/* OpenDocument: the first entry is its media type, not compressed. */
static enum file_type open_document(struct bytes head)
{
	static const char name[] = "mimetype";
	static const struct {
		const char *media_type;
		enum file_type type;
	} kinds[] = {
		{"application/vnd.oasis.opendocument.text", FILE_TYPE_ODT},
		{"application/vnd.oasis.opendocument.spreadsheet", FILE_TYPE_ODS},
		{"application/vnd.oasis.opendocument.presentation", FILE_TYPE_ODP},
	};
	if (head.size < LOCAL_HEADER || u16(head.at + 26) != sizeof(name) - 1) {
		return FILE_TYPE_UNSET;
	}
	size_t text = LOCAL_HEADER + sizeof(name) - 1 + u16(head.at + 28);
	size_t length = u32(head.at + 18);
	if (text > head.size || length > head.size - text ||
		memcmp(head.at + LOCAL_HEADER, name, sizeof(name) - 1) != 0) {
		return FILE_TYPE_UNSET;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (length == strlen(kinds[i].media_type) &&
			memcmp(head.at + text, kinds[i].media_type, length) == 0) {
			return kinds[i].type;
		}
	}
	return FILE_TYPE_UNSET;
}

/* The end of the directory lies last but for a comment. NULL: not there. */
static const uint8_t *find_end(struct bytes tail)
{
	for (size_t back = END_HEADER; back <= tail.size; back++) {
		const uint8_t *at = tail.at + tail.size - back;
		if (memcmp(at, end_mark, sizeof(end_mark)) == 0 &&
			u16(at + 20) == back - END_HEADER) {
			return at;
		}
	}
	return NULL;
}

static enum file_type main_part(struct bytes name)
{
	static const struct {
		const char *part;
		enum file_type type;
	} parts[] = {
		{"word/document.xml", FILE_TYPE_DOCX},
		{"xl/workbook.xml", FILE_TYPE_XLSX},
		{"ppt/presentation.xml", FILE_TYPE_PPTX},
	};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (name.size == strlen(parts[i].part) &&
			memcmp(name.at, parts[i].part, name.size) == 0) {
			return parts[i].type;
		}
	}
	return FILE_TYPE_UNSET;
}

/* Office Open XML: by the names in the directory, as far as the tail has it. */
static enum file_type office_open(struct bytes tail)
{
	const uint8_t *end = find_end(tail);
	if (!end) {
		return FILE_TYPE_UNSET;
	}
	size_t before = (size_t)(end - tail.at), directory = u32(end + 12);
	if (directory > before) {
		return FILE_TYPE_UNSET;
	}
	struct bytes rest = {end - directory, directory};
	while (rest.size >= CENTRAL_HEADER &&
		memcmp(rest.at, central_mark, sizeof(central_mark)) == 0) {
		size_t name = u16(rest.at + 28);
		size_t entry = CENTRAL_HEADER + name + u16(rest.at + 30) + u16(rest.at + 32);
		if (entry > rest.size) {
			return FILE_TYPE_UNSET;
		}
		enum file_type type = main_part((struct bytes){rest.at + CENTRAL_HEADER, name});
		if (type != FILE_TYPE_UNSET) {
			return type;
		}
		rest = (struct bytes){rest.at + entry, rest.size - entry};
	}
	return FILE_TYPE_UNSET;
}

/* ---- all ---- */

enum file_type file_kind_by_ends(
	const uint8_t *head, size_t head_size, const uint8_t *tail, size_t tail_size)
{
	static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
	static const uint8_t jpeg[] = {0xff, 0xd8, 0xff};
	struct bytes beginning = {head, head_size};
	if (begins_with(beginning, "%PDF-", 5)) {
		return FILE_TYPE_PDF;
	}
	if (begins_with(beginning, png, sizeof(png))) {
		return FILE_TYPE_PNG;
	}
	if (begins_with(beginning, jpeg, sizeof(jpeg))) {
		return FILE_TYPE_JPEG;
	}
	if (!begins_with(beginning, local_mark, sizeof(local_mark))) {
		return FILE_TYPE_UNSET;
	}
	enum file_type type = open_document(beginning);
	return type != FILE_TYPE_UNSET ? type : office_open((struct bytes){tail, tail_size});
}

/* 0 or a negative errno; -EIO: the file is shorter. */
static int read_at(int fd, int64_t offset, uint8_t *ret, size_t size)
{
	size_t got = 0;
	while (got < size) {
		ssize_t n = pread(fd, ret + got, size - got, (off_t)(offset + (int64_t)got));
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return n < 0 ? -errno : -EIO;
		}
		got += (size_t)n;
	}
	return 0;
}

int file_kind_of(int fd, int64_t size, enum file_type *ret_type)
{
	uint8_t head[FILE_KIND_HEAD];
	size_t head_size = size < FILE_KIND_HEAD ? (size_t)size : (size_t)FILE_KIND_HEAD;
	size_t tail_size = size < FILE_KIND_TAIL ? (size_t)size : (size_t)FILE_KIND_TAIL;
	uint8_t *tail = malloc(tail_size + 1);
	int r = tail ? read_at(fd, 0, head, head_size) : -ENOMEM;
	if (r == 0) {
		r = read_at(fd, size - (int64_t)tail_size, tail, tail_size);
	}
	if (r == 0) {
		*ret_type = file_kind_by_ends(head, head_size, tail, tail_size);
	}
	free(tail);
	return r;
}

const char *file_kind_media_type(enum file_type type)
{
	static const char *const media_types[FILE_TYPE_END] = {
		[FILE_TYPE_PDF] = "application/pdf",
		[FILE_TYPE_DOCX] =
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		[FILE_TYPE_XLSX] =
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		[FILE_TYPE_PPTX] =
			"application/vnd.openxmlformats-officedocument.presentationml.presentation",
		[FILE_TYPE_ODT] = "application/vnd.oasis.opendocument.text",
		[FILE_TYPE_ODS] = "application/vnd.oasis.opendocument.spreadsheet",
		[FILE_TYPE_ODP] = "application/vnd.oasis.opendocument.presentation",
		[FILE_TYPE_JPEG] = "image/jpeg",
		[FILE_TYPE_PNG] = "image/png",
	};
	return media_types[type] ? media_types[type] : "application/octet-stream";
}
