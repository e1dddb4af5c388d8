"""What a rate or a change in prose may come to, by the report's own numbers and the tables of both years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.figures.book import label_of
from assistant.figures.claims import Claim
from assistant.figures.dossier import Dossier
from assistant.figures.shares import Share
from assistant.language.numerals import number, rounded
from assistant.lexicon import phrase
from assistant.lexicon.match import Reading

__all__ = ["MOVES", "Change", "can_be_reckoned", "changes_of", "denominators_of", "numerators_of", "value_of"]

_WHOLE_ROWS = {"新收": ("received",), "办结": ("concluded",), "答复": ("concluded",), "办理": ("concluded", "workload")}
_ANY_ROW = ("received", "workload", "concluded")
_SHOWN_PLACES = Decimal("0.01")


class Change(NamedTuple):
    """How much a reading changed since last year, at the precision that was written, and how that came about."""

    value: Decimal
    worked_out: str


MOVES = ("yoy", "change", "multiple", "points")
"""Relations to last year's tables."""


def changes_of(claim: Claim, dossier: Dossier) -> tuple[Change, ...]:
    """The change of each reading of a claim; none for readings that one of the two years does not have."""
    if claim.relation == "points":
        return tuple(
            change for reading in claim.readings for of in claim.of for change in _points(claim, reading, of, dossier)
        )
    return tuple(change for reading in claim.readings if (change := _change(claim, reading, dossier)))


def _change(claim: Claim, reading: Reading, dossier: Dossier) -> Change | None:
    figures = [(dossier.book.value(metric), dossier.book.value(f"{metric}.last_year")) for metric in reading]
    now = sum((present for present, _ in figures if present is not None), Decimal(0))
    before = sum((past for _, past in figures if past is not None), Decimal(0))
    if any(present is None or past is None for present, past in figures):
        return None
    name = "＋".join(label_of(metric).removesuffix("（总计）") for metric in reading)
    both = f"{name} {number(before)}→{number(now)}"
    if claim.relation == "change":
        scale = 10000 if reading[0] == "disclosure.fees.amount" else 1  # the table has 万元, mentions are in 元
        change = (
            rounded((now - before) * scale / claim.per, claim.mention.step) if claim.per > 1 else (now - before) * scale
        )
        return Change(change, f"{both}，增减{number(now - before)}")
    if not before:
        return None
    if claim.relation == "multiple":
        scale, unit = (100, "%") if claim.mention.percent else (1, "倍")
        value = rounded(now * scale / before, claim.mention.step)
        return Change(value, f"{both}，是上年的{rounded(now * scale / before, _SHOWN_PLACES):f}{unit}")
    times = claim.mention.unit == "倍"
    rate = (now - before) * (1 if times else 100) / before
    return Change(
        rounded(rate, claim.mention.step), f"{both}，{rounded(rate, _SHOWN_PLACES):f}{'倍' if times else '%'}"
    )


def _points(claim: Claim, reading: Reading, of: Reading, dossier: Dossier) -> Iterator[Change]:
    """By how many points a share changed: of the exact shares, or of the shares as they are written."""
    told = [value_of(metrics, dossier, suffix) for suffix in (".last_year", "") for metrics in (reading, of)]
    part_before, whole_before, part, whole = (value or Decimal(0) for value in told)
    if None in told or not whole_before or not whole:
        return
    before, now = part_before * 100 / whole_before, part * 100 / whole
    step = claim.mention.step
    shown = f"{rounded(before, _SHOWN_PLACES):f}%→{rounded(now, _SHOWN_PLACES):f}%"
    for places in (step, step / 10, step / 100):
        yield Change(rounded(rounded(now, places) - rounded(before, places), step), shown)


def can_be_reckoned(share: Share, dossier: Dossier) -> bool:
    """Whether there are numbers to check a share by."""
    return bool(numerators_of(share, dossier)) and any(denominators_of(share, dossier))


def numerators_of(share: Share, dossier: Dossier) -> tuple[Decimal, ...]:
    """The number that stands before a share, or else what the tables have for the words that do."""
    if share.part:
        return () if share.part.mention.bound else (share.part.mention.value,)
    values = (value_of(reading, dossier, _suffix(share, dossier)) for reading in share.rate.readings)
    return tuple(dict.fromkeys(value for value in values if value is not None))


