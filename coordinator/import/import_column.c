/* See import_column.h. The words are in plain text: "thoi gian" is «Thời gian», «THỜI GIAN:». */
#include "coordinator/import/import_column.h"

#include <stddef.h>
#include <string.h>

enum { WORDS_MAX = 24, AROUND_MAX = 8 };

struct column_words {
	enum import_column column;
	const char *words[WORDS_MAX];
};

static const struct column_words of_sites[] = {
	{IMPORT_NUMBER, {"stt", "tt", "so tt", "so thu tu", "no"}},
	{IMPORT_ID, {"id", "ma dinh danh"}},
	{IMPORT_NAME, {"diem cau", "ten diem cau", "tinh", "tinh thanh pho", "tinh thanh",
			      "tinh tp", "huyen", "dia phuong", "don vi", "ten", "name", "site"}},
	{IMPORT_CODE, {"ma", "ma diem cau", "ky hieu", "viet tat", "ten viet tat", "code"}},
	{IMPORT_REGION, {"vung", "vung mien", "khu vuc", "mien", "cum", "region"}},
	{IMPORT_KIND, {"loai", "loai diem cau", "kind"}},
	{IMPORT_SOURCES, {"nguon", "thiet bi", "sources"}},
	{IMPORT_VENUE, {"dia diem", "hoi truong", "phong hop", "noi hop", "noi to chuc", "venue",
			       "room", "hall"}},
	{IMPORT_CONTACT, {"dau moi", "lien he", "can bo ky thuat", "ky thuat", "phu trach ky thuat",
				 "nguoi lien he", "contact"}},
	{IMPORT_CHAIR, {"chu tri", "nguoi chu tri", "chair"}},
	{IMPORT_NONE, {NULL}},
};

static const struct column_words of_agenda[] = {
	{IMPORT_NUMBER, {"stt", "tt", "so tt", "so thu tu", "thu tu", "muc", "no"}},
	{IMPORT_ID, {"id", "ma muc", "ma dinh danh"}},
	{IMPORT_START, {"thoi gian", "thoi diem", "gio", "bat dau", "gio bat dau",
			       "thoi gian bat dau", "tu", "time", "start", "from", "begin"}},
	{IMPORT_END,
		{"ket thuc", "gio ket thuc", "thoi gian ket thuc", "den", "end", "to", "until"}},
	{IMPORT_MINUTES, {"thoi luong", "so phut", "phut", "thoi gian phut", "minutes", "min",
				 "duration", "length"}},
	{IMPORT_TITLE, {"noi dung", "chuong trinh", "cong viec", "tieu de", "title", "content",
			       "item", "programme", "program"}},
	{IMPORT_BY, {"nguoi thuc hien", "thuc hien", "don vi thuc hien", "co quan thuc hien",
			    "chu tri", "nguoi chu tri", "don vi chu tri", "phu trach",
			    "nguoi phu trach", "don vi phu trach", "trinh bay", "nguoi trinh bay",
			    "nguoi dieu hanh", "phan cong", "don vi", "by", "who", "presenter"}},
	{IMPORT_KIND, {"loai", "loai muc", "kind"}},
	{IMPORT_DAY, {"ngay", "day", "date"}},
	{IMPORT_FIXED_END, {"fixed end", "gio ket thuc co dinh"}},
	{IMPORT_LISTS, {"danh sach", "danh sach phat bieu", "lists"}},
	{IMPORT_NONE, {NULL}},
};

static const struct column_words of_speaking[] = {
	{IMPORT_NUMBER, {"stt", "tt", "so tt", "so thu tu", "thu tu", "no"}},
	{IMPORT_LIST, {"danh sach", "phan", "list"}},
	{IMPORT_SITE, {"diem cau", "noi phat bieu", "phat bieu tai", "site"}},
	{IMPORT_UNIT, {"don vi", "ten don vi", "co quan", "co quan don vi", "to chuc", "dia phuong",
			      "unit", "organisation", "organization"}},
	{IMPORT_SPEAKER, {"nguoi phat bieu", "nguoi trinh bay", "nguoi tham luan", "nguoi bao cao",
				 "ho va ten", "ho ten", "dai bieu", "speaker", "name"}},
	{IMPORT_OFFICE, {"chuc vu", "chuc danh", "office", "position", "post"}},
	{IMPORT_TOPIC, {"noi dung", "chu de", "chuyen de", "de tai", "tieu de", "ten tham luan",
			       "topic", "subject", "title"}},
	{IMPORT_MINUTES, {"thoi gian", "thoi luong", "so phut", "phut", "minutes", "min",
				 "duration", "time"}},
	{IMPORT_NONE, {NULL}},
};

