/*
 * Every limit and every span of the house, each with its reason. Lengths of message fields come
 * from proto/schema and are generated; what is not a field stands here. (Not called limits.h: the
 * compiler's own header of that name asks for the next one, and would find this.)
 */
#ifndef DIEMCAU_BOUNDS_H
#define DIEMCAU_BOUNDS_H

/* The relay's name among join files, where sites go by their ids: no site may have it. */
#define SITE_ID_OF_RELAY "relay"

enum {
	/* Meeting: a national conference has 64 sites, one cascaded to communes some thousands. */
	SITES_MAX = 8127, /* site numbers of the media plane */
	ITEMS_MAX = 512, /* items of a programme */
	LISTS_MAX = 64, /* speaking lists */
	TURNS_MAX = 2048, /* turns, those over and forgotten apart */
	ACTS_MAX = 1024, /* of ceremonies: awards handed over, signatures */
	ALARMS_MAX = 1024, /* alarms open at one time */
	ALARMS_URGENT = 64, /* of these the last are for the relay, the main venue, who is on air */
	DOCUMENTS_MAX = 1024, /* owed to the centre: as many as a plan names */
	CHECKS_MAX =
		16, /* lines of the checklist: what one person looks at in a quarter of an hour */
	TASKS_MAX = 256, /* tasks of the preparation */
	VOTES_MAX = 64, /* planned or held; as many bits as a site has for those it missed */
	BALLOTS_MAX = 16384, /* of all votes: one of each site, or one of each name */
	VOTE_REMARKS_MAX = 2048, /* lines of all protocols of votes */
	VOTE_REMARKS_FOR_STAFF = 256, /* of these so many are left free by sites */
	VOTE_REMARKS_PER_SITE_MAX = 16, /* what one site causes in one vote */
	OPINIONS_MAX = 1024, /* written opinions of a meeting */
	OPINIONS_PER_SITE_MAX = 3, /* of these of one site in one item */
	PRINT_MIB_MAX = 64, /* of a PDF: minutes of a day with thousands of turns have some */
	PRINT_MEMORY_MIB_MAX = 2048, /* of the program that makes it */
	ARCHIVE_FILES_MAX = 8192, /* in the file of a meeting: its documents, plan and papers */
	ARCHIVE_MIB_MAX = 4096, /* unpacked, whatever the file claims */
	RECEIVED_MAX = 2048, /* documents that have come in: 63 sites, each thirty a year */
	HANDOUTS_MAX = 128, /* files handed out: a year of meetings */
	DISPLAY_SCREENS_MAX =
		128, /* opened by one display link: twice as many as there are halls */
	MESSAGES_KEPT_MAX = 64, /* messages shown; all are in the record */
	MESSAGES_PER_SITE_MAX = 16, /* of these: no site pushes out what others said */
	REQUESTS_PER_SITE_MAX = 3, /* raised hands that wait at one time */
	TURNS_FOR_STAFF = 512, /* of the turns so many are left free by raised hands */
	FINISHED_HANDS_PER_SITE_MAX = 8, /* hands of a site that came to nothing, to be put back */
	FINISHED_HANDS_MAX = 256, /* the same, of all sites */
	LINE_LOSS_PERMILLE_MAX = 30, /* beyond it repair and the error resilience of Opus are near
					their limits */
	LINE_SILENT_DBFS = -60, /* an open microphone in a quiet hall is above this */
	/* More than a person does who is in a hurry. */
	SITE_COMMAND_BURST =
		20, /* what a site does by itself (hand, mute, sign, message) at once */
	/* What is found out about a site may change so often at once, and in the long run once in
	   the spans below; see coordinator/telemetry/flap_damping.h. */
	SIGN_CHANGES_BURST = 18, /* all signs of a site, up and down */
	MEDIA_CHANGES_BURST = 12, /* of what the relay says of a site's media */
	LINK_CHANGES_BURST = 12, /* of comings and goings of a site */
	FILM_CHANGES_BURST = 12, /* of what the player says of films: three a film */

