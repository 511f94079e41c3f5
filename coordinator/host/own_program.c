#define _GNU_SOURCE /* memfd_create, pipe2, posix_spawn_file_actions_addclosefrom_np */
#include "coordinator/host/own_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 16, PIECE = 64 * 1024 };

/* ---- what it is told ---- */

/* A file of memory, from its beginning. */
static int open_input(const struct own_program *program)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	ssize_t n = write(fd, program->input, program->input_size);
	if (n != (ssize_t)program->input_size || lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -EIO;
	}
	return fd;
}

/* ---- starting it ---- */

/* Signals are as for a program that a person starts: a worker's thread has them blocked. */
static int set_signals(posix_spawnattr_t *manner)
{
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	int r = posix_spawnattr_setsigmask(manner, &none);
	r = r == 0 ? posix_spawnattr_setsigdefault(manner, &all) : r;
	return r == 0 ? posix_spawnattr_setflags(
				manner, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
		      : r;
}

static int set_files(posix_spawn_file_actions_t *files, int input, int answer)
{
	int r = posix_spawn_file_actions_adddup2(files, input, STDIN_FILENO);
	r = r == 0 ? posix_spawn_file_actions_adddup2(files, answer, STDOUT_FILENO) : r;
	return r == 0 ? posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1) : r;
}

/* Of the environment nothing: letters are read as what they are. */
static int spawn(const struct own_program *program, int input, int answer, pid_t *ret_child)
{
	static char name[] = "diemcau-coordinator", locale[] = "LANG=C.UTF-8";
	char *words[WORDS_MAX + 2] = {name};
	posix_spawnattr_t manner;
	posix_spawn_file_actions_t files;
	for (size_t i = 0; program->words[i] && i < WORDS_MAX; i++) {
		words[i + 1] = (char *)(uintptr_t)program->words[i];
	}
	int r = posix_spawnattr_init(&manner);
	if (r != 0) {
		return -r;
	}
	r = posix_spawn_file_actions_init(&files);
	if (r == 0) {
		r = set_signals(&manner);
		r = r == 0 ? set_files(&files, input, answer) : r;
		r = r == 0 ? posix_spawn(ret_child, "/proc/self/exe", &files, &manner, words,
				     (char *[]){locale, NULL})
			   : r;
		posix_spawn_file_actions_destroy(&files);
	}
	posix_spawnattr_destroy(&manner);
	return -r;
}

/* ---- hearing it ---- */

struct answer {
	char *bytes;
	size_t n, capacity;
};

static int await_bytes(int fd, int silence_ms)
{
	for (;;) {
		struct pollfd waits = {.fd = fd, .events = POLLIN};
		int r = poll(&waits, 1, silence_ms);
		if (r >= 0) {
			return r > 0 ? 0 : -ETIMEDOUT;
		}
		if (errno != EINTR) {
			return -errno;
		}
	}
}

static bool make_room(struct answer *answer)
{
	if (answer->capacity - answer->n >= PIECE) {
		return true;
	}
	size_t capacity = 2 * answer->capacity + PIECE;
	char *grown = realloc(answer->bytes, capacity);
	answer->bytes = grown ? grown : answer->bytes;
	answer->capacity = grown ? capacity : answer->capacity;
	return grown != NULL;
}

/* 1 while more may come, 0 at its end. */
static int hear_piece(int fd, size_t most, struct answer *answer)
{
	if (!make_room(answer)) {
		return -ENOMEM;
	}
	ssize_t n = read(fd, answer->bytes + answer->n, PIECE);
	if (n < 0) {
		return errno == EINTR ? 1 : -errno;
	}
	answer->n += (size_t)n;
	return answer->n > most ? -EFBIG : n > 0;
}

static int hear(const struct own_program *program, int fd, struct answer *answer)
{
	int r = 1;
	while (r > 0) {
		r = await_bytes(fd, program->silence_ms);
		r = r == 0 ? hear_piece(fd, program->most, answer) : r;
	}
	return r;
}

/* One that is not heard any more is ended. */
static int end(pid_t child, int heard)
{
	int status = 0;
	if (heard < 0) {
		kill(child, SIGKILL);
	}
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR) {
			return -errno;
		}
	}
	if (heard < 0) {
		return heard;
	}
	if (WIFSIGNALED(status)) {
		return -ETIMEDOUT;
	}
	return WEXITSTATUS(status) == EXIT_SUCCESS ? 0 : -EIO;
}

static int run(const struct own_program *program, int input, struct answer *answer)
{
	int ends[2];
	pid_t child;
	if (pipe2(ends, O_CLOEXEC) < 0) {
		return -errno;
	}
	int r = spawn(program, input, ends[1], &child);
	close(ends[1]);
	r = r == 0 ? end(child, hear(program, ends[0], answer)) : r;
	close(ends[0]);
	return r;
}

int own_program_run(const struct own_program *program, char **ret_answer, size_t *ret_size)
{
	struct answer answer = {0};
	int input = open_input(program);
	if (input < 0) {
		return input;
	}
	int r = run(program, input, &answer);
	close(input);
	if (r != 0) {
		free(answer.bytes);
		return r;
	}
	*ret_answer = answer.bytes;
	*ret_size = answer.n;
	return 0;
}
