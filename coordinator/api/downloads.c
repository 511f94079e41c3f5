#include "coordinator/api/downloads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/api/recorded_files.h"
#include "coordinator/host/log.h"
#include "coordinator/papers/file_kind.h"
#include "coordinator/ws/http_range.h"
#include "text_copy.h"

/* One that is being sent. The worker and the connection each may end first. */
struct download {
	struct http_source source;
	struct worker_job job;
	struct downloads *downloads;
	uint64_t exchange;
	char path[ATOMIC_FILE_PATH_MAX];
	int fd; /* -1 before the first piece */
	uint64_t at, end;
	bool reading; /* the worker has it */
	bool gone; /* the connection has ended */
	char *bytes;
	size_t size;
	int fault;
};

static void dispose(struct download *download)
{
	if (download->fd >= 0) {
		close(download->fd);
	}
	download->downloads->open--;
	free(download->bytes);
	free(download);
}

static void ended(struct http_source *source)
{
	struct download *download = (struct download *)source;
	download->gone = true;
	if (!download->reading) {
		dispose(download);
	}
}

/* ---- on the worker ---- */

static struct download *download_of(struct worker_job *job)
{
	return (struct download *)((char *)job - offsetof(struct download, job));
}

static int read_all(int fd, char *bytes, size_t size, uint64_t at)
{
	size_t got = 0;
	while (got < size) {
		ssize_t n = pread(fd, bytes + got, size - got, (off_t)(at + got));
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return n < 0 ? -errno : -EIO;
		}
		got += (size_t)n;
	}
	return 0;
}

static void read_piece(struct worker_job *job)
{
	struct download *download = download_of(job);
	if (download->fd < 0) {
		download->fd = open(download->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	}
	uint64_t left = download->end - download->at;
	download->size = left < DOWNLOAD_PIECE ? (size_t)left : (size_t)DOWNLOAD_PIECE;
	download->fault = download->fd < 0 ? -errno
					   : read_all(download->fd, download->bytes, download->size,
						     download->at);
}

static void piece_read(struct worker_job *job)
{
	struct download *download = download_of(job);
	struct shared_buf *piece = NULL;
	download->reading = false;
	if (download->gone) {
		dispose(download);
		return;
	}
	if (download->fault != 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be sent: %s", download->path,
			strerror(-download->fault));
	} else {
		piece = shared_buf_copy(download->bytes, download->size, true);
		download->at += download->size;
	}
	ws_feed(download->downloads->ws, download->exchange, piece);
}

static void drop(struct worker_job *job)
{
	struct download *download = download_of(job);
	download->reading = false;
	if (download->gone) {
		dispose(download);
	}
}

static void pull(struct http_source *source)
{
	struct download *download = (struct download *)source;
	download->reading = worker_give(download->downloads->keeper, &download->job);
	if (!download->reading) {
		ws_feed(download->downloads->ws, download->exchange, NULL);
	}
}

static struct download *begin(struct downloads *downloads, uint64_t exchange,
	const struct meeting_file *file, const struct http_range *range)
{
	struct download *download = calloc(1, sizeof(*download));
	if (!download) {
		return NULL;
	}
	downloads->open++;
	download->source = (struct http_source){.pull = pull, .ended = ended};
	download->job = (struct worker_job){.run = read_piece, .done = piece_read, .drop = drop};
	download->downloads = downloads;
	download->exchange = exchange;
	download->fd = -1;
	download->at = range->first;
	download->end = range->first + range->size;
	download->bytes = malloc(DOWNLOAD_PIECE);
	if (!download->bytes || paper_path(downloads->store, file->digest, download->path) < 0) {
		dispose(download);
		return NULL;
	}
	return download;
}

/* ---- the answer ---- */

/* Saved, never shown in the page's place; its name in UTF-8 (RFC 8187). */
static void describe(const struct meeting_file *file, char ret[static HTTP_DISPOSITION_SIZE])
{
	int used = snprintf(ret, HTTP_DISPOSITION_SIZE, "attachment; filename*=UTF-8''");
	for (const char *at = file->name; *at && used + 4 < HTTP_DISPOSITION_SIZE; at++) {
		bool plain = (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') ||
			     (*at >= 'A' && *at <= 'Z') || *at == '.' || *at == '-';
		used += snprintf(ret + used, 4, plain ? "%c" : "%%%02X", (unsigned char)*at);
	}
}

static void send_file(struct downloads *downloads, uint64_t exchange,
	const struct http_request *request, const struct meeting_file *file)
{
	struct http_response answer = {.status = 200,
		.type = file_kind_media_type(file->type),
		.part = {.whole = file->size}};
	snprintf(answer.tag, sizeof(answer.tag), "\"%s\"", file->digest);
	describe(file, answer.disposition);
	struct http_range range =
		http_range_of(request->range, request->if_range, answer.tag, file->size);
	if (http_tag_listed(request->tags, answer.tag) || range.kind == HTTP_RANGE_BEYOND) {
		answer.status = range.kind == HTTP_RANGE_BEYOND ? 416 : 304;
		respond(downloads->responder, exchange, &answer);
		return;
	}
	struct download *download =
		downloads->open < DOWNLOADS_MAX ? begin(downloads, exchange, file, &range) : NULL;
	if (!download) {
		respond_refused(downloads->responder, exchange, request, REFUSAL_BUSY);
		return;
	}
	answer.status = range.kind == HTTP_RANGE_PART ? 206 : 200;
	answer.part.first = range.first;
	answer.source = &download->source;
	answer.source_size = range.size;
	respond(downloads->responder, exchange, &answer);
}

void downloads_answer(struct downloads *downloads, uint64_t exchange,
	const struct http_request *request, const struct actor *by)
{
	const char *digest = http_query_value(&request->query, "digest");
	const struct meeting *meeting = engine_committed(downloads->engine);
	const struct meeting_file *file =
		digest ? recorded_file_for(meeting, digest, by->has_site ? by->site : NULL) : NULL;
	if (!file) {
		respond_refused(downloads->responder, exchange, request, REFUSAL_NOT_FOUND);
		return;
	}
	send_file(downloads, exchange, request, file);
}
