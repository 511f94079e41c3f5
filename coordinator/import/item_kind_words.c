/* See item_kind_words.h. The words are in plain text. */
#include "coordinator/import/item_kind_words.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/import/import_table.h"
#include "proto/codec/codec.h"
#include "proto/gen/tables.h"
#include "proto/gen/words.h"

static const struct {
	const char *word;
	enum item_kind kind;
} words[] = {
	{"don tiep", ITEM_KIND_RECEPTION},
	{"don dai bieu", ITEM_KIND_RECEPTION},
	{"dang ky dai bieu", ITEM_KIND_RECEPTION},
	{"on dinh to chuc", ITEM_KIND_RECEPTION},
	{"registration", ITEM_KIND_RECEPTION},
	{"welcome", ITEM_KIND_RECEPTION},
	{"tuyen bo ly do", ITEM_KIND_OPENING},
	{"khai mac", ITEM_KIND_OPENING},
	{"phat bieu khai mac", ITEM_KIND_OPENING},
	{"chao co", ITEM_KIND_OPENING},
	{"opening", ITEM_KIND_OPENING},
	{"thong qua", ITEM_KIND_APPROVAL},
	{"approval", ITEM_KIND_APPROVAL},
	{"bao cao", ITEM_KIND_REPORT},
	{"trinh bay bao cao", ITEM_KIND_REPORT},
	{"du thao", ITEM_KIND_REPORT},
	{"trinh bay du thao", ITEM_KIND_REPORT},
	{"report", ITEM_KIND_REPORT},
	{"phong su", ITEM_KIND_FILM},
	{"phim", ITEM_KIND_FILM},
	{"video clip", ITEM_KIND_FILM},
	{"film", ITEM_KIND_FILM},
	{"tham luan", ITEM_KIND_PRESENTATIONS},
	{"phat bieu tham luan", ITEM_KIND_PRESENTATIONS},
	{"bao cao tham luan", ITEM_KIND_PRESENTATIONS},
	{"presentations", ITEM_KIND_PRESENTATIONS},
	{"thao luan", ITEM_KIND_DISCUSSION},
	{"phat bieu thao luan", ITEM_KIND_DISCUSSION},
	{"goi y thao luan", ITEM_KIND_OTHER},
	{"discussion", ITEM_KIND_DISCUSSION},
	{"khen thuong", ITEM_KIND_AWARDS},
	{"bieu duong", ITEM_KIND_AWARDS},
	{"trao tang", ITEM_KIND_AWARDS},
	{"trao giay khen", ITEM_KIND_AWARDS},
	{"trao bang khen", ITEM_KIND_AWARDS},
	{"awards", ITEM_KIND_AWARDS},
	{"ky ket", ITEM_KIND_SIGNING},
	{"ky ke hoach", ITEM_KIND_SIGNING},
	{"ky quy che", ITEM_KIND_SIGNING},
	{"le ky", ITEM_KIND_SIGNING},
	{"signing", ITEM_KIND_SIGNING},
	{"phat bieu", ITEM_KIND_REMARKS},
	{"y kien chi dao", ITEM_KIND_REMARKS},
	{"ket luan", ITEM_KIND_REMARKS},
	{"dap tu", ITEM_KIND_REMARKS},
	{"remarks", ITEM_KIND_REMARKS},
	{"nghi", ITEM_KIND_BREAK},
	{"giai lao", ITEM_KIND_BREAK},
	{"an trua", ITEM_KIND_BREAK},
	{"break", ITEM_KIND_BREAK},
	{"lunch", ITEM_KIND_BREAK},
	{"be mac", ITEM_KIND_CLOSING},
	{"phat bieu be mac", ITEM_KIND_CLOSING},
	{"ket thuc hoi nghi", ITEM_KIND_CLOSING},
	{"tong ket be mac", ITEM_KIND_CLOSING},
	{"closing", ITEM_KIND_CLOSING},
};

enum item_kind item_kind_of_title(const char *title)
{
	enum item_kind kind = ITEM_KIND_UNSET;
	const char *first = NULL;
	size_t longest = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *at = import_find_word(title, words[i].word);
		size_t length = strlen(words[i].word);
		if (at && (!first || at < first || (at == first && length > longest))) {
			first = at;
			longest = length;
			kind = words[i].kind;
		}
	}
	return kind;
}

enum item_kind item_kind_of_name(const char *name)
{
	char plain[IMPORT_PLAIN_SIZE], label[IMPORT_PLAIN_SIZE];
	if (import_plain(name, plain) != 0) {
		return ITEM_KIND_UNSET;
	}
	for (enum item_kind kind = ITEM_KIND_UNSET + 1; kind <= ITEM_KIND_OTHER; kind++) {
		const char *vietnamese = label_of_item_kind(kind, LANGUAGE_VI);
		if (strcmp(msg_enum_name(&msg_item_kind, (int)kind), plain) == 0 ||
			(import_plain(vietnamese, label) == 0 && strcmp(label, plain) == 0)) {
			return kind;
		}
	}
	return ITEM_KIND_UNSET;
}
