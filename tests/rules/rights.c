/*
 * Prints what the core lets each role of people ask and see, one right a line:
 *
 *	COMMANDS operator meeting.open
 *
 * rights.py compares it with the table of the board.
 */
#include "coordinator/meeting/rights.h"

#include <stdio.h>

#include "proto/codec/codec.h"

static const enum role people[] = {ROLE_OPERATOR, ROLE_TECHNICIAN, ROLE_CHAIR, ROLE_VIEWER};

static bool may_see(enum role role, enum event_name name)
{
	static struct event event;

	event.name = name;
	return mtg_is_visible(role, NULL, &event);
}

static void print_role(enum role role)
{
	const char *word = msg_enum_name(&msg_role, (int)role);

	for (int name = 1; name < CMD_END; name++) {
		if (mtg_right(role, (enum command_name)name) == RIGHT_ALWAYS) {
			printf("COMMANDS %s %s\n", word, msg_enum_name(&msg_command_name, name));
		}
	}
	for (int name = 1; name < EV_END; name++) {
		if (may_see(role, (enum event_name)name)) {
			printf("EVENTS %s %s\n", word, msg_enum_name(&msg_event_name, name));
		}
	}
}

int main(void)
{
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		print_role(people[i]);
	}
	return 0;
}
