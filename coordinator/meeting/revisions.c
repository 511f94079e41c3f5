/*
 * Revision guards: a command that was chosen before the area it touches last changed is refused
 * with `conflict`. Facts about links, media and telemetry move no revision.
 */
#include "coordinator/meeting/decide.h"

static int64_t newer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t of_turn_list(const struct meeting *meeting, const char *turn)
{
	int index = mtg_find_turn(meeting, turn);

	return index == MTG_NONE ? 0 : meeting->lists[meeting->turns[index].list].revision;
}

static int64_t of_list(const struct meeting *meeting, const char *list)
{
	int index = mtg_find_list(meeting, list);

	return index == MTG_NONE ? 0 : meeting->lists[index].revision;
}

static int64_t of_site(const struct meeting *meeting, const char *site)
{
	int index = mtg_find_site(meeting, site);

	return index == MTG_NONE ? 0 : meeting->sites[index].revision;
}

/* Lists: where a turn stands, or whether it stands at all. */
static int64_t of_turn_command(const struct meeting *meeting, const struct command *command)
{
	switch ((int)command->name) {
	case CMD_TURN_ADD:
		return command->turn_add.has_before ? of_list(meeting, command->turn_add.list) : 0;
	case CMD_TURN_APPROVE:
		return of_turn_list(meeting, command->turn_approve.turn);
	case CMD_TURN_MOVE:
		return of_turn_list(meeting, command->turn_move.turn);
	case CMD_TURN_ABSENT:
		return of_turn_list(meeting, command->turn_absent.turn);
	case CMD_TURN_SKIP:
		return of_turn_list(meeting, command->turn_skip.turn);
	case CMD_TURN_RESTORE:
		return of_turn_list(meeting, command->turn_restore.turn);
	default: /* a hand goes up or down whatever else changed */
		return 0;
	}
}

static int64_t of_site_command(const struct meeting *meeting, const struct command *command)
{
	switch ((int)command->name) {
	case CMD_SITE_PROMOTE:
		return of_site(meeting, command->site_promote.site);
	case CMD_SITE_BAR:
		return of_site(meeting, command->site_bar.site);
	case CMD_SITE_SIGN:
		return of_site(meeting, command->site_sign.site);
	default: /* facts */
		return 0;
	}
}

/* The newest change of anything the command touches. */
static int64_t touched(const struct meeting *meeting, const struct command *command)
{
	const struct revisions *revisions = &meeting->core.revisions;

	switch (command->name) {
	case CMD_MEETING_ASSEMBLE:
	case CMD_MEETING_OPEN:
	case CMD_MEETING_REOPEN:
	case CMD_ITEM_INSERT:
	case CMD_ITEM_MOVE:
	case CMD_ITEM_EXTEND:
		return revisions->agenda;
	case CMD_MEETING_CLOSE:
	case CMD_ITEM_START:
	case CMD_ITEM_FINISH:
	case CMD_ITEM_SKIP:
		return newer(revisions->agenda, revisions->floor);
	case CMD_TURN_CUE:
	case CMD_TURN_UNCUE:
	case CMD_FLOOR_TAKE:
	case CMD_FLOOR_RELEASE:
	case CMD_FLOOR_INTERRUPT:
	case CMD_FLOOR_RESUME:
	case CMD_FLOOR_UNDO:
	case CMD_FLOOR_EXTEND:
		return revisions->floor;
	case CMD_MIC_LOCK:
	case CMD_MIC_LOCK_ALL:
	case CMD_MIC_OPEN_VENUE:
		return revisions->microphones;
	case CMD_SCENE_OVERRIDE:
	case CMD_SCENE_FOLLOW:
	case CMD_CONTENT_SHOW:
		return newer(revisions->scene, revisions->floor);
	case CMD_TURN_ADD:
	case CMD_TURN_REQUEST:
	case CMD_TURN_APPROVE:
	case CMD_TURN_MOVE:
	case CMD_TURN_WITHDRAW:
	case CMD_TURN_ACKNOWLEDGE:
	case CMD_TURN_ABSENT:
	case CMD_TURN_SKIP:
	case CMD_TURN_RESTORE:
		return of_turn_command(meeting, command);
	case CMD_SITE_ADD:
	case CMD_SITE_LINK:
	case CMD_SITE_SPARE:
	case CMD_SITE_PROMOTE:
	case CMD_SITE_MEDIA:
	case CMD_SITE_OBSERVE:
	case CMD_SITE_BAR:
	case CMD_SITE_SIGN:
	case CMD_SITE_MUTE:
		return of_site_command(meeting, command);
	case CMD_UNSET:
	case CMD_MEETING_CREATE:
	case CMD_LIST_ADD:
	case CMD_ALARM_ACKNOWLEDGE:
	case CMD_MESSAGE_SEND:
	case CMD_RELAY_LINK:
	case CMD_CLOCK_RESUME:
	case CMD_TICK:
		return 0;
	}
	return 0;
}

int mtg_check_revision(const struct meeting *meeting, const struct mtg_order *order)
{
	if (!order->has_expect || order->expect >= touched(meeting, &order->command)) {
		return 0;
	}
	return REFUSAL_CONFLICT;
}