static const struct {
	const char *name;
	const struct column_words *columns;
	const char *around[AROUND_MAX]; /* what stands above such a table */
} parts[IMPORT_PARTS] = {
	[IMPORT_SITES] = {"sites", of_sites,
		{"danh sach diem cau", "danh sach cac diem cau", "cac diem cau", "sites"}},
	[IMPORT_AGENDA] = {"agenda", of_agenda,
		{"chuong trinh", "kich ban", "agenda", "programme"}},
	[IMPORT_SPEAKING] = {"speaking", of_speaking,
		{"danh sach phat bieu", "tham luan", "thao luan", "phat bieu", "speaking",
			"speakers"}},
};

static const char *const fields[IMPORT_COLUMNS] = {
	[IMPORT_ID] = "id",
	[IMPORT_KIND] = "kind",
	[IMPORT_TITLE] = "title",
	[IMPORT_BY] = "by",
	[IMPORT_DAY] = "day",
	[IMPORT_START] = "start",
	[IMPORT_MINUTES] = "minutes",
	[IMPORT_FIXED_END] = "fixed_end",
	[IMPORT_LISTS] = "lists",
	[IMPORT_LIST] = "list",
	[IMPORT_SITE] = "site",
	[IMPORT_UNIT] = "unit",
	[IMPORT_SPEAKER] = "speaker",
	[IMPORT_OFFICE] = "office",
	[IMPORT_TOPIC] = "topic",
	[IMPORT_NAME] = "name",
	[IMPORT_CODE] = "code",
	[IMPORT_REGION] = "region",
	[IMPORT_SOURCES] = "sources",
	[IMPORT_VENUE] = "venue",
	[IMPORT_CONTACT] = "contact",
	[IMPORT_CHAIR] = "chair",
};

const char *import_part_name(enum import_part part)
{
	return parts[part].name;
}

const char *import_column_field(enum import_column column)
{
	return fields[column];
}

/* How many letters of the title the word stands for; 0: none. */
static size_t match(const char *title, const char *word)
{
	size_t length = strlen(word);
	bool begins = strncmp(title, word, length) == 0;
	return begins && (title[length] == '\0' || title[length] == ' ') ? length : 0;
}

/* The longest word that the title begins with. */
static size_t find_longest(enum import_part part, const char *title, enum import_column *ret_column)
{
	size_t longest = 0;
	*ret_column = IMPORT_NONE;
	for (const struct column_words *row = parts[part].columns; row->column; row++) {
		for (size_t i = 0; i < WORDS_MAX && row->words[i]; i++) {
			size_t length = match(title, row->words[i]);
			if (length > longest) {
				longest = length;
				*ret_column = row->column;
			}
		}
	}
	return longest;
}

enum import_column import_column_called(enum import_part part, const char *title)
{
	enum import_column column;
	find_longest(part, title, &column);
	return column;
}

bool import_column_is_exactly(enum import_part part, const char *title)
{
	enum import_column column;
	size_t length = find_longest(part, title, &column);
	return length > 0 && title[length] == '\0';
}

const char *import_find_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = text; (at = strstr(at, word)); at++) {
		bool begins = at == text || at[-1] == ' ';
		if (begins && (at[length] == '\0' || at[length] == ' ')) {
			return at;
		}
	}
	return NULL;
}

bool import_part_is_named_in(enum import_part part, const char *text)
{
	const char *const *around = parts[part].around;
	for (size_t i = 0; i < AROUND_MAX && around[i]; i++) {
		if (import_find_word(text, around[i])) {
			return true;
		}
	}
	return false;
}
