/*
 * One file for a meeting that is over: a folder as a ZIP (decision 61), so that every machine shows
 * what is in it. Results are 0, a negative errno or a refusal.
 */
#ifndef DIEMCAU_COORDINATOR_ARCHIVE_ARCHIVE_H
#define DIEMCAU_COORDINATOR_ARCHIVE_ARCHIVE_H

/* Positive results. */
enum archive_refusal {
	ARCHIVE_OTHER = 0x200, /* it is no archive of a meeting, or was cut short */
	ARCHIVE_TOO_LARGE, /* more than ARCHIVE_FILES_MAX or ARCHIVE_MIB_MAX */
	ARCHIVE_BAD_NAME, /* a name that no archive of ours has: ../x, /x */
	ARCHIVE_DAMAGED, /* a file in it is not what was packed */
};

/*
 * Packs the regular files of a folder, two levels deep, into a new file: whole on disk, or not
 * there. -EEXIST: it is there already.
 */
int archive_pack(const char *folder, const char *file);

/* Unpacks into an empty folder; each file is its owner's alone. What fails may leave files in it.
 */
int archive_unpack(const char *file, const char *folder);

#endif
