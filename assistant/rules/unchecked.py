"""N190: the numbers of the prose that nothing could be compared with."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.claims import Claim
from assistant.figures.parts import breakdowns
from assistant.rules.base import Dossier, Hit, number, rule
from assistant.rules.compare import compare
from assistant.rules.narrative import code_of


@rule("N190", "未能核对的数字一览", severity="info")
def numbers_not_checked(dossier: Dossier) -> Iterator[Hit]:
    """没有规则能解释的数字逐一列出，提醒人工核对：没有报告问题，不等于已经核对。

    依据：不以沉默代替核对。
    违例：（不是错误，只是列出。）文中“网站公开信息1950条”，表中没有对应的数。
    正例：文中“受理申请97件”，已与表三核对，不列入。
    """
    in_lists = {id(claim.mention) for found in breakdowns(dossier.claims) for claim in (found.whole, *found.parts)}
    for claim in dossier.claims:
        if id(claim.mention) in in_lists or _checked(claim, dossier):
            continue
        text = claim.spot.paragraph.text
        around = text[max(0, claim.mention.start - 16) : claim.mention.end + 6]
        yield Hit(
            claim.spot.where, f"“{claim.mention.text}”没有可以对照的数字", "", number(claim.mention.value), around
        )


def _checked(claim: Claim, dossier: Dossier) -> bool:
    if claim.relation == "yoy":
        return any(dossier.book.get(f"{reading[0]}.yoy") for reading in claim.readings if len(reading) == 1)
    return bool(code_of(claim)) and compare(claim, dossier).checked
