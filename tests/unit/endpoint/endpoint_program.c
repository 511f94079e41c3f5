/* The hall's window and loudspeakers: removing one ends nothing else, and it comes back. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "endpoint/media/common/pipeline.h"
#include "endpoint/media/program/program.h"
#include "tests/unit/endpoint/main_loop.h"
#include "tests/unit/endpoint/removable_sinks.h"

enum { CHECK_MS = 100, PATIENCE_MS = 8000 };

static gboolean check(gpointer program)
{
	ep_program_check(program);
	return G_SOURCE_CONTINUE;
}

/* True if more is shown, or played, before the time limit. */
static bool goes_on(unsigned (*count)(void))
{
	unsigned before = count();
	for (int ms = 0; ms < PATIENCE_MS && count() < before + 10; ms += CHECK_MS) {
		run_for(CHECK_MS);
	}
	return count() >= before + 10;
}

static struct ep_program *program;
static guint checks;

static int open_hall(void **state)
{
	(void)state;
	removable_loudspeaker(true);
	char *error = NULL;
	assert_int_equal(
		ep_program_create(EP_OUT_WINDOW, NULL, ep_format_find("360p15"), &program, &error),
		0);
	struct card card = {.kind = CARD_TITLE, .theme = CARD_THEME_STATE};
	card.fields[CARD_FIELD_TITLE] = g_strdup("HỘI NGHỊ");
	ep_program_slate(program, &card);
	checks = g_timeout_add(CHECK_MS, check, program);
	return 0;
}

static int close_hall(void **state)
{
	(void)state;
	g_source_remove(checks);
	ep_program_destroy(program);
	return 0;
}

static void a_loudspeaker_may_go_and_come(void **state)
{
	(void)state;
	assert_true(goes_on(removable_shown) && goes_on(removable_played));
	removable_loudspeaker(false);
	run_for(3000);
	assert_true(goes_on(removable_shown));
	assert_null(ep_program_fault(program));
	removable_loudspeaker(true);
	assert_true(goes_on(removable_played));
	assert_true(goes_on(removable_shown));
}

static void a_loudspeaker_may_come_late(void **state)
{
	(void)state;
	close_hall(NULL);
	removable_loudspeaker(false);
	char *error = NULL;
	assert_int_equal(
		ep_program_create(EP_OUT_WINDOW, NULL, ep_format_find("360p15"), &program, &error),
		0);
	checks = g_timeout_add(CHECK_MS, check, program);
	assert_true(goes_on(removable_shown));
	removable_loudspeaker(true);
	assert_true(goes_on(removable_played));
}

static void a_closed_window_opens_again(void **state)
{
	(void)state;
	assert_true(goes_on(removable_shown));
	removable_close_windows();
	run_for(500);
	assert_true(goes_on(removable_shown) && goes_on(removable_played));
	assert_null(ep_program_fault(program));
}

static atomic_bool busy;

static gpointer burn_cpu(gpointer unused)
{
	while (atomic_load(&busy)) {
		continue;
	}
	return unused;
}

/* Opened late, on a busy machine: it shows the present, not all the time until then. */
static void a_late_window_makes_up_for_nothing(void **state)
{
	(void)state;
	enum { TOILERS = 12, RUN_MS = 3000, FPS = 15, SPARE = 20 };
	GThread *load_threads[TOILERS];
	close_hall(NULL);
	run_for(6000);
	atomic_store(&busy, true);
	for (int i = 0; i < TOILERS; i++) {
		load_threads[i] = g_thread_new("toil", burn_cpu, NULL);
	}
	int64_t begun_us = ep_pipeline_now_us();
	unsigned shown = removable_shown(), played = removable_played();
	open_hall(NULL);
	run_for(RUN_MS);
	shown = removable_shown() - shown;
	played = removable_played() - played;
	unsigned ms = (unsigned)(ep_pipeline_now_us() - begun_us) / 1000; /* the machine is busy */
	atomic_store(&busy, false);
	for (int i = 0; i < TOILERS; i++) {
		g_thread_join(load_threads[i]);
	}
	print_message("%u ms: %u pictures, %u pieces of sound\n", ms, shown, played);
	assert_in_range(shown, 1, ms * FPS / 1000 + SPARE);
	assert_in_range(played, 1, ms / 10 + SPARE);
	assert_true(goes_on(removable_shown) && goes_on(removable_played));
}

int main(void)
{
	ep_pipeline_init();
	removable_register();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_loudspeaker_may_go_and_come, open_hall, close_hall),
		cmocka_unit_test_setup_teardown(a_loudspeaker_may_come_late, open_hall, close_hall),
		cmocka_unit_test_setup_teardown(a_closed_window_opens_again, open_hall, close_hall),
		cmocka_unit_test_setup_teardown(
			a_late_window_makes_up_for_nothing, open_hall, close_hall),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
