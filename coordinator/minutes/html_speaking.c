#include "coordinator/minutes/html_speaking.h"

#include <inttypes.h>
#include <string.h>

enum { MINUTE_MS = 60000 };

/* A hand that nobody has approved, and what was withdrawn, are on no printed list. */
static bool is_listed(const struct minutes_speech *speech)
{
	bool asked = speech->origin == TURN_ORIGIN_REQUESTED && speech->state == TURN_STATE_WAITING;
	return speech->state != TURN_STATE_WITHDRAWN && !asked;
}

/* The turn at a place of the order; NULL: it is not listed. */
static const struct minutes_speech *at_place(const struct minutes *minutes, size_t place)
{
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		const struct minutes_speech *speech = &minutes->speeches[i];
		if (speech->place == place) {
			return is_listed(speech) ? speech : NULL;
		}
	}
	return NULL;
}

static bool has_list(const struct minutes_item *item, const char *list)
{
	for (size_t i = 0; i < item->n_lists; i++) {
		if (strcmp(item->lists[i], list) == 0) {
			return true;
		}
	}
	return false;
}

/* A list that is cut by a break is printed once, where it begins. */
static bool begins_in(const struct minutes *minutes, size_t item, const char *list)
{
	for (size_t i = 0; i < item; i++) {
		if (has_list(&minutes->items[i], list)) {
			return false;
		}
	}
	return has_list(&minutes->items[item], list);
}

static bool is_called(const struct minutes_item *item)
{
	return (item->kind == ITEM_KIND_PRESENTATIONS || item->kind == ITEM_KIND_DISCUSSION) &&
	       item->state != ITEM_STATE_REMOVED;
}

static void write_unit(const struct html_writer *html, const struct minutes_speech *speech)
{
	html_markup(html, "<td><strong>");
	html_text(html, speech->unit);
	html_markup(html, "</strong>");
	if (speech->has_speaker || speech->has_office) {
		html_markup(html, "<br/>");
		html_text(html, speech->speaker);
		html_markup(html, speech->has_speaker && speech->has_office ? ", " : "");
		html_text(html, speech->office);
	}
	html_markup(html, "<br/>");
	html_text(html, speech->site_name);
	html_markup(html, "</td>");
}

static void write_turn(
	const struct html_writer *html, const struct minutes_speech *speech, size_t number)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", number);
	write_unit(html, speech);
	html_cell(html, "", speech->topic);
	html_markup(html, "<td class=\"n\">");
	if (speech->allowance.ms > 0) {
		fprintf(html->out, "%" PRId64, speech->allowance.ms / MINUTE_MS);
	}
	html_markup(html, "</td></tr>\n");
}

static void write_head(const struct html_writer *html)
{
	static const struct html_column columns[] = {
		{"n", TEXT_PAPER_NUMBER},
		{"", TEXT_PAPER_UNIT},
		{"", TEXT_PAPER_TOPIC},
		{"n", TEXT_PAPER_MINUTES},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
}

static bool is_first_here(const struct minutes *minutes, size_t item, const char *list)
{
	return list[0] != '\0' && begins_in(minutes, item, list);
}

static size_t count_turns(const struct minutes *minutes, size_t item)
{
	size_t n = 0;
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		const struct minutes_speech *speech = &minutes->speeches[i];
		n += is_listed(speech) && is_first_here(minutes, item, speech->list_id);
	}
	return n;
}

/* `only`: of this site alone, with the numbers that the turns have in the list. */
static void write_turns(const struct html_writer *html, const struct minutes *minutes, size_t item,
	const struct minutes_site *only)
{
	size_t number = 0;
	for (size_t place = 0; place < minutes->n_speeches; place++) {
		const struct minutes_speech *speech = at_place(minutes, place);
		if (!speech || !is_first_here(minutes, item, speech->list_id)) {
			continue;
		}
		number++;
		if (!only || strcmp(only->site, speech->site) == 0) {
			write_turn(html, speech, number);
		}
	}
}

void html_speaking_write(const struct html_writer *html, const struct html_paper *paper)
{
	const struct minutes *minutes = paper->minutes;
	bool headed = false;
	for (size_t i = 0; i < minutes->n_items; i++) {
		if (!is_called(&minutes->items[i]) || count_turns(minutes, i) == 0) {
			continue;
		}
		if (!headed) {
			html_element(html, "h2", "", TEXT_PAPER_SPEAKING_LIST, NULL);
			headed = true;
		}
		html_markup(html, "<h3>");
		html_text(html, minutes->items[i].title);
		html_markup(html, "</h3>\n");
		write_head(html);
		write_turns(html, minutes, i, NULL);
		html_markup(html, "</tbody></table>\n");
	}
}

static bool speaks(const struct html_paper *paper)
{
	for (size_t i = 0; i < paper->minutes->n_speeches; i++) {
		const struct minutes_speech *speech = &paper->minutes->speeches[i];
		if (is_listed(speech) && strcmp(speech->site, paper->site->site) == 0) {
			return true;
		}
	}
	return false;
}

void html_speaking_write_of_site(const struct html_writer *html, const struct html_paper *paper)
{
	if (!speaks(paper)) {
		return;
	}
	html_element(html, "h2", "", TEXT_PAPER_TURNS_OF_SITE, NULL);
	write_head(html);
	for (size_t i = 0; i < paper->minutes->n_items; i++) {
		write_turns(html, paper->minutes, i, paper->site);
	}
	html_markup(html, "</tbody></table>\n");
}
