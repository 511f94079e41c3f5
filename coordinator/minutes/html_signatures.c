/* What stands between the content and the annex. */
#include "coordinator/minutes/html_signatures.h"

#include "coordinator/minutes/html_foot.h"
#include "proto/gen/words.h"

static void write_end(const struct html_writer *html, const struct minutes *minutes)
{
	struct html_value time = html_time_words(html, minutes->closed.wall);
	struct html_value day = html_day_words(html, minutes->closed.wall);
	html_element(html, "p", "end", TEXT_MINUTES_END,
		(const struct text_value[]){{.name = "time", .text = time.text},
			{.name = "day", .text = day.text}, {0}});
}

/* Who signs, room to do so, and by which office. */
static void write_signature(const struct html_writer *html, enum text_id who, const char *office)
{
	html_markup(html, "<div><p><strong>");
	html_say(html, who);
	html_markup(html, "</strong></p><p class=\"room\"></p><p><strong>");
	html_text(html, office);
	html_markup(html, "</strong></p></div>\n");
}

static void write_signatures(const struct html_writer *html, const struct minutes *minutes)
{
	enum text_id chair = minutes->n_chairs > 1 ? TEXT_MINUTES_CO_CHAIR : TEXT_MINUTES_CHAIR;
	html_markup(html, "<div class=\"signatures\">\n");
	write_signature(html, TEXT_MINUTES_SECRETARY, minutes->document.secretary);
	for (size_t i = 0; i < minutes->n_chairs; i++) {
		write_signature(html, chair, minutes->chairs[i]);
	}
	if (minutes->n_chairs == 0) {
		write_signature(html, TEXT_MINUTES_CHAIR, "");
	}
	html_markup(html, "</div>\n");
}

void html_signatures_write(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->has_closed) {
		write_end(html, minutes);
	}
	write_signatures(html, minutes);
	html_foot_write_recipients(html, &minutes->document);
}
