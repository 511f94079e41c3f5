/* Private: what came in of what was owed, and how far what was handed out has come. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_DOCUMENTS_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_DOCUMENTS_H

#include "coordinator/minutes/html_writer.h"

/* Two tables, or nothing where there were none, or the reader may not see them. */
void html_documents_write(const struct html_writer *html, const struct minutes *minutes);

#endif
