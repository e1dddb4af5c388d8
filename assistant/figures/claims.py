"""What the numbers in prose claim about the figures of the report.

A claim says which sums of the book's figures a number may mean (``readings``, likeliest first), for which year, and
within which scope. It holds when any reading agrees at the precision that was written. Numbers that claim nothing are
kept too: what could not be checked is listed, so that nobody takes silence for a pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.figures.lexicon import Reading, Words, interpret
from assistant.figures.mentions import Mention, mentions_in, years_in
from assistant.form.phrases import CASE_UNITS, SCOPES, UNCHECKABLE_SCOPES
from assistant.report import Paragraph, Report

__all__ = ["Claim", "Relation", "Spot", "claims_in", "claims_of", "sentences"]

Relation = Literal["value", "yoy", "share", "none"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands: section, paragraph and the sentence around it, for findings and for a person's eye."""

    section: str
    section_title: str
    paragraph: Paragraph
    sentence: str

    @property
    def where(self) -> str:
        line = f"第{self.paragraph.source.line}行" if self.paragraph.source.line else ""
        return f"{self.section_title}{'·' if self.section_title and line else ''}{line}" or "正文"


@dataclass(frozen=True, slots=True)
class Claim:
    """One number with what it says. ``kind`` is the family of words it was read by (row, group, leaf, column, total,
    case, stage, decisions); ``why`` names the words for people; ``year`` is the year it speaks of."""

    mention: Mention
    spot: Spot
    relation: Relation
    readings: tuple[Reading, ...] = ()
    kind: str = ""
    year: int | None = None
    scope: str = ""
    direction: int = 0
    why: str = ""


DIFFERENCE = "增减数"
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_CLAUSE_END = re.compile(r"[，,：:；;。！？、（(]")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_LAST_CLAUSE = re.compile(r"[，,：:；;。]")
_ONLY_FILLER = re.compile(r"[，,：:；;\s]*(?:共|共计|总计|合计|累计|为|其中|达|分别为|计|有)*\s*")
_YOY = re.compile(r"同比|(?:较|比|与)(?:上一?年度?|去年|20\d\d年)(?:同期)?(?:相比)?|环比")
_UP, _DOWN = re.compile(r"增长|上升|增加|提高|增幅|多了?$"), re.compile(r"下降|减少|回落|降低|降幅|下滑|少了?$")
_TREND = re.compile(r"(?:增长|上升|增加|提高|增幅|下降|减少|回落|降低|降幅|下滑)(?:了|为|达)?")
_SHARE = re.compile(r"占(?:比|总数|总量|全部|申请总[数量]|办理总[数量])?[^，。；]{0,12}$")
_YEAR_ALONE = re.compile(r"[，,；;：:\s]*(?:而|在)?(?:上一?年度?|去年|20\d\d年度?)(?:同期)?(?:为|是|有|仅为|仅)?\s*")
# 上年结转 is a row of this year's table; 去年收到 is a number of last year's.
_RELATIVE_YEAR = re.compile(r"(去年|上一?年度?(?!结转|转|遗留|接转|未|同期|相比))|今年|本年度?|全年")
_COMPARED_YEAR = re.compile(r"(?:较|比|与|同|和)\s*$")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) of a paragraph; a semicolon does not end a sentence, its subject goes on."""
    for found in _SENTENCE.finditer(text):
        yield found.start(), found.group()


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Every number of the report's prose, with what it claims."""
    found: list[Claim] = []
    for paragraph in report.preamble:
        found += _paragraph_claims(paragraph, "preamble", "导语", report.year)
    for section in report.sections:
        title = f"{section.number}、{section.title}" if section.number else section.title
        topic = "requests" if section.id == "requests" else ""
        for paragraph in section.paragraphs:
            topic = _topic_of_heading(paragraph, topic)
            found += _paragraph_claims(paragraph, section.id or "", title, report.year, topic)
    return tuple(found)


