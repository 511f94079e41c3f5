/*
 * What is done to sites, told on standard input, a line each, answered by `ok` or `error: ...`:
 *
 *	site N loss PERCENT [burst PACKETS] [delay MS] [jitter MS] [late MS] [up|down]
 *	                            late: its pictures alone, on their way up
 *	site N cut [up|down]        nothing passes
 *	site N clear                a good path again
 *	site N move                 the relay sees it under another port from now on
 *	all cut | all clear
 *	stats N                     -> stats N up PASSED LOST down PASSED LOST
 */
#ifndef DIEMCAU_TESTS_TOOLS_NETEM_PROXY_NETEM_COMMANDS_H
#define DIEMCAU_TESTS_TOOLS_NETEM_PROXY_NETEM_COMMANDS_H

#include <stdbool.h>

#include "tests/tools/netem_proxy/netem_proxy.h"

/* Reads one and carries it out; false at the end of input. */
bool netem_command_read(struct netem_proxy *proxy);

#endif
