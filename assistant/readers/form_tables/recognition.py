"""Which of the form's tables a grid is: told by the labels that only that table has."""

from __future__ import annotations

from functools import cache

from assistant.form import EDITION_2021, EDITIONS
from assistant.readers.blocks import Grid
from assistant.readers.form_tables.labels import table_words
from assistant.text import fold

__all__ = ["recognise"]


@cache
def _words() -> dict[str, frozenset[str]]:
    """Folded labels of each table that no other table has, over all editions."""
    by_table = {
        table_id: frozenset().union(*(table_words(edition.table(table_id)) for edition in EDITIONS.values()))
        for table_id in EDITION_2021.table_ids
    }
    return {
        table_id: words.difference(*(other for name, other in by_table.items() if name != table_id))
        for table_id, words in by_table.items()
    }


def recognise(grid: Grid) -> str | None:
    """Which of the three tables a grid is, by the labels that only that table has; ``None`` for any other table."""
    found = {fold(cell.text) for row in grid.rows for cell in row}
    hits = {table_id: len(found & words) for table_id, words in _words().items()}
    best = max(hits, key=lambda table_id: hits[table_id])
    return best if hits[best] >= 2 else None
