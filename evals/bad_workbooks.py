"""Data workbooks as offices hand them in, kind by kind: each is read right, or refused by the address.

Nothing is silent.

A kind is one change of a sound workbook, and what is to come of it: a value that is read (``Read``), words that a
refusal must have, its address among them (``Refused``), or what is told beside a workbook that is read (``Told``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from assistant.drafting import read_workbook
from assistant.drafting.draft import draft
from assistant.drafting.office import OfficeData
from assistant.drafting.workbook.write import write_workbook
from assistant.errors import BadWorkbook
from evals.workbooks import workbooks

__all__ = ["KINDS", "outcome", "run"]

_CELL, _METRIC = "表三!D6", "requests.granted.natural_person"
_SEED = 41


class Read(NamedTuple):
    """What a place holds when the workbook is read."""

    value: object
    of: str = _METRIC  # a metric, own.unit …, unit, year, level, signed_on, or the points of a part


class Refused(NamedTuple):
    words: tuple[str, ...]


class Told(NamedTuple):
    words: tuple[str, ...]


Change = Callable[[Workbook], None]


class Kind(NamedTuple):
    name: str
    change: Change
    comes_to: Read | Refused | Told


def run() -> tuple[dict[str, float], list[str]]:
    """The share of kinds that come to what they should, how many there are, and those that do not."""
    wrong = [f"{kind.name}：{found}" for kind in KINDS if (found := outcome(kind))]
    return {"bad_workbooks.right": 1 - len(wrong) / len(KINDS), "bad_workbooks.kinds": float(len(KINDS))}, wrong


def outcome(kind: Kind) -> str:
    """What is wrong with what came of a kind; empty when nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "数据.xlsx"
        write_workbook(path, _sound(), None)
        book = load_workbook(path)
        kind.change(book)
        book.save(path)
        try:
            data = read_workbook(path)
            if isinstance(kind.comes_to, Refused):
                draft(data)  # some faults are of the whole: a table that does not add up
        except BadWorkbook as error:
            told = str(error)
            if not isinstance(kind.comes_to, Refused):
                return f"没有读：{told[:120]}"
            missing = [words for words in kind.comes_to.words if words not in told]
            return f"没有说“{'、'.join(missing)}”：{told[:160]}" if missing else ""
    return _misread(data, kind.comes_to)


def _misread(data: OfficeData, wanted: Read | Refused | Told) -> str:
    if isinstance(wanted, Refused):
        return f"悄悄读入了：{data.cells[_METRIC].value}"
    if isinstance(wanted, Told):
        return "" if all(any(words in note for note in data.notes) for words in wanted.words) else f"{data.notes}"
    found = _held(data, wanted.of)
    return "" if found == wanted.value else f"读成{found!r}，应为{wanted.value!r}"


def _held(data: OfficeData, of: str) -> object:
    if of in data.cells:
        value = data.cells[of].value
        return value if value is None else float(value)
    if of.startswith("own."):
        own = data.own[-1]
        return f"{own.value:f}{own.unit}{own.written}" if of == "own.figure" else getattr(own, of.removeprefix("own."))
    if of in OfficeData.model_fields:
        return getattr(data, of)
    return tuple(point.text for point in data.points_of(of))


def _sound() -> OfficeData:
    """A sound office whose (一)予以公开·自然人 may be anything: that is looked at before the tables are added up."""
    handed = next(iter(workbooks(4, _SEED)))
    return handed.data


# How kinds are made.


def _at(cells: dict[str, Any], book: Workbook) -> None:
    for address, value in cells.items():
        sheet, _, at = address.partition("!")
        book[sheet][at].value = value


def _cell(value: Any, comes_to: object, name: str = "") -> Kind:
    """A value in a cell of table three: the figure it is, or what it is refused for."""
    wanted = comes_to if isinstance(comes_to, Refused) else Read(comes_to)
    return Kind(f"表三的格：{name or repr(value)}", partial(_at, {_CELL: value}), wanted)


def _own(name: str, row: tuple[Any, ...], comes_to: Read | Refused | Told, style: str = "General") -> Kind:
    """A row behind the own figures that are there."""

    def change(book: Workbook) -> None:
        sheet = book["其他数据"]
        at = sheet.max_row + 1
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
        sheet.cell(at, 2).number_format = style

    return Kind(f"其他数据：{name}", change, comes_to)


