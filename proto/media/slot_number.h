/*
 * A slot's two names: `enum slot` of the control protocol, which begins at SLOT_PROGRAM because 0
 * is unset, and the number that the media plane counts from 0 (ssrc.h). Only here is one made the
 * other. Pure.
 */
#ifndef DIEMCAU_PROTO_MEDIA_SLOT_NUMBER_H
#define DIEMCAU_PROTO_MEDIA_SLOT_NUMBER_H

#include <stdint.h>

#include "domain_msg.h"
#include "proto/media/ssrc.h"

enum { MEDIA_SLOTS = SLOT_END - SLOT_PROGRAM }; /* program ... voice 3; sizes an array */

_Static_assert((int)MEDIA_SLOT_VOICE == SLOT_VOICE0 - SLOT_PROGRAM &&
		       MEDIA_SLOT_VOICE + MEDIA_SLOT_VOICES == MEDIA_SLOTS,
	"the media plane counts the slots in the order of the protocol");

/* Of a slot that is set. */
static inline uint16_t media_slot_number(enum slot slot)
{
	return (uint16_t)(slot - SLOT_PROGRAM);
}

/* number < MEDIA_SLOTS. */
static inline enum slot media_slot_of_number(unsigned number)
{
	return (enum slot)(SLOT_PROGRAM + number);
}

#endif
