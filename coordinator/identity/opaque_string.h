/*
 * Passwords in one form, however a machine types them: the OpaqueString profile of RFC 8265. Pure.
 *
 * One key on one keyboard gives "ế" as one code point, on another (macOS, some Vietnamese input
 * methods) as a letter and two marks: both are brought to NFC, and spaces of all kinds to U+0020.
 * Case, width and blanks at the ends are preserved.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_OPAQUE_STRING_H
#define DIEMCAU_COORDINATOR_IDENTITY_OPAQUE_STRING_H

#include <stddef.h>

/*
 * The prepared text into ret. 0; -EINVAL: empty, not UTF-8, or with a control character; -E2BIG: it
 * does not fit; -ENOMEM.
 */
int opaque_string_prepare(const char *text, char *ret, size_t size);

#endif
