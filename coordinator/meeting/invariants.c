/*
 * The invariants: what must hold after every batch of every command. Each has a name; tests plant a
 * violation of each and check that it is found.
 */
#include <string.h>

#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

static bool one_active_item(const struct meeting *meeting)
{
	const struct core *core = &meeting->core;

	for (int i = 0; i < (int)core->n_items; i++) {
		if ((meeting->items[i].state == ITEM_STATE_ACTIVE) != (core->active_item == i)) {
			return false;
		}
	}
	return core->active_item == MTG_NONE || core->about.state == MEETING_STATE_LIVE;
}

static bool items_have_times(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = &meeting->items[i];
		bool done = item->state == ITEM_STATE_DONE;

		if (!item->state || (done && !item->was_finished) ||
			(item->was_finished && !item->was_started) ||
			(item->state == ITEM_STATE_ACTIVE && !item->was_started) ||
			(item->was_finished && item->finished.ms < item->started.ms)) {
			return false;
		}
	}
	return true;
}

static bool one_turn_on_air(const struct meeting *meeting)
{
	for (int i = 0; i < (int)meeting->core.n_turns; i++) {
		bool on_air = meeting->turns[i].state == TURN_STATE_ON_AIR;

		if (on_air != (meeting->core.floor.on_air == i)) {
			return false;
		}
	}
	return true;
}

static bool one_turn_cued(const struct meeting *meeting)
{
	for (int i = 0; i < (int)meeting->core.n_turns; i++) {
		bool cued = meeting->turns[i].state == TURN_STATE_CUED;

		if (cued != (meeting->core.floor.cued == i)) {
			return false;
		}
	}
	return true;
}

static bool on_air_in_active_item(const struct meeting *meeting)
{
	int index = meeting->core.floor.on_air;

	return index == MTG_NONE ||
	       (is_live(meeting) && mtg_list_is_active(meeting, meeting->turns[index].list));
}

static bool on_air_approved(const struct meeting *meeting)
{
	int index = meeting->core.floor.on_air;

	return index == MTG_NONE || meeting->turns[index].approved;
}

static bool on_air_not_barred(const struct meeting *meeting)
{
	int index = meeting->core.floor.on_air;

	return index == MTG_NONE || !mtg_turn_is_barred(meeting, &meeting->turns[index]);
}

/* Only the main venue may speak without media: it is heard in the hall. */
static bool on_air_not_silent(const struct meeting *meeting)
{
	int site = mtg_input_on_air(meeting);

	return site == MTG_NONE || site == meeting->core.main_venue ||
	       meeting->sites[site].media != MEDIA_STATE_SILENT;
}

static bool cued_can_be_taken(const struct meeting *meeting)
{
	int index = meeting->core.floor.cued;

	if (index == MTG_NONE) {
		return true;
	}
	const struct turn *turn = &meeting->turns[index];
	return is_live(meeting) && turn->approved && !mtg_turn_is_barred(meeting, turn) &&
	       mtg_list_is_open(meeting, turn->list, MTG_NONE);
}

static bool interrupted_for_a_cause(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if ((turn->state == TURN_STATE_INTERRUPTED) !=
			(turn->cause != INTERRUPT_CAUSE_UNSET)) {
			return false;
		}
	}
	return true;
}

/* Time is counted while on air, and only then. */
static bool clocks_run_on_air(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];
		bool on_air = turn->state == TURN_STATE_ON_AIR;

		if (turn->spoken.ms < 0 || (!on_air && turn->since.ms != 0) ||
			turn->since.ms > meeting->core.at.ms || !is_planned_span(turn->allowance)) {
			return false;
		}
	}
	return true;
}

static bool spoken_turns_have_times(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];
		bool ended =
			turn->state == TURN_STATE_DONE || turn->state == TURN_STATE_INTERRUPTED;

		if ((turn->state == TURN_STATE_ON_AIR && !turn->was_taken) ||
			(ended && (!turn->was_taken || !turn->was_ended))) {
			return false;
		}
	}
	return true;
}

static bool warned_before_overrun(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if ((turn->overran && !turn->warned) || (turn->warned && turn->allowance.ms == 0)) {
			return false;
		}
	}
	return true;
}

static bool is_permutation(const int16_t *order, size_t n)
{
	uint8_t seen[TURNS_MAX] = {0};

	for (size_t i = 0; i < n; i++) {
		if (order[i] < 0 || (size_t)order[i] >= n || seen[order[i]]) {
			return false;
		}
		seen[order[i]] = 1;
	}
	return true;
}

