-- Reasons typed for lints that may stand: JSON list of {id, item, words, reason}. NULL where there
-- are none, so that what was hashed before this column came hashes as it did.
ALTER TABLE cases ADD COLUMN lint_answers TEXT CHECK (json_valid(lint_answers));
