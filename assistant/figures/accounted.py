"""Which disagreements with the tables are findings: only those whose reading accounts for every word.

A number that its reading does not account for counts something else: 省政府规章64件 are not all rules, 结转件中因会商的由9件
降为3件 not all that was carried over, and where 主动公开97件、依申请公开143件、不予公开78件 make up the 318 papers told before,
they are no applications. Such a number is not read (it goes to the list of what was not checked), instead of being read as a
fault. What agrees with the tables is left as it was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.figures.arithmetic.measures import same_measure
from assistant.figures.arithmetic.runs import depth_at
from assistant.figures.book import Book
from assistant.figures.claims import Claim
from assistant.figures.readings import fits, sum_of
from assistant.figures.unknown_words import unknown_words
from assistant.language.numerals import rounded
from assistant.lexicon import entry, phrase
from assistant.lexicon.match import Reading

__all__ = ["accounted_for"]

_LONGEST_RUN = 14  # parts of one whole
_OUTCOME_KINDS = ("row", "group", "leaf")
_WHOLES = ("requests.received.", "requests.workload.", "requests.concluded.")
_PAIR = 2
_SMALL = 20  # wholes below it are met by chance by two parts


def accounted_for(claims: Sequence[Claim], book: Book, unit: str, year: int | None) -> tuple[Claim, ...]:
    """The claims of a report, those that disagree with ``book`` and are not proved to be of it without a reading."""
    wrong = {id(claim) for claim in claims if _disagrees(claim, book, year)}
    by_sentence: defaultdict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in claims if wrong else ():
        by_sentence[id(claim.spot.paragraph), claim.spot.sentence].append(claim)
    right = (claim for claim in claims if wrong and claim.relation == "value" and id(claim) not in wrong)
    told_right = {reading for claim in right for reading in claim.readings}
    kept: list[Claim] = []
    for claim in claims:
        told = by_sentence[id(claim.spot.paragraph), claim.spot.sentence] if id(claim) in wrong else []
        unread = told and (
            (
                _is_of_some(claim, told, told_right, unit, book, year)
                if claim.scope
                else unknown_words(claim, told, unit)
            )
            or _is_proved_another(claim, told, wrong, book, year)
        )
        kept.append(claim._replace(relation="none", readings=(), kind="") if unread else claim)
    return tuple(kept)


def _disagrees(claim: Claim, book: Book, year: int | None) -> bool:
    if claim.relation not in ("value", "change", "yoy") or not claim.readings or claim.per != 1:
        return False
    values = _values(claim, book, year)
    return bool(values) and not any(fits(claim.mention, value) for value in values)


def _values(claim: Claim, book: Book, year: int | None) -> list[Decimal]:
    """What the number of a claim would have to be: the figure of its year, or by how much or how many per cent it moved."""
    if claim.relation == "value":
        suffix = "" if claim.year in (None, year) else ".last_year"
        return [value for reading in claim.readings if (value := sum_of(reading, suffix, book)) is not None]
    both = [(sum_of(reading, "", book), sum_of(reading, ".last_year", book)) for reading in claim.readings]
    moved = [(abs(now - then), then) for now, then in both if now is not None and then is not None]
    if claim.relation == "change":
        return [by for by, _ in moved]
    return [rounded(by * 100 / then, claim.mention.step) for by, then in moved if then]


def _is_of_some(
    claim: Claim, told: Sequence[Claim], told_right: set[Reading], unit: str, book: Book, year: int | None
) -> bool:
    """县住建局受理27件 where the county's own number is told, too; 收到10件以上的单位有4家，共收到97件: what some have of all that a
    government tells of."""
    values = _values(claim, book, year)
    whole_told = told_right & set(claim.readings) or any(one.mention.value in values for one in told)
    some = claim.scope == entry("scopes", "scope.some_units").says or (
        phrase("units", "department_end").search(claim.scope) and whole_told
    )
    return bool(some) and unit.endswith("政府") and all(claim.mention.value < value for value in values)


def _is_proved_another(claim: Claim, told: Sequence[Claim], wrong: set[int], book: Book, year: int | None) -> bool:
    if claim.relation == "value":
        return _makes_up_a_whole(claim, told, wrong, book, year)
    moves = [one for one in told if one.relation == "change" and one.mention.start < claim.mention.start][-_PAIR:]
    # 直接起诉减少126件，复议后起诉增加84件，净减42件
    against = len(moves) == _PAIR and moves[0].direction == -moves[1].direction != 0
    return against and abs(moves[0].mention.value - moves[1].mention.value) == claim.mention.value


def _makes_up_a_whole(claim: Claim, told: Sequence[Claim], wrong: set[int], book: Book, year: int | None) -> bool:
    """Whether a number is one of several that come to what the tables have where it stands, each of another holder (区政府141件、
    部门589件、街道217件), or to the number right before them, which is none of the tables' (公文318件，主动公开97件、不予公开221件)."""
    if claim.mention.bound:
        return False  # 10件以上: no sum says how many
    listed = [
        one
        for one in told
        if same_measure(one, claim)
        and not (one.mention.percent or one.mention.bound)
        and (one is claim or (one.relation in ("value", "none") and one.year in (None, year)))
    ]
    at = next(place for place, one in enumerate(listed) if one is claim)
    if _is_what_others_make_up(claim, listed[at + 1 :], wrong):
        return True
    own = set(_values(claim, book, year))
    for low in range(max(0, at - _LONGEST_RUN), at + 1):
        for high in range(max(at, low + 1), min(len(listed), low + _LONGEST_RUN)):
            run = listed[low : high + 1]
            total = sum((one.mention.value for one in run), Decimal(0))
            alike = all(not one.readings or one.readings == claim.readings for one in run)
            before = listed[low - 1] if low else None
            if alike and before and before.readings == claim.readings and before.mention.value == total:
                return True  # 废止4件，其中宣布失效1件、直接废止3件
            if total < _SMALL and sum(1 for one in run if one.mention.value) <= _PAIR:
                continue
            unread = before and (not before.readings or id(before) in wrong) and before.mention.value == total
            if unread and before and depth_at(claim.spot.paragraph.text, before.mention.end, claim) < 0:
                continue  # 51件（网上47件，当面1件，邮寄3件），办结44件: the 47 in the bracket is no whole of what stands outside
            if (alike and total in own) or (unread and not _changed_places(claim, run, book, year)):
                return True
    return False


