/*
 * The head down to the subject line, in the form of state, party or other documents. Without a
 * number or a place, the first two leave room for the pen.
 */
#include "coordinator/minutes/html_letterhead.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "proto/gen/words.h"
#include "proto/words/text_day.h"

/* Where something is written by hand. */
static const char blank[] = "……";

/* Margins and typeface of Decree 30/2020/NĐ-CP and Guidance 36-HD/VPTW on A4. */
static const char style[] =
	"@page{size:A4;margin:20mm 15mm 20mm 30mm;@top-center{content:counter(page);font:13pt "
	"'Liberation Serif','Times New Roman',serif}}"
	"@page:first{@top-center{content:none}}"
	"html{font:13pt/1.35 'Liberation Serif','Times New Roman',serif;color:#000;background:#fff}"
	"body{max-width:180mm;margin:12mm auto;padding:0 8mm}"
	"header{display:flex;text-align:center}"
	"header div:first-child{flex:0 0 42%}"
	"header div:last-child{flex:0 0 58%}"
	"header p{margin:0;text-align:center;font-size:12pt}"
	"header .body{text-transform:uppercase}"
	"header .number,header .date{text-transform:none;margin-top:3mm;font-size:13pt}"
	"header .date{font-style:italic}"
	"header div:last-child p{white-space:nowrap}"
	"header{align-items:flex-start}"
	"header.neutral,header.neutral p{text-align:left}"
	"header.neutral .body{text-transform:none;font-size:14pt}"
	"header.neutral .number,header.neutral .date{margin-top:0}"
	"header.neutral div:last-child p{text-align:right}"
	".rule{width:40%;margin:1mm auto 0;border:0;border-top:.3mm solid #000}"
	"h1{font-size:15pt;text-align:center;margin:6mm 0 1mm;letter-spacing:.02em}"
	".subject{text-align:center;font-weight:bold;margin:0 0 5mm}"
	"h2{font-size:13pt;margin:6mm 0 2mm;break-after:avoid}"
	"h3{font-size:12pt;margin:5mm 0 1mm;break-after:avoid}"
	"p,li{margin:.8mm 0;text-align:justify}"
	"table{border-collapse:collapse;width:100%;font-size:11pt;line-height:1.25}"
	"th,td{border:.2mm solid #444;padding:.9mm 1.4mm;vertical-align:top;text-align:left}"
	"th{background:#f1f1ee;font-weight:bold}"
	"thead{display:table-header-group}"
	"tr{break-inside:avoid}"
	".n,.t{text-align:right;font-variant-numeric:tabular-nums}"
	"td.n{white-space:nowrap}"
	".total td{font-weight:bold}"
	".topic{color:#333;font-size:10.5pt}"
	".note{font-style:italic}"
	".sample{border:.3mm solid #000;padding:1.5mm;text-align:center;font-weight:bold}"
	".signatures{display:flex;flex-wrap:wrap;justify-content:space-between;text-align:center;"
	"margin-top:12mm;"
	"break-inside:avoid;break-before:avoid}"
	".annex{break-before:page;text-align:center}"
	".recipients{margin-top:6mm;font-size:12pt;break-inside:avoid}"
	".signatures div{flex:1;min-width:50mm}"
	".signatures p{text-align:center}"
	".signatures .room{height:24mm}"
	"@media screen and (max-width:180mm){table{display:block;overflow-x:auto}}"
	"@media print{body{max-width:none;margin:0;padding:0}th{background:#f1f1ee!important}}";

static void write_head(const struct html_writer *html, const struct minutes *minutes)
{
	fprintf(html->out,
		"<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
		html->language == LANGUAGE_EN ? "en" : "vi");
	html_fill(html, TEXT_MINUTES_TITLE,
		(const struct text_value[]){{.name = "name", .text = minutes->name}, {0}});
	fprintf(html->out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
}

/* A line of the head, <p class="kind">. */
static void write_line(const struct html_writer *html, const char *kind, const char *text)
{
	fprintf(html->out, kind[0] ? "<p class=\"%s\">" : "<p>", kind);
	html_text(html, text);
	html_markup(html, "</p>\n");
}

static void write_bodies(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->document.has_superior) {
		write_line(html, "body", minutes->document.superior);
	}
	html_markup(html, "<p class=\"body\"><strong>");
	html_text(html, minutes->host);
	html_markup(html, "</strong></p>\n");
}

