/* The two tables of rights. */
#include "coordinator/meeting/rights.h"

#include <string.h>

#include "coordinator/meeting/decide.h"

enum {
	S = 1 << ROLE_SITE, /* for itself only */
	O = 1 << ROLE_OPERATOR,
	T = 1 << ROLE_TECHNICIAN,
	C = 1 << ROLE_CHAIR,
	V = 1 << ROLE_VIEWER,
	R = 1 << ROLE_RELAY,
	Y = 1 << ROLE_SYSTEM,
};

/* Role x command. What is not named here is nobody's. */
static const uint16_t commands[CMD_END] = {
	[CMD_MEETING_CREATE] = Y,
	[CMD_MEETING_ASSEMBLE] = O,
	[CMD_MEETING_OPEN] = O,
	[CMD_MEETING_CLOSE] = O,
	[CMD_MEETING_REOPEN] = O,
	[CMD_SITE_ADD] = Y,
	[CMD_SITE_LINK] = Y,
	[CMD_SITE_SPARE] = Y,
	[CMD_SITE_PROMOTE] = O | T,
	[CMD_SITE_MEDIA] = Y,
	[CMD_SITE_OBSERVE] = Y,
	[CMD_SITE_BAR] = O | T,
	[CMD_SITE_SIGN] = O | T | S,
	[CMD_SITE_MUTE] = S,
	[CMD_ITEM_INSERT] = Y | O,
	[CMD_ITEM_START] = O,
	[CMD_ITEM_FINISH] = O,
	[CMD_ITEM_SKIP] = O,
	[CMD_ITEM_MOVE] = O,
	[CMD_ITEM_EXTEND] = O,
	[CMD_LIST_ADD] = Y | O,
	[CMD_TURN_ADD] = Y | O,
	[CMD_TURN_REQUEST] = O | S,
	[CMD_TURN_APPROVE] = O | C,
	[CMD_TURN_MOVE] = O | C,
	[CMD_TURN_WITHDRAW] = O | C | S,
	[CMD_TURN_CUE] = O,
	[CMD_TURN_UNCUE] = O,
	[CMD_TURN_ACKNOWLEDGE] = O | T | S,
	[CMD_TURN_ABSENT] = O,
	[CMD_TURN_SKIP] = O,
	[CMD_TURN_RESTORE] = O,
	[CMD_FLOOR_TAKE] = O,
	[CMD_FLOOR_RELEASE] = O,
	[CMD_FLOOR_INTERRUPT] = O,
	[CMD_FLOOR_RESUME] = O,
	[CMD_FLOOR_UNDO] = O,
	[CMD_FLOOR_EXTEND] = O,
	[CMD_MIC_LOCK] = O | T,
	[CMD_MIC_LOCK_ALL] = O | T,
	[CMD_MIC_OPEN_VENUE] = O | C,
	[CMD_SCENE_OVERRIDE] = O,
	[CMD_SCENE_FOLLOW] = O,
	[CMD_CONTENT_SHOW] = O | S,
	[CMD_ALARM_ACKNOWLEDGE] = O | T,
	[CMD_MESSAGE_SEND] = O | T | C | S,
	[CMD_RELAY_LINK] = Y,
	[CMD_CLOCK_RESUME] = Y,
	[CMD_TICK] = Y,
};

/* Role x event, for those who do not see everything. S here: of those about a site, its own. */
static const uint16_t events[EV_END] = {
	[EV_MEETING_CREATED] = S | V | R,
	[EV_MEETING_ASSEMBLED] = S | V | R,
	[EV_MEETING_OPENED] = S | V | R,
	[EV_MEETING_CLOSED] = S | V | R,
	[EV_MEETING_REOPENED] = S | V | R,
	[EV_SITE_ADDED] = S | V,
	[EV_SITE_LINKED] = S,
	[EV_SITE_SPARED] = S,
	[EV_SITE_PROMOTED] = S,
	[EV_SITE_MEDIA_CHANGED] = S,
	[EV_SITE_OBSERVED] = S,
	[EV_SITE_BARRED] = S,
	[EV_SITE_SIGNED] = S,
	[EV_SITE_MUTED] = S,
	[EV_ITEM_ADDED] = S | V,
	[EV_ITEM_STARTED] = S | V,
	[EV_ITEM_FINISHED] = S | V,
	[EV_ITEM_SKIPPED] = S | V,
	[EV_ITEM_MOVED] = S | V,
	[EV_ITEM_EXTENDED] = S | V,
	[EV_LIST_ADDED] = S | V,
	[EV_TURN_ADDED] = S | V,
	[EV_TURN_APPROVED] = S | V,
	[EV_TURN_MOVED] = S | V,
	[EV_TURN_WITHDRAWN] = S | V,
	[EV_TURN_CUED] = S | V,
	[EV_TURN_UNCUED] = S | V,
	[EV_TURN_ACKNOWLEDGED] = S | V,
	[EV_TURN_ABSENT] = S | V,
	[EV_TURN_SKIPPED] = S | V,
	[EV_TURN_RESTORED] = S | V,
	[EV_TURN_FORGOTTEN] = S | V,
	[EV_FLOOR_TAKEN] = S | V,
	[EV_FLOOR_RELEASED] = S | V,
	[EV_FLOOR_INTERRUPTED] = S | V,
	[EV_FLOOR_RESUMED] = S | V,
	[EV_FLOOR_UNDONE] = S | V,
	[EV_FLOOR_EXTENDED] = S | V,
	[EV_TIMER_WARNED] = S | V,
	[EV_TIMER_OVERRAN] = S | V,
	[EV_MIC_LOCKED] = S,
	[EV_MIC_ALL_LOCKED] = S,
	[EV_MIC_VENUE_OPENED] = S,
	[EV_SCENE_OVERRIDDEN] = S | V,
	[EV_SCENE_FOLLOWED] = S | V,
	[EV_CONTENT_SHOWN] = S | V,
	[EV_MESSAGE_SENT] = S,
};

