/* What an operator set of the program. The scene that results is chosen in scene.c (mtg_program of
 * derive.h). */
#ifndef DIEMCAU_COORDINATOR_MEETING_SCENE_H
#define DIEMCAU_COORDINATOR_MEETING_SCENE_H

#include "coordinator/meeting/meeting.h"

/* A program picture, a remote camera, the venue camera and one content: what the slots carry. */
enum { SCENE_PANES_MAX = 3 };

struct scene_pane {
	int site;
	enum source_name source;
};

/* A scene: layout and panes, the largest first. A slate has none. */
struct scene {
	enum layout layout;
	struct scene_pane panes[SCENE_PANES_MAX];
	size_t n_panes;
};

struct scene_control {
	bool overridden;
	struct scene override;
	int content; /* site whose content is shown, or MTG_NONE */
};

const struct scene_control *mtg_scene_control(const struct meeting *meeting);

#endif
