"""From the office's data to a checked draft: tables first, then the words, then the same checks as any report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.check import Finding, check, selected
from assistant.drafting.background import (
    Background,
    OwnPast,
    backgrounds,
    in_order,
    questions,
    searching,
    shown_to_model,
    with_references,
)
from assistant.drafting.composer import compose, preamble, title
from assistant.drafting.frame import frame_of
from assistant.drafting.manuscript import Manuscript, PartText, WordedSentence
from assistant.drafting.office import LastYearFigures, OfficeData, Part
from assistant.drafting.publish import markdown
from assistant.drafting.register import hints, lengths, written_out
from assistant.drafting.report_parts import last_year_paragraphs
from assistant.drafting.slots import Material, fill, fill_all, gather
from assistant.drafting.workbook.layout import address_of
from assistant.errors import BadWorkbook
from assistant.figures.book import Book
from assistant.figures.dossier import Dossier
from assistant.form import EDITION_2021
from assistant.library.injection import orders_in
from assistant.readers import report_from_text
from assistant.report import Cell, Report
from assistant.settings import settings

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.llm.model import Model

__all__ = ["composed_part", "draft", "orders_in_points", "read_back", "with_address"]

_SHOWN = 40
_MISSING = (
    "表二、表三、表四的数字（可以整张粘贴到“统计导出”），“工作要点”中各部分的要点，"
    "“问题与改进”中本年的问题和改进，“其他数据”中的信息处理费（没有收取填 0 元）"
)
_TABLE_RULES = ("T2", "T3", "T4", "Y101", "Y102")


def draft(
    data: OfficeData,
    *,
    last_year: LastYearFigures | None = None,
    previous: Report | None = None,
    model: Model | None = None,
    library: Library | None = None,
    force: bool = False,
) -> Manuscript:
    """The report of ``data``, worded by ``model`` where it does so soundly and by the composer elsewhere.

    ``previous`` is last year's report; where only its figures are at hand, ``last_year`` gives them by metric id.
    ``library`` tells of each part what the office and the regulation say of it (``background``).

    Raises:
        BadWorkbook: the tables have errors, named by address, and ``force`` is false. With ``force`` the draft is
            marked 草稿 and carries them at its head. So has a workbook that nobody has filled in.
    """
    if data.is_empty and not force:
        raise BadWorkbook("数据表还没有填写，没有可以起草的内容", where=data.file, help=f"请先填写：{_MISSING}。")
    previous = previous or (_figures_only(data, last_year) if last_year is not None else None)
    figures = {metric: cell.value for metric, cell in previous.cells.items()} if previous else None
    past = OwnPast(library, data.unit, data.year) if library is not None else None
    earlier = past.figures_of(data.year - 2) if past else {}
    material = gather(data, Book(figures, earlier) if figures is not None and earlier else figures)
    warnings = _sound_tables(_put_together(material, ()), previous, force)
    known = _backgrounds(material, library, past, meaning=model is not None) if library is not None and past else {}
    material = in_order(material, known)
    composed = {part.id: composed_part(part, material) for part in frame_of(data)}
    parts = composed

    def put_together(parts: Mapping[str, PartText]) -> Manuscript:
        return _put_together(material, tuple(parts.values()))

    if model:
        from assistant.drafting.writer import write_checked_parts  # only who has a model needs the packages behind it

        most = settings().references_shown
        shown = {name: shown_to_model(each, most) for name, each in known.items() if material.points_of(name)}
        parts = write_checked_parts(
            composed, material, model, previous, lambda parts: read_back(put_together(parts)), shown, known
        )
    parts = with_references(parts, known)
    verdict = check(Dossier(read_back(put_together(parts)), previous))
    printed = tuple(parts.values())
    before = {part.id: sum(map(len, last_year_paragraphs(part, previous))) for part in frame_of(data)}
    told = (*data.notes, *orders_in_points(data), *hints(data, printed), *lengths(printed, before))
    told += tuple(questions(known, data.unit, printed)) if known else ()
    return replace(
        put_together(parts),
        model=model.name if model else "none",
        findings=verdict.findings,
        warnings=warnings,
        notes=told,
    )


def _backgrounds(material: Material, library: Library, past: OwnPast, *, meaning: bool) -> dict[str, Background]:
    with searching(library, meaning=meaning) as search:
        return backgrounds(material, past, search)


def orders_in_points(data: OfficeData) -> Iterator[str]:
    """Points that give orders instead of telling something: they are printed as they are, and obeyed by nobody."""
    for point in (point for points in data.points.values() for point in points):
        for order in orders_in(point.text):
            yield f"{point.address}：“{order[:_SHOWN]}”像是对程序说的话，没有照办；请确认是否应写进报告"


def _figures_only(data: OfficeData, last_year: LastYearFigures) -> Report:
    cells = {metric: Cell(raw="" if value is None else str(value), value=value) for metric, value in last_year.items()}
    return Report(file="", unit=data.unit, year=data.year - 1, edition="2021", title="", cells=MappingProxyType(cells))


def composed_part(part: Part, material: Material) -> PartText:
    """A part in the composer's words, with the notes that it printed."""
    worded = tuple(
        WordedSentence(_bare(written_out(point), material), _bare(point, material), "composer")
        for point in material.points_of(part.id)
    )
    return PartText(part, *fill_all(compose(part.id, material), material.book), by="composer", worded=worded)


def _bare(text: str, material: Material) -> str:
    """A point as it is printed, without the stop that the composer sets."""
    return fill(text.strip(), material.book)[0].rstrip("；;，,、。")


def _put_together(material: Material, parts: tuple[PartText, ...]) -> Manuscript:
    return Manuscript(material.data, title(material), preamble(material), parts)


def read_back(manuscript: Manuscript) -> Report:
    """The draft as a reader of the published text would have it."""
    return report_from_text(markdown(manuscript), f"{manuscript.data.unit}_{manuscript.data.year}.md")


def _sound_tables(manuscript: Manuscript, previous: Report | None, force: bool) -> tuple[str, ...]:
    """Lines for the head of a forced draft; nothing when the tables are sound. ``manuscript`` has no words yet."""
    verdict = check(Dossier(read_back(manuscript), previous), selected(_TABLE_RULES))
    faults = [with_address(finding, manuscript.data) for finding in verdict.findings if finding.severity == "error"]
    if not faults:
        return ()
    if not force:
        raise BadWorkbook(
            f"表中有{len(faults)}处错误，改好以前不起草：\n  " + "\n  ".join(faults),
            where=manuscript.data.file,
            help="按所列位置核对数据；确需先出草稿，可加 --force，文件会标明“草稿”。",
        )
    # Check F115 keeps from being published what still has a 【待…】.
    return ("草稿：数据表有错误，不能发布。【待改：以下各处改好后重新起草】", *faults)


def with_address(finding: Finding, data: OfficeData) -> str:
    """A finding on a table with the workbook's address: 表三!H12（表三 三（三）5·法律服务机构）：…"""
    places = {
        metric.place: data.cells[metric.id].address if metric.id in data.cells else address_of(metric.id)
        for metric in EDITION_2021.metrics.values()
    }
    address = places.get(finding.where, "")
    place = f"{address}（{finding.where}）" if address else finding.where
    return f"{place}：{finding.message}〔{finding.code}〕"