static bool items_in_order_once(const struct meeting *meeting)
{
	return is_permutation(meeting->item_order, meeting->core.n_items);
}

/* They never began, and come last in the order. */
static bool removed_items_come_last(const struct meeting *meeting)
{
	bool behind = false;

	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = &meeting->items[meeting->item_order[i]];
		bool removed = item->state == ITEM_STATE_REMOVED;

		if ((behind && !removed) || (removed && item->was_started)) {
			return false;
		}
		behind = removed;
	}
	return true;
}

static bool turns_in_order_once(const struct meeting *meeting)
{
	return is_permutation(meeting->turn_order, meeting->core.n_turns);
}

static bool ids_found(const struct meeting *meeting)
{
	const struct core *core = &meeting->core;
	bool ok = true;

	for (int i = 0; i < (int)core->n_sites; i++) {
		ok = ok && mtg_find_site(meeting, meeting->sites[i].id) == i &&
		     meeting->numbers[meeting->sites[i].number] == i + 1;
	}
	for (int i = 0; i < (int)core->n_items; i++) {
		ok = ok && mtg_find_item(meeting, meeting->items[i].id) == i;
	}
	for (int i = 0; i < (int)core->n_lists; i++) {
		ok = ok && mtg_find_list(meeting, meeting->lists[i].id) == i;
	}
	for (int i = 0; i < (int)core->n_turns; i++) {
		ok = ok && mtg_find_turn(meeting, meeting->turns[i].id) == i;
	}
	return ok;
}

static bool hands_counted(const struct meeting *meeting)
{
	return mtg_finished_hands_are_counted(meeting);
}

static bool one_main_venue(const struct meeting *meeting)
{
	for (int i = 0; i < (int)meeting->core.n_sites; i++) {
		bool main = meeting->sites[i].kind == SITE_KIND_MAIN;

		if (main != (meeting->core.main_venue == i) || (main && meeting->sites[i].barred)) {
			return false;
		}
	}
	return true;
}

static bool one_player(const struct meeting *meeting)
{
	for (int i = 0; i < (int)meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];
		bool player = !site->removed && site->kind == SITE_KIND_PLAYER;

		if (player != (meeting->core.film.player == i)) {
			return false;
		}
	}
	return true;
}

/* What is known of a film is that of an item that is to come or is active, and only that plays. */
static bool film_has_an_item(const struct meeting *meeting)
{
	const struct film *film = &meeting->core.film;

	if (film->item == MTG_NONE) {
		return !film->wanted && film->state == FILM_STATE_UNSET && !film->has_length;
	}
	const struct item *item = &meeting->items[film->item];
	bool ahead = item->state == ITEM_STATE_PENDING || item->state == ITEM_STATE_ACTIVE;
	return ahead && mtg_has_film(item) &&
	       (!film->wanted || film->item == meeting->core.active_item) &&
	       film->at.ms <= meeting->core.at.ms && film->since.ms <= film->at.ms;
}

/* Nothing is to come of a site that was removed, and nothing is measured of it. */
static bool removed_sites_rest(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (site->removed && (site->kind == SITE_KIND_MAIN || site->spare || site->posted ||
					     site->link != LINK_STATE_ABSENT ||
					     site->media != MEDIA_STATE_NONE)) {
			return false;
		}
	}
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if ((meeting->sites[turn->site].removed ||
			    meeting->sites[mtg_turn_input(turn)].removed) &&
			(is_upcoming(turn) || turn->state == TURN_STATE_ON_AIR)) {
			return false;
		}
	}
	return true;
}

/* At another site, and what was spoken at sites before is part of what was spoken. */
static bool telephones_come_in_elsewhere(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];
		bool known = turn->telephone >= 0 &&
			     (size_t)turn->telephone < meeting->core.n_sites &&
			     turn->telephone != turn->site;

		if (turn->by_telephone ? !known
				       : turn->telephone != MTG_NONE || turn->telephone_note[0]) {
			return false;
		}
	}
	return true;
}

/* Every stretch was spoken at one site: all sites together have spoken what all turns have. */
static bool sites_have_spoken_their_turns(const struct meeting *meeting)
{
	int64_t turns = 0, sites = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (turn->elsewhere.ms < 0 || turn->elsewhere.ms > turn->spoken.ms) {
			return false;
		}
		turns += turn->spoken.ms;
		sites += turn->spoken.ms - turn->elsewhere.ms;
	}
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		sites += meeting->sites[i].moved_on.ms;
	}
	return turns == sites;
}

