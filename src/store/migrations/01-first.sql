-- The first schema. What it holds is of four kinds:
--   watched      cases, items, published, findings, records, record_pages, drafts, citations_used,
--                and of `queue` the stage: each change of a row leaves its hash in the event that
--                made it (store/table.rs). A text in `files` leaves its hash when it comes in,
--                and the first event is chained to `meta`.
--   append-only  events, determinations (both chained), accesses.
--   derived      queue, but for the stage, and queue_counts: `verify` makes them anew.
--   aside        bookmarks, undo_trails: nothing that is signed depends on them.
--
-- Dates are ISO 8601 text, instants RFC 3339 text, lists JSON text. A later migration may add
-- columns to a watched table if they may be NULL: a NULL is not part of the hash.

CREATE TABLE meta (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    store   TEXT NOT NULL CHECK (length(store) = 36),
    kind    TEXT NOT NULL CHECK (kind IN ('normal', 'demonstration', 'test')),
    created TEXT NOT NULL
) STRICT;

-- What was imported, kept for re-reading. Holds published decisions: never shown.
CREATE TABLE files (
    digest      TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    source_text TEXT NOT NULL
) STRICT;

CREATE TABLE cases (
    case_id      INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 64),
    file         TEXT NOT NULL REFERENCES files (digest),
    imported     TEXT NOT NULL CHECK (length(imported) = 64), -- hash of the content as it came in
    is_published INTEGER NOT NULL CHECK (is_published IN (0, 1)),
    is_precedent INTEGER NOT NULL CHECK (is_precedent IN (0, 1)),
    number       TEXT,
    priority     TEXT CHECK (priority IN ('Standard', 'Expedited')),
    injury_date               TEXT CHECK (injury_date GLOB '????-??-??'),
    ur_denial_date            TEXT CHECK (ur_denial_date GLOB '????-??-??'),
    application_received_date TEXT CHECK (application_received_date GLOB '????-??-??'),
    assigned_date             TEXT CHECK (assigned_date GLOB '????-??-??'),
    decided_date              TEXT CHECK (decided_date GLOB '????-??-??'),
    records_complete_date     TEXT CHECK (records_complete_date GLOB '????-??-??'),
    age            INTEGER CHECK (age BETWEEN 0 AND 255),
    sex            TEXT CHECK (sex IN ('female', 'male')),
    licensed_in    TEXT NOT NULL CHECK (json_valid(licensed_in)),
    certifications TEXT NOT NULL CHECK (json_valid(certifications)),
    summary        TEXT NOT NULL,
    records_reason TEXT,
    snoozed_until  TEXT CHECK (snoozed_until GLOB '????-??-??')
) STRICT;
CREATE INDEX cases_imported ON cases (imported);
CREATE INDEX cases_file ON cases (file);

CREATE TABLE items (
    case_id          INTEGER NOT NULL REFERENCES cases (case_id),
    item             INTEGER NOT NULL CHECK (item >= 1),
    request          TEXT NOT NULL,
    ur_action        TEXT NOT NULL CHECK (ur_action IN ('denied', 'modified')),
    ur_approved_part TEXT,
    ur_text          TEXT,
    ur_citations     TEXT NOT NULL CHECK (json_valid(ur_citations)),
    PRIMARY KEY (case_id, item)
) STRICT, WITHOUT ROWID;