def _basic(name: str, cell: str, value: Any, comes_to: Read | Refused) -> Kind:
    return Kind(f"基本信息：{name}", partial(_at, {f"基本信息!{cell}": value}), comes_to)


def _styled(style: str, value: float) -> Change:
    def change(book: Workbook) -> None:
        book["表三"]["D6"].value, book["表三"]["D6"].number_format = value, style

    return change


def _rich(book: Workbook) -> None:
    book["表三"]["D6"].value = CellRichText("1", TextBlock(InlineFont(b=True), "2"))


def _commented(book: Workbook) -> None:
    book["表三"]["D6"].value = 12
    book["表三"]["D6"].comment = Comment("含网上8件", "经办")


def _merge(sheet: str, area: str) -> Change:
    return lambda book: book[sheet].merge_cells(area)


def _delete_row(book: Workbook) -> None:
    book["表三"].delete_rows(7)


def _insert_column(book: Workbook) -> None:
    book["表三"].insert_cols(5)


def _swap_labels(book: Workbook) -> None:
    sheet = book["表二"]
    first, second = str(sheet["A4"].value), str(sheet["A5"].value)
    sheet["A4"].value, sheet["A5"].value = second, first


def _rename(book: Workbook) -> None:
    book["表三"].title = "表3"


def _drop(book: Workbook) -> None:
    del book["表四"]


def _reorder(book: Workbook) -> None:
    book.move_sheet("表四", offset=-3)


def _more_sheets(book: Workbook) -> None:
    book.create_sheet("草稿")["A1"] = "随手记"


def _hide_sheet(book: Workbook) -> None:
    book["其他数据"].sheet_state = "hidden"


def _hide_row(book: Workbook) -> None:
    book["工作要点"].row_dimensions[2].hidden = True


def _hide_column(book: Workbook) -> None:
    book["表三"].column_dimensions["E"].hidden = True


def _filter(book: Workbook) -> None:
    book["工作要点"].auto_filter.ref = "A1:B10"
    book["工作要点"].row_dimensions[2].hidden = True


def _protect(book: Workbook) -> None:
    book["表三"].protection.sheet = True


def _typed_total(value: str | int | None) -> Change:
    return partial(_at, {"表三!J6": value})


def _many_rows(book: Workbook) -> None:
    for row in range(2, 700):
        book["其他数据"].cell(row, 1).value = f"指标{row}"


def _long_point(book: Workbook) -> None:
    book["工作要点"]["B2"].value = "很长的要点，" * 200


def _refused(*words: str) -> Refused:
    return Refused(words)


