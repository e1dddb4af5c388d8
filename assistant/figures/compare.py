"""Comparing one claim with the book, at the precision that was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.figures.claims import Claim
from assistant.figures.dossier import Dossier
from assistant.figures.readings import fits, sum_of
from assistant.language.numerals import rounded
from assistant.language.organs import is_government_office
from assistant.lexicon import entry
from assistant.lexicon.match import Reading
from assistant.patterns import regex

__all__ = ["Comparison", "compare", "is_of_whole_report"]

_OFFICES = ("政府办", "代表政府")
_WHOLES = ("requests.received.", "requests.workload.", "requests.concluded.")
_OF_THE_WHOLE = regex("[，,（(]占全[省市区县州]")
_DEPARTMENT = regex("(?:局|委|厅|中心)$")
_ADDED = regex("新增")
_WHOLE_ROWS = tuple(f"requests.{row}.total" for row in ("received", "workload", "concluded"))


@dataclass(frozen=True, slots=True)
class Comparison:
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
    mention = replace(claim.mention, bound="") if exact else claim.mention
    agreeing = tuple(reading for reading, value in read if fits(mention, value))
    if (
        claim.scope
        and claim.scope == entry("scopes", "scope.all_cases").says
        and any(value <= claim.mention.value for _, value in read)
    ):
        return Comparison()  # 行政复议案件（含非信息公开类）96件: a wider set, and told so
    if not agreeing and any(
        id(claim) in parts for parts in (dossier.parts_of_unread, dossier.parts_of_their_like, dossier.shared_out)
    ):
        return Comparison()
    if not agreeing and claim.scope and any(value in dossier.wholes_of_parts(claim) for _, value in read):
        return Comparison()  # 州政府规范性文件9件: the 54 that the table has were told with these among them
    if not agreeing and id(claim) in dossier.parts and claim.kind == "row" and claim.readings[0][0] in _WHOLE_ROWS:
        return Comparison()  # 受理12件，答复7件、不予受理4件、内容不明确1件: 7 is no total
    if not agreeing and claim.scope in _OFFICES and _whole_is_told_beside(claim, dossier):
        return Comparison()  # 区政府办公室代表区政府受理41件: some of what the whole district received
    if (
        not agreeing
        and _ADDED.search(claim.why)
        and any(value == claim.mention.value for value in _growths(claim, dossier))
    ):
        return Comparison()  # 本年新增的23件: more than last year, not all that came
    if not agreeing and (_is_told_by_its_parts(claim, dossier) or _is_of_fewer(claim, read, dossier)):
        return Comparison()
    return Comparison(read, agreeing, "" if is_of_whole_report(claim, dossier) else claim.scope)


def _whole_is_told_beside(claim: Claim, dossier: Dossier) -> bool:
    """Whether the sentence of an office's own number tells that of its government, too."""
    return any(
        set(other.readings) & set(claim.readings)
        and any(
            (value := sum_of(reading, "", dossier.book)) and fits(other.mention, value) for reading in other.readings
        )
        for other in dossier.claims_by_sentence[claim.spot.sentence]
        if other is not claim and other.relation == "value" and other.mention.value > claim.mention.value
    )


def _is_told_by_its_parts(claim: Claim, dossier: Dossier) -> bool:
    """未予公开的申请58件（不予公开21件、无法提供37件）: what is counted is what the parts are, where the tables have them all."""
    found = dossier.lists_by_whole.get(id(claim))
    if found is None or claim.kind not in ("row", "group") or claim.readings[0][0].startswith(_WHOLES):
        return False
    own = claim.readings[0][0].removesuffix(".total")
    if all(part.readings and part.readings[0][0].startswith(f"{own}.") for part in found.parts):
        return False  # 无法提供45件，即不掌握38件与另行制作7件之和: it has more parts
    return all(part.kind in ("row", "leaf", "group") and compare(part, dossier).agrees for part in found.parts)


def _is_of_fewer(claim: Claim, read: Sequence[tuple[Reading, Decimal]], dossier: Dossier) -> bool:
    """占全县154件的25.3%；县住建局受理27件, 10件以上的单位有4家，共收到97件: some of what the whole county received."""
    some = claim.scope == entry("scopes", "scope.some_units").says or (
        bool(_DEPARTMENT.search(claim.scope))
        and (
            _whole_is_told_beside(claim, dossier)
            or bool(_OF_THE_WHOLE.match(claim.spot.paragraph.text, claim.mention.end))
        )
    )
    return some and dossier.report.unit.endswith("政府") and all(claim.mention.value < value for _, value in read)


def _growths(claim: Claim, dossier: Dossier) -> Iterator[Decimal]:
    """By how much each reading grew since last year."""
    for reading in claim.readings:
        now, before = (sum_of(reading, suffix, dossier.book) for suffix in ("", ".last_year"))
        if now is not None and before is not None:
            yield now - before


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
