/* The causes of alarms, one function each. To add a kind, name it in mtg_alarm_verdict. */
#include "coordinator/meeting/alarm_rules.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"

void mtg_alarm_context(const struct meeting *meeting, struct alarm_context *ret)
{
	int cued = meeting->core.floor.cued;

	ret->meeting = meeting;
	ret->gathered = is_under_way(meeting);
	ret->on_air = mtg_site_on_air(meeting);
	ret->cued = cued == MTG_NONE ? MTG_NONE : meeting->turns[cued].site;
	mtg_program(meeting, &ret->program);
}

bool mtg_is_quiet(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];
	bool sign = false;

	for (int i = 1; i < SIGN_END; i++) {
		sign = sign || site->signs[i];
	}
	return site->alarms == 0 && !sign && !site->spare && site->link != LINK_STATE_LOST &&
	       site->media != MEDIA_STATE_SILENT && site->media != MEDIA_STATE_DEGRADED &&
	       index != alarm_context->on_air && index != alarm_context->cued;
}

static struct alarm_verdict wanted_after(struct instant since, int64_t grace_ms)
{
	return (struct alarm_verdict){true, instant_after(since, (struct span){grace_ms})};
}

static struct alarm_verdict unwanted_after(struct instant since, int64_t calm_ms)
{
	return (struct alarm_verdict){false, instant_after(since, (struct span){calm_ms})};
}

static struct alarm_verdict unwanted_now(void)
{
	return (struct alarm_verdict){false, {0}};
}

static struct instant later(struct instant a, struct instant b)
{
	return a.ms > b.ms ? a : b;
}

static bool is_main(const struct alarm_context *alarm_context, int site)
{
	return site == alarm_context->meeting->core.main_venue;
}

/* A barred site is out by our own hand. */
static struct alarm_verdict judge_site_lost(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (is_main(alarm_context, index) || site->barred || site->link != LINK_STATE_LOST) {
		return unwanted_now();
	}
	return wanted_after(site->link_since, LOST_GRACE_SPAN_MS);
}

static struct alarm_verdict judge_main_venue_lost(
	const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (!is_main(alarm_context, index)) {
		return unwanted_now();
	}
	if (site->media == MEDIA_STATE_SILENT) {
		return wanted_after(site->media_since, 0);
	}
	if (site->link == LINK_STATE_LOST) {
		return wanted_after(site->link_since, LOST_GRACE_SPAN_MS);
	}
	return unwanted_after(site->media_since, CALM_SPAN_MS);
}

static bool has_silenced_turn(const struct meeting *meeting, int site)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (turn->site == site && turn->state == TURN_STATE_INTERRUPTED &&
			turn->cause == INTERRUPT_CAUSE_MEDIA_SILENT) {
			return true;
		}
	}
	return false;
}

/* At once where it is missed on screen; for a waiting site after a grace, while its link holds. */
static struct alarm_verdict judge_media_silent(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (is_main(alarm_context, index) || site->barred) {
		return unwanted_now();
	}
	if (site->media != MEDIA_STATE_SILENT) {
		return unwanted_after(site->media_since, CALM_SPAN_MS);
	}
	bool missed = index == alarm_context->on_air || index == alarm_context->cued ||
		      mtg_in_scene(&alarm_context->program, index) ||
		      has_silenced_turn(alarm_context->meeting, index);
	if (missed) {
		return wanted_after(site->media_since, 0);
	}
	if (site->link != LINK_STATE_ONLINE) {
		return unwanted_now();
	}
	return wanted_after(later(site->media_since, site->link_since), LOST_GRACE_SPAN_MS);
}

static struct alarm_verdict judge_media_degraded(
	const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (site->barred) {
		return unwanted_now();
	}
	return site->media == MEDIA_STATE_DEGRADED
		       ? wanted_after(site->media_since, LOST_GRACE_SPAN_MS)
		       : unwanted_after(site->media_since, CALM_SPAN_MS);
}

static struct instant on_air_since(const struct meeting *meeting)
{
	return meeting->turns[meeting->core.floor.on_air].since;
}

/* The microphone of whoever has the floor is off, or on and dead. */
static struct alarm_verdict judge_unheard(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (index != alarm_context->on_air) {
		return unwanted_now();
	}
	struct instant since;
	if (site->muted) {
		since = site->muted_since;
	} else if (site->locked) {
		since = site->locked_since;
	} else if (site->signs[SIGN_VOICE_SILENT]) {
		since = site->signs_since[SIGN_VOICE_SILENT];
	} else {
		return unwanted_now();
	}
	return wanted_after(later(since, on_air_since(alarm_context->meeting)), UNHEARD_SPAN_MS);
}

static struct alarm_verdict judge_unseen(const struct alarm_context *alarm_context, int index)
{
	static const enum sign unseen[] = {
		SIGN_PICTURE_BLACK, SIGN_PICTURE_FROZEN, SIGN_SOURCE_MISSING};
	const struct site *site = &alarm_context->meeting->sites[index];

	for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++) {
		if (index == alarm_context->on_air && site->signs[unseen[i]]) {
			return wanted_after(later(site->signs_since[unseen[i]],
						    on_air_since(alarm_context->meeting)),
				UNHEARD_SPAN_MS);
		}
	}
	return unwanted_now();
}

