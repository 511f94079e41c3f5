/* A journal's file as a whole: made complete before it is moved, copied while it is written. */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_JOURNAL_FILE_H
#define DIEMCAU_COORDINATOR_JOURNAL_JOURNAL_FILE_H

/*
 * Folds the write-ahead log into the file and removes it: the file alone is then the whole journal,
 * and may be moved. No coordinator may have it open. 0; -EBUSY where another program reads it;
 * JOURNAL_FOREIGN, JOURNAL_DAMAGED; a fault.
 */
int journal_file_complete(const char *path);

/*
 * Copies the committed entries to a new file, which is checked and complete (SQLite's backup API),
 * also while a coordinator writes the journal. 0; JOURNAL_FOREIGN, JOURNAL_DAMAGED; -EEXIST; a
 * fault. A copy that fails is removed.
 */
int journal_file_copy(const char *from, const char *to);

/* Whether the file is a journal, begun, and sound: 0, JOURNAL_FOREIGN, JOURNAL_DAMAGED, or a fault.
 */
int journal_file_check(const char *path);

#endif
