#include "coordinator/host/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "proto/system/printable.h"

enum { LINE_SIZE = 1024 };

void log_line(enum log_level level, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char line[LINE_SIZE];
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	char prefix[] = {'<', (char)('0' + level), '>', '\0'};
	print_line(stderr, "%s%s", isatty(STDERR_FILENO) ? "" : prefix, line);
}