static bool documents_are_owed(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_documents; i++) {
		const struct owed_document *document = &meeting->documents[i];

		if (mtg_find_document(meeting, document->id) != (int)i ||
			(document->site != MTG_NONE &&
				(document->site < 0 ||
					(size_t)document->site >= meeting->core.n_sites))) {
			return false;
		}
	}
	return true;
}

static bool checklist_is_whole(const struct meeting *meeting)
{
	static const struct tick untouched;
	size_t n = meeting->core.n_checks;

	for (size_t i = 0; i < n; i++) {
		if (mtg_find_check(meeting, meeting->checks[i].id) != (int)i) {
			return false;
		}
	}
	for (size_t site = 0; site < meeting->core.n_sites; site++) {
		const struct tick *ticks = meeting->site_ticks[site].ticks;

		if (n < CHECKS_MAX && memcmp(&ticks[n], &untouched, sizeof(untouched)) != 0) {
			return false;
		}
	}
	return true;
}

/* Nothing is counted of a category that is none, and without terms nothing at all. */
static bool registrations_fit_terms(const struct meeting *meeting)
{
	const struct registration_terms *terms = mtg_registration_terms(meeting);

	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct registration *of = &meeting->registrations[i];

		if (!terms && (of->registered || of->attended)) {
			return false;
		}
		for (size_t c = terms ? terms->n_categories : 0; c < CATEGORIES_MAX; c++) {
			if (of->expected[c] + of->present[c] + of->online[c] + of->absent[c] > 0) {
				return false;
			}
		}
		if ((of->registered || of->attended) != (of->revision > 0)) {
			return false;
		}
	}
	return true;
}

static bool is_judged_right(const struct meeting *meeting, int vote)
{
	enum vote_state state = meeting->votes[vote].state;
	struct vote_sums sums;

	if (state != VOTE_STATE_CLOSED && state != VOTE_STATE_INVALID) {
		return true;
	}
	mtg_vote_sums(meeting, vote, &sums);
	return (sums.fault != VOTE_FAULT_UNSET) == (state == VOTE_STATE_INVALID);
}

/* One open at most, while live; of those that were closed, whose counts disagree is invalid. */
static bool votes_have_their_state(const struct meeting *meeting)
{
	for (int i = 0; i < (int)meeting->core.n_votes; i++) {
		const struct vote *vote = &meeting->votes[i];
		bool open = vote->state == VOTE_STATE_OPEN;

		if (open != (meeting->core.open_vote == i) || (open && !is_live(meeting)) ||
			vote->was_opened != (vote->state != VOTE_STATE_PLANNED) ||
			vote->was_ended != (vote->was_opened && !open) ||
			(vote->removed && vote->was_opened) || !is_judged_right(meeting, i)) {
			return false;
		}
	}
	return true;
}

static bool tasks_have_owners(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_tasks; i++) {
		const struct task *task = &meeting->tasks[i];

		if (mtg_find_task(meeting, task->id) != (int)i || !task->owner[0]) {
			return false;
		}
	}
	return true;
}

/* Of a vote that was opened, in its method; the last was not cast before. */
static bool ballots_fit_their_vote(const struct meeting *meeting)
{
	int last = (int)meeting->core.n_ballots - 1;

	for (int i = 0; i <= last; i++) {
		const struct ballot *ballot = &meeting->ballots[i];
		const struct vote *vote = &meeting->votes[ballot->vote];
		bool by_site = vote->method == VOTE_METHOD_BY_SITE;
		int first = i < last ? i
				     : mtg_find_ballot(
					       meeting, ballot->vote, ballot->site, ballot->voter);

		if (!vote->was_opened || (size_t)ballot->site >= meeting->core.n_sites ||
			by_site != (ballot->value.choice == 0) || first != i ||
			ballot->value.choice > vote->n_options ||
			ballot->value.count.n_answers != (by_site ? vote->n_options : 0)) {
			return false;
		}
	}
	return true;
}

