"""D108: days that no calendar has, years in two digits, periods that end before they begin or before the year does."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from assistant.figures.dossier import Dossier
from assistant.language.numerals import parse
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.report import Paragraph
from assistant.rules.base import Hit, hit_at, rule

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NUMERIC_DAY = regex(
    r"(?<![\d.\-/])(?P<year>20\d{2})(?P<sign>[.\-/])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d.\-/])"
)
_CLAUSES = regex(r"[^，。；\n]{0,40}[，]?[^，。；\n]{0,40}")


@rule("D108", "不存在的日期；两位年份；数据口径早于期末", severity="error", basis="公历；《条例》第四十九条")
def days_are_in_the_calendar(dossier: Dossier) -> Iterator[Hit]:
    """正文和落款中的日期应是日历上有的日子；起止日期不能倒置。年份写四位数。报告的数据应统计到年末，写作“截至10月31日”的多半取自迎检材料或上报稿，
    请核对（作警告）；说明某项工作在哪一天完成的不报。

    依据：公历；《出版物上数字用法》（GB/T 15835—2011）；《条例》第四十九条（上一年度的报告）。
    违例：落款2025年2月30日；24年度；截至2024年10月31日，答复网民留言397条。
    正例：落款2025年2月28日；2024年度；截至2024年12月31日，答复网民留言397条。
    """
    for paragraph in _all_prose(dossier):
        text = paragraph.text
        if "月" in text:
            yield from _impossible(paragraph, phrase("calendar", "day"))
            yield from _turned(paragraph)
            yield from _early(paragraph, dossier.report.year)
        if "20" in text:
            yield from _impossible(paragraph, _NUMERIC_DAY)
        yield from _short_years(paragraph, dossier.report.year)


def _all_prose(dossier: Dossier) -> Iterator[Prose]:
    report = dossier.report
    yield Prose("题名", "title", Paragraph(text=report.title))
    yield from (Prose("导语", "preamble", paragraph) for paragraph in report.preamble)
    for section in report.sections:
        title = f"{section.number}、{section.title}" if section.number else section.title
        yield from (Prose(title, section.id or "", paragraph) for paragraph in section.paragraphs)
    yield from (Prose("落款", "closing", paragraph) for paragraph in report.closing)


def _impossible(paragraph: Prose, pattern: re.Pattern[str]) -> Iterator[Hit]:
    for found in pattern.finditer(paragraph.text):
        written = found["year"]
        year = int(written.translate(_DIGITS)) if written else 2024  # a leap year: 2月29日 may be right
        month, day = parse(found["month"]), parse(found["day"])
        if month is None or day is None:
            continue
        if not 1 <= month.value <= 12:
            message, right = f"“{found.group()}”：没有{month.value}月", "1月至12月"
        elif not 1 <= day.value <= (last := monthrange(year, int(month.value))[1]):
            message = f"“{found.group()}”：{f'{year}年' if written else ''}{month.value}月只有{last}天"
            right = f"{month.value}月1日至{last}日"
        else:
            continue
        yield hit_at(found.start(), found.end(), paragraph, message, right, found.group())


def _turned(paragraph: Prose) -> Iterator[Hit]:
    for found in phrase("calendar", "period").finditer(paragraph.text):
        if not found["y2"]:
            continue
        begin, end = (tuple(int(found[f"{part}{side}"]) for part in "ymd") for side in (1, 2))
        if end < begin:
            yield hit_at(
                found.start(), found.end(), paragraph, f"“{found.group()}”的止期早于起期", "起期在前", found.group()
            )


def _early(paragraph: Prose, year: int | None) -> Iterator[Hit]:
    if year is None or paragraph.section == "closing":
        return
    for found in phrase("calendar", "as_of").finditer(paragraph.text):
        month, day = int(found["month"]), int(found["day"] or 31)
        if (found["year"] and int(found["year"]) != year) or month > 12 or (month == 12 and day >= 31):
            continue
        behind = _CLAUSES.match(paragraph.text, found.end())
        said = found.group() + (behind.group() if behind else "")
        if not phrase("years", "figures_told").search(said) or phrase("years", "done_by_then").search(said):
            continue
        message = f"“{found.group()}”的数没有统计到年末，报告的数据应截至{year}年12月31日"
        hit = hit_at(found.start(), found.end(), paragraph, message, f"截至{year}年12月31日", found.group())
        yield hit._replace(severity="warning")


def _short_years(paragraph: Prose, year: int | None) -> Iterator[Hit]:
    for found in phrase("calendar", "short_year").finditer(paragraph.text) if year is not None else ():
        whole = 2000 + int(found["year"])
        if abs(whole - (year or 0)) <= 3:
            message = f"年份写作“{found['year']}年”，应写四位数"
            hit = hit_at(found.start(), found.end(), paragraph, message, f"{whole}年", f"{found['year']}年")
            yield hit._replace(severity="warning")
