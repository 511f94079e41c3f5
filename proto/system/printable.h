/*
 * Untrusted text on a terminal or in a log: the one place that makes it harmless.
 *
 * Escaped are characters that a terminal obeys, that break a line or that reverse the direction of
 * the text: controls of C0 and C1, DEL, line and paragraph separators, bidirectional marks,
 * embeddings, overrides and isolates, invisible tags, byte order marks, and each byte that is not
 * UTF-8. All other text is unchanged.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_PRINTABLE_H
#define DIEMCAU_PROTO_SYSTEM_PRINTABLE_H

#include <stddef.h>
#include <stdio.h>

enum {
	PRINTABLE_GROWTH = 4, /* bytes that one byte may become: \x1b */
	PRINTABLE_LINE_MAX = 4096, /* bytes of a line before escaping; longer lines are truncated */
};

/*
 * Writes the printable form of text to out, truncated before the escape or character that does not
 * fit; always NUL-terminated. Returns the bytes written without the NUL. size > 0.
 */
size_t printable(char *out, size_t size, const char *text);

/* Prints one line in printable form, with its newline. The formatted text may hold any bytes. */
void print_line(FILE *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
