/* Seven sections and two signatures. */
#include "coordinator/minutes/html_technical.h"

#include "coordinator/minutes/html_incidents.h"
#include "coordinator/minutes/html_letterhead.h"
#include "coordinator/minutes/html_opening.h"
#include "coordinator/minutes/html_tested.h"
#include "coordinator/minutes/html_uptime.h"

/* ---- on duty ---- */

static bool has_post(const struct minutes_site *site)
{
	for (size_t i = 0; i < site->n_spells; i++) {
		if (site->spells[i].kind == MINUTES_SPELL_KIND_POST) {
			return true;
		}
	}
	return false;
}

static void write_post(const struct html_writer *html, const struct minutes_site *site,
	const struct minutes_spell *spell)
{
	html_markup(html, "<tr>");
	html_cell(html, "", site->name);
	html_cell(html, "t", html_time(html, spell->from.wall).text);
	html_markup(html, "<td class=\"t\">");
	if (spell->has_to) {
		html_text(html, html_time(html, spell->to.wall).text);
	} else {
		html_say(html, TEXT_PAPER_LASTING);
	}
	html_markup(html, "</td><td>");
	if (spell->has_by) {
		html_who(html, &spell->by);
	}
	html_markup(html, "</td></tr>\n");
}

static void write_posts_of(const struct html_writer *html, const struct minutes_site *site)
{
	for (size_t i = 0; i < site->n_spells; i++) {
		if (site->spells[i].kind == MINUTES_SPELL_KIND_POST) {
			write_post(html, site, &site->spells[i]);
		}
	}
}

static int write_unmanned(const struct html_writer *html, const struct html_paper *paper)
{
	struct html_names names;
	int r = html_names_begin(&names);
	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < paper->minutes->n_sites; i++) {
		const struct minutes_site *site = &paper->minutes->sites[i];
		if (html_paper_has_site(paper, site->site) && !has_post(site)) {
			html_names_add(&names, site->name);
		}
	}
	return html_names_write(&names, html, TEXT_PAPER_NOBODY_AT_POST, "sites");
}

static void write_posts(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_SITE},
		{"t", TEXT_PAPER_ON_DUTY_FROM},
		{"t", TEXT_PAPER_ON_DUTY_TO},
		{"", TEXT_PAPER_NOTED_BY},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < paper->minutes->n_sites; i++) {
		if (html_paper_has_site(paper, paper->minutes->sites[i].site)) {
			write_posts_of(html, &paper->minutes->sites[i]);
		}
	}
	html_markup(html, "</tbody></table>\n");
}

static bool is_anybody_at_post(const struct html_paper *paper)
{
	for (size_t i = 0; i < paper->minutes->n_sites; i++) {
		const struct minutes_site *site = &paper->minutes->sites[i];
		if (html_paper_has_site(paper, site->site) && has_post(site)) {
			return true;
		}
	}
	return false;
}

static int write_duty(const struct html_writer *html, const struct html_paper *paper)
{
	const struct preparation *preparation = &paper->minutes->preparation;
	html_element(html, "h2", "", TEXT_PAPER_DUTY_POST, NULL);
	if (preparation->has_post_due) {
		struct html_value time = html_clock_words(html, preparation->post_due);
		html_element(html, "p", "", TEXT_PAPER_DUTY_DUE,
			(const struct text_value[]){{.name = "time", .text = time.text}, {0}});
	}
	if (is_anybody_at_post(paper)) {
		write_posts(html, paper);
	}
	return write_unmanned(html, paper);
}

/* ---- signatures ---- */

static void write_place_to_sign(const struct html_writer *html, enum text_id who)
{
	html_markup(html, "<div><p><strong>");
	html_say(html, who);
	html_markup(html, "</strong></p><p class=\"room\"></p></div>\n");
}

static void write_signatures(const struct html_writer *html, const struct html_paper *paper)
{
	bool of_site = paper->site && paper->site->kind == SITE_KIND_REMOTE;
	html_markup(html, "<div class=\"signatures\">\n");
	write_place_to_sign(
		html, of_site ? TEXT_PAPER_SITE_TECHNICIAN : TEXT_PAPER_CENTRE_TECHNICIAN);
	write_place_to_sign(html, of_site ? TEXT_PAPER_SITE_HEAD : TEXT_PAPER_CENTRE_HEAD);
	html_markup(html, "</div>\n");
}

static void write_remarks(const struct html_writer *html)
{
	html_element(html, "h2", "", TEXT_PAPER_REMARKS, NULL);
	html_element(html, "p", "", TEXT_PAPER_DOTTED, NULL);
	html_element(html, "p", "", TEXT_PAPER_DOTTED, NULL);
}

static void write_whose(const struct html_writer *html, const struct html_paper *paper)
{
	if (paper->site) {
		html_element(html, "p", "", TEXT_PAPER_OF_SITE,
			(const struct text_value[]){
				{.name = "site", .text = paper->site->name}, {0}});
	}
}

int html_technical_write(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_heading heading = {TEXT_PAPER_TITLE_TECHNICAL,
		TEXT_PAPER_TYPE_MINUTES, TEXT_PAPER_HEADING_TECHNICAL, TEXT_PAPER_SUBJECT_SAME,
		false};
	html_letterhead_write(html, paper->minutes, &heading);
	write_whose(html, paper);
	html_opening_write_time(html, paper->minutes);
	if (paper->minutes->abridged) {
		html_element(html, "p", "note", TEXT_MINUTES_FULL_ONLY, NULL);
		return 0;
	}
	int r = write_duty(html, paper);
	html_tested_write(html, paper);
	html_element(html, "h2", "", TEXT_PAPER_UPTIME, NULL);
	html_uptime_write(html, paper);
	r = r == 0 ? html_incidents_write(html, paper) : r;
	write_remarks(html);
	write_signatures(html, paper);
	return r;
}
