/*
 * How often what is found out about one site may change in the record. Pure.
 *
 * A site may say something else in each report, come and go without end, or send and stop. What it
 * is then is level: said at once while that happens a few times, later only as often as the limits
 * of bounds.h allow, and in the end always right, since whoever reports says it again and again. A
 * sign of a site whose signs come and go stands for SIGN_CALM_SPAN after it was last seen.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_FLAP_DAMPING_H
#define DIEMCAU_COORDINATOR_TELEMETRY_FLAP_DAMPING_H

#include <stdbool.h>

#include "coordinator/meeting/pace.h"
#include "domain_msg.h"

struct flap_damping_signs {
	struct pace told; /* changes in the record */
	struct pace said; /* changes in the reports: while there are many, the site is unsteady */
};

/* Of one site; begin with all bytes zero. */
struct flap_damping {
	struct flap_damping_signs signs;
	struct flap_damping_signs found; /* by the relay, apart: no site hides them by its own */
	bool said[SIGN_END]; /* in the last report */
	struct pace media;
	struct pace link;
	struct pace reports;
	struct pace thumbnails;
	struct instant seen[SIGN_END]; /* each sign, when it was last reported */
};

/* A sign as it is reported; `committed` is how it stands. Is its change told now? */
bool flap_damping_sign(struct flap_damping *flap_damping, enum sign sign, bool present, bool told,
	struct instant now);

/* Is this change of its media told now? Whoever is on air and falls silent has to leave the air. */
bool flap_damping_media(struct flap_damping *flap_damping, bool urgent, struct instant now);

/* Is this change of its link, or of the instance that waits, told now? */
bool flap_damping_link(struct flap_damping *flap_damping, struct instant now);

/* Is this report read, this thumbnail passed on? */
bool flap_damping_report(struct flap_damping *flap_damping, struct instant now);
bool flap_damping_thumbnail(struct flap_damping *flap_damping, struct instant now);

#endif
