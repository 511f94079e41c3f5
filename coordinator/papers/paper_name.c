#include "coordinator/papers/paper_name.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "text_copy.h"
#include "utf8.h"

static const char unnamed[] = "tai-lieu";

static const char *const endings[FILE_TYPE_END] = {
	[FILE_TYPE_PDF] = ".pdf",
	[FILE_TYPE_DOCX] = ".docx",
	[FILE_TYPE_XLSX] = ".xlsx",
	[FILE_TYPE_PPTX] = ".pptx",
	[FILE_TYPE_ODT] = ".odt",
	[FILE_TYPE_ODS] = ".ods",
	[FILE_TYPE_ODP] = ".odp",
	[FILE_TYPE_JPEG] = ".jpg",
	[FILE_TYPE_PNG] = ".png",
};

/* What the core takes in a name, and no tabs and line ends (meeting/plain_text.c). */
static bool is_shown(uint32_t c)
{
	bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
	bool turning = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
		       (c >= 0x2066 && c <= 0x2069);
	return !control && !turning && c != 0xfeff;
}

static const char *behind_folders(const char *given)
{
	const char *at = given;
	for (const char *mark = given; (mark = strpbrk(mark, "/\\")); mark++) {
		at = mark + 1;
	}
	return at;
}

/* The first characters that are shown, at most `most` of them. */
static void take_shown(const char *from, size_t most, char ret[static DISPLAY_NAME_SIZE])
{
	size_t used = 0, left = strlen(from);
	while (left > 0 && most > 0) {
		uint32_t character;
		size_t length = utf8_read(from, left, &character);
		if (length == 0) {
			break; /* not UTF-8 from here on */
		}
		bool leads = used == 0 && (character == '.' || character == ' ');
		if (is_shown(character) && !leads) {
			memcpy(ret + used, from, length);
			used += length;
			most--;
		}
		from += length;
		left -= length;
	}
	while (used > 0 && ret[used - 1] == ' ') {
		used--;
	}
	memset(ret + used, 0, DISPLAY_NAME_SIZE - used);
}

static bool ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name), end = strlen(ending);
	return length > end && strcasecmp(name + length - end, ending) == 0;
}

static bool has_ending(const char *name, enum file_type type)
{
	return ends_with(name, endings[type]) ||
	       (type == FILE_TYPE_JPEG && ends_with(name, ".jpeg"));
}

void paper_name_make(const char *given, enum file_type type, char ret[static DISPLAY_NAME_SIZE])
{
	const char *ending = endings[type] ? endings[type] : "";
	const char *own = behind_folders(given);
	take_shown(own, DISPLAY_NAME_CHARS, ret);
	if (ret[0] && has_ending(ret, type)) {
		return;
	}
	take_shown(own, DISPLAY_NAME_CHARS - strlen(ending), ret);
	if (!ret[0]) {
		text_copy(ret, DISPLAY_NAME_SIZE, unnamed);
	}
	text_copy(ret + strlen(ret), DISPLAY_NAME_SIZE - strlen(ret), ending);
}
