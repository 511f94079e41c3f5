/* The list of faults, and how each is said. */
#include "coordinator/plan/faults.h"

#include "coordinator/plan/wanted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct wording {
	const char *word;
	const char *vi;
	const char *en;
};

static const struct wording wordings[PLAN_FAULT_CODE_END] = {
	[PLAN_FAULT_UNSET] = {"unset", "", ""},
	[PLAN_FILE_MISSING] = {"file_missing", "thiếu tệp", "the file is missing"},
	[PLAN_FILE_TWICE] = {"file_twice", "có cả tệp JSON và tệp CSV, chỉ được giữ một",
		"there as JSON and as CSV: keep one"},
	[PLAN_FILE_UNREADABLE] = {"file_unreadable", "không đọc được tệp", "cannot be read"},
	[PLAN_FILE_NO_FILE] = {"file_no_file", "không phải tệp thông thường",
		"is no ordinary file (but a folder, a pipe or a device)"},
	[PLAN_FILE_TOO_LARGE] = {"file_too_large", "tệp quá lớn", "the file is too large"},
	[PLAN_NOT_JSON] = {"not_json", "không phải JSON hợp lệ", "is not valid JSON"},
	[PLAN_CSV_QUOTE] = {"csv_quote", "dấu ngoặc kép đặt sai hoặc thiếu dấu đóng",
		"a quotation mark is misplaced or never closed"},
	[PLAN_CSV_CELLS] = {"csv_cells", "hàng có nhiều ô hơn hàng tiêu đề",
		"has more cells than the first row has names"},
	[PLAN_CSV_CONTROL] = {"csv_control", "có ký tự điều khiển", "holds a control character"},
	[PLAN_CSV_ENCODING] = {"csv_encoding", "không phải bảng mã UTF-8", "is not UTF-8"},
	[PLAN_COLUMN_TWICE] = {"column_twice", "cột lặp lại", "the column is there twice"},
	[PLAN_MISSING] = {"missing", "thiếu", "is missing"},
	[PLAN_UNKNOWN_FIELD] = {"unknown_field", "trường không có trong biểu mẫu",
		"is not a field of this form"},
	[PLAN_WRONG_TYPE] = {"wrong_type", "sai kiểu dữ liệu", "is of the wrong type"},
	[PLAN_UNKNOWN_WORD] = {"unknown_word", "từ không có trong danh sách cho phép",
		"is not one of the words allowed"},
	[PLAN_OUT_OF_RANGE] = {"out_of_range", "số ngoài khoảng cho phép",
		"is outside the range allowed"},
	[PLAN_WRONG_LENGTH] = {"wrong_length", "độ dài không hợp lệ", "is too long or empty"},
	[PLAN_WRONG_FORM] = {"wrong_form", "sai định dạng", "does not have the right form"},
	[PLAN_WRONG_COUNT] = {"wrong_count", "số phần tử không hợp lệ",
		"has too many or too few elements"},
	[PLAN_DUPLICATE] = {"duplicate", "bị trùng", "is there already"},
	[PLAN_NO_SUCH_DAY] = {"no_such_day", "ngày không có trong lịch",
		"is not a day of the calendar"},
	[PLAN_UNKNOWN_SITE] = {"unknown_site", "không có điểm cầu này", "no such site"},
	[PLAN_UNKNOWN_REGION] = {"unknown_region", "không có vùng này trong meeting.json",
		"no such region in meeting.json"},
	[PLAN_UNKNOWN_LIST] = {"unknown_list", "không mục nào của chương trình có danh sách này",
		"no item of the agenda has this list"},
	[PLAN_MAIN_VENUE] = {"main_venue",
		"phải có đúng một điểm cầu trung tâm (main), là điểm cầu nêu trong meeting.json",
		"exactly one site must be main, the one that meeting.json names"},
	[PLAN_OVERLAP] = {"overlap", "bắt đầu trước khi mục ở trên kết thúc",
		"begins before the item above is planned to end"},
	[PLAN_FIXED_END] = {"fixed_end", "phải sau giờ bắt đầu", "must be after the start"},
	[PLAN_OWNER] = {"owner",
		"phải nêu ai nộp: một điểm cầu, một đơn vị, hoặc mọi điểm cầu (every_site)",
		"must be owed by a site, a unit, or every site"},
};

