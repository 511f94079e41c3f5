/* A process that holds secrets: what others on the machine can see of it, and how it wipes them. */
#ifndef DIEMCAU_PROTO_SYSTEM_MEMORY_H
#define DIEMCAU_PROTO_SYSTEM_MEMORY_H

#include <stddef.h>

/*
 * Called first in main, before any secret is read: no core file, no debugger of the same user, no
 * access to /proc/PID/mem or environ, and new files are readable by the owner only. If the machine
 * refuses one of these, the others still apply.
 */
void memory_guard(void);

/* Keeps a long-lived secret out of the swap, if the limit for locked memory allows it. */
void memory_keep(void *secret, size_t size);

/* Overwrites a secret that is no longer needed; never optimised away. */
void memory_wipe(void *secret, size_t size);

/* Masks passwords in the URLs of the command line, as /proc/PID/cmdline shows it: they become x. */
void memory_mask_args(int argc, char **argv);

#endif
