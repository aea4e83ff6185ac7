-- Guidelines that the reviewer has brought in. They belong to no case and nothing that is signed
-- depends on them (a citation carries its own text), so they are not watched.
--
-- `shelf` is the name a file was added under; of one shelf, one edition is current. A superseded
-- guideline stays, for old citations; it is read, not searched.

CREATE TABLE guidelines (
    guideline_id   INTEGER PRIMARY KEY,
    key            TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 120),
    shelf          TEXT NOT NULL,
    name           TEXT NOT NULL,
    edition        TEXT NOT NULL,
    year           INTEGER,
    effective_from TEXT CHECK (effective_from GLOB '????-??-??'),
    effective_to   TEXT CHECK (effective_to GLOB '????-??-??'),
    rank           TEXT NOT NULL CHECK (rank IN ('A', 'B', 'C', 'D', 'E', 'F')),
    licence        TEXT NOT NULL,
    note           TEXT,
    superseded_by  TEXT,
    file           TEXT NOT NULL CHECK (length(file) = 64), -- SHA-256 of what it was read from
    added          TEXT NOT NULL
) STRICT;
CREATE INDEX guidelines_of_shelf ON guidelines (shelf);

-- `heading`: the path of headings, outermost first, a line each.
CREATE TABLE passages (
    passage_id   INTEGER PRIMARY KEY,
    guideline_id INTEGER NOT NULL REFERENCES guidelines (guideline_id) ON DELETE CASCADE,
    number       INTEGER NOT NULL CHECK (number >= 1),
    id           TEXT NOT NULL,
    heading      TEXT NOT NULL,
    page         INTEGER,
    page_label   TEXT,
    kind         TEXT,
    url          TEXT,
    text         TEXT NOT NULL,
    UNIQUE (guideline_id, number)
) STRICT;

CREATE TABLE criteria (
    passage_id INTEGER NOT NULL REFERENCES passages (passage_id) ON DELETE CASCADE,
    position   INTEGER NOT NULL CHECK (position >= 1),
    text       TEXT NOT NULL,
    PRIMARY KEY (passage_id, position)
) STRICT, WITHOUT ROWID;

-- Headings and text of current guidelines, word by word; the text itself stands in `passages` only.
CREATE VIRTUAL TABLE passage_words USING fts5 (
    heading, text, content = 'passages', content_rowid = 'passage_id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Criteria marked for an item, as a JSON list; NULL where none is.
ALTER TABLE drafts ADD COLUMN criteria TEXT CHECK (json_valid(criteria));
