"""Faults in the text: a wrong year, something missing, something of last year's, somebody's telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from assistant.report import Paragraph, Report, Section
from evals.inject.base import Fault, Sample, replaced

__all__ = ["text_faults"]

_SENTENCE = re.compile(r"[^。；\n]*[。；]?")
_SHORTEST_COPY = 40  # letters: R101 counts neither digits nor punctuation
_PHONES = (
    "联系人手机{}。", "如有疑问请拨打{}咨询。", "经办人电话：{}。", "申请人留下的联系方式为{}。", "（电话{}）",
    "可致电或添加微信{}。",
)  # fmt: skip


def text_faults(sample: Sample) -> Iterator[Fault]:
    """All faults of the text that the report gives occasion for."""
    yield from _wrong_years(sample)
    yield from _without_fee(sample)
    yield from _without_sections(sample)
    yield from _copied(sample)
    yield from _phones(sample)


def _wrong_years(sample: Sample) -> Iterator[Fault]:
    """Last year's number in the title, the period, the signature, and wherever a sentence opens with the year.

    Elsewhere a report may rightly name another year: a document's, a plan's.
    """
    report = sample.dossier.report
    year = report.year
    if year is None:
        return
    if str(year) in report.title:
        title = report.title.replace(str(year), str(year - 1))
        changed = report.model_copy(update={"title": title, "year": year - 1})  # who reads it takes the title's word
        yield Fault("wrong_year", changed, title, codes=("D1",))
    for paragraph in report.preamble:
        for found in re.finditer(rf"{year}(?=年(?:1月1日|12月31日))", paragraph.text):
            yield _with_year(report, paragraph, found.start(), year - 1)
    for paragraph in report.closing:
        for found in re.finditer(rf"{year + 1}(?=年\d)", paragraph.text):
            yield _with_year(report, paragraph, found.start(), year)
    for section in report.sections:
        for paragraph in section.paragraphs:
            for found in re.finditer(rf"(?:^|(?<=。)){year}(?=年度?[，,\u4e00-\u9fff])", paragraph.text):
                yield _with_year(report, paragraph, found.start(), year - 1)


def _with_year(report: Report, old: Paragraph, at: int, year: int) -> Fault:
    new = Paragraph(text=f"{old.text[:at]}{year}{old.text[at + 4 :]}", source=old.source, heading=old.heading)
    told = f"{old.text[max(0, at - 20) : at]}【{old.text[at : at + 4]}→{year}】{old.text[at + 4 : at + 40]}"
    return Fault(
        "wrong_year", replaced(report, old, new), told, before=(old, at, at + 4), after=(new, at, at + 4), codes=("D1",)
    )


def _without_fee(sample: Sample) -> Iterator[Fault]:
    report = changed = sample.dossier.report
    for section in report.sections:
        for paragraph in section.paragraphs:
            if "处理费" in paragraph.text:
                kept = "".join(part for part in _SENTENCE.findall(paragraph.text) if "处理费" not in part)
                changed = replaced(changed, paragraph, Paragraph(text=kept) if kept else None)
    if changed is not report:
        yield Fault("no_fee_statement", changed, "没有信息处理费的表述", codes=("F112", "F113", "T308"))


def _without_sections(sample: Sample) -> Iterator[Fault]:
    report = sample.dossier.report
    for section in report.sections:
        if section.id:
            gone = {table.id for table in report.tables if table.section == section.id}
            cells = {metric: cell for metric, cell in report.cells.items() if _table_of(metric) not in gone}
            changed = report.model_copy(
                update={
                    "sections": tuple(each for each in report.sections if each is not section),
                    "tables": tuple(table for table in report.tables if table.id not in gone),
                    "cells": cells,
                }
            )
            yield Fault("no_section", changed, f"没有“{section.title}”", codes=("F101",))


def _table_of(metric: str) -> str:
    first = metric.partition(".")[0]
    return first if first in ("disclosure", "requests") else "review"


def _copied(sample: Sample) -> Iterator[Fault]:
    """A paragraph as it stood last year, its years put right, in place of this year's in the same part."""
    report, previous = sample.dossier.report, sample.dossier.previous
    if previous is None or report.year is None:
        return
    for section in report.sections:
        earlier = previous.section(section.id or "")
        for old, last in _pairs(section, earlier) if earlier else ():
            text = last.text.replace(str(report.year - 1), str(report.year))
            new = Paragraph(text=text, source=old.source)
            place = (new, 0, len(text))
            yield Fault(
                "copied_paragraph", replaced(report, old, new), text[:60], before=(old, 0, len(old.text)), after=place,
                codes=("R1",),
            )  # fmt: skip


def _pairs(section: Section, earlier: Section) -> Iterator[tuple[Paragraph, Paragraph]]:
    """Long paragraphs of both years in order, of which this year's is not last year's already."""
    long = [[p for p in part.paragraphs if len(_letters(p)) >= _SHORTEST_COPY] for part in (section, earlier)]
    for old, last in zip(*long, strict=False):
        if _letters(old) != _letters(last):
            yield old, last


def _letters(paragraph: Paragraph) -> str:
    return re.sub(r"[\W\d]", "", paragraph.text)


def _phones(sample: Sample) -> Iterator[Fault]:
    """A mobile number at the end of the first paragraph of each part, written in one of the usual ways."""
    report = sample.dossier.report
    random = Random(report.file)
    for section in report.sections:
        for old in [each for each in section.paragraphs if not each.heading][:1]:
            digits = f"1{random.choice('35789')}{random.randrange(10**9):09d}"
            written = random.choice(
                (digits, f"{digits[:3]} {digits[3:7]} {digits[7:]}", f"{digits[:3]}-{digits[3:7]}-{digits[7:]}")
            )
            new = Paragraph(text=old.text + random.choice(_PHONES).format(written), source=old.source)
            start = len(old.text)
            yield Fault(
                "phone_number", replaced(report, old, new), new.text[start:], before=(old, start, start),
                after=(new, start, len(new.text)), codes=("W10",),
            )  # fmt: skip
