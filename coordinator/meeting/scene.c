/*
 * The program: the scene that follows the floor, or is set by hand, and what each site has to send
 * for it.
 */
#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

static bool pane_count_fits(enum layout layout, size_t n)
{
	switch (layout) {
	case LAYOUT_UNSET:
		return false;
	case LAYOUT_SLATE:
		return n == 0;
	case LAYOUT_SOLO:
		return n == 1;
	case LAYOUT_PIP:
	case LAYOUT_SIDE_BY_SIDE:
		return n == 2;
	case LAYOUT_GALLERY:
		return n >= 1 && n <= SCENE_PANES_MAX;
	}
	return false;
}

/* The slots carry one remote camera, the venue's camera and one content. */
static int check_panes(const struct deciding *d, const struct cmd_scene_override *in)
{
	int remotes = 0, venues = 0, contents = 0;

	for (size_t i = 0; i < in->n_panes; i++) {
		int site;
		int r = mtg_need_site(d->meeting, in->panes[i].site, &site);

		if (r != 0) {
			return r;
		}
		if (d->meeting->sites[site].barred) {
			return REFUSAL_SITE_BARRED;
		}
		if (in->panes[i].source == SOURCE_NAME_CONTENT) {
			contents++;
			if (!d->meeting->sites[site].has_content) {
				return REFUSAL_INVALID;
			}
		} else if (site == d->meeting->core.main_venue) {
			venues++;
		} else {
			remotes++;
		}
	}
	return remotes > 1 || venues > 1 || contents > 1 ? REFUSAL_INVALID : 0;
}

int mtg_decide_scene_override(struct deciding *d)
{
	const struct cmd_scene_override *in = &d->command->body.scene_override;

	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!pane_count_fits(in->layout, in->n_panes)) {
		return REFUSAL_INVALID;
	}
	int r = check_panes(d, in);
	if (r != 0) {
		return r;
	}
	struct ev_scene_overridden *out = &mtg_emit(d, EV_SCENE_OVERRIDDEN)->scene_overridden;
	out->layout = in->layout;
	out->n_panes = in->n_panes;
	for (size_t i = 0; i < in->n_panes; i++) {
		TEXT_COPY(out->panes[i].site, in->panes[i].site);
		out->panes[i].source = in->panes[i].source;
	}
	return 0;
}

void mtg_apply_scene_overridden(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_scene_overridden *in = &record->event.scene_overridden;
	struct scene_control *control = &meeting->core.scene;

	control->overridden = true;
	control->override = (struct scene){.layout = in->layout, .n_panes = in->n_panes};
	for (size_t i = 0; i < in->n_panes; i++) {
		control->override.panes[i].site = mtg_find_site(meeting, in->panes[i].site);
		control->override.panes[i].source = in->panes[i].source;
	}
	meeting->core.revisions.scene = record->seq;
}

int mtg_decide_scene_follow(struct deciding *d)
{
	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!d->meeting->core.scene.overridden) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_SCENE_FOLLOWED);
	return 0;
}

void mtg_apply_scene_followed(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->core.scene.overridden = false;
	meeting->core.scene.override = (struct scene){0};
	meeting->core.revisions.scene = record->seq;
}

void mtg_emit_scene_without(struct deciding *d, int site, enum source_name source)
{
	const struct scene_control *control = &d->meeting->core.scene;

	for (size_t i = 0; control->overridden && i < control->override.n_panes; i++) {
		const struct scene_pane *pane = &control->override.panes[i];

		if (pane->site == site && (!source || pane->source == source)) {
			mtg_emit(d, EV_SCENE_FOLLOWED);
			return;
		}
	}
}

void mtg_emit_scene_beside(struct deciding *d, int main_venue)
{
	const struct scene_control *control = &d->meeting->core.scene;
	int remotes = 0;

	for (size_t i = 0; control->overridden && i < control->override.n_panes; i++) {
		const struct scene_pane *pane = &control->override.panes[i];

		remotes += pane->source == SOURCE_NAME_CAMERA && pane->site != main_venue;
	}
	if (remotes > 1) {
		mtg_emit(d, EV_SCENE_FOLLOWED);
	}
}

