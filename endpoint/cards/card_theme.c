#include "endpoint/cards/card_theme.h"

#include <assert.h>
#include <glib.h>

#include "endpoint/cards/card_templates.h"

const char *card_theme_svg(enum card_theme theme, enum card_kind kind, size_t *ret_size)
{
	char path[64];
	g_snprintf(path, sizeof(path), "%s/%s.svg", card_theme_name(theme), card_kind_name(kind));
	const struct web_page *file = web_page_find(card_templates, path);
	assert(file);
	*ret_size = file->size;
	return (const char *)file->bytes;
}
