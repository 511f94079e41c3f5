/*
 * Damping: how often the reported state of one site may change in the journal. Pure.
 *
 * A site may change its report each time, reconnect again and again, or start and stop sending. The
 * first few changes are recorded at once, further ones only as often as bounds.h allows; the last
 * state is always recorded in the end, since reports repeat it. A sign of a site whose signs flap
 * stays set for SIGN_CALM_SPAN after it was last seen.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_FLAP_DAMPING_H
#define DIEMCAU_COORDINATOR_TELEMETRY_FLAP_DAMPING_H

#include <stdbool.h>

#include "coordinator/meeting/pace.h"
#include "domain_msg.h"

struct flap_damping_signs {
	struct pace recorded; /* changes in the record */
	/* changes in the reports: while there are many, the site is unsteady */
	struct pace reported;
};

/* Of one site; begin with all bytes zero. */
struct flap_damping {
	struct flap_damping_signs signs;
	/* by the relay, separate: a site cannot hide them by its own */
	struct flap_damping_signs found;
	bool reported[SIGN_END]; /* in the last report */
	struct pace media;
	struct pace link;
	struct pace film;
	struct pace reports;
	struct pace thumbnails;
	struct instant seen[SIGN_END]; /* when each sign was last reported */
};

/* A sign as reported; `committed` is its recorded state. Whether to record the change now. */
bool flap_damping_sign(struct flap_damping *flap_damping, enum sign sign, bool present,
	bool recorded, struct instant now);

/* Whether to record this change of media now. Silence of the site on air is never delayed. */
bool flap_damping_media(struct flap_damping *flap_damping, bool urgent, struct instant now);

/* Whether to record this change of its link or spare now. */
bool flap_damping_link(struct flap_damping *flap_damping, struct instant now);

/* Whether to record this change of a film now. */
bool flap_damping_film(struct flap_damping *flap_damping, struct instant now);

/* Whether to read this report, to pass on this thumbnail. */
bool flap_damping_report(struct flap_damping *flap_damping, struct instant now);
bool flap_damping_thumbnail(struct flap_damping *flap_damping, struct instant now);

#endif
