-- Citation lists: what can be cited by name. They belong to no case and nothing that is signed
-- depends on them, so they are not watched. An entry is a line of the list, JSON.

CREATE TABLE citation_lists (
    list_id INTEGER PRIMARY KEY AUTOINCREMENT,
    key     TEXT NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 120),
    name    TEXT NOT NULL,
    rank    TEXT CHECK (rank IN ('A', 'B', 'C', 'D', 'E', 'F')),
    licence TEXT NOT NULL,
    file    TEXT NOT NULL CHECK (length(file) = 64), -- SHA-256 of what it was read from
    entries INTEGER NOT NULL CHECK (entries >= 1),
    added   TEXT NOT NULL
) STRICT;

CREATE TABLE listed (
    listed_id INTEGER PRIMARY KEY,
    list_id   INTEGER NOT NULL REFERENCES citation_lists (list_id) ON DELETE CASCADE,
    number    INTEGER NOT NULL CHECK (number >= 1),
    entry     TEXT NOT NULL,
    UNIQUE (list_id, number)
) STRICT;
