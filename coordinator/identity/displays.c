/*
 * Display links: a screen opens one view by a token in its address. The registry has the token's
 * digest, whose first digits are the link's id.
 */
#include <errno.h>
#include <string.h>

#include "coordinator/identity/registry.h"
#include "proto/system/printable.h"
#include "text_copy.h"

static size_t characters(const char *text)
{
	size_t n = 0;
	for (; *text; text++) {
		n += !utf8_continues(*text);
	}
	return n;
}

/* Text of one line that a terminal and a page show as it is. */
static bool is_name(const char *name)
{
	char plain[SCREEN_NAME_SIZE * PRINTABLE_GROWTH];
	size_t n = characters(name);
	printable(plain, sizeof(plain), name);
	return n > 0 && n <= SCREEN_NAME_CHARS && strcmp(plain, name) == 0 && name[0] != ' ';
}

void identity_display_id(const struct display *display, char id[DISPLAY_ID_SIZE])
{
	text_copy_part(id, DISPLAY_ID_SIZE, display->digest, DISPLAY_ID_CHARS);
}

static bool has_id(const struct display *display, const char *id)
{
	char own[DISPLAY_ID_SIZE];
	identity_display_id(display, own);
	return strcmp(own, id) == 0;
}

static int refuse_new(const struct identity_registry *registry, const struct display *display)
{
	char id[DISPLAY_ID_SIZE];
	identity_display_id(display, id);
	for (size_t i = 0; i < registry->n_displays; i++) {
		if (strcmp(registry->displays[i].name, display->name) == 0 ||
			has_id(&registry->displays[i], id)) {
			return IDENTITY_EXISTS;
		}
	}
	return registry->n_displays >= IDENTITY_DISPLAYS_MAX ? IDENTITY_FULL : 0;
}

static int enter(struct identity_registry *registry, const struct display *display)
{
	int r = refuse_new(registry, display);
	if (r != 0) {
		return r;
	}
	struct display *grown =
		registry_grow(registry->displays, registry->n_displays, sizeof(*display));
	if (!grown) {
		return -ENOMEM;
	}
	registry->displays = grown;
	registry->displays[registry->n_displays++] = *display;
	r = registry_save(registry);
	if (r < 0) {
		registry->n_displays--;
	}
	return r;
}

int identity_display_add(struct identity_registry *registry, const struct display_order *order,
	char token[SECRET_TEXT_SIZE])
{
	struct display display;
	memset(&display, 0, sizeof(display));
	if (!is_name(order->name)) {
		return IDENTITY_BAD_DISPLAY_NAME;
	}
	TEXT_COPY(display.name, order->name);
	display.view = order->view;
	display.made = order->now;
	display.has_account = order->account != NULL;
	TEXT_COPY(display.account, order->account ? order->account : "");
	secret_make(token);
	secret_digest(token, display.digest);
	return enter(registry, &display);
}

int identity_display_remove(struct identity_registry *registry, const char *id)
{
	size_t i = 0;
	while (i < registry->n_displays && !has_id(&registry->displays[i], id)) {
		i++;
	}
	if (i == registry->n_displays) {
		return IDENTITY_UNKNOWN;
	}
	struct display removed = registry->displays[i];
	size_t behind = (registry->n_displays - i - 1) * sizeof(removed);
	memmove(&registry->displays[i], &registry->displays[i + 1], behind);
	registry->n_displays--;
	int r = registry_save(registry);
	if (r < 0) {
		memmove(&registry->displays[i + 1], &registry->displays[i], behind);
		registry->displays[i] = removed;
		registry->n_displays++;
	}
	return r;
}

static const struct display *find(const struct identity_registry *registry, const char *digest)
{
	const struct display *found = NULL;
	for (size_t i = 0; i < registry->n_displays; i++) {
		if (secret_digest_equal(registry->displays[i].digest, digest)) {
			found = &registry->displays[i];
		}
	}
	return found;
}

const struct display *identity_display_of(
	const struct identity_registry *registry, const char *token)
{
	char digest[SECRET_DIGEST_SIZE];
	secret_digest(token, digest);
	return find(registry, digest);
}

bool identity_display_holds(const struct identity_registry *registry, const char *digest)
{
	return find(registry, digest) != NULL;
}

const struct display *identity_display(const struct identity_registry *registry, size_t index)
{
	return index < registry->n_displays ? &registry->displays[index] : NULL;
}

enum role identity_display_role(enum display_view view)
{
	return view == DISPLAY_VIEW_SPEAKER ? ROLE_LECTERN : ROLE_DISPLAY;
}