/* At most one is shown, in the active item; what has been shown, and nothing else, has a time. */
static bool acts_are_of_ceremonies(const struct meeting *meeting)
{
	size_t n_shown = 0;

	for (int i = 0; i < (int)meeting->core.n_acts; i++) {
		const struct act *act = &meeting->acts[i];
		bool shown = act->state == ACT_STATE_SHOWN;
		bool known = act->item >= 0 && (size_t)act->item < meeting->core.n_items;

		if (!known || !mtg_is_ceremony(meeting->items[act->item].kind) ||
			mtg_find_act(meeting, act->id) != i ||
			act->was_shown != (shown || act->state == ACT_STATE_DONE) ||
			(shown && act->item != meeting->core.active_item)) {
			return false;
		}
		n_shown += shown;
	}
	return n_shown <= 1;
}

/* What has come in is owed by somebody, and is there once. */
static bool received_was_owed(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_received; i++) {
		const struct received_document *received = &meeting->received[i];
		bool sited = received->site >= 0 && (size_t)received->site < meeting->core.n_sites;

		if (mtg_find_document(meeting, received->document) == MTG_NONE ||
			(received->site != MTG_NONE && !sited) ||
			mtg_received(meeting, received->document, received->site) != received) {
			return false;
		}
	}
	return true;
}

static bool handouts_named_once(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_handouts; i++) {
		if (mtg_find_handout(meeting, meeting->handouts[i].id) != (int)i) {
			return false;
		}
	}
	return true;
}

static size_t count_bits(uint32_t marks)
{
	size_t n = 0;

	for (; marks; marks &= marks - 1) {
		n++;
	}
	return n;
}

static size_t count_marks(const struct meeting *meeting)
{
	size_t n = count_bits(meeting->core.alarms);

	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		n += count_bits(meeting->sites[i].alarms);
	}
	return n;
}

/* Each open alarm is marked at its site or in the core, so no cause has two. */
static bool alarms_marked(const struct meeting *meeting)
{
	uint64_t last = 0;

	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		const struct alarm *alarm = &meeting->alarms[i];
		uint32_t marks = alarm->site == MTG_NONE ? meeting->core.alarms
							 : meeting->sites[alarm->site].alarms;
		bool marked = (marks & (1u << alarm->kind)) != 0;

		if (!marked || alarm->number <= last ||
			alarm->number > meeting->core.alarms_raised) {
			return false;
		}
		last = alarm->number;
	}
	return count_marks(meeting) == meeting->core.n_alarms;
}

static bool content_can_be_shown(const struct meeting *meeting)
{
	int site = meeting->core.scene.content;

	return site == MTG_NONE || (is_live(meeting) && mtg_has_content(&meeting->sites[site]));
}

/* Before the opening or in the debrief, to a remote site that is not barred; alone only with one
 * that is called. */
static bool talkback_has_parties(const struct meeting *meeting)
{
	const struct talkback *talkback = &meeting->core.talkback;
	int site = talkback->site;

	if (!talkback->open) {
		return site == MTG_NONE && !talkback->private && !talkback->answer;
	}
	return mtg_may_talk(meeting) && meeting->core.main_venue != MTG_NONE &&
	       site != meeting->core.main_venue &&
	       (site == MTG_NONE ? !talkback->private && !talkback->answer
				 : !meeting->sites[site].barred);
}

/* Who is called by the roll is called by the talkback, aloud. */
static bool roll_calls_by_talkback(const struct meeting *meeting)
{
	const struct roll_call *roll = &meeting->core.roll;
	const struct talkback *talkback = &meeting->core.talkback;

	return roll->site == MTG_NONE ||
	       (roll->begun && roll->site == roll->last && talkback->open && !talkback->private &&
		       talkback->site == roll->site && meeting->sites[roll->site].roll.called);
}

/* Nothing is known of a roll that was not begun; who was heard and seen was called. */
static bool roll_results_have_calls(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct roll_entry *entry = &meeting->sites[i].roll;

		if ((!meeting->core.roll.begun && (entry->called || entry->result)) ||
			(entry->result == ROLL_RESULT_HEARD_AND_SEEN && !entry->called) ||
			(!entry->result && entry->note[0])) {
			return false;
		}
	}
	return true;
}

static bool ready_check_ends(const struct meeting *meeting)
{
	const struct ready_check *check = &meeting->core.ready;

	return check->open ? check->due.ms > check->asked.ms && !check->cause
			   : check->ended.ms >= check->asked.ms &&
				     (check->cause != ASKED_END_UNSET) == (check->due.ms != 0);
}

