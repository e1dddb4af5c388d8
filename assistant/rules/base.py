"""What a rule is made of: the dossier it looks at, the hits it yields, the findings that the engine makes of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from assistant.figures.book import Book
from assistant.figures.claims import Claim
from assistant.figures.dates import period_in, signed_on
from assistant.figures.denials import denials_of
from assistant.figures.named import Counted, counted_names
from assistant.figures.parts import Breakdown, breakdowns
from assistant.figures.repeats import repeats_of
from assistant.figures.shares import Share, shares_of
from assistant.figures.told import claims_of
from assistant.form import EDITIONS, Edition, Metric, all_metrics
from assistant.report import Paragraph, Report
from assistant.rules.others import Others
from assistant.text import fold

__all__ = [
    "ENTERED", "NEEDS", "Dossier", "Finding", "Hit", "Mark", "Rule", "Severity", "finding_of", "fingerprint_of",
    "mark_of", "number", "rule",
]  # fmt: skip

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Dossier:
    """All that rules may look at: the report, last year's report of the same unit, the reports checked with it."""

    report: Report
    previous: Report | None = None
    others: Others | None = None

    @cached_property
    def book(self) -> Book:
        """The figures of the report's tables, with last year's for comparison."""
        before = {metric: cell.value for metric, cell in self.previous.cells.items()} if self.previous else None
        return Book({metric: cell.value for metric, cell in self.report.cells.items()}, before)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return claims_of(self.report)

    @cached_property
    def denials(self) -> tuple[Claim, ...]:
        return tuple(denials_of(self.report))

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        return tuple(breakdowns(self.claims))

    @cached_property
    def repeats(self) -> tuple[tuple[Claim, Claim], ...]:
        return tuple(repeats_of(self.claims))

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        return tuple(counted_names(self.claims))

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        return tuple(shares_of(self.claims))

    def metrics_of(self, table_id: str) -> tuple[Metric, ...]:
        """The metrics of a table that the report has cells for, mixed editions included."""
        known = all_metrics()
        return tuple(known[metric] for metric in self.report.cells if known[metric].table.id == table_id)

    def expected_metrics(self, table_id: str) -> tuple[Metric, ...]:
        """The metrics that a table should have figures for: rows that are there, and all of tables without row labels
        to miss. A cell that is cut off counts as blank; a missing row of table 3 is F105's."""
        read = self.report.table(table_id)
        if read is None or table_id != "requests":
            return self.edition.metrics_of(table_id)
        return tuple(m for m in all_metrics().values() if m.table.id == table_id and m.row.id in read.rows)

    @cached_property
    def lacking(self) -> frozenset[str]:
        """What rules may need (``NEEDS``) and this dossier does not have."""
        return frozenset(need for need, (_, is_there) in NEEDS.items() if not is_there(self))

    @property
    def edition(self) -> Edition:
        return EDITIONS.get(self.report.edition, EDITIONS["2021"])


class Mark(NamedTuple):
    """A place of the report that a finding points at: a cell by its metric, or characters of one of its paragraphs."""

    metric: str = ""
    paragraph: Paragraph | None = None
    start: int = 0
    end: int = 0


def mark_of(claim: Claim) -> Mark:
    """Where the number of a claim stands."""
    return Mark("", claim.spot.paragraph, claim.mention.start, claim.mention.end)


class Hit(NamedTuple):
    """What a rule yields. ``where`` names the cell or sentence as people would; ``anchor`` is the stable part of it
    that the fingerprint is made of (default: ``where``). ``severity`` overrides the rule's own. ``marks`` are the very
    cells and words, for output that shows the report itself."""

    where: str
    message: str
    expected: str = ""
    actual: str = ""
    quote: str = ""
    severity: Severity | None = None
    anchor: str = ""
    marks: tuple[Mark, ...] = ()


