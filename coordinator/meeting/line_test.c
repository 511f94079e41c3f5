/*
 * The line test (line_test.h). It ends by a tick, like the ready check: when all have reported and
 * confirmed, when its span is over, and as soon as the meeting is no longer assembling.
 */
#include "coordinator/meeting/line_test.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

const struct line_test *mtg_line_test(const struct meeting *meeting)
{
	return &meeting->core.line_test;
}

bool mtg_line_is_tested(const struct meeting *meeting)
{
	return meeting->core.line_test.open &&
	       meeting->core.about.state == MEETING_STATE_ASSEMBLING;
}

static bool takes_part(const struct site *site)
{
	return site->line.asked && !site->removed && !site->barred;
}

/* ---- what is the matter ---- */

static bool is_lossy(bool measured, const struct line_way *way)
{
	return measured && way->loss_permille > LINE_LOSS_PERMILLE_MAX;
}

/* Of each finding whether it is so; the main venue is sent nothing that it could measure. */
static void judge(const struct line_entry *entry, bool is_venue, bool ret[LINE_FINDING_END])
{
	const struct line_figures *figures = &entry->figures;
	int64_t off = figures->has_clock_offset ? figures->clock_offset.ms : 0;

	memset(ret, 0, LINE_FINDING_END * sizeof(*ret));
	ret[LINE_FINDING_LOUDSPEAKER_UNHEARD] = !entry->confirmed || !entry->heard;
	if (!entry->reported) {
		ret[LINE_FINDING_NO_REPORT] = true;
		return;
	}
	ret[LINE_FINDING_UP_MISSING] = !figures->has_up || figures->up.bits_per_second == 0;
	ret[LINE_FINDING_UP_LOSSY] = is_lossy(figures->has_up, &figures->up);
	ret[LINE_FINDING_DOWN_MISSING] =
		!is_venue && (!figures->has_down || figures->down.bits_per_second == 0);
	ret[LINE_FINDING_DOWN_LOSSY] = is_lossy(figures->has_down, &figures->down);
	ret[LINE_FINDING_CLOCK_OFF] = off > LINE_CLOCK_OFF_MS || off < -LINE_CLOCK_OFF_MS;
	ret[LINE_FINDING_PICTURE_BAD] = figures->picture != LINE_PICTURE_MOVING;
	ret[LINE_FINDING_MICROPHONE_SILENT] = figures->level_dbfs < LINE_SILENT_DBFS;
}

static size_t list_findings(const struct line_entry *entry, bool is_venue, enum line_finding *ret)
{
	bool is_so[LINE_FINDING_END];
	size_t n = 0;

	judge(entry, is_venue, is_so);
	for (int i = LINE_FINDING_UNSET + 1; i < LINE_FINDING_END; i++) {
		if (is_so[i]) {
			ret[n++] = (enum line_finding)i;
		}
	}
	return n;
}

size_t mtg_line_findings(const struct meeting *meeting, int site, enum line_finding *ret)
{
	const struct line_entry *entry = &meeting->sites[site].line;

	return entry->asked ? list_findings(entry, site == meeting->core.main_venue, ret) : 0;
}

static bool has_passed(const struct line_entry *entry, bool is_venue)
{
	enum line_finding findings[LINE_FINDING_END];

	return list_findings(entry, is_venue, findings) == 0;
}

struct line_count mtg_line_count(const struct meeting *meeting)
{
	struct line_count count = {0};

	for (int i = 0; i < (int)meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (takes_part(site)) {
			count.of++;
			count.reported += site->line.reported;
			count.passed += has_passed(&site->line, i == meeting->core.main_venue);
		}
	}
	return count;
}

/* ---- begun ---- */

int mtg_decide_line_test_start(struct deciding *d)
{
	if (d->meeting->core.about.state != MEETING_STATE_ASSEMBLING) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.line_test.open) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_LINE_TEST_STARTED);
	return 0;
}

static void ask(struct line_entry *entry, bool let_in)
{
	if (entry->reported) {
		entry->has_before = true;
		memcpy(&entry->before, &entry->figures, sizeof(entry->before));
	}
	entry->asked = let_in;
	entry->reported = entry->confirmed = entry->heard = false;
	memset(&entry->figures, 0, sizeof(entry->figures));
}

