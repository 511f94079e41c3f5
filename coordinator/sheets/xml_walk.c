/* See xml_walk.h. */
#include "coordinator/sheets/xml_walk.h"

#include <errno.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

#include "text_copy.h"

enum { NUMBER_SIZE = 24 };

struct xml_walk {
	xmlTextReader *reader;
	bool to_close; /* the element that has opened is empty: it closes next */
};

int xml_walk_create(const char *bytes, size_t size, struct xml_walk **ret_walk)
{
	struct xml_walk *walk = calloc(1, sizeof(*walk));
	if (walk) {
		walk->reader = xmlReaderForMemory(bytes, (int)size, NULL, NULL,
			XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	}
	if (!walk || !walk->reader) {
		free(walk);
		return -ENOMEM;
	}
	*ret_walk = walk;
	return 0;
}

void xml_walk_destroy(struct xml_walk *walk)
{
	if (walk) {
		xmlFreeTextReader(walk->reader);
		free(walk);
	}
}

static int step_of(struct xml_walk *walk)
{
	switch (xmlTextReaderNodeType(walk->reader)) {
	case XML_READER_TYPE_ELEMENT:
		walk->to_close = xmlTextReaderIsEmptyElement(walk->reader) == 1;
		return XML_STEP_OPENS;
	case XML_READER_TYPE_END_ELEMENT:
		return XML_STEP_CLOSES;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		return XML_STEP_TEXT;
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		return -EBADMSG;
	default: /* comments, instructions */
		return XML_STEP_END;
	}
}

int xml_walk_next(struct xml_walk *walk)
{
	if (walk->to_close) {
		walk->to_close = false;
		return XML_STEP_CLOSES;
	}
	for (;;) {
		int r = xmlTextReaderRead(walk->reader);
		if (r != 1) {
			return r == 0 ? XML_STEP_END : -EBADMSG;
		}
		int step = step_of(walk);
		if (step != XML_STEP_END) {
			return step;
		}
	}
}

static bool is_named(const xmlChar *found, const char *name)
{
	return found && strcmp((const char *)found, name) == 0;
}

bool xml_walk_is(const struct xml_walk *walk, const char *name)
{
	return is_named(xmlTextReaderConstLocalName(walk->reader), name);
}

const char *xml_walk_text(const struct xml_walk *walk)
{
	const xmlChar *text = xmlTextReaderConstValue(walk->reader);
	return text ? (const char *)text : "";
}

bool xml_walk_attribute(struct xml_walk *walk, const char *name, char *ret_value, size_t size)
{
	bool found = false;
	for (int r = xmlTextReaderMoveToFirstAttribute(walk->reader); r == 1 && !found;
		r = xmlTextReaderMoveToNextAttribute(walk->reader)) {
		if (is_named(xmlTextReaderConstLocalName(walk->reader), name)) {
			text_copy(ret_value, size, xml_walk_text(walk));
			found = true;
		}
	}
	xmlTextReaderMoveToElement(walk->reader);
	return found;
}

bool xml_walk_number(struct xml_walk *walk, const char *name, long most, long *ret_value)
{
	char text[NUMBER_SIZE];
	if (!xml_walk_attribute(walk, name, text, sizeof(text))) {
		return false;
	}
	char *end;
	errno = 0;
	long value = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || value < 0 || value > most) {
		return false;
	}
	*ret_value = value;
	return true;
}

bool xml_walk_switch(struct xml_walk *walk, const char *name)
{
	char text[NUMBER_SIZE];
	return xml_walk_attribute(walk, name, text, sizeof(text)) &&
	       (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}
