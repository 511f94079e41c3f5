/* The head down to the subject line, in the form of state or party documents. */
#include "coordinator/minutes/html_letterhead.h"

#include <string.h>

/* Margins and typeface of Decree 30/2020/NĐ-CP and Guidance 36-HD/VPTW on A4. */
static const char style[] =
	"@page{size:A4;margin:20mm 15mm 20mm 30mm}"
	"html{font:13pt/1.35 'Liberation Serif','Times New Roman',serif;color:#000;background:#fff}"
	"body{max-width:180mm;margin:12mm auto;padding:0 8mm}"
	"header{display:flex;justify-content:space-between;gap:8mm;text-align:center}"
	"header div{flex:1}"
	"header p{margin:0;text-align:center;font-size:12pt}"
	"header div:first-child{text-transform:uppercase}"
	"header div:last-child p{white-space:nowrap}"
	"header{align-items:start}"
	".rule{width:40%;margin:1mm auto 0;border:0;border-top:.3mm solid #000}"
	".date{text-align:right;font-style:italic;margin:4mm 0}"
	"h1{font-size:15pt;text-align:center;margin:6mm 0 1mm;letter-spacing:.02em}"
	".subject{text-align:center;font-weight:bold;margin:0 0 5mm}"
	"h2{font-size:13pt;margin:6mm 0 2mm;break-after:avoid}"
	"p,li{margin:.8mm 0;text-align:justify}"
	"table{border-collapse:collapse;width:100%;font-size:11pt;line-height:1.25}"
	"th,td{border:.2mm solid #444;padding:.9mm 1.4mm;vertical-align:top;text-align:left}"
	"th{background:#f1f1ee;font-weight:bold}"
	"thead{display:table-header-group}"
	"tr{break-inside:avoid}"
	"th.n{text-align:right}td.n{text-align:right;white-space:nowrap;font-variant-numeric:"
	"tabular-nums}"
	".topic{color:#333;font-size:10.5pt}"
	".note{font-style:italic}"
	".sample{border:.3mm solid #000;padding:1.5mm;text-align:center;font-weight:bold}"
	".signatures{display:flex;justify-content:space-between;text-align:center;margin-top:12mm;"
	"break-inside:avoid;break-before:avoid}"
	".annex{break-before:page}"
	".signatures div{flex:1}"
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

static void write_letterhead(const struct html_writer *html, const struct minutes *minutes)
{
	html_markup(html, "<header><div><p><strong>");
	html_text(html, minutes->host);
	html_markup(html, "</strong></p>");
	if (minutes->form == DOCUMENT_FORM_PARTY) {
		html_markup(html,
			"<p>*</p></div>\n<div><p><strong>ĐẢNG CỘNG SẢN VIỆT NAM</strong></p>"
			"<hr class=\"rule\"></div></header>\n");
		return;
	}
	html_markup(html, "<hr class=\"rule\"></div>\n<div>"
			  "<p><strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</strong></p>"
			  "<p><strong>Độc lập - Tự do - Hạnh phúc</strong></p>"
			  "<hr class=\"rule\"></div></header>\n");
}

/* "2022-02-22" as «ngày 22 tháng 02 năm 2022», or 22/02/2022. */
static void write_date(const struct html_writer *html, const char *date)
{
	if (strspn(date, "0123456789-") != 10 || date[10] != '\0') {
		html_text(html, date);
		return;
	}
	char day[3] = {date[8], date[9]}, month[3] = {date[5], date[6]};
	char year[5] = {date[0], date[1], date[2], date[3]};
	html_fill(html, TEXT_DATE_DAY,
		(const struct text_value[]){{.name = "day", .text = day},
			{.name = "month", .text = month}, {.name = "year", .text = year}, {0}});
}

static void write_title(const struct html_writer *html, const struct minutes *minutes)
{
	html_markup(html, "<p class=\"date\">");
	write_date(html, minutes->date);
	html_markup(html, "</p>\n");
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