void plan_faults_finish(struct plan_faults *faults)
{
	free(faults->list);
	*faults = (struct plan_faults){0};
}

static bool grow(struct plan_faults *faults)
{
	if (faults->n >= PLAN_FAULTS_MAX) {
		return false;
	}
	if (faults->n < faults->capacity) {
		return true;
	}
	size_t capacity = faults->capacity ? faults->capacity * 2 : 16;
	struct plan_fault *list = realloc(faults->list, capacity * sizeof(*list));
	if (!list) {
		return false;
	}
	faults->list = list;
	faults->capacity = capacity;
	return true;
}

/* Cuts at the end of a character, and takes out what would break a line. */
static void copy_cut(char *out, size_t size, const char *text)
{
	size_t length = text ? strlen(text) : 0;
	if (length >= size) {
		length = size - 1;
		while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80) {
			length--;
		}
	}
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		out[i] = c < 0x20 || c == 0x7f ? ' ' : text[i];
	}
	out[length] = '\0';
}

/* NULL: no more are kept. */
static struct plan_fault *add(struct plan_faults *faults, enum plan_fault_code code,
	const char *file, size_t row, const char *field)
{
	if (!grow(faults)) {
		faults->n_lost++;
		return NULL;
	}
	struct plan_fault *fault = &faults->list[faults->n++];
	*fault = (struct plan_fault){.code = code, .row = row};
	copy_cut(fault->file, sizeof(fault->file), file);
	copy_cut(fault->field, sizeof(fault->field), field);
	return fault;
}

void plan_faults_add(struct plan_faults *faults, enum plan_fault_code code, const char *file,
	size_t row, const char *field, const char *text)
{
	struct plan_fault *fault = add(faults, code, file, row, field);
	if (fault) {
		copy_cut(fault->text, sizeof(fault->text), text);
	}
}

void plan_faults_add_form(struct plan_faults *faults, enum plan_fault_code code, const char *file,
	size_t row, const char *field, const struct msg_type *wanted)
{
	struct plan_fault *fault = add(faults, code, file, row, field);
	if (fault) {
		fault->wanted = wanted;
	}
}

static size_t rank_of(const struct plan_fault *fault)
{
	static const char *const order[] = {"meeting.", "sites.", "agenda.", "speaking."};
	size_t rank = 0;
	while (rank < 4 && strncmp(fault->file, order[rank], strlen(order[rank])) != 0) {
		rank++;
	}
	return rank;
}

static bool stands_before(const struct plan_fault *a, const struct plan_fault *b)
{
	size_t left = rank_of(a);
	size_t right = rank_of(b);
	return left != right ? left < right : a->row < b->row;
}

/* By insertion: the faults of one row keep their order, and most come in order. */
void plan_faults_sort(struct plan_faults *faults)
{
	for (size_t i = 1; i < faults->n; i++) {
		struct plan_fault fault = faults->list[i];
		size_t at = i;
		while (at > 0 && stands_before(&fault, &faults->list[at - 1])) {
			faults->list[at] = faults->list[at - 1];
			at--;
		}
		faults->list[at] = fault;
	}
}

const char *plan_fault_word(enum plan_fault_code code)
{
	return wordings[code].word;
}

void plan_fault_sentence(
	const struct plan_fault *fault, enum language language, char out[static PLAN_SENTENCE_SIZE])
{
	bool english = language == LANGUAGE_EN;
	const struct wording *wording = &wordings[fault->code];
	char row[32] = "", wanted[PLAN_WANTED_SIZE];
	const char *detail = fault->text;
	if (fault->wanted) {
		plan_wanted(fault->wanted, language, wanted);
		detail = wanted;
	}
	if (fault->row > 0) {
		snprintf(row, sizeof(row), english ? ", row %zu" : ", hàng %zu", fault->row);
	}
	snprintf(out, PLAN_SENTENCE_SIZE, "%s%s%s%s: %s%s%s%s", fault->file, row,
		fault->field[0] ? ", " : "", fault->field, english ? wording->en : wording->vi,
		detail[0] ? " (" : "", detail, detail[0] ? ")" : "");
}
