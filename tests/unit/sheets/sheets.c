/* Workbooks and documents as tables of cells: what programs write, and what somebody else may. */
#include "coordinator/sheets/sheets.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/sheets/list_workbook.h"
#include "tests/unit/sheets/made_package.h"

#define RELATION(id, kind, target)                                                                 \
	"<Relationship Id=\"" id "\" Type=\"http://x/" kind "\" Target=\"" target "\"/>"
#define RELATIONS(inside)                                                                          \
	"<Relationships "                                                                          \
	"xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" inside           \
	"</Relationships>"
#define SHEET(rows, after) "<worksheet><sheetData>" rows "</sheetData>" after "</worksheet>"
#define WORD(body) "<w:document xmlns:w=\"w\"><w:body>" body "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"

enum { TEXT_SIZE = 8192 };

/* What a workbook of one sheet is made of; NULL: as most are. */
struct made_book {
	const char *sheet, *strings, *styles, *main;
};

static char *make_book(const struct made_book *book, size_t *ret_size)
{
	const struct made_part parts[] = {
		{"_rels/.rels", RELATIONS(RELATION("r1", "officeDocument", "xl/workbook.xml")), 0},
		{"xl/workbook.xml",
			book->main ? book->main
				   : "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Chương trình\" "
				     "r:id=\"r1\"/></sheets></workbook>",
			0},
		{"xl/_rels/workbook.xml.rels",
			RELATIONS(RELATION("r1", "worksheet", "/xl/worksheets/sheet1.xml")
					RELATION("r2", "sharedStrings", "sharedStrings.xml")
						RELATION("r3", "styles", "./styles.xml")),
			0},
		{"xl/worksheets/sheet1.xml", book->sheet, 0},
		{"xl/sharedStrings.xml", book->strings, 0},
		{"xl/styles.xml", book->styles, 0},
	};
	return made_package(parts, sizeof(parts) / sizeof(parts[0]), ret_size);
}

static char *make_document(const char *main, size_t *ret_size)
{
	const struct made_part parts[] = {
		{"_rels/.rels", RELATIONS(RELATION("r1", "officeDocument", "word/document.xml")),
			0},
		{"word/document.xml", main, 0},
	};
	return made_package(parts, 2, ret_size);
}

/* Cells between bars, rows parted by line ends; what a merged cell covers is "<". */
static void write_sheet(const struct sheet *sheet, char *out)
{
	*out = '\0';
	for (size_t row = 0; row < sheet->n_rows; row++) {
		for (size_t i = 0; i < sheet->n_columns; i++) {
			const struct sheet_cell *cell = sheet_at(sheet, row, i);
			strcat(strcat(out, cell->merged_into ? "<" : cell->text), "|");
		}
		strcat(out, "\n");
	}
}

static struct sheets *read_bytes(char *bytes, size_t size)
{
	struct sheets *sheets = NULL;
	int r = sheets_read(bytes, size, &sheets);
	free(bytes);
	assert_int_equal(r, 0);
	return sheets;
}

static struct sheets *read_book(const struct made_book *book)
{
	size_t size;
	char *bytes = make_book(book, &size);
	return read_bytes(bytes, size);
}

static void book_reads_as(const struct made_book *book, const char *expected)
{
	char found[TEXT_SIZE];
	struct sheets *sheets = read_book(book);
	assert_int_equal(sheets->n, 1);
	write_sheet(&sheets->list[0], found);
	assert_string_equal(found, expected);
	sheets_destroy(sheets);
}

static void document_reads_as(const char *main, const char *above, const char *expected)
{
	char found[TEXT_SIZE];
	size_t size;
	char *bytes = make_document(main, &size);
	struct sheets *sheets = read_bytes(bytes, size);
	assert_int_equal(sheets->n, 1);
	assert_string_equal(sheets->list[0].above, above);
	write_sheet(&sheets->list[0], found);
	assert_string_equal(found, expected);
	sheets_destroy(sheets);
}

