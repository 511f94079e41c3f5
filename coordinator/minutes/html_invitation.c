/* Sentences, then the table of what sites owe. */
#include "coordinator/minutes/html_invitation.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/minutes/html_duties.h"
#include "coordinator/minutes/html_foot.h"
#include "coordinator/minutes/html_letterhead.h"

enum { WEEK = 7, EPOCH_WEEKDAY = 4 /* 1 January 1970 was a Thursday */ };

/* ---- whom ---- */

/* The main venue's people are invited there, those of a site to it. */
static bool is_meant(const struct html_paper *paper, const struct invited_level *level)
{
	if (!paper->site || !level->has_at) {
		return true;
	}
	bool main = paper->site->kind == SITE_KIND_MAIN;
	return main == (level->at == PAPER_AUDIENCE_MAIN);
}

static void write_level(const struct html_writer *html, const struct html_paper *paper,
	const struct invited_level *level)
{
	if (level->has_at && !paper->site) {
		html_element(html, "p", "level", TEXT_PAPER_LEVEL_AT,
			(const struct text_value[]){{.name = "level", .text = level->level},
				{.name = "where",
					.text = label_of_paper_audience(level->at, html->language)},
				{0}});
	} else {
		html_markup(html, "<p class=\"level\">");
		html_text(html, level->level);
		html_markup(html, "</p>\n");
	}
	for (size_t i = 0; i < level->n_who; i++) {
		html_markup(html, "<p class=\"dash\">- ");
		html_text(html, level->who[i]);
		html_markup(html, i + 1 < level->n_who ? ";</p>\n" : ".</p>\n");
	}
}

static void write_invited(const struct html_writer *html, const struct html_paper *paper)
{
	bool has_any = false;
	if (paper->site && paper->site->kind == SITE_KIND_REMOTE) {
		html_element(html, "p", "addressed", TEXT_PAPER_ADDRESSED,
			(const struct text_value[]){
				{.name = "site", .text = paper->site->name}, {0}});
	}
	html_element(html, "p", "text", TEXT_PAPER_INVITES,
		(const struct text_value[]){{.name = "host", .text = paper->minutes->host}, {0}});
	for (size_t i = 0; i < paper->words->n_invited; i++) {
		if (is_meant(paper, &paper->words->invited[i])) {
			write_level(html, paper, &paper->words->invited[i]);
			has_any = true;
		}
	}
	if (!has_any) {
		html_element(html, "p", "dash", TEXT_PAPER_DOTTED, NULL);
	}
}

/* ---- when and where ---- */

static const char *weekday(const struct html_writer *html, const char *date)
{
	static const enum text_id days[WEEK] = {TEXT_PAPER_WEEKDAY_0, TEXT_PAPER_WEEKDAY_1,
		TEXT_PAPER_WEEKDAY_2, TEXT_PAPER_WEEKDAY_3, TEXT_PAPER_WEEKDAY_4,
		TEXT_PAPER_WEEKDAY_5, TEXT_PAPER_WEEKDAY_6};
	int64_t day;
	return mtg_parse_date(date, &day)
		       ? text_of(days[(day % WEEK + EPOCH_WEEKDAY + WEEK) % WEEK], html->language)
		       : "";
}

/* The first item for which everybody is there. */
static const struct minutes_item *first_with_clock(const struct minutes *minutes)
{
	for (size_t i = 0; i < minutes->n_items; i++) {
		const struct minutes_item *item = &minutes->items[i];
		if (item->has_planned_start && item->kind != ITEM_KIND_RECEPTION &&
			item->state != ITEM_STATE_REMOVED) {
			return item;
		}
	}
	return NULL;
}

static void write_time(const struct html_writer *html, const struct html_paper *paper)
{
	const struct minutes *minutes = paper->minutes;
	const struct minutes_item *first = first_with_clock(minutes);
	struct html_value day = html_date_words(html, minutes->date);
	struct html_value clock = html_clock_words(html, first ? first->planned_start : 0);
	const char *time = first ? clock.text : paper->words->time;
	html_element(html, "p", "text", time[0] ? TEXT_PAPER_TIME_ON : TEXT_PAPER_TIME_OF_DAY,
		(const struct text_value[]){{.name = "time", .text = time},
			{.name = "weekday", .text = weekday(html, minutes->date)},
			{.name = "day", .text = day.text}, {0}});
}

