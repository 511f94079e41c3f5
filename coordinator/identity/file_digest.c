#include "coordinator/identity/file_digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, OWNER_ONLY = 0600 };

static int open_regular(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat facts;
	if (fd < 0) {
		return -errno;
	}
	if (fstat(fd, &facts) < 0 || !S_ISREG(facts.st_mode)) {
		close(fd);
		return -EINVAL;
	}
	return fd;
}

static int write_all(int fd, const unsigned char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, bytes, size);
		if (written < 0 && errno != EINTR) {
			return -errno;
		}
		bytes += written > 0 ? written : 0;
		size -= written > 0 ? (size_t)written : 0;
	}
	return 0;
}

/* to: a descriptor, or -1 where nothing is copied. */
static int run_through(int from, int to, char ret_digest[static FILE_DIGEST_SIZE])
{
	unsigned char piece[PIECE], digest[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	ssize_t got;
	while ((got = read(from, piece, sizeof(piece))) != 0) {
		if (got < 0 && errno == EINTR) {
			continue;
		}
		int r = got < 0 ? -errno : to >= 0 ? write_all(to, piece, (size_t)got) : 0;
		if (r < 0) {
			return r;
		}
		crypto_hash_sha256_update(&state, piece, (unsigned long long)got);
	}
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(ret_digest, FILE_DIGEST_SIZE, digest, sizeof(digest));
	return to >= 0 && fsync(to) < 0 ? -errno : 0;
}

int file_digest(const char *path, char ret_digest[static FILE_DIGEST_SIZE])
{
	int from = open_regular(path);
	if (from < 0) {
		return from;
	}
	int r = run_through(from, -1, ret_digest);
	close(from);
	return r;
}

int file_digest_copy(const char *from, const char *to, char ret_digest[static FILE_DIGEST_SIZE])
{
	int source = open_regular(from);
	if (source < 0) {
		return source;
	}
	int copy = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, OWNER_ONLY);
	int r = copy < 0 ? -errno : run_through(source, copy, ret_digest);
	close(source);
	if (copy >= 0 && close(copy) < 0 && r == 0) {
		r = -errno;
	}
	return r;
}
