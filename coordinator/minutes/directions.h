/* Private: who directed the meeting, from when to when, up to its closing. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_DIRECTIONS_H
#define DIEMCAU_COORDINATOR_MINUTES_DIRECTIONS_H

#include "coordinator/minutes/compile.h"

/* After the record was applied. */
void recorder_note_direction(struct minutes_recorder *recorder, const struct mtg_record *record);

/* 0 or -ENOMEM; nothing for those who do not see it. */
int compile_directions(struct compiling *compiling);

#endif
