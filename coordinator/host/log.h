/*
 * Log lines of the program, on stderr: one line each, with the priority prefix of sd-daemon(3);
 * without it on a terminal, where a person reads.
 */
#ifndef DIEMCAU_COORDINATOR_HOST_LOG_H
#define DIEMCAU_COORDINATOR_HOST_LOG_H

enum log_level { LOG_LINE_ERROR = 3, LOG_LINE_WARNING = 4, LOG_LINE_NOTICE = 5, LOG_LINE_INFO = 6 };

/* Never a key, token or password. The text is made printable (printable.h); long lines are cut. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
