"""The library: past reports and the regulation, as figures, passages and vectors in one folder."""

from __future__ import annotations

from assistant.library.documents import CatalogEntry, Kind, Passage, PrintedFigure
from assistant.library.store import Library

__all__ = ["CatalogEntry", "Kind", "Library", "Passage", "PrintedFigure"]
