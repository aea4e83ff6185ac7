-- Start events of the clocks beside those of the header, and who has a stake in the case: JSON,
-- NULL where nothing is known. Both are watched, with the row of the case.
ALTER TABLE cases ADD COLUMN dates TEXT CHECK (json_valid(dates));
ALTER TABLE cases ADD COLUMN interests TEXT CHECK (json_valid(interests));

-- By which limits the `due` column of the queue was counted: SHA-256 of their spelling. Without a
-- row, or with another one than the limits in force, the column is counted anew. Not watched: it is
-- derived, as the column is.
CREATE TABLE limits (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    digest TEXT NOT NULL CHECK (length(digest) = 64)
) STRICT;
