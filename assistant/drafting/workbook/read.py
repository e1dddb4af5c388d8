"""Reading the data workbook: figures by metric id with their addresses, own figures, points by part. All faults at
once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from rapidfuzz import fuzz

from assistant.drafting.office import FOLLOWED_UP, LEVELS, PARTS, Entry, OfficeData, OwnFigure, Part, Point
from assistant.drafting.workbook.formulas import Cached, NotANumber, Reading, figure_at, number_in
from assistant.drafting.workbook.layout import (
    BASIC,
    BASIC_ROWS,
    EXPORT,
    OWN,
    PLAN_KINDS,
    PLANS,
    POINT_PARTS,
    POINTS,
    SHEETS,
    TABLES,
    THIS_YEAR,
    last_year_title,
    place_of_metric,
    text_at,
    total_formula,
)
from assistant.errors import BadWorkbook, UnreadableReport
from assistant.form.common import OTHERWISE_HANDLED, OUTCOMES
from assistant.form.drawing import drawing
from assistant.language.organs import same_unit
from assistant.lexicon import phrase
from assistant.readers import read_document
from assistant.readers.archive import open_archive, read_xml
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Document, Grid
from assistant.readers.excel.sheet import cells_named
from assistant.readers.excel.xlsx import marked_cells
from assistant.readers.office_xml import kind, parse_xml
from assistant.readers.sections import section_of
from assistant.settings import settings
from assistant.text import clean, enumerator, fold

__all__ = ["opened", "points_in_text", "read_workbook", "unit_fault", "year_fault"]

_FIRST_YEAR = 2021  # the form of 2021 is the one that is drafted
_OUTCOME_ROWS = {row.id.split(".")[0] for row in (*OUTCOMES, *OTHERWISE_HANDLED)} - {"concluded"}
_FORMATS = (".xlsx", ".xlsm")
_MOST_OWN = 500
_WHOLE = 100
_COUNTS, _AMOUNTS = ("件", "宗", "起", "份", "个", "项", "条", "次"), ("万元",)
_WORKBOOK = "xl/workbook"  # some programs number it: xl/workbook2.xml
_HELP_TEMPLATE = "请用 assistant template 生成的表填写，不要改动工作表名称、行列和标签。"
_ALIKE_HEAD = 67  # 主动公开情况, 监督和保障 are slips; 标准化建设 shares 建设 with 公开平台建设
_MOST_ROWS, _LONGEST = 300, 800
# “已完成” alone says nothing to who has not last year's report at hand: the plan is told with it.
_SHORTEST_ALONE = 12
_LONGEST_NAME = 40  # of a plan: what it opens with tells which one it was
_INNER_QUOTES = str.maketrans("“”", "‘’")


def read_workbook(path: Path | str) -> OfficeData:
    """The office's data. Blank is not zero; sums that no program has computed yet are computed here.

    Raises:
        BadWorkbook: the file is no data workbook, or has faults; every fault is named by its address.
    """
    path = Path(path)
    book = opened(path)
    faults = list(_marked(path))
    cached = _saved_values(path)
    basic = _basic(book[BASIC], faults)
    cells: dict[str, Entry] = {}
    for table, name in TABLES.items():
        cells |= _table(book[name], table, faults, cached)
    points = _points_by_part(book, faults)
    heads = [name for name in points if name not in (*POINT_PARTS, *THIS_YEAR.values(), FOLLOWED_UP)]
    own = _own(book[OWN], heads, faults, cached)
    _same_office(book, basic, faults)
    if EXPORT in book.sheetnames and not faults:  # a bad cell would be told twice
        cells = _merge_export(path, cells, faults)
    faults += [] if faults else _lost_totals(cells)
    if faults:
        raise BadWorkbook(
            f"数据表有{len(faults)}处需要改：\n  " + "\n  ".join(faults), where=str(path), help="按所列位置改好后再试。"
        )
    own_heads = (f"{POINTS}：“{head}”不是格式所列的部分，作为自设的小标题排在第一部分最后" for head in heads)
    notes = (*_hidden(book), *own_heads)
    return OfficeData(cells=MappingProxyType(cells), own=own, points=points, file=path.name, notes=notes, **basic)


def opened(path: Path) -> Workbook:
    """A data workbook, with its formulas.

    Raises:
        BadWorkbook: the file is no data workbook.
    """
    book = _open(path)
    missing = [name for name in SHEETS if name not in book.sheetnames]
    if missing:
        found = "、".join(book.sheetnames)
        raise BadWorkbook(
            f"缺少工作表：{'、'.join(missing)}（现有：{clean(found)}）", where=str(path), help=_HELP_TEMPLATE
        )
    return book


def unit_fault(unit: str) -> str:
    """What is wrong with a unit's name; empty when nothing is."""
    return "" if phrase("workbook", "unit_name").fullmatch(unit) else f"单位应为中文全称，这里是“{unit}”"


