/*
 * Views and desired states that were sent are remembered as digests: they take half a megabyte,
 * most of it unused.
 *
 * Equal bytes have equal digests; a missed change needs a chance collision of 64 bits. Not for
 * adversaries. The memory must have been zeroed before it was filled, padding too.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_DIGEST_H
#define DIEMCAU_COORDINATOR_VIEW_DIGEST_H

#include <stddef.h>
#include <stdint.h>

uint64_t view_digest(const void *bytes, size_t size);

#endif