void mtg_apply_line_test_started(struct meeting *meeting, const struct mtg_record *record)
{
	struct line_test *test = &meeting->core.line_test;

	memset(test, 0, sizeof(*test));
	test->open = true;
	test->number = record->seq;
	test->started = record->at;
	test->due = instant_after(record->at, (struct span){LINE_TEST_SPAN_MS});
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		struct site *site = &meeting->sites[i];

		if (!site->removed) {
			ask(&site->line, !site->barred && mtg_is_venue(site));
		}
	}
}

/* ---- answered ---- */

/* 0, or why a site cannot answer now. */
static int check_answer(const struct deciding *d, const char *id, int *ret_site)
{
	int r = mtg_need_site(d->meeting, id, ret_site);

	if (r != 0) {
		return r;
	}
	if (!mtg_line_is_tested(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->sites[*ret_site].barred) {
		return REFUSAL_SITE_BARRED;
	}
	return d->meeting->sites[*ret_site].line.asked ? 0 : REFUSAL_WRONG_STATE;
}

static bool is_way(bool has, const struct line_way *way)
{
	return !has || way->loss_permille <= 1000;
}

static bool are_sound(const struct line_figures *figures)
{
	return is_word(figures->picture, LINE_PICTURE_END) &&
	       is_way(figures->has_up, &figures->up) && is_way(figures->has_down, &figures->down);
}

/* A text that grows; what does not fit is left out. */
struct evidence {
	char *text;
	size_t n;
};

static void put_text(struct evidence *to, const char *text)
{
	size_t n = strlen(text);

	if (to->n + n < NOTE_SIZE) {
		memcpy(to->text + to->n, text, n + 1);
		to->n += n;
	}
}

static void put_number(struct evidence *to, uint64_t number)
{
	char digits[24] = {0};
	size_t at = sizeof(digits) - 1;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	put_text(to, digits + at);
}

static void put_way(struct evidence *to, const char *arrow, bool has, const struct line_way *way)
{
	put_text(to, arrow);
	if (!has) {
		put_text(to, " –");
		return;
	}
	put_text(to, " ");
	put_number(to, way->bits_per_second / 1000);
	put_text(to, " kbit/s ");
	put_number(to, way->loss_permille / 10);
	put_text(to, ".");
	put_number(to, way->loss_permille % 10);
	put_text(to, " %");
}

/* The figures that passed, in signs that need no language. */
static void write_evidence(const struct line_figures *figures, char text[NOTE_SIZE])
{
	struct evidence to = {text, 0};

	put_way(&to, "↑", figures->has_up, &figures->up);
	put_way(&to, " · ↓", figures->has_down, &figures->down);
	if (figures->has_round_trip && figures->round_trip.ms >= 0) {
		put_text(&to, " · ");
		put_number(&to, (uint64_t)figures->round_trip.ms);
		put_text(&to, " ms");
	}
}

/* The answer that completes a test which was passed signs it. */
static void sign_passed(struct deciding *d, int site, const struct line_entry *entry)
{
	const struct site *signed_site = &d->meeting->sites[site];

	if (signed_site->steps[READINESS_STEP_LINE_TESTED].done ||
		!has_passed(entry, site == d->meeting->core.main_venue)) {
		return;
	}
	struct ev_site_signed *out = &mtg_emit(d, EV_SITE_SIGNED)->site_signed;
	TEXT_COPY(out->site, signed_site->id);
	out->step = READINESS_STEP_LINE_TESTED;
	out->done = true;
	out->has_evidence = true;
	write_evidence(&entry->figures, out->evidence);
}

int mtg_decide_line_test_report(struct deciding *d)
{
	const struct cmd_line_test_report *in = &d->command->body.line_test_report;
	int site;
	int r = check_answer(d, in->site, &site);

	if (r != 0) {
		return r;
	}
	if (!are_sound(&in->figures)) {
		return REFUSAL_INVALID;
	}
	struct line_entry entry = d->meeting->sites[site].line;
	if (entry.reported) {
		return REFUSAL_ALREADY;
	}
	struct ev_line_test_reported *out = &mtg_emit(d, EV_LINE_TEST_REPORTED)->line_test_reported;
	TEXT_COPY(out->site, in->site);
	out->figures = in->figures;
	entry.reported = true;
	entry.figures = in->figures;
	sign_passed(d, site, &entry);
	return 0;
}

/* Member by member: what lies between them stays zero, and two folds are equal. */
static void take_way(struct line_way *to, const struct line_way *from)
{
	to->bits_per_second = from->bits_per_second;
	to->loss_permille = from->loss_permille;
	to->has_jitter = from->has_jitter;
	to->jitter.ms = from->has_jitter ? from->jitter.ms : 0;
}

void mtg_apply_line_test_reported(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_line_test_reported *in = &record->event.line_test_reported;
	struct line_entry *entry = &meeting->sites[mtg_find_site(meeting, in->site)].line;
	struct line_figures *to = &entry->figures;

	entry->reported = true;
	to->has_round_trip = in->figures.has_round_trip;
	to->round_trip.ms = to->has_round_trip ? in->figures.round_trip.ms : 0;
	to->has_clock_offset = in->figures.has_clock_offset;
	to->clock_offset.ms = to->has_clock_offset ? in->figures.clock_offset.ms : 0;
	to->has_up = in->figures.has_up;
	to->has_down = in->figures.has_down;
	if (to->has_up) {
		take_way(&to->up, &in->figures.up);
	}
	if (to->has_down) {
		take_way(&to->down, &in->figures.down);
	}
	to->picture = in->figures.picture;
	to->level_dbfs = in->figures.level_dbfs;
	to->has_echo_dbfs = in->figures.has_echo_dbfs;
	to->echo_dbfs = to->has_echo_dbfs ? in->figures.echo_dbfs : 0;
}

int mtg_decide_line_test_confirm(struct deciding *d)
{
	const struct cmd_line_test_confirm *in = &d->command->body.line_test_confirm;
	int site;
	int r = check_answer(d, in->site, &site);

	if (r != 0) {
		return r;
	}
	struct line_entry entry = d->meeting->sites[site].line;
	if (entry.confirmed) {
		return REFUSAL_ALREADY;
	}
	struct ev_line_test_confirmed *out =
		&mtg_emit(d, EV_LINE_TEST_CONFIRMED)->line_test_confirmed;
	TEXT_COPY(out->site, in->site);
	out->heard = in->heard;
	entry.confirmed = true;
	entry.heard = in->heard;
	sign_passed(d, site, &entry);
	return 0;
}

void mtg_apply_line_test_confirmed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_line_test_confirmed *in = &record->event.line_test_confirmed;
	struct line_entry *entry = &meeting->sites[mtg_find_site(meeting, in->site)].line;

	entry->confirmed = true;
	entry->heard = in->heard;
}

