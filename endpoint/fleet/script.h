/* A script for simulated sites (proto/schema/script.json), read and run. */
#ifndef DIEMCAU_ENDPOINT_FLEET_SCRIPT_H
#define DIEMCAU_ENDPOINT_FLEET_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "endpoint/fleet/fleet_site.h"

struct script_run;

enum { SCRIPT_FAULT_SIZE = 400 };

/* 0; a negative errno with a sentence in fault. */
int script_load(const char *path, struct script_run **ret_run, char fault[SCRIPT_FAULT_SIZE]);
void script_destroy(struct script_run *run);

/* Runs the steps due `elapsed_ms` after the start. */
void script_tick(
	struct script_run *run, int64_t elapsed_ms, struct fleet_site *sites, size_t n_sites);

#endif
