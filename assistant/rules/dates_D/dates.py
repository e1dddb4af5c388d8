"""D1xx: periods, deadlines, and one year throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from assistant.figures.dates import dated_on, period_in, signed_on
from assistant.figures.dossier import Dossier
from assistant.language.organs import is_government
from assistant.language.report_kinds import BEFORE_THE_FORM, kind_of
from assistant.lexicon import phrase
from assistant.report import Mark
from assistant.rules.base import Hit, rule

REGULATION = "《条例》第四十九条"


@rule(
    "D101", "统计期限为报告年度1月1日至12月31日", severity="error", basis="格式导语", needs=("year", "form", "period")
)
def statistics_period_is_the_year(dossier: Dossier) -> Iterator[Hit]:
    """年度报告统计的是一个自然年，期限写错多半是沿用了上年的导语。

    依据：格式；《条例》第四十九条。
    违例：2024年度报告写“自2023年1月1日起至2023年12月31日止”。
    正例：2024年度报告写“自2024年1月1日起至2024年12月31日止”。
    """
    year = dossier.report.year
    assert year is not None
    for paragraph in dossier.report.preamble:
        period = period_in(paragraph.text)
        if period and period != ((year, 1, 1), (year, 12, 31)):
            written = "至".join(f"{y}年{m}月{d}日" for y, m, d in period)
            right, marks = f"{year}年1月1日至{year}年12月31日", (Mark("", paragraph, 0, len(paragraph.text)),)
            yield Hit("导语", f"统计期限写作{written}", right, written, written, anchor="period", marks=marks)


@rule(
    "D104",
    "落款日期：年度结束之后；部门不晚于1月31日、政府不晚于3月31日",
    severity="error",
    basis=REGULATION,
    needs=("year", "calendar_year", "signature"),
)
def signed_in_time(dossier: Dossier) -> Iterator[Hit]:
    """报告在年度结束后编制：部门每年1月31日前，政府3月31日前公布；2018年度及以前，各级行政机关都是3月31日前。早于年度结束的日期必错，晚于期限的
    作警告。学校、医院、企业的报告另有期限，不核对。

    依据：《条例》第四十九条（2019年修订前第三十一条）。
    违例：2024年度报告落款2024年12月20日；政府报告落款2025年4月15日。
    正例：2024年度区政府报告落款2025年2月10日。
    """
    year, signed = dossier.report.year, dated_on(dossier.report)
    assert year is not None and signed is not None
    written = f"{signed.year}年{signed.month}月{signed.day}日"
    kind = kind_of(dossier.report)
    if kind.free and kind is not BEFORE_THE_FORM:
        return
    government = is_government(dossier.report.unit) or kind is BEFORE_THE_FORM
    limit = date(year + 1, 3, 31) if government else date(year + 1, 1, 31)
    if signed <= date(year, 12, 31):
        yield Hit("落款", f"日期{written}早于{year}年度结束", f"{year + 1}年1月1日以后", written, anchor="early")
    elif signed > (date(year + 1, 3, 31) if phrase("units", "zone").search(dossier.report.unit) else limit):
        who = "各级机关" if kind is BEFORE_THE_FORM else "政府" if government else "部门"
        last = f"{limit.year}年{limit.month}月{limit.day}日"
        yield Hit(
            "落款",
            f"日期{written}晚于{who}的公布期限{last}",
            f"不晚于{last}",
            written,
            severity="warning",
            anchor="late",
        )


@rule("D105", "题名、导语、文件名、落款的年份一致", severity="error", needs=("year", "calendar_year"))
def one_year_throughout(dossier: Dossier) -> Iterator[Hit]:
    """题名、导语、文件名说的应是同一年度；不一致说明某处没有改过来。文件名是次年的，可能指公布的年份，不报。

    依据：行文一致。
    违例：题名为2024年，导语写“现公布2023年政府信息公开工作年度报告”。
    正例：题名、导语、文件名都是2024年。
    """
    year = dossier.report.year
    assert year is not None
    for where, named in _named_years(dossier):
        if named != year:
            yield Hit(where, f"{where}写作{named}年，报告年度为{year}年", str(year), str(named), anchor=where)


def _named_years(dossier: Dossier) -> Iterator[tuple[str, int]]:
    report = dossier.report
    title = phrase("calendar", "year").search(report.title)
    if title:
        yield "题名", int(title[1])
    for paragraph in report.preamble:
        for found in phrase("calendar", "year_of_report").finditer(paragraph.text):
            yield "导语", int(found[1])
    named = phrase("calendar", "year_of_file").search(PurePath(report.file).stem)
    if named and report.year is not None and int(named[1]) != report.year + 1:
        yield "文件名", int(named[1])
    signed = signed_on(report)
    if signed and report.year is not None and signed.year > report.year + 1:
        yield "落款", signed.year - 1
