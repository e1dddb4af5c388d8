"""All that rules may look at: a report with the figures and claims read out of it, last year's, those beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from assistant.figures.accounted import accounted_for
from assistant.figures.arithmetic import Breakdown, breakdowns, tallies
from assistant.figures.averages import Average, averages
from assistant.figures.balance import Balance, balances
from assistant.figures.book import Book, noughts_left_blank
from assistant.figures.changes import Movement, Trend, movements, trends
from assistant.figures.claim_reader import claims_of
from assistant.figures.claims import Claim
from assistant.figures.counted import Counted, counted_names
from assistant.figures.dates import dated_on, period_in
from assistant.figures.denials import denials_of
from assistant.figures.one_kind import all_of_one_kind
from assistant.figures.own_changes import OwnChange, own_changes
from assistant.figures.repeats import repeats_of
from assistant.figures.report_set import Others
from assistant.figures.shares import Share, shares_of
from assistant.figures.unsaid import settled
from assistant.form import EDITIONS, Edition, Metric, all_metrics
from assistant.language.report_kinds import kind_of
from assistant.report import Report

__all__ = ["NEEDS", "Dossier"]


@dataclass(frozen=True)
class Dossier:
    """All that rules may look at: the report, last year's report of the same unit, the reports checked with it."""

    report: Report
    previous: Report | None = None
    others: Others | None = None

    @cached_property
    def book(self) -> Book:
        """The figures of the report's tables, with last year's for comparison."""
        return _book_of(self.report, _book_of(self.previous) if self.previous else None)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What the numbers of the prose claim, in the sense of their sentences that the tables confirm, if any."""
        read = settled(claims_of(self.report), self.book, self.report.year)
        return accounted_for(read, self.book, self.report.unit, self.report.year)

    @cached_property
    def denials(self) -> tuple[Claim, ...]:
        """What the prose says that there was none of: claims of 0."""
        denied = settled(denials_of(self.report), self.book, self.report.year)
        return (*denied, *all_of_one_kind(self.report, self.claims))

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        listed = tuple(breakdowns(self.claims))
        return (*listed, *tallies(self.claims, listed))

    @cached_property
    def parts(self) -> frozenset[int]:
        """Ids of claims that add up to a stated whole with those beside them: parts of it before they are anything else."""
        listed = (found for found in self.breakdowns if found.agrees and found.total in found.wholes)
        return frozenset(id(part) for found in listed for part in found.parts)

    @cached_property
    def lists_by_whole(self) -> dict[int, Breakdown]:
        """Lists of all parts that add up, by the id of the claim that is their whole."""
        listed = (found for found in self.breakdowns if found.exhaustive)
        return {id(found.whole): found for found in listed if found.total == found.whole.mention.value}

    @cached_property
    def parts_of_unread(self) -> frozenset[int]:
        """Those of ``parts`` whose whole is no figure of the tables: 审核公文412件，其中主动公开168件、不予公开147件."""
        listed = (found for found in self.breakdowns if found.agrees and found.total in found.wholes)
        return frozenset(id(part) for found in listed if found.whole.relation == "none" for part in found.parts)

    def wholes_of_parts(self, claim: Claim) -> frozenset[Decimal]:
        """What lists come to, of all parts that add up, that have the number of a claim among them."""
        mention = claim.mention
        return frozenset(
            found.total
            for found in self.breakdowns
            if found.exhaustive
            and found.total in found.wholes
            and any(part.mention.value == mention.value and part.mention.unit == mention.unit for part in found.parts)
        )

    @cached_property
    def averages(self) -> tuple[Average, ...]:
        return tuple(averages(self.claims))

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        return tuple(balances(self.claims))

    @cached_property
    def movements(self) -> tuple[Movement, ...]:
        return tuple(movements(self.claims))

    @cached_property
    def own_changes(self) -> tuple[OwnChange, ...]:
        return tuple(own_changes(self.claims, self.previous))

    @cached_property
    def trends(self) -> tuple[Trend, ...]:
        return tuple(trends(self.claims))

    @cached_property
    def repeats(self) -> tuple[tuple[Claim, Claim], ...]:
        return tuple(repeats_of(self.claims))

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        return tuple(counted_names(self.claims))

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        told = {id(part): one.whole for one in self.breakdowns if one.closed == "near" for part in one.parts}
        return tuple(
            share._replace(wholes=(told[id(share.part)],)) if not share.wholes and id(share.part) in told else share
            for share in shares_of(self.claims)
        )

    def with_figures(self, figures: Mapping[str, Decimal]) -> Dossier:
        """The same report with other figures in these cells; what was read out of its prose is not read again."""
        cells = dict(self.report.cells)
        for metric, value in figures.items():
            cells[metric] = cells[metric].model_copy(update={"value": value, "raw": f"{value:f}"})
        made = replace(self, report=self.report.model_copy(update={"cells": cells}))
        vars(made).update({name: value for name, value in vars(self).items() if name in _OF_PROSE})
        return made

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


# What depends on the words of the report, and on its tables only as they are printed.
_OF_PROSE = (
    "claims", "denials", "breakdowns", "parts", "lists_by_whole", "parts_of_unread", "averages", "balances", "movements", "own_changes", "trends", "repeats", "counted", "shares",
)  # fmt: skip


def _book_of(report: Report, last_year: Book | None = None) -> Book:
    values = {metric: cell.value for metric, cell in report.cells.items()}
    return Book(values, last_year, noughts=noughts_left_blank(report.cells))


def _period(report: Report) -> object:
    return next((period for paragraph in report.preamble if (period := period_in(paragraph.text))), None)


NEEDS: dict[str, tuple[str, Callable[[Dossier], bool]]] = {
    "year": ("报告年度", lambda dossier: dossier.report.year is not None),
    "title": ("题名", lambda dossier: bool(dossier.report.title)),
    "sections": ("章标题", lambda dossier: bool(dossier.report.sections)),
    "preamble": ("导语", lambda dossier: bool(dossier.report.preamble)),
    "period": ("统计期限", lambda dossier: _period(dossier.report) is not None),
    "signature": ("落款或发布日期", lambda dossier: dated_on(dossier.report) is not None),
    "form": (
        "2019年以后的固定格式",
        lambda dossier: not kind_of(dossier.report).free,
    ),
    "calendar_year": ("按自然年编制的报告", lambda dossier: kind_of(dossier.report).yearly),
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
