/* Which parameters each route takes, and with which values. */
#include "coordinator/api/api.h"

#include <stdio.h>
#include <string.h>

enum { ROUTE_PARAMETERS_MAX = 2, SENTENCE_SIZE = 300 };

struct parameter {
	const char *name;
	const char *const *words; /* ends with NULL; NULL: a whole number */
};

static const char *const languages[] = {"vi", "en", NULL};
static const char *const formats[] = {"html", "json", NULL};

/* `lang`, of the sentences, is every route's. */
static const struct parameter lang = {"lang", languages};
static const struct parameter parameters[HTTP_ROUTES][ROUTE_PARAMETERS_MAX] = {
	[HTTP_JOURNAL] = {{"from", NULL}},
	[HTTP_MINUTES] = {{"format", formats}},
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

/* JSON's numbers, which the journal's are, end at 2^53. */
static bool is_number(const char *value)
{
	enum { DIGITS_MAX = 15 };
	size_t digits = strspn(value, "0123456789");
	return digits > 0 && digits <= DIGITS_MAX && value[digits] == '\0';
}

static bool is_allowed(const struct parameter *parameter, const char *value)
{
	if (!parameter->words) {
		return is_number(value);
	}
	for (const char *const *word = parameter->words; *word; word++) {
		if (strcmp(*word, value) == 0) {
			return true;
		}
	}
	return false;
}

/* ---- what is said of it ---- */

struct sentence {
	char text[SENTENCE_SIZE];
	enum language language;
};

static void say(struct sentence *sentence, const char *vi, const char *en)
{
	size_t length = strlen(sentence->text);
	snprintf(sentence->text + length, sizeof(sentence->text) - length, "%s",
		sentence->language == LANGUAGE_EN ? en : vi);
}

static void say_list(struct sentence *sentence, const char *const *words)
{
	for (const char *const *word = words; *word; word++) {
		say(sentence, word == words ? " " : ", ", word == words ? " " : ", ");
		say(sentence, *word, *word);
	}
	say(sentence, ".", ".");
}

static void say_allowed_value(struct sentence *sentence, const struct parameter *parameter)
{
	say(sentence, parameter->name, parameter->name);
	if (parameter->words) {
		say(sentence, " chỉ nhận một trong các giá trị:", " takes one of these:");
		say_list(sentence, parameter->words);
	} else {
		say(sentence, " phải là số nguyên không âm, tối đa 15 chữ số.",
			" takes a whole number of up to 15 digits.");
	}
}

static void say_allowed_names(struct sentence *sentence, enum http_route route)
{
	const char *names[ROUTE_PARAMETERS_MAX + 2] = {lang.name};
	for (size_t i = 0; i < ROUTE_PARAMETERS_MAX; i++) {
		names[i + 1] = parameters[route][i].name;
	}
	say(sentence, "Địa chỉ này chỉ nhận các tham số:", "This address takes these parameters:");
	say_list(sentence, names);
}

static void say_query_fault(struct sentence *sentence, enum http_query_fault fault)
{
	if (fault == HTTP_QUERY_REPEATED) {
		say(sentence, "Mỗi tham số chỉ được ghi một lần.",
			"Each parameter may be there once.");
	} else if (fault == HTTP_QUERY_TOO_LONG) {
		say(sentence, "Địa chỉ có quá nhiều tham số, hoặc tham số quá dài.",
			"There are too many parameters, or one of them is too long.");
	} else {
		say(sentence, "Tham số phải viết theo dạng tên=giá-trị.",
			"Parameters are written name=value.");
	}
}

/* The parameter that is no good: its place, or n where all are. */
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

bool api_parameters_fit(
	struct coordinator *coordinator, uint64_t exchange, const struct http_request *request)
{
	const struct http_query *query = &request->query;
	struct sentence sentence = {.language = api_language(request)};
	const struct parameter *parameter = NULL;
	size_t fault = find_fault(request);
	if (query->fault == HTTP_QUERY_SOUND && fault == query->n) {
		return true;
	}
	if (query->fault != HTTP_QUERY_SOUND) {
		say_query_fault(&sentence, query->fault);
	} else {
		parameter = find(request->route, query->list[fault].name);
		if (parameter) {
			say_allowed_value(&sentence, parameter);
		} else {
			say_allowed_names(&sentence, request->route);
		}
	}
	api_refuse_with(coordinator, exchange, REFUSAL_INVALID, parameter ? parameter->name : NULL,
		sentence.text);
	return false;
}
