/* The causes of alarms, one function each. To add a kind, name it in mtg_alarm_verdict. */
#include "coordinator/meeting/alarm_rules.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"

void mtg_alarm_context(const struct meeting *meeting, struct alarm_context *ret)
{
	int cued = meeting->core.floor.cued;

	ret->meeting = meeting;
	ret->in_session = is_under_way(meeting);
	ret->on_air = mtg_input_on_air(meeting);
	ret->cued = cued == MTG_NONE ? MTG_NONE : mtg_turn_input(&meeting->turns[cued]);
	mtg_program(meeting, &ret->program);
}

/* Posts are kept, and the technician of this site is not at his. */
static bool has_empty_post(const struct meeting *meeting, const struct site *site)
{
	return meeting->core.about.preparation.has_post_due && mtg_is_venue(site) &&
	       !site->posted && !site->barred && !site->removed;
}

bool mtg_is_quiet(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];
	bool sign = false;

	for (int i = 1; i < SIGN_END; i++) {
		sign = sign || site->signs[i];
	}
	return site->alarms == 0 && !sign && !has_empty_post(alarm_context->meeting, site) &&
	       !site->spare && site->link != LINK_STATE_LOST && site->media != MEDIA_STATE_SILENT &&
	       site->media != MEDIA_STATE_DEGRADED && index != alarm_context->on_air &&
	       index != alarm_context->cued;
}

static struct alarm_verdict open_after(struct instant since, int64_t grace_ms)
{
	return (struct alarm_verdict){true, instant_after(since, (struct span){grace_ms})};
}

static struct alarm_verdict closed_after(struct instant since, int64_t calm_ms)
{
	return (struct alarm_verdict){false, instant_after(since, (struct span){calm_ms})};
}

static struct alarm_verdict closed_now(void)
{
	return (struct alarm_verdict){false, {0}};
}

static struct instant later(struct instant a, struct instant b)
{
	return a.ms > b.ms ? a : b;
}

static bool is_player(const struct alarm_context *alarm_context, int site)
{
	return site == mtg_player(alarm_context->meeting);
}

static bool is_main(const struct alarm_context *alarm_context, int site)
{
	return site == alarm_context->meeting->core.main_venue;
}

/* An operator has barred the site: its absence is no fault. Of the player judge_player tells. */
static struct alarm_verdict judge_site_lost(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (is_main(alarm_context, index) || is_player(alarm_context, index) || site->barred ||
		site->link != LINK_STATE_LOST) {
		return closed_now();
	}
	return open_after(site->link_since, LOST_GRACE_SPAN_MS);
}

static struct alarm_verdict judge_main_venue_lost(
	const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (!is_main(alarm_context, index)) {
		return closed_now();
	}
	if (site->media == MEDIA_STATE_SILENT) {
		return open_after(site->media_since, 0);
	}
	if (site->link == LINK_STATE_LOST) {
		return open_after(site->link_since, LOST_GRACE_SPAN_MS);
	}
	return closed_after(site->media_since, CALM_SPAN_MS);
}

static bool has_silenced_turn(const struct meeting *meeting, int site)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (mtg_turn_input(turn) == site && turn->state == TURN_STATE_INTERRUPTED &&
			turn->cause == INTERRUPT_CAUSE_MEDIA_SILENT) {
			return true;
		}
	}
	return false;
}

/* At once where the picture is on screen or due; otherwise after a grace, while the link holds. */
static struct alarm_verdict judge_media_silent(const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (is_main(alarm_context, index) || is_player(alarm_context, index) || site->barred) {
		return closed_now();
	}
	if (site->media != MEDIA_STATE_SILENT) {
		return closed_after(site->media_since, CALM_SPAN_MS);
	}
	bool missed = index == alarm_context->on_air || index == alarm_context->cued ||
		      mtg_is_in_scene(&alarm_context->program, index) ||
		      has_silenced_turn(alarm_context->meeting, index);
	if (missed) {
		return open_after(site->media_since, 0);
	}
	if (site->link != LINK_STATE_ONLINE) {
		return closed_now();
	}
	return open_after(later(site->media_since, site->link_since), LOST_GRACE_SPAN_MS);
}

static struct alarm_verdict judge_media_degraded(
	const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (site->barred) {
		return closed_now();
	}
	return site->media == MEDIA_STATE_DEGRADED
		       ? open_after(site->media_since, LOST_GRACE_SPAN_MS)
		       : closed_after(site->media_since, CALM_SPAN_MS);
}

static struct instant on_air_since(const struct meeting *meeting)
{
	return meeting->turns[meeting->core.floor.on_air].since;
}

