"""A110, A112: which way numbers went, and parts that are more than their whole."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.changes import Movement, direction_in
from assistant.figures.claims import Claim, mark_of
from assistant.figures.compare import compare, is_of_whole_report
from assistant.figures.dossier import Dossier
from assistant.figures.exceeding import crowded_shares, exceeding_pairs
from assistant.figures.superlatives import superlatives
from assistant.language.numerals import number
from assistant.lexicon import phrase
from assistant.rules.base import Hit, Severity, hit_of, rule

_WAYS = {1: "上升", -1: "下降", 0: "持平"}


@rule("A110", "增减方向词与两数相反", severity="error", basis="文内算术", gains=("previous",))
def directions_fit_their_numbers(dossier: Dossier) -> Iterator[Hit]:
    """句中有前后两个数的，“增加、下降、持平”应与两数相符；只说“较上年下降”“降到”的，与上年报告的表核对；列出三个以上的数、说哪一个最多最少的，应是那一个。

    依据：文内算术；两年报告的表。
    违例：行政复议案件由15件减为20件；新收158件，较上年有所下降（上年141件）。
    正例：行政复议案件由15件减为2件；新收158件，较上年有所上升。
    """
    trended = {id(claim) for trend in dossier.trends for claim in trend.values}
    for trend in dossier.trends:
        if trend.turned:
            shown = "、".join(claim.mention.text for claim in trend.values)
            message = f"文中称“{trend.words}”{_WAYS[trend.direction]}，各年依次为{shown}"
            yield hit_of(trend.values[-1], message, "逐年同向", shown, anchor=shown, marks=map(mark_of, trend.values))
    for found in dossier.movements:
        if found.turned and not (id(found.base) in trended and id(found.value) in trended):
            yield _turned(found)
    for claim in dossier.claims:
        yield from _against_last_year(claim, dossier)
    for each in superlatives(dossier.claims):
        said, right = each.said.mention.text, each.right.mention.text
        message = f"文中称“{each.words}”，为{said}，同列的{right}{'更多' if '多' in each.words or '高' in each.words else '更少'}"
        marks = (mark_of(each.said), mark_of(each.right))
        yield hit_of(each.said, message, right, said, anchor=each.words, severity="warning", marks=marks)


def _turned(found: Movement) -> Hit:
    base, value = found.base.mention, found.value.mention
    went = _WAYS[(value.value > base.value) - (value.value < base.value)]
    message = f"文中称“{found.words}”，{base.text}到{value.text}是{went}"
    marks = (mark_of(found.base), mark_of(found.value))
    return hit_of(found.value, message, went, found.words, anchor=f"{base.text}|{value.text}", marks=marks)


def _against_last_year(claim: Claim, dossier: Dossier) -> Iterator[Hit]:
    """A direction beside one number of this year, against last year's tables."""
    if claim.relation != "value" or claim.year != dossier.report.year or claim.mention.percent or claim.mention.bound:
        return
    if not is_of_whole_report(claim, dossier) and not compare(claim, dossier).agrees:
        return
    text, at = claim.spot.paragraph.text, claim.mention
    scale = 10000 if claim.readings[0][0] == "disclosure.fees.amount" else 1  # the table has 万元, mentions are in 元
    behind = phrase("comparisons", "how_then").match(text, at.end)
    before = phrase("comparisons", "changed_to_so_many").search(text[: at.start])
    words = behind["how"] if behind else before.group() if before else ""
    direction = direction_in(words)
    if direction is None or any(claim is each.value or claim is each.base for each in dossier.movements):
        return
    past = [
        sum(value for value in values if value is not None) * scale
        for reading in claim.readings
        if None not in (values := [dossier.book.value(f"{metric}.last_year") for metric in reading])
    ]
    if past and all((at.value > value) - (at.value < value) != direction for value in past):
        before_was = "或".join(dict.fromkeys(number(value) for value in past))  # type: ignore[arg-type]
        message = f"文中称{at.text}{'较上年' if behind else ''}“{words}”，上年报告为{before_was}"
        yield hit_of(claim, message, f"与上年{before_was}相符的说法", words, anchor="|".join(claim.readings[0]))


@rule("A112", "部分大于整体；并列占比超过100%", severity="error", basis="文内算术")
def no_more_than_the_whole(dossier: Dossier) -> Iterator[Hit]:
    """从一批里挑出、收回、答复、通过的，不会多于这一批；同一整体的各项占比相加，不会超过100%。

    依据：文内算术。
    违例：发放问卷720份，收回735份；咨询占50%、求助占30%、投诉占25%。
    正例：发放问卷720份，收回705份；咨询占50%、求助占30%、投诉占20%。
    """
    for whole, part in exceeding_pairs(dossier.claims):
        message = f"“{part.why or part.mention.text}”的{part.mention.text}多于前面的{whole.mention.text}"
        limit = f"不超过{number(whole.mention.value)}"
        marks = (mark_of(whole), mark_of(part))
        severity: Severity | None = "warning" if whole.mention.unit != part.mention.unit else None
        yield hit_of(
            part,
            message,
            limit,
            number(part.mention.value),
            anchor=f"{whole.mention.text}|{part.mention.text}",
            severity=severity,
            marks=marks,
        )
    told = {id(share.rate) for share in dossier.shares if share.part}
    for crowd in crowded_shares(dossier.claims):
        if all(id(claim) in told for claim in crowd):
            continue  # A102 adds up shares whose numbers are told
        shown = "＋".join(claim.mention.text for claim in crowd)
        total = sum(claim.mention.value for claim in crowd)
        message = f"各项占比 {shown} ＝ {number(total)}%，超过100%"  # type: ignore[arg-type]
        yield hit_of(crowd[0], message, "不超过100%", f"{number(total)}%", anchor=shown, marks=map(mark_of, crowd))  # type: ignore[arg-type]
