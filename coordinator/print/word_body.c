/*
 * A page has few elements: header, .signatures and .foot stand their children side by side; h1 to
 * h3, p and hr are paragraphs, whose class says the style; table; within paragraphs strong, em, u,
 * span.note and br.
 */
#include "coordinator/print/word_body.h"

#include <string.h>

enum {
	TEXT_WIDTH = 9355, /* twentieths of a point: 165 mm */
	COLUMNS_MAX = 64,
	NARROW = 5, /* shares of a column of numbers, of one of text, and of one of much text */
	USUAL = 12,
	WIDE = 18,
	PERCENT = 100,
	HEAD_PERCENT = 42, /* of the issuing body, left in the head */
	FOOT_PERCENT = 45, /* of the recipients */
};

/* How letters look, and where text goes that stands in no element of its own. */
struct word_writing {
	FILE *out;
	const char *style; /* of the next paragraph that text opens */
	const char *align; /* of a cell; NULL: as the style has it */
	bool open; /* a paragraph */
	bool strong;
	bool slanted;
	bool underlined;
	bool page_break; /* before the next paragraph */
};

/* ---- of the page ---- */

static bool is_named(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *word_child(const xmlNode *parent, const char *name)
{
	const xmlNode *child = parent ? parent->children : NULL;
	while (child && !is_named(child, name)) {
		child = child->next;
	}
	return child;
}

bool word_has_kind(const xmlNode *element, const char *kind)
{
	size_t length = strlen(kind);
	bool found = false;
	for (const xmlAttr *attribute = element->properties; attribute;
		attribute = attribute->next) {
		const char *at =
			attribute->children ? (const char *)attribute->children->content : NULL;
		if (strcmp((const char *)attribute->name, "class") != 0) {
			continue;
		}
		for (; at && *at && !found; at += strcspn(at, " "), at += strspn(at, " ")) {
			found = strcspn(at, " ") == length && strncmp(at, kind, length) == 0;
		}
	}
	return found;
}

/* ---- text ---- */

void word_write_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&') {
			fputs("&amp;", out);
		} else if (*text == '<') {
			fputs("&lt;", out);
		} else if (*text == '>') {
			fputs("&gt;", out);
		} else {
			fputc(*text == '\n' ? ' ' : *text, out);
		}
	}
}

static void open_paragraph(struct word_writing *writing)
{
	if (writing->open) {
		return;
	}
	fprintf(writing->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", writing->style);
	if (writing->page_break) {
		fputs("<w:pageBreakBefore/>", writing->out);
	}
	if (writing->align) {
		fprintf(writing->out, "<w:jc w:val=\"%s\"/>", writing->align);
	}
	fputs("</w:pPr>", writing->out);
	writing->open = true;
	writing->page_break = false;
}

static void close_paragraph(struct word_writing *writing)
{
	if (writing->open) {
		fputs("</w:p>\n", writing->out);
		writing->open = false;
	}
}

static void open_run(struct word_writing *writing)
{
	open_paragraph(writing);
	fprintf(writing->out, "<w:r><w:rPr>%s%s%s</w:rPr>", writing->strong ? "<w:b/>" : "",
		writing->slanted ? "<w:i/>" : "",
		writing->underlined ? "<w:u w:val=\"single\"/>" : "");
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \n\t")] == '\0';
}

/* Blanks between elements are of the page's writing; after text they part words. */
static void write_text(struct word_writing *writing, const char *text)
{
	if (!writing->open && is_blank(text)) {
		return;
	}
	if (is_blank(text) && strchr(text, '\n')) {
		return;
	}
	open_run(writing);
	fputs("<w:t xml:space=\"preserve\">", writing->out);
	word_write_text(writing->out, text);
	fputs("</w:t></w:r>", writing->out);
}

static void write_break(struct word_writing *writing)
{
	open_run(writing);
	fputs("<w:br/></w:r>", writing->out);
}

/* ---- blocks ---- */

static void write_children(struct word_writing *writing, const xmlNode *parent);

static const char *style_of(const struct word_writing *writing, const xmlNode *element)
{
	static const struct {
		const char *element, *kind, *style;
	} styles[] = {
		{"h1", NULL, "Title"},
		{"h2", NULL, "Heading1"},
		{"h3", NULL, "Heading2"},
		{"hr", "under", "SubjectRule"},
		{"hr", NULL, "HeadRule"},
		{"p", "subject", "Subtitle"},
		{"p", "dashes", "Dashes"},
		{"p", "text", "BodyText"},
		{"p", "dash", "ListDash"},
		{"p", "level", "Level"},
		{"p", "note", "Note"},
		{"div", "topic", "Topic"},
		{"p", "sample", "Framed"},
		{"p", "addressed", "Addressed"},
		{"p", "body", "HeadBody"},
		{"p", "lined", "HeadLined"},
		{"p", "number", "HeadNumber"},
		{"p", "date", "HeadDate"},
		{"p", "to", "RecipientsHead"},
		{"p", "room", "SignatureRoom"},
	};
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		if (is_named(element, styles[i].element) &&
			(!styles[i].kind || word_has_kind(element, styles[i].kind))) {
			return styles[i].style;
		}
	}
	return writing->style;
}

