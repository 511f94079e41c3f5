/* Which kind of item a title means: «Nghỉ giải lao» is a break. */
#ifndef DIEMCAU_COORDINATOR_IMPORT_ITEM_KIND_WORDS_H
#define DIEMCAU_COORDINATOR_IMPORT_ITEM_KIND_WORDS_H

#include "domain_msg.h"

/* By the first word of the title, in plain text, that tells; ITEM_KIND_UNSET: none does. */
enum item_kind item_kind_of_title(const char *title);

/* The kind that a cell names, as the plan's form or a person does; ITEM_KIND_UNSET: none. */
enum item_kind item_kind_of_name(const char *name);

#endif