-- The published answer, apart from the items: no query on items can show it by mistake.
CREATE TABLE published (
    case_id   INTEGER NOT NULL,
    item      INTEGER NOT NULL,
    decision  TEXT NOT NULL CHECK (decision IN ('Upheld', 'Overturned')),
    text      TEXT NOT NULL,
    citations TEXT NOT NULL CHECK (json_valid(citations)),
    rationale TEXT NOT NULL,
    PRIMARY KEY (case_id, item),
    FOREIGN KEY (case_id, item) REFERENCES items (case_id, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
    case_id       INTEGER NOT NULL REFERENCES cases (case_id),
    position      INTEGER NOT NULL CHECK (position >= 1),
    date          TEXT CHECK (date GLOB '????-??-??'),
    kind          TEXT NOT NULL CHECK (kind IN ('history', 'complaint', 'exam', 'imaging',
                                                'electrodiagnostic', 'laboratory', 'treatment',
                                                'medication', 'plan', 'other')),
    text          TEXT NOT NULL,
    source_record TEXT,
    source_page   INTEGER CHECK (source_page >= 0),
    source_line   INTEGER CHECK (source_line >= 0),
    PRIMARY KEY (case_id, position),
    CHECK ((source_record IS NULL) = (source_line IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    case_id INTEGER NOT NULL REFERENCES cases (case_id),
    record  INTEGER NOT NULL CHECK (record >= 1),
    title   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    date    TEXT CHECK (date GLOB '????-??-??'),
    PRIMARY KEY (case_id, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_pages (
    case_id INTEGER NOT NULL,
    record  INTEGER NOT NULL,
    page    INTEGER NOT NULL CHECK (page >= 1),
    text    TEXT NOT NULL,
    PRIMARY KEY (case_id, record, page),
    FOREIGN KEY (case_id, record) REFERENCES records (case_id, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    case_id        INTEGER NOT NULL,
    item           INTEGER NOT NULL,
    decision       TEXT CHECK (decision IN ('Upheld', 'Overturned')),
    first_decision TEXT CHECK (first_decision IN ('Upheld', 'Overturned')),
    rationale      TEXT NOT NULL,
    PRIMARY KEY (case_id, item),
    FOREIGN KEY (case_id, item) REFERENCES items (case_id, item),
    CHECK (decision IS NULL OR first_decision IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- What each item cites: in the draft, and once the case is signed, in the determination that counts.
CREATE TABLE citations_used (
    case_id  INTEGER NOT NULL,
    item     INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    label    TEXT NOT NULL,
    citation TEXT NOT NULL CHECK (json_valid(citation)),
    PRIMARY KEY (case_id, item, position),
    FOREIGN KEY (case_id, item) REFERENCES items (case_id, item)
) STRICT, WITHOUT ROWID;

-- What undo goes by, saved with the rationale. Not watched: nothing that is signed depends on it.
-- `fits` is the SHA-256 of rationale and trail: with another text it is as if it were not there.
CREATE TABLE undo_trails (
    case_id INTEGER NOT NULL,
    item    INTEGER NOT NULL,
    trail   TEXT NOT NULL,
    fits    TEXT NOT NULL CHECK (length(fits) = 64),
    PRIMARY KEY (case_id, item),
    FOREIGN KEY (case_id, item) REFERENCES items (case_id, item) ON DELETE CASCADE
) STRICT;

-- Every change of a case: who, when, what. Append-only, chained.
CREATE TABLE events (
    seq       INTEGER PRIMARY KEY CHECK (seq >= 1),
    case_key  TEXT NOT NULL,
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    kind      TEXT NOT NULL,
    body      TEXT NOT NULL CHECK (json_valid(body)),
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash      TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX events_of_case ON events (case_key, kind, seq);
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Sealed bytes, verbatim. Append-only, chained. Each has the number of the event that tells of its
-- signature, so that the index of the events finds it too: a signature waits for each page it changes.
CREATE TABLE determinations (
    seq      INTEGER PRIMARY KEY REFERENCES events (seq),
    case_key TEXT NOT NULL REFERENCES cases (key),
    sealed   BLOB NOT NULL,
    hash     TEXT NOT NULL CHECK (length(hash) = 64), -- names the one before: no two are equal
    previous TEXT CHECK (length(previous) = 64)
) STRICT;
CREATE TRIGGER determinations_stay BEFORE UPDATE ON determinations
BEGIN SELECT RAISE(ABORT, 'determinations are append-only'); END;
CREATE TRIGGER determinations_are_kept BEFORE DELETE ON determinations
BEGIN SELECT RAISE(ABORT, 'determinations are append-only'); END;

-- Where each reviewer was, as JSON: the place that a later session opens at. Nobody's work, so not
-- watched; the last session to rest wins.
CREATE TABLE bookmarks (
    who   TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Tries to open the lock of a screen, wrong ones too. No case is named.
CREATE TABLE accesses (
    seq     INTEGER PRIMARY KEY CHECK (seq >= 1),
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    granted INTEGER NOT NULL CHECK (granted IN (0, 1))
) STRICT;
CREATE TRIGGER accesses_stay BEFORE UPDATE ON accesses
BEGIN SELECT RAISE(ABORT, 'accesses are append-only'); END;
CREATE TRIGGER accesses_are_kept BEFORE DELETE ON accesses
BEGIN SELECT RAISE(ABORT, 'accesses are append-only'); END;

-- The queue: derived from the case and the draft in the transaction that changes them, so that a
-- window over it is read from an index. `due` is seconds since 1970, `injury` an ISO date;
-- both sort what has none last. `part`: 0 open, 1 signed, 2 closed. `snoozed`: the ISO date until
-- which it is put off, or nothing. `sex`: 1 female, 2 male. `search`: number, patient, request and
-- diagnoses, folded, a line each. Precedents are not in it. `stage` alone is not derived: it stands
-- here and nowhere else, and the events vouch for it.
CREATE TABLE queue (
    case_id   INTEGER PRIMARY KEY REFERENCES cases (case_id),
    key       TEXT NOT NULL UNIQUE,
    part      INTEGER NOT NULL CHECK (part IN (0, 1, 2)),
    stage     INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 7),
    expedited INTEGER NOT NULL CHECK (expedited IN (0, 1)),
    due       INTEGER NOT NULL,
    injury    TEXT NOT NULL,
    items     INTEGER NOT NULL,
    undecided INTEGER NOT NULL,
    published INTEGER NOT NULL CHECK (published IN (0, 1)),
    age       INTEGER,
    sex       INTEGER,
    snoozed   TEXT NOT NULL,
    request   TEXT NOT NULL,
    search    TEXT NOT NULL
) STRICT;
-- A signature waits for each page it changes, so most of these do not hold what it moves.
CREATE INDEX queue_due ON queue (due, key);
CREATE INDEX queue_open ON queue (due, key) WHERE part = 0;
CREATE INDEX queue_expedited ON queue (due, key) WHERE part = 0 AND expedited = 1;
CREATE INDEX queue_snoozed ON queue (snoozed) WHERE part = 0 AND snoozed > '';

-- How many lines of the queue have a stage and priority: the figures above the queue, without a
-- count over 100,000 lines. Open ones are told apart by the day on which they are due (days of UTC
-- since 1970), so that those overdue are counted by days; the others have no day.
CREATE TABLE queue_counts (
    day       INTEGER NOT NULL,
    stage     INTEGER NOT NULL,
    expedited INTEGER NOT NULL,
    cases     INTEGER NOT NULL,
    PRIMARY KEY (day, stage, expedited)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER queue_comes AFTER INSERT ON queue
BEGIN
    INSERT INTO queue_counts
    VALUES (iif(new.part = 0, new.due / 86400, -1000000), new.stage, new.expedited, 1)
    ON CONFLICT DO UPDATE SET cases = cases + 1;
END;
-- Words taken back do not outlive the signature.
CREATE TRIGGER undo_ends AFTER UPDATE OF part ON queue
WHEN new.part <> 0
BEGIN DELETE FROM undo_trails WHERE case_id = new.case_id; END;
CREATE TRIGGER queue_moves AFTER UPDATE OF part, stage, expedited, due ON queue
BEGIN
    UPDATE queue_counts SET cases = cases - 1
    WHERE day = iif(old.part = 0, old.due / 86400, -1000000)
      AND stage = old.stage AND expedited = old.expedited;
    DELETE FROM queue_counts
    WHERE day = iif(old.part = 0, old.due / 86400, -1000000)
      AND stage = old.stage AND expedited = old.expedited AND cases = 0;
    INSERT INTO queue_counts
    VALUES (iif(new.part = 0, new.due / 86400, -1000000), new.stage, new.expedited, 1)
    ON CONFLICT DO UPDATE SET cases = cases + 1;
END;