static struct alarm_verdict judge_sign(
	const struct alarm_context *alarm_context, int index, enum sign sign)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (site->barred && sign != SIGN_MEDIA_AUTH_FAILURES) {
		return unwanted_now();
	}
	return site->signs[sign] ? wanted_after(site->signs_since[sign], 0)
				 : unwanted_after(site->signs_since[sign], CALM_SPAN_MS);
}

/* Talking into a shut microphone, or an open one off the floor: only where one is not heard. */
static struct alarm_verdict judge_stray(
	const struct alarm_context *alarm_context, int index, enum sign sign)
{
	if (mtg_heard(alarm_context->meeting, index)) {
		return unwanted_now();
	}
	return judge_sign(alarm_context, index, sign);
}

static struct alarm_verdict judge_unacknowledged(
	const struct alarm_context *alarm_context, int index)
{
	const struct meeting *meeting = alarm_context->meeting;

	if (index != alarm_context->cued) {
		return unwanted_now();
	}
	const struct turn *turn = &meeting->turns[meeting->core.floor.cued];
	return turn->acknowledged ? unwanted_now() : wanted_after(turn->cued, ACKNOWLEDGE_SPAN_MS);
}

static struct alarm_verdict judge_spare(const struct alarm_context *alarm_context, int index)
{
	return alarm_context->meeting->sites[index].spare ? (struct alarm_verdict){true, {0}}
							  : unwanted_now();
}

static struct alarm_verdict judge_relay(const struct alarm_context *alarm_context)
{
	const struct relay *relay = &alarm_context->meeting->core.relay;

	return relay->link == LINK_STATE_LOST ? wanted_after(relay->lost_due, 0) : unwanted_now();
}

static bool owes_documents(const struct site *site)
{
	return site->documents_due[0] && !site->barred &&
	       !site->steps[READINESS_STEP_DOCUMENTS_IN].done;
}

/*
 * The end of a day by the clock on the wall, as it stood when the meeting assembled: stepped later,
 * it moves nothing.
 */
static struct instant end_of_day(const struct about *about, int64_t day)
{
	int64_t wall = (day + 1) * DAY_MS - (int64_t)about->utc_offset * 60000;

	return (struct instant){about->assembled.ms + wall - about->assembled_wall.ms};
}

/* One for all sites: hundreds may owe something, and what is urgent has to be seen beside it. */
static struct alarm_verdict judge_documents(const struct alarm_context *alarm_context)
{
	const struct meeting *meeting = alarm_context->meeting;
	const char *first = NULL;

	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (owes_documents(site) && (!first || strcmp(site->documents_due, first) < 0)) {
			first = site->documents_due;
		}
	}
	int64_t day;
	if (!first || !mtg_parse_date(first, &day)) {
		return unwanted_now();
	}
	return wanted_after(end_of_day(&meeting->core.about, day), 0);
}

struct alarm_verdict mtg_alarm_verdict(
	const struct alarm_context *alarm_context, enum alarm_kind kind, int site)
{
	if (!alarm_context->gathered) {
		return unwanted_now();
	}
	switch (kind) {
	case ALARM_KIND_SITE_LOST:
		return judge_site_lost(alarm_context, site);
	case ALARM_KIND_MAIN_VENUE_LOST:
		return judge_main_venue_lost(alarm_context, site);
	case ALARM_KIND_MEDIA_SILENT:
		return judge_media_silent(alarm_context, site);
	case ALARM_KIND_MEDIA_DEGRADED:
		return judge_media_degraded(alarm_context, site);
	case ALARM_KIND_ON_AIR_UNHEARD:
		return judge_unheard(alarm_context, site);
	case ALARM_KIND_ON_AIR_UNSEEN:
		return judge_unseen(alarm_context, site);
	case ALARM_KIND_PICTURE_BLACK:
		return judge_sign(alarm_context, site, SIGN_PICTURE_BLACK);
	case ALARM_KIND_PICTURE_FROZEN:
		return judge_sign(alarm_context, site, SIGN_PICTURE_FROZEN);
	case ALARM_KIND_SOURCE_MISSING:
		return judge_sign(alarm_context, site, SIGN_SOURCE_MISSING);
	case ALARM_KIND_TALKING_WHILE_LOCKED:
		return judge_stray(alarm_context, site, SIGN_TALKING_WHILE_LOCKED);
	case ALARM_KIND_OPEN_MICROPHONE:
		return judge_stray(alarm_context, site, SIGN_OPEN_MICROPHONE);
	case ALARM_KIND_UNACKNOWLEDGED_NEXT:
		return judge_unacknowledged(alarm_context, site);
	case ALARM_KIND_MEDIA_AUTH_FAILURES:
		return judge_sign(alarm_context, site, SIGN_MEDIA_AUTH_FAILURES);
	case ALARM_KIND_CLOCK_OFF:
		return judge_sign(alarm_context, site, SIGN_CLOCK_OFF);
	case ALARM_KIND_SPARE_WAITING:
		return judge_spare(alarm_context, site);
	case ALARM_KIND_RELAY_LOST:
		return judge_relay(alarm_context);
	case ALARM_KIND_DOCUMENT_LATE:
		return judge_documents(alarm_context);
	case ALARM_KIND_UNSET:
		return unwanted_now();
	}
	return unwanted_now();
}
