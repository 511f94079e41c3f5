/*
 * replay FILE|FOLDER...: hand each file once to the harness linked beside this, as a fuzzer would.
 * In any build, with any compiler; it crashes where the fuzzer would have crashed.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t n_replayed;

static void replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat about;
	uint8_t *data;
	size_t size;

	if (!file || fstat(fileno(file), &about) < 0) {
		perror(path);
		exit(1);
	}
	/* Exactly as large as the input, so that a sanitizer sees one byte too far. */
	data = malloc(about.st_size > 0 ? (size_t)about.st_size : 1);
	if (!data) {
		exit(1);
	}
	size = fread(data, 1, (size_t)about.st_size, file);
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	n_replayed++;
}

static void replay_folder(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	char name[4096];

	if (!folder) {
		perror(path);
		exit(1);
	}
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] != '.') {
			snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
			replay_file(name);
		}
	}
	closedir(folder);
}

int main(int argc, char **argv)
{
	struct stat about;

	for (int i = 1; i < argc; i++) {
		if (stat(argv[i], &about) == 0 && S_ISDIR(about.st_mode)) {
			replay_folder(argv[i]);
		} else {
			replay_file(argv[i]);
		}
	}
	printf("%zu inputs\n", n_replayed);
	return 0;
}
