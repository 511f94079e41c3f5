/* Private: the body of a page as that of a document. */
#ifndef DIEMCAU_COORDINATOR_PRINT_WORD_BODY_H
#define DIEMCAU_COORDINATOR_PRINT_WORD_BODY_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdio.h>

/* The first child of this name; NULL: there is none. */
const xmlNode *word_child(const xmlNode *parent, const char *name);

/* Whether the element's class has this word. */
bool word_has_kind(const xmlNode *element, const char *kind);

/* Text, escaped. */
void word_write_text(FILE *out, const char *text);

/* All that stands in <body>, as paragraphs and tables. */
void word_body_write(FILE *out, const xmlNode *body);

#endif
