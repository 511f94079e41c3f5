#include "coordinator/installation/installation_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "coordinator/identity/atomic_file.h"
#include "proto/system/modes.h"

static const char serving[] = "serving.lock", changing[] = "changing.lock";

enum { OWNER_ONLY = 0600 };

static int open_lock(const char *dir, const char *name)
{
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, dir, name);
	if (r < 0) {
		return r;
	}
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, OWNER_ONLY);
	if (lock < 0) {
		return -errno;
	}
	r = modes_give_to_owner(lock, dir);
	if (r < 0) {
		close(lock);
		return r;
	}
	return lock;
}

static int take(const char *dir, const char *name, int how, int *ret_lock)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int lock = open_lock(dir, name);
	if (lock < 0) {
		return lock;
	}
	if (fcntl(lock, how, &whole) < 0) {
		int r = errno == EAGAIN || errno == EACCES ? -EBUSY : -errno;
		close(lock);
		return r;
	}
	*ret_lock = lock;
	return 0;
}

int installation_lock_serving(const char *dir, int *ret_lock)
{
	return take(dir, serving, F_SETLK, ret_lock);
}

int installation_lock_changing(const char *dir, int *ret_lock)
{
	return take(dir, changing, F_SETLKW, ret_lock);
}

void installation_unlock(int lock)
{
	if (lock >= 0) {
		close(lock);
	}
}

int installation_server(const char *dir)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int lock = open_lock(dir, serving);
	int pid = 0;
	if (lock >= 0 && fcntl(lock, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK) {
		pid = (int)whole.l_pid;
	}
	installation_unlock(lock);
	return pid;
}

bool installation_is_served(const char *dir)
{
	int lock = -1;
	bool served = installation_lock_serving(dir, &lock) == -EBUSY;
	installation_unlock(lock);
	return served;
}

/* It holds this lock meanwhile: journal/store.c. */
bool installation_journal_is_open(const char *journal)
{
	char path[ATOMIC_FILE_PATH_MAX];
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (snprintf(path, sizeof(path), "%s.lock", journal) >= (int)sizeof(path)) {
		return false;
	}
	int lock = open(path, O_RDWR | O_CLOEXEC);
	if (lock < 0) {
		return false;
	}
	bool is_open = fcntl(lock, F_SETLK, &whole) < 0;
	close(lock);
	return is_open;
}
