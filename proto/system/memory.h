/* A process that holds secrets: what others on the machine may see of it, and how it forgets them.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_MEMORY_H
#define DIEMCAU_PROTO_SYSTEM_MEMORY_H

#include <stddef.h>

/*
 * Called first in main, before any secret is read: no core file, no debugger of the same user, no
 * look into /proc/PID/mem or environ by it, and files made from here on are the owner's alone.
 * Where the machine refuses one of these the others still hold.
 */
void memory_guard(void);

/* Keep a lasting secret out of the swap, where the limit for locked memory allows it. */
void memory_keep(void *secret, size_t size);

/* Overwrite a secret that is no longer needed; never optimised away. */
void memory_wipe(void *secret, size_t size);

/* In the words of a command line, as /proc/PID/cmdline shows them: passwords in URLs become x. */
void memory_mask_args(int argc, char **argv);

#endif
