"""What a number leaves unsaid, settled by the tables: 企业新收75件、办结73件 does not say whose 73 were.

The kind of applicant, the outcome, the kind of cases or the year that a number does not name itself may be any that its
sentence named before it. Where the likeliest reading does not hold and such another one does, that one was meant; where
none does, the likeliest stays, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from assistant.figures.book import Book
from assistant.figures.claims import Claim
from assistant.figures.interpret import CASES
from assistant.figures.readings import fits, sum_of
from assistant.language.sentences import full_stops_around
from assistant.lexicon import phrase
from assistant.lexicon.match import Reading, Token, tokens_in
from assistant.patterns import regex

__all__ = ["settled"]

_STOP = regex("[；;]")
_ENDS_AN_ASIDE = regex("[；;]|^[^（(]*[）)]")
_ROWS = ("outcome", "leaf", "bare", "verb")
_CARRIED = ("carried_in", "carried_out")


def settled(claims: Iterable[Claim], book: Book, year: int | None) -> tuple[Claim, ...]:
    """The claims of a report of ``year``; those that only hold in another sense of their sentence, in that sense."""
    told: list[Claim] = []
    sentence: list[Claim] = []
    for _, members in groupby(claims, key=lambda claim: (id(claim.spot.paragraph), claim.spot.sentence)):
        subject = _one_kind(sentence)
        sentence = []
        moved: dict[tuple[Reading, ...], Claim] = {}
        meant: dict[str, Reading] = {}  # what a metric was found to stand for
        told_as: list[Claim] = []  # the claims of the sentence as they were read
        for claim in members:
            known = moved.get(claim.readings) if claim.relation not in ("value", "none") else None
            if known:
                claim = claim._replace(readings=known.readings, kind=known.kind)  # 新收75件，占2.13%
            if claim.kind == "sum" and _holds(claim, book, year or 0) is False:
                readings = (tuple(m for each in one for m in meant.get(each, (each,))) for one in claim.readings)
                claim = claim._replace(readings=tuple(dict.fromkeys(readings)))  # of what its parts turned out to be
            known_to_be = subject if _goes_on_with(claim, subject) else ()
            bound = _bound_to_the_one_before(claim, sentence, told_as[-1] if told_as else None, book, year)
            sentence.append(bound or _settled(claim, (*known_to_be, *sentence), book, year))
            told_as.append(claim)
            if claim.readings and len(claim.readings[0]) == 1:
                meant[claim.readings[0][0]] = _meant(sentence[-1], book, year)
            if sentence[-1].readings != claim.readings:
                moved[claim.readings] = sentence[-1]
        told += sentence
    return tuple(told)


def _bound_to_the_one_before(
    claim: Claim, settled_before: Sequence[Claim], before: Claim | None, book: Book, year: int | None
) -> Claim | None:
    """A number that is of the same as the one before it, in whatever sense that one was settled: where 部分公开由15件增至18件
    begins with natural persons, it ends with them; in 7件，其中自然人5件、企业2件 the kinds are of one row."""
    if not settled_before or before is None or year is None or "value" != claim.relation != before.relation:
        return None
    last = settled_before[-1]
    lead = claim.spot.paragraph.text[last.mention.end : claim.mention.start]
    goes_to = before.year == year - 1 and claim.year == year and phrase("comparisons", "to_now").fullmatch(lead)
    if goes_to and before.readings == claim.readings:
        senses = [each for each in last.readings if _holds(last._replace(readings=(each,)), book, year)]
        return claim._replace(readings=tuple(senses), kind=last.kind) if senses else None
    of_one_row = claim.kind == last.kind == "column" and _row(before) == _row(claim) != _row(last)
    joined = claim.year == last.year and phrase("comparisons", "joined").fullmatch(lead)
    if of_one_row and joined and len(last.readings) == 1:
        column = claim.readings[0][0].rpartition(".")[2]
        return claim._replace(readings=((f"{_row(last)}.{column}",),))
    return None


def _meant(claim: Claim, book: Book, year: int | None) -> Reading:
    """The reading of a claim that holds, else the likeliest."""
    if year is None or claim.relation != "value":
        return claim.readings[0]
    return next(
        (each for each in claim.readings if _holds(claim._replace(readings=(each,)), book, year)), claim.readings[0]
    )


def _row(claim: Claim) -> str:
    return claim.readings[0][0].rpartition(".")[0] if claim.readings and len(claim.readings[0]) == 1 else ""


def _one_kind(sentence: Sequence[Claim]) -> Sequence[Claim]:
    """The claim that a sentence begins with, where all its claims are of one kind of applicants."""
    of = {claim.readings[0][0].rpartition(".")[2] for claim in sentence if claim.readings}
    return sentence[:1] if len(of) == 1 and "total" not in of and sentence[0].relation == "value" else ()


def _goes_on_with(claim: Claim, subject: Sequence[Claim]) -> bool:
    """自然人申请办结6件。无法提供的3件、不予公开的1件…: the next sentence of the paragraph still tells of them."""
    same = bool(subject) and claim.spot.paragraph is subject[0].spot.paragraph
    return same and not phrase("comparisons", "all_of_them").search(claim.spot.sentence)


def _settled(claim: Claim, before: Sequence[Claim], book: Book, year: int | None) -> Claim:
    if year is None or claim.relation not in ("value", "change") or _holds(claim, book, year) is not False:
        return claim
    return next((other for other in _senses(claim, before, year) if _holds(other, book, year)), claim)


def _holds(claim: Claim, book: Book, year: int) -> bool | None:
    """Whether the tables have what a claim says; ``None`` where they have nothing to compare with."""
    if claim.year not in (year, year - 1):
        return None
    found = [_comes_to(claim, reading, book, ".last_year" if claim.year != year else "") for reading in claim.readings]
    values = [value for value in found if value is not None]
    return any(fits(claim.mention, value) for value in values) if values else None


def _comes_to(claim: Claim, reading: Reading, book: Book, suffix: str) -> Decimal | None:
    value = sum_of(reading, suffix, book)
    if claim.relation == "value" or value is None:
        return value / claim.per if value is not None else None
    before = sum_of(reading, ".last_year", book)
    if before is None:
        return None
    return (value - before) * claim.direction if claim.direction else abs(value - before)


def _senses(claim: Claim, before: Sequence[Claim], year: int) -> Iterator[Claim]:
    """Other things that a claim may say, likeliest first."""
    text, place = claim.spot.paragraph.text, claim.mention.start
    start, _ = full_stops_around(text, place)
    sentence = text[start:place]
    lead = _STOP.split(sentence)[-1]
    if claim.kind == "column":
        lead = sentence  # 办结件中自然人27件；商业企业2件: the row stands for all kinds of applicants that are listed
    own = phrase("sentences", "clause_end").split(lead)[-1]
    behind = phrase("sentences", "clause_end").split(text[claim.mention.end :], maxsplit=1)[0]
    if claim.relation == "change" and phrase("comparisons", "than_last_year").search(own):
        yield claim._replace(relation="value", direction=0, year=year - 1)  # 85件，少于上年109件: what it was
    of_a_change = claim.kind == "column" and before and before[-1].relation == "change"
    if of_a_change and phrase("comparisons", "of_a_change").fullmatch(text, before[-1].mention.end, place):
        yield claim._replace(relation="change", direction=before[-1].direction)
    earlier = tokens_in(lead[: len(lead) - len(own)])
    said = tuple(token for token in (*tokens_in(own), *tokens_in(claim.why)) if token.says != "requests")
    if said:
        earlier = (*earlier, *tokens_in(behind))  # 新收的75件商业企业申请
    elif not phrase("naming", "some_of_these").match(behind):
        said = tokens_in(behind)  # 1件结转下年
    if before and phrase("comparisons", "only_last_year").fullmatch(own):
        # 不予处理4件；其他处理1件，上年2件: of what was named with the number right before, or behind it
        begin = before[-2].mention.end if len(before) > 1 else start
        earlier, before = tokens_in(text[max(start, begin) : place]), ()
    readings: list[Reading] = []
    in_order = phrase("comparisons", "in_order").search(own) and not tokens_in(own)
    totals = phrase("comparisons", "says_it_all").search(own) and claim.kind != "column"
    if not (totals or in_order or any(token.kind == "rest" for token in said)):
        together = bool(phrase("comparisons", "together").search(lead))
        readings = list(dict.fromkeys(_otherwise(claim, before, earlier, said, together=together)))
    years = [claim.year]
    if claim.relation == "value" and (
        _is_of_a_named_year(claim, own, year) or _goes_on_with_last_year(claim, before, own, year)
    ):
        years.append(year - 1 if claim.year == year else year)
    for of in years:
        for reading in (*(claim.readings if of != claim.year else ()), *readings):
            yield claim._replace(readings=(reading,), kind=_kind(reading, claim.kind), year=of)


def _is_of_a_named_year(claim: Claim, own: str, year: int) -> bool:
    """与2023年报告的结转下年度121件一致: the name of a row may hold a year, or stand beside one."""
    carried = any(metric.split(".")[1] in _CARRIED for reading in claim.readings for metric in reading)
    if carried:
        named = phrase("comparisons", "named_year").search(own)
        return named is not None and named[0] != f"{year}年"
    return claim.year == year and bool(phrase("comparisons", "last_year_itself").search(own))  # 加上上年末有效的5件


def _goes_on_with_last_year(claim: Claim, before: Sequence[Claim], own: str, year: int) -> bool:
    """上年为13件，自然人12件、企业1件: what is listed behind last year's number is last year's, too, but not behind a semicolon or
    the bracket that it stands in (制发6件（上年8件）、废止4件), nor where it was only compared with (26件，比上年22件多4件，办结27件)."""
    last = next((one for one in reversed(before) if one.relation not in ("none", "share")), None)
    if claim.year != year or last is None or last.relation != "value" or last.year != year - 1:
        return False
    between = claim.spot.paragraph.text[last.mention.end : claim.mention.start]
    return not (phrase("comparisons", "any_year").search(own) or _ENDS_AN_ASIDE.search(between))


def _kind(reading: Reading, kind: str) -> str:
    if not reading[0].startswith("requests."):
        return kind if kind not in ("total", "case") else "total" if reading[0].endswith(".total") else "case"
    return "column" if not reading[0].endswith(".total") else "leaf" if kind == "column" else kind


def _otherwise(
    claim: Claim, before: Sequence[Claim], earlier: Sequence[Token], own: Sequence[Token], *, together: bool
) -> Iterator[Reading]:
    """The readings of a claim with what it leaves unsaid taken from the words around it."""
    said = {token.kind for token in own}
    columns = () if "column" in said else _columns(before, earlier)
    rows = _rows_named(own) if claim.relation == "change" else () if said & set(_ROWS) else _rows(before, earlier)
    for reading in claim.readings:
        if all(metric.startswith("requests.") for metric in reading):
            for column in columns:
                yield tuple(f"{metric.rpartition('.')[0]}.{column}" for metric in reading)
            own_columns = dict.fromkeys(metric.rpartition(".")[2] for metric in reading)
            for row in rows:
                yield tuple(f"requests.{row}.{column}" for column in own_columns)
            for row in rows if columns else ():
                yield (f"requests.{row}.{columns[0]}",)  # 自然人办结125件，公开48件；今年135件中
        elif all(metric.startswith(CASES) for metric in reading):
            yield from _cases(reading, said, earlier, together=together)


def _columns(before: Sequence[Claim], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Kinds of applicants that were named, the last one first."""
    named = [column for token in tokens if token.kind == "column" for column in token.entry.means]
    told = [claim.readings[0][0] for claim in before if claim.readings and claim.readings[0][0].startswith("requests.")]
    named += [column for metric in told if (column := metric.rpartition(".")[2]) != "total"]
    return tuple(dict.fromkeys(reversed(named)))


