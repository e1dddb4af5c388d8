"""F1xx: does the report have the parts and tables that the form (格式) asks for?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from assistant.figures.dossier import Dossier
from assistant.form import OTHERWISE_HANDLED_SINGLE, SECTIONS, SectionTitle
from assistant.language.numerals import parse
from assistant.language.polarity import statements
from assistant.language.prose import prose
from assistant.lexicon import phrase
from assistant.lexicon.openings import guarded
from assistant.report import Mark, Paragraph, Report, Section
from assistant.rules.base import Hit, rule, statements_in
from assistant.text import fold

FORM = "国办公开办函〔2021〕30号（格式）"
_NUMBERS = "一二三四五六七八九十"


@rule("F101", "六个一级标题齐全、顺序正确", severity="error", basis=FORM, needs=("form",))
def six_sections_in_order(dossier: Dossier) -> Iterator[Hit]:
    """六个部分是格式的骨架，缺一部分或次序颠倒，读者和评估方都会认为报告不完整。

    依据：格式规定的六个一级标题。
    违例：全文没有“六、其他需要报告的事项”。
    正例：一、总体情况……六、其他需要报告的事项，依次齐全。
    """
    found = [section.id for section in dossier.report.sections if section.id]
    unread = pages_unread(dossier.report)  # what was not read may well be there: F119 tells of it
    for wanted in SECTIONS:
        if wanted.id not in found:
            yield Hit(
                "全文",
                f"没有找到“{wanted.number}、{wanted.title}”",
                expected=wanted.title,
                actual="没有读到" if unread else "无",
                severity="warning" if unread else None,
                anchor=wanted.id,
            )
    order = [section.id for section in SECTIONS if section.id in found]
    present = list(dict.fromkeys(found))
    if present != order:
        titles = {section.id: section.title for section in SECTIONS}
        yield Hit(
            "全文",
            "一级标题的顺序与格式不同",
            expected="、".join(titles[i] for i in order),
            actual="、".join(titles[i] for i in present),
            anchor="order",
        )
    for wanted in SECTIONS:
        if found.count(wanted.id) > 1:
            yield Hit(
                "全文",
                f"“{wanted.title}”出现{found.count(wanted.id)}次",
                "1次",
                f"{found.count(wanted.id)}次",
                anchor=wanted.id,
            )


@rule("F102", "标题序号缺失、重复、错序", severity="warning", basis=FORM, needs=("sections",))
def section_numbers(dossier: Dossier) -> Iterator[Hit]:
    """一级标题应以“一、”至“六、”编号，漏编、重编会使目录和引用错位。没有固定格式的报告（2018年及以前的、高校和企业的）只看序号是否连续。

    依据：格式规定的标题序号。
    违例：第三部分标题前没有“三、”。
    正例：三、收到和处理政府信息公开申请情况。
    """
    free, before = dossier.report.edition == "free", 0
    for place, section in enumerate(dossier.report.sections):
        expected = _NUMBERS[before : before + 1] if free else _expected_number(section, place)
        before = _NUMBERS.find(section.number) + 1 if section.number and section.number in _NUMBERS else before + 1
        if section.number == expected or not expected:
            continue
        what = (
            f"标题“{section.title}”缺少序号"
            if not section.number
            else f"标题“{section.title}”的序号是“{section.number}”"
        )
        yield Hit(
            section.label,
            f"{what}，应为“{expected}”",
            expected,
            section.number or "无",
            section.title,
            anchor=section.id or section.title,
        )


@rule("F103", "标题用语与格式不同（仍可识别）", severity="info", basis=FORM, needs=("form", "sections"))
def section_titles(dossier: Dossier) -> Iterator[Hit]:
    """标题用语最好与格式逐字一致，便于检索和评估；意思相同的不同写法只作提示。

    依据：格式规定的标题用语。
    违例：行政机关收到和处理政府信息公开申请情况。
    正例：收到和处理政府信息公开申请情况。
    """
    canonical = {section.id: section.title for section in SECTIONS}
    for section in dossier.report.sections:
        expected = canonical.get(section.id or "")
        if expected and fold(section.title) != fold(expected):
            yield Hit(
                section.label,
                f"标题“{section.title}”与格式用语不同",
                expected,
                section.title,
                section.title,
                anchor=section.id or "",
            )


@rule("F104", "三张表齐全且在对应章内", severity="error", basis=FORM, needs=("form",))
def three_tables(dossier: Dossier) -> Iterator[Hit]:
    """第二、三、四部分各有一张统一格式的表，缺表或放错部分，数据就无法核对和汇总。

    依据：格式第二、三、四部分。
    违例：第四部分没有复议诉讼表。
    正例：三张表依次位于二、三、四部分。
    """
    titles = {section.id: section for section in SECTIONS}
    for table in dossier.edition.tables:
        read = dossier.report.table(table.id)
        section = titles[table.section]
        if read is None and dossier.report.unread(table.id):
            continue  # F119 says that it was not read
        if read is None:
            yield Hit(section.label, f"没有找到表{table.number}", f"表{table.number}", "无", anchor=table.id)
        elif read.section != table.section and any(s.id == table.section for s in dossier.report.sections):
            actual = titles[read.section].title if read.section in titles else "一级标题之前"
            yield Hit(
                f"表{table.number}",
                f"表{table.number}在“{actual}”中，应在“{section.title}”",
                section.title,
                actual,
                anchor=table.id,
            )


@rule(
    "F105",
    "表三行齐全、无多余行；2021年度起仍用旧版单行“其他处理”",
    severity="warning",
    basis=FORM,
    needs=("requests",),
)
def rows_of_table_three(dossier: Dossier) -> Iterator[Hit]:
    """表三的行由格式统一规定；2021年版把“其他处理”细分为三行，沿用旧表会使数据无法汇总。

    依据：格式第三部分的表；2019年版见国办公开办函〔2019〕60号。
    违例：2023年度的表三“（六）其他处理”只有一行。
    正例：“（六）其他处理”下分三行。
    """
    read = dossier.report.table("requests")
    assert read is not None
    single = OTHERWISE_HANDLED_SINGLE.id in read.rows
    if single and dossier.report.edition == "2021":
        yield Hit(
            "表三 三（六）",
            "“其他处理”只有一行，是2019年版的表；2021年版分为三行",
            "三行",
            "一行",
            anchor="otherwise_handled",
        )
    rows = [
        row
        for row in dossier.edition.table("requests").rows
        if not (single and row.group == OTHERWISE_HANDLED_SINGLE.id)
    ]
    missing = [row for row in rows if row.id not in read.rows]
    if missing and read.unplaced and dossier.report.unread("requests"):
        return  # rows that were not recognised may be the missing ones: F119 tells of them
    if 1 < len(missing) < len(rows) and missing == rows[-len(missing) :]:
        first, last = missing[0], missing[-1]
        message = (
            f"表三到“{rows[-len(missing) - 1].label}”为止，后面缺{len(missing)}行（“{first.label}”至“{last.label}”）"
        )
        yield Hit(f"表三 {first.mark}", message, f"{len(rows)}行", f"{len(rows) - len(missing)}行", anchor="cut short")
        missing = []
    for row in missing:
        yield Hit(f"表三 {row.mark}", f"缺少“{row.label}”一行", row.label, "无", anchor=row.id)
    for label in read.unplaced:
        yield Hit("表三", f"多出一行“{label}”，格式中没有", "无", label, label, anchor=label)


@rule("F109", "导语所列章名、“六个部分”的计数与正文一致", severity="warning", needs=("preamble", "sections"))
def preamble_lists_the_sections(dossier: Dossier) -> Iterator[Hit]:
    """导语列出的各部分名称应与正文标题相同，计数也应相符，否则像是沿用了旧稿。

    依据：行文一致。
    违例：导语列“行政机关主动公开政府信息情况”，正文标题为“主动公开政府信息情况”。
    正例：导语所列六个名称与正文标题逐字相同。
    """
    preamble = dossier.report.preamble
    text = "".join(paragraph.text for paragraph in preamble)
    folded = fold(text)
    sections = dossier.report.sections
    listed = [
        section for section in SECTIONS if any(fold(name) in folded for name in (section.title, *section.aliases))
    ]
    if len(listed) >= len(SECTIONS) // 2:
        for section in sections:
            if _without_joints(fold(section.title)) not in _without_joints(folded):
                named = _closest_item(section.title, text)
                yield Hit(
                    "导语",
                    f"导语写作“{named}”，正文标题为“{section.title}”",
                    section.title,
                    named,
                    named,
                    anchor=section.id or section.title,
                    marks=_found(preamble, named),
                )
    counted = phrase("numbering", "parts_counted").search(text)
    numeral = parse(counted[1]) if counted else None
    # 一部分 and 两部分 are figures of speech; a report has six parts.
    if counted and numeral and numeral.value > 2 and numeral.value != len(sections):
        yield Hit(
            "导语",
            f"导语称“{counted.group()}”，正文有{len(sections)}个部分",
            str(len(sections)),
            counted[1],
            counted.group(),
            anchor="count",
            marks=_found(preamble, counted.group()),
        )


@rule("F112", "第六章有信息处理费的表述（未收取也要说）", severity="error", basis=FORM, needs=("form_since_2021",))
def processing_fee_is_stated(dossier: Dossier) -> Iterator[Hit]:
    """格式要求在“其他需要报告的事项”中报告收取信息处理费的情况，未收取也要写明。读的是收没收费的意思，“未收取任何费用”“免费提供”都算；
    只说依照什么办法、没说收没收的不算。

    依据：格式第六部分；《条例》第四十二条；国办函〔2020〕109号。
    违例：六、其他需要报告的事项：无。
    正例：本年度未收取信息处理费。
    """
    report = dossier.report
    section = report.section("other")
    said = list(statements(section.text, "fee", report.year)) if section else []
    if section and "处理费" not in section.text:
        said = [each for each in said if not phrase("aspects", "old_fees").search(section.text[each.start : each.end])]
    where = "六、其他需要报告的事项"
    if not said:
        elsewhere = next((place for place, _, words, _ in statements_in(report, "fee") if "处理费" in words), "")
        message = "没有报告信息处理费的收取情况；未收取也要写明"
        if elsewhere:
            yield Hit(
                where,
                f"信息处理费的收取情况写在“{elsewhere}”，应写在第六部分",
                "有信息处理费的表述",
                "无",
                severity="warning",
            )
        else:
            yield Hit(where, message, "有信息处理费的表述", "无")
    elif section and "信息处理费" not in section.text:
        words = section.text[said[0].start : said[0].end].strip()
        yield Hit(where, f"“{words}”说的是收费，格式用语是“信息处理费”", "信息处理费", words, words, severity="info")


@rule("F115", "模板残留：“（文字描述）”“XX”“××”“待补充”", severity="error", basis=FORM)
def no_template_left(dossier: Dossier) -> Iterator[Hit]:
    """模板里的占位文字留在报告中，说明内容没有写完，不能发布。

    依据：格式中的“（文字描述）”是填写提示，不是内容。
    违例：全年举办培训XX期。
    正例：全年举办培训4期。
    """
    for where, paragraph in all_text(dossier):
        for found in _PLACEHOLDER.finditer(paragraph.text):
            around = paragraph.text[max(0, found.start() - 12) : found.end() + 12]
            message, marks = f"留有未填写的内容“{found.group()}”", (Mark("", paragraph, *found.span()),)
            yield Hit(where, message, "实际内容", found.group(), around, marks=marks)


_PLACEHOLDER = guarded(
    r"[（(]?文字描述[）)]?|【待[^】]*】|[（(]待(?:补充|填写|核实|定)[）)]"
    r"|(?<![对等有亟尚接期招])待(?:补充|填写|核实)(?=[。；，,、）)]|$)"
    r"|(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|×{2,}|[＊*]{3,}|_{3,}|\{\{[^}]*\}\}"
)


def pages_unread(report: Report) -> bool:
    """Whether whole pages of the file were not read; a table or a row that was not is its table's matter."""
    told = (warning for warning in report.warnings if warning.kind == "unread")
    return any(not warning.source.row and not warning.table for warning in told)


