/*
 * Revision guards: a command that was chosen before the area it touches last changed is refused
 * with `conflict`. Facts about links, media and telemetry move no revision. declarations.h has the
 * areas of each command.
 */
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/declarations.h"

static int64_t newer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t site_revision(const struct meeting *meeting, const char *site)
{
	int index = mtg_find_site(meeting, site);

	return index == MTG_NONE ? 0 : meeting->sites[index].revision;
}

static int64_t list_revision(const struct meeting *meeting, const char *list)
{
	int index = mtg_find_list(meeting, list);

	return index == MTG_NONE ? 0 : meeting->lists[index].revision;
}

static int64_t turn_list_revision(const struct meeting *meeting, const char *turn)
{
	int index = mtg_find_turn(meeting, turn);

	return index == MTG_NONE ? 0 : meeting->lists[meeting->turns[index].list].revision;
}

/* The last change of the site or speaking list that a command names. */
static int64_t place_revision(const struct meeting *meeting, uint32_t areas, const char *place)
{
	if (!place) {
		return 0;
	}
	if (areas & AREA_SITE) {
		return site_revision(meeting, place);
	}
	return areas & AREA_LIST ? list_revision(meeting, place)
				 : turn_list_revision(meeting, place);
}

/* The newest change of anything the command touches. */
static int64_t newest_change(const struct meeting *meeting, const struct command *command)
{
	const struct command_declaration *row = &mtg_commands[command->name];
	const struct revisions *revisions = &meeting->core.revisions;
	int64_t last = place_revision(meeting, row->areas, member_text(command, row->place));

	last = row->areas & AREA_AGENDA ? newer(last, revisions->agenda) : last;
	last = row->areas & AREA_FLOOR ? newer(last, revisions->floor) : last;
	last = row->areas & AREA_SCENE ? newer(last, revisions->scene) : last;
	return row->areas & AREA_MICROPHONES ? newer(last, revisions->microphones) : last;
}

int mtg_check_revision(const struct meeting *meeting, const struct mtg_command *command)
{
	if (!command->has_expect || command->expect >= newest_change(meeting, &command->body)) {
		return 0;
	}
	return REFUSAL_CONFLICT;
}