static bool line_test_ends(const struct meeting *meeting)
{
	const struct line_test *test = &meeting->core.line_test;

	return test->open ? test->due.ms > test->started.ms && !test->cause
			  : (test->cause != ASKED_END_UNSET) == (test->number != 0);
}

/* Figures and answers are of a test that asked for them. */
static bool line_answers_were_asked(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct line_entry *entry = &meeting->sites[i].line;

		if ((entry->asked && meeting->core.line_test.number == 0) ||
			((entry->reported || entry->confirmed) && !entry->asked) ||
			(entry->heard && !entry->confirmed)) {
			return false;
		}
	}
	return true;
}

/* It has rung, and for pauses; what is owed is the end of one that is over. */
static bool bell_has_rung_for_pauses(const struct meeting *meeting)
{
	const struct bell *bell = &meeting->core.bell;
	int n_items = (int)meeting->core.n_items;

	return (bell->number == 0) == (bell->reason == BELL_REASON_UNSET) &&
	       bell->at.ms <= meeting->core.at.ms && bell->item < n_items &&
	       (bell->item != MTG_NONE) == (bell->ahead.done || bell->over.done) &&
	       bell->owed < n_items &&
	       (bell->owed == MTG_NONE || (is_live(meeting) && !bell->held &&
						  meeting->items[bell->owed].was_finished));
}

/* What is said is said to a turn there was, and not before its take. */
static bool lectern_was_told(const struct meeting *meeting)
{
	const struct lectern *lectern = &meeting->core.lectern;

	return lectern->takes <= meeting->core.floor.takes &&
	       (lectern->text[0] != '\0' || (lectern->turn[0] == '\0' && lectern->takes == 0));
}

/* An offer is of somebody who directs, and to somebody else. */
static bool direction_is_of_one(const struct meeting *meeting)
{
	const struct direction *direction = &meeting->core.direction;
	bool directed = direction->account[0] != '\0';

	return directed == (direction->link != LINK_STATE_UNSET) &&
	       (direction->offer.number == 0
			       ? direction->offer.to[0] == '\0'
			       : directed && strcmp(direction->offer.to, direction->account) != 0);
}

/* Of each site no more than it may give in an item, of an item that was under way once. */
static bool opinions_have_items(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->core.n_opinions; i++) {
		const struct opinion *opinion = &meeting->opinions[i];
		size_t n = 0;

		for (size_t j = 0; j <= i; j++) {
			n += meeting->opinions[j].item == opinion->item &&
			     meeting->opinions[j].site == opinion->site;
		}
		if (n > OPINIONS_PER_SITE_MAX || !meeting->items[opinion->item].was_started ||
			(opinion->state == OPINION_STATE_GIVEN) !=
				(opinion->marked_by.role == ROLE_UNSET)) {
			return false;
		}
	}
	return true;
}

/* Each message that is kept has a slot of its own; sites have read no others. */
static bool messages_have_slots(const struct meeting *meeting)
{
	uint64_t slots = 0;

	for (size_t i = 0; i < meeting->core.n_messages; i++) {
		uint64_t mark = UINT64_C(1) << meeting->messages[i].slot;

		if (slots & mark) {
			return false;
		}
		slots |= mark;
	}
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		if (meeting->sites[i].read_messages & ~slots) {
			return false;
		}
	}
	return slots == meeting->core.message_slots;
}

/* One remote camera, the venue's camera, one content: the program is what the slots carry. */
static bool program_fits_slots(const struct meeting *meeting)
{
	int n[2][2] = {{0}};
	struct scene program;

	mtg_program(meeting, &program);
	for (size_t i = 0; i < program.n_panes; i++) {
		int site = program.panes[i].site;

		if (meeting->sites[site].barred || meeting->sites[site].removed) {
			return false;
		}
		n[program.panes[i].source == SOURCE_NAME_CONTENT]
		 [site == meeting->core.main_venue]++;
	}
	return n[0][0] <= 1 && n[0][1] <= 1 && n[1][0] + n[1][1] <= 1 &&
	       (program.n_panes == 0) == (program.layout == LAYOUT_SLATE);
}

static bool undo_is_of_latest_take(const struct meeting *meeting)
{
	const struct floor *floor = &meeting->core.floor;

	if (!floor->undo.open) {
		return true;
	}
	return floor->takes > 0 && is_live(meeting) && floor->undo.turn != MTG_NONE &&
	       (floor->on_air == MTG_NONE || floor->on_air == floor->undo.turn);
}