def claims_in(text: str, year: int | None, section: str = "") -> tuple[Claim, ...]:
    """The claims of one text outside any report."""
    return tuple(
        _paragraph_claims(Paragraph(text=text), section, "", year, "requests" if section == "requests" else "")
    )


def _topic_of_heading(paragraph: Paragraph, topic: str) -> str:
    """（二）依申请公开情况 sets what its paragraphs speak of; the next sub-heading ends it."""
    opening = paragraph.text[:16]
    if not (paragraph.heading or re.match(r"\s*[（(][一二三四五六七八九十]+[）)]", opening)):
        return topic
    return "requests" if "依申请公开" in opening else ""


def _paragraph_claims(paragraph: Paragraph, section: str, title: str, year: int | None, topic: str = "") -> list[Claim]:
    claims: list[Claim] = []
    text = paragraph.text
    mentions = mentions_in(text)
    for offset, sentence in sentences(text):
        inside = [m for m in mentions if offset <= m.start < offset + len(sentence)]
        spot = Spot(section, title, paragraph, sentence.strip())
        claims += _sentence_claims(text, offset, offset + len(sentence), inside, spot, year, topic)
    return claims


def _sentence_claims(
    text: str, start: int, end: int, mentions: Sequence[Mention], spot: Spot, year: int | None, topic: str
) -> Iterator[Claim]:
    carried = Words(object=topic)
    outside: Words | None = None
    last_value: Claim | None = None
    for index, mention in enumerate(mentions):
        opened = _open_bracket(text, start, mention.start)
        head = _head(text, opened if opened is not None else start, mention, mentions[:index])
        tail = _tail(text, mention.end, mentions[index + 1].start if index + 1 < len(mentions) else end)
        if opened is None and outside is not None:
            carried, outside = outside, None  # what a bracket said does not carry on behind it
        elif opened is not None and outside is None:
            outside = carried
        claim = _claim(text, start, head, tail, mention, spot, year, carried, last_value)
        yield claim
        if opened is None and not mention.percent:
            # A rate is of the number just before it: 新收24件，比上年多1件，增长4.35% is still of the 24.
            last_value = claim if claim.relation == "value" else last_value if claim.why == DIFFERENCE else None
        carried = _carry(head, tail, carried, claim)


def _claim(
    text: str, start: int, head: str, tail: str, mention: Mention, spot: Spot, year: int | None,
    carried: Words, last_value: Claim | None,
) -> Claim:  # fmt: skip
    if mention.percent:
        return _percentage(head, text[start : mention.start], mention, spot, year, carried, last_value)
    clause = _clause(head)
    words = interpret(clause, tail, carried)
    compared_with = _YEAR_ALONE.fullmatch(clause)
    if compared_with and carried.rows:  # 新收88件，2022年为73件: the same row of another year
        words = Words(tuple((f"requests.{row}.total",) for row in carried.rows), carried.rows, "requests", "row")
    if _YOY.search(clause) or mention.unit not in _units_for(words):
        return Claim(mention, spot, "none", why=DIFFERENCE if _YOY.search(clause) else "")
    scope = _scope_of(text[start : mention.start]) or _other_cases(words, spot, carried)
    if not words.readings or scope in UNCHECKABLE_SCOPES:
        return Claim(mention, spot, "none", scope=scope)
    named = _year_of(text[start : mention.start], year)
    if words.rows[:1] in (("carried_in",), ("carried_out",)):
        named = year  # the year in 含2023年末未办结的4件 belongs to the phrase
    elif year and compared_with and not years_in(clause):
        named = year - 1
    return Claim(
        mention, spot, "value", words.readings, words.kind, named,
        scope, why=_clause(head).strip(),
    )  # fmt: skip


def _units_for(words: Words) -> frozenset[str]:
    return frozenset({"元"}) if words.object == "fees" else CASE_UNITS


