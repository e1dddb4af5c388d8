"""Wholes and their parts in prose: 共119期，其中市级47期、宿城区28期…; 3607件（市政府349件、…）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures.claims import Claim
from assistant.figures.mentions import Mention

__all__ = ["Breakdown", "breakdowns"]

_AMONG = re.compile(r"其中[，,：:]?|分别(?:为|是)|包括(?:了)?|主要(?:是|有|为|包括)")
_LOOSE = re.compile(r"包括|主要|等|例如|如下")
_TOTAL_WORD = re.compile(r"共|总计|合计|累计|总数|总量|总额|收取")
_REMAINDER = re.compile(r"其余|剩余|余下")
_RUN_ENDS = re.compile(r"[。；;]|其中|同比")


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
    by_paragraph: dict[int, list[Claim]] = {}
    for claim in claims:
        by_paragraph.setdefault(id(claim.spot.paragraph), []).append(claim)
    for members in by_paragraph.values():
        text = members[0].spot.paragraph.text
        yield from _listed(text, [claim for claim in members if not claim.mention.percent])
        yield from _bracketed(text, [claim for claim in members if not claim.mention.percent])


def _listed(text: str, claims: Sequence[Claim]) -> Iterator[Breakdown]:
    for word in _AMONG.finditer(text):
        behind = [claim for claim in claims if claim.mention.start >= word.end() and not _bracketed_at(text, claim)]
        for unit in dict.fromkeys(claim.mention.unit for claim in behind):
            whole = _whole_before(text, word.start(), claims, unit)
            if whole is None:
                continue
            yield from _breakdown(text, whole, _run(text, word.end(), behind, unit), word.group())


def _whole_before(text: str, at: int, claims: Sequence[Claim], unit: str) -> Claim | None:
    """The number that 其中 speaks of: the last of that unit before it, in this sentence or at the end of the one before."""
    before = [c for c in claims if c.mention.end <= at and c.mention.unit == unit and not _bracketed_at(text, c)]
    if not before:
        return None
    between = text[before[-1].mention.end : at]
    return before[-1] if between.count("。") <= (1 if between.rstrip("，, ").endswith("。") else 0) else None


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
    return len(re.findall(r"\d+\s*\D", first_item)) >= 2


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


def _of_one_kind(text: str, run: Sequence[Claim]) -> list[Claim]:
    """The first numbers of a list, as long as they are told by words of one kind; 其余 is of every kind."""
    kept: list[Claim] = []
    for claim in run:
        lead = text[max(0, claim.mention.start - 6) : claim.mention.start]
        if kept and claim.kind != kept[0].kind and not _REMAINDER.search(lead):
            break
        kept.append(claim)
    return kept


def _breakdown(text: str, whole: Claim, run: Sequence[Claim], word: str) -> Iterator[Breakdown]:
    parts = _of_one_kind(text, run)
    if len(parts) < 2 or any(part.mention.bound for part in parts) or whole.mention.bound:
        return
    listed = text[whole.mention.end : parts[-1].mention.end]
    trailing = text[parts[-1].mention.end : parts[-1].mention.end + 1]
    loose = bool(_LOOSE.search(word)) or bool(_LOOSE.search(listed)) or trailing == "等"
    lead = text[max(0, whole.mention.start - 30) : whole.mention.start]
    clause = re.split(r"[。；;]", lead)[-1]
    yield Breakdown(whole, tuple(parts), tuple(run), not loose, bool(_TOTAL_WORD.search(clause)))


def _bracketed_at(text: str, claim: Claim) -> bool:
    before = text[: claim.mention.start]
    return max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))
