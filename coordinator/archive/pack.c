/* Packing. See archive.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "cleanup.h"
#include "coordinator/archive/archive.h"
#include "coordinator/archive/archive_name.h"

DEFINE_CLEANUP(zip_t *, zip_discard)

struct packing {
	zip_t *zip;
	const char *folder;
};

static int fault_of(zip_t *zip)
{
	zip_error_t *error = zip_get_error(zip);
	int fault = zip_error_system_type(error) == ZIP_ET_SYS ? zip_error_code_system(error) : 0;
	return fault > 0 ? -fault : -EIO;
}

static int add_file(const struct packing *packing, const char *name, const struct stat *facts)
{
	char path[ARCHIVE_PATH_SIZE];
	int r = archive_path(path, packing->folder, name);
	if (r < 0) {
		return r;
	}
	zip_source_t *source = zip_source_file(packing->zip, path, 0, -1);
	if (!source) {
		return fault_of(packing->zip);
	}
	zip_int64_t index = zip_file_add(packing->zip, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return fault_of(packing->zip);
	}
	return zip_file_set_mtime(packing->zip, (zip_uint64_t)index, facts->st_mtime, 0) == 0
		       ? 0
		       : fault_of(packing->zip);
}

static int add_folder(const struct packing *packing, const char *name);

/* What is neither a file nor a folder of ours is left out: .unfinished, .lock. */
static int add_entry(const struct packing *packing, const char *name)
{
	char path[ARCHIVE_PATH_SIZE];
	struct stat facts;
	int r = archive_path(path, packing->folder, name);
	if (r < 0 || !archive_name_is_plain(name)) {
		return r;
	}
	if (lstat(path, &facts) < 0) {
		return -errno;
	}
	return S_ISREG(facts.st_mode)   ? add_file(packing, name, &facts)
	       : S_ISDIR(facts.st_mode) ? add_folder(packing, name)
					: 0;
}

static int add_all(const struct packing *packing, const char *above, struct dirent **entries, int n)
{
	int r = 0;
	for (int i = 0; i < n && r == 0; i++) {
		char name[2 * ARCHIVE_NAME_SIZE + 2];
		const char *own = entries[i]->d_name;
		if (own[0] != '.') {
			snprintf(name, sizeof(name), "%s%s%s", above, above[0] ? "/" : "", own);
			r = add_entry(packing, name);
		}
	}
	return r;
}

/* `name`: below the folder that is packed; empty for itself. */
static int add_folder(const struct packing *packing, const char *name)
{
	char path[ARCHIVE_PATH_SIZE];
	struct dirent **entries = NULL;
	int r = archive_path(path, packing->folder, name);
	int n = r == 0 ? scandir(path, &entries, NULL, alphasort) : 0;
	r = n < 0 ? -errno : r;
	if (r == 0) {
		r = add_all(packing, name, entries, n);
	}
	for (int i = 0; i < n; i++) {
		free(entries[i]);
	}
	free(entries);
	return r;
}

static int write_zip(const char *folder, const char *file)
{
	int code = 0;
	zip_t *zip cleanup(zip_discard) = zip_open(file, ZIP_CREATE | ZIP_EXCL, &code);
	if (!zip) {
		return code == ZIP_ER_EXISTS ? -EEXIST : errno > 0 ? -errno : -EIO;
	}
	struct packing packing = {.zip = zip, .folder = folder};
	int r = add_folder(&packing, "");
	if (r == 0 && zip_set_archive_comment(zip, ARCHIVE_MARK, strlen(ARCHIVE_MARK)) != 0) {
		r = fault_of(zip);
	}
	if (r == 0 && zip_close(zip) != 0) {
		r = fault_of(zip);
	} else if (r == 0) {
		zip = NULL;
	}
	return r;
}

static int sync_file(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int r = fsync(fd) == 0 && fchmod(fd, 0600) == 0 ? 0 : -errno;
	close(fd);
	return r;
}

int archive_pack(const char *folder, const char *file)
{
	char begun[ARCHIVE_PATH_SIZE];
	int n = snprintf(begun, sizeof(begun), "%s.unfinished", file);
	if (n >= (int)sizeof(begun)) {
		return -ENAMETOOLONG;
	}
	if (access(file, F_OK) == 0) {
		return -EEXIST;
	}
	int r = write_zip(folder, begun);
	if (r == 0) {
		r = sync_file(begun);
	}
	if (r == 0 && rename(begun, file) < 0) {
		r = -errno;
	}
	if (r != 0 && r != -EEXIST) {
		unlink(begun);
	}
	return r;
}
