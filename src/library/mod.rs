//! Rank 3: guideline shelves over the store: look-up of what can be cited.
