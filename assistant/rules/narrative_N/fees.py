"""N114: whether fees were charged, told in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.claims import mark_of
from assistant.figures.dossier import Dossier
from assistant.language.sentences import full_stops_around
from assistant.lexicon import phrase
from assistant.rules.base import Hit, hit_of, matches_in, rule, statements_in


@rule("N114", "收费叙述自相矛盾（未收取与收取N元）", severity="error", basis="文内一致")
def fees_are_told_once(dossier: Dossier) -> Iterator[Hit]:
    """信息处理费要么没有收取，要么收取了若干元，同一份报告不能两种都写。

    依据：文内一致；国办函〔2020〕109号。
    违例：一处写“未收取信息处理费”，另一处写“收取信息处理费200元”。
    正例：全文都写“收取信息处理费200元”。
    """
    denied = [
        (mark, words)
        for _, mark, words, polarity in statements_in(dossier.report, "fee")
        if polarity == "none" and mark.paragraph and "处理费" in _sentence(mark.paragraph.text, mark.start)
    ]
    denied += [(mark, found.group()) for _, mark, found in matches_in(dossier.report, phrase("boasts", "no_notice"))]
    for claim in dossier.claims if denied else ():
        if claim.mention.unit != "元" or not claim.mention.value:
            continue
        text = claim.spot.paragraph.text
        charges = phrase("boasts", "charged").search(text[: claim.mention.start])
        if not charges or "处理费" not in _sentence(text, claim.mention.start):
            continue
        for mark, words in denied:
            message = f"此处称收取信息处理费{claim.mention.text}，另一处称“{words}”"
            charged = claim.mention.text
            yield hit_of(claim, message, "前后一致", charged, anchor=charged, marks=(mark_of(claim), mark))


def _sentence(text: str, at: int) -> str:
    start, end = full_stops_around(text, at)
    return text[start:end]
