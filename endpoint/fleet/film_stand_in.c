#include "endpoint/fleet/film_stand_in.h"

#include "text_copy.h"

struct wire_film_report film_stand_in_report(const struct wire_film_brief *film, struct instant now)
{
	struct wire_film_report report = {
		.run = film->run,
		.state = FILM_STATE_READY,
		.has_length = true,
		.length = film->has_planned ? film->planned : (struct span){FILM_STAND_IN_MS},
	};
	TEXT_COPY(report.item, film->item);
	if (!film->playing || !film->has_since) {
		return report;
	}
	int64_t played = span_between(film->since, now).ms;
	report.state = played < report.length.ms ? FILM_STATE_PLAYING : FILM_STATE_ENDED;
	report.position.ms = played < 0 ? 0 : played < report.length.ms ? played : report.length.ms;
	return report;
}
