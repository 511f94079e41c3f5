#include "endpoint/papers/centre_http.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "proto/client/join_file.h"
#include "proto/network/server_url.h"

enum { URL_ROOM = 1024, HEADER_ROOM = 512 };

struct centre_http {
	CURL *curl;
	const struct join *join;
	char *ca; /* its own copy: the library takes none that is constant */
	const char *addresses[WS_CLIENT_ADDRESS_MAX];
	size_t n_addresses, at;
	atomic_bool cancelled;
};

/* One request; where its bytes go and come from. */
struct transfer {
	struct centre_http *http;
	const char *path;
	struct curl_slist *headers;
	struct msg_text *answer; /* or: */
	FILE *to;
	const struct centre_http_body *body;
	const struct centre_http_progress *progress;
	uint64_t bytes;
};

static void tell_progress(struct transfer *transfer, size_t bytes)
{
	transfer->bytes += bytes;
	if (transfer->progress) {
		transfer->progress->on_bytes(transfer->progress->user, transfer->bytes);
	}
}

static size_t keep_answer(const char *bytes, size_t one, size_t size, void *user)
{
	struct transfer *transfer = user;
	struct msg_text *answer = transfer->answer;
	size_t at = answer->len;
	(void)one;
	if (at + size > MSG_BYTES_MAX || msg_text_reserve(answer, size) != 0) {
		return 0;
	}
	memcpy(answer->data + at, bytes, size);
	return size;
}

static size_t keep_file(const char *bytes, size_t one, size_t size, void *user)
{
	struct transfer *transfer = user;
	size_t written = fwrite(bytes, one, size, transfer->to);
	tell_progress(transfer, written);
	return written;
}

static size_t give_body(char *bytes, size_t one, size_t room, void *user)
{
	struct transfer *transfer = user;
	uint64_t left = transfer->body->size - transfer->bytes;
	size_t given = fread(bytes, one, room < left ? room : (size_t)left, transfer->body->file);
	if (given == 0 && left > 0) {
		return CURL_READFUNC_ABORT;
	}
	tell_progress(transfer, given);
	return given;
}

static int watch(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct centre_http *http = user;
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return atomic_load(&http->cancelled);
}

static void trust_join_file(CURL *curl, char *pem)
{
	struct curl_blob ca = {.data = pem, .len = strlen(pem)};
	curl_easy_setopt(curl, CURLOPT_CAINFO, NULL);
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &ca);
}

static void set_manner(struct centre_http *http)
{
	CURL *curl = http->curl;
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http"); /* http: server_url_parse */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CENTRE_HTTP_CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)CENTRE_HTTP_SILENCE_S);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, http);
	if (http->ca[0]) {
		trust_join_file(curl, http->ca);
	}
}

/* False: the address is none, or the path too long. */
static bool set_url(struct transfer *transfer, const char *address)
{
	struct server_url server;
	char url[URL_ROOM];
	if (server_url_parse(address, &server) != 0) {
		return false;
	}
	bool colons = strchr(server.host, ':') != NULL;
	int length =
		snprintf(url, sizeof(url), colons ? "%s://[%s]:%u%s%cas=%s" : "%s://%s:%u%s%cas=%s",
			server.tls ? "https" : "http", server.host, server.port, transfer->path,
			strchr(transfer->path, '?') ? '&' : '?', transfer->http->join->site);
	return length > 0 && (size_t)length < sizeof(url) &&
	       curl_easy_setopt(transfer->http->curl, CURLOPT_URL, url) == CURLE_OK;
}

static int meaning(const struct transfer *transfer, CURLcode code)
{
	long status = 0;
	curl_easy_getinfo(transfer->http->curl, CURLINFO_RESPONSE_CODE, &status);
	switch ((int)code) {
	case CURLE_OK:
	case CURLE_HTTP_RETURNED_ERROR:
		return (int)status;
	case CURLE_ABORTED_BY_CALLBACK:
		return transfer->body && !atomic_load(&transfer->http->cancelled) ? -EIO
										  : -ECANCELED;
	case CURLE_WRITE_ERROR:
		return -EIO;
	case CURLE_OUT_OF_MEMORY:
		return -ENOMEM;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
		return -ECONNREFUSED;
	default:
		return -ECONNRESET;
	}
}