static void refuses(char *bytes, size_t size, enum sheets_fault fault)
{
	struct sheets *sheets = NULL;
	assert_int_equal(sheets_read(bytes, size, &sheets), fault);
	assert_null(sheets);
	free(bytes);
}

static void refuses_book(const struct made_book *book, enum sheets_fault fault)
{
	size_t size;
	char *bytes = make_book(book, &size);
	refuses(bytes, size, fault);
}

/* ---- workbooks ---- */

static void reads_texts_of_every_kind(void **state)
{
	(void)state;
	book_reads_as(
		&(struct made_book){
			.strings = "<sst><si><t>Điểm cầu</t></si><si><r><t>Cần</t></r><r><t "
				   "xml:space=\"preserve\"> Thơ</t></r><rPh><t>x</t></rPh></si>"
				   "<si><t>a_x000D_b</t></si></sst>",
			.sheet = SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
				       "<c r=\"B1\" t=\"inlineStr\"><is><t> trong ô </t></is></c>"
				       "<c r=\"C1\" t=\"str\"><f>A1&amp;B1</f><v>ghép</v></c></row>"
				       "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c>"
				       "<c r=\"B2\" t=\"b\"><v>1</v></c>"
				       "<c r=\"C2\" t=\"e\"><v>#REF!</v></c></row>"
				       "<row><c t=\"s\"><v>2</v></c><c><v>12.50</v></c></row>",
				""),
		},
		"Điểm cầu|trong ô|ghép|\nCần Thơ|true|#REF!|\na\rb|12.5||\n");
}

static const char styles[] =
	"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"hh&quot;h&quot;mm\"/>"
	"<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; ngày&quot;\"/></numFmts>"
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf "
	"numFmtId=\"22\"/>"
	"<xf numFmtId=\"46\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";

static const char moments[] = SHEET("<row r=\"1\"><c s=\"0\"><v>0.3125</v></c>"
				    "<c s=\"1\"><v>44757</v></c><c s=\"2\"><v>0.3125</v></c>"
				    "<c s=\"3\"><v>44757.3125</v></c><c s=\"4\"><v>1.25</v></c>"
				    "<c s=\"5\"><v>0.30208333333333331</v></c>"
				    "<c s=\"6\"><v>2</v></c><c s=\"2\"><v>44757.3125</v></c></row>",
	"");

static void reads_days_and_times_by_their_format(void **state)
{
	(void)state;
	book_reads_as(&(struct made_book){.styles = styles, .sheet = moments},
		"0.3125|2022-07-15|07:30|2022-07-15 07:30|30:00|07:15|2|07:30|\n");
	book_reads_as(&(struct made_book){.styles = styles,
			      .sheet = SHEET("<row><c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c>"
					     "<c s=\"1\"><v>61</v></c><c t=\"d\">"
					     "<v>2022-07-15T00:00:00</v></c></row>",
				      "")},
		"1900-01-01|1900-02-28|1900-03-01|2022-07-15|\n");
}

static void counts_days_from_1904_where_the_workbook_does(void **state)
{
	(void)state;
	book_reads_as(
		&(struct made_book){.styles = styles,
			.main = "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets>"
				"<sheet name=\"x\" r:id=\"r1\"/></sheets></workbook>",
			.sheet = SHEET("<row><c s=\"1\"><v>43295</v></c><c s=\"2\"><v>0.5</v></c>"
				       "</row>",
				"")},
		"2022-07-15|12:00|\n");
}