def year_fault(text: str) -> str:
    """What is wrong with a year as it is written (2025, 2025年度); empty when nothing is."""
    year = phrase("calendar", "year_filled_in").fullmatch(text)
    if not year or int(year[1]) < _FIRST_YEAR:
        return f"年度应为 {_FIRST_YEAR} 年以后的四位数字，这里是“{text}”"
    this_year = date.today().year
    return "" if int(year[1]) <= this_year else f"年度“{text}”还没有到，现在是{this_year}年"


def points_in_text(text: str, address: str, faults: list[str]) -> list[Point]:
    """The points of a text, one a line; what would upset the report is a fault."""
    points = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if section_of(line):
            faults.append(f"{address}：“{line}”是章的标题，会打乱报告；请写成完整的句子")
        elif len(line) > _LONGEST:
            faults.append(f"{address}：有{len(line)}字，一条要点最多{_LONGEST}字，请分成几条")
        elif text := _unnumbered(line):
            points.append(Point(text=text, address=address))
    return points


def _open(path: Path) -> Workbook:
    if not path.is_file():
        raise BadWorkbook("没有这个文件", where=str(path), help="请检查路径；空白数据表可用 assistant template 生成。")
    if path.suffix.lower() not in _FORMATS:
        raise BadWorkbook(
            f"不是数据工作簿：数据要填在 .xlsx 里，这是 {path.suffix or '没有扩展名的'} 文件",
            where=str(path),
            help="旧格式的工作簿请另存为 .xlsx；空白的可用 assistant template 生成；"
            "要改写已有的报告，用 --from 指定它。",
        )
    if path.stat().st_size > settings().max_file_bytes:
        raise BadWorkbook("文件过大，不像是数据表", where=str(path), help=_HELP_TEMPLATE)
    try:
        with open_archive(path) as archive:
            if not any(part.startswith(_WORKBOOK) for part in archive.namelist()):
                raise UnreadableReport("不是 Excel 工作簿，里面没有工作表", where=str(path), help=_HELP_TEMPLATE)
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    # openpyxl reads without a bound: every part is looked at before.
                    root = parse_xml(read_xml(archive, part, str(path)))
                    if kind(root) == "worksheet" and cells_named(root) > settings().max_table_cells:
                        raise BadWorkbook(
                            "合并的单元格或链接占了太多格（例如整列、整张表）",
                            where=str(path),
                            help="请取消这些合并、链接，只合并有内容的几格。",
                        )
        return load_workbook(path, keep_links=False)
    except UnreadableReport as error:
        raise BadWorkbook(error.what, where=str(path), help=error.help) from error
    except BadWorkbook:
        raise
    except Exception as error:  # openpyxl lets errors of zip, XML and its own descriptors through
        raise BadWorkbook(
            f"打不开，不是完好的 xlsx 文件（{type(error).__name__}）",
            where=str(path),
            help="请用 Excel 或 WPS 另存为 .xlsx；如正在别处打开，请先关闭。",
        ) from error


