/* The files of the site page (proto/web/web_page.h), built from coordinator/board/src/site_page. */
#ifndef DIEMCAU_ENDPOINT_PANEL_SITE_PAGES_H
#define DIEMCAU_ENDPOINT_PANEL_SITE_PAGES_H

#include "proto/web/web_page.h"

extern const struct web_page site_pages[];

#endif