static void write_number(
	const struct html_writer *html, enum text_id id, const struct document_head *document)
{
	html_element(html, "p", "number", id,
		(const struct text_value[]){
			{.name = "number", .text = document->has_number ? document->number : blank},
			{.name = "symbol", .text = document->has_symbol ? document->symbol : blank},
			{0},
		});
}

/* Without a form to keep to, a number only where there is one. */
static void write_number_alone(const struct html_writer *html, const struct document_head *document)
{
	if (document->has_number && document->has_symbol) {
		write_number(html, TEXT_MINUTES_NUMBER_OF_STATE, document);
	} else if (document->has_number) {
		write_number(html, TEXT_MINUTES_NUMBER_ALONE, document);
	}
}

/*
 * The day the minutes are of: of closing, while the meeting is live of the last event, before that
 * as planned.
 */
static struct html_value day_of(const struct html_writer *html, const struct minutes *minutes)
{
	struct calendar_date date;
	if (minutes->has_opened) {
		return html_day_words(
			html, minutes->has_closed ? minutes->closed.wall : minutes->until.wall);
	}
	struct html_value day = {""};
	if (mtg_read_date(minutes->date, &date)) {
		text_day(day.text, sizeof(day.text), date.year, date.month, date.day,
			html->language);
	}
	return day;
}

static void write_date(const struct html_writer *html, const struct minutes *minutes)
{
	const struct document_head *document = &minutes->document;
	struct html_value day = day_of(html, minutes);
	if (!document->has_locality && minutes->form == DOCUMENT_FORM_NEUTRAL) {
		write_line(html, "date", day.text);
		return;
	}
	html_element(html, "p", "date", TEXT_MINUTES_PLACE_AND_DAY,
		(const struct text_value[]){
			{.name = "place",
				.text = document->has_locality ? document->locality : blank},
			{.name = "day", .text = day.text},
			{0},
		});
}

static void write_strong(const struct html_writer *html, enum text_id id)
{
	html_markup(html, "<p><strong>");
	html_say(html, id);
	html_markup(html, "</strong></p>\n");
}

static void write_head_of_state(const struct html_writer *html, const struct minutes *minutes)
{
	html_markup(html, "<header><div>\n");
	write_bodies(html, minutes);
	html_markup(html, "<hr class=\"rule\">\n");
	write_number(html, TEXT_MINUTES_NUMBER_OF_STATE, &minutes->document);
	html_markup(html, "</div>\n<div>\n");
	write_strong(html, TEXT_MINUTES_NATION);
	write_strong(html, TEXT_MINUTES_MOTTO);
	html_markup(html, "<hr class=\"rule\">\n");
	write_date(html, minutes);
	html_markup(html, "</div></header>\n");
}

static void write_head_of_party(const struct html_writer *html, const struct minutes *minutes)
{
	html_markup(html, "<header><div>\n");
	write_bodies(html, minutes);
	html_markup(html, "<p>*</p>\n");
	write_number(html, TEXT_MINUTES_NUMBER_OF_PARTY, &minutes->document);
	html_markup(html, "</div>\n<div>\n");
	write_strong(html, TEXT_MINUTES_PARTY);
	html_markup(html, "<hr class=\"rule\">\n");
	write_date(html, minutes);
	html_markup(html, "</div></header>\n");
}

static void write_neutral_head(const struct html_writer *html, const struct minutes *minutes)
{
	html_markup(html, "<header class=\"neutral\"><div>\n");
	write_bodies(html, minutes);
	html_markup(html, "</div>\n<div>\n");
	write_number_alone(html, &minutes->document);
	write_date(html, minutes);
	html_markup(html, "</div></header>\n");
}

static void write_letterhead(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->form == DOCUMENT_FORM_PARTY) {
		write_head_of_party(html, minutes);
	} else if (minutes->form == DOCUMENT_FORM_NEUTRAL) {
		write_neutral_head(html, minutes);
	} else {
		write_head_of_state(html, minutes);
	}
}

static void write_title(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->rehearsal) {
		html_element(html, "p", "sample", TEXT_MINUTES_REHEARSAL, NULL);
	}
	html_markup(html, "<h1>");
	html_say(html, TEXT_MINUTES_HEADING);
	html_markup(html, "</h1>\n<p class=\"subject\">");
	html_text(html, minutes->name);
	html_markup(html, "</p>\n");
}

void html_letterhead_write(const struct html_writer *html, const struct minutes *minutes)
{
	write_head(html, minutes);
	write_letterhead(html, minutes);
	write_title(html, minutes);
}
