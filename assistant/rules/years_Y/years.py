"""Y1xx: this year's report against last year's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assistant.figures.changes import multiples, wrong_amount
from assistant.figures.claims import Claim, mark_of
from assistant.figures.dossier import Dossier
from assistant.figures.own_changes import own_bases, own_movements
from assistant.figures.rates import MOVES, changes_of, value_of
from assistant.form import APPLICANTS, all_metrics
from assistant.language.numerals import number, rounded
from assistant.lexicon import phrase
from assistant.rules.base import Hit, hit_in, hit_of, rule

FORM = "格式表二、表三跨年勾稽"


@rule("Y101", "上年结转＝上年报告的结转下年，逐列", severity="error", basis=FORM, needs=("requests", "previous"))
def carried_over_matches_last_year(dossier: Dossier) -> Iterator[Hit]:
    """今年的“上年结转”就是去年报告的“结转下年度继续办理”，逐列相同。

    依据：格式表三的跨年关系。
    违例：2023年结转下年121，2024年上年结转120。
    正例：2023年结转下年121，2024年上年结转121。
    """
    assert dossier.previous is not None
    for column in APPLICANTS:
        now = dossier.report.value(f"requests.carried_in.{column.id}")
        before = dossier.previous.value(f"requests.carried_out.{column.id}")
        if now is None or before is None or now == before:
            continue
        message = f"上年报告 表三 四·{column.label}为{number(before)}，本年上年结转为{number(now)}"
        yield hit_in(all_metrics()[f"requests.carried_in.{column.id}"], message, number(before), number(now))


@rule(
    "Y102",
    "现行有效＝上年现行有效＋制发－废止（规章、规范性文件）",
    severity="error",
    basis=FORM,
    needs=("disclosure", "previous"),
)
def in_force_follows_last_year(dossier: Dossier) -> Iterator[Hit]:
    """现行有效件数由上年现行有效加本年制发、减本年废止得出。

    依据：格式表二的跨年关系。
    违例：上年597、制发50、废止227，现行有效填421。
    正例：上年597、制发50、废止227，现行有效填420。
    """
    assert dossier.previous is not None
    for row in ("rules", "normative_documents"):
        before = dossier.previous.value(f"disclosure.{row}.in_force")
        issued, repealed, now = (
            dossier.report.value(f"disclosure.{row}.{c}") for c in ("issued", "repealed", "in_force")
        )
        if before is None or issued is None or repealed is None or now is None:
            continue
        expected = before + issued - repealed
        if now != expected:
            worked_out = f"上年{number(before)}＋制发{number(issued)}－废止{number(repealed)}"
            message = f"应为{number(expected)}（{worked_out}），实为{number(now)}"
            metric = dossier.edition.metrics[f"disclosure.{row}.in_force"]
            yield hit_in(metric, message, number(expected), number(now))


@rule("Y103", "同比＝（本年－上年）/上年，按所写精度", severity="error", basis="文内算术", gains=("previous",))
def changes_over_last_year(dossier: Dossier) -> Iterator[Hit]:
    """同比增减的百分比和件数应能由两年的数算出，按所写的位数四舍五入；收到、收办口径不同时逐一列出；前面的数已是其中一个口径的，
    增减也按那个口径，不然作警告。表中没有而上年正文写过的（政府网站公开信息2154条，同比增长8.4%；上年1987条；满意率较上年提高0.81个百分点），按两年正文的数算，作警告。
    前后两数都在句中的（由400封增至460封，增幅15%；上年10件、本年25件，增加1.5倍），按句中的数算，不看表。

    依据：两年报告的表。
    违例：3646件比上年3607件，写作同比增长1.05%（应为1.08%）。
    正例：3646件比上年3607件，写作同比增长1.08%。
    """
    told = set()
    for found in dossier.movements:
        told |= {id(amount) for amount in found.amounts}
        wrong = wrong_amount(found)
        if wrong:
            amount, right, worked_out = wrong
            claim = amount or found.value
            written = amount.mention.text if amount else found.words
            marks = map(mark_of, (found.base, found.value, *((amount,) if amount else ())))
            yield hit_of(
                claim, f"文中“{written}”，按句中的两数：{worked_out}", right, written, anchor=worked_out, marks=marks
            )
    for part, base, rate in multiples(dossier.claims):
        told.add(id(rate))
        times = rounded(part.mention.value / base.mention.value, rate.mention.step)
        if times != rate.mention.value:
            written, worked_out = rate.mention.text, f"{number(part.mention.value)}÷{number(base.mention.value)}"
            message = f"文中“{written}”，按句中的两数：{worked_out} ＝ {times:f}倍"
            yield hit_of(
                rate, message, f"{times:f}倍", written, anchor=worked_out, marks=map(mark_of, (part, base, rate))
            )
    for own in dossier.own_changes:
        if own.right != own.stated:
            shown, written = (
                f"{rate:f}{'倍' if own.rate.mention.unit == '倍' else '%'}" for rate in (own.right, own.stated)
            )
            message = f"文中“{own.rate.mention.text}”，按上年正文中同一项的数：{own.worked_out}，应为{shown}"
            marks = map(mark_of, (own.value, own.rate))
            anchor = own.worked_out
            yield hit_of(own.rate, message, shown, written, anchor=anchor, severity="warning", marks=marks)
    yield from _against_last_years_prose(dossier)
    yield from _misworded(dossier)
    meant = {id(change): _as_told(value, change, dossier) for value, change in pairwise(dossier.claims)}
    for claim in dossier.claims:
        if id(claim) in told or ("净" in claim.why and _is_of_a_stage(claim)):
            continue
        if claim.relation not in MOVES or claim.year != dossier.report.year:
            continue
        changes = changes_of(claim, dossier)
        stated = claim.mention.value * claim.direction
        # In another sense than that of the figure before it, it holds: a warning.
        holds = any(change.value == stated for change in changes)
        narrowed = meant.get(id(claim), claim) if holds else claim
        changes = changes_of(narrowed, dossier) or changes
        if not changes or any(change.value == stated for change in changes):
            continue
        # A rate that is cut off or of a rounded figure is as wrong; a rise that is called a fall is one with its sign.
        shown = " 或 ".join(dict.fromkeys(_written(change.value, claim) for change in changes))
        worked_out = "；".join(change.worked_out for change in changes)
        yield hit_of(
            claim,
            f"文中“{claim.why.lstrip('，,')}{claim.mention.text}”，按两年的表：{worked_out}",
            shown,
            _written(stated, claim),
            anchor="|".join(claim.readings[0]),
            severity="warning" if claim.scope or narrowed is not claim else None,
        )


def _as_told(value: Claim, change: Claim, dossier: Dossier) -> Claim:
    """A change in the one sense that the figure before it has: where 收到8件，较上年减少12.5% counts what was carried in, so
    does the change."""
    together = value.spot.paragraph is change.spot.paragraph and value.spot.sentence == change.spot.sentence
    exact = value.relation == "value" and value.year == dossier.report.year and not value.mention.bound
    if not (together and exact and value.readings == change.readings and not change.scope):
        return change
    if phrase("comparisons", "than_far").search(value.spot.paragraph.text[: value.mention.start]):
        return change  # 与年初结转的121件相比，净增4件: the figure before is what is compared with
    told = [(one, value_of(one, dossier)) for one in change.readings]
    holding = tuple(one for one, amount in told if amount == value.mention.value)
    return change._replace(readings=holding) if len(holding) == 1 < len(change.readings) else change


def _misworded(dossier: Dossier) -> Iterator[Hit]:
    """A rate over last year that is called 环比, or that a count is said to have risen to: 许可12486件，环比增长6.45%."""
    for value, rate in pairwise(dossier.claims):
        if value.spot.paragraph is not rate.spot.paragraph or not rate.mention.percent or rate.relation != "none":
            continue
        if value.relation != "value" or value.year != dossier.report.year:
            continue
        lead = value.spot.paragraph.text[value.mention.end : rate.mention.start]
        wrong = phrase("comparisons", "month_on_month").search(lead) or phrase("comparisons", "reached").search(lead)
        over_last_year = rate._replace(relation="yoy", readings=value.readings, year=value.year)
        if wrong and any(abs(change.value) == rate.mention.value for change in changes_of(over_last_year, dossier)):
            written = f"{wrong.group()}{rate.mention.text}"
            message = f"文中“{written}”，是与上年相比的增减幅度，应写“同比”，不是“环比”“增长到”"
            right = f"同比增减{rate.mention.text}"
            yield hit_of(rate, message, right, written, anchor=written, severity="warning")


def _against_last_years_prose(dossier: Dossier) -> Iterator[Hit]:
    """Numbers that no table has, said to have been so many last year or to have moved by so much."""
    for base in own_bases(dossier.claims, dossier.previous):
        before, said = base.before.text, base.claim.mention.text
        message = f"文中称上年为{said}，上年报告正文中同一项为{before}"
        anchor = f"{said}|{before}"
        yield hit_of(base.claim, message, before, said, anchor=anchor, severity="warning", marks=(mark_of(base.claim),))
    told = {id(own.rate) for own in dossier.own_changes}
    for found in own_movements(dossier.claims, dossier.previous):
        amount = found.amounts[0]
        if id(amount) in told:
            continue
        both = f"{found.base.mention.text}→{found.value.mention.text}"
        wrong = wrong_amount(found)
        right, worked_out = wrong[1:] if wrong and not found.turned else ("相反的方向", both)
        written = f"{found.words}{amount.mention.text}"
        message = f"文中“{written}”，按上年正文中同一项的数：{worked_out}"
        marks = (mark_of(found.value), mark_of(amount))
        yield hit_of(amount, message, right, written, anchor=both, severity="warning", marks=marks)


def _is_of_a_stage(claim: Claim) -> bool:
    """净增2件 of documents may be those issued less those repealed."""
    return claim.kind == "stage" and not claim.readings[0][0].endswith(".in_force")


def _written(value: Decimal, claim: Claim) -> str:
    if claim.relation in ("change", "points"):
        return number(value)
    return f"{value:f}{'倍' if claim.mention.unit == '倍' else '%'}"