	/* Messages: a snapshot of 64 sites is about 100 KB; only the coordinator sends large ones.
	 */
	MESSAGE_FROM_PEER_MAX = 16 * 1024, /* a message to the coordinator */
	MESSAGE_FROM_RELAY_MAX =
		2 * 1024 * 1024, /* of the relay: figures of every site in one report */
	MESSAGE_TO_PEER_MAX = 32 * 1024 * 1024, /* a message of the coordinator */
	FRAME_MAX = 24 * 1024, /* a thumbnail, JPEG 192x108 */
	MESSAGE_DEPTH_MAX = 16, /* objects and arrays within each other */

	/* Peers. */
	OUTBOX_BYTES_MAX = 4 * 1024 * 1024, /* a reader this far behind is closed and resyncs */
	OUTBOX_TELEMETRY_BYTES_MAX = 256 * 1024, /* beyond it telemetry and frames are dropped */
	REPORTS_BURST = 20, /* reports of a site at once; those beyond are not read */
	THUMBNAILS_BURST = 2, /* thumbnails of a site at once: one may come early */
	MESSAGES_PER_SECOND_MAX =
		50, /* sustained, per peer; a burst of twice that is let through */
	/* A roll call of 63 sites with each step of the ledger is 315 in a go. */
	COMMANDS_PER_SECOND_MAX = 100, /* of who directs; one that was waited for is not counted */
	COMMANDS_BURST = 400, /* the same, at once */
	PREAUTH_ROOM = 1024, /* connections before hello; older ones are evicted beyond it */
	PREAUTH_MAX = 16384, /* none is accepted beyond it, to bound their cost for the loop */
	HTTP_BODY_MAX = 16 * 1024, /* what a request brings */
	UPLOAD_PIECE_MAX =
		1024 * 1024, /* what one PATCH of an upload brings: some seconds of a slow line */
	UPLOAD_BODIES_MAX = 16, /* such pieces held in memory at one time */
	JOURNAL_PAGE_ROWS_MAX = 1000, /* events in one answer */
	COMMANDS_REMEMBERED_MAX = 100000, /* answers kept for repeated commands */
	COMMANDS_REMEMBERED_OF_ONE_MAX =
		10000, /* the same, of one account or site, whatever its instances */
};

/* Files of a meeting: documents that come in, and what is handed out. */
enum {
	PAPER_SIZE_MAX = 200 * 1024 * 1024, /* of one file: a scanned report, a long slide show */
	PAPERS_TOTAL_MAX_MIB =
		20 * 1024, /* of all files of a meeting, with those that are coming */
	UPLOADS_MAX = 128, /* files that are coming at one time: every site one, and staff */
	UPLOADS_OF_ONE_MAX = 8, /* the same, of one site or account */
	UPLOAD_KEPT_DAYS = 7, /* one that does not go on is dropped */
};

/* Programmes and lists as offices have them. */
enum {
	OFFICE_FILE_MAX =
		16 * 1024 * 1024, /* of one file: a document with a picture on each page */
	OFFICE_READER_MIB_MAX = 1024, /* memory of the process that unpacks and parses it */
	OFFICE_READER_SPAN_MS = 20000, /* its time: 10000 rows take one second */
	PREVIEW_SPAN_MS = 40000, /* of the whole preview, from the file to what would change */
	PREVIEW_MEMORY_MIB_MAX = 2048, /* the same, of its memory */
	PREVIEW_LINES_MAX = 1000, /* rows of a table that are shown; the others are counted */
	PREVIEWS_WAITING_MAX = 8, /* one is made at a time */
};

