/* Who may ask what, and who sees what: reads the rows of declarations.h. */
#include "coordinator/meeting/rights.h"

#include <string.h>

#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/declarations.h"
#include "coordinator/meeting/derive.h"

enum right mtg_right(enum role role, enum command_name command)
{
	if (!is_word(command, CMD_END) || !is_word(role, ROLE_END) ||
		!(mtg_commands[command].by & (1 << role))) {
		return RIGHT_NEVER;
	}
	return role == ROLE_SITE ? RIGHT_OWN : RIGHT_ALWAYS;
}

bool mtg_role_sees(enum role role, enum event_name name)
{
	return is_word(role, ROLE_END) && is_word(name, EV_END) &&
	       (mtg_events[name].seen_by & (1 << role));
}

bool mtg_is_visible(enum role role, const char *own_site, const struct event *event)
{
	if (!mtg_role_sees(role, event->name)) {
		return false;
	}
	if (role != ROLE_SITE) {
		return true;
	}
	const char *about = member_text(event, mtg_events[event->name].about);
	return !about || (own_site && strcmp(about, own_site) == 0);
}

/* The site whose object a command names; NULL where it names none. */
static int owner_of(
	const struct meeting *meeting, const struct command *command, const char **ret_site)
{
	const struct command_declaration *row = &mtg_commands[command->name];
	const char *object = member_text(command, row->object);

	if (row->own != OWN_TURN) {
		*ret_site = object;
		return 0;
	}
	int turn = mtg_find_turn(meeting, object);
	if (turn == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	*ret_site = meeting->sites[meeting->turns[turn].site].id;
	return 0;
}

/* What a site may do to its own objects. */
static bool within_limits(const struct meeting *meeting, const struct command *command, int site)
{
	const struct command_declaration *row = &mtg_commands[command->name];
	int word = member_word(command, row->word);

	if (row->words != 0 && (word < 0 || word > 31 || !(row->words & (UINT32_C(1) << word)))) {
		return false;
	}
	return !member_set(command, row->on_air) || mtg_site_on_air(meeting) == site;
}

/* A turn by telephone is also of the site where it comes in: there somebody holds the line. */
static bool carries(const struct meeting *meeting, const struct command *command, int site)
{
	const struct command_declaration *row = &mtg_commands[command->name];
	int turn = row->own == OWN_TURN ? mtg_find_turn(meeting, member_text(command, row->object))
					: MTG_NONE;

	return turn != MTG_NONE && mtg_turn_concerns(&meeting->turns[turn], site);
}

/* For a command of a site: it may act for itself and its own turns. */
static int check_own(const struct meeting *meeting, const struct mtg_command *command)
{
	const char *owner = NULL;
	int site = command->by.has_site ? mtg_find_site(meeting, command->by.site) : MTG_NONE;

	if (site == MTG_NONE || meeting->sites[site].removed) {
		return REFUSAL_FORBIDDEN;
	}
	int r = owner_of(meeting, &command->body, &owner);
	if (r != 0) {
		return r;
	}
	if (owner && strcmp(owner, command->by.site) != 0 &&
		!carries(meeting, &command->body, site)) {
		return REFUSAL_FORBIDDEN;
	}
	return within_limits(meeting, &command->body, site) ? 0 : REFUSAL_FORBIDDEN;
}

int mtg_check_rights(const struct meeting *meeting, const struct mtg_command *command)
{
	enum right right = mtg_right(command->by.role, command->body.name);

	if (!is_word(command->body.name, CMD_END)) {
		return REFUSAL_BAD_MESSAGE;
	}
	if (right == RIGHT_OWN) {
		return check_own(meeting, command);
	}
	return right == RIGHT_ALWAYS ? 0 : REFUSAL_FORBIDDEN;
}
