"""One self-contained web page over many reports: the faults met most often, the worst reports, and every file."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.check import SEVERITIES
from assistant.render.console import SEVERITY_NAMES
from assistant.render.html import environment, inline
from assistant.render.summary_rows import SummaryRow, frequencies, worst_rows

__all__ = ["overview_page"]

_WORST = 10


def overview_page(rows: Sequence[SummaryRow]) -> str:
    """The page; rows with a document are linked to it by its name, as it lies beside the page."""
    return (
        environment()
        .get_template("overview.html")
        .render(
            rows=rows,
            worst=list(worst_rows(rows, _WORST)),
            frequencies=frequencies(rows),
            names=SEVERITY_NAMES,
            totals=[(SEVERITY_NAMES[each], sum(row.counts[each] for row in rows)) for each in SEVERITIES],
            failed=sum(row.failed for row in rows),
            **inline("script", "overview.js"),
        )
    )