static void tells_what_is_merged_hidden_and_unknown(void **state)
{
	(void)state;
	struct sheets *sheets = read_book(&(struct made_book){
		.main = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Ẩn\" state=\"hidden\" "
			"r:id=\"r1\"/></sheets></workbook>",
		.sheet = SHEET("<row r=\"2\" hidden=\"1\"><c r=\"B2\" t=\"str\"><v>giữa</v></c>"
			       "<c r=\"D2\"><f>1+1</f></c><c r=\"XFD2\" s=\"1\"/></row>",
			"<mergeCells><mergeCell ref=\"B2:C3\"/></mergeCells>")});
	const struct sheet *sheet = &sheets->list[0];
	assert_true(sheet->hidden);
	assert_string_equal(sheet->name, "Ẩn");
	assert_int_equal(sheet->n_rows, 2);
	assert_int_equal(sheet->n_columns, 4);
	assert_false(sheet->cut);
	assert_false(sheet->hidden_rows[0]);
	assert_true(sheet->hidden_rows[1]);
	assert_int_equal(sheet_at(sheet, 1, 1)->across, 2);
	assert_int_equal(sheet_at(sheet, 1, 1)->down, 1);
	assert_ptr_equal(sheet_at(sheet, 1, 2)->merged_into, sheet_at(sheet, 1, 1));
	assert_int_equal(sheet_at(sheet, 1, 3)->kind, SHEET_CELL_UNKNOWN);
	assert_string_equal(sheet_at(sheet, 9, 9)->text, "");
	sheets_destroy(sheets);
}

static void leaves_out_what_is_beyond_its_limits_and_says_so(void **state)
{
	(void)state;
	struct sheets *sheets = read_book(&(struct made_book){
		.sheet = SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c>"
			       "<c r=\"BM1\"><v>2</v></c></row>"
			       "<row r=\"1048576\"><c r=\"A1048576\"><v>3</v></c></row>",
			"<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")});
	assert_true(sheets->list[0].cut);
	assert_int_equal(sheets->list[0].n_rows, 1);
	assert_int_equal(sheets->list[0].n_columns, 1);
	sheets_destroy(sheets);
}

/* ---- documents ---- */

static void reads_tables_of_documents(void **state)
{
	(void)state;
	document_reads_as(WORD(P("CHƯƠNG TRÌNH") P("Hội nghị") "<w:tbl><w:tr>" TC("Thời gian") TC(
				  "Nội dung") "</w:tr><w:tr>" TC("7h30") "<w:tc>" P("Khai mạc")
					  P("toàn thể") "</w:tc></w:tr></w:tbl>" P("Nơi "
										   "nhận")),
		"CHƯƠNG TRÌNH\nHội nghị", "Thời gian|Nội dung|\n7h30|Khai mạc\ntoàn thể|\n");
	document_reads_as(
		WORD("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" P(
			"rộng") "</w:tc>" TC("x") "</w:tr>"
						  "<w:tr><w:tc><w:tcPr><w:vMerge "
						  "w:val=\"restart\"/></w:tcPr>" P(
							  "cao") "</w:tc>" TC("b")
							  TC("c") "</w:tr>"
								  "<w:tr><w:tc><w:tcPr><w:vMerge/"
								  "></w:tcPr><w:p/></w:tc>" TC("d")
									  TC("e") "</w:tr>"
										  "</w:tbl>"),
		"", "rộng|<|x|\ncao|b|c|\n<|d|e|\n");
	document_reads_as(WORD("<w:tbl><w:tr><w:tc><w:tbl><w:tr>" TC("trong") TC(
				  "ô") "</w:tr></w:tbl>" P("ngoài") "</w:tc>"
								    "<w:tc><w:p><w:del>"
								    "<w:r><w:delText>cũ</"
								    "w:delText></w:r>"
								    "</w:del><w:ins>"
								    "<w:r><w:t>mới</w:t>"
								    "<w:tab/><w:t>hơn</w:t>"
								    "</w:r></w:ins></w:p>"
								    "</w:tc></w:tr>"
								    "</w:tbl>"),
		"", "trong\nô\nngoài|mới hơn|\n");
}

/* ---- writing ---- */

