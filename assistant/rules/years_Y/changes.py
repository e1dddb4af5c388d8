"""Y104–Y106: figures that jump, totals that shrink, cases that vanish between two years' reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz import fuzz

from assistant.figures.claim_reader import mentions_of
from assistant.figures.dossier import Dossier
from assistant.figures.mentions import Mention
from assistant.figures.own_changes import own_leaps
from assistant.form import CASES
from assistant.language.numerals import number, rounded
from assistant.lexicon import phrase
from assistant.report import Paragraph
from assistant.rules.base import Hit, hit_in, hit_of, rule

# A jump is worth a look from this many on: 1 → 5 is no news.
FEWEST, RISE, FALL = Decimal(20), Decimal(300), Decimal(-70)
# Totals and whole counts; single outcomes of a few cases jump every year.
_WATCHED = (
    "requests.received.total",
    "requests.concluded.total",
    "disclosure.normative_documents.in_force",
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.coercion.decisions",
    "disclosure.fees.amount",
    "review.total",
    "litigation.direct.total",
    "litigation.after_review.total",
)


@rule("Y104", "量级突变（默认>300%或<−70%）", severity="warning", basis="跨年比对", needs=("previous",))
def no_figure_jumps(dossier: Dossier) -> Iterator[Hit]:
    """总数比上年增加三倍以上或减少七成以上，往往是统计口径变了、填错了格或把元当万元，应核对并在文中说明。两年都不足20的不比较。
    正文中单位自己的数与上年同一项相差百倍以上的，多半是多写或漏写了“万”。

    依据：跨年比对。
    违例：行政许可上年550件，本年9487件。
    正例：行政许可上年5120件，本年5560件。
    """
    for metric in _WATCHED:
        now, before = dossier.report.value(metric), dossier.book.value(f"{metric}.last_year")
        if now is None or not before or max(now, before) < FEWEST:
            continue
        rate = (now - before) * 100 / before
        if FALL <= rate <= RISE:
            continue
        cell, percent = dossier.edition.metrics[metric], _percent(rate)
        message = f"{cell.name}上年{number(before)}，本年{number(now)}，变化{percent}%，请核对口径"
        yield hit_in(cell, message, f"{FALL:f}%至{RISE:f}%", f"{percent.removeprefix('+')}%")
    for leap in own_leaps(dossier.claims, dossier.previous):
        said, told = leap.claim.mention.text, leap.before.text
        message = f"文中{said}，上年正文中同一项为{told}，相差百倍以上，请核对单位"
        yield hit_of(leap.claim, message, f"与{told}相近", said, anchor=f"{said}|{told}")


def _percent(rate: Decimal) -> str:
    """In whole percent; never as −100 where something is left."""
    whole = rounded(rate, Decimal(1))
    return f"{max(rounded(rate, Decimal('0.1')), Decimal('-99.9')) if whole == -100 != rate else whole:+f}"


_SAME_CLAUSE = 80  # percent of likeness from which two years' clauses, digits left out, speak of the same


@rule("Y105", "累计型数字下降", severity="warning", basis="跨年比对", needs=("previous",))
def cumulative_figures_do_not_fall(dossier: Dossier) -> Iterator[Hit]:
    """“累计”“截至年底共有”一类的数一般只增不减；同样的话上年的数更大，可能写错或沿用了旧稿。

    依据：跨年比对。
    违例：上年“累计公开信息5200条”，本年“累计公开信息5100条”。
    正例：上年“累计公开信息5200条”，本年“累计公开信息5600条”。
    """
    assert dossier.previous is not None
    before = [
        (_masked(clause), mention)
        for paragraph, mention in mentions_of(dossier.previous, phrase("comparisons", "cumulative"))
        if not mention.percent and phrase("comparisons", "cumulative").search(clause := _clause(paragraph, mention))
    ]
    for claim in dossier.claims if before else ():
        clause = _clause(claim.spot.paragraph, claim.mention)
        if claim.mention.percent or not phrase("comparisons", "cumulative").search(clause):
            continue
        like = [(fuzz.ratio(_masked(clause), other), old) for other, old in before if old.unit == claim.mention.unit]
        score, old = max(like, key=lambda pair: pair[0], default=(0, None))
        if old and score >= _SAME_CLAUSE and claim.mention.value < old.value:
            message = f"“{clause}{claim.mention.text}”，上年为{old.text}，累计的数变小了"
            least, value = f"不少于{number(old.value)}", number(claim.mention.value)
            yield hit_of(claim, message, least, value, anchor=_masked(clause))


def _clause(paragraph: Paragraph, mention: Mention) -> str:
    return re.split(r"[，,。；;：:]", paragraph.text[: mention.start])[-1].strip()


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", text)


@rule("Y106", "上年尚未审结的案件，本年应有下文", severity="info", basis="跨年比对", needs=("review", "previous"))
def pending_cases_are_followed_up(dossier: Dossier) -> Iterator[Hit]:
    """上年尚未审结的复议、诉讼，本年表四应包含其结果或仍列为尚未审结；本年总计比它还少，可能漏报。

    依据：跨年比对。
    违例：上年行政复议尚未审结3件，本年行政复议总计1件。
    正例：上年行政复议尚未审结1件，本年行政复议总计7件。
    """
    assert dossier.previous is not None
    pending = next(case for case in CASES if case.id == "pending")
    for metric in dossier.metrics_of("review"):
        if metric.column.id != "total":
            continue
        left = dossier.previous.value(f"{metric.row.id}.{pending.id}")
        now = dossier.report.value(metric.id)
        if left is not None and now is not None and now < left:
            message = f"上年{metric.row.name}{pending.label}{number(left)}件，本年总计只有{number(now)}件，看不出下文"
            yield hit_in(metric, message, f"不少于{number(left)}", number(now))