static void write_place(const struct html_writer *html, const struct html_paper *paper)
{
	const struct minutes_site *site = paper->site;
	int64_t remote = (int64_t)html_paper_count_remote(paper);
	bool of_site = site && site->kind == SITE_KIND_REMOTE;
	enum text_id text = of_site && site->has_venue ? TEXT_PAPER_PLACE_OF_SITE
			    : of_site                  ? TEXT_PAPER_PLACE_TO_ARRANGE
			    : remote > 0               ? TEXT_PAPER_PLACE_OF_CENTRE
						       : TEXT_PAPER_PLACE_ALONE;
	html_element(html, "p", "text", text,
		(const struct text_value[]){{.name = "place", .text = paper->minutes->place},
			{.name = "sites", .number = remote},
			{.name = "site", .text = site ? site->name : ""},
			{.name = "venue", .text = site ? site->venue : ""}, {0}});
}

void html_invitation_write_time_and_place(
	const struct html_writer *html, const struct html_paper *paper)
{
	write_time(html, paper);
	write_place(html, paper);
}

static int write_meeting(const struct html_writer *html, const struct html_paper *paper)
{
	html_element(html, "p", "text", TEXT_PAPER_ATTEND,
		(const struct text_value[]){{.name = "name", .text = paper->minutes->name}, {0}});
	html_element(html, "p", "text", TEXT_PAPER_CONTENT, NULL);
	html_invitation_write_time_and_place(html, paper);
	int r = html_paper_write_chairs(html, paper->minutes, "text");
	if (paper->site && paper->site->has_chair) {
		html_element(html, "p", "text", TEXT_PAPER_CHAIR_OF_SITE,
			(const struct text_value[]){
				{.name = "chair", .text = paper->site->chair}, {0}});
	}
	return r;
}

/* ---- the sites ---- */

static int write_region(
	const struct html_writer *html, const struct html_paper *paper, const char *region)
{
	struct html_names names;
	int r = html_names_begin(&names);
	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < paper->minutes->n_sites; i++) {
		const struct minutes_site *site = &paper->minutes->sites[i];
		if (site->kind == SITE_KIND_REMOTE && strcmp(site->region, region) == 0) {
			html_names_add(&names, site->name);
		}
	}
	return html_names_write_of(&names, html, TEXT_PAPER_REGION_SITES,
		(struct html_named){"dash", "sites", "region", region});
}

/* Sites of a region follow each other. */
static int write_sites(const struct html_writer *html, const struct html_paper *paper)
{
	const char *region = "";
	int r = 0;
	if (paper->site || html_paper_count_remote(paper) == 0) {
		return 0;
	}
	html_element(html, "h2", "", TEXT_PAPER_SITES, NULL);
	for (size_t i = 0; i < paper->minutes->n_sites && r == 0; i++) {
		const struct minutes_site *site = &paper->minutes->sites[i];
		if (site->kind == SITE_KIND_REMOTE && strcmp(site->region, region) != 0) {
			region = site->region;
			r = write_region(html, paper, region);
		}
	}
	return r;
}

/* ---- what to bring ---- */

static void write_bring(const struct html_writer *html, const struct paper_words *words)
{
	if (words->n_bring == 0) {
		return;
	}
	html_element(html, "h2", "", TEXT_PAPER_BRING, NULL);
	for (size_t i = 0; i < words->n_bring; i++) {
		html_markup(html, "<p class=\"dash\">- ");
		html_text(html, words->bring[i]);
		html_markup(html, i + 1 < words->n_bring ? ";</p>\n" : ".</p>\n");
	}
}

int html_invitation_write(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_heading heading = {TEXT_PAPER_TITLE_INVITATION,
		TEXT_PAPER_TYPE_INVITATION, TEXT_PAPER_HEADING_INVITATION,
		TEXT_PAPER_SUBJECT_ATTEND, false};
	html_letterhead_write(html, paper->minutes, &heading);
	write_invited(html, paper);
	int r = write_meeting(html, paper);
	r = r == 0 ? write_sites(html, paper) : r;
	html_duties_write(html, paper);
	write_bring(html, paper->words);
	html_element(html, "p", "text", TEXT_PAPER_INVITATION_END, NULL);
	html_foot_write(html, paper);
	return r;
}
