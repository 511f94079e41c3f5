/* Columns of a table on a terminal. */
#ifndef DIEMCAU_PROTO_SYSTEM_TABLE_COLUMN_H
#define DIEMCAU_PROTO_SYSTEM_TABLE_COLUMN_H

#include <stdio.h>

/* Print a text, made printable, and blanks up to `width` characters; two blanks at least. */
void table_column(FILE *to, const char *text, int width);

#endif
