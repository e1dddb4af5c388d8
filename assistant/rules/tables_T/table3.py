"""T3xx: table 3, 收到和处理政府信息公开申请情况."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.form import APPLICANTS, all_metrics
from assistant.language.numerals import number
from assistant.report import Mark
from assistant.rules.base import Hit, Severity, rule

FORM = "格式表三勾稽关系"
# A third of the cases left over is unusual with a limit of 20 working days (条例第33条).
LARGEST_USUAL_BACKLOG = Decimal("0.3")
_MAIN = ("received", "carried_in", "concluded", "carried_out")


class Sum(NamedTuple):
    """A sum of cells that may be blank: ``value`` of those that are not, and how many are."""

    value: Decimal
    blanks: int
    filled: int


def add(dossier: Dossier, metrics: Sequence[str]) -> Sum:
    """The sum of cells; a blank one counts nothing but is remembered."""
    values = [dossier.report.value(metric) for metric in metrics]
    filled = [value for value in values if value is not None]
    return Sum(sum(filled, Decimal(0)), len(values) - len(filled), len(filled))


def severity_with_blanks(expected: Decimal, actual: Decimal, blanks: int) -> Severity | None:
    """A blank cell may hold what is missing: then a person must look, unless the figures are already too many."""
    return "warning" if blanks and expected < actual else None


def _outcomes(dossier: Dossier) -> list[str]:
    """Rows between 上年结转 and 总计 as the report has them, the single 其他处理 row included."""
    read = dossier.report.table("requests")
    assert read is not None
    return [row for row in read.rows if row not in _MAIN]


def place(row: str, column: str) -> str:
    """How findings name a cell of table 3."""
    return all_metrics()[f"requests.{row}.{column}"].place


@rule("T301", "收支平衡：每列 新收＋上年结转＝办理总计＋结转下年", severity="error", basis=FORM, needs=("requests",))
def received_equals_concluded(dossier: Dossier) -> Iterator[Hit]:
    """收进来的申请要么办结，要么结转下年，逐列相等。这是格式写明的勾稽关系，也是最常被查的一条。

    依据：格式表三“第一项加第二项之和，等于第三项加第四项之和”。
    违例：新收97、上年结转0、总计95、结转下年3。
    正例：新收97、上年结转0、总计95、结转下年2。
    """
    for column in APPLICANTS:
        received, carried_in, concluded, carried_out = (
            dossier.report.value(f"requests.{row}.{column.id}") for row in _MAIN
        )
        if concluded is None or (received is None and carried_in is None):
            continue
        taken = add(dossier, [f"requests.{row}.{column.id}" for row in ("received", "carried_in")])
        expected = taken.value - concluded
        actual = carried_out or Decimal(0)
        if expected == actual:
            continue
        yield Hit(
            place("carried_out", column.id),
            f"应为{number(expected)}（{number(received)}＋{number(carried_in)}－{number(concluded)}），实为{number(carried_out)}",
            number(expected), number(carried_out), anchor=f"requests.carried_out.{column.id}",
            severity="warning" if carried_out is None or taken.blanks else None,
            marks=(Mark(f"requests.carried_out.{column.id}"),),
        )  # fmt: skip


@rule("T302", "每列 办理总计＝各办理结果之和", severity="error", basis=FORM, needs=("requests",))
def outcomes_add_up(dossier: Dossier) -> Iterator[Hit]:
    """（七）总计是（一）至（六）各行之和，逐列相等。

    依据：格式表三第三项。
    违例：各办理结果合计94，总计填95。
    正例：各办理结果合计95，总计填95。
    """
    for column in APPLICANTS:
        total = dossier.report.value(f"requests.concluded.{column.id}")
        outcomes = add(dossier, [f"requests.{row}.{column.id}" for row in _outcomes(dossier)])
        if total is None or not outcomes.filled or outcomes.value == total:
            continue
        yield Hit(
            place("concluded", column.id),
            f"各办理结果合计{number(outcomes.value)}，总计为{number(total)}，相差{number(abs(total - outcomes.value))}",
            number(outcomes.value), number(total), anchor=f"requests.concluded.{column.id}",
            severity=severity_with_blanks(outcomes.value, total, outcomes.blanks),
            marks=(Mark(f"requests.concluded.{column.id}"),),
        )  # fmt: skip


@rule("T303", "每行 总计＝前六列之和", severity="error", basis=FORM, needs=("requests",))
def rows_add_up(dossier: Dossier) -> Iterator[Hit]:
    """每一行的总计是自然人和五类法人或其他组织之和。

    依据：格式表三的列。
    违例：自然人41、其余0，总计填42。
    正例：自然人41、其余0，总计填41。
    """
    read = dossier.report.table("requests")
    assert read is not None
    for row in read.rows:
        total = dossier.report.value(f"requests.{row}.total")
        parts = add(dossier, [f"requests.{row}.{column.id}" for column in APPLICANTS if column.id != "total"])
        if total is None or not parts.filled or parts.value == total:
            continue
        yield Hit(
            place(row, "total"), f"前六列合计{number(parts.value)}，总计为{number(total)}",
            number(parts.value), number(total), anchor=f"requests.{row}.total",
            severity=severity_with_blanks(parts.value, total, parts.blanks),
            marks=(Mark(f"requests.{row}.total"),),
        )  # fmt: skip


@rule("T304", "非负整数", severity="error", needs=("requests",))
def counts_are_whole(dossier: Dossier) -> Iterator[Hit]:
    """申请按件计，只能是零或正整数。

    依据：表三填报常识。
    违例：－1；2.5。
    正例：0；2。
    """
    for metric in dossier.metrics_of("requests"):
        value = dossier.report.value(metric.id)
        if value is not None and (value < 0 or value != value.to_integral_value()):
            yield Hit(
                metric.place,
                f"{number(value)}不是非负整数",
                "非负整数",
                number(value),
                anchor=metric.id,
                marks=(Mark(metric.id),),
            )


@rule("T305", "空白、“/”；总计列空白", severity="warning", needs=("requests",))
def no_blank_cells(dossier: Dossier) -> Iterator[Hit]:
    """空白不等于0：没有发生应填0。总计空白时，读者无法核对。

    依据：格式填报要求。
    违例：予以公开一行的总计空白。
    正例：没有发生的格填0。
    """
    blank = [metric for metric in dossier.expected_metrics("requests") if dossier.report.value(metric.id) is None]
    totals = [metric for metric in blank if metric.column.id == "total"]
    others = [metric for metric in blank if metric.column.id != "total"]
    if totals:
        rows = "、".join(metric.row.mark for metric in totals)
        yield Hit(
            "表三 总计列", f"{len(totals)}格总计没有数字：{rows}", "数字", "空白", anchor=f"total|{rows}",
            marks=tuple(Mark(metric.id) for metric in totals),
        )  # fmt: skip
    if others:
        rows = "、".join(dict.fromkeys(metric.row.mark for metric in others))
        yield Hit(
            "表三", f"{len(others)}格没有数字，在以下各行：{rows}", "数字", "空白", anchor=f"cells|{rows}",
            marks=tuple(Mark(metric.id) for metric in others),
        )  # fmt: skip


@rule("T306", "没有申请却有办理结果", severity="error", needs=("requests",))
def outcomes_need_requests(dossier: Dossier) -> Iterator[Hit]:
    """新收和上年结转都为0时，不可能有办理结果。

    依据：格式表三勾稽关系。
    违例：新收0、上年结转0，予以公开3。
    正例：新收0、上年结转0，办理结果全部为0。
    """
    taken = [dossier.report.value(f"requests.{row}.total") for row in ("received", "carried_in")]
    if taken != [Decimal(0), Decimal(0)]:
        return
    for row in (*_outcomes(dossier), "concluded"):
        value = dossier.report.value(f"requests.{row}.total")
        if value:
            yield Hit(
                place(row, "total"),
                f"没有收到申请，此格为{number(value)}",
                "0",
                number(value),
                anchor=f"requests.{row}.total",
                marks=(Mark(f"requests.{row}.total"),),
            )


@rule("T307", "结转下年超过新收＋上年结转；占比超过三成", severity="error", needs=("requests",))
def backlog_is_plausible(dossier: Dossier) -> Iterator[Hit]:
    """结转下年的不会多于收到的；超过三成虽有可能，但答复期限为二十个工作日，值得核对。

    依据：格式表三；《条例》第三十三条。
    违例：新收10、上年结转0，结转下年12。
    正例：新收100、上年结转5，结转下年8。
    """
    taken = add(dossier, ["requests.received.total", "requests.carried_in.total"])
    left = dossier.report.value("requests.carried_out.total")
    if left is None or not taken.filled:
        return
    left_cell, marks = place("carried_out", "total"), (Mark("requests.carried_out.total"),)
    if left > taken.value:
        yield Hit(
            left_cell,
            f"结转下年{number(left)}件，多于收到的{number(taken.value)}件",
            f"不超过{number(taken.value)}",
            number(left),
            marks=marks,
        )
    elif left > taken.value * LARGEST_USUAL_BACKLOG:
        share = number((left * 100 / taken.value).quantize(Decimal("0.1")))
        yield Hit(
            left_cell, f"结转下年占收到申请的{share}%，超过三成", "不超过30%", f"{share}%", severity="info", marks=marks
        )


@rule("T311", "全部结果落在“其他”", severity="info", needs=("requests",))
def not_all_miscellaneous(dossier: Dossier) -> Iterator[Hit]:
    """全部申请都归入“其他处理”的“其他”，通常是没有按情形分类。

    依据：格式表三的分类。
    违例：总计12，“3.其他”12。
    正例：总计12，分布在各办理结果。
    """
    total = dossier.report.value("requests.concluded.total")
    for row in ("otherwise_handled.miscellaneous", "otherwise_handled"):
        value = dossier.report.value(f"requests.{row}.total")
        if total and value == total:
            yield Hit(
                place(row, "total"), f"{number(total)}件全部归入此行", "按情形分类", number(total), anchor=row,
                marks=(Mark(f"requests.{row}.total"),),
            )  # fmt: skip
