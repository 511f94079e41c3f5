/* Arithmetic of 16-bit sequence numbers and 32-bit timestamps (RFC 1982 serial numbers). */
#ifndef DIEMCAU_PROTO_MEDIA_SEQ_H
#define DIEMCAU_PROTO_MEDIA_SEQ_H

#include <stdbool.h>
#include <stdint.h>

/* Steps from a to b: positive if b is ahead. */
static inline int32_t seq_distance(uint16_t a, uint16_t b)
{
	uint16_t ahead = (uint16_t)(b - a);
	return ahead < 0x8000 ? (int32_t)ahead : (int32_t)ahead - 0x10000;
}

static inline bool seq_newer(uint16_t than, uint16_t seq)
{
	return seq_distance(than, seq) > 0;
}

/* The 64-bit number nearest to near whose low 16 bits are seq. */
static inline int64_t seq_extend(int64_t near, uint16_t seq)
{
	return near + seq_distance((uint16_t)((uint64_t)near & 0xFFFF), seq);
}

static inline int32_t timestamp_distance(uint32_t a, uint32_t b)
{
	uint32_t ahead = b - a;
	return ahead < 0x80000000U ? (int32_t)ahead : -(int32_t)(UINT32_MAX - ahead) - 1;
}

#endif
