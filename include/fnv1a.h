/*
 * FNV-1a (Fowler, Noll, Vo), in 32 and 64 bits: a fast hash for tables, and for telling contents
 * apart. It resists nobody who chooses what is hashed. Pure; a hash goes on from the one before,
 * and the first goes on from the basis.
 */
#ifndef DIEMCAU_FNV1A_H
#define DIEMCAU_FNV1A_H

#include <stddef.h>
#include <stdint.h>

#define FNV1A32_BASIS UINT32_C(2166136261)
#define FNV1A64_BASIS UINT64_C(14695981039346656037)

static inline uint32_t fnv1a32(uint32_t hash, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < size; i++) {
		hash = (hash ^ at[i]) * UINT32_C(16777619);
	}
	return hash;
}

static inline uint64_t fnv1a64(uint64_t hash, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < size; i++) {
		hash = (hash ^ at[i]) * UINT64_C(1099511628211);
	}
	return hash;
}

#endif
