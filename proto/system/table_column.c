#include "proto/system/table_column.h"

#include "proto/system/printable.h"
#include "utf8.h"

enum { COLUMN_SIZE = 1024 };

void table_column(FILE *to, const char *text, int width)
{
	char safe[COLUMN_SIZE];
	printable(safe, sizeof(safe), text);
	for (const char *at = safe; *at != '\0'; at++) {
		width -= !utf8_continues(*at);
	}
	fprintf(to, "%s%*s", safe, width < 2 ? 2 : width, "");
}