/* The microphone of the site on air is off, or on and silent. */
static struct alarm_verdict judge_on_air_unheard(
	const struct alarm_context *alarm_context, int index)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	if (index != alarm_context->on_air) {
		return closed_now();
	}
	struct instant since;
	if (site->muted) {
		since = site->muted_since;
	} else if (site->locked) {
		since = site->locked_since;
	} else if (site->signs[SIGN_VOICE_SILENT]) {
		since = site->signs_since[SIGN_VOICE_SILENT];
	} else {
		return closed_now();
	}
	return open_after(later(since, on_air_since(alarm_context->meeting)), UNHEARD_SPAN_MS);
}

static struct alarm_verdict judge_on_air_unseen(
	const struct alarm_context *alarm_context, int index)
{
	static const enum sign unseen[] = {
		SIGN_PICTURE_BLACK, SIGN_PICTURE_FROZEN, SIGN_SOURCE_MISSING};
	const struct site *site = &alarm_context->meeting->sites[index];
	bool is_to_be_seen = !mtg_telephone_is_on_air(alarm_context->meeting);

	for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++) {
		if (index == alarm_context->on_air && is_to_be_seen && site->signs[unseen[i]]) {
			return open_after(later(site->signs_since[unseen[i]],
						  on_air_since(alarm_context->meeting)),
				UNHEARD_SPAN_MS);
		}
	}
	return closed_now();
}

/* A film may be dark, still and silent. */
static struct alarm_verdict judge_sign(
	const struct alarm_context *alarm_context, int index, enum sign sign)
{
	const struct site *site = &alarm_context->meeting->sites[index];

	bool of_film = is_player(alarm_context, index) && sign != SIGN_CLOCK_OFF;
	if ((site->barred || of_film) && sign != SIGN_MEDIA_AUTH_FAILURES) {
		return closed_now();
	}
	return site->signs[sign] ? open_after(site->signs_since[sign], 0)
				 : closed_after(site->signs_since[sign], CALM_SPAN_MS);
}

/*
 * Talking into a locked microphone, or an open one off the floor; only while the site is not on the
 * program.
 */
static struct alarm_verdict judge_unheard_microphone(
	const struct alarm_context *alarm_context, int index, enum sign sign)
{
	if (mtg_is_heard(alarm_context->meeting, index)) {
		return closed_now();
	}
	return judge_sign(alarm_context, index, sign);
}

static struct alarm_verdict judge_unacknowledged(
	const struct alarm_context *alarm_context, int index)
{
	const struct meeting *meeting = alarm_context->meeting;

	if (index != alarm_context->cued) {
		return closed_now();
	}
	const struct turn *turn = &meeting->turns[meeting->core.floor.cued];
	return turn->acknowledged ? closed_now() : open_after(turn->cued, ACKNOWLEDGE_SPAN_MS);
}

static struct alarm_verdict judge_spare(const struct alarm_context *alarm_context, int index)
{
	return alarm_context->meeting->sites[index].spare ? (struct alarm_verdict){true, {0}}
							  : closed_now();
}

static struct alarm_verdict judge_relay(const struct alarm_context *alarm_context)
{
	const struct relay *relay = &alarm_context->meeting->core.relay;

	return relay->link == LINK_STATE_LOST ? open_after(relay->lost_due, 0) : closed_now();
}

/* A film is in hand, and nobody is there to play it; the player may come a little later. */
static struct alarm_verdict judge_player(const struct alarm_context *alarm_context)
{
	const struct meeting *meeting = alarm_context->meeting;
	int player = mtg_player(meeting);
	struct instant since = meeting->core.about.assembled;
	int64_t grace_ms = FILM_LATE_MS;

	if (mtg_film_in_hand(meeting) == MTG_NONE) {
		return closed_now();
	}
	if (player != MTG_NONE) {
		const struct site *site = &meeting->sites[player];

		if (site->link == LINK_STATE_ONLINE && site->media != MEDIA_STATE_SILENT) {
			return closed_now();
		}
		since = later(later(site->link_since, site->media_since), since);
	}
	if (mtg_film_is_wanted(meeting)) {
		since = later(since, meeting->core.film.since);
		grace_ms = LOST_GRACE_SPAN_MS;
	}
	return open_after(since, grace_ms);
}

static struct alarm_verdict judge_film_missing(const struct alarm_context *alarm_context)
{
	const struct film *film = mtg_film(alarm_context->meeting);

	return film->state == FILM_STATE_MISSING ? open_after(film->at, 0) : closed_now();
}

