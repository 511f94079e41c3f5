#include "coordinator/meeting/registration.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/readiness.h"

enum { PRESENCES = 4 }; /* not said, present, online, absent */

const struct registration *mtg_registration(const struct meeting *meeting, int site)
{
	return &meeting->registrations[site];
}

bool mtg_may_register(const struct meeting *meeting)
{
	return mtg_registration_terms(meeting) && is_open(meeting);
}

bool mtg_may_attend(const struct meeting *meeting)
{
	return mtg_registration_terms(meeting) && is_under_way(meeting);
}

/* MTG_NONE: there is no such category. */
static int category_of(const struct registration_terms *terms, const char *text, size_t length)
{
	for (size_t i = 0; i < terms->n_categories; i++) {
		if (strlen(terms->categories[i]) == length &&
			memcmp(terms->categories[i], text, length) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

/* ---- people by name ---- */

static void read_fields(const char *line, size_t length, struct named_delegate *ret)
{
	memset(ret, 0, sizeof(*ret));
	for (size_t at = 0; at <= length; ret->n_fields++) {
		const char *tab = memchr(line + at, '\t', length - at);
		size_t end = tab ? (size_t)(tab - line) : length;

		if (ret->n_fields < DELEGATE_FIELDS) {
			ret->text[ret->n_fields] = line + at;
			ret->length[ret->n_fields] = end - at;
		}
		at = end + 1;
	}
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

bool mtg_next_delegate(const char **at, struct named_delegate *ret)
{
	while (is_line_end(**at)) {
		(*at)++;
	}
	size_t length = 0;
	while ((*at)[length] != '\0' && !is_line_end((*at)[length])) {
		length++;
	}

	if (length == 0) {
		return false;
	}
	read_fields(*at, length, ret);
	*at += length;
	return true;
}

/* 0: not said; negative: no word of it. */
static int presence_of(const struct named_delegate *delegate)
{
	static const char *const words[PRESENCES] = {"", "present", "online", "absent"};

	for (int i = 0; i < PRESENCES; i++) {
		if (strlen(words[i]) == delegate->length[DELEGATE_PRESENCE] &&
			strncmp(words[i],
				delegate->text[DELEGATE_PRESENCE]
					? delegate->text[DELEGATE_PRESENCE]
					: "",
				delegate->length[DELEGATE_PRESENCE]) == 0) {
			return i;
		}
	}
	return -1;
}

/* How many of each category are named, by what is said of their presence. */
struct named {
	uint32_t of[CATEGORIES_MAX][PRESENCES];
	uint32_t all;
};

static int count_named(
	const struct registration_terms *terms, const struct site_people *people, struct named *ret)
{
	struct named_delegate delegate;
	const char *at = people->delegates;

	memset(ret, 0, sizeof(*ret));
	while (mtg_next_delegate(&at, &delegate)) {
		int category = category_of(terms, delegate.text[DELEGATE_CATEGORY],
			delegate.length[DELEGATE_CATEGORY]);
		int presence = presence_of(&delegate);

		if (category == MTG_NONE || presence < 0 || delegate.length[DELEGATE_NAME] == 0 ||
			delegate.n_fields > DELEGATE_FIELDS) {
			return REFUSAL_INVALID;
		}
		ret->of[category][presence]++;
		ret->all++;
	}
	return 0;
}

/* Names only where they are asked for; what is written of people is plain text. */
static int check_people(
	const struct registration_terms *terms, const struct site_people *people, struct named *ret)
{
	if (!mtg_is_plain_text(people->technician) || !mtg_is_plain_text(people->contact) ||
		!mtg_is_plain_text(people->delegates)) {
		return REFUSAL_INVALID;
	}
	int r = count_named(terms, people, ret);
	return r == 0 && ret->all > 0 && !terms->by_name ? REFUSAL_INVALID : r;
}

static uint32_t named_of(const struct named *named, int category)
{
	uint32_t n = 0;

	for (int i = 0; i < PRESENCES; i++) {
		n += named->of[category][i];
	}
	return n;
}

/* ---- registered ---- */

/* Which category each count is of. */
struct places {
	int of[CATEGORIES_MAX];
};

static int place(const struct registration_terms *terms, const char *category, size_t index,
	struct places *places)
{
	places->of[index] = category_of(terms, category, strlen(category));
	for (size_t i = 0; i < index; i++) {
		if (places->of[i] == places->of[index]) {
			return REFUSAL_INVALID;
		}
	}
	return places->of[index] == MTG_NONE ? REFUSAL_INVALID : 0;
}

static int check_expected(const struct registration_terms *terms,
	const struct cmd_site_register *in, uint32_t expected[static CATEGORIES_MAX])
{
	struct places places;

	if (in->n_delegates > CATEGORIES_MAX) {
		return REFUSAL_INVALID;
	}
	for (size_t i = 0; i < in->n_delegates; i++) {
		const struct delegate_count *count = &in->delegates[i];
		int r = place(terms, count->category, i, &places);

		if (r != 0 || count->count > DELEGATE_NUMBER_MAX) {
			return REFUSAL_INVALID;
		}
		expected[places.of[i]] = count->count;
	}
	return 0;
}

static bool is_as_registered(const struct meeting *meeting, int site,
	const struct cmd_site_register *in, const uint32_t expected[static CATEGORIES_MAX])
{
	const struct registration *now = &meeting->registrations[site];
	const struct site *of = &meeting->sites[site];

	return now->registered && !in->has_people &&
	       memcmp(now->expected, expected, sizeof(now->expected)) == 0 &&
	       (!in->has_venue || strcmp(in->venue, of->venue) == 0) &&
	       (!in->has_chair || strcmp(in->chair, of->chair) == 0);
}

static int check_registered_people(const struct registration_terms *terms,
	const struct cmd_site_register *in, const uint32_t expected[static CATEGORIES_MAX],
	struct named *ret_named)
{
	memset(ret_named, 0, sizeof(*ret_named));
	int r = in->has_people ? check_people(terms, &in->people, ret_named) : 0;

	for (int i = 0; i < CATEGORIES_MAX && r == 0; i++) {
		r = named_of(ret_named, i) > expected[i] ? REFUSAL_INVALID : 0;
	}
	return r;
}

int mtg_decide_site_register(struct deciding *d)
{
	const struct cmd_site_register *in = &d->command->body.site_register;
	const struct registration_terms *terms = mtg_registration_terms(d->meeting);
	uint32_t expected[CATEGORIES_MAX] = {0};
	struct named named;
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!mtg_may_register(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	r = check_expected(terms, in, expected);
	r = r == 0 ? check_registered_people(terms, in, expected, &named) : r;
	if (r != 0) {
		return r;
	}
	if (is_as_registered(d->meeting, site, in, expected)) {
		return REFUSAL_ALREADY;
	}
	struct ev_site_registered *out = &mtg_emit(d, EV_SITE_REGISTERED)->site_registered;
	TEXT_COPY(out->site, in->site);
	OPTIONAL_COPY(out, in, venue);
	OPTIONAL_COPY(out, in, chair);
	out->n_delegates = in->n_delegates;
	memcpy(out->delegates, in->delegates, in->n_delegates * sizeof(in->delegates[0]));
	out->has_named = in->has_people;
	out->named = named.all;
	OPTIONAL_COPY(out, in, people_digest);
	return 0;
}

/* ---- the step of the ledger ---- */

static char *put_number(char *at, uint64_t number)
{
	char digits[24];
	size_t n = 0;

	do {
		digits[n++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	while (n > 0) {
		*at++ = digits[--n];
	}
	return at;
}

/* How many were registered, and how the digest of their people begins. */
static void write_evidence(const struct registration *registration, char text[static NOTE_SIZE])
{
	enum { SHOWN = 12 };
	static const char between[] = " · ";
	uint64_t sum = 0;

	memset(text, 0, NOTE_SIZE);
	for (size_t i = 0; i < CATEGORIES_MAX; i++) {
		sum += registration->expected[i];
	}
	char *at = put_number(text, sum);
	if (registration->people[0]) {
		memcpy(at, between, sizeof(between) - 1);
		memcpy(at + sizeof(between) - 1, registration->people, SHOWN);
	}
}

static void sign_registered(struct meeting *meeting, int site, const struct mtg_record *record)
{
	struct readiness_mark *step = &meeting->sites[site].steps[READINESS_STEP_REGISTERED];

	memset(step, 0, sizeof(*step));
	step->done = true;
	step->at = record->at;
	step->wall = record->wall;
	step->by = record->by;
	write_evidence(&meeting->registrations[site], step->evidence);
}

static void keep_people(struct registration *of, bool has_named, uint32_t named, const char *digest)
{
	if (has_named) {
		of->named = named;
		TEXT_COPY(of->people, digest);
	}
}

void mtg_apply_site_registered(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_registered *in = &record->event.site_registered;
	const struct registration_terms *terms = mtg_registration_terms(meeting);
	int index = mtg_find_site(meeting, in->site);
	struct site *site = &meeting->sites[index];
	struct registration *of = &meeting->registrations[index];
	struct stamp due;

	if (!of->registered) {
		of->late = mtg_step_due(meeting, site, READINESS_STEP_REGISTERED, &due) &&
			   record->wall.ms > due.ms;
	}
	of->registered = true;
	of->wall = record->wall;
	of->by = record->by;
	of->revision = record->seq;
	memset(of->expected, 0, sizeof(of->expected));
	for (size_t i = 0; i < in->n_delegates; i++) {
		const struct delegate_count *count = &in->delegates[i];

		of->expected[category_of(terms, count->category, strlen(count->category))] =
			count->count;
	}
	keep_people(of, in->has_named, in->named, in->has_people_digest ? in->people_digest : "");
	if (in->has_venue) {
		TEXT_COPY(site->venue, in->venue);
	}
	if (in->has_chair) {
		TEXT_COPY(site->chair, in->chair);
	}
	site->revision = record->seq;
	sign_registered(meeting, index, record);
}

/* ---- attended ---- */

static int check_presence(const struct registration_terms *terms, const struct cmd_site_attend *in,
	const struct named *named)
{
	struct places places;
	struct named left = *named;

	if (in->n_delegates > CATEGORIES_MAX) {
		return REFUSAL_INVALID;
	}
	for (size_t i = 0; i < in->n_delegates; i++) {
		const struct delegate_presence *presence = &in->delegates[i];
		int r = place(terms, presence->category, i, &places);

		if (r != 0 || presence->present > DELEGATE_NUMBER_MAX ||
			presence->online > DELEGATE_NUMBER_MAX ||
			presence->absent > DELEGATE_NUMBER_MAX) {
			return REFUSAL_INVALID;
		}
		const uint32_t *said = left.of[places.of[i]];
		if (said[1] > presence->present || said[2] > presence->online ||
			said[3] > presence->absent) {
			return REFUSAL_INVALID;
		}
		memset(left.of[places.of[i]], 0, sizeof(left.of[0]));
	}
	for (int i = 0; i < CATEGORIES_MAX; i++) {
		if (left.of[i][1] + left.of[i][2] + left.of[i][3] > 0) {
			return REFUSAL_INVALID; /* of a category without a count */
		}
	}
	return 0;
}

static void fill_presence(const struct registration_terms *terms,
	const struct delegate_presence *delegates, size_t n, struct registration *ret)
{
	memset(ret->present, 0, sizeof(ret->present));
	memset(ret->online, 0, sizeof(ret->online));
	memset(ret->absent, 0, sizeof(ret->absent));
	for (size_t i = 0; i < n; i++) {
		int category =
			category_of(terms, delegates[i].category, strlen(delegates[i].category));

		ret->present[category] = delegates[i].present;
		ret->online[category] = delegates[i].online;
		ret->absent[category] = delegates[i].absent;
	}
}

static bool is_as_attended(
	const struct meeting *meeting, int site, const struct cmd_site_attend *in)
{
	const struct registration *now = &meeting->registrations[site];
	struct registration next = *now;

	fill_presence(mtg_registration_terms(meeting), in->delegates, in->n_delegates, &next);
	TEXT_COPY(next.reason, in->has_reason ? in->reason : "");
	return now->attended && !in->has_people && memcmp(now, &next, sizeof(next)) == 0;
}

/* What was said may be put right after the closing, at the centre. */
static bool may_say(const struct deciding *d)
{
	bool closed = d->meeting->core.about.state == MEETING_STATE_CLOSED;

	return mtg_may_attend(d->meeting) ||
	       (closed && mtg_registration_terms(d->meeting) && d->command->by.role != ROLE_SITE);
}

int mtg_decide_site_attend(struct deciding *d)
{
	const struct cmd_site_attend *in = &d->command->body.site_attend;
	const struct registration_terms *terms = mtg_registration_terms(d->meeting);
	struct named named = {0};
	int site;
	int r = mtg_need_venue(d->meeting, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!may_say(d)) {
		return REFUSAL_WRONG_STATE;
	}
	r = in->has_people ? check_people(terms, &in->people, &named) : 0;
	r = r == 0 ? check_presence(terms, in, &named) : r;
	if (r != 0) {
		return r;
	}
	if (is_as_attended(d->meeting, site, in)) {
		return REFUSAL_ALREADY;
	}
	struct ev_site_attended *out = &mtg_emit(d, EV_SITE_ATTENDED)->site_attended;
	TEXT_COPY(out->site, in->site);
	out->n_delegates = in->n_delegates;
	memcpy(out->delegates, in->delegates, in->n_delegates * sizeof(in->delegates[0]));
	OPTIONAL_COPY(out, in, reason);
	out->has_named = in->has_people;
	out->named = named.all;
	OPTIONAL_COPY(out, in, people_digest);
	return 0;
}

void mtg_apply_site_attended(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_site_attended *in = &record->event.site_attended;
	int index = mtg_find_site(meeting, in->site);
	struct registration *of = &meeting->registrations[index];

	fill_presence(mtg_registration_terms(meeting), in->delegates, in->n_delegates, of);
	TEXT_COPY(of->reason, in->has_reason ? in->reason : "");
	of->attended = true;
	of->attended_wall = record->wall;
	of->attended_by = record->by;
	of->revision = record->seq;
	keep_people(of, in->has_named, in->named, in->has_people_digest ? in->people_digest : "");
	meeting->sites[index].revision = record->seq;
}
