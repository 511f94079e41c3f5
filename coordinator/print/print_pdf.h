/*
 * A page as PDF, with its fonts embedded (decision 59). WeasyPrint makes it, in a process of its
 * own that has no more time and room than it needs.
 */
#ifndef DIEMCAU_COORDINATOR_PRINT_PRINT_PDF_H
#define DIEMCAU_COORDINATOR_PRINT_PRINT_PDF_H

/*
 * Prints the HTML file `from` into the new file `to`, its owner's alone. 0; -ENOENT: WeasyPrint is
 * not installed, or there is no such page; -EEXIST; -ETIMEDOUT after PRINT_SPAN_MS; -EIO: it
 * failed, and nothing is left; another negative errno.
 */
int print_pdf(const char *from, const char *to);

#endif
