/* A day of the calendar as papers write it. Pure. */
#ifndef DIEMCAU_PROTO_WORDS_TEXT_DAY_H
#define DIEMCAU_PROTO_WORDS_TEXT_DAY_H

#include <stddef.h>

#include "proto/gen/words.h"

enum { TEXT_DAY_SIZE = 64 };

/*
 * «ngày 05 tháng 7 năm 2025»: days below 10 and the months 1 and 2 have a leading 0 (Decree
 * 30/2020/NĐ-CP, Annex I, part II.5b). In English 5 July 2025. month: 1 to 12; another number gives
 * the day without a month's name.
 */
void text_day(char *out, size_t size, int year, int month, int day, enum language language);

#endif
