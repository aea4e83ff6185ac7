-- What the reviewer notes of an item because the request does not say it: JSON, or NULL where
-- nothing is noted, so that rows written before keep their hash.
ALTER TABLE drafts ADD COLUMN noted TEXT CHECK (noted IS NULL OR json_valid(noted));

-- What a rationale read like before: as it stood at the end of a spell of writing, and before many
-- words went at once. `seq` is the event that wrote it. Not watched: nothing that is signed depends
-- on it; and as with undo, words taken back do not outlive the signature.
CREATE TABLE versions (
    case_id INTEGER NOT NULL,
    item    INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    at      TEXT NOT NULL,
    who     TEXT NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (case_id, item, seq),
    FOREIGN KEY (case_id, item) REFERENCES items (case_id, item) ON DELETE CASCADE
) STRICT;
CREATE TRIGGER versions_end AFTER UPDATE OF part ON queue
WHEN new.part <> 0
BEGIN DELETE FROM versions WHERE case_id = new.case_id; END;
