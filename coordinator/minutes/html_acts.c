/* One table for each item that has acts, under the title of the item. */
#include "coordinator/minutes/html_acts.h"

#include "proto/gen/words.h"

static void write_state(const struct html_writer *html, const struct minutes_act *act)
{
	if (act->state != ACT_STATE_DONE) {
		fprintf(html->out, " <span class=\"note\">(%s)</span>",
			label_of_act_state(act->state, html->language));
	}
}

static void write_name(const struct html_writer *html, const struct minutes_act *act)
{
	html_markup(html, "<td>");
	html_text(html, act->name);
	write_state(html, act);
	html_markup(html, "</td>");
}

static void write_time(const struct html_writer *html, const struct minutes_act *act)
{
	html_cell(html, "t", act->has_shown ? html_time(html, act->shown.wall).text : "");
}

static void write_award(const struct html_writer *html, const struct minutes_act *act, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	write_name(html, act);
	html_cell(html, "", act->office);
	html_cell(html, "", act->award);
	html_cell(html, "", act->giver);
	write_time(html, act);
	html_markup(html, "</tr>\n");
}

static void write_party(const struct html_writer *html, const struct minutes_act *act, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	write_name(html, act);
	html_cell(html, "", act->office);
	write_time(html, act);
	html_markup(html, "</tr>\n");
}

static int64_t count_done(const struct minutes_item *item, enum recipient recipient)
{
	int64_t n = 0;
	for (size_t i = 0; i < item->n_acts; i++) {
		const struct minutes_act *act = &item->acts[i];
		bool counts = recipient == RECIPIENT_UNSET || act->recipient == recipient;
		n += act->state == ACT_STATE_DONE && counts;
	}
	return n;
}

static void write_awards(const struct html_writer *html, const struct minutes_item *item)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"", TEXT_MINUTES_AWARDED},
		{"", TEXT_MINUTES_MEMBER_OFFICE},
		{"", TEXT_MINUTES_AWARD},
		{"", TEXT_MINUTES_GIVER},
		{"t", TEXT_MINUTES_AWARDED_AT},
	};
	int64_t collectives = count_done(item, RECIPIENT_COLLECTIVE);
	int64_t individuals = count_done(item, RECIPIENT_INDIVIDUAL);
	int64_t all = count_done(item, RECIPIENT_UNSET);
	enum text_id sum = collectives + individuals == all ? TEXT_MINUTES_AWARDS_BY_RECIPIENT
							    : TEXT_MINUTES_AWARDS;
	html_element(html, "p", "", sum,
		(const struct text_value[]){{.name = "collectives", .number = collectives},
			{.name = "individuals", .number = individuals},
			{.name = "n", .number = all}, {0}});
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < item->n_acts; i++) {
		write_award(html, &item->acts[i], i);
	}
}

static void write_parties(const struct html_writer *html, const struct minutes_item *item)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"", TEXT_MINUTES_PARTY_THAT_SIGNS},
		{"", TEXT_MINUTES_SIGNED_BY},
		{"t", TEXT_MINUTES_SIGNED_AT},
	};
	html_element(html, "p", "", TEXT_MINUTES_SIGNATURES_OF,
		(const struct text_value[]){
			{.name = "n", .number = count_done(item, RECIPIENT_UNSET)},
			{.name = "of", .number = (int64_t)item->n_acts}, {0}});
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < item->n_acts; i++) {
		write_party(html, &item->acts[i], i);
	}
}

static void write_ceremony(const struct html_writer *html, const struct minutes_item *item)
{
	html_markup(html, "<h3>");
	html_text(html, item->title);
	html_markup(html, "</h3>\n");
	if (item->kind == ITEM_KIND_SIGNING) {
		write_parties(html, item);
	} else {
		write_awards(html, item);
	}
	html_markup(html, "</tbody></table>\n");
}

void html_acts_write(const struct html_writer *html, const struct minutes *minutes)
{
	for (size_t i = 0; i < minutes->n_items; i++) {
		if (minutes->items[i].n_acts > 0) {
			write_ceremony(html, &minutes->items[i]);
		}
	}
}
