/*
 * Where a line of Vietnamese may end: names, compound words, and numbers with what they count stay
 * together; after a comma and before a conjunction is best. Pure.
 *
 * Written Vietnamese parts syllables, not words, so a word of two syllables looks like two. What a
 * writer shows by capitals is followed; in lines all of capitals a list of the words of official
 * titles has to do.
 */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_WORDS_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_WORDS_H

#include <stddef.h>

enum card_joint {
	CARD_JOINT_GOOD,
	CARD_JOINT_FAIR,
	CARD_JOINT_POOR,
	CARD_JOINT_PARTS, /* a name or a word would be parted */
};

/* Between words[at - 1] and words[at], 0 < at < n; NFC, no spaces within. */
enum card_joint card_joint(const char *const *words, size_t n, size_t at);

#endif
