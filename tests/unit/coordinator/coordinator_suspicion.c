/* Forgery told from a line that doubles packets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "coordinator/peers/suspicion.h"

static void note(struct suspicion *suspicion, uint64_t refused, int64_t ms)
{
	suspicion_note(suspicion, refused, (struct instant){ms});
}

static bool holds(const struct suspicion *suspicion, int64_t ms)
{
	return suspicion_holds(suspicion, (struct instant){ms});
}

static void many_at_once_are_suspicious_for_a_while(void **state)
{
	(void)state;
	struct suspicion suspicion = {0};
	assert_false(holds(&suspicion, 0));
	note(&suspicion, 0, 1000);
	note(&suspicion, SUSPICION_PACKETS / 2, 2100);
	assert_false(holds(&suspicion, 2100));
	note(&suspicion, SUSPICION_PACKETS, 2600);
	assert_true(holds(&suspicion, 2600));
	note(&suspicion, SUSPICION_PACKETS, 7599);
	assert_true(holds(&suspicion, 7599));
	assert_false(holds(&suspicion, 7600));
}

static void a_few_a_second_are_not(void **state)
{
	(void)state;
	struct suspicion suspicion = {0};
	for (int64_t second = 0; second < 100; second++) {
		note(&suspicion, (uint64_t)second * (SUSPICION_PACKETS - 1), second * 1000);
		assert_false(holds(&suspicion, second * 1000));
	}
}

/* A coordinator just restarted has not missed an attack; a new relay counts from nothing. */
static void counts_begin_anywhere_and_begin_again(void **state)
{
	(void)state;
	struct suspicion suspicion = {0};
	note(&suspicion, 1000000, 1000);
	assert_false(holds(&suspicion, 1000));
	note(&suspicion, 3, 2000);
	assert_false(holds(&suspicion, 2000));
	note(&suspicion, 3 + SUSPICION_PACKETS, 3000);
	assert_true(holds(&suspicion, 3000));
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
