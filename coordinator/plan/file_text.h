/*
 * The bytes of a plan's file as text: what editors and spreadsheets save, brought to one form.
 *
 * Spreadsheets save UTF-8 with a byte order mark ("CSV UTF-8"), UTF-16 ("Unicode Text"), or the
 * code page of the machine, in which most Vietnamese letters are lost. The first two are read.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_FILE_TEXT_H
#define DIEMCAU_COORDINATOR_PLAN_FILE_TEXT_H

#include <stddef.h>

/* What a file is; positive where it is no text. */
enum file_text {
	FILE_TEXT_READ,
	FILE_TEXT_EMPTY, /* nothing but blanks */
	FILE_TEXT_WORKBOOK, /* .xlsx, .ods or .xls, whatever its name says */
	FILE_TEXT_OTHER_ENCODING, /* neither UTF-8 nor UTF-16: left as it is */
};

/*
 * Converts the *length bytes at *text (from malloc, a NUL after them; replaced) to UTF-8 in normal
 * form C (Unicode Standard Annex 15) without byte order mark. An enum file_text, or -ENOMEM.
 */
int file_text_convert(char **text, size_t *length);

/*
 * The same for a text that is in another encoding, taken for Windows-1258 (Vietnamese). Nothing
 * tells it from other code pages: for where a person looks at what came of it.
 */
int file_text_from_windows_1258(char **text, size_t *length);

#endif
