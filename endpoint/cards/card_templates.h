/* The files of the folder themes, which proto/web/embed.py makes a table of. */
#ifndef DIEMCAU_ENDPOINT_CARDS_CARD_TEMPLATES_H
#define DIEMCAU_ENDPOINT_CARDS_CARD_TEMPLATES_H

#include "proto/web/web_page.h"

extern const struct web_page card_templates[];

#endif
