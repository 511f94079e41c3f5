#include "endpoint/fleet/script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint/fleet/script_actions.h"
#include "proto/codec/codec.h"
#include "proto/system/file.h"

enum { FILE_MAX = 1024 * 1024 };

struct script_run {
	struct msg_arena arena;
	struct script script;
	bool done[SCRIPT_STEPS_MAX];
};

static int decode(
	struct script_run *run, const char *path, const char *bytes, size_t size, char *fault)
{
	struct msg_error error;
	int r = msg_decode(&msg_script, bytes, size, &run->arena, &run->script, &error);
	if (r > 0) {
		snprintf(fault, SCRIPT_FAULT_SIZE, "%.60s: %s: %s", path, error.path, error.text);
	}
	return r > 0 ? -EBADMSG : r;
}

int script_load(const char *path, struct script_run **ret_run, char fault[SCRIPT_FAULT_SIZE])
{
	struct script_run *run = calloc(1, sizeof(*run));
	size_t size = 0;
	char *bytes = NULL;
	int r = run ? file_read(path, FILE_MAX, &bytes, &size) : -ENOMEM;
	if (r < 0) {
		snprintf(fault, SCRIPT_FAULT_SIZE, "%.200s: %s", path, file_fault_text(r));
	} else {
		r = decode(run, path, bytes, size, fault);
	}
	free(bytes);
	if (r < 0) {
		script_destroy(run);
		return r;
	}
	*ret_run = run;
	return 0;
}

void script_destroy(struct script_run *run)
{
	if (run) {
		msg_arena_finish(&run->arena);
	}
	free(run);
}

void script_tick(
	struct script_run *run, int64_t elapsed_ms, struct fleet_site *sites, size_t n_sites)
{
	for (size_t i = 0; i < run->script.n_steps; i++) {
		const struct script_step *step = &run->script.steps[i];
		if (run->done[i] || elapsed_ms < step->after.ms) {
			continue;
		}
		run->done[i] = true;
		script_action_run(step, sites, n_sites);
	}
}