static bool revisions_are_past(const struct meeting *meeting)
{
	const struct core *core = &meeting->core;
	const struct revisions *r = &core->revisions;

	for (size_t i = 0; i < core->n_lists; i++) {
		if (meeting->lists[i].revision > core->seq) {
			return false;
		}
	}
	return r->agenda <= core->seq && r->floor <= core->seq && r->scene <= core->seq &&
	       r->microphones <= core->seq && r->roster <= core->seq && r->documents <= core->seq &&
	       r->acts <= core->seq && r->handouts <= core->seq && r->checklist <= core->seq &&
	       r->tasks <= core->seq && r->votes <= core->seq && r->messages <= core->seq &&
	       r->opinions <= core->seq;
}

static bool meeting_has_times(const struct meeting *meeting)
{
	const struct about *about = &meeting->core.about;
	bool begun = about->state == MEETING_STATE_LIVE || about->state == MEETING_STATE_CLOSED;

	return about->was_opened == begun &&
	       about->was_closed == (about->state == MEETING_STATE_CLOSED) &&
	       (!about->was_closed || about->closed.ms >= about->opened.ms) &&
	       (about->was_closed || meeting->core.closing_item == MTG_NONE) &&
	       (about->was_closed || !about->debrief);
}

const char *mtg_check(const struct meeting *meeting)
{
	static const struct {
		const char *name;
		bool (*holds)(const struct meeting *meeting);
	} invariants[] = {
		{"one_active_item", one_active_item},
		{"items_have_times", items_have_times},
		{"one_turn_on_air", one_turn_on_air},
		{"one_turn_cued", one_turn_cued},
		{"on_air_in_active_item", on_air_in_active_item},
		{"on_air_approved", on_air_approved},
		{"on_air_not_barred", on_air_not_barred},
		{"on_air_not_silent", on_air_not_silent},
		{"cued_can_be_taken", cued_can_be_taken},
		{"interrupted_for_a_cause", interrupted_for_a_cause},
		{"clocks_run_on_air", clocks_run_on_air},
		{"spoken_turns_have_times", spoken_turns_have_times},
		{"warned_before_overrun", warned_before_overrun},
		{"items_in_order_once", items_in_order_once},
		{"removed_items_come_last", removed_items_come_last},
		{"turns_in_order_once", turns_in_order_once},
		{"ids_found", ids_found},
		{"hands_counted", hands_counted},
		{"one_main_venue", one_main_venue},
		{"one_player", one_player},
		{"film_has_an_item", film_has_an_item},
		{"removed_sites_rest", removed_sites_rest},
		{"telephones_come_in_elsewhere", telephones_come_in_elsewhere},
		{"sites_have_spoken_their_turns", sites_have_spoken_their_turns},
		{"documents_are_owed", documents_are_owed},
		{"received_was_owed", received_was_owed},
		{"handouts_named_once", handouts_named_once},
		{"checklist_is_whole", checklist_is_whole},
		{"registrations_fit_terms", registrations_fit_terms},
		{"tasks_have_owners", tasks_have_owners},
		{"votes_have_their_state", votes_have_their_state},
		{"ballots_fit_their_vote", ballots_fit_their_vote},
		{"acts_are_of_ceremonies", acts_are_of_ceremonies},
		{"alarms_marked", alarms_marked},
		{"content_can_be_shown", content_can_be_shown},
		{"talkback_has_parties", talkback_has_parties},
		{"roll_calls_by_talkback", roll_calls_by_talkback},
		{"roll_results_have_calls", roll_results_have_calls},
		{"ready_check_ends", ready_check_ends},
		{"line_test_ends", line_test_ends},
		{"line_answers_were_asked", line_answers_were_asked},
		{"bell_has_rung_for_pauses", bell_has_rung_for_pauses},
		{"lectern_was_told", lectern_was_told},
		{"program_fits_slots", program_fits_slots},
		{"undo_is_of_latest_take", undo_is_of_latest_take},
		{"messages_have_slots", messages_have_slots},
		{"opinions_have_items", opinions_have_items},
		{"direction_is_of_one", direction_is_of_one},
		{"revisions_are_past", revisions_are_past},
		{"meeting_has_times", meeting_has_times},
	};

	for (size_t i = 0; i < sizeof(invariants) / sizeof(invariants[0]); i++) {
		if (!invariants[i].holds(meeting)) {
			return invariants[i].name;
		}
	}
	return NULL;
}