static void add_header(struct transfer *transfer, const char *name, const char *value)
{
	char line[HEADER_ROOM];
	snprintf(line, sizeof(line), "%s: %s", name, value);
	struct curl_slist *longer = curl_slist_append(transfer->headers, line);
	transfer->headers = longer ? longer : transfer->headers;
}

static void add_authorisation(struct transfer *transfer)
{
	char bearer[HEADER_ROOM];
	snprintf(bearer, sizeof(bearer), "Bearer %s", transfer->http->join->token);
	add_header(transfer, "Authorization", bearer);
	add_header(transfer, "Expect", ""); /* a small piece does not wait to be asked for */
}

/* At the address that answered last, then at the others. */
static int perform(struct transfer *transfer)
{
	struct centre_http *http = transfer->http;
	int r = -ECONNREFUSED;
	add_authorisation(transfer);
	curl_easy_setopt(http->curl, CURLOPT_HTTPHEADER, transfer->headers);
	for (size_t tried = 0; tried < http->n_addresses && r == -ECONNREFUSED; tried++) {
		r = set_url(transfer, http->addresses[http->at])
			    ? meaning(transfer, curl_easy_perform(http->curl))
			    : -ECONNREFUSED;
		http->at = r == -ECONNREFUSED ? (http->at + 1) % http->n_addresses : http->at;
	}
	curl_slist_free_all(transfer->headers);
	return r;
}

static void begin(struct transfer *transfer)
{
	CURL *curl = transfer->http->curl;
	curl_easy_reset(curl);
	set_manner(transfer->http);
	if (transfer->answer) {
		curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_answer);
	} else {
		curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_file);
		curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	}
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
}

int centre_http_get(struct centre_http *http, const char *path, struct msg_text *answer)
{
	struct transfer transfer = {.http = http, .path = path, .answer = answer};
	begin(&transfer);
	return perform(&transfer);
}

int centre_http_post(
	struct centre_http *http, const char *path, const char *json, struct msg_text *answer)
{
	struct transfer transfer = {.http = http, .path = path, .answer = answer};
	begin(&transfer);
	curl_easy_setopt(http->curl, CURLOPT_POSTFIELDS, json);
	add_header(&transfer, "Content-Type", "application/json");
	return perform(&transfer);
}

int centre_http_patch(struct centre_http *http, const char *path,
	const struct centre_http_body *body, const struct centre_http_progress *progress,
	struct msg_text *answer)
{
	struct transfer transfer = {
		.http = http, .path = path, .answer = answer, .body = body, .progress = progress};
	begin(&transfer);
	curl_easy_setopt(http->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(http->curl, CURLOPT_CUSTOMREQUEST, "PATCH");
	curl_easy_setopt(http->curl, CURLOPT_READFUNCTION, give_body);
	curl_easy_setopt(http->curl, CURLOPT_READDATA, &transfer);
	curl_easy_setopt(http->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)body->size);
	add_header(&transfer, "Content-Type", body->type);
	return perform(&transfer);
}

int centre_http_fetch(struct centre_http *http, const char *path, uint64_t from, FILE *file,
	const struct centre_http_progress *progress)
{
	struct transfer transfer = {.http = http, .path = path, .to = file, .progress = progress};
	begin(&transfer);
	curl_easy_setopt(http->curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)from);
	return perform(&transfer);
}

int centre_http_create(const struct join *join, struct centre_http **ret_http)
{
	struct centre_http *http = calloc(1, sizeof(*http));
	if (!http) {
		return -ENOMEM;
	}
	http->join = join;
	http->n_addresses = join_file_addresses(join, http->addresses);
	http->ca = strdup(join->ca);
	http->curl = curl_easy_init();
	if (!http->curl || !http->ca || http->n_addresses == 0) {
		int r = http->curl && http->ca ? -EINVAL : -ENOMEM;
		centre_http_destroy(http);
		return r;
	}
	*ret_http = http;
	return 0;
}

void centre_http_destroy(struct centre_http *http)
{
	if (http) {
		curl_easy_cleanup(http->curl);
		free(http->ca);
		free(http);
	}
}

void centre_http_cancel(struct centre_http *http)
{
	atomic_store(&http->cancelled, true);
}
