#include "coordinator/ws/response_head.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static const char page_policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
	"frame-ancestors 'none'";
static const char styled_policy[] = "default-src 'none'; style-src 'unsafe-inline'; "
				    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/* Headers of every answer; name without the colon. The last one is {NULL, NULL}. */
static const struct head_header {
	const char *name;
	const char *value;
} head_security[] = {
	{"x-content-type-options", "nosniff"},
	{"x-frame-options", "DENY"},
	{"referrer-policy", "no-referrer"},
	{"cross-origin-opener-policy", "same-origin"},
	{"cross-origin-resource-policy", "same-origin"},
	{NULL, NULL},
};

static const char *reason_of(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
		{200, "OK"},
		{201, "Created"},
		{204, "No Content"},
		{206, "Partial Content"},
		{304, "Not Modified"},
		{400, "Bad Request"},
		{401, "Unauthorized"},
		{403, "Forbidden"},
		{404, "Not Found"},
		{405, "Method Not Allowed"},
		{406, "Not Acceptable"},
		{408, "Request Timeout"},
		{409, "Conflict"},
		{411, "Length Required"},
		{413, "Content Too Large"},
		{415, "Unsupported Media Type"},
		{416, "Range Not Satisfiable"},
		{417, "Expectation Failed"},
		{421, "Misdirected Request"},
		{429, "Too Many Requests"},
		{431, "Request Header Fields Too Large"},
		{500, "Internal Server Error"},
		{501, "Not Implemented"},
		{503, "Service Unavailable"},
	};
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].status == status) {
			return reasons[i].reason;
		}
	}
	return "";
}

struct head_writer {
	char *text;
	size_t used;
};

/* The longest head is some 2 700 bytes: a header that does not fit is left out. */
__attribute__((format(printf, 2, 3))) static void put(
	struct head_writer *writer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	size_t room = HEAD_SIZE - writer->used;
	int length = vsnprintf(writer->text + writer->used, room, format, arguments);
	va_end(arguments);
	if (length > 0 && (size_t)length < room) {
		writer->used += (size_t)length;
	}
	writer->text[writer->used] = '\0';
}

static const char *caching_of(const struct http_response *answer)
{
	if (!answer->tag[0]) {
		return "no-store";
	}
	return answer->immutable ? "public, max-age=31536000, immutable" : "no-cache";
}

/* A status without a body has no Content-Length (RFC 9110 8.6). */
static void put_content(struct head_writer *writer, const struct http_response *answer)
{
	if (answer->status == 204 || answer->status == 304) {
		return;
	}
	put(writer, "content-type: %s\r\n", answer->type ? answer->type : "text/plain");
	uint64_t size = answer->body ? answer->body->size : answer->source_size;
	put(writer, "content-length: %" PRIu64 "\r\n", size);
}

/* Of a file: parts of it may be asked for. */
static void put_part(struct head_writer *writer, const struct http_response *answer)
{
	if (answer->disposition[0]) {
		put(writer, "accept-ranges: bytes\r\n");
		put(writer, "content-disposition: %s\r\n", answer->disposition);
	}
	if (answer->status == 206) {
		put(writer, "content-range: bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64 "\r\n",
			answer->part.first, answer->part.first + answer->source_size - 1,
			answer->part.whole);
	} else if (answer->status == 416) {
		put(writer, "content-range: bytes */%" PRIu64 "\r\n", answer->part.whole);
	}
}

static void put_optional(struct head_writer *writer, const struct http_response *answer)
{
	if (answer->tag[0]) {
		put(writer, "etag: %s\r\n", answer->tag);
	}
	for (int i = 0; i < HTTP_COOKIES; i++) {
		if (answer->cookies[i][0]) {
			put(writer, "set-cookie: %s\r\n", answer->cookies[i]);
		}
	}
	if (answer->allow) {
		put(writer, "allow: %s\r\n", answer->allow);
	}
	if (answer->retry_after > 0) {
		put(writer, "retry-after: %u\r\n", answer->retry_after);
	}
}

size_t head_make(const struct http_response *answer, bool tls, char ret[HEAD_SIZE])
{
	struct head_writer writer = {.text = ret};
	put(&writer, "HTTP/1.1 %d %s\r\n", answer->status, reason_of(answer->status));
	put_content(&writer, answer);
	put(&writer, "connection: close\r\n");
	put(&writer, "cache-control: %s\r\n", caching_of(answer));
	put(&writer, "content-security-policy: %s\r\n",
		answer->styled ? styled_policy : page_policy);
	for (const struct head_header *header = head_security; header->name; header++) {
		put(&writer, "%s: %s\r\n", header->name, header->value);
	}
	if (tls) {
		put(&writer, "strict-transport-security: max-age=%d\r\n", HEAD_STRICT_TRANSPORT_S);
	}
	put_part(&writer, answer);
	put_optional(&writer, answer);
	put(&writer, "\r\n");
	return writer.used;
}
