"""The tables of the catalog. The file is ours when it carries ``APPLICATION_ID``; ``VERSION`` grows with its shape."""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "SCHEMA", "VERSION"]

APPLICATION_ID = 0x5A464742  # "ZFGB": written into the head of the SQLite file
VERSION = 1

# AUTOINCREMENT: an id that was given once is never given to another document or passage, so that a citation
# written down yesterday cannot point to something else today.
SCHEMA = """
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
    source  TEXT NOT NULL,
    report  TEXT
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

CREATE VIRTUAL TABLE passage_words USING fts5 (heading, text, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE word_counts USING fts5vocab (passage_words, row);

CREATE TABLE embeddings (
    hash   TEXT NOT NULL,
    model  TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (hash, model)
) WITHOUT ROWID;
"""
