#include "proto/system/language.h"

#include <stdlib.h>
#include <string.h>

#include "proto/system/printable.h"

static enum language chosen;

enum language language_of_word(const char *word)
{
	if (strcmp(word, "vi") == 0) {
		return LANGUAGE_VI;
	}
	return strcmp(word, "en") == 0 ? LANGUAGE_EN : LANGUAGE_UNSET;
}

void language_choose(enum language language)
{
	chosen = language;
}

static const char *locale(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		if (value && value[0] != '\0') {
			return value;
		}
	}
	return "";
}

enum language language_now(void)
{
	if (chosen != LANGUAGE_UNSET) {
		return chosen;
	}
	const char *name = locale();
	bool vietnamese =
		name[0] == '\0' || strncmp(name, "vi", 2) == 0 || strncmp(name, "C.", 2) == 0;
	return vietnamese ? LANGUAGE_VI : LANGUAGE_EN;
}

void say_text(FILE *to, enum text_id text, const struct text_value *values)
{
	char line[PRINTABLE_LINE_MAX];
	text_fill(line, sizeof(line), text, language_now(), values);
	print_line(to, "%s", line);
}

void say_fault(const char *program, enum text_id text, const struct text_value *values)
{
	char line[PRINTABLE_LINE_MAX];
	text_fill(line, sizeof(line), text, language_now(), values);
	print_line(stderr, "%s: %s", program, line);
}
