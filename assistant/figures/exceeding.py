"""Numbers that are more than what they are of: 发放问卷720份，收回735份; shares of one whole beyond 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from assistant.figures.claims import Claim, by_paragraph
from assistant.lexicon import entries, phrase, said
from assistant.patterns import regex

__all__ = ["crowded_shares", "exceeding_pairs"]

_BREAK = regex(r"[。！？\n]")
_BRACKETED = regex(r"[（(](?:占)?$")
_WHOLE_PERCENT = Decimal(100)
_CARRIED_IN = (("requests.carried_in.total",),)


def exceeding_pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """(whole, part): two numbers of one kind of thing, one right behind the other, the second of what was done with the
    first, and more than it."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        counted = [claim for claim in members if not claim.mention.percent]
        for at, part in enumerate(counted[1:], start=1):
            whole = counted[at - 1]
            if (
                whole.mention.unit != part.mention.unit
                or whole.mention.bound
                or part.mention.value <= whole.mention.value
            ):
                continue
            gap = text[whole.mention.end : part.mention.start]
            if gap.startswith("、"):
                continue  # 优秀15家、合格31家: two of one list
            start = max(_ends(text, whole.mention.start), counted[at - 2].mention.end if at > 1 else 0)
            lead = text[start : whole.mention.start]
            if (
                re.match(r"[^（()）]*[）)]", gap)
                or _BREAK.search(gap)
                or any(map(phrase("shares", "other_set").search, (gap, lead)))
                or phrase("shares", "holds_others").match(text, part.mention.end)
                or "；" in gap
            ):
                continue
            if part.mention.value - _carried_in(text, part, counted[at + 1 :]) <= whole.mention.value:
                continue  # 受理16件，办结17件（其中1件由上年结转而来）
            behind = text[part.mention.end : part.mention.end + 8]
            if any(re.search(first, lead) and re.search(second, gap) for first, second in _pairs()) or (
                gap[:1] in "，," and phrase("shares", "some_of").search(gap + "｜" + behind)
            ):
                yield whole, part
        for at, whole in enumerate(counted[1:], start=1):
            # 回复248封（来信240封）: the whole is told behind, in brackets.
            part = counted[at - 1]
            gap = text[part.mention.end : whole.mention.start]
            if (
                part.mention.value > whole.mention.value
                and part.mention.unit == whole.mention.unit
                and gap[:1] in "（("
            ):
                lead = text[max(_ends(text, part.mention.start), part.mention.start - 24) : part.mention.start]
                if any(re.search(first, gap) and re.search(second, lead) for first, second in _pairs()):
                    yield whole, part


def _carried_in(text: str, part: Claim, behind: Sequence[Claim]) -> Decimal:
    """What a bracket right behind a number says came from the year before; 0 where there is none."""
    told = text[part.mention.end :].startswith(("（", "(")) and behind and behind[0].readings[:1] == _CARRIED_IN
    return behind[0].mention.value if told else Decimal(0)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((f"(?:{said('selections', each.id)})", f"(?:{each.says})") for each in entries("selections"))


def crowded_shares(claims: Sequence[Claim]) -> Iterator[tuple[Claim, ...]]:
    """Shares listed side by side that come to more than all: 咨询占50%、求助占30%、投诉占25%."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        run: list[Claim] = []
        for claim in [*members, None]:
            start = run[-1].mention.end if run else _ends(text, claim.mention.start) if claim else 0
            lead = text[start : claim.mention.start] if claim else ""
            shares = claim is not None and claim.mention.percent and not phrase("shares", "no_share").search(lead)
            opens = shares and bool(phrase("shares", "of").search(lead) or _BRACKETED.search(lead))
            if (
                shares
                and (opens or (run and phrase("shares", "next_share").fullmatch(lead)))
                and not (run and phrase("shares", "of_another_whole").search(lead))
            ):
                run.append(claim)  # type: ignore[arg-type]
                continue
            if claim is not None and run and not claim.mention.percent and not _BREAK.search(lead):
                continue  # 自然人20件，占83%: numbers between shares
            slack = sum((each.mention.step for each in run), Decimal(0)) / 2
            if len(run) > 2 and sum((each.mention.value for each in run), Decimal(0)) > _WHOLE_PERCENT + slack:
                yield tuple(run)
            run = [claim] if claim is not None and opens else []


def _ends(text: str, end: int) -> int:
    return max((found.end() for found in _BREAK.finditer(text, 0, end)), default=0)
