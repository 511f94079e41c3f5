/* Messages, and who has read them (messages.h). */
#include "coordinator/meeting/messages.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

size_t mtg_message_count(const struct meeting *meeting)
{
	return meeting->core.n_messages;
}

const struct message *mtg_message(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_messages);
	return &meeting->messages[position];
}

int64_t mtg_messages_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.messages;
}

static bool is_of_site(const struct message *message)
{
	return message->by.role == ROLE_SITE;
}

bool mtg_message_is_to(const struct message *message, int site)
{
	return !is_of_site(message) && message->audience != MESSAGE_AUDIENCE_STAFF &&
	       (message->site == MTG_NONE || message->site == site);
}

bool mtg_message_is_read(const struct meeting *meeting, const struct message *message, int site)
{
	return meeting->sites[site].read_messages & (UINT64_C(1) << message->slot);
}

static bool is_expected(const struct meeting *meeting, const struct message *message, int site)
{
	const struct site *one = &meeting->sites[site];

	return message->site == MTG_NONE ? !one->removed && one->kind == SITE_KIND_REMOTE
					 : message->site == site;
}

void mtg_message_readers(
	const struct meeting *meeting, const struct message *message, struct message_readers *ret)
{
	memset(ret, 0, sizeof(*ret));
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		if (!is_expected(meeting, message, (int)i)) {
			continue;
		}
		ret->of++;
		if (mtg_message_is_read(meeting, message, (int)i)) {
			ret->read++;
		} else if (ret->n_missing < MESSAGE_MISSING_NAMED) {
			ret->missing[ret->n_missing++] = (int)i;
		}
	}
}

bool mtg_are_phrases(const struct ready_phrases *phrases)
{
	bool good = phrases->n_to_sites <= READY_PHRASES_TO_SITES_MAX &&
		    phrases->n_to_centre <= READY_PHRASES_TO_CENTRE_MAX;

	for (size_t i = 0; good && i < phrases->n_to_sites; i++) {
		good = phrases->to_sites[i][0] != '\0';
	}
	for (size_t i = 0; good && i < phrases->n_to_centre; i++) {
		good = phrases->to_centre[i][0] != '\0';
	}
	return good;
}

/* ---- written ---- */

static int check_send(const struct deciding *d)
{
	const struct cmd_message_send *in = &d->command->body.message_send;
	bool from_site = d->command->by.role == ROLE_SITE;
	bool inside = in->has_audience && in->audience == MESSAGE_AUDIENCE_STAFF;

	if ((in->has_audience && (from_site || !is_word(in->audience, MESSAGE_AUDIENCE_END))) ||
		(inside && in->has_site) ||
		(in->has_acknowledge && in->acknowledge && (from_site || inside))) {
		return REFUSAL_INVALID;
	}
	return 0;
}

int mtg_decide_message_send(struct deciding *d)
{
	const struct cmd_message_send *in = &d->command->body.message_send;
	bool from_site = d->command->by.role == ROLE_SITE;
	int site;
	int r = in->has_site ? mtg_need_site(d->meeting, in->site, &site) : 0;

	r = r != 0 ? r : check_send(d);
	if (r != 0) {
		return r;
	}
	if (in->has_audience && in->audience == MESSAGE_AUDIENCE_STAFF) {
		TEXT_COPY(mtg_emit(d, EV_STAFF_MESSAGED)->staff_messaged.text, in->text);
		return 0;
	}
	struct ev_message_sent *out = &mtg_emit(d, EV_MESSAGE_SENT)->message_sent;
	TEXT_COPY(out->text, in->text);
	out->has_site = from_site || in->has_site;
	if (out->has_site) {
		TEXT_COPY(out->site, from_site ? d->command->by.site : in->site);
	}
	out->has_acknowledge = out->acknowledge = in->has_acknowledge && in->acknowledge;
	return 0;
}

static bool is_from(const struct message *message, const struct actor *by)
{
	return is_of_site(message) && strcmp(message->by.site, by->site) == 0;
}

/*
 * The message that is dropped for another one of this sender: one of its own where it has many
 * already.
 */
static size_t message_to_drop(const struct meeting *meeting, const struct actor *by)
{
	size_t first = 0, n = 0;

	for (size_t i = meeting->core.n_messages; by->role == ROLE_SITE && i > 0; i--) {
		if (is_from(&meeting->messages[i - 1], by)) {
			first = i - 1;
			n++;
		}
	}
	if (n >= MESSAGES_PER_SITE_MAX) {
		return first;
	}
	return meeting->core.n_messages == MESSAGES_KEPT_MAX ? 0 : MESSAGES_KEPT_MAX;
}

static void drop_message(struct meeting *meeting, size_t index)
{
	struct message *at = &meeting->messages[index];
	size_t behind = meeting->core.n_messages - index - 1;
	uint64_t mark = UINT64_C(1) << at->slot;

	meeting->core.message_slots &= ~mark;
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		meeting->sites[i].read_messages &= ~mark;
	}
	memmove(at, at + 1, behind * sizeof(*at));
	meeting->core.n_messages--;
}

