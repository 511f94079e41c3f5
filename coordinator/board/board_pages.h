/* The files of the board (proto/web/web_page.h), built from src/. */
#ifndef DIEMCAU_COORDINATOR_BOARD_BOARD_PAGES_H
#define DIEMCAU_COORDINATOR_BOARD_BOARD_PAGES_H

#include "proto/web/web_page.h"

extern const struct web_page board_pages[];

#endif
