"""Reports that are being written in the page: each a data workbook in a folder of ours, which stays the store, and the
draft that was made of it last."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import AssistantError, BadWorkbook, UnknownName
from assistant.web.held import Held, Job
from assistant.web.work import Task, Tell, Workers

if TYPE_CHECKING:  # the first page does not wait for what writes workbooks
    from assistant.drafting.workbook.edit import Changes, Contents

__all__ = ["DRAFT_FILES", "Begun", "Drafted", "Saved", "Writing", "Writings"]

WORKBOOK = "数据.xlsx"
DRAFT_FILES = {"docx": "报告.docx", "html": "报告.html", "sources": "来源.xlsx"}  # what a draft leaves in the folder
_MOST_TOLD = 60
_CLAUSE_ENDS = "，。；、：！？"
Json = dict[str, Any]


class Begun(NamedTuple):
    """What a process begins with: an uploaded workbook, or ``unit`` and ``year`` of an empty one."""

    folder: Path
    library: Path
    upload: Path | None = None
    unit: str = ""
    year: int = 0


class Saved(NamedTuple):
    """What the workbook holds now, and what is to be put right in it before it can be drafted from; ``told_before`` are
    the figures of last year's prose that no table has, each in the words around it."""

    contents: Contents
    faults: tuple[str, ...] = ()
    told_before: tuple[str, ...] = ()


class Drafted(NamedTuple):
    """A draft as ``assistant draft --json`` tells it, with what it says beside; or what a refresh did."""

    told: Json
    notes: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


class _Draft(NamedTuple):
    folder: Path
    library: Path
    force: bool


class _Refresh(NamedTuple):
    folder: Path
    library: Path
    report: Path


class _Save(NamedTuple):
    folder: Path
    changes: Changes


def begin(job: Begun, tell: Tell) -> Saved:
    """The workbook in its folder, last year's figures beside the empty cells where the library has them.

    Raises:
        BadWorkbook: what was uploaded is no data workbook.
        AssistantError: unit or year are none.
    """
    tell("打开工作簿")
    path = job.folder / WORKBOOK
    if job.upload:
        job.upload.replace(path)
    else:
        _write_empty(path, job)
    saved = _saved(path)
    return saved._replace(told_before=_told_before(job.library, saved.contents))


def _told_before(library: Path, held: Contents) -> tuple[str, ...]:
    """What last year's report counted beside its tables, for the office to count again: 公报出版6期."""
    from assistant.check import check
    from assistant.figures.dossier import Dossier
    from assistant.library.store import last_year_report

    before = last_year_report(library, held.unit, int(held.year)) if held.year.isdigit() else None
    if before is None:
        return ()
    marks = [one.mark for one in check(Dossier(before)).unchecked]
    clauses = [_clause(mark.paragraph.text, mark.start, mark.end) for mark in marks if mark.paragraph]
    return tuple(dict.fromkeys(clauses))[:_MOST_TOLD]


