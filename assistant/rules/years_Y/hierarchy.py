"""Y109: the reports of towns and departments in a set against the report of the government above them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.book import label_of, place_of
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import ADDED_UP
from assistant.language.numerals import number
from assistant.language.organs import is_government
from assistant.report import Mark
from assistant.rules.base import Hit, Severity, rule

_UNITS_SHOWN = 5


@rule(
    "Y109",
    "下级、部门报告之和与本级汇总不符（报告集内）",
    severity="warning",
    basis="《条例》第四十九条、第五十条",
    needs=("parts",),
)
def parts_add_up_to_the_whole(dossier: Dossier) -> Iterator[Hit]:
    """一级政府的报告汇总所属部门和下级。同批检查的下级、部门报告相加超过本级的数，汇总一定有误或口径不同；少于本级的数，列出差额供
    核对（报告集可能不全）。只看单位名称能认出上下级的报告。

    依据：《条例》第四十九条、第五十条。
    违例：三个乡镇的报告新收共26件，县政府报告新收24件。
    正例：三个乡镇和各部门的报告新收共24件，县政府报告新收24件。
    """
    assert dossier.others is not None
    if not is_government(dossier.report.unit):
        return
    parts = dossier.others.parts
    for metric in ADDED_UP:
        whole = dossier.report.value(metric)
        units = [(part.unit, value) for part in parts if (value := part.totals[metric]) is not None]
        total = sum((value for _, value in units), Decimal(0))
        if whole is None or len(units) < 2 or total == whole:
            continue
        largest = sorted(units, key=lambda pair: (-pair[1], pair[0]))[:_UNITS_SHOWN]
        shown = "、".join(f"{unit}{number(value)}" for unit, value in largest)
        more = f"等{len(units)}份报告" if len(units) > _UNITS_SHOWN else ""
        message = f"报告集中{shown}{more}，{label_of(metric)}合计{number(total)}，本级报告为{number(whole)}"
        severity: Severity | None = "info" if total < whole else None
        marks = (Mark(metric),)
        yield Hit(
            place_of(metric), message, number(total), number(whole), severity=severity, anchor=metric, marks=marks
        )
