"""Comparing one claim with the book, at the precision that was written."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.figures.claims import Claim
from assistant.figures.dossier import Dossier
from assistant.figures.readings import fits, sum_of
from assistant.language.numerals import rounded
from assistant.language.organs import is_government_office
from assistant.lexicon import entry
from assistant.lexicon.match import Reading

__all__ = ["Comparison", "compare", "is_of_whole_report"]

_OFFICES = ("政府办", "代表政府")
_WHOLE_ROWS = tuple(f"requests.{row}.total" for row in ("received", "workload", "concluded"))


class Comparison(NamedTuple):
    """What the book gives for each reading of a claim (``read``), and which readings agree with it."""

    read: tuple[tuple[Reading, Decimal], ...] = ()
    agreeing: tuple[Reading, ...] = ()
    scope: str = ""

    @property
    def checked(self) -> bool:
        """Whether the book has anything to compare with."""
        return bool(self.read)

    @property
    def agrees(self) -> bool:
        return bool(self.agreeing)

    @property
    def values(self) -> tuple[Decimal, ...]:
        return tuple(value for _, value in self.read)


def compare(claim: Claim, dossier: Dossier) -> Comparison:
    """Compare a claim with the tables of the year that it speaks of; a year whose tables are not here is not checked."""
    suffix = _suffix(claim, dossier)
    if suffix is None:
        return Comparison()
    read = tuple(
        (reading, value if claim.per == 1 else rounded(value / claim.per, claim.mention.step))
        for reading in claim.readings
        if (value := sum_of(reading, suffix, dossier.book)) is not None
    )
    exact = claim.per > 1 and claim.mention.bound == "about" and claim.mention.value % (claim.mention.step * 10) != 0
    # 月均约157件 is rounded, not rough.
    mention = claim.mention._replace(bound="") if exact else claim.mention
    agreeing = tuple(reading for reading, value in read if fits(mention, value))
    if (
        claim.scope
        and claim.scope == entry("scopes", "scope.all_cases").says
        and any(value <= claim.mention.value for _, value in read)
    ):
        return Comparison()  # 行政复议案件（含非信息公开类）96件: a wider set, and told so
    if not agreeing and id(claim) in dossier.parts_of_unread:
        return Comparison()
    if not agreeing and claim.scope and any(value in dossier.wholes_of_parts(claim) for _, value in read):
        return Comparison()  # 州政府规范性文件9件: the 54 that the table has were told with these among them
    if not agreeing and id(claim) in dossier.parts and claim.kind == "row" and claim.readings[0][0] in _WHOLE_ROWS:
        return Comparison()  # 受理12件，答复7件、不予受理4件、内容不明确1件: 7 is no total
    return Comparison(read, agreeing, "" if is_of_whole_report(claim, dossier) else claim.scope)


def is_of_whole_report(claim: Claim, dossier: Dossier) -> bool:
    """Whether a claim speaks of the tables' own set. An office that reports for its government does (办公厅代表市政府受理), and
    so does one that calls itself by its name."""
    unit = dossier.report.unit
    if not claim.scope:
        return True
    return (claim.scope in _OFFICES and is_government_office(unit)) or unit.endswith(claim.scope)


def _suffix(claim: Claim, dossier: Dossier) -> str | None:
    year = dossier.report.year
    if claim.year is None or claim.year == year:
        return ""
    return ".last_year" if year is not None and claim.year == year - 1 else None