/* It cannot be played, or does not begin although the player is there. */
static struct alarm_verdict judge_film_stopped(const struct alarm_context *alarm_context)
{
	const struct meeting *meeting = alarm_context->meeting;
	const struct film *film = mtg_film(meeting);
	int player = mtg_player(meeting);
	bool waits = film->state == FILM_STATE_READY || film->state == FILM_STATE_UNSET;

	if (film->state == FILM_STATE_BROKEN) {
		return open_after(film->at, 0);
	}
	if (!mtg_film_is_wanted(meeting) || !waits || player == MTG_NONE ||
		meeting->sites[player].link != LINK_STATE_ONLINE) {
		return closed_now();
	}
	return open_after(later(film->since, meeting->sites[player].link_since), FILM_BEGIN_MS);
}

static bool has_missing_documents(const struct site *site)
{
	return site->documents_due[0] && !site->barred && !site->removed &&
	       !site->steps[READINESS_STEP_DOCUMENTS_IN].done;
}

/*
 * The end of a day by the wall clock as it stood when the meeting assembled: a later step of the
 * clock moves nothing.
 */
static struct instant end_of_day(const struct about *about, int64_t day)
{
	int64_t wall = (day + 1) * DAY_MS - (int64_t)about->utc_offset * 60000;

	return (struct instant){about->assembled.ms + wall - about->assembled_wall.ms};
}

bool mtg_documents_are_late(const struct meeting *meeting, int site, struct instant at)
{
	int64_t day;
	return has_missing_documents(&meeting->sites[site]) &&
	       mtg_parse_date(meeting->sites[site].documents_due, &day) &&
	       instant_reached(end_of_day(&meeting->core.about, day), at);
}

/* One alarm for all sites: documents of hundreds may be missing, and urgent alarms must stay
 * visible. */
static struct alarm_verdict judge_documents(const struct alarm_context *alarm_context)
{
	const struct meeting *meeting = alarm_context->meeting;
	const char *first = NULL;

	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (has_missing_documents(site) &&
			(!first || strcmp(site->documents_due, first) < 0)) {
			first = site->documents_due;
		}
	}
	int64_t day;
	if (!first || !mtg_parse_date(first, &day)) {
		return closed_now();
	}
	return open_after(end_of_day(&meeting->core.about, day), 0);
}

/* Nobody is called absent before he could press a key: that begins with assembling. */
static struct alarm_verdict judge_post(const struct alarm_context *alarm_context, int index)
{
	const struct meeting *meeting = alarm_context->meeting;
	const struct about *about = &meeting->core.about;
	const struct site *site = &meeting->sites[index];
	int64_t day;

	if (!has_empty_post(meeting, site) || !mtg_parse_date(about->date, &day)) {
		return closed_now();
	}
	struct instant due = end_of_day(about, day - 1);
	due.ms += about->preparation.post_due;
	struct instant earliest =
		instant_after(about->assembled, (struct span){POST_GRACE_SPAN_MS});
	return open_after(later(due, later(earliest, site->posted_since)), 0);
}

struct alarm_verdict mtg_alarm_verdict(
	const struct alarm_context *alarm_context, enum alarm_kind kind, int site)
{
	if (!alarm_context->in_session ||
		(site != MTG_NONE && alarm_context->meeting->sites[site].removed)) {
		return closed_now();
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
		return judge_on_air_unheard(alarm_context, site);
	case ALARM_KIND_ON_AIR_UNSEEN:
		return judge_on_air_unseen(alarm_context, site);
	case ALARM_KIND_PICTURE_BLACK:
		return judge_sign(alarm_context, site, SIGN_PICTURE_BLACK);
	case ALARM_KIND_PICTURE_FROZEN:
		return judge_sign(alarm_context, site, SIGN_PICTURE_FROZEN);
	case ALARM_KIND_SOURCE_MISSING:
		return judge_sign(alarm_context, site, SIGN_SOURCE_MISSING);
	case ALARM_KIND_TALKING_WHILE_LOCKED:
		return judge_unheard_microphone(alarm_context, site, SIGN_TALKING_WHILE_LOCKED);
	case ALARM_KIND_OPEN_MICROPHONE:
		return judge_unheard_microphone(alarm_context, site, SIGN_OPEN_MICROPHONE);
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
	case ALARM_KIND_POST_EMPTY:
		return judge_post(alarm_context, site);
	case ALARM_KIND_FILM_PLAYER_MISSING:
		return judge_player(alarm_context);
	case ALARM_KIND_FILM_MISSING:
		return judge_film_missing(alarm_context);
	case ALARM_KIND_FILM_STOPPED:
		return judge_film_stopped(alarm_context);
	case ALARM_KIND_UNSET:
		return closed_now();
	}
	return closed_now();
}
