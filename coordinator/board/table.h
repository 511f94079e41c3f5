/* What embed.py generates, for pages.c only. */
#ifndef DIEMCAU_COORDINATOR_BOARD_TABLE_H
#define DIEMCAU_COORDINATOR_BOARD_TABLE_H

#include "coordinator/board/pages.h"

/* Ends with an entry whose path is NULL. */
extern const struct brd_page brd_pages[];

#endif
