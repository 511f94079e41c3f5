/*
 * The head down to the subject line, in the form of state, party or other documents. Without a
 * number or a place, the first two leave room for the pen.
 */
#include "coordinator/minutes/html_letterhead.h"

#include <stdio.h>
#include <string.h>

#include "proto/gen/words.h"
#include "text_copy.h"

/* Where something is written by hand. */
static const char blank[] = "……";

/* Decree 30/2020/NĐ-CP, Annex I, and Guidance 36-HD/VPTW on A4. */
static const char style[] =
	"@page{size:A4;margin:20mm 15mm 20mm 30mm;@top-center{content:counter(page);font:13pt "
	"'Liberation Serif','Times New Roman',serif}}"
	"@page:first{@top-center{content:none}}"
	"html{font:13pt/1.35 'Liberation Serif','Times New Roman',serif;color:#000;background:#fff}"
	"body{max-width:180mm;margin:12mm auto;padding:0 8mm}"
	"body.party{font-size:14pt}"
	"header{display:flex;text-align:center;align-items:flex-start}"
	"header div:first-child{flex:0 0 42%}"
	"header div:last-child{flex:0 0 58%}"
	"header p{margin:0;text-align:center;font-size:12.5pt}"
	"header .body{text-transform:uppercase}"
	"header .number,header .date{text-transform:none;margin-top:3mm;font-size:13pt}"
	"header .date{font-style:italic}"
	"header div:last-child p{white-space:nowrap}"
	"header .lined strong{display:inline-block;border-bottom:.3mm solid #000;"
	"padding-bottom:.6mm}"
	"header .motto{font-size:13.5pt}"
	"header.party .title{font-size:14.5pt}"
	"header.neutral,header.neutral p{text-align:left}"
	"header.neutral .body{text-transform:none;font-size:14pt}"
	"header.neutral .number,header.neutral .date{margin-top:0}"
	"header.neutral div:last-child p{text-align:right}"
	".rule{width:40%;margin:1mm auto 0;border:0;border-top:.3mm solid #000}"
	"h1{font-size:15pt;text-align:center;margin:8mm 0 1mm;letter-spacing:.02em}"
	".party h1{font-size:16pt}"
	".subject{text-align:center;font-weight:bold;margin:0 6mm 1.5mm}"
	".rule.under{width:30%;margin:0 auto 5mm}"
	".dashes{text-align:center;margin:-1mm 0 4mm}"
	".neutral .subject{margin-bottom:5mm}"
	".addressed{text-align:center;font-size:14pt;margin:0 0 4mm}"
	"h2{font-size:13pt;margin:6mm 0 2mm;break-after:avoid}"
	".party h2{font-size:14pt}"
	"h3{font-size:12pt;margin:5mm 0 1mm;break-after:avoid}"
	"p,li{margin:.8mm 0;text-align:justify}"
	".text{text-indent:10mm;margin:1.6mm 0}"
	".dash{margin-left:10mm}"
	".level{margin:2mm 0 .8mm 10mm;font-weight:bold;break-after:avoid}"
	"table{border-collapse:collapse;width:100%;font-size:11pt;line-height:1.25}"
	"th,td{border:.2mm solid #444;padding:.9mm 1.4mm;vertical-align:top;text-align:left}"
	"th{background:#f1f1ee;font-weight:bold}"
	"thead{display:table-header-group}"
	"tr{break-inside:avoid}"
	".n,.t{text-align:right;font-variant-numeric:tabular-nums}"
	"td.n,td.c{white-space:nowrap}"
	".c{text-align:center}"
	".large{font-size:13pt}"
	".large td,.large th{padding:1.2mm 1.8mm}"
	".total td{font-weight:bold}"
	".topic{color:#333;font-size:10.5pt}"
	".note{font-style:italic}"
	"p.note{break-after:avoid}"
	"th.mid{width:19%}"
	"th.wide{width:31%}"
	".sample{border:.3mm solid #000;padding:1.5mm;text-align:center;font-weight:bold}"
	".signatures{display:flex;flex-wrap:wrap;justify-content:space-between;text-align:center;"
	"margin-top:12mm;"
	"break-inside:avoid;break-before:avoid}"
	".foot{display:flex;margin-top:10mm;break-inside:avoid;break-before:avoid}"
	".foot .recipients{flex:0 0 45%;margin:0}"
	".foot .signed{flex:0 0 55%}"
	".foot .signed p{text-align:center;text-transform:uppercase;margin:0}"
	".foot .signed .room{height:28mm}"
	".annex{break-before:page;text-align:center}"
	".recipients{margin-top:6mm;font-size:11pt;break-inside:avoid}"
	".recipients .to{font-size:12pt}"
	".party .recipients{font-size:12pt}"
	".party .recipients .to{font-size:14pt}"
	".signatures div{flex:1;min-width:50mm}"
	".signatures p{text-align:center}"
	".signatures .room{height:24mm}"
	"@media screen and (max-width:180mm){table{display:block;overflow-x:auto}}"
	"@media print{body{max-width:none;margin:0;padding:0}th{background:#f1f1ee!important}}";

static const char *class_of_form(enum document_form form)
{
	return form == DOCUMENT_FORM_PARTY     ? "party"
	       : form == DOCUMENT_FORM_NEUTRAL ? "neutral"
					       : "state";
}

static void write_head(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	fprintf(html->out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
		"<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>",
		html->language == LANGUAGE_EN ? "en" : "vi");
	html_fill(html, heading->title,
		(const struct text_value[]){{.name = "name", .text = minutes->name}, {0}});
	fprintf(html->out, "</title>\n<style>%s</style>\n</head>\n<body class=\"%s\">\n", style,
		class_of_form(minutes->form));
}

