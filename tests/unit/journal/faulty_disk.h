/*
 * A disk that fails when told: a SQLite VFS above the usual one, made the default. It stands in for
 * a full, failing or stalled disk, of which nothing else in the program knows.
 */
#ifndef DIEMCAU_TESTS_UNIT_JOURNAL_FAULTY_DISK_H
#define DIEMCAU_TESTS_UNIT_JOURNAL_FAULTY_DISK_H

#include <stdatomic.h>

struct faulty_disk {
	atomic_int write_result; /* SQLite code every write returns, 0: as usual */
	atomic_int sync_result;
	atomic_int stall_ms; /* before each sync */
	atomic_int stalls; /* how many have begun */
	atomic_int syncs;
};

extern struct faulty_disk faulty_disk;

/* Registers it; once, before the first file is opened. */
void faulty_disk_install(void);

#endif
