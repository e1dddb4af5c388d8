"""Wholes and their parts in prose: 共119期，其中市级47期、宿城区28期…; 3607件（市政府349件、…）; 市级5件、县级7件，合计12件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures.claims import Claim, by_paragraph
from assistant.figures.mentions import Mention
from assistant.form import GROUPS
from assistant.patterns import regex

__all__ = ["OUTCOMES", "Breakdown", "OutcomeList", "breakdowns", "outcome_lists", "single_parts"]

_AMONG = regex(
    r"其中[，,：:]?|分别(?:为|是)|包括(?:了)?|主要(?:是|有|为|包括|涉及)|(?:内容|事项|类型|构成)(?:主要)?(?:涉及|为|包括)"
)
_LOOSE = regex(r"涉及|包括|主要|等|例如|如下")
_TOTAL_WORD = regex(r"共|总计|合计|累计|总数|总量|总额|收取")
_REST_IN_WORDS = regex(r"[，,、；;]\s*(?:其余|其[他它]|剩余|余下)(?![^，,。；;\d]{0,8}\d)")
_REMAINDER = regex(r"其余|剩余|余下")
_TOTAL_BEHIND = regex(r"[，,；;]?\s*(?:以上|[两三四五][类项种者])?(?:共计?|合计|总计|总共|累计|相加|之和)(?:为|达)?\s*")
_JOINED = regex(r"[、，,和及与加][^。；;，,\d]{1,14}")
_STATED = regex(r"(?:(?<!公)共(?![同享有建])|合计|总计|总共|累计)(?:[\u4e00-\u9fff]{0,8}|为|达)$")
_OPENS = regex(r"[，,：:][^。；;，,\d]{1,14}")
# A list of doings counts different things: 共举办培训3场，参加会议2场、调研5场.
_DOES = regex(r"参加|开展|举办|发布|召开|组织|办理|编发|接受|接待|处理|回复|收到|完成|制作|整改|其中|包括|主要")
_SENTENCE_ENDS = regex(r"\s*(?:[。；;]|$)")
_RUN_ENDS = regex(r"[。；;]|其中|同比")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and the parts listed for it: ``parts`` are those of one kind, ``listed`` all numbers up to the end of the
    list, which may go on with something else (其中自然人601件、法人19件，办结598件). ``exhaustive``: the words say that the parts are all of it (其中, 分别);
    otherwise (包括, 主要, 等) they may only not exceed it. ``stated_total``: the whole is called one (共, 总计)."""

    whole: Claim
    parts: tuple[Claim, ...]
    listed: tuple[Claim, ...]
    exhaustive: bool
    stated_total: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """What each part is called: the words in front of its number."""
        text = self.whole.spot.paragraph.text
        ends = [0, *(part.mention.end for part in self.parts)]
        leads = (text[end : part.mention.start] for end, part in zip(ends, self.parts, strict=False))
        return tuple(
            re.split(r"[，,、；;：:。（(）)\d]|其中|包括|分别(?:为|是)?", lead.rstrip("，,、 "))[-1].strip()
            for lead in leads
        )

    @property
    def total(self) -> Decimal:
        return sum((part.mention.value for part in self.parts), Decimal(0))

    @property
    def agrees(self) -> bool:
        """Whether the parts, or some of them from the first on, add up: what follows a full list may be another."""
        running, whole = Decimal(0), self.whole.mention.value
        for part in self.listed:
            running += part.mention.value
            if running == whole:
                return True
        return not self.exhaustive and self.total <= whole


