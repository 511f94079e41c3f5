#include "coordinator/identity/device_cookie.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "proto/system/memory.h"

DEFINE_CLEANUP(char *, free)

enum { NONCE_SIZE = 16, STAMP_SIZE = 8 };

/* As it travels. */
struct device {
	unsigned char issued[STAMP_SIZE]; /* milliseconds, most significant byte first */
	unsigned char nonce[NONCE_SIZE];
	unsigned char proof[SECRET_BYTES];
};

/* What the proof covers. */
struct claim {
	char account[ACCOUNT_NAME_SIZE];
	unsigned char changed[STAMP_SIZE];
	unsigned char issued[STAMP_SIZE];
	unsigned char nonce[NONCE_SIZE];
};

_Static_assert(sizeof(struct device) == STAMP_SIZE + NONCE_SIZE + SECRET_BYTES, "no padding");
_Static_assert(
	sizeof(struct claim) == ACCOUNT_NAME_SIZE + 2 * STAMP_SIZE + NONCE_SIZE, "no padding");
_Static_assert(sodium_base64_ENCODED_LEN(sizeof(struct device),
		       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == DEVICE_TEXT_SIZE,
	"its text has this size");

static void write_stamp(struct stamp stamp, unsigned char ret[STAMP_SIZE])
{
	uint64_t ms = (uint64_t)stamp.ms;
	for (int i = 0; i < STAMP_SIZE; i++) {
		ret[i] = (unsigned char)(ms >> (8 * (STAMP_SIZE - 1 - i)));
	}
}

static struct stamp read_stamp(const unsigned char bytes[STAMP_SIZE])
{
	uint64_t ms = 0;
	for (int i = 0; i < STAMP_SIZE; i++) {
		ms = ms << 8 | bytes[i];
	}
	return (struct stamp){(int64_t)ms};
}

static void prove(const struct device_key *key, const struct account *account,
	const struct device *device, unsigned char ret[SECRET_BYTES])
{
	struct claim claim;
	memset(&claim, 0, sizeof(claim));
	memcpy(claim.account, account->name, strlen(account->name));
	write_stamp(account->changed, claim.changed);
	memcpy(claim.issued, device->issued, sizeof(claim.issued));
	memcpy(claim.nonce, device->nonce, sizeof(claim.nonce));
	crypto_generichash(ret, SECRET_BYTES, (const unsigned char *)&claim, sizeof(claim),
		key->bytes, sizeof(key->bytes));
}

void device_issue(const struct device_key *key, const struct account *account, struct stamp now,
	char text[DEVICE_TEXT_SIZE])
{
	struct device device;
	write_stamp(now, device.issued);
	randombytes_buf(device.nonce, sizeof(device.nonce));
	prove(key, account, &device, device.proof);
	sodium_bin2base64(text, DEVICE_TEXT_SIZE, (const unsigned char *)&device, sizeof(device),
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* By its nonce; never 0. */
static uint64_t number_of(const struct device *device)
{
	uint64_t number;
	memcpy(&number, device->nonce, sizeof(number));
	return number ? number : 1;
}

uint64_t device_verify(const struct device_key *key, const struct account *account,
	const char *text, struct stamp now)
{
	size_t size = 0;
	struct device device;
	if (sodium_base642bin((unsigned char *)&device, sizeof(device), text, strlen(text), NULL,
		    &size, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) < 0 ||
		size != sizeof(device)) {
		return 0;
	}
	unsigned char proof[SECRET_BYTES];
	prove(key, account, &device, proof);
	bool proven = sodium_memcmp(proof, device.proof, sizeof(proof)) == 0;
	bool fresh = now.ms - read_stamp(device.issued).ms < DEVICE_SPAN_MS;
	return proven && fresh ? number_of(&device) : 0;
}

/* ---- the key ---- */

static int make_key(const char *path, struct device_key *ret_key)
{
	randombytes_buf(ret_key->bytes, sizeof(ret_key->bytes));
	return atomic_file_replace(path, ret_key->bytes, sizeof(ret_key->bytes));
}

int device_key_load(const char *dir, struct device_key *ret_key)
{
	char *bytes cleanup(free) = NULL;
	size_t size = 0;
	char path[ATOMIC_FILE_PATH_MAX];
	int r = atomic_file_path(path, dir, "device.key");
	if (r < 0) {
		return r;
	}
	r = atomic_file_read(path, &bytes, &size);
	if (r == -ENOENT) {
		return make_key(path, ret_key);
	}
	if (r == 0 && size != sizeof(ret_key->bytes)) {
		r = -EBADMSG;
	}
	if (r == 0) {
		memcpy(ret_key->bytes, bytes, size);
		memory_wipe(bytes, size);
	}
	return r;
}