class Finding(BaseModel):
    """A hit with what the engine stamps on it: code, severity, title, basis, fingerprint."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    title: str
    where: str
    quote: str
    message: str
    expected: str
    actual: str
    basis: str
    fingerprint: str
    marks: tuple[Mark, ...] = Field((), exclude=True, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of the catalogue. Its docstring is its published page."""

    code: str
    title: str
    severity: Severity
    basis: str
    needs: tuple[str, ...]
    hits: Callable[[Dossier], Iterator[Hit]]

    @property
    def page(self) -> str:
        return (self.hits.__doc__ or "").strip()

    def missing(self, dossier: Dossier) -> tuple[str, ...]:
        """Names of what this rule needs and the dossier does not have."""
        return tuple(NEEDS[need][0] for need in self.needs if need in dossier.lacking)


def _period(report: Report) -> object:
    return next((period for paragraph in report.preamble if (period := period_in(paragraph.text))), None)


NEEDS: dict[str, tuple[str, Callable[[Dossier], bool]]] = {
    "year": ("报告年度", lambda dossier: dossier.report.year is not None),
    "title": ("题名", lambda dossier: bool(dossier.report.title)),
    "sections": ("章标题", lambda dossier: bool(dossier.report.sections)),
    "preamble": ("导语", lambda dossier: bool(dossier.report.preamble)),
    "period": ("统计期限", lambda dossier: _period(dossier.report) is not None),
    "signature": ("落款或发布日期", lambda dossier: signed_on(dossier.report) is not None),
    "form": (
        "2019年以后的固定格式",
        lambda dossier: dossier.report.edition != "free" or (dossier.report.year or 0) >= 2019,
    ),
    "disclosure": ("表二", lambda dossier: dossier.report.table("disclosure") is not None),
    "requests": ("表三", lambda dossier: dossier.report.table("requests") is not None),
    "review": ("表四", lambda dossier: dossier.report.table("review") is not None),
    "previous": ("上年报告", lambda dossier: dossier.previous is not None),
    "parts": (
        "报告集中下级、部门的报告",
        lambda dossier: dossier.others is not None and bool(dossier.others.parts),
    ),
    "others": (
        "报告集中其他单位的报告",
        lambda dossier: dossier.others is not None and dossier.others.units,
    ),
    "edition_2019": ("2019年版的表二", lambda dossier: dossier.report.edition == "2019"),
    "form_since_2021": ("2021年以后的格式", lambda dossier: dossier.report.edition == "2021"),
}
"""What rules may need: a name for people, and how to tell that it is there."""

ENTERED: dict[str, Rule] = {}
"""Rules as their modules enter them; ``assistant.rules.RULES`` has them in the order of the catalogue."""


def rule(
    code: str, title: str, *, severity: Severity, basis: str = "", needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Dossier], Iterator[Hit]]], Callable[[Dossier], Iterator[Hit]]]:
    """Enter a generator of hits into the catalogue under ``code``."""

    def enter(hits: Callable[[Dossier], Iterator[Hit]]) -> Callable[[Dossier], Iterator[Hit]]:
        if code in ENTERED:
            raise ValueError(f"rule {code} is defined twice")
        ENTERED[code] = Rule(code, title, severity, basis, needs, hits)
        return hits

    return enter


def fingerprint_of(*parts: str) -> str:
    """A short name that the same parts always get."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def finding_of(made_by: Rule, hit: Hit) -> Finding:
    """The finding of a hit. Its fingerprint has no line numbers and no numbers of headings, so that it survives edits
    elsewhere; ``check`` tells findings apart that are otherwise the same."""
    place = _LINES.sub("", hit.anchor) or fold(_LINES.sub("", hit.where))
    return Finding(
        code=made_by.code,
        severity=hit.severity or made_by.severity,
        title=made_by.title,
        where=hit.where,
        quote=hit.quote,
        message=hit.message,
        expected=hit.expected,
        actual=hit.actual,
        basis=made_by.basis,
        fingerprint=fingerprint_of(made_by.code, place, "".join(hit.quote.split()), hit.actual),
        marks=hit.marks,
    )


_LINES = re.compile(r"·?第\d+[页行]")


def number(value: Decimal | None) -> str:
    """A figure as findings write it: no exponent, no trailing zeros; 空白 for a blank cell."""
    if value is None:
        return "空白"
    return f"{value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize():f}"