def _is_what_others_make_up(claim: Claim, behind: Sequence[Claim], wrong: set[int]) -> bool:
    """未予公开的申请70件（不予公开21件、无法提供49件）: whether other figures that the tables have, right behind a number, come to it."""
    if claim.kind not in _OUTCOME_KINDS or claim.readings[0][0].startswith(_WHOLES):
        return False  # 收到32件，办结29件、结转3件: what came is not what was made of it
    if claim.spot.paragraph.text[claim.mention.end : claim.mention.end + 1] not in ("（", "("):
        return False  # 予以公开18件、部分公开3件…: others of a list come to one of them by chance
    left = claim.mention.value
    own = claim.readings[0][0].removesuffix(".total")
    for at, one in enumerate(behind):
        if one.kind not in _OUTCOME_KINDS or one.relation != "value" or id(one) in wrong:
            return False
        left -= one.mention.value
        if left <= 0:
            parts = behind[: at + 1]
            within = all(
                part.readings[0][0].startswith(f"{own}.") for part in parts
            )  # 无法提供45件，即不掌握38件与另行制作7件
            return left == 0 and at > 0 and not within
    return False


def _changed_places(claim: Claim, run: Sequence[Claim], book: Book, year: int | None) -> bool:
    """Whether two numbers of a list only stand for each other: a sum holds all the same."""
    return any(
        claim.mention.value in _values(one, book, year) and one.mention.value in _values(claim, book, year)
        for one in run
        if one is not claim
    )
