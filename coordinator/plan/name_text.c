/* See name_text.h. */
#include "coordinator/plan/name_text.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { TONES_SIZE = 16 }; /* of a word: it has one, and two bytes */

/* Controls, and what Unicode calls format characters: direction, joiners, tags, byte order mark. */
static bool is_invisible(uint32_t point)
{
	GUnicodeType type = g_unichar_type(point);
	return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
	       type == G_UNICODE_PRIVATE_USE || point == 0x115f || point == 0x1160 ||
	       point == 0x3164 || point == 0xffa0; /* the Hangul fillers */
}

static bool is_space(uint32_t point)
{
	return point == '\t' || g_unichar_type(point) == G_UNICODE_SPACE_SEPARATOR;
}

static bool is_line_break(uint32_t point)
{
	return point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 ||
	       point == 0x2029;
}

/* The folded text into `out`, which has room for it: no character becomes longer. */
static int write_folded(const char *text, bool lines, char *out, uint32_t *ret_point)
{
	char *to = out;
	bool space = false;
	for (size_t left = strlen(text), length; left > 0; text += length, left -= length) {
		uint32_t point = 0;
		length = utf8_read(text, left, &point);
		bool line_break = is_line_break(point);
		if (line_break && !lines) {
			return NAME_TEXT_LINE_BREAK;
		}
		if (length == 0 || (!line_break && point != '\t' && is_invisible(point))) {
			*ret_point = point;
			return NAME_TEXT_INVISIBLE;
		}
		if (is_space(point)) {
			space = true;
			continue;
		}
		if (space && to > out && !line_break && to[-1] != '\n') {
			*to++ = ' ';
		}
		space = false;
		memcpy(to, text, length);
		to += length;
	}
	*to = '\0';
	return to > out ? NAME_TEXT_FOLDED : NAME_TEXT_BLANK;
}

static int fold(char *text, size_t size, bool lines, uint32_t *ret_point)
{
	char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
	char *out = composed ? malloc(strlen(composed) + 1) : NULL;
	int r = out ? write_folded(composed, lines, out, ret_point) : -ENOMEM;
	if (r == NAME_TEXT_FOLDED && strlen(out) >= size) {
		r = NAME_TEXT_TOO_LONG;
	}
	if (r == NAME_TEXT_FOLDED) {
		memset(text, 0, size);
		memcpy(text, out, strlen(out));
	}
	free(out);
	g_free(composed);
	return r;
}

int name_text_fold(char *text, size_t size, uint32_t *ret_point)
{
	return fold(text, size, false, ret_point);
}

int name_text_fold_lines(char *text, size_t size, uint32_t *ret_point)
{
	return fold(text, size, true, ret_point);
}

/* Grave, acute, tilde, hook and dot below: the tones; the other marks make other letters. */
static bool is_tone(gunichar point)
{
	return point == 0x300 || point == 0x301 || point == 0x303 || point == 0x309 ||
	       point == 0x323;
}

/* Of decomposed text: the tone of each word behind it. `out` has room for the text. */
static void put_tones_last(const char *apart, char *out)
{
	char tones[TONES_SIZE] = "";
	for (;; apart = g_utf8_find_next_char(apart, NULL)) {
		gunichar point = g_utf8_get_char(apart);
		size_t length = (size_t)g_unichar_to_utf8(point, NULL);
		bool ends = point == '\0' || g_unichar_isspace(point);
		if (is_tone(point) && strlen(tones) + length < sizeof(tones)) {
			strncat(tones, apart, length);
			continue;
		}
		if (ends) {
			out = stpcpy(out, tones);
			tones[0] = '\0';
		}
		memcpy(out, apart, point ? length : 1);
		out += length;
		if (point == '\0') {
			return;
		}
	}
}

char *name_text_key(const char *text)
{
	char *folded = g_utf8_casefold(text, -1);
	char *apart = folded ? g_utf8_normalize(folded, -1, G_NORMALIZE_NFD) : NULL;
	char *key = apart ? malloc(strlen(apart) + 1) : NULL;
	if (key) {
		put_tones_last(apart, key);
	}
	g_free(apart);
	g_free(folded);
	return key;
}

/* A letter without its marks in small letters, or a digit; 0: it parts words. */
static char plain_letter(gunichar point)
{
	gunichar small = g_unichar_tolower(point);
	if (small == 0x111) { /* đ has no mark to take away */
		return 'd';
	}
	return small < 0x80 && g_ascii_isalnum((char)small) ? (char)small : '\0';
}

char *name_text_plain(const char *text)
{
	char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
	char *plain = apart ? malloc(strlen(apart) + 1) : NULL;
	char *to = plain;
	bool parted = false;
	for (char *at = apart; plain && *at; at = g_utf8_next_char(at)) {
		gunichar point = g_utf8_get_char(at);
		char letter = plain_letter(point);
		if (letter) {
			if (parted && to > plain) {
				*to++ = ' ';
			}
			*to++ = letter;
		}
		parted = letter ? false : parted || g_unichar_combining_class(point) == 0;
	}
	if (plain) {
		*to = '\0';
	}
	g_free(apart);
	return plain;
}