def _percentage(
    head: str, before: str, mention: Mention, spot: Spot, year: int | None, carried: Words, last_value: Claim | None
) -> Claim:  # fmt: skip
    clause = _clause(head)
    own = interpret(_TREND.sub("", _YOY.sub("", clause)), "", carried)
    readings = own.readings or (last_value.readings if last_value else ())
    kind = own.kind or (last_value.kind if last_value else "")
    up, down = _UP.search(clause), _DOWN.search(clause)
    compared = _YOY.search(clause) or (_TREND.match(clause.lstrip("，, ")) and _YOY.search(before))
    if readings and compared and (up or down):
        scope = last_value.scope if last_value and not own.readings else ""
        return Claim(mention, spot, "yoy", readings, kind, year, scope, 1 if up else -1, clause.strip())
    if readings and _SHARE.search(clause):
        return Claim(mention, spot, "share", readings, kind, year, why=clause.strip())
    return Claim(mention, spot, "none")


def _carry(head: str, tail: str, carried: Words, claim: Claim) -> Words:
    """Subject and rows that the next number of the sentence may go on with."""
    words = interpret(_clause(head), tail, carried)
    object_ = words.object or carried.object
    # A column or a leaf is part of the rows before it: the next kind of applicant is of the same rows.
    rows = words.rows if claim.relation == "value" and words.kind in ("row", "group") else carried.rows
    return Words((), rows if object_ == "requests" else (), object_)


def _head(text: str, start: int, mention: Mention, before: Sequence[Mention]) -> str:
    """The words in front of a number: from the number before it, brackets between them left out."""
    previous = max((m.end for m in before if m.end > start), default=start)
    between = text[previous : mention.start]
    closing = max(between.rfind("）"), between.rfind(")"))
    if closing >= 0 and not re.search(r"[（(]", between[:closing]):
        # The number before stood in a bracket: what leads to this one begins before that bracket.
        opening = max(text.rfind("（", start, previous), text.rfind("(", start, previous))
        lead_in = (
            re.split(r"[，,；;。、\d]", text[start:opening])[-1] if not between[closing + 1 :].strip("，, ") else ""
        )
        between = lead_in + between[closing + 1 :]
    head = _BRACKETS.sub("", between)
    return head[1:] if head[:1] in "（(" else head


def _clause(head: str) -> str:
    """The last clause of a head; a clause of nothing but 共 or 其中 is read with the one before it."""
    cut = [found.end() for found in _LAST_CLAUSE.finditer(head)]
    for place in reversed(cut):
        if not _ONLY_FILLER.fullmatch(head[place:]):
            return head[place:]
    return head


def _tail(text: str, start: int, end: int) -> str:
    found = _CLAUSE_END.search(text, start, end)
    return text[start : found.start() if found else end]


def _open_bracket(text: str, start: int, at: int) -> int | None:
    """Offset behind the bracket that is still open at ``at``; ``None`` outside brackets."""
    opened: list[int] = []
    for place in range(start, at):
        if text[place] in "（(":
            opened.append(place + 1)
        elif text[place] in "）)" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _year_of(before: str, year: int | None) -> int | None:
    """The year a number speaks of: the last one its sentence names before it, unless only compared with."""
    named = [(place, y) for place, y in years_in(before) if not _COMPARED_YEAR.search(before[:place])]
    if year is not None:
        named += [
            (word.start(), year - 1 if word[1] else year)
            for word in _RELATIVE_YEAR.finditer(before)
            if not _COMPARED_YEAR.search(before[: word.start()])
        ]
    return max(named)[1] if named else year


def _other_cases(words: Words, spot: Spot, carried: Words) -> str:
    """全县办理行政复议170件: outside section four such a number may be of all cases, not of those about disclosure."""
    if words.kind not in ("total", "case") or spot.section in ("review", "requests") or carried.object:
        return ""
    return "" if "公开" in spot.paragraph.text else "未写明因政府信息公开"


def _scope_of(before: str) -> str:
    return next((name or found.group() for pattern, name in SCOPES if (found := re.search(pattern, before))), "")
