/*
 * An XML text of a stranger, walked element by element (libxml2's reader). Names are local names:
 * producers differ in prefixes. A text that declares a document type is refused as it is met: only
 * there could entities be declared. Nothing is fetched.
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_XML_WALK_H
#define DIEMCAU_COORDINATOR_SHEETS_XML_WALK_H

#include <stdbool.h>
#include <stddef.h>

enum xml_step {
	XML_STEP_END,
	XML_STEP_OPENS,
	XML_STEP_CLOSES, /* of every element that opened, an empty one too */
	XML_STEP_TEXT,
};

struct xml_walk;

/* The bytes are borrowed. 0 or -ENOMEM. */
int xml_walk_create(const char *bytes, size_t size, struct xml_walk **ret_walk);
void xml_walk_destroy(struct xml_walk *walk);

/* The next enum xml_step, or -EBADMSG: no XML, or refused. */
int xml_walk_next(struct xml_walk *walk);

/* Whether the element that opens or closes has this name. */
bool xml_walk_is(const struct xml_walk *walk, const char *name);

/* The text of a step of text. */
const char *xml_walk_text(const struct xml_walk *walk);

/* Of the element that opens; what does not fit is cut. False: it has no such attribute. */
bool xml_walk_attribute(struct xml_walk *walk, const char *name, char *ret_value, size_t size);

/* A whole number from 0 to `most`. False: there is none. */
bool xml_walk_number(struct xml_walk *walk, const char *name, long most, long *ret_value);

/* A switch as ECMA-376 writes it: "1", "true", "on", or the element alone. */
bool xml_walk_switch(struct xml_walk *walk, const char *name);

#endif