static void reads_what_it_writes(void **state)
{
	static const char *const titles[] = {"Điểm cầu", "Ghi chú"};
	static const char *const cells[] = {"Cần Thơ", "=1+1", "007", "-x\n@y", "", "07:30"};
	const struct list_sheet lists[] = {
		{"Danh sách", titles, 2, cells, 3}, {"Trống", titles, 2, NULL, 0}};
	char found[TEXT_SIZE], *bytes;
	size_t size;
	(void)state;
	assert_int_equal(list_workbook_make(lists, 2, &bytes, &size), 0);
	struct sheets *sheets = read_bytes(bytes, size);
	assert_int_equal(sheets->n, 2);
	assert_string_equal(sheets->list[1].name, "Trống");
	write_sheet(&sheets->list[0], found);
	assert_string_equal(found, "Điểm cầu|Ghi chú|\nCần Thơ|=1+1|\n007|-x\n@y|\n|07:30|\n");
	assert_int_equal(sheet_at(&sheets->list[0], 2, 0)->kind, SHEET_CELL_TEXT);
	sheets_destroy(sheets);
	const struct list_sheet nameless = {"a/b", titles, 2, NULL, 0};
	assert_int_equal(list_workbook_make(&nameless, 1, &bytes, &size), -EINVAL);
}

/* ---- what is none ---- */

static void refuses_what_is_no_office_file(void **state)
{
	(void)state;
	size_t size;
	refuses(strdup("<html>"), 6, SHEETS_OTHER);
	refuses(strdup("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 8, SHEETS_OLD);
	refuses(strdup("PK\3\4"), 4, SHEETS_BROKEN);
	char *bytes =
		made_package(&(struct made_part){"mimetype", "application/vnd.oasis", 0}, 1, &size);
	refuses(bytes, size, SHEETS_OTHER);
	bytes = make_document("<presentation/>", &size);
	refuses(bytes, size, SHEETS_OTHER);
	bytes = make_document("<document><tbl>", &size);
	refuses(bytes, size, SHEETS_BROKEN);
	refuses_book(&(struct made_book){.sheet = NULL}, SHEETS_BROKEN);
	refuses_book(&(struct made_book){.sheet = SHEET("<row><c t=\"s\"><v>7</v></c></row>", "")},
		SHEETS_BROKEN);
}

static void refuses_what_is_cut_short(void **state)
{
	(void)state;
	size_t size;
	char *bytes = make_book(&(struct made_book){.sheet = moments, .styles = styles}, &size);
	for (size_t n = 0; n < size; n++) {
		struct sheets *sheets = NULL;
		char *part = malloc(n + 1);
		assert_non_null(part);
		memcpy(part, bytes, n);
		assert_int_not_equal(sheets_read(part, n, &sheets), SHEETS_READ);
		free(part);
	}
	free(bytes);
}

static void expands_no_entity(void **state)
{
	(void)state;
	refuses_book(
		&(struct made_book){.sheet = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
					     "\"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>"},
		SHEETS_BROKEN);
	refuses_book(&(struct made_book){.sheet = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">"
						  "<worksheet/>"},
		SHEETS_BROKEN);
}

static void unpacks_no_more_than_it_may(void **state)
{
	(void)state;
	size_t size, length = SHEETS_PART_BYTES_MAX + 1;
	char *blanks = malloc(length + 1);
	assert_non_null(blanks);
	memset(blanks, ' ', length);
	blanks[length] = '\0';
	char *bytes = make_document(blanks, &size);
	free(blanks);
	assert_true(size < SHEETS_PART_BYTES_MAX / 100); /* a bomb is small */
	refuses(bytes, size, SHEETS_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_texts_of_every_kind),
		cmocka_unit_test(reads_days_and_times_by_their_format),
		cmocka_unit_test(counts_days_from_1904_where_the_workbook_does),
		cmocka_unit_test(tells_what_is_merged_hidden_and_unknown),
		cmocka_unit_test(leaves_out_what_is_beyond_its_limits_and_says_so),
		cmocka_unit_test(reads_tables_of_documents),
		cmocka_unit_test(reads_what_it_writes),
		cmocka_unit_test(refuses_what_is_no_office_file),
		cmocka_unit_test(refuses_what_is_cut_short),
		cmocka_unit_test(expands_no_entity),
		cmocka_unit_test(unpacks_no_more_than_it_may),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
