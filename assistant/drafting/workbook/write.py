"""Writing the data workbook: empty for a new year, or filled from data that is already at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import FOLLOWED_UP, LEVELS, OPENING, PARTS, LastYearFigures, OfficeData, likely_level
from assistant.drafting.report_parts import SIDES, last_year_paragraphs
from assistant.drafting.workbook.layout import (
    BASIC,
    BASIC_ROWS,
    EXPORT,
    GUIDE,
    OWN,
    OWN_COLUMNS,
    PLAN_COLUMNS,
    PLAN_KINDS,
    PLANS,
    POINT_COLUMNS,
    POINT_PARTS,
    POINTS,
    TABLES,
    THIS_YEAR,
    address_of,
    last_year_place,
    last_year_title,
    total_formula,
)
from assistant.figures.claim_reader import claims_in
from assistant.files import writable, writing
from assistant.form import APPLICANTS
from assistant.form.drawing import Drawing, drawing
from assistant.language.shortcomings import IMPROVEMENTS, PROBLEMS, items_of
from assistant.patterns import regex
from assistant.render.spreadsheet import put_text
from assistant.report import Report

__all__ = ["plans_of", "told_by", "write_template", "write_workbook"]

_THIN = Side(style="thin", color="808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_SUM = PatternFill("solid", fgColor="F2F2F2")
_RED = PatternFill("solid", bgColor="F8CBAD")
_GREY = Font(color="808080", italic=True)
_LABEL_WIDTHS = {"disclosure": (22,), "requests": (10, 14, 56)}
_FIGURE_WIDTH = 13
_POINT_ROWS = 4  # empty rows for each part
_CHARACTERS_A_LINE, _LINE_HEIGHT = 32, 15  # Chinese characters in a column 70 wide; points
_OWN_ROWS = 200  # rows that get a drop-down list
_PRINTED_ROWS = 30  # of the own figures, where there are fewer
_POINT_WIDTHS, _HINT_WIDTH = (18, 100, 60), 90
_MOST_TOLD = 60
_CLAUSE = regex(r"[，。；：、（）]")
_OWN_HINTS = (
    "正文要用、三张表里没有的数字都填在这里；要点里写“发布{{名称}}”，数字就填在那里。",
    "约数可填“14万余”。信息处理费没有收取也请填 0 元，用于“其他事项”。",
)
_GUIDE = {
    BASIC: "单位全称、年度、级别、落款日期；级别从下拉列表选择。",
    "、".join(TABLES.values()): "照统计数填不小于0的整数（收费金额以万元计）；没有数据的留空，确实没有的填0，不写“约”。"
    "总计由公式相加，不要改成数字。变红的格表示收办不平，或与上年结转不同。灰色的是上年数字，只供核对。",
    OWN: "".join(_OWN_HINTS),
    POINTS: "一行一条，用完整的句子：谁做了什么、做到什么程度、结果怎样。可以只写部分名称一次，下面几行都算这一部分；"
    "也可以写自设的小标题（如“标准化建设”）。数字照实写，正文里的每个数字都会记下出自哪一格。",
    PLANS: "上年列出的问题和改进，逐条写进展和结果；本年的问题和改进写进“内容”一栏，一一对应。",
    EXPORT: "统计系统导出的表连同行列标签整张粘贴，前面各表留空的格从这里取；可以不填。",
    "填好以后": "保存，再运行 assistant draft --data 本文件；表格有错误、内容有缺的，会按工作表和单元格列出。",
}

Plans = tuple[tuple[str, str], ...]


def write_template(
    path: Path,
    unit: str,
    year: int,
    last_year: LastYearFigures | None,
    *,
    plans: Plans = (),
    told: tuple[str, ...] = (),
    overwrite: bool = False,
) -> None:
    """An empty workbook for ``unit`` and ``year``, last year's figures in grey beside the empty cells.

    ``plans`` are last year's problems and improvements, for the office to say what became of each; ``told`` what its
    prose told beside the tables (``told_by``).

    Raises:
        AssistantError: another format than .xlsx, the file exists and ``overwrite`` is false, or it cannot be written.
    """
    write_workbook(
        path,
        OfficeData(unit=unit, year=year, level=likely_level(unit)),
        last_year,
        plans=plans,
        told=told,
        overwrite=overwrite,
    )


def plans_of(report: Report) -> Plans:
    """The problems and improvements of a report: (上年问题 or 上年改进, what it wrote)."""
    sides = zip(PLAN_KINDS, (PROBLEMS, IMPROVEMENTS), strict=False)
    return tuple((kind, item.text.strip("，；、 \n")) for kind, side in sides for item in items_of(report, side))


def told_by(report: Report) -> tuple[str, ...]:
    """What the prose of a report counts beside the tables of the form: 一（一）主动公开：政务新媒体发布信息1392条."""
    found: dict[str, None] = {}
    for part in PARTS:
        for text in last_year_paragraphs(part, report) if part.id not in SIDES else ():
            for claim in claims_in(text, report.year):
                if claim.readings and claim.relation != "none" and not claim.scope:
                    continue
                begins = max((each.end() for each in _CLAUSE.finditer(text, 0, claim.mention.start)), default=0)
                found[f"{part.number}{part.heading}：{text[begins : claim.mention.end].strip()}"] = None
    return (f"上年正文里另有的数（{report.year}年，只供参考）：", *list(found)[:_MOST_TOLD]) if found else ()


def write_workbook(
    path: Path,
    data: OfficeData,
    last_year: LastYearFigures | None,
    *,
    plans: Plans = (),
    told: tuple[str, ...] = (),
    overwrite: bool = False,
) -> None:
    """The workbook with everything that ``data`` holds; totals are formulas. Raises as ``write_template``."""
    writable(path, (".xlsx",), overwrite=overwrite)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = BASIC
    _basic(sheet, data)
    for table, title in TABLES.items():
        _write_table(book.create_sheet(title), drawing(table), data, last_year)
    _own(book.create_sheet(OWN), data, told)
    _points(book.create_sheet(POINTS), data)
    _plans(book.create_sheet(PLANS), data, plans)
    _export(book.create_sheet(EXPORT))
    _guide(book.create_sheet(GUIDE, 0))
    book.active = 1  # who opens it begins with the first sheet to fill in
    for each in book.worksheets:
        each.page_setup.orientation, each.page_setup.fitToHeight = "landscape", 0
        each.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    with writing(path) as aside:
        book.save(aside)


def _head(sheet: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = _cell_at(sheet, 1, column)
        put_text(cell, title)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _FRAME
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _choices(sheet: Worksheet, cells: str, choices: tuple[str, ...]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.error, rule.errorTitle = "请从下拉列表选择", "不在列表中"
    sheet.add_data_validation(rule)
    rule.add(cells)


def _basic(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, ("项目", "内容", "说明"), (14, 40, 60))
    known = {"单位": data.unit, "级别": data.level, "联系电话": data.phone, "公开网址": data.website}
    for row, (item, hint) in enumerate(BASIC_ROWS, start=2):
        put_text(_cell_at(sheet, row, 1), item)
        value = _cell_at(sheet, row, 2)
        value.border = _FRAME
        if item == "年度":
            value.value = data.year
            value.alignment = Alignment(horizontal="left")
        elif item == "落款日期":
            value.number_format = "yyyy-mm-dd"
            value.value = data.signed_on
            value.alignment = Alignment(horizontal="left")
        else:
            put_text(value, known[item])
        put_text(_cell_at(sheet, row, 3), hint)
        _cell_at(sheet, row, 3).font = _GREY
        if item == "级别":
            _choices(sheet, value.coordinate, LEVELS)


def _own(sheet: Worksheet, data: OfficeData, told: tuple[str, ...]) -> None:
    """``told`` are lines on what last year's report told beside the tables, for the office to see what it counts."""
    _head(sheet, OWN_COLUMNS, (32, 14, 10, 40, 18))
    for row, text in enumerate((*_OWN_HINTS, *told), start=1):
        hint = _cell_at(sheet, row, len(OWN_COLUMNS) + 2)
        put_text(hint, text)
        hint.font, hint.alignment = _GREY, _TOP
        _heighten(sheet, row, _lines(text, _HINT_WIDTH))
    sheet.column_dimensions[get_column_letter(len(OWN_COLUMNS) + 2)].width = _HINT_WIDTH
    sheet.print_area = f"A1:E{max(len(data.own) + 1, _PRINTED_ROWS)}"
    _choices(sheet, f"E2:E{_OWN_ROWS + 1}", tuple(part.id for part in PARTS))
    for row, figure in enumerate(data.own, start=2):
        put_text(_cell_at(sheet, row, 1), figure.name)
        _cell_at(sheet, row, 2).value = figure.value
        for column, text in enumerate((figure.unit, figure.source, figure.part), start=3):
            put_text(_cell_at(sheet, row, column), text)