/* There is one: as many as messages are kept. */
static unsigned free_slot(const struct meeting *meeting)
{
	unsigned slot = 0;

	while (meeting->core.message_slots & (UINT64_C(1) << slot)) {
		slot++;
	}
	return slot;
}

static struct message *keep_message(struct meeting *meeting, const struct mtg_record *record)
{
	size_t drop = message_to_drop(meeting, &record->by);

	if (drop < MESSAGES_KEPT_MAX) {
		drop_message(meeting, drop);
	}
	struct message *message = &meeting->messages[meeting->core.n_messages++];
	memset(message, 0, sizeof(*message));
	message->seq = message->revision = record->seq;
	message->at = record->at;
	message->wall = record->wall;
	message->by = record->by;
	message->site = MTG_NONE;
	message->slot = free_slot(meeting);
	meeting->core.message_slots |= UINT64_C(1) << message->slot;
	meeting->core.revisions.messages = record->seq;
	return message;
}

void mtg_apply_message_sent(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_message_sent *in = &record->event.message_sent;
	struct message *message = keep_message(meeting, record);

	message->audience = MESSAGE_AUDIENCE_SITES;
	message->acknowledge = in->has_acknowledge && in->acknowledge;
	if (in->has_site) {
		message->site = mtg_find_site(meeting, in->site);
	}
	TEXT_COPY(message->text, in->text);
}

void mtg_apply_staff_messaged(struct meeting *meeting, const struct mtg_record *record)
{
	struct message *message = keep_message(meeting, record);

	message->audience = MESSAGE_AUDIENCE_STAFF;
	TEXT_COPY(message->text, record->event.staff_messaged.text);
}

/* ---- read ---- */

static int find_message(const struct meeting *meeting, uint64_t number)
{
	for (size_t i = 0; i < meeting->core.n_messages; i++) {
		if ((uint64_t)meeting->messages[i].seq == number) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

/* The site that has read a message of the centre. */
static int need_reader(const struct deciding *d, const struct message *message, int *ret_site)
{
	const struct cmd_message_read *in = &d->command->body.message_read;
	bool by_site = d->command->by.role == ROLE_SITE;

	if (!by_site && !in->has_site) {
		return REFUSAL_INVALID;
	}
	int r = mtg_need_venue(d->meeting, by_site ? d->command->by.site : in->site, ret_site);
	if (r != 0) {
		return r;
	}
	return mtg_message_is_to(message, *ret_site) ? 0 : REFUSAL_NOT_FOUND;
}

/* The site whose message somebody at the centre has read. */
static int need_writer(const struct deciding *d, const struct message *message, int *ret_site)
{
	const struct cmd_message_read *in = &d->command->body.message_read;

	if (d->command->by.role == ROLE_SITE) {
		return REFUSAL_NOT_FOUND;
	}
	*ret_site = message->site;
	return in->has_site && mtg_find_site(d->meeting, in->site) != message->site
		       ? REFUSAL_INVALID
		       : 0;
}

int mtg_decide_message_read(struct deciding *d)
{
	int index = find_message(d->meeting, d->command->body.message_read.message);
	int site;

	if (index == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	const struct message *message = &d->meeting->messages[index];
	int r = is_of_site(message) ? need_writer(d, message, &site)
				    : need_reader(d, message, &site);
	if (r != 0) {
		return r;
	}
	if (is_of_site(message) ? message->was_read
				: mtg_message_is_read(d->meeting, message, site)) {
		return REFUSAL_ALREADY;
	}
	struct ev_message_read *out = &mtg_emit(d, EV_MESSAGE_READ)->message_read;
	out->message = (uint64_t)message->seq;
	TEXT_COPY(out->site, d->meeting->sites[site].id);
	return 0;
}

static void read_by_centre(struct message *message, const struct mtg_record *record)
{
	if (message->was_read) {
		return;
	}
	message->was_read = true;
	message->read_by = record->by;
	message->read_wall = record->wall;
	message->revision = record->seq;
}

static void read_by_site(struct message *message, struct site *site, int64_t seq)
{
	uint64_t mark = UINT64_C(1) << message->slot;

	if (!(site->read_messages & mark)) {
		site->read_messages |= mark;
		message->revision = seq;
	}
}

/* Those before it too; a notice that wants to be acknowledged only by its own number. */
void mtg_apply_message_read(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_message_read *in = &record->event.message_read;
	int last = find_message(meeting, in->message);
	int site = mtg_find_site(meeting, in->site);
	bool of_site = is_of_site(&meeting->messages[last]);

	for (int i = 0; i <= last; i++) {
		struct message *message = &meeting->messages[i];

		if (of_site && is_of_site(message) && message->site == site) {
			read_by_centre(message, record);
		} else if (!of_site && mtg_message_is_to(message, site) &&
			   (i == last || !message->acknowledge)) {
			read_by_site(message, &meeting->sites[site], record->seq);
		}
	}
	meeting->core.revisions.messages = record->seq;
}
