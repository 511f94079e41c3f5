/* The first two sections: time and place, those present. */
#include "coordinator/minutes/html_opening.h"

#include "coordinator/minutes/html_paper.h"

static void write_moment(
	const struct html_writer *html, enum text_id id, const struct minutes_moment *moment)
{
	struct html_value time = html_time_words(html, moment->wall);
	struct html_value day = html_day_words(html, moment->wall);
	html_element(html, "p", "", id,
		(const struct text_value[]){{.name = "time", .text = time.text},
			{.name = "day", .text = day.text}, {0}});
}

static void write_reopening(
	const struct html_writer *html, const struct minutes_reopening *reopening)
{
	struct html_value closed = html_time_words(html, reopening->closed.wall);
	struct html_value before = html_day_words(html, reopening->closed.wall);
	struct html_value time = html_time_words(html, reopening->reopened.wall);
	struct html_value day = html_day_words(html, reopening->reopened.wall);
	html_element(html, "p", "",
		reopening->has_adjourned ? TEXT_MINUTES_RESUMED : TEXT_MINUTES_REOPENED,
		(const struct text_value[]){{.name = "closed", .text = closed.text},
			{.name = "before", .text = before.text},
			{.name = "time", .text = time.text}, {.name = "day", .text = day.text},
			{0}});
}

/* Minutes between two times of day without seconds, so that their difference comes out. */
static int64_t minutes_between(const struct minutes_moment *from, const struct minutes_moment *to)
{
	int64_t passed = span_between(from->at, to->at).ms;
	return (from->wall.ms + passed) / 60000 - from->wall.ms / 60000;
}

static const struct minutes_moment *end_of(const struct minutes *minutes)
{
	const struct minutes_moment *under_way =
		minutes->has_adjourned ? &minutes->adjourned : &minutes->until;
	return minutes->has_closed ? &minutes->closed : under_way;
}

static int64_t minutes_live(const struct minutes *minutes)
{
	const struct minutes_moment *from = &minutes->opened;
	int64_t sum = 0;
	for (size_t i = 0; i < minutes->n_reopenings; i++) {
		sum += minutes_between(from, &minutes->reopenings[i].closed);
		from = &minutes->reopenings[i].reopened;
	}
	return sum + minutes_between(from, end_of(minutes));
}

static void write_course(const struct html_writer *html, const struct minutes *minutes)
{
	write_moment(html, TEXT_MINUTES_OPENED, &minutes->opened);
	for (size_t i = 0; i < minutes->n_reopenings; i++) {
		write_reopening(html, &minutes->reopenings[i]);
	}
	if (minutes->has_closed) {
		write_moment(html, TEXT_MINUTES_CLOSED, &minutes->closed);
	} else if (minutes->has_adjourned) {
		write_moment(html, TEXT_MINUTES_ADJOURNED, &minutes->adjourned);
	} else {
		write_moment(html, TEXT_MINUTES_NOT_CLOSED, &minutes->until);
	}
	struct html_value length = html_minutes_words(html, minutes_live(minutes));
	html_element(html, "p", "", TEXT_MINUTES_LENGTH,
		(const struct text_value[]){{.name = "length", .text = length.text}, {0}});
}

void html_opening_write_time(const struct html_writer *html, const struct minutes *minutes)
{
	html_element(html, "h2", "", TEXT_MINUTES_TIME_AND_PLACE, NULL);
	if (minutes->has_opened) {
		write_course(html, minutes);
	} else {
		html_element(html, "p", "note", TEXT_MINUTES_NOT_OPENED, NULL);
	}
	html_element(html, "p", "", TEXT_MINUTES_PLACE,
		(const struct text_value[]){{.name = "place", .text = minutes->place}, {0}});
	if (minutes->speed > 1) {
		html_element(html, "p", "note", TEXT_MINUTES_SPEED,
			(const struct text_value[]){
				{.name = "speed", .number = minutes->speed}, {0}});
	}
}

static size_t count_step(const struct minutes *minutes, enum readiness_step step)
{
	size_t n = 0;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		for (size_t j = 0; j < minutes->sites[i].n_steps; j++) {
			n += minutes->sites[i].steps[j].step == step;
		}
	}
	return n;
}

static size_t count_attended(const struct minutes *minutes)
{
	size_t n = 0;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		n += minutes->sites[i].attended;
	}
	return n;
}

/* The names of the sites that were there, or of those that were not. */
static int write_sites(const struct html_writer *html, const struct minutes *minutes,
	enum text_id id, bool attended)
{
	struct html_names names;
	int r = html_names_begin(&names);
	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < minutes->n_sites; i++) {
		if (minutes->sites[i].attended == attended) {
			html_names_add(&names, minutes->sites[i].name);
		}
	}
	return html_names_write(&names, html, id, "sites");
}

static int write_present(const struct html_writer *html, const struct minutes *minutes)
{
	size_t roll_called = count_step(minutes, READINESS_STEP_ROLL_CALLED);
	size_t seated = count_step(minutes, READINESS_STEP_SEATED);
	html_element(html, "h2", "", TEXT_MINUTES_PRESENT, NULL);
	int r = html_paper_write_chairs(html, minutes, "");
	if (minutes->has_document && minutes->document.has_secretary) {
		html_element(html, "p", "", TEXT_MINUTES_KEPT_BY,
			(const struct text_value[]){
				{.name = "name", .text = minutes->document.secretary}, {0}});
	}
	html_element(html, "p", "", TEXT_MINUTES_ATTENDANCE,
		(const struct text_value[]){
			{.name = "attended", .number = (int64_t)count_attended(minutes)},
			{.name = "sites", .number = (int64_t)minutes->n_sites},
			{.name = "roll_called", .number = (int64_t)roll_called},
			{.name = "seated", .number = (int64_t)seated},
			{0},
		});
	if (r == 0) {
		r = write_sites(html, minutes, TEXT_MINUTES_ATTENDING, true);
	}
	return r == 0 ? write_sites(html, minutes, TEXT_MINUTES_ABSENT, false) : r;
}

int html_opening_write(const struct html_writer *html, const struct minutes *minutes)
{
	html_opening_write_time(html, minutes);
	return write_present(html, minutes);
}
