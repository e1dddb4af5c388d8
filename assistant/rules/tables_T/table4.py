"""T4xx: table 4, 政府信息公开行政复议、行政诉讼情况."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.book import label_of
from assistant.figures.claims import Claim
from assistant.figures.dossier import Dossier
from assistant.form import CASES, all_metrics
from assistant.language.numerals import number
from assistant.lexicon.match import tokens_in
from assistant.report import Mark
from assistant.rules.base import Hit, hit_in, hit_of, rule, statements_in
from assistant.rules.tables_T.cells import blank_cells, not_whole, wrong_sum

FORM = "格式表四"
# Lawsuits after review come out of reviews of this year or the last; far more than those is a slip of columns.
AFTER_REVIEW_PER_REVIEW = 3
FEWEST_WORTH_A_WORD = 5


def _wrong_total(dossier: Dossier, group: str) -> Iterator[Hit]:
    parts = [f"{group}.{case.id}" for case in CASES if case.id != "total"]
    yield from wrong_sum(dossier, f"{group}.total", parts, "四项合计{sum}（{addends}），总计为{total}")


@rule("T401", "行政复议：四项之和＝总计", severity="error", basis=FORM, needs=("review",))
def reviews_add_up(dossier: Dossier) -> Iterator[Hit]:
    """行政复议的结果维持、结果纠正、其他结果、尚未审结相加等于总计。

    依据：格式表四。
    违例：10＋1＋0＋0，总计填0。
    正例：9＋2＋3＋1，总计填15。
    """
    yield from _wrong_total(dossier, "review")


@rule("T402", "未经复议直接起诉：四项之和＝总计", severity="error", basis=FORM, needs=("review",))
def direct_lawsuits_add_up(dossier: Dossier) -> Iterator[Hit]:
    """未经复议直接起诉的四项结果相加等于总计。

    依据：格式表四。
    违例：3＋0＋3＋0，总计填5。
    正例：3＋0＋3＋0，总计填6。
    """
    yield from _wrong_total(dossier, "litigation.direct")


@rule("T403", "复议后起诉：四项之和＝总计", severity="error", basis=FORM, needs=("review",))
def lawsuits_after_review_add_up(dossier: Dossier) -> Iterator[Hit]:
    """复议后起诉的四项结果相加等于总计。

    依据：格式表四。
    违例：5＋0＋0＋0，总计填0。
    正例：0＋0＋1＋2，总计填3。
    """
    yield from _wrong_total(dossier, "litigation.after_review")


@rule("T404", "非负整数；空白", severity="error", needs=("review",))
def cases_are_whole(dossier: Dossier) -> Iterator[Hit]:
    """案件按件计，只能是零或正整数；没有案件应填0，不宜留空。

    依据：表四填报常识。
    违例：－1；空白。
    正例：0；2。
    """
    yield from not_whole(dossier, "review")
    yield from blank_cells(dossier, "review")


@rule("T405", "表中有案件而叙述称未发生，或相反", severity="error", needs=("review",))
def cases_are_not_denied(dossier: Dossier) -> Iterator[Hit]:
    """表四有案件，文中却说没有发生；或表四为0，文中却有件数。

    依据：文表一致。
    违例：表四行政复议15件，文中称“本年度未发生行政复议”。
    正例：表四全部为0，文中称“未发生行政复议和行政诉讼”。
    """
    totals = {"review": dossier.book.value("review.total"), "litigation": dossier.book.value("litigation.total")}
    names = {"review": "行政复议", "litigation": "行政诉讼"}
    for kind in ("review", "litigation"):
        for where, mark, words, polarity in statements_in(dossier.report, kind):
            # 复议后起诉0件 denies one of the two kinds of lawsuits only.
            one = next((token.says for token in tokens_in(words) if token.says.startswith("litigation.")), "")
            total = dossier.book.value(f"{one}.total") if one else totals[kind]
            if any(token.kind == "case" for token in tokens_in(words)):
                continue  # 无一被纠正 denies an outcome
            if polarity == "none" and total and not any(_is_of_one_outcome(claim, mark) for claim in dossier.claims):
                name = label_of(f"{one}.total") if one else f"{names[kind]}总计"
                message = f"文中称“{words}”，表四{name}{number(total)}件"
                yield Hit(where, message, number(total), "未发生", words, anchor=kind, marks=(mark,))
    for claim in dossier.claims:
        kind = claim.readings[0][0].partition(".")[0] if claim.kind == "total" else ""
        if kind and totals.get(kind) == 0 and claim.mention.value > 0 and claim.year == dossier.report.year:
            yield hit_of(
                claim,
                f"文中{names[kind]}{claim.mention.text}，表四为0",
                "0",
                number(claim.mention.value),
                anchor=kind,
                severity="warning" if claim.scope else None,
            )


@rule("T406", "复议后起诉远多于历年复议", severity="info", needs=("review",))
def lawsuits_follow_reviews(dossier: Dossier) -> Iterator[Hit]:
    """复议后起诉的案件来自近年的复议，数量远多于复议时，可能填错了列。

    依据：表四各列的含义。
    违例：行政复议2件，复议后起诉30件。
    正例：行政复议15件，复议后起诉3件。
    """
    lawsuits = dossier.book.value("litigation.after_review.total")
    reviews = dossier.book.value("review.total")
    if lawsuits is None or reviews is None:
        return
    known = reviews + (dossier.book.value("review.total.last_year") or Decimal(0))
    if lawsuits >= FEWEST_WORTH_A_WORD and lawsuits > known * AFTER_REVIEW_PER_REVIEW:
        yield hit_in(
            all_metrics()["litigation.after_review.total"],
            f"复议后起诉{number(lawsuits)}件，行政复议只有{number(known)}件",
            f"不超过{number(known)}左右",
            number(lawsuits),
            anchor="",
        )


def _is_of_one_outcome(claim: Claim, mark: Mark) -> bool:
    """未审结案件：复议1件，复议后起诉0件: none of that outcome, not none at all."""
    inside = mark.start <= claim.mention.start < mark.end
    return inside and claim.kind == "case" and claim.spot.paragraph is mark.paragraph
