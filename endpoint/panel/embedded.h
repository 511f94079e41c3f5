/*
 * The bytes of page/, as embed.cmake writes them into a C file of the build folder.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_EMBEDDED_H
#define DIEMCAU_ENDPOINT_PANEL_EMBEDDED_H

#include <stddef.h>

extern const unsigned char page_index_html[];
extern const size_t page_index_html_size;
extern const unsigned char page_panel_css[];
extern const size_t page_panel_css_size;
extern const unsigned char page_panel_js[];
extern const size_t page_panel_js_size;
extern const unsigned char page_words_js[];
extern const size_t page_words_js_size;

#endif
