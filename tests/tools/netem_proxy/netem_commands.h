/*
 * Commands on standard input, one per line, each answered by `ok` or `error: ...`:
 *
 *	site N loss PERCENT [burst PACKETS] [delay MS] [jitter MS] [late MS] [up|down]
 *	                            late: its pictures only, upstream
 *	site N cut [up|down]        nothing passes
 *	site N clear                no impairments
 *	site N move                 changes the port that the relay sees
 *	all cut | all clear
 *	stats N                     -> stats N up PASSED LOST down PASSED LOST
 */
#ifndef DIEMCAU_TESTS_TOOLS_NETEM_PROXY_NETEM_COMMANDS_H
#define DIEMCAU_TESTS_TOOLS_NETEM_PROXY_NETEM_COMMANDS_H

#include <stdbool.h>

#include "tests/tools/netem_proxy/netem_proxy.h"

/* Reads one and executes it; false at the end of input. */
bool netem_command_read(struct netem_proxy *proxy);

#endif
