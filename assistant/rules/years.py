"""Y1xx: this year's report against last year's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.book import label_of
from assistant.figures.numerals import rounded
from assistant.form import APPLICANTS
from assistant.rules.base import Dossier, Hit, Severity, number, rule

FORM = "格式表二、表三跨年勾稽"
_SHOWN_PLACES = Decimal("0.01")


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
        yield Hit(
            f"表三 二·{column.label}", f"上年报告 表三 四·{column.label}为{number(before)}，本年上年结转为{number(now)}",
            number(before), number(now), anchor=f"requests.carried_in.{column.id}",
        )  # fmt: skip


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
            metric = dossier.edition.metrics[f"disclosure.{row}.in_force"]
            yield Hit(
                metric.place, f"应为{number(expected)}（上年{number(before)}＋制发{number(issued)}－废止{number(repealed)}），实为{number(now)}",
                number(expected), number(now), anchor=metric.id,
            )  # fmt: skip


@rule("Y103", "同比＝（本年－上年）/上年，按所写精度", severity="error", basis="文内算术", needs=("previous",))
def rates_over_last_year(dossier: Dossier) -> Iterator[Hit]:
    """同比增减应能由两年的数算出，按所写的位数四舍五入；收到、收办口径不同时逐一列出。

    依据：两年报告的表。
    违例：3646件比上年3607件，写作同比增长1.05%（应为1.08%）。
    正例：3646件比上年3607件，写作同比增长1.08%。
    """
    for claim in dossier.claims:
        if claim.relation != "yoy" or claim.year != dossier.report.year:
            continue
        rates = [(reading, rate) for reading in claim.readings if (rate := _rate(reading, dossier)) is not None]
        stated = claim.mention.value * claim.direction
        if not rates or any(rounded(rate, claim.mention.step) == stated for _, rate in rates):
            continue
        told = "；".join(_told(reading, rate, dossier) for reading, rate in rates)
        scoped: Severity | None = "warning" if claim.scope else None
        shown = " 或 ".join(f"{rounded(rate, claim.mention.step):f}%" for _, rate in rates)
        yield Hit(
            claim.spot.where, f"文中“{claim.why.lstrip('，,')}{claim.mention.text}”，按两年的表：{told}",
            shown, f"{stated:f}%", claim.spot.sentence, scoped, anchor="|".join(claim.readings[0]),
        )  # fmt: skip


def _rate(reading: tuple[str, ...], dossier: Dossier) -> Decimal | None:
    now = [dossier.book.value(metric) for metric in reading]
    before = [dossier.book.value(f"{metric}.last_year") for metric in reading]
    present, past = [v for v in now if v is not None], [v for v in before if v is not None]
    if len(present) < len(reading) or len(past) < len(reading) or not sum(past):
        return None
    return (sum(present, Decimal(0)) - sum(past, Decimal(0))) * 100 / sum(past, Decimal(0))


def _told(reading: tuple[str, ...], rate: Decimal, dossier: Dossier) -> str:
    name = "＋".join(label_of(metric).removesuffix("（总计）") for metric in reading)
    now = sum((dossier.book.value(metric) or Decimal(0) for metric in reading), Decimal(0))
    before = sum((dossier.book.value(f"{metric}.last_year") or Decimal(0) for metric in reading), Decimal(0))
    return f"{name} {number(before)}→{number(now)}，{rounded(rate, _SHOWN_PLACES):f}%"
