"""T2xx: table 2, 主动公开政府信息情况."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.dossier import Dossier
from assistant.language.numerals import number
from assistant.language.organs import may_make_rules
from assistant.lexicon import phrase
from assistant.rules.base import Hit, hit_in, hit_of, matches_in, rule
from assistant.rules.tables_T.cells import blank_cells, not_whole

# 100亿元: more than any county and most cities charge in a year, and what yuan written as 万元 soon looks like.
LARGEST_PLAUSIBLE_FEE = Decimal(1_000_000)
_SAME_SIZE = 10  # times


@rule("T201", "非负整数（收费可为小数）", severity="error", needs=("disclosure",))
def counts_are_whole(dossier: Dossier) -> Iterator[Hit]:
    """件数、次数只能是零或正整数；只有收费金额、采购金额可以有小数，旧版“本年增/减”可以为负。

    依据：表二填报常识。
    违例：行政许可 12.5。
    正例：行政许可 12；行政事业性收费 1087.31万元。
    """
    yield from not_whole(dossier, "disclosure")


@rule("T202", "空白、“/”", severity="warning", needs=("disclosure",))
def no_blank_cells(dossier: Dossier) -> Iterator[Hit]:
    """空白与0含义不同：没有发生应填0，留空会被当作漏报。

    依据：格式填报要求。
    违例：规章 现行有效件数 空白或“/”。
    正例：规章 现行有效件数 0。
    """
    yield from blank_cells(dossier, "disclosure")


@rule(
    "T203",
    "县级及以下政府、部门、乡镇街道没有规章制定权，三数应为0",
    severity="error",
    basis="《立法法》第九十一条、第九十三条",
    needs=("disclosure",),
)
def rules_only_where_allowed(dossier: Dossier) -> Iterator[Hit]:
    """规章只能由国务院部门、省级政府、设区的市和自治州政府制定；县级及以下填了数，多半是把规范性文件算了进去。

    依据：《立法法》关于规章制定权的规定。
    违例：某某县人民政府 规章 本年制发件数 3。
    正例：某某县人民政府 规章 本年制发件数 0。
    """
    if may_make_rules(dossier.report.unit):
        return
    for metric in dossier.metrics_of("disclosure"):
        value = dossier.report.value(metric.id)
        if metric.row.id == "rules" and value:
            message = f"{dossier.report.unit}没有规章制定权，此格填了{number(value)}"
            yield hit_in(metric, message, "0", number(value))


@rule("T204", "现行有效 ≥ 制发 － 废止", severity="warning", needs=("disclosure",))
def in_force_covers_the_new(dossier: Dossier) -> Iterator[Hit]:
    """年末现行有效的件数至少包括当年新制发而未废止的件数。

    依据：表二三列的含义。
    违例：制发10、废止2、现行有效5。
    正例：制发10、废止2、现行有效68。
    """
    for row in ("rules", "normative_documents"):
        issued, repealed, in_force = (
            dossier.report.value(f"disclosure.{row}.{c}") for c in ("issued", "repealed", "in_force")
        )
        if issued is None or repealed is None or in_force is None or in_force >= issued - repealed:
            continue
        yield hit_in(
            dossier.edition.metrics[f"disclosure.{row}.in_force"],
            f"现行有效{number(in_force)}件少于制发{number(issued)} － 废止{number(repealed)}",
            f"不少于{number(issued - repealed)}",
            number(in_force),
        )


@rule("T205", "收费疑似把元当万元（过大，或格内带“元”）", severity="warning", needs=("disclosure",))
def fee_in_the_right_unit(dossier: Dossier) -> Iterator[Hit]:
    """收费金额的单位是万元，按元填会放大一万倍。

    依据：格式表二“单位：万元”。
    违例：行政事业性收费 10873100元。
    正例：行政事业性收费 1087.31。
    """
    cell = dossier.report.cells.get("disclosure.fees.amount")
    if cell is None or cell.value is None:
        return
    metric = dossier.edition.metrics["disclosure.fees.amount"]
    if re.search(r"(?<!万)元", cell.raw):
        yield hit_in(metric, f"格内写作“{cell.raw}”，单位应为万元", "万元", cell.raw, anchor="unit")
    elif cell.value > LARGEST_PLAUSIBLE_FEE and not _as_large_as_before(dossier, cell.value):
        written = number(cell.value)
        yield hit_in(metric, f"{written}万元过大，请核对是否以元为单位", "万元", written, anchor="size")


def _as_large_as_before(dossier: Dossier, fees: Decimal) -> bool:
    """Whether last year's table has fees of the same size: those of a whole province are so large every year."""
    before = dossier.book.value("disclosure.fees.amount.last_year")
    return before is not None and before < fees * _SAME_SIZE and fees < before * _SAME_SIZE


@rule("T206", "许可、处罚、强制为0而叙述有数，或相反", severity="warning", needs=("disclosure",))
def decisions_and_prose(dossier: Dossier) -> Iterator[Hit]:
    """表中为0而文中说办理了若干件，或表中有数而文中说没有，两处必有一处有误。

    依据：文表一致。
    违例：表二行政处罚为0，文中称“作出行政处罚25件”。
    正例：表二行政处罚为25，文中称“作出行政处罚25件”。
    """
    for claim in dossier.claims:
        if claim.kind != "decisions" or claim.year != dossier.report.year:
            continue
        metric = dossier.edition.metrics.get(claim.readings[0][0])
        if metric and dossier.report.value(metric.id) == 0 and claim.mention.value > 0:
            message = f"文中为{claim.mention.text}，{metric.place}为0"
            yield hit_of(claim, message, "0", number(claim.mention.value), anchor=metric.id)
    rows = {row.label: row.id for row in dossier.edition.table("disclosure").rows}
    for where, mark, found in matches_in(dossier.report, phrase("boasts", "no_act")):
        value = dossier.report.value(f"disclosure.{rows[found[1]]}.decisions")
        if value:
            message = f"文中称没有{found[1]}，表二为{number(value)}"
            yield Hit(where, message, number(value), "没有", found.group(), anchor=rows[found[1]], marks=(mark,))


@rule(
    "T207",
    "旧版表：增减与上年项目数可推、采购额单位",
    severity="info",
    basis="国办公开办函〔2019〕60号",
    needs=("edition_2019",),
)
def figures_of_the_old_form(dossier: Dossier) -> Iterator[Hit]:
    """旧版表二有“上一年项目数量”和“本年增/减”，两者相加是本年项目数，不应为负；采购总金额的单位是元。

    依据：国办公开办函〔2019〕60号的表。
    违例：上一年项目数量 3，本年增/减 －5；采购总金额 25.1万元。
    正例：上一年项目数量 3，本年增/减 －1；采购总金额 251000元。
    """
    report, metrics = dossier.report, dossier.edition.metrics
    for row in dossier.edition.table("disclosure").rows:
        before, change = (report.value(f"disclosure.{row.id}.{column}") for column in ("previous_items", "change"))
        if before is not None and change is not None and before + change < 0:
            message = f"上一年{number(before)}项、增减{number(change)}，本年为负"
            cell = metrics[f"disclosure.{row.id}.change"]
            yield hit_in(cell, message, "不为负", number(before + change), anchor=row.id)
    amount = report.cells.get("disclosure.procurement.amount")
    if amount and amount.value and "万" in amount.raw:
        cell = metrics["disclosure.procurement.amount"]
        yield hit_in(cell, f"写作“{amount.raw}”，格式以元为单位", "元", amount.raw, anchor="procurement")