def _clause(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    last = min((at for mark in _CLAUSE_ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[first:last].strip()


def _write_empty(path: Path, job: Begun) -> None:
    from assistant.drafting import plans_of, told_by, write_template
    from assistant.drafting.workbook.read import unit_fault, year_fault
    from assistant.library.store import last_year_report

    for item, fault in (("单位", unit_fault(job.unit)), ("年度", year_fault(str(job.year)))):
        if fault:
            raise AssistantError(fault, where=item, help="例如：清源区人民政府，2025。")
    before = last_year_report(job.library, job.unit, job.year)
    figures = {metric: cell.value for metric, cell in before.cells.items()} if before else None
    plans, told = (plans_of(before), told_by(before)) if before else ((), ())
    write_template(path, job.unit, job.year, figures, plans=plans, told=told)


def save(job: _Save, tell: Tell) -> Saved:
    """Changes written into the workbook."""
    from assistant.drafting.workbook.edit import edited

    tell("保存")
    edited(job.folder / WORKBOOK, job.changes)
    return _saved(job.folder / WORKBOOK)


def _saved(path: Path) -> Saved:
    from assistant.drafting.workbook.edit import contents
    from assistant.drafting.workbook.read import read_workbook

    try:
        held = contents(path)
    except BadWorkbook as error:
        error.where = error.where.replace(str(path), "工作簿")
        raise
    try:
        read_workbook(path)
    except BadWorkbook as error:
        return Saved(held, tuple(line.strip() for line in error.what.split("\n")[1:]) or (error.what,))
    return Saved(held)


def draft(job: _Draft, tell: Tell) -> Drafted:
    """Draft from the workbook, and leave the report and the sheet of its sources in the folder."""
    from assistant.drafting import draft as write_draft
    from assistant.drafting import read_workbook
    from assistant.drafting.saving import save as save_draft
    from assistant.drafting.saving import save_provenance
    from assistant.library.store import last_year_report, library_if_there
    from assistant.llm.model import open_model

    path = job.folder / WORKBOOK
    tell("读取工作簿")
    try:
        office = read_workbook(path)
        before = last_year_report(job.library, office.unit, office.year)
        tell("起草和检查")
        with library_if_there(job.library) as library:
            manuscript = write_draft(office, previous=before, model=open_model(), library=library, force=job.force)
    except AssistantError as error:
        error.where = error.where.replace(str(path), "工作簿")
        raise
    tell("写成文件")
    for name in ("docx", "html"):
        save_draft(manuscript, job.folder / DRAFT_FILES[name], overwrite=True)
    save_provenance(manuscript, job.folder / DRAFT_FILES["sources"], overwrite=True)
    return Drafted(manuscript.as_json(), manuscript.notes, tuple(manuscript.rests_on()))


def refresh(job: _Refresh, tell: Tell) -> Drafted:
    """The workbook's figures into a Word report that people have edited."""
    from assistant.drafting import read_workbook
    from assistant.drafting.saving import save_refreshed
    from assistant.library.store import last_year_report

    path, output = job.folder / WORKBOOK, job.folder / DRAFT_FILES["docx"]
    tell("更新数字")
    try:
        office = read_workbook(path)
        before = last_year_report(job.library, office.unit, office.year)
        refreshed = save_refreshed(job.report, office, output, previous=before, overwrite=True)
    except AssistantError as error:
        error.where = error.where.replace(str(path), "工作簿").replace(str(job.report), job.report.name)
        raise
    for name in ("html", "sources"):
        (job.folder / DRAFT_FILES[name]).unlink(missing_ok=True)  # of the draft before
    return Drafted(refreshed.as_json())


@dataclass(eq=False)
class Writing(Job):
    """One report in the page. ``task`` is the draft or refresh that is being made."""

    id: str
    folder: Path
    saved: Saved
    task: Task | None = None
    drafted: Drafted | None = None
    refreshed: Drafted | None = None
    version: int = 0
    ticked: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def title(self) -> str:
        return f"{self.saved.contents.unit}{self.saved.contents.year}年度报告"

    @property
    def mark(self) -> str:
        """Changes with everything that a page shows of drafts."""
        return f"{self.version}.{self.task.version if self.task else 0}.{self.task.state if self.task else ''}"

    @property
    def files(self) -> dict[str, Path]:
        """What can be fetched."""
        held = {"workbook": self.folder / WORKBOOK} | {name: self.folder / file for name, file in DRAFT_FILES.items()}
        return {name: path for name, path in held.items() if path.exists()}

    def file(self, name: str) -> Path:
        """
        Raises:
            UnknownName: there is none of this name yet.
        """
        if name not in self.files:
            raise UnknownName("没有这个文件", where=name, help="请先起草。")
        return self.files[name]


class Writings(Held[Writing]):
    """All of them."""

    missing = ("没有这一份起草", "可能服务已重新启动；请把工作簿再拖进来。")

    def __init__(self, folder: Path, library: Path, workers: Workers) -> None:
        super().__init__()
        self._folder, self._library, self._workers = folder, library, workers

    def place(self) -> Path:
        """A folder for what begins next."""
        folder = self._folder / secrets.token_hex(6)
        folder.mkdir(mode=0o700, parents=True)
        return folder

    def opening(self, folder: Path, upload: Path | None, unit: str = "", year: int = 0) -> Task:
        return self._workers.submit(begin, Begun(folder, self._library, upload, unit, year))

    def saving(self, made: Writing, changes: Changes) -> Task:
        return self._workers.submit(save, _Save(made.folder, changes))

    def draft(self, made: Writing, *, force: bool) -> None:
        """Begin to draft; a draft that is being made already goes on."""
        with made.lock:
            if made.at_work:
                return
            made.task = self._workers.submit(draft, _Draft(made.folder, self._library, force))
            made.task.future.add_done_callback(lambda future: self._done(made, future.exception() is None, "drafted"))

    def refresh(self, made: Writing, report: Path) -> None:
        """Begin to refresh ``report``."""
        with made.lock:
            if made.at_work:
                return
            made.task = self._workers.submit(refresh, _Refresh(made.folder, self._library, report))
            made.task.future.add_done_callback(lambda future: self._done(made, future.exception() is None, "refreshed"))

    def _done(self, made: Writing, well: bool, what: str) -> None:
        if well and made.task:
            made.drafted, made.refreshed = None, None
            setattr(made, what, made.task.future.result())
        made.version += 1
