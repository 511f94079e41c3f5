/* What is owed and comes in, and what is handed out: the record of files (documents.h, handouts.h).
 */
#include <string.h>

#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "tests/unit/meeting/stage.h"

static struct stage *stage;

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int set_up(void **state)
{
	(void)state;
	stage = stage_create();
	stage_rehearse(stage);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	assert_null(mtg_check(stage->meeting));
	stage_destroy(stage);
	return 0;
}

/* ---- what is owed ---- */

static struct cmd_document_add *owe(const char *id)
{
	struct cmd_document_add *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_DOCUMENT_ADD)->document_add;

	strcpy(in->document, id);
	strcpy(in->title, "Báo cáo");
	return in;
}

static void owed_by_site(const char *id, const char *site)
{
	struct cmd_document_add *in = owe(id);

	in->has_site = true;
	strcpy(in->site, site);
	must(stage_give(stage));
}

static void owed_by_every_site(const char *id)
{
	struct cmd_document_add *in = owe(id);

	in->has_every_site = in->every_site = true;
	must(stage_give(stage));
}

static struct cmd_document_receive *bring(const char *id, const char *site)
{
	struct cmd_document_receive *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_DOCUMENT_RECEIVE)->document_receive;

	strcpy(in->document, id);
	in->has_site = site != NULL;
	strcpy(in->site, site ? site : "");
	stage_fill_file(&in->file);
	return in;
}

static int discard(const char *id, const char *site)
{
	struct cmd_document_discard *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_DOCUMENT_DISCARD)->document_discard;

	strcpy(in->document, id);
	in->has_site = site != NULL;
	strcpy(in->site, site ? site : "");
	return stage_give(stage);
}

static bool has_documents_in(const char *site)
{
	return mtg_site_by_id(stage->meeting, site)->steps[READINESS_STEP_DOCUMENTS_IN].done;
}

static size_t missing(size_t document)
{
	return mtg_document_missing(stage->meeting, mtg_document(stage->meeting, document));
}

static void test_the_ledger_follows_the_last_document(void **state)
{
	(void)state;
	owed_by_site("d-1", "a");
	owed_by_every_site("d-2");
	bring("d-1", "a");
	must(stage_give(stage));
	assert_false(has_documents_in("a"));
	bring("d-2", "a");
	must(stage_give(stage));
	assert_true(has_documents_in("a"));
	assert_false(has_documents_in("b"));
	must(discard("d-1", "a"));
	assert_false(has_documents_in("a"));
	assert_int_equal(discard("d-1", "a"), REFUSAL_ALREADY);
}

/* A record that is kept for a year: what is owed in December does not hold up the meeting of July.
 */
static void test_what_is_due_later_is_not_waited_for(void **state)
{
	struct cmd_document_add *in;

	(void)state;
	owed_by_site("d-1", "a");
	in = owe("d-2");
	in->has_site = in->has_due = true;
	strcpy(in->site, "a");
	strcpy(in->due, "2099-12-05");
	must(stage_give(stage));
	bring("d-1", "a");
	must(stage_give(stage));
	assert_true(has_documents_in("a"));
}

static void test_only_who_owes_brings(void **state)
{
	(void)state;
	owed_by_site("d-1", "a");
	strcpy(owe("d-2")->unit, "Sở Y tế");
	stage->command.body.document_add.has_unit = true;
	must(stage_give(stage));
	bring("d-1", "b");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	bring("d-1", NULL);
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	bring("d-2", "a");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	bring("d-9", "a");
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	bring("d-1", "nowhere");
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	assert_int_equal(mtg_received_count(stage->meeting), 0);
	bring("d-2", NULL);
	must(stage_give(stage));
	assert_int_equal(missing(1), 0);
	assert_int_equal(missing(0), 1);
}

static void test_what_comes_later_takes_the_place(void **state)
{
	struct cmd_document_receive *in;

	(void)state;
	owed_by_site("d-1", "a");
	bring("d-1", "a");
	must(stage_give(stage));
	bring("d-1", "a");
	assert_int_equal(stage_give(stage), REFUSAL_ALREADY);
	in = bring("d-1", "a");
	in->file.digest[0] = 'b';
	must(stage_give(stage));
	assert_int_equal(mtg_received_count(stage->meeting), 1);
	assert_int_equal(
		mtg_received(stage->meeting, "d-1", mtg_received_at(stage->meeting, 0)->site)
			->file.digest[0],
		'b');
}