static void write_paragraph(struct word_writing *writing, const xmlNode *element)
{
	struct word_writing own = *writing;
	close_paragraph(writing);
	own.open = false;
	own.style = style_of(writing, element);
	own.page_break = word_has_kind(element, "annex");
	open_paragraph(&own);
	write_children(&own, element);
	close_paragraph(&own);
}

/* Text directly in it, and blocks. A cell has to end with a paragraph. */
static void write_cell(const struct word_writing *around, const xmlNode *cell, const char *style,
	const char *align, int width)
{
	struct word_writing own = {.out = around->out, .style = style, .align = align};
	fprintf(own.out, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>", width,
		is_named(cell, "th") ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F1F1EE\"/>"
				     : "");
	long begun = ftell(own.out);
	write_children(&own, cell);
	close_paragraph(&own);
	if (ftell(own.out) == begun) {
		open_paragraph(&own);
		close_paragraph(&own);
	}
	fputs("</w:tc>", own.out);
}

static void end_table(const struct word_writing *writing)
{
	fputs("</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>\n",
		writing->out);
}

/* ---- side by side ---- */

static int count_elements(const xmlNode *parent)
{
	int n = 0;
	for (const xmlNode *child = parent->children; child; child = child->next) {
		n += child->type == XML_ELEMENT_NODE;
	}
	return n;
}

static const char *style_beside(const xmlNode *row, const xmlNode *cell)
{
	return is_named(row, "header")             ? "HeadLine"
	       : word_has_kind(cell, "recipients") ? "Recipients"
	       : word_has_kind(cell, "signed")     ? "SignedAs"
						   : "Signature";
}

static int width_beside(const xmlNode *row, int n, int at)
{
	int left = is_named(row, "header")      ? HEAD_PERCENT
		   : word_has_kind(row, "foot") ? FOOT_PERCENT
						: PERCENT / n;
	return TEXT_WIDTH * (n != 2 ? PERCENT / n : at == 0 ? left : PERCENT - left) / PERCENT;
}

static void write_beside(struct word_writing *writing, const xmlNode *row)
{
	int n = count_elements(row), at = 0;
	close_paragraph(writing);
	fprintf(writing->out,
		"<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout "
		"w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
		TEXT_WIDTH);
	for (int i = 0; i < n; i++) {
		fprintf(writing->out, "<w:gridCol w:w=\"%d\"/>", width_beside(row, n, i));
	}
	fputs("</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>", writing->out);
	for (const xmlNode *cell = row->children; cell; cell = cell->next) {
		if (cell->type == XML_ELEMENT_NODE) {
			write_cell(writing, cell, style_beside(row, cell), NULL,
				width_beside(row, n, at++));
		}
	}
	fputs("</w:tr>", writing->out);
	end_table(writing);
}

/* ---- tables ---- */

struct columns {
	int n;
	int widths[COLUMNS_MAX];
};

static bool is_cell(const xmlNode *node)
{
	return is_named(node, "td") || is_named(node, "th");
}

static bool is_narrow(const xmlNode *cell)
{
	return word_has_kind(cell, "n") || word_has_kind(cell, "t") || word_has_kind(cell, "c");
}

static void measure_columns(const xmlNode *row, struct columns *columns)
{
	int shares = 0;
	for (const xmlNode *cell = row ? row->children : NULL; cell && columns->n < COLUMNS_MAX;
		cell = cell->next) {
		if (is_cell(cell)) {
			columns->widths[columns->n] = is_narrow(cell)               ? NARROW
						      : word_has_kind(cell, "wide") ? WIDE
										    : USUAL;
			shares += columns->widths[columns->n++];
		}
	}
	for (int i = 0; i < columns->n; i++) {
		columns->widths[i] = TEXT_WIDTH * columns->widths[i] / shares;
	}
}