/* Spans in milliseconds; human and fault spans are never scaled by the meeting's speed. */
enum {
	HELLO_SPAN_MS = 5000, /* a connection must say hello within this */
	PREAUTH_GRACE_SPAN_MS = 2000, /* even where many wait: three round trips on a bad line */
	PING_SPAN_MS = 1500, /* between pings; with HANGUP_SPAN a silent peer is found within 5 s */
	HANGUP_SPAN_MS = 4500, /* a peer that has not answered for so long is dead */
	VIEWER_PING_SPAN_MS =
		15000, /* viewers: nothing waits for them, and there may be thousands */
	VIEWER_HANGUP_SPAN_MS = 45000, /* the same, of their answers */
	SITE_COMMAND_SPAN_MS = 6000, /* in the long run a site does one thing by itself in it */
	SIGN_CHANGE_SPAN_MS = 10000, /* in the long run one change of a site's signs in it */
	SIGN_CALM_SPAN_MS = 10000, /* a sign that comes and goes stands until it was away so long */
	MEDIA_CHANGE_SPAN_MS = 10000, /* the same, of its media */
	LINK_CHANGE_SPAN_MS = 10000, /* the same, of its link */
	PAPERS_LOOK_SPAN_MS =
		30000, /* a site looks so often what is handed out to it and owed by it */
	FILM_CHANGE_SPAN_MS = 5000, /* the same, of a film */
	REPORT_SPAN_MS = 200, /* reports of a site in the long run; it reports each second, and what
				 changed */
	TAKE_GUARD_SPAN_MS = 1000, /* a second press within this is not a second take */
	UNDO_SPAN_MS = 10000, /* a take can be undone */
	READY_SPAN_MS =
		60000, /* sites have so long to press: somebody has to walk to the machine */
	LINE_MEASURE_SPAN_MS = 10000, /* a site measures for so long: ten reports of the relay */
	LINE_TEST_SPAN_MS = 90000, /* and somebody there says whether the sound was heard */
	LINE_CLOCK_OFF_MS = 3000, /* beyond it, times in the logs of a site mislead people */
	READY_SPAN_MIN_MS = 10000, /* of a span that was asked for */
	READY_SPAN_MAX_MS = 600000, /* the same */
	BELL_AHEAD_MS = 300000, /* before a pause ends the bell calls: people walk back; scaled by
				   speed */
	BELL_APART_MS = 180000, /* an end that moves by less is not rung for again; scaled by
				   speed */
	BELL_GUARD_SPAN_MS = 5000, /* by hand it does not ring into its own sound */
	BELL_FRESH_SPAN_MS = 15000, /* a site that hears of a bell later does not ring it */
	REOPEN_SPAN_MS = 600000, /* closing can be undone for ten minutes */
	POST_GRACE_SPAN_MS = 300000, /* from assembling a technician has at least so long to be at
					his post */
	ACKNOWLEDGE_SPAN_MS = 15000, /* `next` unacknowledged for this long is an alarm */
	UNHEARD_SPAN_MS = 5000, /* on air, yet muted or silent, for this long is an alarm */
	LOST_GRACE_SPAN_MS = 5000, /* a site lost for this long is an alarm */
	RELAY_LOST_GRACE_SPAN_MS = 2000, /* its link may blink: media goes on without it */
	SILENT_SPAN_MS = 1000, /* media missing for this long is silence */
	PRINT_SPAN_MS = 120000, /* a PDF takes seconds; for longer it is not waited */
	PEOPLE_LOOK_SPAN_MS =
		5000, /* people who were erased by another program are shown no longer */
	SCREENS_KEPT_SPAN_MS = 60000, /* when screens were seen is on disk at least so often */
	REVIEW_SPAN_MS = 2000, /* accounts and join files that change take effect within it */
	TELEMETRY_SPAN_MS = 1000, /* between figures sent to people */
	THUMBNAIL_SPAN_MS = 2000, /* between thumbnails of a site */
	SESSION_SPAN_MS = 12 * 3600 * 1000, /* a login lasts a conference day */
};

/*
 * By a site's commands, and by what it and the relay say of it: of each kind one event, and two
 * that follow from it: an alarm, an interruption, a hand that is lowered and forgotten.
 */
enum {
	SITE_EVENTS_PER_HOUR_MAX =
		3 * (3600000 / SITE_COMMAND_SPAN_MS + 2 * (3600000 / SIGN_CHANGE_SPAN_MS) +
			    3600000 / MEDIA_CHANGE_SPAN_MS +
			    3600000 / LINK_CHANGE_SPAN_MS), /* events one site can cause, whatever
							       it does */
};

#endif
