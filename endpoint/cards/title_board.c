#include "endpoint/cards/title_board.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "endpoint/cards/caption.h"

/* What is held, the longer before what it begins with. */
static const char *const held[] = {"HỘI NGHỊ TRỰC TUYẾN", "HỘI NGHỊ", "HỘI THẢO", "ĐẠI HỘI",
	"KỲ HỌP", "PHIÊN HỌP", "CUỘC HỌP", "LỄ CÔNG BỐ", "LỄ KÝ KẾT", "LỄ KHEN THƯỞNG", "LỄ TRAO",
	"LỄ", "TỌA ĐÀM", "TẬP HUẤN", "DIỄN TẬP", "CONFERENCE", "MEETING", "SEMINAR", NULL};

static size_t skip_space(const char *text, size_t at)
{
	while (text[at] == ' ') {
		at++;
	}
	return at;
}

/* How many bytes of the line say what is held; 0: none. */
static size_t held_length(const char *line)
{
	char *upper = g_utf8_strup(line, -1);
	size_t found = 0;
	for (size_t i = 0; held[i] && found == 0; i++) {
		size_t length = strlen(held[i]);
		bool whole = strncmp(upper, held[i], length) == 0 &&
			     (upper[length] == ' ' || upper[length] == '\0');
		found = whole ? length : 0;
	}
	/* In NFC both cases of a Vietnamese letter have as many bytes. */
	found = strlen(upper) == strlen(line) ? found : 0;
	g_free(upper);
	return found;
}

static bool is_place_date(const char *line, const char *place)
{
	return (place && place[0] && strstr(line, place)) || strstr(line, ", ngày ");
}

static void add_line(GString *text, const char *line)
{
	if (line[0]) {
		g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", line);
	}
}

static char *place_and_date(const char *place, const char *date)
{
	char *where = ep_caption_clean(place);
	char *written = ep_caption_date(date);
	char *when = ep_caption_clean(written);
	char *text = g_strconcat(where, where[0] && when[0] ? ", " : "", when, NULL);
	g_free(where);
	g_free(written);
	g_free(when);
	return text;
}

struct board_reading {
	GString *before;
	GString *title;
	GString *after;
	GString *last;
};

static void read_line(struct board_reading *reading, const char *line, const char *place)
{
	size_t length = reading->title->len == 0 ? held_length(line) : 0;
	if (is_place_date(line, place)) {
		add_line(reading->last, line);
	} else if (length > 0) {
		g_string_append_len(reading->title, line, (gssize)length);
		add_line(reading->after, line + skip_space(line, length));
	} else {
		add_line(reading->title->len > 0 ? reading->after : reading->before, line);
	}
}

/* Without the word: the first line convenes where more follow, or is all there is to say. */
static void guess(struct board_reading *reading)
{
	char *end = strchr(reading->before->str, '\n');
	if (reading->title->len > 0) {
		return;
	}
	g_string_assign(reading->after, end ? end + 1 : reading->before->str);
	g_string_truncate(reading->before, end ? (gsize)(end - reading->before->str) : 0);
}

void title_board_set(const char *const *lines, size_t n_lines, const char *place, const char *date,
	struct title_board *ret_board)
{
	struct board_reading reading = {
		g_string_new(NULL), g_string_new(NULL), g_string_new(NULL), g_string_new(NULL)};
	char *name = ep_caption_clean(place);
	for (size_t i = 0; i < n_lines; i++) {
		char *line = ep_caption_clean(lines[i]);
		read_line(&reading, line, name);
		g_free(line);
	}
	guess(&reading);
	char *added = reading.last->len == 0 ? place_and_date(place, date) : NULL;
	*ret_board = (struct title_board){
		.organisation = g_string_free(reading.before, FALSE),
		.title = g_string_free(reading.title, FALSE),
		.subject = g_string_free(reading.after, FALSE),
		.place_date = added ? added : g_strdup(reading.last->str),
	};
	g_string_free(reading.last, TRUE);
	g_free(name);
}
