/* Which parameters each route takes, and with which values. */
#include "coordinator/api/parameters.h"

#include <string.h>

#include "coordinator/minutes/paper_kinds.h"
#include "proto/codec/patterns.h"
#include "proto/words/text_fill.h"

enum { ROUTE_PARAMETERS_MAX = 4, SENTENCE_SIZE = 300 };

struct parameter {
	const char *name;
	enum { A_WORD, A_NUMBER, A_MEETING, AN_UPLOAD, A_SITE, A_DIGEST, A_DISPLAY } kind;
	const char *const *words; /* of a word; ends with NULL */
};

static const char *const languages[] = {"vi", "en", NULL};
static const char *const formats[] = {"html", "json", "docx", NULL};
static const char *const list_formats[] = {"csv", "xlsx", NULL};

/* `lang`, of the sentences, is every route's. */
static const struct parameter lang = {"lang", A_WORD, languages};
static const struct parameter parameters[HTTP_ROUTES][ROUTE_PARAMETERS_MAX] = {
	[HTTP_JOURNAL] = {{"from", A_NUMBER, NULL}, {"meeting", A_MEETING, NULL}},
	[HTTP_MINUTES] = {{"format", A_WORD, formats}, {"meeting", A_MEETING, NULL},
		{"paper", A_WORD, paper_names}, {"site", A_SITE, NULL}},
	[HTTP_REGISTRATIONS] = {{"format", A_WORD, list_formats}, {"site", A_SITE, NULL}},
	[HTTP_DISPLAYS] = {{"display", A_DISPLAY, NULL}},
	[HTTP_PAPERS] = {{"as", A_SITE, NULL}},
	[HTTP_FILES] = {{"as", A_SITE, NULL}, {"digest", A_DIGEST, NULL}},
	[HTTP_UPLOADS] = {{"as", A_SITE, NULL}, {"upload", AN_UPLOAD, NULL},
		{"offset", A_NUMBER, NULL}},
	[HTTP_IMPORTS] = {{"upload", AN_UPLOAD, NULL}},
};

static const struct parameter *find(enum http_route route, const char *name)
{
	if (strcmp(name, lang.name) == 0) {
		return &lang;
	}
	for (size_t i = 0; i < ROUTE_PARAMETERS_MAX && parameters[route][i].name; i++) {
		if (strcmp(parameters[route][i].name, name) == 0) {
			return &parameters[route][i];
		}
	}
	return NULL;
}

/* Event numbers are JSON numbers, which end at 2^53. */
static bool is_number(const char *value)
{
	enum { DIGITS_MAX = 15 };
	size_t digits = strspn(value, "0123456789");
	return digits > 0 && digits <= DIGITS_MAX && value[digits] == '\0';
}

static bool is_id(const char *value, size_t most, bool (*check)(const char *value))
{
	size_t length = strlen(value);
	return length > 0 && length <= most && check(value);
}

static bool is_allowed(const struct parameter *parameter, const char *value)
{
	switch (parameter->kind) {
	case A_NUMBER:
		return is_number(value);
	case A_MEETING:
		return is_id(value, MEETING_ID_CHARS, check_meeting_id);
	case A_SITE:
		return is_id(value, SITE_ID_CHARS, check_site_id);
	case AN_UPLOAD:
		return strlen(value) == INSTANCE_ID_CHARS && check_instance_id(value);
	case A_DISPLAY:
		return strlen(value) == DISPLAY_ID_CHARS && check_display_id(value);
	case A_DIGEST:
		return strlen(value) == CONTENT_DIGEST_CHARS && check_content_digest(value);
	case A_WORD:
		break;
	}
	for (const char *const *word = parameter->words; *word; word++) {
		if (strcmp(*word, value) == 0) {
			return true;
		}
	}
	return false;
}

/* ---- the sentence of a refusal ---- */

static const enum text_id query_faults[] = {
	[HTTP_QUERY_MALFORMED] = TEXT_QUERY_MALFORMED,
	[HTTP_QUERY_REPEATED] = TEXT_QUERY_REPEATED,
	[HTTP_QUERY_TOO_LONG] = TEXT_QUERY_TOO_LONG,
};

static void say_allowed_value(char sentence[static SENTENCE_SIZE], enum language language,
	const struct parameter *parameter)
{
	char values[SENTENCE_SIZE] = "";
	for (size_t i = 0; parameter->words && parameter->words[i]; i++) {
		text_list(values, sizeof(values), parameter->words[i]);
	}
	static const enum text_id texts[] = {[A_WORD] = TEXT_QUERY_ONE_OF,
		[A_NUMBER] = TEXT_QUERY_NUMBER,
		[A_MEETING] = TEXT_QUERY_MEETING,
		[AN_UPLOAD] = TEXT_QUERY_UPLOAD,
		[A_SITE] = TEXT_QUERY_SITE,
		[A_DIGEST] = TEXT_QUERY_DIGEST,
		[A_DISPLAY] = TEXT_QUERY_DISPLAY};
	text_fill(sentence, SENTENCE_SIZE, texts[parameter->kind], language,
		(const struct text_value[]){
			{.name = "name", .text = parameter->name},
			{.name = "values", .text = values},
			{0},
		});
}

static void say_allowed_names(
	char sentence[static SENTENCE_SIZE], enum language language, enum http_route route)
{
	char names[SENTENCE_SIZE] = "";
	text_list(names, sizeof(names), lang.name);
	for (size_t i = 0; i < ROUTE_PARAMETERS_MAX && parameters[route][i].name; i++) {
		text_list(names, sizeof(names), parameters[route][i].name);
	}
	text_fill(sentence, SENTENCE_SIZE, TEXT_QUERY_NAMES, language,
		(const struct text_value[]){{.name = "names", .text = names}, {0}});
}

/* The index of the first invalid parameter; n where all are valid. */
static size_t find_fault(const struct http_request *request)
{
	size_t i = 0;
	for (; i < request->query.n; i++) {
		const struct parameter *parameter =
			find(request->route, request->query.list[i].name);
		if (!parameter || !is_allowed(parameter, request->query.list[i].value)) {
			break;
		}
	}
	return i;
}

bool parameters_fit(
	const struct responder *responder, uint64_t exchange, const struct http_request *request)
{
	const struct http_query *query = &request->query;
	enum language language = respond_language(request);
	const struct parameter *parameter = NULL;
	size_t fault = find_fault(request);
	bool sound = query->fault == HTTP_QUERY_SOUND && fault == query->n;
	if (request->route == HTTP_PAGE || sound) {
		return true;
	}
	char sentence[SENTENCE_SIZE];
	if (query->fault != HTTP_QUERY_SOUND) {
		text_fill(sentence, sizeof(sentence), query_faults[query->fault], language, NULL);
	} else {
		parameter = find(request->route, query->list[fault].name);
		if (parameter) {
			say_allowed_value(sentence, language, parameter);
		} else {
			say_allowed_names(sentence, language, request->route);
		}
	}
	respond_refused_with(
		responder, exchange, REFUSAL_INVALID, parameter ? parameter->name : NULL, sentence);
	return false;
}
