"""F106, F114: labels of the tables and the title, word by word as the form has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from assistant.figures.dossier import Dossier
from assistant.form import APPLICANTS, EDITIONS, GROUPS, Row, Table
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.report import Mark, Paragraph, TableRead
from assistant.rules.base import Hit, rule
from assistant.rules.form_F.structure import FORM
from assistant.text import fold

_BRACKETS = regex(r"[（(\[【][^（()）\]】]*[）)\]】]")
_NEARLY = 80
# Words of table 4 that are no column: a label as unlike all columns as these is a caption or a note.
_ALIKE = 60


@rule("F106", "表的行列标签与格式逐字比对，缺字、错字", severity="warning", basis=FORM)
def labels_as_in_the_form(dossier: Dossier) -> Iterator[Hit]:
    """表格的行列名称、表二各行上方的项次和单位、申请人各列的次序由格式统一规定，缺字、错字、多字、换了次序会使数据无法汇总。标点、空格、全半角、括号内的说明和省去括号的简写不算差错；
    从图片识别的标签不比对，由读取时的提示请人核对。

    依据：格式第二、三、四部分的表；2019年版见国办公开办函〔2019〕60号。
    违例：其他法律行政止公开。
    正例：其他法律行政法规禁止公开。
    """
    for read in dossier.report.tables:
        if read.id == "review":
            yield from _columns_of_cases(read)
            yield from _others_in_order(read)
            continue
        yield from _heads(read)
        yield from _columns_in_order(read) if read.id == "requests" else _others_in_order(read)
        for row_id, printed in read.rows.items():
            if _is_right(printed, row_id, read.id):
                continue
            row = _wordings(read.id)[row_id][0]
            cells = [metric for metric in dossier.report.cells if metric.rpartition(".")[0] == f"{read.id}.{row_id}"]
            if all(dossier.report.cells[metric].confidence == 1 for metric in cells):
                marks = tuple(Mark(metric) for metric in cells[:1])
                yield _misprint(f"表{_table(read.id).number} {row.mark or row.name}", printed, row.label, row_id, marks)


_UNIT = regex(r"单位\s*[:：]\s*(\w+)")


def _heads(read: TableRead) -> Iterator[Hit]:
    """The item of Article 20 and the unit above the rows of table 2: 第（九）项 above 行政事业性收费, 单位：元."""
    told: set[str] = set()
    for row_id, (item, *titles) in read.heads.items():
        blocks = [
            block
            for edition in EDITIONS.values()
            for block in edition.table(read.id).blocks
            if row_id in [row.id for row in block.rows]
        ]
        items = {found[1] for block in blocks if (found := phrase("numbering", "item_number").search(block.heading))}
        units = {found[1] for block in blocks for column in block.columns if (found := _UNIT.search(column.label))}
        for pattern, printed, right in (
            (phrase("numbering", "item_number"), item, items),
            *((_UNIT, title, units) for title in titles),
        ):
            found = pattern.search(printed)
            if found and right and found[1] not in right and printed not in told:
                told.add(printed)
                expected = printed[: found.start(1)] + min(right) + printed[found.end(1) :]
                name = next(row.label for row in blocks[0].rows if row.id == row_id)
                message = f"“{name}”上方印作“{printed}”，格式为“{expected}”"
                yield Hit(f"表{_table(read.id).number} {name}", message, expected, printed, printed, anchor=printed)


def _columns_in_order(read: TableRead) -> Iterator[Hit]:
    """商业企业 and 科研机构 that changed places: the figures below them would be added up with other offices' wrongly."""
    # 自然人 and 总计 stand over two rows of the header, which pages flatten in several ways.
    labels = {column.id: column.label for column in APPLICANTS[1:-1]}
    named = [column for column in read.columns if column in labels]
    right = [column for column in labels if column in named]
    if named != right:
        printed, form = ("、".join(labels[column] for column in order) for order in (named, right))
        yield Hit("表三 表头", f"申请人各列的次序与格式不同：{printed}", form, printed, printed, anchor="columns")


def _others_in_order(read: TableRead) -> Iterator[Hit]:
    """Columns of tables 2 and 4 that changed places; they were read by their names."""
    metrics = {metric.id: metric for edition in EDITIONS.values() for metric in edition.metrics_of(read.id)}
    labels = {name: f"{metric.row.label}·{metric.column.label}" for name, metric in metrics.items()}
    if read.id == "disclosure":
        labels = {metric.column.id: metric.column.label for metric in metrics.values()}
    right = [name for name in labels if name in read.columns]
    if read.columns and list(read.columns) != right:
        printed, form = ("、".join(labels[name] for name in order) for order in (read.columns, right))
        message = f"各列的次序与格式不同：{printed}"
        yield Hit(f"表{_table(read.id).number} 表头", message, form, printed, printed, anchor="columns")


def _is_right(printed: str, row_id: str, table_id: str) -> bool:
    """Whether a label has the form's words, whole or without its bracket, alone or behind those it stands under."""
    row, right = _wordings(table_id)[row_id]
    number = phrase("numbering", "of_a_label")
    whole = fold(number.sub("", printed))
    if whole in right:
        return True
    # The bracket may be left out or be a note of the office's own; one that is nearly the form's is misprinted.
    nearly = _BRACKETS.search(row.label) and fuzz.ratio(whole, fold(number.sub("", row.label))) >= _NEARLY
    return fold(_BRACKETS.sub("", number.sub("", printed))) in right and not nearly