def _rows(before: Sequence[Claim], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Rows of table 3 that were named, the last one first."""
    told = [
        metric.removeprefix("requests.").rpartition(".")[0]
        for claim in before
        for reading in claim.readings
        for metric in reading
        if metric.startswith("requests.")
    ]
    return tuple(dict.fromkeys(reversed((*told, *_rows_named(tokens)))))


def _rows_named(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(row for token in tokens if token.kind in _ROWS for row in token.entry.means if "+" not in row)


def _cases(reading: Reading, said: set[str], tokens: Sequence[Token], *, together: bool) -> Iterator[Reading]:
    """Another outcome of the same cases, or the same outcome of both kinds where they are told ``together``."""
    if "case" not in said:
        outcomes = [token.says for token in reversed(tokens) if token.kind == "case"]
        for outcome in (*dict.fromkeys(outcomes), "total"):
            yield tuple(f"{metric.rpartition('.')[0]}.{outcome}" for metric in reading)
    named = {token.says for token in tokens if token.kind == "object"}
    if together and "object" not in said and "review" in named and any(kind.startswith("litigation") for kind in named):
        # 复议与两类诉讼一并计算，维持共128件
        outcomes = list(dict.fromkeys(metric.rpartition(".")[2] for metric in reading))
        yield tuple(f"{kind}.{outcome}" for kind in ("review", "litigation") for outcome in outcomes)