static int check_show(const struct deciding *d, int site, bool shown)
{
	const struct meeting *meeting = d->meeting;

	if (!is_live(meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (shown == (meeting->core.scene.content == site)) {
		return REFUSAL_ALREADY;
	}
	if (!meeting->sites[site].has_content) {
		return REFUSAL_INVALID;
	}
	return shown && meeting->sites[site].barred ? REFUSAL_SITE_BARRED : 0;
}

int mtg_decide_content_show(struct deciding *d)
{
	const struct cmd_content_show *in = &d->command->body.content_show;
	int site;
	int r = mtg_need_site(d->meeting, in->site, &site);

	r = r != 0 ? r : check_show(d, site, in->shown);
	if (r != 0) {
		return r;
	}
	struct ev_content_shown *out = &mtg_emit(d, EV_CONTENT_SHOWN)->content_shown;
	TEXT_COPY(out->site, in->site);
	out->shown = in->shown;
	return 0;
}

void mtg_apply_content_shown(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_content_shown *in = &record->event.content_shown;

	meeting->core.scene.content = in->shown ? mtg_find_site(meeting, in->site) : MTG_NONE;
	meeting->core.revisions.scene = record->seq;
}

/* By its media where the relay has reported it, else by its link. */
static bool venue_gone(const struct meeting *meeting)
{
	if (meeting->core.main_venue == MTG_NONE) {
		return true;
	}
	const struct site *venue = &meeting->sites[meeting->core.main_venue];
	return venue->media == MEDIA_STATE_SILENT ||
	       (venue->media == MEDIA_STATE_NONE && venue->link != LINK_STATE_ONLINE);
}

static void add_pane(struct scene *scene, int site, enum source_name source)
{
	scene->panes[scene->n_panes].site = site;
	scene->panes[scene->n_panes].source = source;
	scene->n_panes++;
}

static enum layout layout_for(size_t n_panes)
{
	return n_panes == 0 ? LAYOUT_SLATE : n_panes == 1 ? LAYOUT_SOLO : LAYOUT_PIP;
}

static bool on_pause(const struct meeting *meeting)
{
	return mtg_pause(meeting) != MTG_NONE && meeting->core.floor.on_air == MTG_NONE;
}

static void follow_floor(const struct meeting *meeting, struct scene *ret)
{
	int speaker = mtg_site_on_air(meeting);

	if (!is_live(meeting) || on_pause(meeting)) {
		return;
	}
	if (mtg_film_is_on_air(meeting)) {
		add_pane(ret, mtg_player(meeting), SOURCE_NAME_CAMERA);
		return;
	}
	if (meeting->core.scene.content != MTG_NONE) {
		add_pane(ret, meeting->core.scene.content, SOURCE_NAME_CONTENT);
	}
	if (mtg_telephone_is_on_air(meeting)) {
		return; /* the slate says who speaks */
	}
	if (speaker != MTG_NONE) {
		add_pane(ret, speaker, SOURCE_NAME_CAMERA);
	} else if (!venue_gone(meeting)) {
		add_pane(ret, meeting->core.main_venue, SOURCE_NAME_CAMERA);
	}
}

static void copy_override(const struct meeting *meeting, struct scene *ret)
{
	const struct scene *set = &meeting->core.scene.override;

	for (size_t i = 0; i < set->n_panes; i++) {
		if (!meeting->sites[set->panes[i].site].barred) {
			add_pane(ret, set->panes[i].site, set->panes[i].source);
		}
	}
}

void mtg_program(const struct meeting *meeting, struct scene *ret)
{
	const struct scene_control *control = &meeting->core.scene;

	*ret = (struct scene){0};
	if (!control->overridden || !is_under_way(meeting)) {
		follow_floor(meeting, ret);
		ret->layout = layout_for(ret->n_panes);
		return;
	}
	copy_override(meeting, ret);
	ret->layout = ret->n_panes == control->override.n_panes ? control->override.layout
								: layout_for(ret->n_panes);
}

bool mtg_is_in_scene(const struct scene *scene, int site)
{
	for (size_t i = 0; i < scene->n_panes; i++) {
		if (scene->panes[i].site == site) {
			return true;
		}
	}
	return false;
}

bool mtg_is_seen(const struct meeting *meeting, int site)
{
	struct scene program;

	mtg_program(meeting, &program);
	return mtg_is_in_scene(&program, site);
}

static bool shows(const struct scene *scene, int site, enum source_name source)
{
	for (size_t i = 0; i < scene->n_panes; i++) {
		if (scene->panes[i].site == site && scene->panes[i].source == source) {
			return true;
		}
	}
	return false;
}

/* A film that is about to begin finds its picture there. */
static bool plays(const struct meeting *meeting, int site)
{
	return is_live(meeting) && site == mtg_player(meeting) &&
	       mtg_film_in_hand(meeting) != MTG_NONE;
}

/* Of a turn by telephone there is no picture. */
static bool shows_itself(const struct meeting *meeting, int turn, int site)
{
	return turn != MTG_NONE && meeting->turns[turn].site == site &&
	       !meeting->turns[turn].by_telephone;
}

/* Cued or on air: everything it may show must be available at once. */
static bool is_called(const struct meeting *meeting, int site)
{
	const struct floor *floor = &meeting->core.floor;

	return shows_itself(meeting, floor->on_air, site) || plays(meeting, site) ||
	       shows_itself(meeting, floor->cued, site);
}

void mtg_uplink_in(
	const struct meeting *meeting, const struct scene *program, int index, struct uplink *ret)
{
	const struct site *site = mtg_site(meeting, index);
	bool called = is_called(meeting, index);
	bool venue = index == meeting->core.main_venue && is_live(meeting);
	bool tested = index == meeting->core.main_venue && mtg_line_is_tested(meeting);
	bool talks =
		mtg_talkback_pictures(meeting) != MTG_NONE && mtg_talkback_speaks(meeting, index);

	*ret = (struct uplink){UPLINK_LEVEL_OFF, UPLINK_LEVEL_OFF, false};
	if (site->barred) {
		return;
	}
	ret->camera =
		called || venue || talks || tested || shows(program, index, SOURCE_NAME_CAMERA)
			? UPLINK_LEVEL_FULL
			: UPLINK_LEVEL_PREVIEW;
	if (site->has_content && (called || shows(program, index, SOURCE_NAME_CONTENT))) {
		ret->content = UPLINK_LEVEL_FULL;
	}
	ret->voice = mtg_may_speak(meeting, index);
}

void mtg_uplink(const struct meeting *meeting, int site, struct uplink *ret)
{
	struct scene program;

	mtg_program(meeting, &program);
	mtg_uplink_in(meeting, &program, site, ret);
}
