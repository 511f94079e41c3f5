/* Forgery told from a line that doubles packets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/telemetry/forgery_detector.h"

static void note(struct forgery_detector *forgery_detector, uint64_t refused, int64_t ms)
{
	forgery_detector_add(forgery_detector, refused, (struct instant){ms});
}

static bool holds(const struct forgery_detector *forgery_detector, int64_t ms)
{
	return forgery_detector_alarmed(forgery_detector, (struct instant){ms});
}

static void many_at_once_are_suspicious_for_a_while(void **state)
{
	(void)state;
	struct forgery_detector forgery_detector = {0};
	assert_false(holds(&forgery_detector, 0));
	note(&forgery_detector, 0, 1000);
	note(&forgery_detector, FORGERY_DETECTOR_PACKETS / 2, 2100);
	assert_false(holds(&forgery_detector, 2100));
	note(&forgery_detector, FORGERY_DETECTOR_PACKETS, 2600);
	assert_true(holds(&forgery_detector, 2600));
	note(&forgery_detector, FORGERY_DETECTOR_PACKETS, 7599);
	assert_true(holds(&forgery_detector, 7599));
	assert_false(holds(&forgery_detector, 7600));
}

static void a_few_a_second_are_not(void **state)
{
	(void)state;
	struct forgery_detector forgery_detector = {0};
	for (int64_t second = 0; second < 100; second++) {
		note(&forgery_detector, (uint64_t)second * (FORGERY_DETECTOR_PACKETS - 1),
			second * 1000);
		assert_false(holds(&forgery_detector, second * 1000));
	}
}

/* A coordinator just restarted has not missed an attack; a new relay counts from nothing. */
static void counts_begin_anywhere_and_begin_again(void **state)
{
	(void)state;
	struct forgery_detector forgery_detector = {0};
	note(&forgery_detector, 1000000, 1000);
	assert_false(holds(&forgery_detector, 1000));
	note(&forgery_detector, 3, 2000);
	assert_false(holds(&forgery_detector, 2000));
	note(&forgery_detector, 3 + FORGERY_DETECTOR_PACKETS, 3000);
	assert_true(holds(&forgery_detector, 3000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_at_once_are_suspicious_for_a_while),
		cmocka_unit_test(a_few_a_second_are_not),
		cmocka_unit_test(counts_begin_anywhere_and_begin_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