enum right mtg_right(enum role role, enum command_name command)
{
	if (!is_word(command, CMD_END) || !is_word(role, ROLE_END) ||
		!(commands[command] & (1 << role))) {
		return RIGHT_NEVER;
	}
	return role == ROLE_SITE ? RIGHT_OWN : RIGHT_ALWAYS;
}

/* The site an event is about and that others need not know of; NULL: it is for all. */
static const char *private_site(const struct event *event)
{
	switch ((int)event->name) {
	case EV_SITE_LINKED:
		return event->site_linked.site;
	case EV_SITE_SPARED:
		return event->site_spared.site;
	case EV_SITE_PROMOTED:
		return event->site_promoted.site;
	case EV_SITE_MEDIA_CHANGED:
		return event->site_media_changed.site;
	case EV_SITE_OBSERVED:
		return event->site_observed.site;
	case EV_SITE_BARRED:
		return event->site_barred.site;
	case EV_SITE_SIGNED:
		return event->site_signed.site;
	case EV_SITE_MUTED:
		return event->site_muted.site;
	case EV_MIC_LOCKED:
		return event->mic_locked.site;
	case EV_MESSAGE_SENT:
		return event->message_sent.has_site ? event->message_sent.site : NULL;
	default: /* not a fold: events that name no site in private need not be listed */
		return NULL;
	}
}

bool mtg_sees(enum role role, enum event_name name)
{
	if (role == ROLE_OPERATOR || role == ROLE_TECHNICIAN || role == ROLE_CHAIR ||
		role == ROLE_SYSTEM) {
		return true;
	}
	return is_word(name, EV_END) && (events[name] & (1 << role));
}

bool mtg_visible(enum role role, const char *own_site, const struct event *event)
{
	const char *about;

	if (!mtg_sees(role, event->name)) {
		return false;
	}
	if (role != ROLE_SITE) {
		return true;
	}
	about = private_site(event);
	return !about || (own_site && strcmp(about, own_site) == 0);
}

/* The site a command of a site is about: named in it, or that of the turn it names. */
static int own_object(
	const struct meeting *meeting, const struct command *command, const char **ret_site)
{
	int turn;

	switch ((int)command->name) {
	case CMD_SITE_SIGN:
		*ret_site = command->site_sign.site;
		return 0;
	case CMD_SITE_MUTE:
		*ret_site = command->site_mute.site;
		return 0;
	case CMD_TURN_REQUEST:
		*ret_site = command->turn_request.site;
		return 0;
	case CMD_CONTENT_SHOW:
		*ret_site = command->content_show.site;
		return 0;
	case CMD_MESSAGE_SEND:
		*ret_site = command->message_send.has_site ? command->message_send.site : NULL;
		return 0;
	case CMD_TURN_WITHDRAW:
		turn = mtg_find_turn(meeting, command->turn_withdraw.turn);
		break;
	case CMD_TURN_ACKNOWLEDGE:
		turn = mtg_find_turn(meeting, command->turn_acknowledge.turn);
		break;
	default: /* no right of a site's */
		return REFUSAL_FORBIDDEN;
	}
	if (turn == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	*ret_site = meeting->sites[meeting->turns[turn].site].id;
	return 0;
}

int mtg_check_rights(const struct meeting *meeting, const struct mtg_order *order)
{
	enum right right = mtg_right(order->by.role, order->command.name);
	const char *site = NULL;
	int r;

	if (!is_word(order->command.name, CMD_END)) {
		return REFUSAL_BAD_MESSAGE;
	}
	if (right != RIGHT_OWN) {
		return right == RIGHT_ALWAYS ? 0 : REFUSAL_FORBIDDEN;
	}
	if (!order->by.has_site || mtg_find_site(meeting, order->by.site) == MTG_NONE) {
		return REFUSAL_FORBIDDEN;
	}
	r = own_object(meeting, &order->command, &site);
	if (r != 0) {
		return r;
	}
	return site && strcmp(site, order->by.site) != 0 ? REFUSAL_FORBIDDEN : 0;
}
