/* What differs between two values of one type, as a message that changes the one into the other. */
#ifndef DIEMCAU_PROTO_CODEC_DIFFERENCE_H
#define DIEMCAU_PROTO_CODEC_DIFFERENCE_H

#include "proto/codec/type_table.h"

/*
 * Set in *out, a value of `edit`, every optional member whose value differs between `before` and
 * `after`, two values of `whole`: the members of the same name and type in both. What `after` does
 * not have is set to nothing where nothing is a value (an empty text or list), and left out where
 * it is not. Values are compared byte by byte, as decoded or copied (text_copy.h). True: some were
 * set.
 */
bool msg_difference(const struct msg_type *whole, const void *before, const void *after,
	const struct msg_type *edit, void *out);

#endif
