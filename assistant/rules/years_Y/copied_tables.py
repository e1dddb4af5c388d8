"""Y110: tables that were copied from last year's report."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.dossier import Dossier
from assistant.form import Metric
from assistant.language.numerals import number
from assistant.report import Mark
from assistant.rules.base import Hit, rule

FEWEST = 5
"""Non-zero cells, sums of others left out, from which on it is no chance that two years' tables are the same."""


@rule("Y110", "表二、表三、表四与上年逐格相同", severity="warning", basis="跨年比对", needs=("previous",))
def tables_are_not_last_years(dossier: Dossier) -> Iterator[Hit]:
    """一张表的每一格都与上年报告相同，而不为零的格（总计除外）不少于五个，多半是照抄上年的表或者没有更新。全是零、只有几格有数的小单位不报。

    依据：跨年比对；《条例》第四十九条要求公布上一年度的情况。
    违例：2024年表三与2023年表三逐格相同，新收都是24件。
    正例：两年的表三有一格以上不同。
    """
    assert dossier.previous is not None
    for table in dossier.edition.tables:
        metrics = dossier.metrics_of(table.id)
        if any(dossier.report.value(metric.id) != dossier.previous.value(metric.id) for metric in metrics):
            continue
        filled = [metric for metric in metrics if dossier.report.value(metric.id) and not _is_sum(metric)]
        if len(filled) >= FEWEST:
            first = filled[0]
            shown = f"{first.name}都是{number(dossier.report.value(first.id))}"
            message = f"表{table.number}的{len(metrics)}格与上年报告逐格相同（{shown}），其中{len(filled)}格不为零"
            marks = tuple(Mark(metric.id) for metric in filled)
            yield Hit(f"表{table.number}", message, "本年的数", "与上年相同", anchor=table.id, marks=marks)


def _is_sum(metric: Metric) -> bool:
    return metric.column.id == "total" or metric.row.id == "concluded"
