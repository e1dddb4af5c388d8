"""One self-contained web page of a report and its findings; nothing is loaded from elsewhere, everything is escaped.

The templates are in ``pages/``. The policy in the page's head allows the style and the script of this program by their
hashes and nothing else: words of a report can never become one.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.check import SEVERITIES, Verdict, family_name, place_of
from assistant.readers.own_results import GENERATOR
from assistant.render.annotated import Annotated, Note
from assistant.render.console import (
    SEVERITY_NAMES,
    cause_title,
    count_summary,
    decision_text,
    other_unit_note,
    previous_origin,
    skipped_note,
)
from assistant.report import Report
from assistant.text import clean

__all__ = ["environment", "inline", "report_context", "report_page"]

_PAGES = Path(__file__).parent / "pages"


def report_page(report: Report, verdict: Verdict) -> str:
    """The page of one report."""
    return environment().get_template("report.html").render(report_context(report, verdict))


def report_context(report: Report, verdict: Verdict) -> dict[str, Any]:
    """What the templates of ``pages/`` show of a report and its findings."""
    page = Annotated(report, verdict)
    found = Counter(note.finding.severity for note in page.notes)
    families = Counter(note.finding.code[0] for note in page.notes)
    return {
        "page": page,
        "first": _Once(),
        "names": SEVERITY_NAMES,
        "cause_title": cause_title,
        "decision_text": decision_text,
        "dismissed": _dismissed,
        "counted": count_summary(verdict),
        "previous": previous_origin(verdict.previous) if verdict.previous else "",
        "other_unit_note": other_unit_note(verdict.previous, report.unit),
        "severities": [
            (severity, SEVERITY_NAMES[severity], found[severity]) for severity in SEVERITIES if found[severity]
        ],
        "families": [(family, family_name(family), families[family]) for family in sorted(families, key=place_of)],
        "any_dismissed": any(map(_dismissed, page.notes)),
        "skipped": skipped_note(verdict),
        "ticked": [(where, list(group)) for where, group in groupby(page.ticks, key=lambda tick: tick.unchecked.where)],
    }


class _Once:
    """Tells the first time that it meets a number: an id may stand only once in a page."""

    def __init__(self) -> None:
        self._met: set[int | str] = set()

    def __call__(self, number: int | str) -> bool:
        new = number not in self._met
        self._met.add(number)
        return new


def _dismissed(note: Note) -> bool:
    return note.decision is not None and note.decision.decision == "dismissed"


@cache
def environment(more: Path | None = None) -> Environment:
    """The templates in ``pages/``, and those of another folder: what they show is escaped and cleaned, the style is in
    it."""
    templates = Environment(
        loader=FileSystemLoader([_PAGES, *([more] if more else [])], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    templates.globals.update(generator=GENERATOR)
    templates.globals.update(inline("style", "page.css") | inline("script", "page.js"))
    return templates


def inline(name: str, file: str) -> dict[str, str]:
    """A file of ``pages/`` as templates take it in: its text and the hash by which the policy allows it."""
    text = (_PAGES / file).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {name: Markup(text), f"{name}_hash": digest}