static void write_row(
	const struct word_writing *writing, const xmlNode *row, const struct columns *columns)
{
	bool head = is_named(row->parent, "thead");
	bool total = word_has_kind(row, "total");
	int at = 0;
	fprintf(writing->out, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>",
		head ? "<w:tblHeader/>" : "");
	for (const xmlNode *cell = row->children; cell; cell = cell->next) {
		if (is_cell(cell) && at < columns->n) {
			const char *align = word_has_kind(cell, "c") ? "center"
					    : is_narrow(cell)        ? "right"
								     : NULL;
			write_cell(writing, cell, head || total ? "TableHead" : "TableText", align,
				columns->widths[at++]);
		}
	}
	fputs("</w:tr>\n", writing->out);
}

static void write_rows(
	const struct word_writing *writing, const xmlNode *part, const struct columns *columns)
{
	for (const xmlNode *row = part ? part->children : NULL; row; row = row->next) {
		if (is_named(row, "tr")) {
			write_row(writing, row, columns);
		}
	}
}

static void write_table(struct word_writing *writing, const xmlNode *table)
{
	struct columns columns = {0};
	const xmlNode *head = word_child(table, "thead");
	measure_columns(word_child(head, "tr"), &columns);
	close_paragraph(writing);
	fprintf(writing->out,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"%d\" "
		"w:type=\"dxa\"/></w:tblPr><w:tblGrid>",
		TEXT_WIDTH);
	for (int i = 0; i < columns.n; i++) {
		fprintf(writing->out, "<w:gridCol w:w=\"%d\"/>", columns.widths[i]);
	}
	fputs("</w:tblGrid>\n", writing->out);
	write_rows(writing, head, &columns);
	write_rows(writing, word_child(table, "tbody"), &columns);
	end_table(writing);
}

/* ---- everything ---- */

static void write_inline(struct word_writing *writing, const xmlNode *element)
{
	struct word_writing before = *writing;
	writing->strong = writing->strong || is_named(element, "strong");
	writing->slanted =
		writing->slanted || is_named(element, "em") || word_has_kind(element, "note");
	writing->underlined = writing->underlined || is_named(element, "u");
	write_children(writing, element);
	writing->strong = before.strong;
	writing->slanted = before.slanted;
	writing->underlined = before.underlined;
}

static bool stands_beside(const xmlNode *element)
{
	return is_named(element, "header") || word_has_kind(element, "signatures") ||
	       word_has_kind(element, "foot");
}

static bool is_paragraph(const xmlNode *element)
{
	return is_named(element, "p") || is_named(element, "hr") || is_named(element, "h1") ||
	       is_named(element, "h2") || is_named(element, "h3") ||
	       word_has_kind(element, "topic");
}

/* A block of blocks. */
static void write_block(struct word_writing *writing, const xmlNode *block)
{
	struct word_writing own = *writing;
	if (word_has_kind(block, "recipients")) {
		own.style = "Recipients";
	}
	write_children(&own, block);
	close_paragraph(&own);
	writing->open = false;
}

static void write_node(struct word_writing *writing, const xmlNode *node)
{
	if (node->type == XML_TEXT_NODE) {
		write_text(writing, (const char *)node->content);
	} else if (node->type != XML_ELEMENT_NODE) {
		return;
	} else if (is_named(node, "br")) {
		write_break(writing);
	} else if (is_named(node, "table")) {
		write_table(writing, node);
	} else if (stands_beside(node)) {
		write_beside(writing, node);
	} else if (is_paragraph(node)) {
		write_paragraph(writing, node);
	} else if (is_named(node, "div")) {
		close_paragraph(writing);
		write_block(writing, node);
	} else {
		write_inline(writing, node);
	}
}

static void write_children(struct word_writing *writing, const xmlNode *parent)
{
	for (const xmlNode *node = parent->children; node; node = node->next) {
		write_node(writing, node);
	}
}

void word_body_write(FILE *out, const xmlNode *body)
{
	struct word_writing writing = {.out = out, .style = "Normal"};
	write_children(&writing, body);
	close_paragraph(&writing);
}
