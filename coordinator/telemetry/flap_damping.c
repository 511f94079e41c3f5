#include "coordinator/telemetry/flap_damping.h"

#include "bounds.h"

static const struct pace_limit signs = {SIGN_CHANGE_SPAN_MS, SIGN_CHANGES_BURST};
static const struct pace_limit media = {MEDIA_CHANGE_SPAN_MS, MEDIA_CHANGES_BURST};
static const struct pace_limit links = {LINK_CHANGE_SPAN_MS, LINK_CHANGES_BURST};
static const struct pace_limit films = {FILM_CHANGE_SPAN_MS, FILM_CHANGES_BURST};
static const struct pace_limit reports = {REPORT_SPAN_MS, REPORTS_BURST};
static const struct pace_limit thumbnails = {THUMBNAIL_SPAN_MS, THUMBNAILS_BURST};

/* Reported by the relay, about packets from a site or in its name. */
static bool is_found(enum sign sign)
{
	return sign == SIGN_MEDIA_AUTH_FAILURES || sign == SIGN_RATE_EXCEEDED ||
	       sign == SIGN_CLOCK_REFUSED;
}

static void note_reported(struct flap_damping *flap_damping, struct flap_damping_signs *of,
	enum sign sign, bool present, struct instant now)
{
	if (present) {
		flap_damping->seen[sign] = now;
	}
	if (present != flap_damping->reported[sign]) {
		flap_damping->reported[sign] = present;
		pace_take(&of->reported, signs, now);
	}
}

bool flap_damping_sign(struct flap_damping *flap_damping, enum sign sign, bool present,
	bool recorded, struct instant now)
{
	struct flap_damping_signs *of =
		is_found(sign) ? &flap_damping->found : &flap_damping->signs;
	note_reported(flap_damping, of, sign, present, now);
	if (present == recorded) {
		return false;
	}
	bool unsteady = pace_used(&of->reported, signs, now) > SIGN_CHANGES_BURST / 2;
	bool lately = span_between(flap_damping->seen[sign], now).ms < SIGN_CALM_SPAN_MS;
	if (recorded && unsteady && lately) {
		return false;
	}
	return pace_take(&of->recorded, signs, now);
}

bool flap_damping_media(struct flap_damping *flap_damping, bool urgent, struct instant now)
{
	if (urgent) {
		pace_note(&flap_damping->media, media, now);
		return true;
	}
	return pace_take(&flap_damping->media, media, now);
}

bool flap_damping_link(struct flap_damping *flap_damping, struct instant now)
{
	return pace_take(&flap_damping->link, links, now);
}

bool flap_damping_film(struct flap_damping *flap_damping, struct instant now)
{
	return pace_take(&flap_damping->film, films, now);
}

bool flap_damping_report(struct flap_damping *flap_damping, struct instant now)
{
	return pace_take(&flap_damping->reports, reports, now);
}

bool flap_damping_thumbnail(struct flap_damping *flap_damping, struct instant now)
{
	return pace_take(&flap_damping->thumbnails, thumbnails, now);
}
