"""Taking files into the library, in two steps: the catalog (answerable at once), then the vectors (resumable)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import AssistantError
from assistant.library.catalog.catalog import Change
from assistant.library.catalog.rows import DocumentRows
from assistant.library.documents import CatalogEntry, catalog_path
from assistant.library.indexing import Run, build_vectors, in_this_process
from assistant.library.lock import write_lock
from assistant.library.reading import FileToRead, Unchanged, crashed_read, rows_of_file
from assistant.library.store import Library
from assistant.logs import step
from assistant.readers.folders import files_in, holds_reports

__all__ = ["Outcome", "ingest", "initial_files", "with_folders_expanded"]

Action = Change | Literal["失败"]
Read = DocumentRows | AssistantError | Unchanged

_SHOWN, _LONGEST_SHOWN = 3, 80  # what reading noticed of a file; all of it tells assistant read
_WRITE_AT_ONCE = 32  # documents in one transaction: a third of the time that one each takes
_WRITE_AFTER_SECONDS = 1.0  # or what there is by then: a scan takes longer to read, and is not lost for the next one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``error`` is set when it could not be taken in; the others are not affected."""

    path: Path
    action: Action
    found: str = ""
    warnings: tuple[str, ...] = ()
    error: AssistantError | None = None

    @property
    def line(self) -> str:
        """One line for the user: what was found."""
        return f"失败　{self.error}" if self.error else f"{self.action}　{self.found}"


def ingest(
    paths: Iterable[Path | str],
    library: Library,
    *,
    run: Run = in_this_process,
    on_document: Callable[[Outcome], None] | None = None,
    on_vectors: Callable[[int, int], None] | None = None,
    vectors: bool = True,
) -> list[Outcome]:
    """Take files (and the readable files of folders) into the library. Doing it twice changes nothing.

    ``run`` is where files are read and passages embedded (``Workers.in_order``: in several processes); this one alone
    writes. ``on_document`` hears of every file when it is in the catalog for good, ``on_vectors`` of (done, all)
    passages embedded. A file that cannot be read is an outcome with its error.

    Raises:
        LibraryError: another process is writing this library, or it cannot be written.
        ModelUnavailable: see ``build_vectors``.
    """
    outcomes: list[Outcome] = []
    with write_lock(library.root):
        for outcome in _outcomes(list(with_folders_expanded(paths)), library, run):
            outcomes.append(outcome)
            if on_document:
                on_document(outcome)
        if vectors:
            build_vectors(library, on_vectors, run=run)
    return outcomes


def initial_files(library: Library, shipped: Path) -> list[Path]:
    """The files of ``shipped`` for a library that holds nothing else yet: a beginning that was interrupted may have
    some of them. Later, what is not there was taken out."""
    files = list(with_folders_expanded([shipped]))
    held = {entry.path for entry in library.documents()}
    return files if held <= {catalog_path(file) for file in files} else []


def with_folders_expanded(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The files named, and the documents in folders and zip files; each once, folders by name."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        for file in files_in(path) if holds_reports(path) else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _outcomes(files: Sequence[Path], library: Library, run: Run) -> Iterator[Outcome]:
    """Several documents are written in one transaction; a stop loses those that are not, whole."""
    catalog = library.catalog
    jobs = (FileToRead(path, catalog.known_hash(catalog_path(path))) for path in files)
    waiting: list[tuple[Path, Read]] = []
    since = time.monotonic()
    for path, read in zip(files, run(rows_of_file, jobs, crashed_read), strict=True):
        waiting.append((path, read))
        if len(waiting) >= _WRITE_AT_ONCE or time.monotonic() - since > _WRITE_AFTER_SECONDS:
            yield from _write_batch(waiting, library)
            waiting, since = [], time.monotonic()
    yield from _write_batch(waiting, library)


def _write_batch(waiting: Sequence[tuple[Path, Read]], library: Library) -> list[Outcome]:
    new = [read for _, read in waiting if isinstance(read, DocumentRows)]
    with step("catalog", documents=len(new)):
        changes = iter(library.catalog.add(new))
    outcomes = []
    for path, read in waiting:
        if isinstance(read, AssistantError):
            outcomes.append(Outcome(path, "失败", error=read))
        elif isinstance(read, DocumentRows):
            change = next(changes)
            told = _summary(read) + (_set_aside(library, read.path) if change == "未采用" else "")
            outcomes.append(Outcome(path, change, told, read.warnings))
        else:
            known = catalog_path(path)
            told = _name(library.catalog.of_file(known)) + _set_aside(library, known)
            outcomes.append(Outcome(path, read, told))
    return outcomes


def _set_aside(library: Library, path: str) -> str:
    """That a file is kept and not used, where that is so: which one is, why, and what differs."""
    for aside in library.catalog.set_aside(path):
        differing = library.catalog.cells_that_differ(aside)
        figures = f"两份有{differing}个数字不同" if differing else "两份的数字相同"
        return f"。{aside.line}（{figures if aside.kind == 'report' else '两份内容不同'}）"
    return ""


def _summary(rows: DocumentRows) -> str:
    if rows.kind == "regulation":
        return f"《{rows.title}》：{len(rows.passages)}段"
    who = f"{rows.unit or '（未识别单位）'}{f'{rows.year}年' if rows.year else '（未识别年度）'}报告"
    shown = "；".join(
        f"{one[:_LONGEST_SHOWN]}…" if len(one) > _LONGEST_SHOWN else one for one in rows.warnings[:_SHOWN]
    )
    more = "等" if len(rows.warnings) > _SHOWN else ""
    warned = f"，{len(rows.warnings)}条提示：{shown}{more}" if rows.warnings else ""
    return f"{who}：{len(rows.figures)}个数字，{len(rows.passages)}段文字{warned}"


def _name(entry: CatalogEntry | None) -> str:
    return entry.name if entry else ""
