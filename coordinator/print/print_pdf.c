#define _GNU_SOURCE /* execvpe */
#include "coordinator/print/print_pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bounds.h"
#include "proto/system/process_limits.h"

enum { MIB = 1024 * 1024, NOT_INSTALLED = 127 };

/* ---- in the child ---- */

/* What it has open is the page, the PDF and nothing else; where to look for programs is all it is
 * told. */
static void become_printer(int page, int pdf)
{
	static char program[] = "weasyprint", in[] = "-", out[] = "-", quiet[] = "--quiet";
	static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", locale[] = "LANG=C.UTF-8";
	int silence = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (silence < 0 || dup2(page, STDIN_FILENO) < 0 || dup2(pdf, STDOUT_FILENO) < 0 ||
		dup2(silence, STDERR_FILENO) < 0) {
		_exit(EXIT_FAILURE);
	}
	setsid();
	alarm(PRINT_SPAN_MS /
		1000); /* its default action ends the process, whatever it is by then */
	process_limit(RLIMIT_CPU, PRINT_SPAN_MS / 1000);
	process_limit(RLIMIT_FSIZE, (rlim_t)PRINT_MIB_MAX * MIB);
	process_limit(RLIMIT_AS, (rlim_t)PRINT_MEMORY_MIB_MAX * MIB);
	process_limit(RLIMIT_CORE, 0);
	execvpe(program, (char *[]){program, quiet, in, out, NULL}, (char *[]){path, locale, NULL});
	_exit(errno == ENOENT || errno == EACCES ? NOT_INSTALLED : EXIT_FAILURE);
}

/* ---- waiting for it ---- */

static int result_of(int status)
{
	if (WIFSIGNALED(status)) {
		return WTERMSIG(status) == SIGALRM ? -ETIMEDOUT : -EIO;
	}
	return WEXITSTATUS(status) == EXIT_SUCCESS    ? 0
	       : WEXITSTATUS(status) == NOT_INSTALLED ? -ENOENT
						      : -EIO;
}

static int run(int page, int pdf)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		become_printer(page, pdf);
	}
	if (child < 0) {
		return -errno;
	}
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR) {
			return -errno;
		}
	}
	return result_of(status);
}

/* A printer that was cut short may have ended well. */
static int check_whole(int pdf)
{
	char mark[5] = "";
	bool whole = pread(pdf, mark, sizeof(mark), 0) == sizeof(mark) && mark[0] == '%' &&
		     mark[1] == 'P' && fsync(pdf) == 0;
	return whole ? 0 : -EIO;
}

int print_pdf(const char *from, const char *to)
{
	int page = open(from, O_RDONLY | O_CLOEXEC);
	if (page < 0) {
		return -errno;
	}
	int pdf = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int r = pdf < 0 ? -errno : run(page, pdf);
	if (r == 0) {
		r = check_whole(pdf);
	}
	if (pdf >= 0) {
		close(pdf);
	}
	if (r != 0 && r != -EEXIST) {
		unlink(to);
	}
	close(page);
	return r;
}
