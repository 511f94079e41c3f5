#include "coordinator/plan/vote_options.h"

#include <string.h>

#include "text_copy.h"

enum { OPTION_LETTERS_MAX = (VOTE_OPTION_SIZE - 1) / 4 };

static size_t letters(const char *text, size_t length)
{
	size_t n = 0;
	for (size_t i = 0; i < length; i++) {
		n += (text[i] & 0xc0) != 0x80;
	}
	return n;
}

static bool is_among(const char *option, char options[][VOTE_OPTION_SIZE], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(options[i], option) == 0) {
			return true;
		}
	}
	return false;
}

bool vote_options_split(const char *text,
	char ret[static CMD_VOTE_ADD_OPTIONS_MAX][VOTE_OPTION_SIZE], size_t *ret_n)
{
	*ret_n = 0;
	for (const char *at = text; *at;) {
		at += strspn(at, " ");
		size_t whole = strcspn(at, ";"), length = whole;
		bool last = at[whole] == '\0';
		while (length > 0 && at[length - 1] == ' ') {
			length--;
		}
		if (length == 0 && last) {
			break;
		}
		if (length == 0 || letters(at, length) > OPTION_LETTERS_MAX ||
			*ret_n == CMD_VOTE_ADD_OPTIONS_MAX) {
			return false;
		}
		text_copy_part(ret[*ret_n], VOTE_OPTION_SIZE, at, length);
		if (is_among(ret[*ret_n], ret, *ret_n)) {
			return false;
		}
		(*ret_n)++;
		at += whole + !last;
	}
	return *ret_n >= 2;
}
