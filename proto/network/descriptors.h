/* How many descriptors this program may have: the soft limit, often 1024, is there for select(2).
 */
#ifndef DIEMCAU_PROTO_NETWORK_DESCRIPTORS_H
#define DIEMCAU_PROTO_NETWORK_DESCRIPTORS_H

enum { DESCRIPTORS_MAX = 65536 }; /* libraries make a table of them */

/* As many as the hard limit allows, up to DESCRIPTORS_MAX. Before anything asks how many there are.
 */
void descriptors_raise(void);

#endif
