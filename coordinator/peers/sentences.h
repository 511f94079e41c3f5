/* What a refusal says to people, in their language. The stable word is msg_enum_name's. */
#ifndef DIEMCAU_COORDINATOR_SENTENCES_H
#define DIEMCAU_COORDINATOR_SENTENCES_H

#include "domain_msg.h"

/* Never NULL. Lives for ever. */
const char *sentence_of(enum refusal refusal, enum language language);

#endif
