-- The journal of one meeting, format 2. Applied once, to a new file.

-- What the file is: format, created, whether its plan is still being taken in (draft), the anchor of
-- the timeline, and a seal over these values.
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value ANY NOT NULL
) WITHOUT ROWID, STRICT;

-- Everything that happened; seq counts from 1 without gaps. by and data are JSON. hash is
-- SHA-256 of the hash before and of the other columns.
CREATE TABLE event (
	seq INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	wall INTEGER NOT NULL,
	by TEXT NOT NULL,
	name TEXT NOT NULL,
	data TEXT NOT NULL,
	client TEXT,
	command TEXT,
	hash BLOB NOT NULL
) STRICT;

-- The answer to a command: its last event. Repeated, a command is answered from here.
CREATE TABLE answer (
	client TEXT NOT NULL,
	command TEXT NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (client, command)
) WITHOUT ROWID, STRICT;
