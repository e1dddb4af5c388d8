"""N190: the numbers of the prose that nothing could be compared with."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.claims import Claim, mark_of
from assistant.figures.compare import compare
from assistant.figures.dossier import Dossier
from assistant.figures.rates import can_be_reckoned, changes_of
from assistant.language.numerals import number
from assistant.rules.base import Hit, rule
from assistant.rules.narrative_N.figures import code_of


@rule("N190", "未能核对的数字一览", severity="info")
def numbers_not_checked(dossier: Dossier) -> Iterator[Hit]:
    """没有规则能解释的数字逐一列出，提醒人工核对：没有报告问题，不等于已经核对。

    依据：不以沉默代替核对。
    违例：（不是错误，只是列出。）文中“网站公开信息1950条”，表中没有对应的数。
    正例：文中“受理申请97件”，已与表三核对，不列入。
    """
    for claim in dossier.claims:
        if _is_explained(claim, dossier):
            continue
        text = claim.spot.paragraph.text
        around = text[max(0, claim.mention.start - 16) : claim.mention.end + 6]
        message = f"“{claim.mention.text}”没有可以对照的数字"
        yield Hit(claim.spot.where, message, "", number(claim.mention.value), around, marks=(mark_of(claim),))


def _is_explained(claim: Claim, dossier: Dossier) -> bool:
    """Whether any rule has something to compare a number with: a cell, a list it is part of, a rate it is."""
    if any(claim is other for found in dossier.breakdowns for other in (found.whole, *found.parts)):
        return True
    if any(claim is share.rate and can_be_reckoned(share, dossier) for share in dossier.shares):
        return True
    alike = (pair for pair in dossier.repeats if pair[0].mention.value == pair[1].mention.value)
    if any(claim is other for pair in alike for other in pair):
        return True
    if any(claim is counted.claim for counted in dossier.counted):
        return True
    if claim.relation in ("yoy", "change"):
        return bool(changes_of(claim, dossier))
    return bool(code_of(claim)) and compare(claim, dossier).checked
