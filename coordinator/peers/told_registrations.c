#include "coordinator/peers/told_registrations.h"

#include <string.h>

#include "coordinator/meeting/registration.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/view/view.h"
#include "proto/system/memory.h"

/* What the message is made of, as it stands. */
static struct told_mark mark_of(
	const struct meeting *meeting, const struct site *site, const struct people *people)
{
	int index = mtg_site_index(meeting, site);
	int64_t registered = mtg_registration(meeting, index)->revision;
	return (struct told_mark){.site = registered > site->revision ? registered : site->revision,
		.terms = mtg_registration_terms_revision(meeting),
		.state = mtg_about(meeting)->state,
		.people = people ? people_generation(people) : 0};
}

static bool is_told(const struct told_mark *told, const struct told_mark *now)
{
	return told->site == now->site && told->terms == now->terms && told->state == now->state &&
	       told->people == now->people;
}

static void tell(struct clients *clients, struct client *client, const struct meeting *meeting,
	const struct site *site, const struct people *people)
{
	static struct wire_message message; /* of the loop's thread; large */
	memset(&message, 0, sizeof(message));
	message.type = WIRE_REGISTRATION;
	struct told_registration *told = &message.registration.registration;
	if (!view_told_registration(meeting, client->peer.number, told)) {
		return;
	}
	if (people) {
		people_of(people, mtg_site_index(meeting, site), &told->people);
	}
	client_say(clients, client, &message);
	memory_wipe(&told->people, sizeof(told->people));
}

static void follow(struct clients *clients, struct client *client, const struct meeting *meeting,
	const struct people *people)
{
	const struct site *site = mtg_site_by_number(meeting, client->peer.number);
	if (!site) {
		return;
	}
	struct told_mark now = mark_of(meeting, site, people);
	if (!is_told(&client->registration, &now)) {
		client->registration = now;
		tell(clients, client, meeting, site, people);
	}
}

void told_registrations_send(
	struct clients *clients, const struct engine *engine, const struct people *people)
{
	const struct meeting *meeting = engine_committed(engine);
	if (!mtg_registration_terms(meeting)) {
		return;
	}
	for (struct client *client = clients->first; client != clients->viewers;
		client = client->next) {
		if (client->peer.role == ROLE_SITE && client->peer.state == PEER_ADMITTED) {
			follow(clients, client, meeting, people);
		}
	}
}
