/*
 * Thumbnails of sites on their way to people: judged, addressed, and the latest of each kept. They
 * arrive by peers/dispatch.c and telemetry.c, and leave by peers/publish.c; whoever connects later
 * gets the kept ones from peers/admission.c.
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_THUMBNAILS_H
#define DIEMCAU_COORDINATOR_TELEMETRY_THUMBNAILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"
#include "coordinator/ws/shared_buf.h"

/* All zeroes is one that has none. */
struct thumbnails {
	struct shared_buf *latest[SITES_MAX + 1]; /* by site number; NULL: none came */
	uint64_t received;
};

void thumbnails_finish(struct thumbnails *thumbnails);

/*
 * A binary message of a site. False: it is no thumbnail. True: it is, and stands in `latest` as the
 * message to people; where there is no memory, the one before does.
 */
bool thumbnails_take(
	struct thumbnails *thumbnails, uint32_t number, const uint8_t *bytes, size_t size);

#endif
