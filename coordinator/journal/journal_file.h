/* A journal's file as a whole. */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_JOURNAL_FILE_H
#define DIEMCAU_COORDINATOR_JOURNAL_JOURNAL_FILE_H

/*
 * Folds the write-ahead log into the file and removes it: the file alone is then the whole journal,
 * and may be moved. No coordinator may have it open. 0; -EBUSY where another program reads it;
 * JOURNAL_FOREIGN, JOURNAL_DAMAGED; a fault.
 */
int journal_file_complete(const char *path);

#endif
