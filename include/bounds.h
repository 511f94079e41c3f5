/*
 * Every limit and every span of the house, each with its reason. Lengths of message fields come
 * from proto/schema and are generated; what is not a field stands here. (Not called limits.h: the
 * compiler's own header of that name asks for the next one, and would find this.)
 */
#ifndef DIEMCAU_BOUNDS_H
#define DIEMCAU_BOUNDS_H

enum {
	/* Meeting: a national conference has 64 sites, one cascaded to communes some thousands. */
	SITES_MAX = 8127, /* site numbers of the media plane */
	ITEMS_MAX = 512,
	LISTS_MAX = 64,
	TURNS_MAX = 2048,
	ALARMS_MAX = 1024, /* open at one time */
	ALARMS_URGENT = 64, /* of these the last are for the relay, the main venue, who is on air */
	MESSAGES_KEPT_MAX = 64,
	MESSAGES_PER_SITE_MAX = 16, /* of these: no site pushes out what others said */
	REQUESTS_PER_SITE_MAX = 3, /* raised hands that wait at one time */
	/* Of the turns so many are for those who direct the meeting: hands leave them free. */
	TURNS_FOR_STAFF = 512,
	/* Hands that came to nothing, kept to be put back: the last ones of a site, and of all. */
	FINISHED_HANDS_PER_SITE_MAX = 8,
	FINISHED_HANDS_MAX = 256,
	/* What a site does by itself (hand, mute, sign, message ...): so much at once, and in the
	   long run once in SITE_COMMAND_SPAN. More than a person does who is in a hurry. */
	SITE_COMMAND_BURST = 20,
	/* What is found out about a site may change so often at once, and in the long run once in
	   the spans below; see coordinator/telemetry/flap_damping.h. */
	SIGN_CHANGES_BURST = 18, /* all signs, up and down */
	MEDIA_CHANGES_BURST = 12,
	LINK_CHANGES_BURST = 12,

	/* Messages: a snapshot of 64 sites is about 100 KB; only the coordinator sends large ones.
	 */
	MESSAGE_FROM_PEER_MAX = 16 * 1024,
	MESSAGE_FROM_RELAY_MAX = 2 * 1024 * 1024, /* figures of every site in one report */
	MESSAGE_TO_PEER_MAX = 32 * 1024 * 1024,
	FRAME_MAX = 24 * 1024, /* a thumbnail, JPEG 192x108 */
	MESSAGE_DEPTH_MAX = 16,

	/* Peers. */
	OUTBOX_BYTES_MAX = 4 * 1024 * 1024, /* a reader this far behind is closed and resyncs */
	OUTBOX_TELEMETRY_BYTES_MAX = 256 * 1024, /* beyond it telemetry and frames are dropped */
	REPORTS_BURST = 20, /* of one site, see REPORT_SPAN_MS; those beyond are not read */
	THUMBNAILS_BURST = 2, /* of one site, see THUMBNAIL_SPAN_MS: one may come early */
	MESSAGES_PER_SECOND_MAX =
		50, /* sustained, per peer; a burst of twice that is let through */
	/* Of those who direct the meeting, commands apart: a roll call of 63 sites with each step
	   of the ledger is 315 in a go. One that was waited for is not counted. */
	COMMANDS_PER_SECOND_MAX = 100,
	COMMANDS_BURST = 400,
	/* Connections before hello: older ones are evicted beyond PREAUTH_ROOM, and none is
	   accepted beyond PREAUTH_MAX, to bound their cost for the loop. */
	PREAUTH_ROOM = 1024,
	PREAUTH_MAX = 16 * 1024,
	HTTP_BODY_MAX = 16 * 1024,
	JOURNAL_PAGE_ROWS_MAX = 1000,
	COMMANDS_REMEMBERED_MAX = 100000, /* stored answers for repeated commands */
	COMMANDS_REMEMBERED_OF_ONE_MAX = 10000, /* of one account or site, whatever its instances */
};

/* Spans in milliseconds; human and fault spans are never scaled by the meeting's speed. */
enum {
	HELLO_SPAN_MS = 5000, /* a connection must say hello within this */
	PREAUTH_GRACE_SPAN_MS = 2000, /* even where many wait: three round trips on a bad line */
	PING_SPAN_MS = 1500, /* with HANGUP below: a silent peer is found within 5 s */
	HANGUP_SPAN_MS = 4500,
	VIEWER_PING_SPAN_MS = 15000, /* nothing waits for a watcher, and there may be thousands */
	VIEWER_HANGUP_SPAN_MS = 45000,
	SITE_COMMAND_SPAN_MS = 6000,
	SIGN_CHANGE_SPAN_MS = 10000,
	SIGN_CALM_SPAN_MS = 10000, /* one that comes and goes stands until it was away so long */
	MEDIA_CHANGE_SPAN_MS = 10000,
	LINK_CHANGE_SPAN_MS = 10000,
	REPORT_SPAN_MS = 200, /* a site reports each second, and when something changed */
	TAKE_GUARD_SPAN_MS = 1000, /* a second press within this is not a second take */
	UNDO_SPAN_MS = 10000,
	REOPEN_SPAN_MS = 600000, /* closing can be undone for ten minutes */
	ACKNOWLEDGE_SPAN_MS = 15000, /* `next` unacknowledged for this long is an alarm */
	UNHEARD_SPAN_MS = 5000, /* on air, yet muted or silent, for this long is an alarm */
	LOST_GRACE_SPAN_MS = 5000, /* a site lost for this long is an alarm */
	RELAY_LOST_GRACE_SPAN_MS = 2000, /* its link may blink: media goes on without it */
	SILENT_SPAN_MS = 1000, /* media missing for this long is silence */
	TELEMETRY_SPAN_MS = 1000,
	THUMBNAIL_SPAN_MS = 2000,
	SESSION_SPAN_MS = 12 * 3600 * 1000, /* a conference day */
};

/*
 * So many events an hour one site can cause in the long run, whatever it does: by its commands, and
 * by what it and the relay say of it. Of each kind one, and two that follow from it: an alarm, an
 * interruption, a hand that is lowered and forgotten.
 */
enum {
	SITE_EVENTS_PER_HOUR_MAX =
		3 * (3600000 / SITE_COMMAND_SPAN_MS + 2 * (3600000 / SIGN_CHANGE_SPAN_MS) +
			    3600000 / MEDIA_CHANGE_SPAN_MS + 3600000 / LINK_CHANGE_SPAN_MS),
};

#endif