def _basic(sheet: Worksheet, faults: list[str]) -> dict[str, Any]:
    rows = {text_at(sheet, row, 1): row for row in range(1, min(sheet.max_row, 60) + 1)}
    for item, _ in BASIC_ROWS:
        if item not in rows:
            faults.append(f"{BASIC}：没有“{item}”一行")
    texts = {item: text_at(sheet, rows[item], 2) if item in rows else "" for item, _ in BASIC_ROWS}

    def at(item: str) -> str:
        return f"{BASIC}!B{rows.get(item, '?')}"

    year = phrase("calendar", "year_filled_in").fullmatch(texts["年度"])
    named = {"单位": unit_fault(texts["单位"]), "年度": year_fault(texts["年度"])}
    faults += [f"{at(item)}：{fault}" for item, fault in named.items() if fault]
    if texts["级别"] not in LEVELS:
        faults.append(f"{at('级别')}：级别应为{'、'.join(LEVELS)}之一，这里是“{texts['级别']}”")
    signed = _date(sheet.cell(rows["落款日期"], 2).value) if "落款日期" in rows else None
    if texts["落款日期"] and signed is None:
        faults.append(f"{at('落款日期')}：不是日期：“{texts['落款日期']}”，请写成 2026-02-10")
    return {
        "unit": texts["单位"],
        "year": int(year[1]) if year else 0,
        "level": texts["级别"],
        "signed_on": signed,
        "phone": texts["联系电话"],
        "website": texts["公开网址"],
    }


