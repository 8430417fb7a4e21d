package org.osler.study;

import java.util.List;
import java.util.Map;

/** What a store lacks from version to version of its schema. */
final class Upgrades {

    /** Runs under way, see {@link Claims}. */
    static final String RUN =
            "CREATE TABLE run (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, place TEXT NOT NULL,"
                    + " beats INTEGER NOT NULL) STRICT";

    /** Which of them has which trial, by id. */
    static final String CLAIM = "CREATE TABLE claim (trial TEXT PRIMARY KEY,"
            + " run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE) STRICT, WITHOUT ROWID";

    /** What brings a store of some version up to the next. */
    static final Map<Integer, List<String>> FROM = Map.of(
            // Version 1 knew no losses on validation.
            1, List.of("ALTER TABLE curve ADD COLUMN val_loss REAL"),
            // Version 2 knew one run at a time.
            2, List.of(RUN, CLAIM),
            // Version 3 knew no checksums.
            3, List.of("ALTER TABLE result ADD COLUMN checksum TEXT", "ALTER TABLE score ADD COLUMN checksum TEXT"));

    private Upgrades() {}
}
