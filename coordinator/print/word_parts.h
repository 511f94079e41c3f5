/* Private: the parts of the package that hardly depend on the page. */
#ifndef DIEMCAU_COORDINATOR_PRINT_WORD_PARTS_H
#define DIEMCAU_COORDINATOR_PRINT_WORD_PARTS_H

#include <stdbool.h>
#include <stdio.h>

extern const char word_content_types[];
extern const char word_relations[];
extern const char word_document_relations[];
extern const char word_page_header[];

/* Page, margins, header: of the end of the document's body. */
extern const char word_section[];

/* What differs between forms and languages. */
struct word_look {
	int half_points; /* of the text */
	const char *language; /* vi-VN */
};

void word_styles_write(FILE *out, const struct word_look *look);

#endif
