#include "coordinator/telemetry/forgery_detector.h"

enum { MS_PER_SECOND = 1000 };

void forgery_detector_add(
	struct forgery_detector *forgery_detector, uint64_t refused, struct instant now)
{
	uint64_t mark = forgery_detector->begun ? forgery_detector->counted : refused;
	uint64_t more = refused >= mark ? refused - mark : refused;
	int64_t second = now.ms / MS_PER_SECOND;
	forgery_detector->begun = true;
	forgery_detector->counted = refused;
	forgery_detector->in_second =
		forgery_detector->second == second ? forgery_detector->in_second + more : more;
	forgery_detector->second = second;
	if (forgery_detector->in_second >= FORGERY_DETECTOR_PACKETS) {
		forgery_detector->until.ms = now.ms + FORGERY_DETECTOR_SPAN_MS;
	}
}

bool forgery_detector_alarmed(const struct forgery_detector *forgery_detector, struct instant now)
{
	return now.ms < forgery_detector->until.ms;
}
