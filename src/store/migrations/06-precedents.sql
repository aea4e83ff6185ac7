-- What items are compared by when precedents are looked for: derived from request and summary
-- alone (search/precedent.rs), never from an answer, so that it may be kept for an item whose
-- published answer is hidden. `verify` makes it anew.
CREATE TABLE precedents (
    case_id  INTEGER NOT NULL REFERENCES cases (case_id),
    item     INTEGER NOT NULL CHECK (item >= 1),
    category TEXT NOT NULL,
    thing    TEXT NOT NULL,
    traits   TEXT NOT NULL,
    PRIMARY KEY (case_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX precedents_alike ON precedents (category, thing);

-- Cases that have no row there yet: those that came before there was this table, and those to be
-- decided. They get theirs when precedents are asked for and one of their items may be shown.
CREATE TABLE precedents_behind (case_id INTEGER PRIMARY KEY REFERENCES cases (case_id)) STRICT;
INSERT INTO precedents_behind (case_id) SELECT case_id FROM cases;

-- The items that may be shown as precedents, and nothing else of what is blind: of a signed case
-- the reviewer's own decision; of a precedent, and of an item once decided, the published one.
CREATE VIEW precedents_shown AS
SELECT p.case_id, p.item, p.category, p.thing, p.traits, q.part IS 1 AS is_own,
       iif(q.part IS 1, d.decision, u.decision) AS decision
FROM precedents p
JOIN cases c USING (case_id)
LEFT JOIN queue q USING (case_id)
LEFT JOIN drafts d USING (case_id, item)
LEFT JOIN published u USING (case_id, item)
WHERE (c.is_precedent = 1 OR d.decision IS NOT NULL)
  AND iif(q.part IS 1, d.decision, u.decision) IS NOT NULL;
