/* Private: who is to speak, in the order of the lists, each with the topic. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_HTML_SPEAKING_H
#define DIEMCAU_COORDINATOR_MINUTES_HTML_SPEAKING_H

#include "coordinator/minutes/html_paper.h"

/* Each list that is called in presentations and discussions, under the title of its first item. */
void html_speaking_write(const struct html_writer *html, const struct html_paper *paper);

/* The turns of the paper's site alone, with their places in the lists; nothing where it has none.
 */
void html_speaking_write_of_site(const struct html_writer *html, const struct html_paper *paper);

#endif
