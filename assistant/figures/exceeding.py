"""Numbers that are more than what they are of: 发放问卷720份，收回735份; shares of one whole beyond 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from assistant.figures.claims import Claim, by_paragraph
from assistant.lexicon import entries, said
from assistant.patterns import regex

__all__ = ["crowded_shares", "exceeding_pairs"]

_BREAK = regex(r"[。！？\n]")
_OTHER_SET = regex(r"上一?年|去年|历年|累计|结转|往年|上述|不计|合计|此外|另(?!有)|同时")
_HOLDS_OTHERS = regex(r"[（(](?:其中)?包?[含括]?[^（()）]{0,6}(?:上一?年|结转)")  # 答复72件（含上年度结转17件）
_ANOTHER_YEAR = regex(r"上一?年|去年|今年|本年|20\d\d年")  # 自然人占85%，其余占15%；上年为81%和19%: of two wholes
_OF = regex(r"占(?:比|总[数量]|全部)?[^，。；\d]{0,6}$")
_BRACKETED = regex(r"[（(](?:占)?$")
_OF_ANOTHER = regex("[，,]又?占")  # 占组织申请的75%和25%，占全部新收的12.5%和4.17%
_NO_SHARE = regex(r"率|增|减|升|降|同比|环比|较|比上|以上|超过")
_SOME_OF = regex(
    r"[，,](?:单|仅|光|仅仅)[^，。；\d]{1,10}就?(?:有|达)?｜|｜[^，。；\d]{0,4}[，,](?:其余|余下|剩余)(?:为|的|均|由)"
)
_WHOLE_PERCENT = Decimal(100)


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
                or _OTHER_SET.search(gap)
                or _OTHER_SET.search(lead)
                or _HOLDS_OTHERS.match(text, part.mention.end)
                or "；" in gap
            ):
                continue
            behind = text[part.mention.end : part.mention.end + 8]
            if any(re.search(first, lead) and re.search(second, gap) for first, second in _pairs()) or (
                gap[:1] in "，," and _SOME_OF.search(gap + "｜" + behind)
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
            shares = claim is not None and claim.mention.percent and not _NO_SHARE.search(lead)
            opens = shares and bool(_OF.search(lead) or _BRACKETED.search(lead))
            if (
                shares
                and (opens or (run and re.fullmatch(r"[、，,和及]\s*[^，。；\d%]{0,10}", lead)))
                and not (run and (_BREAK.search(lead) or _ANOTHER_YEAR.search(lead) or _OF_ANOTHER.match(lead)))
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