def all_text(dossier: Dossier) -> Iterator[tuple[str, Paragraph]]:
    report = dossier.report
    yield "题名", Paragraph(text=report.title)
    yield from ((each.where, each.paragraph) for each in prose(report))
    yield from (("落款", paragraph) for paragraph in report.closing)


def _without_joints(text: str) -> str:
    """复议和诉讼 and 复议、诉讼 are the same title."""
    return re.sub("[、和与及]|以及", "", text)


def _found(paragraphs: Sequence[Paragraph], words: str) -> tuple[Mark, ...]:
    """The first place where ``words`` stand; none when they run over the end of a paragraph."""
    for paragraph in paragraphs:
        start = paragraph.text.find(words)
        if words and start >= 0:
            return (Mark("", paragraph, start, start + len(words)),)
    return ()


def _expected_number(section: Section, place: int) -> str:
    known: SectionTitle | None = next((s for s in SECTIONS if s.id == section.id), None)
    return known.number if known else _NUMBERS[place] if place < len(_NUMBERS) else ""


def _closest_item(title: str, text: str) -> str:
    """The item of a list in the preamble that is most like a title; names themselves may contain 、 and 和."""
    pieces = [
        piece.strip() for piece in re.split(r"[，,。；;：:]|包括|以及|(?<=情况)[、和及与]", text) if piece.strip()
    ]
    items = [item for piece in pieces for item in (piece, *piece.split("、"))]
    best = process.extractOne(title, items, scorer=fuzz.ratio)
    return str(best[0]).removeprefix("及").removeprefix("和") if best else ""
