/*
 * The papers of a meeting as files for people: each kind as a page in Vietnamese and in English
 * (minutes.vi.html, technical-record.en.html), and minutes.json.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_PAPER_FILES_H
#define DIEMCAU_COORDINATOR_COMMANDS_PAPER_FILES_H

#include "coordinator/minutes/recorder.h"

struct paper_words;

/* Writes what an operator may see into the folder `to`; `words` of the plan, or NULL. 0 or a
 * negative errno. */
int paper_files_write(
	const struct minutes_recorder *recorder, const struct paper_words *words, const char *to);

/* minutes.json alone. 0 or a negative errno. */
int paper_files_write_json(const struct minutes *minutes, const char *to);

/* Removes all that paper_files_write has written there, or some version of it. 0 or a negative
 * errno. */
int paper_files_remove(const char *folder);

#endif
