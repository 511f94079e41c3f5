/*
 * A page of the house as a document that offices edit: WordprocessingML (ECMA-376) with real
 * styles, the margins and typeface of the page's form, its tables, and the number of each page but
 * the first. It is written from the page, so both say the same.
 */
#ifndef DIEMCAU_COORDINATOR_PRINT_WORD_DOCUMENT_H
#define DIEMCAU_COORDINATOR_PRINT_WORD_DOCUMENT_H

#include <stddef.h>

/*
 * `page` is one that coordinator/minutes has written. 0 with the bytes of a .docx file, the
 * caller's to free(); -EBADMSG: the page is no XML; -ENOMEM.
 */
int word_document(const char *page, size_t length, char **ret_bytes, size_t *ret_size);

#endif
