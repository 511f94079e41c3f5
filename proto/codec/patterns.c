/* Patterns as sets of characters. strspn keeps them readable; the texts are short. */
#include "proto/codec/patterns.h"

#include <stddef.h>
#include <string.h>

#define DIGITS "0123456789"
#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define HEX DIGITS "abcdef"

/* One or more characters of the set, and no others. */
static bool consists_of(const char *text, const char *set)
{
	return text[0] && text[strspn(text, set)] == '\0';
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool is_slug(const char *text)
{
	return text[0] != '-' && consists_of(text, LOWER DIGITS "-");
}

bool check_site_id(const char *text)
{
	return is_slug(text);
}

bool check_item_id(const char *text)
{
	return is_slug(text);
}

bool check_list_id(const char *text)
{
	return is_slug(text);
}

bool check_document_id(const char *text)
{
	return is_slug(text);
}

bool check_check_id(const char *text)
{
	return is_slug(text);
}

bool check_task_id(const char *text)
{
	return is_slug(text);
}

bool check_vote_id(const char *text)
{
	return is_slug(text);
}

bool check_act_id(const char *text)
{
	return is_slug(text);
}

bool check_handout_id(const char *text)
{
	return is_slug(text);
}

bool check_turn_id(const char *text)
{
	return is_slug(text);
}

bool check_meeting_id(const char *text)
{
	return is_slug(text);
}

bool check_account_name(const char *text)
{
	return is_one_of(text[0], LOWER) && consists_of(text, LOWER DIGITS "._-");
}

bool check_command_id(const char *text)
{
	size_t i = 0;

	while (text[i] >= '!' && text[i] <= '~') {
		i++;
	}
	return i > 0 && text[i] == '\0';
}

bool check_instance_id(const char *text)
{
	return strlen(text) == 32 && consists_of(text, HEX);
}

bool check_display_id(const char *text)
{
	return strlen(text) == 8 && consists_of(text, HEX);
}

bool check_credential_mark(const char *text)
{
	return strlen(text) == 32 && consists_of(text, HEX);
}

bool check_journal_hash(const char *text)
{
	return strlen(text) == 64 && consists_of(text, HEX);
}

bool check_token(const char *text)
{
	return strlen(text) == 43 && consists_of(text, UPPER LOWER DIGITS "_-");
}

bool check_media_key(const char *text)
{
	return strspn(text, UPPER LOWER DIGITS "+/") == 38 && strcmp(text + 38, "==") == 0;
}

bool check_media_address(const char *text)
{
	return consists_of(text, UPPER LOWER DIGITS ".:%[]-");
}

bool check_short_code(const char *text)
{
	return consists_of(text, UPPER DIGITS);
}

bool check_digest(const char *text)
{
	return strlen(text) == 64 && consists_of(text, HEX);
}

bool check_content_digest(const char *text)
{
	return consists_of(text, HEX);
}

/* Two digits that form a number of the range. */
static bool is_number(const char *text, int low, int high)
{
	if (!is_one_of(text[0], DIGITS) || !is_one_of(text[1], DIGITS)) {
		return false;
	}
	int value = (text[0] - '0') * 10 + text[1] - '0';
	return value >= low && value <= high;
}

bool check_plan_date(const char *text)
{
	return strlen(text) == 10 && strspn(text, DIGITS) == 4 && text[4] == '-' &&
	       is_number(text + 5, 1, 12) && text[7] == '-' && is_number(text + 8, 1, 31);
}

bool check_plan_clock(const char *text)
{
	return strlen(text) == 5 && is_number(text, 0, 23) && text[2] == ':' &&
	       is_number(text + 3, 0, 59);
}
