/* The descriptor limit of this process: the soft limit, often 1024, exists for select(2). */
#ifndef DIEMCAU_PROTO_NETWORK_DESCRIPTORS_H
#define DIEMCAU_PROTO_NETWORK_DESCRIPTORS_H

enum { DESCRIPTORS_MAX = 65536 }; /* libraries allocate a table of this size */

/*
 * Raises the soft limit to the hard limit, at most DESCRIPTORS_MAX. Must run before any library
 * reads the limit.
 */
void descriptors_raise(void);

#endif
