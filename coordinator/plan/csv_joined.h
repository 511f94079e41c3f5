/*
 * CSV that a spreadsheet with another list separator has opened and saved.
 *
 * Where lists are separated by ";" (Vietnamese settings), a file with commas is opened with each
 * line in one cell; "Tỉnh; huyện" is cut in two. Saved, a cell that holds quotation marks stands in
 * quotation marks of its own, and each line is filled up with ";" to the longest. This undoes that.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_CSV_JOINED_H
#define DIEMCAU_COORDINATOR_PLAN_CSV_JOINED_H

#include <stddef.h>

/*
 * Brings the text back to what was opened, in place, if it has been saved so; *length shrinks, and
 * a NUL follows. Line ends are kept. It does not allocate.
 */
void csv_undo_joined(char *text, size_t *length);

#endif
