/*
 * The name of a film is that of a file in the player's own film folder, and nothing else: no way
 * into another folder, nothing hidden, nothing that cannot be printed. It is checked where it is
 * written (plan, commands) and again where the file is opened (endpoint).
 */
#ifndef DIEMCAU_FILM_NAME_H
#define DIEMCAU_FILM_NAME_H

#include <stdbool.h>

static inline bool film_name_is_plain(const char *name)
{
	if (name[0] == '\0' || name[0] == '.') {
		return false;
	}
	for (const char *at = name; *at; at++) {
		if (*at == '/' || *at == '\\' || (unsigned char)*at < ' ' || *at == 127) {
			return false;
		}
	}
	return true;
}

#endif