def _kinds() -> Iterator[Kind]:
    at = (_CELL,)
    # Numbers as people type them.
    yield from (
        _cell(value, read)
        for value, read in (
            (12, 12), (12.0, 12), ("12", 12), (" 1,950 ", 1950), ("1，950", 1950), ("１２", 12), ("１，９５０", 1950),
            ("12\u00a0", 12), ("\u200b12", 12), ("12 件", 12), ("705件", 705), ("十二", 12), ("一百零五", 105),
            ("零", 0), (0, 0), ("〇", 0), ("/", None), ("／", None), ("—", None), ("-", None), ("无", None),
            ("　", None), ("", None), ("\n", None), ("=3+4", 7), ("='表二'!B4*0+6", 6), ("=12*50%", 6),
            ("=(1+2)*3-4/2", 7),
        )
    )  # fmt: skip
    yield _cell("=SUM(12,5)", 17)
    # What is no number, or not surely one.
    yield from (
        _cell(value, Refused(at))
        for value in (
            "约20", "近20", "20余", "三件左右", "22（其中修订16件）", "12?", "12？", "≈12", ">10", "12/3", "12-15",
            "O", "l2", "1O5", "待定", "待核", "同上", "〃", "N/A", "未统计", "85%", "20元", "2024年", "1 2 3", "12;13",
            True, date(2025, 1, 3), datetime(2025, 1, 3, 8), time(8, 30), "#REF!", "=D6+1", "=1/0", "=没有的表!B2",
            '=HYPERLINK("http://x","1")', "=VLOOKUP(A1,B:C,2,0)", "=[别的.xlsx]表!A1", 1e15, -3, 3.5, "-3", "3.5",
        )
    )  # fmt: skip
    yield Kind("表三的格：百分比格式", _styled("0%", 0.12), _refused(_CELL, "百分数"))
    yield Kind("表三的格：千位格式", _styled("#,##0", 1950), Read(1950.0))
    yield Kind("表三的格：小数格式", _styled("0.00", 12), Read(12.0))
    yield Kind("表三的格：一半粗体的字", _rich, Read(12.0))
    yield Kind("表三的格：带批注", _commented, Read(12.0))
    # Money.
    fee = "disclosure.fees.amount"
    fee_at = "表二!B14"
    yield Kind("收费：带单位", partial(_at, {fee_at: "901.28万元"}), Read(901.28, fee))
    yield Kind("收费：单位不是万元", partial(_at, {fee_at: "9012800元"}), _refused(fee_at, "万元"))
    yield Kind("收费：约数", partial(_at, {fee_at: "约900万元"}), _refused(fee_at))
    # Totals typed over their formulas.
    yield Kind("总计：改成了文字", _typed_total("合计"), _refused("表三!J6"))
    yield Kind("总计：改成了别的数", _typed_total(99999), _refused("表三!J6"))
    yield Kind("总计：删去了", _typed_total(None), _refused("表三!J6", "恢复公式"))
    # Who and when.
    yield _basic("单位空白", "B2", None, _refused("基本信息!B2"))
    yield _basic("单位是英文", "B2", "Finance Bureau", _refused("基本信息!B2"))
    yield _basic("单位太短", "B2", "局", _refused("基本信息!B2"))
    yield _basic("年度空白", "B3", None, _refused("基本信息!B3"))
    yield _basic("年度写作文字", "B3", "去年", _refused("基本信息!B3"))
    yield _basic("年度太早", "B3", 2019, _refused("基本信息!B3"))
    yield _basic("年度没有到", "B3", 2099, _refused("基本信息!B3", "还没有到"))
    yield _basic("年度带“年度”", "B3", "2024年度", Read(2024, "year"))
    yield _basic("年度是小数", "B3", 2024.0, Read(2024, "year"))
    yield _basic("级别写错", "B4", "县政府", _refused("基本信息!B4"))
    yield _basic("日期用点", "B5", "2025.1.20", Read(date(2025, 1, 20), "signed_on"))
    yield _basic("日期用汉字", "B5", "2025年1月20日", Read(date(2025, 1, 20), "signed_on"))
    yield _basic("日期不存在", "B5", "2025-02-30", _refused("基本信息!B5"))
    yield _basic("日期是文字", "B5", "下周", _refused("基本信息!B5"))
    yield _basic("日期成了序号", "B5", 45677, Read(date(2025, 1, 20), "signed_on"))
    yield _basic("缺一行", "A4", "等级", _refused("基本信息：没有“级别”一行"))
    # The office's own figures.
    yield _own("没有名称", (None, 3, "期", "台账", "监督保障"), _refused("其他数据!A", "没有名称"))
    yield _own("没有数值", ("轮训", None, "期", "台账", "监督保障"), _refused("其他数据!B", "没有数值"))
    yield _own("没有单位", ("轮训", 3, None, "台账", "监督保障"), _refused("其他数据!C", "没有单位"))
    yield _own("没有这一部分", ("轮训", 3, "期", "台账", "第七节"), _refused("其他数据!E"))
    yield _own("没有写哪一部分", ("轮训", 3, "期", "台账", None), _refused("其他数据!E"))
    yield _own("负数", ("轮训", -3, "期", "台账", "监督保障"), _refused("其他数据!B", "负数"))
    yield _own("文字", ("轮训", "若干", "期", "台账", "监督保障"), _refused("其他数据!B"))
    yield _own("两处单位不同", ("轮训", "3期", "次", "台账", "监督保障"), _refused("其他数据!B", "一样"))
    yield _own("百分比格式而单位是件", ("轮训", 0.85, "件", "台账", "监督保障"), _refused("其他数据!B", "百分比"), "0%")
    yield _own("百分比格式", ("满意度", 0.85, "%", "问卷", "监督保障"), Read("85%", "own.figure"), "0%")
    yield _own("百分比带小数", ("满意度", 0.9569, None, "问卷", "监督保障"), Read("95.69%", "own.figure"), "0.00%")
    yield _own("百分数是文字", ("满意度", "95.69％", None, "问卷", "监督保障"), Read("95.69%", "own.figure"))
    yield _own("全角百分号的单位", ("满意度", 95.69, "％", "问卷", "监督保障"), Read("95.69%", "own.figure"))
    yield _own("满意度过百", ("满意度", 196, "%", "问卷", "监督保障"), _refused("其他数据!B", "100"))
    yield _own("金额带单位", ("罚没", "1840元", None, "账", "监督保障"), Read("1840元", "own.figure"))
    yield _own("增幅过百", ("信息发布同比增幅", 196, "%", "台账", "主动公开"), Read("196%", "own.figure"))
    yield _own("约数", ("信息", "14万余", "条", "台账", "主动公开"), Read("140000条14万余", "own.figure"))
    yield _own("数后带单位", ("轮训", "3期", None, "台账", "监督保障"), Read("3期", "own.figure"))
    yield _own("公式", ("轮训", "=1+2", "期", "台账", "监督保障"), Read("3期", "own.figure"))
    yield _own("部分写作序号", ("轮训", 3, "期", "台账", "一（五）"), Read("监督保障", "own.part"))
    yield _own(
        "日期", ("轮训", date(2025, 1, 3), "期", "台账", "监督保障"), _refused("其他数据!B", "日期"), "yyyy-mm-dd"
    )
    yield Kind("其他数据：五百行以上", _many_rows, _refused("其他数据", "最多500行"))
    # Points.
    yield Kind(
        "要点：章的标题", partial(_at, {"工作要点!B2": "二、主动公开政府信息情况"}), _refused("工作要点!B2", "章的标题")
    )
    yield Kind("要点：太长", _long_point, _refused("工作要点!B2", "最多800字"))
    yield Kind("要点：部分写错", partial(_at, {"工作要点!A2": "平台建设"}), _refused("工作要点!A2"))
    yield Kind("要点：问题填错了表", partial(_at, {"工作要点!A2": "问题"}), _refused("工作要点!A2", "问题与改进"))
    yield Kind("要点：公式样的字", partial(_at, {"工作要点!B2": "'=1+1的写法已改正"}), Told(()))
    yield Kind("要点：没有这个数", partial(_at, {"工作要点!B2": "发布{{没有的名称}}条。"}), Told(()))
    yield Kind("问题与改进：类别写错", partial(_at, {"问题与改进!A2": "今年问题"}), _refused("问题与改进!A2"))
    # The sheets.
    yield Kind("工作表：删去一行", _delete_row, _refused("表三!"))
    yield Kind("工作表：插入一列", _insert_column, _refused("表三!"))
    yield Kind("工作表：两行换了位置", _swap_labels, _refused("表二!"))
    yield Kind("工作表：改了名字", _rename, _refused("缺少工作表：表三", "表3"))
    yield Kind("工作表：删去一张", _drop, _refused("缺少工作表：表四"))
    yield Kind("工作表：换了先后", _reorder, Told(()))
    yield Kind("工作表：多出一张", _more_sheets, Told(()))
    yield Kind("工作表：隐藏的表", _hide_sheet, Told(("其他数据",)))
    yield Kind("工作表：隐藏的行", _hide_row, Told(("工作要点第2行",)))
    yield Kind("工作表：隐藏的列", _hide_column, Told(("表三E列",)))
    yield Kind("工作表：筛选后隐藏的行", _filter, Told(("工作要点第2行",)))
    yield Kind("工作表：加了保护", _protect, Told(()))
    yield Kind("工作表：合并了两格数字", _merge("表三", "D6:E6"), _refused("表三!D6", "合并"))
    yield Kind("工作表：数字与标签合并", _merge("表三", "D6:D7"), _refused("表三!D6", "合并"))
    yield Kind("工作表：合并了其他数据", _merge("其他数据", "B2:B3"), _refused("其他数据!B2", "合并"))


KINDS = tuple(_kinds())
