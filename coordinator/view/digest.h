/*
 * What was shown or sent is remembered as a digest: the views and desired states of a meeting are
 * half a megabyte, and most of it is room that nothing fills.
 *
 * Equal bytes have equal digests; a change that went unnoticed would need 64 bits to fall together
 * by chance. Not for adversaries. What is digested is filled into zeroed memory, padding too.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_DIGEST_H
#define DIEMCAU_COORDINATOR_VIEW_DIGEST_H

#include <stddef.h>
#include <stdint.h>

uint64_t view_digest(const void *bytes, size_t size);

#endif
