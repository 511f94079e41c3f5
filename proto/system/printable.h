/*
 * Text from outside on a terminal or in a log: the one place that makes it harmless.
 *
 * Written as an escape is what a terminal obeys, what breaks a line and what turns the direction of
 * the writing round: controls of C0 and C1, DEL, line and paragraph separators, bidirectional
 * marks, embeddings, overrides and isolates, invisible tags, byte order marks, and each byte that
 * is no UTF-8. All other text stays as it is.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_PRINTABLE_H
#define DIEMCAU_PROTO_SYSTEM_PRINTABLE_H

#include <stddef.h>
#include <stdio.h>

enum {
	PRINTABLE_GROWTH = 4, /* bytes that one byte may become: \x1b */
	PRINTABLE_LINE_MAX = 4096, /* bytes of a line before escaping; what is longer is cut */
};

/*
 * Write the printable form of text into out, cut before the escape or character that no longer
 * fits; always ended by NUL. Returns the bytes written without it. size > 0.
 */
size_t printable(char *out, size_t size, const char *text);

/* One line in printable form, and its end. What is formatted may hold anything. */
void print_line(FILE *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
