/* A coordinator's directory as a place of secrets. Its meetings: installation/held_meetings.h. */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_DATA_DIR_H
#define DIEMCAU_COORDINATOR_INSTALLATION_DATA_DIR_H

#include "coordinator/installation/earlier_layout.h"
#include "proto/words/text_fill.h"

/*
 * Restrict the directory to its owner, and log what was open. 0; -EPERM where another user owns
 * something in it; another negative errno.
 */
int data_dir_guard(const char *dir);

/*
 * Log which secrets are still in the directory without need: join files not yet handed out, the
 * CA's key.
 */
void data_dir_warn_of_secrets(const char *dir);

/* What is told of a part of an earlier layout: {name}, {dir}. */
enum text_id earlier_fate_text(enum earlier_fate fate);

/*
 * What a refusal of the journal, or a negative errno, means for `what`, and what to do about it, in
 * the language of language.h, into `out` of `size` bytes.
 */
void storage_fault_sentence(char *out, size_t size, const char *what, int status);

#endif
