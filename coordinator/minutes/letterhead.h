/*
 * Private: how minutes begin: the page's head and style, who writes, date, title. Decree
 * 30/2020/NĐ-CP for the state, Guidance 36-HD/VPTW for the party.
 */
#ifndef DIEMCAU_MINUTES_LETTERHEAD_H
#define DIEMCAU_MINUTES_LETTERHEAD_H

#include "coordinator/minutes/page.h"

void letterhead_write(const struct page *page, const struct minutes *minutes);

#endif