static void test_every_remote_site_owes_its_own(void **state)
{
	size_t all;

	(void)state;
	owed_by_every_site("d-1");
	all = missing(0);
	assert_true(all > 1);
	bring("d-1", "a");
	must(stage_give(stage));
	assert_int_equal(missing(0), all - 1);
	must(stage_op(stage, CMD_SITE_REMOVE, "b"));
	assert_int_equal(missing(0), all - 2);
	assert_int_equal(stage_op(stage, CMD_DOCUMENT_REMOVE, "d-1"), REFUSAL_WRONG_STATE);
}

static void test_names_are_fit_to_be_shown(void **state)
{
	static const char turned_round[] = "\xe2\x80\xae"
					   "fdp.exe";
	static const char *const names[] = {
		"", "../bao-cao.pdf", ".an", "a/b", "a\\b", "a\nb", "a\tb", turned_round};

	(void)state;
	owed_by_site("d-1", "a");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		strcpy(bring("d-1", "a")->file.name, names[i]);
		assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	}
	bring("d-1", "a")->file.size = 0;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	bring("d-1", "a")->file.type = FILE_TYPE_UNSET;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	strcpy(bring("d-1", "a")->file.name, "Báo cáo quý II.docx");
	must(stage_give(stage));
}

/* ---- what is handed out ---- */

static struct cmd_handout_offer *offer(const char *id)
{
	struct cmd_handout_offer *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_HANDOUT_OFFER)->handout_offer;

	strcpy(in->handout, id);
	strcpy(in->title, "Chương trình");
	stage_fill_file(&in->file);
	return in;
}

static int mark(enum role role, const char *id, const char *site, enum receipt receipt)
{
	struct cmd_handout_mark *in = &stage_begin(stage, role, CMD_HANDOUT_MARK)->handout_mark;

	if (role == ROLE_SITE) {
		stage_by_site(stage, site);
	}
	strcpy(in->handout, id);
	strcpy(in->site, site);
	in->receipt = receipt;
	return stage_give(stage);
}

static enum receipt receipt_of(size_t handout, const char *site)
{
	const struct meeting *meeting = stage->meeting;

	for (size_t i = 0; i < mtg_site_count(meeting); i++) {
		if (strcmp(mtg_site(meeting, (int)i)->id, site) == 0) {
			return mtg_receipt(meeting, mtg_handout(meeting, handout), (int)i);
		}
	}
	return RECEIPT_UNSET;
}

static void test_receipts_only_go_on(void **state)
{
	(void)state;
	offer("h-1");
	must(stage_give(stage));
	offer("h-1");
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS);
	assert_int_equal(receipt_of(0, "a"), RECEIPT_OFFERED);
	must(mark(ROLE_SITE, "h-1", "a", RECEIPT_FETCHED));
	assert_int_equal(mark(ROLE_SITE, "h-1", "a", RECEIPT_FETCHED), REFUSAL_ALREADY);
	must(mark(ROLE_SITE, "h-1", "a", RECEIPT_OPENED));
	assert_int_equal(mark(ROLE_OPERATOR, "h-1", "a", RECEIPT_FETCHED), REFUSAL_ALREADY);
	assert_int_equal(receipt_of(0, "a"), RECEIPT_OPENED);
	assert_int_equal(receipt_of(0, "b"), RECEIPT_OFFERED);
	must(mark(ROLE_OPERATOR, "h-1", "b", RECEIPT_OPENED));
	must(stage_op(stage, CMD_HANDOUT_WITHDRAW, "h-1"));
	assert_int_equal(mtg_handout_count(stage->meeting), 0);
	assert_int_equal(mark(ROLE_SITE, "h-1", "b", RECEIPT_OPENED), REFUSAL_NOT_FOUND);
}

static void test_a_file_for_some_is_not_for_others(void **state)
{
	struct cmd_handout_offer *in = offer("h-1");

	(void)state;
	in->has_sites = true;
	in->n_sites = 2;
	strcpy(in->sites[0], "a");
	strcpy(in->sites[1], "a");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in = offer("h-1");
	in->has_sites = true;
	in->n_sites = 1;
	strcpy(in->sites[0], "a");
	must(stage_give(stage));
	assert_int_equal(receipt_of(0, "b"), RECEIPT_UNSET);
	assert_int_equal(mark(ROLE_SITE, "h-1", "b", RECEIPT_FETCHED), REFUSAL_NOT_FOUND);
	must(mark(ROLE_SITE, "h-1", "a", RECEIPT_FETCHED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_the_ledger_follows_the_last_document, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_what_is_due_later_is_not_waited_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_only_who_owes_brings, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_what_comes_later_takes_the_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_every_remote_site_owes_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names_are_fit_to_be_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_receipts_only_go_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_a_file_for_some_is_not_for_others, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
