/*
 * Texts that people compare by eye, in one form: what looks alike is alike.
 *
 * Two keyboards write "ế" as one code point or as a letter and two marks, two programs put a
 * no-break space or two spaces between words. A text is brought to normal form C, each run of
 * spaces of any kind to one U+0020, and blanks at its ends are dropped.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_NAME_TEXT_H
#define DIEMCAU_COORDINATOR_PLAN_NAME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a text is none; positive. */
enum name_text {
	NAME_TEXT_FOLDED,
	NAME_TEXT_BLANK,
	NAME_TEXT_LINE_BREAK,
	NAME_TEXT_INVISIBLE, /* a mark that turns the direction of text, or that nobody sees */
	NAME_TEXT_TOO_LONG,
};

/*
 * Folds the UTF-8 text in its array of `size` bytes; of a text of several lines each line stays
 * one. An enum name_text (the text is unchanged unless folded; *ret_point is the character that
 * cannot be seen), or -ENOMEM.
 */
int name_text_fold(char *text, size_t size, uint32_t *ret_point);
int name_text_fold_lines(char *text, size_t size, uint32_t *ret_point);

/*
 * The folded text without regard to case, and to the letter of a syllable that bears its tone
 * (Hoà Bình and Hòa Bình, Tỉnh uỷ and Tỉnh ủy), to compare; of malloc. NULL: no memory.
 */
char *name_text_key(const char *text);

/*
 * The text as letters a to z and digits alone, one space between words: "TỈNH UỶ – 63" is "tinh uy
 * 63". For words that people write with their marks here or there, and for ids; of malloc. NULL: no
 * memory.
 */
char *name_text_plain(const char *text);

#endif
