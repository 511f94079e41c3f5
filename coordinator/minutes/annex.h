/*
 * Private: the annex of minutes: what became of each site, in shares of the meeting's length.
 */
#ifndef DIEMCAU_MINUTES_ANNEX_H
#define DIEMCAU_MINUTES_ANNEX_H

#include "coordinator/minutes/page.h"

void annex_write(const struct page *page, const struct minutes *minutes);

#endif
