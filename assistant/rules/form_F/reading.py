"""F118–F120: another kind of report, what was not read, and traces of drafting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.figures.dossier import Dossier
from assistant.language.organs import places_in, stem_of
from assistant.language.report_kinds import kind_of
from assistant.lexicon.data import load
from assistant.lexicon.openings import guarded
from assistant.patterns import regex
from assistant.report import Mark, ReadingWarning
from assistant.rules.base import Hit, rule
from assistant.rules.form_F.structure import FORM, all_text


@rule("F118", "另一种报告：不按2021年格式核对", severity="info", basis="各类报告自己的规定")
def another_kind_of_report(dossier: Dossier) -> Iterator[Hit]:
    """高校、中小学、医院、企业的信息公开报告和2018年及以前的政府报告没有六章三表的固定格式。认出是哪一种，说明依据什么、只核对哪些；不要求它有格式的章、
    表、题名和统计期限。

    依据：《高等学校信息公开办法》（教育部令第29号）；各行业公共企事业单位信息公开规定；格式自2019年度起适用。
    违例：（不是错误，只是说明。）某大学2023—2024学年信息公开工作报告。
    正例：某县人民政府2024年政府信息公开工作年度报告。
    """
    kind = kind_of(dossier.report)
    if kind.name:
        message = f"这是{kind.name}，依据{kind.basis}，不按国办公开办函〔2021〕30号的格式核对章、表、题名和统计期限；其余检查照常"
        yield Hit("全文", message, "", kind.name, anchor=kind.id)


@rule("F119", "有内容没有读到（表格是图片、页没有识别、行没有认出）", severity="warning", basis=FORM)
def everything_was_read(dossier: Dossier) -> Iterator[Hit]:
    """文件里有没有读到的部分：页是图片，表格是图片，表中某一行的格数对不上。没有读到不等于没有、也不等于空白，这些部分没有核对，请对照原件；表格是图片的，
    公众也无法检索和复制，最好改为文字表格。

    依据：格式第二、三、四部分的表应能核对。
    违例：第三部分只有一张表格的截图。
    正例：三张表都是文字表格，逐行读到。
    """
    rows: dict[int | None, list[ReadingWarning]] = {}
    for warning in dossier.report.warnings:
        if warning.kind == "unread" and warning.source.row:
            rows.setdefault(warning.source.table, []).append(warning)
        elif warning.kind in ("unread", "picture"):
            yield _not_read(warning, f"没有读到：{warning.message}")
    for unread in rows.values():
        more = f"（这张表共有{len(unread)}行没有读到）" if len(unread) > 1 else ""
        yield _not_read(unread[0], f"没有读到：{unread[0].message}{more}")


def _not_read(warning: ReadingWarning, message: str) -> Hit:
    return Hit(str(warning.source) or "全文", message, "读到并核对", "没有读到", anchor=warning.message)


@cache
def _traces() -> list[tuple[re.Pattern[str], str, str]]:
    return [(guarded(entry["words"]), entry.get("key", ""), entry["why"]) for entry in load("drafting")["trace"]]


@rule("F120", "定稿前的痕迹", severity="error", basis="发布前的校核")
def nothing_of_drafting_is_left(dossier: Dossier) -> Iterator[Hit]:
    """送审稿的字样、填写提示、请核实的批注、排版记号、写作软件答话的套话留在文中，说明没有定稿。Word 文件里未接受的修订、没有删去的批注、突出显示，读者
    下载后看得到，作警告；区县及以下单位的报告以“各级政府部门”“一些地区”为主语，像是通用的稿子，也作警告。词表见 assistant/lexicon/data/drafting.toml。

    依据：发布前的校核；《党政机关公文处理工作条例》。
    违例：题名后有“（送审稿）”；（此处填写培训次数）；【请核实】；当然，以下是根据您的要求撰写的内容。
    正例：没有这些字样；Word 文件接受全部修订、删去批注后发布。
    """
    report = dossier.report
    for where, paragraph in all_text(dossier):
        met: set[int] = set()
        for pattern, key, why in _traces():
            for found in pattern.finditer(paragraph.text) if key in paragraph.text else ():
                if met.intersection(range(*found.span())):
                    continue  # an answer's opening may be told in two ways
                met.update(range(*found.span()))
                around = paragraph.text[max(0, found.start() - 12) : found.end() + 12]
                marks = (Mark("", paragraph, *found.span()),)
                yield Hit(where, f"“{found.group()}”：{why}", "删去或写实", found.group(), around, marks=marks)
    yield from _of_governments_at_large(dossier)
    for warning in report.warnings:
        if warning.kind == "draft":
            yield Hit("全文", warning.message, "没有痕迹的定稿", "有痕迹", severity="warning", anchor=warning.message)


def _of_governments_at_large(dossier: Dossier) -> Iterator[Hit]:
    places = places_in(stem_of(dossier.report.unit))
    if not places or not places[-1].endswith(_BELOW_CITY):
        return
    for where, paragraph in all_text(dossier):
        for pattern, why in _general():
            for found in pattern.finditer(paragraph.text) if "地" in paragraph.text or "级" in paragraph.text else ():
                words = found.group().strip("。；， ")
                marks = (Mark("", paragraph, *found.span()),)
                around = paragraph.text[found.start() : found.end() + 24].strip("。；， ")
                yield Hit(where, f"“{words}”：{why}", "本机关的情况", words, around, severity="warning", marks=marks)


_BELOW_CITY = ("区", "县", "旗", "镇", "乡", "街道")


@cache
def _general() -> list[tuple[re.Pattern[str], str]]:
    return [(regex(entry["words"]), entry["why"]) for entry in load("drafting")["general"]]