/* A line of the head, <p class="kind">. */
static void write_line(const struct html_writer *html, const char *kind, const char *text)
{
	fprintf(html->out, kind[0] ? "<p class=\"%s\">" : "<p>", kind);
	html_text(html, text);
	html_markup(html, "</p>\n");
}

/* Bodies that issue it together, "A - B", stand on a line each. */
static void write_host(const struct html_writer *html, const char *host)
{
	static const char between[] = " - ";
	char body[UNIT_SIZE];
	for (const char *end; (end = strstr(host, between)); host = end + strlen(between)) {
		snprintf(body, sizeof(body), "%.*s", (int)(end - host), host);
		html_text(html, body);
		html_markup(html, " -<br/>");
	}
	html_text(html, host);
}

static void write_bodies(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->document.has_superior) {
		write_line(html, "body", minutes->document.superior);
	}
	html_markup(html, "<p class=\"body\"><strong>");
	write_host(html, minutes->host);
	html_markup(html, "</strong></p>\n");
}

static void write_number(const struct html_writer *html, enum text_id id,
	const struct minutes *minutes, const struct html_heading *heading)
{
	const struct document_head *document = &minutes->document;
	bool has_number = heading->of_record && document->has_number;
	html_element(html, "p", "number", id,
		(const struct text_value[]){
			{.name = "number", .text = has_number ? document->number : blank},
			{.name = "type", .text = text_of(heading->type, html->language)},
			{.name = "symbol", .text = document->has_symbol ? document->symbol : blank},
			{0},
		});
}

/* Without a form to keep to, a number only where there is one. */
static void write_number_alone(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	if (!heading->of_record || !minutes->document.has_number) {
		return;
	}
	write_number(html,
		minutes->document.has_symbol ? TEXT_MINUTES_NUMBER_OF_STATE
					     : TEXT_MINUTES_NUMBER_ALONE,
		minutes, heading);
}

/*
 * The day the minutes are of: of closing, while the meeting is live of the last event, before that
 * as planned.
 */
static struct html_value day_of(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->has_opened) {
		return html_day_words(
			html, minutes->has_closed ? minutes->closed.wall : minutes->until.wall);
	}
	return html_date_words(html, minutes->date);
}

/* What is not a record is dated by hand, when it is signed. */
static void write_date(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	const struct document_head *document = &minutes->document;
	struct html_value day;
	if (heading->of_record) {
		day = day_of(html, minutes);
	} else {
		TEXT_COPY(day.text, text_of(TEXT_PAPER_BLANK_DAY, html->language));
	}
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

static void write_strong(const struct html_writer *html, const char *kind, enum text_id id)
{
	fprintf(html->out, "<p class=\"%s\"><strong>", kind);
	html_say(html, id);
	html_markup(html, "</strong></p>\n");
}

static void write_head_of_state(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	html_markup(html, "<header class=\"state\"><div>\n");
	write_bodies(html, minutes);
	html_markup(html, "<hr class=\"rule\"/>\n");
	write_number(html, TEXT_MINUTES_NUMBER_OF_STATE, minutes, heading);
	html_markup(html, "</div>\n<div>\n");
	write_strong(html, "title", TEXT_MINUTES_NATION);
	write_strong(html, "motto lined", TEXT_MINUTES_MOTTO);
	write_date(html, minutes, heading);
	html_markup(html, "</div></header>\n");
}

static void write_head_of_party(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	html_markup(html, "<header class=\"party\"><div>\n");
	write_bodies(html, minutes);
	html_markup(html, "<p>*</p>\n");
	write_number(html, TEXT_MINUTES_NUMBER_OF_PARTY, minutes, heading);
	html_markup(html, "</div>\n<div>\n");
	write_strong(html, "title lined", TEXT_MINUTES_PARTY);
	write_date(html, minutes, heading);
	html_markup(html, "</div></header>\n");
}

static void write_neutral_head(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	html_markup(html, "<header class=\"neutral\"><div>\n");
	write_bodies(html, minutes);
	html_markup(html, "</div>\n<div>\n");
	write_number_alone(html, minutes, heading);
	write_date(html, minutes, heading);
	html_markup(html, "</div></header>\n");
}

static void write_letterhead(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	if (minutes->form == DOCUMENT_FORM_PARTY) {
		write_head_of_party(html, minutes, heading);
	} else if (minutes->form == DOCUMENT_FORM_NEUTRAL) {
		write_neutral_head(html, minutes, heading);
	} else {
		write_head_of_state(html, minutes, heading);
	}
}

static void write_title(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	if (minutes->rehearsal) {
		html_element(html, "p", "sample",
			heading->of_record ? TEXT_MINUTES_REHEARSAL : TEXT_PAPER_REHEARSAL, NULL);
	}
	html_markup(html, "<h1>");
	html_say(html, heading->heading);
	html_markup(html, "</h1>\n");
	html_element(html, "p", "subject", heading->subject,
		(const struct text_value[]){{.name = "name", .text = minutes->name}, {0}});
	if (minutes->form == DOCUMENT_FORM_STATE) {
		html_markup(html, "<hr class=\"rule under\"/>\n");
	} else if (minutes->form == DOCUMENT_FORM_PARTY) {
		html_markup(html, "<p class=\"dashes\">-----</p>\n");
	}
}

void html_letterhead_write(const struct html_writer *html, const struct minutes *minutes,
	const struct html_heading *heading)
{
	write_head(html, minutes, heading);
	write_letterhead(html, minutes, heading);
	write_title(html, minutes, heading);
}
