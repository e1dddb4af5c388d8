"""One self-contained web page over many reports: the faults met most often, the worst reports, and every file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.check import SEVERITIES
from assistant.render.console import SEVERITY_NAMES
from assistant.render.html import environment, inline
from assistant.render.summary_rows import SummaryRow, frequencies, link_from, worst_rows

__all__ = ["overview_page"]

_WORST = 10


def overview_page(rows: Sequence[SummaryRow], path: Path) -> str:
    """The page that is to lie at ``path``; rows with a document are linked to it."""
    return (
        environment()
        .get_template("overview.html")
        .render(
            rows=rows,
            id=id,
            links={id(row): link_from(path, row.page) for row in rows if row.page},
            worst=list(worst_rows(rows, _WORST)),
            frequencies=frequencies(rows),
            names=SEVERITY_NAMES,
            totals=[(SEVERITY_NAMES[each], sum(row.counts[each] for row in rows)) for each in SEVERITIES],
            failed=sum(row.failed for row in rows),
            **inline("script", "overview.js"),
        )
    )
