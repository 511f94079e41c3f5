/*
 * The plan says in which capacity it is signed, a line each; the last is the signer's own office,
 * which the party does not set in bold (Guidance 36-HD/VPTW).
 */
#include "coordinator/minutes/html_foot.h"

void html_foot_write_recipients(
	const struct html_writer *html, const struct document_head *document)
{
	if (document->n_recipients == 0) {
		return;
	}
	html_markup(html, "<div class=\"recipients\"><p class=\"to\"><strong><em>");
	html_say(html, TEXT_MINUTES_RECIPIENTS);
	html_markup(html, "</em></strong></p>\n");
	for (size_t i = 0; i < document->n_recipients; i++) {
		html_markup(html, "<p>- ");
		html_text(html, document->recipients[i]);
		html_markup(html, i + 1 < document->n_recipients ? ";</p>\n" : ".</p>\n");
	}
	html_markup(html, "</div>\n");
}

/* The party underlines the word where the state has it bold and slanted. */
static void write_recipients_of_party(
	const struct html_writer *html, const struct document_head *document)
{
	html_markup(html, "<div class=\"recipients\"><p class=\"to\"><u>");
	html_say(html, TEXT_MINUTES_RECIPIENTS);
	html_markup(html, "</u></p>\n");
	for (size_t i = 0; i < document->n_recipients; i++) {
		html_markup(html, "<p>- ");
		html_text(html, document->recipients[i]);
		html_markup(html, i + 1 < document->n_recipients ? ",</p>\n" : ".</p>\n");
	}
	html_markup(html, "</div>\n");
}

static void write_capacity(const struct html_writer *html, const char *text, bool strong)
{
	html_markup(html, strong ? "<p><strong>" : "<p>");
	html_text(html, text);
	html_markup(html, strong ? "</strong></p>\n" : "</p>\n");
}

static void write_signed(const struct html_writer *html, const struct html_paper *paper)
{
	const struct paper_words *words = paper->words;
	bool party = paper->minutes->form == DOCUMENT_FORM_PARTY;
	html_markup(html, "<div class=\"signed\">\n");
	for (size_t i = 0; i < words->n_signed_as; i++) {
		bool own_office = i > 0 && i + 1 == words->n_signed_as;
		write_capacity(html, words->signed_as[i], !party || !own_office);
	}
	if (words->n_signed_as == 0) {
		write_capacity(html, "……", true);
	}
	html_markup(html, "<p class=\"room\"></p>\n</div>\n");
}

void html_foot_write(const struct html_writer *html, const struct html_paper *paper)
{
	const struct document_head *document = &paper->minutes->document;
	html_markup(html, "<div class=\"foot\">\n");
	if (document->n_recipients == 0) {
		html_markup(html, "<div class=\"recipients\"></div>\n");
	} else if (paper->minutes->form == DOCUMENT_FORM_PARTY) {
		write_recipients_of_party(html, document);
	} else {
		html_foot_write_recipients(html, document);
	}
	write_signed(html, paper);
	html_markup(html, "</div>\n");
}
