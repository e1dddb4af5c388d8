"""The tables of the catalog, and what brings the file of an older version to them."""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "TABLES", "UPGRADES", "VERSION", "WORD_INDEX"]

# The file is ours when it carries ``APPLICATION_ID``; ``VERSION`` grows with its shape.
APPLICATION_ID = 0x5A464742  # "ZFGB": written into the head of the SQLite file
VERSION = 4

# Until version 4: files that another file of the same unit and year took the place of, without what was in them.
_REPLACED = """
CREATE TABLE replaced (
    path     TEXT PRIMARY KEY,
    sha256   TEXT NOT NULL,
    cutting  INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX replaced_by ON replaced (document);
"""

# Other files of a unit and year (of a regulation: of its title) than the one that answers rest on: 初稿 beside 定稿, a
# .pdf beside a .docx. Each is kept whole (``rows.packed_rows``) until a person says that it is to stand. ``chosen``:
# the one that stands was preferred by a person; otherwise it came first.
_SET_ASIDE = """
CREATE TABLE set_aside (
    path    TEXT PRIMARY KEY,
    kind    TEXT NOT NULL,
    unit    TEXT NOT NULL,
    year    INTEGER,
    title   TEXT NOT NULL,
    file    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    cutting INTEGER NOT NULL,
    chosen  INTEGER NOT NULL,
    rows    BLOB NOT NULL
);
CREATE INDEX set_aside_named ON set_aside (kind, unit, year, title);
"""

# Each figure has a mark (``rows.mark_of``), each document the sum of its figures' marks: figures are proven without
# reading the texts. ``digest`` is of all of a document.
#
# How many documents there are, and what their marks add up to: that none is missing cannot be seen from those that are
# there. ``documents_named`` has all that a mark is made of, so that adding up reads an index alone.
_TALLY = """
CREATE TABLE tally (documents INTEGER NOT NULL, marks INTEGER NOT NULL);
INSERT INTO tally VALUES (0, 0);
"""
_NAMED = "CREATE INDEX documents_named ON documents (kind, unit, year, title, digest);"

# The full-text index: made anew by itself when it is damaged.
WORD_INDEX = """
CREATE VIRTUAL TABLE passage_words USING fts5 (heading, text, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE word_counts USING fts5vocab (passage_words, row);
"""

# AUTOINCREMENT: an id that was given once is never given to another document or passage, so that a citation
# written down yesterday cannot point to something else today.
TABLES = (
    """
CREATE TABLE documents (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT NOT NULL CHECK (kind IN ('report', 'regulation')),
    unit    TEXT NOT NULL,
    year    INTEGER,
    title   TEXT NOT NULL,
    edition TEXT NOT NULL,
    file    TEXT NOT NULL,
    path    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    cutting INTEGER NOT NULL,
    source  BLOB NOT NULL,
    report  BLOB,
    digest  TEXT NOT NULL DEFAULT '',
    marks   INTEGER
);
CREATE UNIQUE INDEX one_report_a_year ON documents (unit, year) WHERE kind = 'report' AND unit <> '';
CREATE UNIQUE INDEX one_document_a_file ON documents (path);

CREATE TABLE figures (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    metric   TEXT NOT NULL,
    value    TEXT,
    raw      TEXT NOT NULL,
    place    TEXT NOT NULL,
    line     TEXT NOT NULL,
    mark     INTEGER,
    PRIMARY KEY (document, metric)
) WITHOUT ROWID;

CREATE TABLE passages (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    heading  TEXT NOT NULL,
    place    TEXT NOT NULL,
    article  INTEGER,
    text     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    UNIQUE (document, ordinal)
);
CREATE INDEX passages_by_hash ON passages (hash);

CREATE TABLE embeddings (
    hash   TEXT NOT NULL,
    model  TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (hash, model)
) WITHOUT ROWID;
"""
    + _NAMED
    + _SET_ASIDE
    + _TALLY
    + WORD_INDEX
)

# What brings a catalog of each older version to the next; ``packed`` is the one of ``rows``. Marks, and digests where
# there are none, are made afterwards (``soundness.mark_all``).
UPGRADES = {
    1: """
ALTER TABLE documents ADD COLUMN digest TEXT NOT NULL DEFAULT '';
UPDATE documents SET source = packed(source), report = packed(report);
CREATE INDEX documents_named ON documents (kind, unit, year, title);
""",
    2: _REPLACED,
    3: f"""
DROP TABLE replaced;
DROP INDEX documents_named;
{_NAMED}
ALTER TABLE documents ADD COLUMN marks INTEGER;
ALTER TABLE figures ADD COLUMN mark INTEGER;
{_SET_ASIDE.strip()}
{_TALLY.strip()}
""",
}
