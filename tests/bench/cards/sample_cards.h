/* Cards as meetings have them: of each kind a short one and one as long as plans go. Static. */
#ifndef DIEMCAU_TESTS_BENCH_CARDS_SAMPLE_CARDS_H
#define DIEMCAU_TESTS_BENCH_CARDS_SAMPLE_CARDS_H

#include <stddef.h>

#include "endpoint/cards/card.h"

/* Of sample `at`: its name; NULL after the last. The card is the caller's, for card_finish. */
const char *sample_card(size_t at, enum card_theme theme, struct card *ret_card);

#endif
