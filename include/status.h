/*
 * The error convention of the house.
 *
 * A function that can fail returns int: 0 is success; a negative errno value (-ENOMEM, -EIO) is a
 * fault, passed up untouched to somebody who can end or repair something; a positive value is a
 * refusal out of a list that the function's header names, an ordinary answer its caller must
 * handle. The meeting's refusals are enum refusal, generated from proto/schema/types.json; their
 * machine words are msg_enum_name(&msg_refusal, r) of proto/codec/codec.h. Other lists (enum
 * msg_code of the codec, say) stay within their module. Out-parameters called ret_ are untouched on
 * failure unless their header says otherwise.
 */
#ifndef DIEMCAU_STATUS_H
#define DIEMCAU_STATUS_H

#include <stdbool.h>

static inline bool is_refusal(int status)
{
	return status > 0;
}

#endif
