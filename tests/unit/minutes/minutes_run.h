/*
 * A run of a plan, made by commands to the core as an operator would give them, and its minutes.
 */
#ifndef DIEMCAU_TESTS_MINUTES_RUN_H
#define DIEMCAU_TESTS_MINUTES_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/meeting/meeting.h"
#include "coordinator/minutes/recorder.h"
#include "coordinator/plan/plan.h"
#include "proto/codec/arena.h"

enum {
	MINUTE = 60000,
};

struct run {
	struct meeting *meeting;
	struct minutes_recorder *recorder;
	struct mtg_batch *batch;
	struct mtg_command command; /* cleared when it has been given */
	struct now now;
	struct plan *plan;
	struct msg_arena arena;
	struct minutes minutes;
};

/* 22 February 2022, 07:30 at UTC+7: when run_open() opens. */
extern const int64_t run_opening_wall;

/* A meeting not begun, an hour before that; the caller's to finish. */
struct run *run_create(void);
void run_destroy(struct run *run);

/* The command of the run in this role: 0, or its refusal. */
int run_give(struct run *run, enum role role);

/* Time passes, and what falls due in it happens. */
void run_tick(struct run *run);
void run_pass(struct run *run, int64_t ms);

/* Loads deploy/plans/PLAN; run->plan may be changed before run_set_up(). */
void run_load(struct run *run, const char *plan);
void run_set_up(struct run *run, uint32_t speed);

/* Plan b up to the opening at 07:30:00; everyone but Vũng Liêm is there. */
void run_open(struct run *run);

/* Of a meeting set up: it assembles, and all sites but the last come. */
void run_gather(struct run *run);

/* Commands of an operator that must be accepted. */
void run_simple(struct run *run, enum command_name name);
void run_start_item(struct run *run, const char *item);
void run_take(struct run *run, const char *unit);
void run_release(struct run *run);
void run_speak(struct run *run, const char *unit, int64_t ms);
const struct turn *run_turn_of(struct run *run, const char *unit); /* of the next not done */

/* What the coordinator reports of a site. */
void run_set_link(struct run *run, const char *site, enum link_state link);
void run_set_media(struct run *run, const char *site, enum media_state media);

/* Compiles run->minutes for an operator. */
void run_compile(struct run *run);

/* Of run->minutes as they are; checked for placeholders that are not filled. The caller's to free.
 */
char *run_page(const struct run *run, enum language language);

/* For a look at it: MINUTES_PAGE names a folder the pages are left in. */
void run_leave_page(const char *html, const char *name);

#endif