def _points(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, POINT_COLUMNS, _POINT_WIDTHS)
    asked = {part.id: part.asks for part in (*PARTS, OPENING)} | {
        head: f"自设小标题“{head}”的内容" for head in data.heads
    }
    row = 2
    for part in (*POINT_PARTS, *data.heads):
        points = data.points_of(part)
        hint = _cell_at(sheet, row, len(POINT_COLUMNS))
        put_text(hint, asked[part])
        hint.font, hint.alignment = _GREY, _TOP
        _heighten(sheet, row, _lines(asked[part], _POINT_WIDTHS[-1]))
        for n in range(max(_POINT_ROWS, len(points))):
            put_text(_cell_at(sheet, row, 1), part)
            _cell_at(sheet, row, 1).alignment = _TOP
            if n < len(points):
                put_text(_cell_at(sheet, row, 2), points[n].text)
                _heighten(sheet, row, _lines(points[n].text, _POINT_WIDTHS[1]))
            _cell_at(sheet, row, 2).alignment = _TOP
            row += 1


def _plans(sheet: Worksheet, data: OfficeData, plans: Plans) -> None:
    """Last year's problems and plans, each with a cell for what became of it; then this year's."""
    _head(sheet, PLAN_COLUMNS, (12, 70, 70))
    progress = [("上年改进", "", point.text) for point in data.points_of(FOLLOWED_UP)]
    rows = [(kind, text, "") for kind, text in plans] + progress
    for kind, part in THIS_YEAR.items():
        points = [point.text for point in data.points_of(part)]
        rows += [(kind, text, "") for text in (*points, *[""] * (_POINT_ROWS - len(points)))]
    for row, texts in enumerate(rows, start=2):
        # Not every program makes rows as tall as the words in them need.
        lines = max(-(-len(text) // _CHARACTERS_A_LINE) for text in texts)
        sheet.row_dimensions[row].height = _LINE_HEIGHT * max(lines, 2)
        for column, text in enumerate(texts, start=1):
            cell = _cell_at(sheet, row, column)
            cell.alignment = _TOP
            if text:
                put_text(cell, text)
            if column > 1 and texts[0] not in THIS_YEAR:
                cell.font = _GREY if column == len(PLAN_COLUMNS) - 1 else Font()
    _choices(sheet, f"A2:A{len(rows) + _OWN_ROWS}", PLAN_KINDS)


def _export(sheet: Worksheet) -> None:
    """Empty but for a line that says what it is for."""
    hint = _cell_at(sheet, 1, 1)
    put_text(hint, "统计系统导出的表二、表三、表四可以连同行列标签整张粘贴在下面；前面各表留空的格按标签取这里的数字。")
    hint.font = _GREY


def _write_table(sheet: Worksheet, plan: Drawing, data: OfficeData, last_year: LastYearFigures | None) -> None:
    """One table laid out as the form: totals as formulas, input checks, ``last_year`` in grey beside or below it."""
    counts = _numbers(sheet, "whole", "这里只填不小于0的整数；没有数据请留空，不要写“无”“约”")
    amounts = _numbers(sheet, "decimal", "这里只填不小于0的金额，单位万元；没有数据请留空")
    for drawn in plan.cells:
        cell = _cell_at(sheet, drawn.row + 1, drawn.column + 1)
        cell.alignment = _CENTRE
        if drawn.metric:
            _figure(cell, drawn.metric, data)
            (amounts if drawn.metric.endswith(".amount") else counts).add(cell.coordinate)
        else:
            put_text(cell, drawn.text)
            cell.fill = _HEAD
        _frame(sheet, drawn.row + 1, drawn.column + 1, drawn.height, drawn.width)
    if plan.table.id == "requests":
        _warn_of_imbalance(sheet, last_year is not None)
    if last_year is not None:
        _last_year(sheet, plan, data, last_year)
    labels = _LABEL_WIDTHS.get(plan.table.id, ())
    for n in range(plan.columns):
        sheet.column_dimensions[get_column_letter(n + 1)].width = labels[n] if n < len(labels) else _FIGURE_WIDTH
    _row_heights(sheet, plan)
    sheet.print_area = f"A1:{get_column_letter(plan.columns)}{plan.rows}"
    sheet.freeze_panes = _cell_at(sheet, plan.header_rows + 1, 1)


def _row_heights(sheet: Worksheet, plan: Drawing) -> None:
    """Rows as tall as their labels need: not every program makes them so, and a label would run over the next."""
    for drawn in plan.cells:
        if not drawn.metric and drawn.height == 1:
            letters = (get_column_letter(drawn.column + n + 1) for n in range(drawn.width))
            width = sum(sheet.column_dimensions[letter].width for letter in letters)
            _heighten(sheet, drawn.row + 1, _lines(drawn.text, int(width)))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column; a 汉字 is two wide."""
    wide = sum(1 if sign.isascii() else 2 for sign in text)
    return max(1, -(-wide // (width - 1)))


def _heighten(sheet: Worksheet, row: int, lines: int) -> None:
    if lines > 1:
        sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, _LINE_HEIGHT * lines)


def _guide(sheet: Worksheet) -> None:
    """What each sheet is for; nothing of it is read."""
    _head(sheet, ("工作表", "怎样填"), (18, 100))
    for row, texts in enumerate(_GUIDE.items(), start=2):
        for column, text in enumerate(texts, start=1):
            put_text(_cell_at(sheet, row, column), text)
            _cell_at(sheet, row, column).alignment = _TOP
        _heighten(sheet, row, _lines(texts[1], 100))


def _numbers(sheet: Worksheet, kind: Literal["whole", "decimal"], message: str) -> DataValidation:
    rule = DataValidation(type=kind, operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.error, rule.errorTitle = message, "不是数字"
    sheet.add_data_validation(rule)
    return rule


def _warn_of_imbalance(sheet: Worksheet, beside: bool) -> None:
    """Red where a column's 收 and 办 do not balance, or 上年结转 is not what last year's report carried over."""

    def at(row: str, column: str) -> str:
        return address_of(f"requests.{row}.{column}").partition("!")[2]

    def red(cell: str, formula: str) -> None:
        sheet.conditional_formatting.add(
            cell, Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=_RED))
        )

    for column in (each.id for each in APPLICANTS):
        new, carried, done, left = (at(row, column) for row in ("received", "carried_in", "concluded", "carried_out"))
        red(left, f"AND(COUNT({new},{carried},{left})>0,N({new})+N({carried})<>N({done})+N({left}))")
        if beside:
            _, row, place = last_year_place(f"requests.carried_out.{column}")
            before = f"{get_column_letter(place)}{row}"
            red(carried, f"AND(ISNUMBER({before}),ISNUMBER({carried}),{before}<>{carried})")


def _frame(sheet: Worksheet, row: int, column: int, height: int, width: int) -> None:
    for down in range(height):
        for right in range(width):
            _cell_at(sheet, row + down, column + right).border = _FRAME
    if height > 1 or width > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + height - 1, end_column=column + width - 1)


def _figure(cell: Cell, metric: str, data: OfficeData) -> None:
    formula = total_formula(metric)
    if formula:
        cell.value, cell.fill = formula, _SUM
        return
    entry = data.cells.get(metric)
    cell.value = entry.value if entry else None


def _last_year(sheet: Worksheet, plan: Drawing, data: OfficeData, last_year: LastYearFigures) -> None:
    metrics = [cell.metric for cell in plan.cells if cell.metric]
    places = {metric: last_year_place(metric) for metric in metrics}
    title = _cell_at(sheet, *last_year_title(plan.table.id))
    put_text(title, f"上年数字：{data.unit}{data.year - 1}年（灰色，只供核对，不必改）")
    title.font = _GREY
    for metric, (_, row, column) in places.items():
        cell = _cell_at(sheet, row, column)
        cell.value, cell.font, cell.alignment = last_year.get(metric), _GREY, _CENTRE


def _cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that holds something: what a merged range covers is never written to."""
    return cast(Cell, sheet.cell(row, column))
