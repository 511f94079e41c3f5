/*
 * Private: what was put right after the opening, so that minutes name what was said first. Before
 * it a plan is changed, of which nobody has been told.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_CORRECTIONS_H
#define DIEMCAU_COORDINATOR_MINUTES_CORRECTIONS_H

#include "coordinator/minutes/compile.h"

/* Called before the record is applied: the state still has what was there. */
void recorder_note_corrections(struct minutes_recorder *recorder, const struct mtg_record *record);

/* 0 or -ENOMEM. */
int compile_corrections(struct compiling *compiling);

#endif
