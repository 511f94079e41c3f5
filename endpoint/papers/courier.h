/*
 * The courier of a site: fetches what the centre hands out, so that it is at hand when the line is
 * not, and brings what the site owes. It works in a thread of its own while it is let; all calls
 * here are the program's and never wait for the network. What is cut goes on from where it was.
 */
#ifndef DIEMCAU_ENDPOINT_PAPERS_COURIER_H
#define DIEMCAU_ENDPOINT_PAPERS_COURIER_H

#include <stdbool.h>
#include <stdio.h>

#include "endpoint/papers/handed_files.h"
#include "endpoint/papers/kept_papers.h"
#include "identity_msg.h"
#include "panel_msg.h"

enum { COURIER_AGAIN_MS = 3000 }; /* after a look that failed; else PAPERS_LOOK_SPAN_MS */

struct courier;

/* Storage of what the page shows: a panel_papers points into it. */
struct courier_shelf {
	struct panel_handout handouts[PANEL_PAPERS_HANDOUTS_MAX];
	struct panel_owed owed[PANEL_PAPERS_OWED_MAX];
};

/* A file that comes from the page. */
struct courier_coming {
	struct kept_paper paper;
	FILE *file; /* to be written to */
	char path[KEPT_PAPER_PATH_SIZE];
};

/*
 * folder is made when it is needed. join must outlive it. 0 or a negative errno. Destroy ends what
 * is on its way, and takes NULL.
 */
int courier_create(const struct join *join, const char *folder, struct courier **ret_courier);
void courier_destroy(struct courier *courier);

/* A level: this instance is the site's, and the centre is there. */
void courier_let(struct courier *courier, bool works);

/* False: the centre has not yet said what it has. */
bool courier_show(
	struct courier *courier, struct courier_shelf *shelf, struct panel_papers *ret_papers);

/* What the centre is to be told next: how far a handout has come. False: nothing. */
bool courier_receipt(
	struct courier *courier, char handout[HANDOUT_ID_SIZE], enum receipt *ret_receipt);

/* Somebody opens a file that is here. 0; -ENOENT. */
int courier_open(struct courier *courier, const char *digest, char path[HANDED_FILE_PATH_SIZE],
	char name[DISPLAY_NAME_SIZE]);

/*
 * A file begins to come from the page; it has come; or it does not. A refusal: NOT_FOUND (the site
 * does not owe it), TOO_LARGE, STORAGE (the disk).
 */
int courier_begin(
	struct courier *courier, const struct kept_paper *paper, struct courier_coming *ret_coming);
int courier_keep(struct courier *courier, struct courier_coming *coming);
void courier_give_up(struct courier_coming *coming);

#endif
