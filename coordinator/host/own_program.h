/*
 * This program once more, with other words: for work on what strangers wrote, in a process that has
 * no memory, file or connection of this one. It is told by its words and its standard input, and
 * what it writes is collected, bounded in size and time. What it complains of goes where this
 * program's complaints go.
 */
#ifndef DIEMCAU_COORDINATOR_HOST_OWN_PROGRAM_H
#define DIEMCAU_COORDINATOR_HOST_OWN_PROGRAM_H

#include <stddef.h>

struct own_program {
	const char *const *words; /* behind the program's name; NULL behind the last */
	const char *input; /* for its standard input */
	size_t input_size;
	size_t most; /* bytes of its answer */
	int silence_ms; /* longer ones are not waited for; it bounds its own time */
};

/*
 * Waits for it: on a worker. 0 with its answer, which the caller frees; -ETIMEDOUT: it took too
 * long, or was ended by a limit of its own; -EFBIG: it had too much to say; -EIO: it failed, and
 * said why; another negative errno: it was not started.
 */
int own_program_run(const struct own_program *program, char **ret_answer, size_t *ret_size);

#endif