@cache
def _wordings(table_id: str) -> dict[str, tuple[Row, frozenset[str]]]:
    """The rows of a table over all editions, each with the wordings that are no fault, folded."""
    rows = [row for edition in EDITIONS.values() for row in edition.table(table_id).rows]
    found: dict[str, tuple[Row, frozenset[str]]] = {}
    for row in rows:
        labels = [
            text
            for label in (
                phrase("numbering", "of_a_label").sub("", label) for label in (row.label, row.short, *row.aliases)
            )
            for text in (label, _BRACKETS.sub("", label))
        ]
        words = {word for label in labels if label for word in _behind_groups(fold(label))}
        first, before = found.get(row.id, (row, frozenset[str]()))
        found[row.id] = (first, before | words)
    return found


def _behind_groups(word: str) -> Iterator[str]:
    """A label with those of merged cells before it: 本年度办理结果不予公开属于国家秘密."""
    for group in ("", *(fold(group.label) for group in GROUPS)):
        yield from (group + word, f"本年度办理结果{group}{word}")


def _table(table_id: str) -> Table:
    return EDITIONS["2021"].table(table_id)


def _columns_of_cases(read: TableRead) -> Iterator[Hit]:
    block = _table("review").blocks[0]
    columns = [name for column in block.columns for name in (column.label, *column.aliases)]
    known = {fold(name): name for name in (*columns, *(row.label for row in block.rows), "行政诉讼")}
    for printed in read.rows.values():
        key = fold(_BRACKETS.sub("", printed))
        if not key or key in known:
            continue
        closest = process.extractOne(key, list(known), scorer=fuzz.ratio)
        if closest and closest[1] >= _ALIKE and abs(len(closest[0]) - len(key)) <= 1:
            yield _misprint("表四", printed, known[closest[0]], closest[0], ())


def _misprint(where: str, printed: str, right: str, anchor: str, marks: tuple[Mark, ...]) -> Hit:
    shown = "".join(printed.split())
    return Hit(
        where, f"标签写作“{shown}”，{_difference(shown, right)}", right, shown, shown, anchor=anchor, marks=marks
    )


def _difference(printed: str, right: str) -> str:
    """What is missing, wrong or too much, for a person's eye."""
    steps = []
    mine, form = fold(printed), fold(right)
    for step in Levenshtein.opcodes(mine, form):
        here, there = mine[step.src_start : step.src_end], form[step.dest_start : step.dest_end]
        if step.tag != "equal":
            steps.append(f"“{here}”应为“{there}”" if here and there else f"多“{here}”" if here else f"缺“{there}”")
    return "，".join(steps) or "与格式不同"


_PROPER = "政府信息公开工作年度报告"
_SHORT = {entry["short"]: entry["full"] for entry in load("organs")["short"]}
_LONGEST_LINE = 30


@rule(
    "F114", "题名：规范单位名＋年度＋政府信息公开工作年度报告", severity="warning", basis=FORM, needs=("form", "title")
)
def title_is_complete(dossier: Dossier) -> Iterator[Hit]:
    """题名应有规范的单位名称、年度和“政府信息公开工作年度报告”，次序不论。

    依据：格式的名称；单位用规范名称。
    违例：云川县卫健委2024年信息公开年报。
    正例：云川县卫生健康委员会2024年政府信息公开工作年度报告。
    """
    title = re.sub(r"\s+", "", unicodedata.normalize("NFKC", _title_lines(dossier)))
    if _PROPER not in title:
        found = phrase("titles", "kind").search(title)
        yield _about_title(
            dossier, "kind", "题名应写“政府信息公开工作年度报告”", _PROPER, found.group() if found else title
        )
    if not phrase("calendar", "year_of_title").search(title):
        year = f"{dossier.report.year}年" if dossier.report.year else "年度"
        yield _about_title(dossier, "year", "题名没有年度", year, "无")
    unit = phrase("titles", "kind").sub("", phrase("calendar", "year_of_title").sub("", title))
    unit = phrase("titles", "beside_unit").sub("", unit)
    if not unit:
        yield _about_title(dossier, "unit", "题名没有单位名称", dossier.report.unit or "单位名称", "无")
        return
    for short, full in _SHORT.items():
        if unit.endswith(short):
            yield _about_title(dossier, "short", f"题名的单位“{unit}”是简称", f"{unit.removesuffix(short)}{full}", unit)
            return
    if phrase("titles", "short_government").search(unit):
        yield _about_title(dossier, "short", f"题名的单位“{unit}”是简称", f"{unit.removesuffix('政府')}人民政府", unit)


def _title_lines(dossier: Dossier) -> str:
    """The title with the short lines before and after it, where it is set in several."""
    lines = [
        p.text
        for p in dossier.report.preamble[:2]
        if len(p.text) <= _LONGEST_LINE and not re.search(r"[，。：:；\d]", p.text)
    ]
    return "".join((*lines, dossier.report.title))


def _about_title(dossier: Dossier, anchor: str, message: str, expected: str, actual: str) -> Hit:
    title = dossier.report.title
    marks = (Mark("", Paragraph(text=title), 0, len(title)),)
    return Hit("题名", message, expected, actual, title, anchor=anchor, marks=marks)
