/* Two tables. A row of each is one function. */
#include "coordinator/minutes/html_documents.h"

#include <inttypes.h>

#include "proto/gen/words.h"

static void write_count(const struct html_writer *html, uint32_t count)
{
	fprintf(html->out, "<td class=\"n\">%" PRIu32 "</td>", count);
}

static void write_owner(const struct html_writer *html, const struct minutes_document *document)
{
	html_markup(html, "<td>");
	if (document->every_site) {
		html_say(html, TEXT_PAPER_ALL_SITES);
	}
	html_text(html, document->site_name);
	html_markup(html, document->has_site && document->has_unit ? ": " : "");
	html_text(html, document->unit);
	html_markup(html, "</td>");
}

static void write_arrived(const struct html_writer *html, const struct minutes_document *document)
{
	html_markup(html, "<td>");
	html_fill(html, TEXT_PAPER_DOCUMENTS_RECEIVED,
		(const struct text_value[]){{.name = "n", .number = (int64_t)document->n_received},
			{.name = "missing", .number = document->missing}, {0}});
	for (size_t i = 0; i < document->n_received; i++) {
		const struct minutes_received *received = &document->received[i];
		html_markup(html, "<div class=\"topic\">");
		html_text(html, received->site_name);
		html_markup(html, received->has_site ? ": " : "");
		html_text(html, received->file.name);
		html_markup(html, ", ");
		html_text(html, html_time(html, received->wall).text);
		html_markup(html, "</div>");
	}
	html_markup(html, "</td>");
}

static void write_document(
	const struct html_writer *html, const struct minutes_document *document, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	html_cell(html, "", document->title);
	write_owner(html, document);
	html_cell(html, "", document->has_due ? html_date_words(html, document->due).text : "");
	write_arrived(html, document);
	html_markup(html, "</tr>\n");
}

static void write_received(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_PAPER_NUMBER},
		{"", TEXT_PAPER_DOCUMENT},
		{"", TEXT_PAPER_DOCUMENT_FROM},
		{"", TEXT_PAPER_DOCUMENT_DUE},
		{"", TEXT_PAPER_DOCUMENT_STATE},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_documents; i++) {
		write_document(html, &minutes->documents[i], i);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_handout(
	const struct html_writer *html, const struct minutes_handout *handout, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td><td>", at + 1);
	html_text(html, handout->title);
	html_markup(html, "<div class=\"topic\">");
	html_text(html, handout->file.name);
	html_markup(html, "</div></td>");
	html_cell(html, "t", html_time(html, handout->wall).text);
	write_count(html, handout->sites);
	write_count(html, handout->fetched);
	write_count(html, handout->opened);
	html_markup(html, "</tr>\n");
}

static void write_handouts(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_PAPER_NUMBER},
		{"", TEXT_PAPER_HANDOUT},
		{"t", TEXT_PAPER_HANDOUT_SINCE},
		{"n", TEXT_PAPER_HANDOUT_SITES},
		{"n", TEXT_PAPER_HANDOUT_FETCHED},
		{"n", TEXT_PAPER_HANDOUT_OPENED},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_handouts; i++) {
		write_handout(html, &minutes->handouts[i], i);
	}
	html_markup(html, "</tbody></table>\n");
}

void html_documents_write(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->n_documents == 0 && minutes->n_handouts == 0) {
		return;
	}
	html_element(html, "h2", "", TEXT_PAPER_DOCUMENTS, NULL);
	if (minutes->n_documents > 0) {
		write_received(html, minutes);
	}
	if (minutes->n_handouts > 0) {
		write_handouts(html, minutes);
	}
}