def denominators_of(share: Share, dossier: Dossier) -> tuple[Decimal, ...]:
    """Numbers of the sentence or paragraph, and the totals of the table that the part belongs to."""
    named = next((rows for word, rows in _WHOLE_ROWS.items() if word in share.named), ())
    of_these = phrase("shares", "among_these")
    among = next((one for one in share.wholes if of_these.match(one.spot.paragraph.text, one.mention.end)), None)
    if among and among.spot.sentence == share.rate.spot.sentence and not share.named:
        return (among.mention.value,)  # 审结的8件中，维持6件，占75%
    stated = [whole.mention.value for whole in share.wholes if not named or _may_be_of(whole, named)]
    return tuple(dict.fromkeys((*stated, *_totals(share, dossier))))


def _may_be_of(whole: Claim, rows: Sequence[str]) -> bool:
    """Whether a number may be the whole that a share names: 占新收总数的40.2% is of no 办结184件."""
    told = {metric.split(".")[1] for reading in whole.readings for metric in reading if metric.startswith("requests.")}
    return not told or bool(told & set(rows))


def _totals(share: Share, dossier: Dossier) -> Iterator[Decimal]:
    if share.rate.of:
        suffix = _suffix(share, dossier)
        yield from (value for reading in share.rate.of if (value := value_of(reading, dossier, suffix)) is not None)
        leaf = share.rate.readings[0][0] if share.rate.readings else ""
        if leaf.count(".") > 2:  # 无法提供的180件中，不掌握155件，比重由87.13%降至86.11%: of its group
            of_group = value_of((f"{leaf.rsplit('.', 2)[0]}.total",), dossier, suffix)
            yield from () if of_group is None else (of_group,)
        return
    readings = share.rate.readings or (share.part.readings if share.part else ())
    lead = share.part.spot.paragraph.text[: share.part.mention.start] if share.part else ""
    if not readings and phrase("shares", "some_requests").search(lead):
        readings = (("requests.workload.total",),)  # 涉及征地拆迁的申请46件，占29.11%: of all applications
    if not readings:
        # 三类合计35件，占办结的22.44%: of no figure, but its whole is named.
        for whole in next((rows for word, rows in _WHOLE_ROWS.items() if word in share.named), ()):
            if value := dossier.book.value(f"requests.{whole}.total"):
                yield value
        if share.part and "申请" in share.part.spot.sentence:
            yield from (v for row in _ANY_ROW if (v := dossier.book.value(f"requests.{row}.total")))
        return
    first = readings[0][0]
    if first.startswith("requests."):
        named = next((rows for word, rows in _WHOLE_ROWS.items() if word in share.named), _ANY_ROW)
        row, _, column = first.removeprefix("requests.").rpartition(".")
        group = (row.partition(".")[0],) if "." in row and not share.named else ()  # 不掌握的占70.3%: of 无法提供
        for whole in dict.fromkeys((*named, *group, row) if column != "total" else (*named, *group)):
            for of in dict.fromkeys(("total", *_kinds_around(row, column))):
                if value := dossier.book.value(f"requests.{whole}.{of}"):
                    yield value
    elif first.startswith(("review.", "litigation.")):
        own, _, outcome = first.rpartition(".")
        wholes = [own] if outcome != "total" else ["litigation"] if "." in own else ["review", "litigation"]
        total = value_of([f"{kind}.total" for kind in wholes], dossier)
        if total is not None:
            yield total


def _kinds_around(row: str, column: str) -> tuple[str, ...]:
    """An outcome of one kind of applicant is a share of all of that kind; a kind of organisation of all organisations."""
    own = () if row in _ANY_ROW else (column,)
    return own if column in ("total", "natural_person", "legal_person") else (*own, "legal_person")


def _suffix(share: Share, dossier: Dossier) -> str:
    """Of which year's tables a share is."""
    year = dossier.report.year
    return ".last_year" if year and share.rate.year == year - 1 else ""


def value_of(reading: Sequence[str], dossier: Dossier, suffix: str = "") -> Decimal | None:
    """What the cells of a reading come to in the tables of this year, or of last year (``.last_year``)."""
    values = [dossier.book.value(f"{metric}{suffix}") for metric in reading]
    return None if any(value is None for value in values) else sum((v for v in values if v is not None), Decimal(0))