/* ---- ended ---- */

static void emit_ended(struct deciding *d, enum asked_end cause)
{
	struct line_count count = mtg_line_count(d->meeting);
	struct ev_line_test_ended *out = &mtg_emit(d, EV_LINE_TEST_ENDED)->line_test_ended;

	out->cause = cause;
	out->passed = (uint32_t)count.passed;
	out->of = (uint32_t)count.of;
}

int mtg_decide_line_test_end(struct deciding *d)
{
	if (d->meeting->core.about.state != MEETING_STATE_ASSEMBLING) {
		return REFUSAL_WRONG_STATE;
	}
	if (!d->meeting->core.line_test.open) {
		return REFUSAL_ALREADY;
	}
	emit_ended(d, ASKED_END_STAFF);
	return 0;
}

void mtg_apply_line_test_ended(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.line_test.open = false;
	meeting->core.line_test.ended = record->at;
	meeting->core.line_test.cause = record->event.line_test_ended.cause;
}

static bool nobody_is_awaited(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (takes_part(site) && !(site->line.reported && site->line.confirmed)) {
			return false;
		}
	}
	return true;
}

/* Why it ends at once, or UNSET: it waits for its span. */
static enum asked_end end_at_once(const struct meeting *meeting)
{
	if (!mtg_line_is_tested(meeting)) {
		return ASKED_END_CLOSING;
	}
	return nobody_is_awaited(meeting) ? ASKED_END_ANSWERED : ASKED_END_UNSET;
}

bool mtg_line_test_due(const struct meeting *meeting, struct instant *ret_due)
{
	const struct line_test *test = &meeting->core.line_test;

	if (!test->open) {
		return false;
	}
	*ret_due = end_at_once(meeting) ? meeting->core.at : test->due;
	return true;
}

void mtg_settle_line_test(struct deciding *d)
{
	const struct line_test *test = &d->meeting->core.line_test;
	enum asked_end cause = test->open ? end_at_once(d->meeting) : ASKED_END_UNSET;

	if (test->open && !cause && instant_reached(test->due, d->now.at)) {
		cause = ASKED_END_SPAN;
	}
	if (cause && mtg_has_room(d)) {
		emit_ended(d, cause);
	}
}
