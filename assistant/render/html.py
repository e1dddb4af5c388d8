"""One self-contained web page of a report and its findings; nothing is loaded from elsewhere, everything is escaped.

The templates are in ``pages/``. The policy in the page's head allows the style and the script of this program by their
hashes and nothing else: words of a report can never become one.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.check import SEVERITIES, Checked, Verdict
from assistant.places import section_label
from assistant.render.annotated import Annotated, Note
from assistant.render.console import SEVERITY_NAMES, counted, decided, previous_from, skipped_told
from assistant.report import Report
from assistant.rules import FAMILIES
from assistant.text import clean

__all__ = ["index_page", "report_page"]

_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    page: str
    unit: str
    year: int | None
    result: str


def report_page(report: Report, verdict: Verdict) -> str:
    """The page of one report."""
    page = Annotated(report, verdict)
    found = Counter(note.finding.severity for note in page.notes)
    families = Counter(note.finding.code[0] for note in page.notes)
    return _environment().get_template("report.html").render(
        page=page,
        first=_Once(),
        names=SEVERITY_NAMES,
        section_label=section_label,
        decided=decided,
        dismissed=_dismissed,
        counted=counted(verdict),
        previous=previous_from(verdict.previous) if verdict.previous else "",
        severities=[(severity, SEVERITY_NAMES[severity], found[severity]) for severity in SEVERITIES if found[severity]],
        families=[(family, name, families[family]) for family, name in FAMILIES.items() if families[family]],
        any_dismissed=any(map(_dismissed, page.notes)),
        skipped=skipped_told(verdict),
    )  # fmt: skip


def index_page(checked: Sequence[Checked], pages: Sequence[Path | None]) -> str:
    """A page that lists checked files, each with the page that was made of it or the error that kept it from one."""
    rows = [
        _Row(
            item.path.name,
            page.name if page else "",
            item.report.unit if item.report else "",
            item.report.year if item.report else None,
            counted(item.verdict) if item.verdict else str(item.error),
        )
        for item, page in zip(checked, pages, strict=True)
    ]
    return _environment().get_template("index.html").render(rows=rows)


class _Once:
    """Tells the first time that it meets a number: an id may stand only once in a page."""

    def __init__(self) -> None:
        self._met: set[int] = set()

    def __call__(self, number: int) -> bool:
        new = number not in self._met
        self._met.add(number)
        return new


def _dismissed(note: Note) -> bool:
    return note.decision is not None and note.decision.decision == "dismissed"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_PAGES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    for name in ("style", "script"):
        text = (_PAGES / {"style": "page.css", "script": "page.js"}[name]).read_text(encoding="utf-8")
        made.globals[name] = Markup(text)
        made.globals[f"{name}_hash"] = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return made