def breakdowns(claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """Every whole with two or more listed parts. ``claims`` are those of a report, in order."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        counted = [claim for claim in members if not claim.mention.percent]
        yield from _listed(text, counted)
        yield from _bracketed(text, counted)
        yield from _totalled(text, counted)
        yield from _spelled_out(text, counted)


def single_parts(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """(whole, part) where 其中 names one part only."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        counted = [claim for claim in members if not claim.mention.percent]
        for word in _AMONG.finditer(text):
            first = next((c for c in counted if c.mention.start >= word.end() and not _bracketed_at(text, c)), None)
            wholes = _wholes_before(text, word.start(), counted, first.mention.unit) if first else []
            whole = max(wholes, key=lambda claim: claim.mention.value, default=None)
            if first and whole and not re.search(r"[。；;]", text[word.end() : first.mention.start]):
                yield whole, first


def _listed(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    for word in _AMONG.finditer(text):
        behind = [claim for claim in claims if claim.mention.start >= word.end() and not _bracketed_at(text, claim)]
        for unit in dict.fromkeys(claim.mention.unit for claim in behind):
            wholes = _wholes_before(text, word.start(), claims, unit)
            run = _run(text, word.end(), behind, unit)
            if wholes:
                # 建议96件、提案118件，其中建议…: the parts may be of an earlier one.
                total = sum((part.mention.value for part in _of_one_kind(text, run)), Decimal(0))
                whole = next((claim for claim in wholes if claim.mention.value == total), wholes[0])
                yield from _breakdown(text, whole, run, word.group())


def _wholes_before(text: str, at: int, claims: Sequence[Claim], unit: str) -> list[Claim]:
    """The numbers that 其中 may speak of, likeliest first: the last of that unit before it, in this sentence or at the end
    of the one before, then those listed with it."""
    before = [
        c for c in claims
        if c.mention.end <= at and c.mention.unit == unit and c.relation != "change" and not _bracketed_at(text, c)
    ]  # fmt: skip
    if not before:
        return []
    between = text[before[-1].mention.end : at]
    if between.count("。") > (1 if between.rstrip("，, ").endswith("。") else 0):
        return []
    listed = [before[-1]]
    for claim in reversed(before[:-1]):
        if not _JOINED.fullmatch(text[claim.mention.end : listed[-1].mention.start]):
            break
        listed.append(claim)
    return listed


def _run(text: str, start: int, behind: Sequence[Claim], unit: str) -> list[Claim]:
    """The numbers of one unit up to the end of the list."""
    run: list[Claim] = []
    place = start
    for claim in behind:
        if claim.mention.unit != unit:
            continue
        gap = text[place : claim.mention.start]
        ended = _RUN_ENDS.search(gap) if run else None
        # 沭阳县1件，收取880元；泗洪县1件，收取1080元: a semicolon parts items that each name several numbers.
        if ended and not (ended.group() in "；;" and _several_units(text, start, claim.mention)):
            break
        run.append(claim)
        place = claim.mention.end
    return run


def _several_units(text: str, start: int, mention: Mention) -> bool:
    first_item = re.split(r"[；;]", text[start : mention.start])[0]
    return len(set(re.findall(r"\d\s*([^\d\s，,、.%])", first_item))) >= 2


def _bracketed(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    for index, whole in enumerate(claims):
        opening = re.match(r"\s*[（(]", text[whole.mention.end :])
        if not opening:
            continue
        end = re.search(r"[）)]", text[whole.mention.end :])
        stop = whole.mention.end + end.start() if end else len(text)
        inside = [c for c in claims[index + 1 :] if c.mention.start < stop and c.mention.unit == whole.mention.unit]
        lead = text[whole.mention.end + opening.end() :][:3]
        if inside and all(c.relation == "none" for c in inside) and not lead.startswith(("含", "不含", "另")):
            yield from _breakdown(text, whole, inside, "其中")


def _totalled(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """A list that its total follows: the numbers of one unit right before 合计, as many as make it up, else all of them."""
    for index, whole in enumerate(claims):
        run: list[Claim] = []
        for claim in reversed(claims[:index]):
            behind = run[0].mention.start if run else whole.mention.start
            gap = text[claim.mention.end : behind]
            if claim.mention.unit != whole.mention.unit or not (
                _JOINED.fullmatch(gap) if run else _TOTAL_BEHIND.fullmatch(gap)
            ):
                break
            run.insert(0, claim)
        sums = [sum((c.mention.value for c in run[start:]), Decimal(0)) for start in range(len(run))]
        fitting = sums.index(whole.mention.value) if whole.mention.value in sums[:-1] else 0
        yield from _breakdown(text, whole, run[fitting:], "合计", behind=True)


def _spelled_out(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    """合计90条，文字类57条、图表类33条: a stated total and right behind it a plain list to the end of the sentence."""
    for index, whole in enumerate(claims):
        if not _STATED.search(text[: whole.mention.start]):
            continue
        run: list[Claim] = []
        for claim in claims[index + 1 :]:
            gap = text[run[-1].mention.end if run else whole.mention.end : claim.mention.start]
            fits = _JOINED.fullmatch(gap) if run else _OPENS.fullmatch(gap)
            if claim.mention.unit != whole.mention.unit or claim.relation != "none" or not fits or _DOES.search(gap):
                break
            run.append(claim)
        if len(run) > 1 and _SENTENCE_ENDS.match(text, run[-1].mention.end):
            yield from _breakdown(text, whole, run, "合计", behind=True)


def _of_one_kind(text: str, run: Sequence[Claim]) -> list[Claim]:
    """The first numbers of a list, as long as they are told by words of one kind; 其余 is of every kind."""
    kept: list[Claim] = []
    for claim in run:
        lead = text[max(0, claim.mention.start - 6) : claim.mention.start]
        if kept and claim.kind != kept[0].kind and not _REMAINDER.search(lead):
            break
        kept.append(claim)
    return kept


def _breakdown(
    text: str, whole: Claim, run: Sequence[Claim], word: str, *, behind: bool = False
) -> Iterator[Breakdown]:
    parts = _of_one_kind(text, run)
    if len(parts) < 2 or any(part.mention.bound for part in parts) or whole.mention.bound:
        return
    listed = text[whole.mention.end : parts[-1].mention.end]
    trailing = text[parts[-1].mention.end : parts[-1].mention.end + 1]
    loose = (
        bool(_LOOSE.search(word))
        or bool(_LOOSE.search(listed))
        or trailing == "等"
        or bool(_REST_IN_WORDS.match(text, parts[-1].mention.end))
    )
    lead = text[max(0, whole.mention.start - 30) : whole.mention.start]
    clause = re.split(r"[。；;]", lead)[-1]
    # Where the total follows, the list before it may begin with numbers of something else.
    stated = bool(_TOTAL_WORD.search(clause)) and not behind
    yield Breakdown(whole, tuple(parts), tuple(run), not loose, stated)


def _bracketed_at(text: str, claim: Claim) -> bool:
    before = text[: claim.mention.start]
    return max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))


# Outcomes of applications listed one after the other: 予以公开11件、部分公开3件、不予公开2件…

OUTCOMES = ("granted", "partly_granted", *(group.id for group in GROUPS))
_WHOLES = ("concluded", "received", "workload", "carried_in")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class OutcomeList:
    """Three or more outcomes in a row, and the totals before them that they may add up to, nearest first. ``rest`` is
    what the list says is carried over to next year, ``covered`` the outcomes it names."""

    parts: tuple[Claim, ...]
    rest: Decimal
    wholes: tuple[Claim, ...]

    @property
    def covered(self) -> frozenset[str]:
        return frozenset(row for part in self.parts for row in _rows(part))

    @property
    def totals(self) -> tuple[Claim, ...]:
        """Totals that the list alone may add up to: not what was carried in."""
        return tuple(claim for claim in self.wholes if _row(claim) != "carried_in")

    @property
    def workload(self) -> Decimal | None:
        """What was received and what was carried in, where both are told before the list."""
        told = {_row(claim): claim.mention.value for claim in reversed(self.wholes)}
        return told["received"] + told["carried_in"] if {"received", "carried_in"} <= told.keys() else None

    @property
    def total(self) -> Decimal:
        return sum((part.mention.value for part in self.parts), Decimal(0))


def outcome_lists(claims: Sequence[Claim]) -> Iterator[OutcomeList]:
    """Every list of outcomes that a total stands before, in the same paragraph."""
    for members in by_paragraph(claims):
        counted = [claim for claim in members if not claim.mention.percent and claim.year == members[0].year]
        run: list[Claim] = []
        rest = Decimal(0)
        for claim in [*counted, None]:
            if claim and run and _in_brackets(claim) and not _in_brackets(run[0]):
                continue  # 予以公开和部分公开96件（予以公开81件、部分公开15件） names the same twice
            if claim and _groups(claim) & {row for part in run for row in _rows(part)}:
                continue  # 不予公开3件，其中国家秘密1件: the leaf is counted with its group
            if claim and _rows(claim) and not set(_rows(claim)) & {row for part in run for row in _rows(part)}:
                run.append(claim)
            elif claim and run and _row(claim) == "carried_out":
                rest += claim.mention.value
            else:
                listed = OutcomeList(tuple(run), rest, _wholes(counted, run[0])) if len(run) >= _FEWEST else None
                if listed and listed.totals:
                    yield listed
                run, rest = ([claim] if claim and _rows(claim) else []), Decimal(0)


def _row(claim: Claim) -> str:
    first = claim.readings[0][0] if claim.readings else ""
    if claim.relation != "value" or not first.startswith("requests.") or not first.endswith(".total"):
        return ""
    return first.removeprefix("requests.").removesuffix(".total")


def _rows(claim: Claim) -> tuple[str, ...]:
    """The outcomes that a number counts, leaves as leaves (``denied.state_secret``); empty for anything else."""
    if not _row(claim) or claim.mention.bound:
        return ()
    rows = tuple(metric.removeprefix("requests.").removesuffix(".total") for metric in claim.readings[0])
    return rows if all(row.partition(".")[0] in OUTCOMES for row in rows) else ()


def _groups(claim: Claim) -> set[str]:
    """The groups that the leaves of a number lie in."""
    return {row.partition(".")[0] for row in _rows(claim) if "." in row}


def _in_brackets(claim: Claim) -> bool:
    text, at = claim.spot.paragraph.text, claim.mention.start
    return max(text.rfind("（", 0, at), text.rfind("(", 0, at)) > max(text.rfind("）", 0, at), text.rfind(")", 0, at))


def _wholes(claims: Sequence[Claim], first: Claim) -> tuple[Claim, ...]:
    return tuple(
        claim for claim in reversed(claims) if claim.mention.start < first.mention.start and _row(claim) in _WHOLES
    )
