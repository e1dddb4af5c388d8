"""Blocks of any format → a Report. The only place that knows how a report is put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from types import MappingProxyType

from assistant.form import EDITION_2021
from assistant.readers.blocks import Block, Document, Grid, TextBlock
from assistant.readers.form_tables.arbitration import arbitrated
from assistant.readers.form_tables.labels import rows_known
from assistant.readers.form_tables.recognition import recognise
from assistant.readers.form_tables.stacked import regrid
from assistant.readers.form_tables.table_reading import TableReading
from assistant.readers.form_tables.tables import finish, goes_on, read_grid
from assistant.readers.identity import disagreements, find_title, signed_by, unit_and_year
from assistant.readers.sections import Heading, Outline, is_subheading, outline, parted
from assistant.report import (
    LEAST_CONFIDENCE,
    Cell,
    EditionId,
    Paragraph,
    ReadingWarning,
    Report,
    Section,
    Source,
    TableRead,
)
from assistant.text import fold

__all__ = ["assemble"]


@dataclass
class _OpenSection:
    id: str | None
    number: str
    title: str
    source: Source
    paragraphs: list[Paragraph] = field(default_factory=list)

    def close(self, drop: int = 0) -> Section:
        kept = self.paragraphs[: len(self.paragraphs) - drop]
        return Section(id=self.id, number=self.number, title=self.title, paragraphs=tuple(kept), source=self.source)


@dataclass
class _Progress:
    title: str = ""
    preamble: list[Paragraph] = field(default_factory=list)
    sections: list[_OpenSection] = field(default_factory=list)
    tables: dict[str, TableReading] = field(default_factory=dict)
    table_sections: dict[str, str | None] = field(default_factory=dict)
    open_table: TableReading | None = None  # the last one in this section: what follows may belong to it

    @property
    def prose(self) -> list[Paragraph]:
        return self.sections[-1].paragraphs if self.sections else self.preamble

    def prose_of(self, section: str | None) -> list[Paragraph]:
        own = [other.paragraphs for other in self.sections if other.id == section]
        return list(chain.from_iterable(own)) if section else self.preamble


def assemble(document: Document, file: str) -> Report:
    """The report that ``document`` holds. What cannot be placed is a warning, never dropped."""
    progress = _Progress()
    blocks = tuple(parted(regrid(document.blocks)))
    plan = outline(blocks)
    dropped = plan.contents | _take_title(blocks, plan, progress)
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            _take_grid(block, progress)
        elif index not in dropped:
            _take_text(block, plan.headings.get(index), progress)
    for reading in progress.tables.values():
        finish(reading, progress.prose_of(progress.table_sections[reading.table]))
    texts = [block for block in document.blocks if isinstance(block, TextBlock)]
    unit, year = unit_and_year(file, progress.title, texts)
    closing = _closing(progress, texts)
    sections = tuple(
        section.close(len(closing) if index == len(progress.sections) - 1 else 0)
        for index, section in enumerate(progress.sections)
    )
    cells = arbitrated(_ordered_cells(progress))
    return Report(
        file=file,
        unit=unit,
        year=year,
        edition=_edition(progress),
        title=progress.title,
        preamble=tuple(progress.preamble),
        sections=sections,
        closing=closing,
        cells=MappingProxyType(cells),
        tables=tuple(_table_read(reading, progress) for reading in progress.tables.values()),
        published=document.published,
        warnings=(
            *document.warnings,
            *(warning for reading in progress.tables.values() for warning in reading.warnings),
            *_doubtful(cells),
            *_pictured(document, blocks, plan, progress),
            *(ReadingWarning(message=what) for what in disagreements(file, progress.title, texts)),
        ),
    )


def _take_title(blocks: Sequence[Block], plan: Outline, progress: _Progress) -> frozenset[int]:
    """The title above the first part; given are the blocks that it is made of."""
    above = min(plan.headings, default=len(blocks))
    lines = [
        (index, block.text)
        for index, block in enumerate(blocks[:above])
        if isinstance(block, TextBlock) and index not in plan.contents
    ]
    title = find_title([text for _, text in lines])
    progress.title = title.text
    return frozenset(lines[at][0] for at in title.lines)


def _take_text(block: TextBlock, part: Heading | None, progress: _Progress) -> None:
    if part:
        progress.sections.append(_OpenSection(part.id, part.number, part.title, block.source))
        progress.open_table = None
        if part.rest:
            progress.prose.append(Paragraph(text=part.rest, source=block.source))
        return
    heading = is_subheading(block.text, block.level)
    progress.prose.append(Paragraph(text=block.text, source=block.source, heading=heading))


def _take_grid(grid: Grid, progress: _Progress) -> None:
    table_id = recognise(grid)
    above = progress.open_table
    if table_id is None and above and goes_on(grid, above):
        table_id = above.table
    if table_id is None:
        # An office's own table: its words and figures stay readable as prose, one paragraph a row.
        for row in grid.rows:
            text = "　".join(cell.text for cell in row if cell.text.strip())
            if text:
                progress.prose.append(Paragraph(text=text, source=row[0].source))
        return
    if table_id not in progress.tables:
        progress.tables[table_id] = TableReading(table_id, source=grid.source)
        progress.table_sections[table_id] = progress.sections[-1].id if progress.sections else None
    progress.open_table = progress.tables[table_id]
    read_grid(grid, progress.open_table)


def _doubtful(cells: Mapping[str, Cell]) -> Iterator[ReadingWarning]:
    """Cells that a recognition is not sure of, one line a row of the form."""
    unsure = [(metric, cell) for metric, cell in cells.items() if cell.confidence < LEAST_CONFIDENCE]
    for _, members in groupby(unsure, key=lambda item: item[0].rpartition(".")[0]):
        row = list(members)
        read = "、".join(f"“{cell.raw or '空白'}”" for _, cell in row)
        places = "、".join(f"{cell.source.column}" for _, cell in row if cell.source.column)
        message = f"第{places}格识别为{read}，把握不大，请核对原件"
        yield ReadingWarning(message=message, source=replace(row[0][1].source, column=None))


def _pictured(
    document: Document, blocks: Sequence[Block], plan: Outline, progress: _Progress
) -> Iterator[ReadingWarning]:
    """Pictures in the parts whose table was not found: it may be in one of them."""
    sections = {id(blocks[index]): heading.id for index, heading in plan.headings.items()}
    for table in EDITION_2021.tables:
        if table.id in progress.tables:
            continue
        for place in document.pictures:
            above = (sections.get(id(block)) for block in reversed(document.blocks[:place]))
            if next(filter(None, above), None) == table.section:
                message = f"表{table.number}所在的部分有图片，图片里的文字和表格没有读取"
                yield ReadingWarning(message=message, source=Source(), kind="picture", table=table.id)
                break


def _closing(progress: _Progress, texts: list[TextBlock]) -> tuple[Paragraph, ...]:
    """The signature and its date, when the last section ends in them."""
    signature = signed_by(texts)
    if not signature or not progress.sections:
        return ()
    last = progress.sections[-1].paragraphs
    for count in range(1, min(4, len(last)) + 1):
        if fold(last[-count].text) == fold(signature):
            return tuple(last[-count:])
    return ()


def _edition(progress: _Progress) -> EditionId:
    if not progress.tables:
        return "free"
    disclosure = progress.tables.get("disclosure")
    editions = disclosure.editions if disclosure else set()
    if "2019" in editions and "2021" not in editions:
        return "2019"
    requests = progress.tables.get("requests")
    only_single = requests is not None and "otherwise_handled" in requests.labels
    return "2019" if not editions and only_single else "2021"


def _ordered_cells(progress: _Progress) -> dict[str, Cell]:
    """All cells in the form's order: by table, by row; columns as they were read."""
    ordered: dict[str, Cell] = {}
    for table_id in EDITION_2021.table_ids:
        if table_id not in progress.tables:
            continue
        cells = progress.tables[table_id].cells
        rows = {row.id: place for place, row in enumerate(rows_known(table_id))}
        prefix = EDITION_2021.table(table_id).prefix
        ordered |= sorted(cells.items(), key=lambda item: rows[item[0].removeprefix(prefix).rpartition(".")[0]])
    return ordered


def _table_read(reading: TableReading, progress: _Progress) -> TableRead:
    return TableRead(
        id=reading.table,
        section=progress.table_sections[reading.table],
        rows=MappingProxyType(dict(reading.labels)),
        columns=reading.columns,
        unplaced=tuple(reading.unplaced),
        heads=MappingProxyType(dict(reading.heads)),
        source=reading.source,
    )
