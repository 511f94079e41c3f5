#include "coordinator/plan/agenda_times.h"

#include "coordinator/meeting/calendar.h"
#include "coordinator/plan/time_of_day.h"

void agenda_line_init(struct agenda_line *line, const char *date)
{
	*line = (struct agenda_line){0};
	mtg_parse_date(date, &line->date);
}

static uint64_t midnight_before(uint64_t time)
{
	return time - time % DAY_MS;
}

/* A clock time on the day of `after`, or after the midnight that follows. */
static uint64_t on_line(uint64_t clock, uint64_t after)
{
	uint64_t time = midnight_before(after) + clock;
	bool past_midnight = time < after && time + DAY_MS - after <= AFTER_MIDNIGHT_MS &&
			     time + DAY_MS <= TIME_OF_DAY_MAX;
	return past_midnight ? time + DAY_MS : time;
}

/* The midnight that a row's day begins with; false where it names none of the meeting's days. */
static bool day_of(const struct agenda_line *line, const struct plan_item *item, uint64_t *ret)
{
	int64_t day;
	if (!mtg_parse_date(item->day, &day) || day < line->date ||
		day >= line->date + MEETING_DAYS_MAX) {
		return false;
	}
	*ret = (uint64_t)((day - line->date) * DAY_MS);
	return true;
}

static void place_start(
	const struct agenda_line *line, const struct plan_item *item, struct agenda_time *time)
{
	uint64_t clock = clock_ms(item->start);
	uint64_t midnight;
	bool has_day = item->day[0] && day_of(line, item, &midnight);
	time->day_out = item->day[0] && !has_day;
	time->start = has_day ? midnight + clock : on_line(clock, line->end);
	time->early = !time->day_out && time->start < line->end;
}

static void place_fixed_end(const struct plan_item *item, uint64_t start, struct agenda_time *time)
{
	time->fixed_end = on_line(clock_ms(item->fixed_end), start);
	time->ends_before = item->start[0] && time->fixed_end <= start;
}

void agenda_line_next(
	struct agenda_line *line, const struct plan_item *item, struct agenda_time *ret)
{
	*ret = (struct agenda_time){.start = line->end};
	if (item->start[0]) {
		place_start(line, item, ret);
	}
	uint64_t end = ret->start + (item->has_minutes ? item->minutes * 60000 : 0);
	if (item->fixed_end[0]) {
		place_fixed_end(item, ret->start, ret);
		end = ret->fixed_end > end ? ret->fixed_end : end;
	}
	line->end = end;
}

uint64_t agenda_end(const struct plan_meeting *meeting, const struct plan_agenda *agenda)
{
	struct agenda_line line;
	struct agenda_time time;
	agenda_line_init(&line, meeting->date);
	for (size_t i = 0; i < agenda->n_items; i++) {
		agenda_line_next(&line, &agenda->items[i], &time);
	}
	return line.end;
}

uint64_t agenda_hard_end(const struct plan_meeting *meeting, const struct plan_agenda *agenda)
{
	struct agenda_line line;
	uint64_t last = 0;
	agenda_line_init(&line, meeting->date);
	for (size_t i = 0; i < agenda->n_items; i++) {
		struct agenda_time time;
		agenda_line_next(&line, &agenda->items[i], &time);
		last = agenda->items[i].start[0] ? time.start : last;
	}
	return meeting->has_hard_end ? on_line(clock_ms(meeting->hard_end), last) : 0;
}