def _same_office(book: Workbook, basic: dict[str, Any], faults: list[str]) -> None:
    """Last year's figures beside the tables are those of this office and of the year before: else it is the wrong
    file."""
    for table, name in TABLES.items():
        row, column = last_year_title(table)
        beside = phrase("workbook", "whose_figures").match(text_at(book[name], row, column))
        if beside is None or not basic["year"] or not phrase("workbook", "unit_name").fullmatch(basic["unit"]):
            continue
        if not same_unit(basic["unit"], beside["unit"]) or int(beside["year"]) != basic["year"] - 1:
            faults.append(
                f"{name}!{get_column_letter(column)}{row}：旁列的是{beside['unit']}{beside['year']}年的数字，{BASIC}填的是{basic['unit']}"
                f"{basic['year']}年度，不是同一单位或相邻年度；请确认没有用错工作簿，或用 assistant template 重新生成"
            )
            return


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = phrase("calendar", "day_filled_in").fullmatch(str(value or "").strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _table(sheet: Worksheet, table: str, faults: list[str], cached: Cached) -> dict[str, Entry]:
    """Figures of one table, after making sure that its labels still stand where the figures are looked for."""
    plan = drawing(table)
    for drawn in plan.cells:
        if not drawn.metric and fold(text_at(sheet, drawn.row + 1, drawn.column + 1)) != fold(drawn.text):
            address = f"{sheet.title}!{get_column_letter(drawn.column + 1)}{drawn.row + 1}"
            faults.append(f"{address}：应为“{drawn.text}”。{_HELP_TEMPLATE}")
            return {}  # rows or columns have moved: every further fault would be this one again
    entries: dict[str, Entry] = {}
    bad: dict[str, NotANumber] = {}
    sums: set[str] = set()
    for drawn in plan.cells:
        if drawn.metric:
            name, row, column = place_of_metric(drawn.metric)
            coordinate = f"{get_column_letter(column)}{row}"
            try:
                _in_one_cell(sheet, coordinate, drawn.height, drawn.width)
                value = _count(sheet, coordinate, drawn.metric, cached)
                entries[drawn.metric] = Entry(value=value, address=f"{name}!{coordinate}")
            except NotANumber as fault:
                bad[coordinate] = fault
                sums |= {coordinate} if total_formula(drawn.metric) else set()
    # A total over a bad cell is bad because of it: the cell is named, the total is not.
    named = {*bad, *(fault.at for at, fault in bad.items() if at not in sums)}
    faults += [
        f"{sheet.title}!{at}：{'' if fault.at == at else f'公式用到的{fault.at}'}{fault}"
        for at, fault in bad.items()
        if fault.at == at or fault.at not in (named if at in sums else bad)
    ]
    return entries


def _in_one_cell(sheet: Worksheet, coordinate: str, height: int = 1, width: int = 1) -> None:
    """Raise ``NotANumber`` for a cell that people have merged with others than the form does."""
    for area in sheet.merged_cells.ranges:
        size = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        if coordinate in area and size != (height, width):
            raise NotANumber(f"与别的格合并了（{area.coord}），不知道数字属于哪一格，请取消合并", coordinate)


def _count(sheet: Worksheet, coordinate: str, metric: str, cached: Cached) -> Decimal | None:
    """A figure of the form; a unit behind it (705件) must be the one that the form counts in."""
    read = figure_at(sheet, coordinate, cached)
    units = _AMOUNTS if metric.endswith(".amount") else _COUNTS
    if read.unit and read.unit != "%" and read.unit not in units:
        raise NotANumber(f"单位是“{read.unit}”，这一格的单位是{units[0]}", coordinate)
    return number_in(sheet, coordinate, cached)


def _saved_values(path: Path) -> Cached:
    """What was saved with the formulas of the workbook; it is opened for that only once it is asked for."""

    @cache
    def saved() -> Workbook:
        return load_workbook(path, keep_links=False, data_only=True)

    return lambda sheet, address: saved()[sheet][address].value


def _marked(path: Path) -> Iterator[str]:
    """Cells with something crossed out, or a raised number behind a figure: openpyxl reads it with the rest, 99 and 35
    as 9935, and nobody can say whether it counts."""
    try:
        found = list(marked_cells(path))
    except UnreadableReport as error:
        raise BadWorkbook(error.what, where=str(path), help=error.help) from error
    for sheet, address, how in found:
        if sheet in (*SHEETS, EXPORT):
            yield f"{sheet}!{address}：{how}，不知道算不算数；不算的请删去，算的请改成普通的字"


def _hidden(book: Workbook) -> Iterator[str]:
    """Sheets, rows and columns that hold something and that nobody sees; all of them are read."""
    for sheet in (book[name] for name in SHEETS):
        if sheet.sheet_state != "visible":
            yield f"工作表“{sheet.title}”是隐藏的，里面的内容照样读入；请取消隐藏核对"
        rows = sorted(n for n, row in sheet.row_dimensions.items() if row.hidden and _holds_data(sheet[n]))
        columns = sorted(
            get_column_letter(n)
            for each in sheet.column_dimensions.values()
            if each.hidden
            for n in range(each.min or 1, min(each.max or 1, sheet.max_column) + 1)
        )
        if rows:
            yield f"{sheet.title}第{'、'.join(map(str, rows))}行是隐藏的，里面的内容照样读入；请取消隐藏核对"
        if columns:
            yield f"{sheet.title}{'、'.join(columns)}列是隐藏的，里面的内容照样读入；请取消隐藏核对"


def _holds_data(cells: Iterable[Any]) -> bool:
    return any(cell.value is not None for cell in cells)


def _merge_export(path: Path, typed: dict[str, Entry], faults: list[str]) -> dict[str, Entry]:
    """``typed`` with the pasted figures in its blank cells; totals are the export's own.

    What was typed and pasted differently, and what cannot be placed, is a fault, by address.

    Raises:
        BadWorkbook: the workbook is larger than the readers allow.
    """
    try:
        blocks = read_document(path).blocks
    except UnreadableReport as error:
        raise BadWorkbook(error.what, where=str(path), help=error.help) from error
    grids = tuple(block for block in blocks if isinstance(block, Grid) and str(block.source).startswith(f"{EXPORT}!"))
    if not grids:
        return typed
    pasted = assemble(Document(grids), path.name)
    faults += [f"{warning.source}：{warning.message}" for warning in pasted.warnings]
    if not pasted.cells:
        faults.append(f"{grids[0].source}：没有认出表二、表三、表四，请连同行列标签一起粘贴")
    merged = dict(typed)
    for metric, cell in pasted.cells.items():
        if metric not in typed:
            faults.append(f"{cell.source}：现行格式的表中没有这一格，请按〔2021〕30号格式重新导出")
            continue
        mine = typed[metric]
        if total_formula(metric) or mine.value is None:
            merged[metric] = mine if cell.value is None else Entry(value=cell.value, address=str(cell.source))
        elif cell.value not in (None, mine.value):
            faults.append(f"{mine.address}与{cell.source}的数字不同（{mine.value}、{cell.value}），请留下正确的一个")
    return merged


def _lost_totals(cells: dict[str, Entry]) -> Iterator[str]:
    """Totals without a figure over cells that have some: their formula was deleted."""
    for metric, entry in cells.items():
        formula = total_formula(metric)
        if not formula or entry.value is not None:
            continue
        row, _, column = metric.rpartition(".")
        parts = (
            (one for one in cells if one.startswith(f"{row}.") and one.count(".") == metric.count("."))
            if column == "total"
            else (one for one in cells if one.endswith(f".{column}") and one.split(".")[1] in _OUTCOME_ROWS)
        )
        if any(cells[one].value is not None for one in parts):
            yield f"{entry.address}：总计没有数，而它合计的格里有数；请恢复公式{formula}"


def _own(sheet: Worksheet, heads: list[str], faults: list[str], cached: Cached) -> tuple[OwnFigure, ...]:
    if sheet.max_row > _MOST_OWN + 1:
        faults.append(f"{OWN}：有{sheet.max_row - 1}行，最多{_MOST_OWN}行")
        return ()
    figures: list[OwnFigure] = []
    known = [*(part.id for part in PARTS), *heads]
    called = {spelling: part.id for part in PARTS for spelling in _spellings(part)}
    rows: dict[tuple[str, str], int] = {}
    for row in range(2, sheet.max_row + 1):
        name, unit, source, part = (_text_of(sheet, row, column) for column in (1, 3, 4, 5))
        unit, part = unit.replace("％", "%"), called.get("".join(fold(part).split()), part)
        if not any((name, unit, source, part)) and sheet.cell(row, 2).value is None:
            continue
        address = f"{OWN}!B{row}"
        try:
            read = figure_at(sheet, f"B{row}", cached)
            _in_one_cell(sheet, f"B{row}")
            unit = _one_unit(read, unit, f"B{row}")
        except NotANumber as fault:
            faults.append(f"{address}：{fault}")
            continue
        value = read.value
        if not name:
            faults.append(f"{OWN}!A{row}：没有名称")
        elif value is None:
            faults.append(f"{address}：“{name}”没有数值；没有此数请删去这一行")
        elif value < 0:
            faults.append(f"{address}：“{name}”不应为负数（{value}）")
        elif unit == "%" and value > _WHOLE and not phrase("workbook", "may_exceed").search(name):
            faults.append(f"{address}：“{name}”是{value}%，超过100%，请核对")
        elif not unit:
            faults.append(f"{OWN}!C{row}：“{name}”没有单位，如：件、条、元、%")
        elif part not in known:
            faults.append(f"{OWN}!E{row}：应为{'、'.join(known)}之一，这里是“{part}”")
        elif (first := rows.setdefault((name, part), row)) != row:
            faults.append(f"{OWN}!A{row}：“{name}”在第{first}行已经填过，用于同一部分；请留下一行")
        else:
            own = {"name": name, "value": value, "unit": unit, "source": source, "part": part}
            figures.append(OwnFigure(**own, address=address, written=read.written))
    return tuple(figures)


def _spellings(part: Part) -> set[str]:
    """How people name a part of the report: 平台建设, 一（四）, 一（四）平台建设; heads as the form has them."""
    names = (part.id, *filter(None, (part.heading,)))
    return {fold(one) for one in (*names, part.number, *(f"{part.number}{name}" for name in names))}


def _text_of(sheet: Worksheet, row: int, column: int) -> str:
    """The text of a cell; of one that is merged into another, that one's: a part may stand once for several rows."""
    if isinstance(sheet.cell(row, column), MergedCell):
        coordinate = sheet.cell(row, column).coordinate
        area = next((each for each in sheet.merged_cells.ranges if coordinate in each), None)
        if area is not None and area.min_col == column:
            return text_at(sheet, area.min_row, column)
    return text_at(sheet, row, column)


def _one_unit(read: Reading, unit: str, at: str) -> str:
    """The unit of an own figure, which may stand with the figure, in its column, or in both alike."""
    if read.unit and unit and read.unit != unit:
        shown = "单元格是百分比格式" if read.unit == "%" else f"数值后面写了“{read.unit}”"
        raise NotANumber(f"{shown}，单位一栏写的是“{unit}”，请改成一样的", at)
    return unit or read.unit


def _points_by_part(book: Workbook, faults: list[str]) -> MappingProxyType[str, tuple[Point, ...]]:
    """Points by part, what became of last year's plans under ``FOLLOWED_UP``; faults are added by address."""
    found: dict[str, list[Point]] = {}
    _points(book[POINTS], found, faults)
    _plans(book[PLANS], found, faults)
    return MappingProxyType({name: tuple(points) for name, points in found.items() if points})


def _points(sheet: Worksheet, found: dict[str, list[Point]], faults: list[str]) -> None:
    """A row without a part belongs to the part above it, a line break in a cell divides points."""
    if _too_long(sheet, faults):
        return
    part = ""
    for row in range(2, sheet.max_row + 1):
        part = text_at(sheet, row, 1) or part
        lines = _lines(sheet, row, 2, faults)
        if lines and part not in POINT_PARTS and not _may_be_a_head(part):
            hint = f"；问题和改进请填在“{PLANS}”" if part in THIS_YEAR.values() else ""
            faults.append(f"{POINTS}!A{row}：应为{'、'.join(POINT_PARTS)}之一，这里是“{part}”{hint}")
        else:
            found.setdefault(part, []).extend(lines)


def _may_be_a_head(name: str) -> bool:
    """Whether the office adds a head of its own to section one: a name that is like none of those that are there."""
    known = (*POINT_PARTS, *PLAN_KINDS, *THIS_YEAR.values())
    alike = any(fuzz.partial_ratio(name, each) >= _ALIKE_HEAD for each in known)
    return bool(phrase("workbook", "own_heading").fullmatch(name)) and not alike and not section_of(name)


def _plans(sheet: Worksheet, found: dict[str, list[Point]], faults: list[str]) -> None:
    """This year's problems and improvements, and what became of last year's."""
    if _too_long(sheet, faults):
        return
    for row in range(2, sheet.max_row + 1):
        kind, written, progress = (text_at(sheet, row, column) for column in (1, 2, 3))
        if kind in THIS_YEAR:
            found.setdefault(THIS_YEAR[kind], []).extend(_lines(sheet, row, 2, faults))
            if progress:
                faults.append(f"{PLANS}!C{row}：进展只填在上年所列的问题和改进后面；本年的请写进“内容”一栏")
        elif kind in PLAN_KINDS:
            lines = _lines(sheet, row, 3, faults)
            points = [_with_plan(point, written) for point in lines] if len(lines) == 1 else lines
            found.setdefault(FOLLOWED_UP, []).extend(points)
        elif kind or written or progress:
            faults.append(f"{PLANS}!A{row}：应为{'、'.join(PLAN_KINDS)}之一，这里是“{kind}”")


def _with_plan(progress: Point, plan: str) -> Point:
    if not plan or len(progress.text) >= _SHORTEST_ALONE:
        return progress
    plan = plan.split("。")[0].rstrip("；，、").translate(_INNER_QUOTES)
    if len(plan) > _LONGEST_NAME:
        plan = plan.split("，")[0]
    return Point(text=f"上年提出的“{plan}”，{progress.text}", address=progress.address)


def _too_long(sheet: Worksheet, faults: list[str]) -> bool:
    if sheet.max_row > _MOST_ROWS:
        faults.append(f"{sheet.title}：有{sheet.max_row}行，最多{_MOST_ROWS}行")
    return sheet.max_row > _MOST_ROWS


def _lines(sheet: Worksheet, row: int, column: int, faults: list[str]) -> list[Point]:
    """The points of a cell, one a line."""
    return points_in_text(text_at(sheet, row, column), f"{sheet.title}!{'ABC'[column - 1]}{row}", faults)


def _unnumbered(line: str) -> str:
    marked = phrase("numbering", "mark").match(line)
    if marked and not phrase("numbering", "counts_on").search(line, marked.end()):
        return line[marked.end() :]
    return line.removeprefix(enumerator(line)).lstrip()
