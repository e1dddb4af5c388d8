"""Writing a draft to files: the report in the format that its name asks for, and the sheet of its sources."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from assistant.check import Verdict, check
from assistant.drafting.manuscript import Manuscript
from assistant.drafting.office import OfficeData
from assistant.drafting.provenance import write_provenance
from assistant.drafting.publish import markdown
from assistant.drafting.publish_html import html_page
from assistant.drafting.refresh.refresh import Refreshed, refresh_word
from assistant.drafting.rewrite.rewrite import Revision
from assistant.drafting.rewrite.word_patch import revise_word
from assistant.drafting.word import write_docx
from assistant.errors import AssistantError
from assistant.figures.dossier import Dossier
from assistant.files import writable as require_writable
from assistant.files import writing
from assistant.logs import step
from assistant.readers import read, suffix_of
from assistant.render.word import commented
from assistant.report import Report

__all__ = [
    "PROVENANCE_FORMATS",
    "REVISION_FORMATS",
    "WRITERS",
    "save",
    "save_provenance",
    "save_refreshed",
    "save_revision",
    "writable",
]


def _write_markdown(manuscript: Manuscript, path: Path) -> None:
    path.write_text(markdown(manuscript), encoding="utf-8", newline="\n")


def _write_html(manuscript: Manuscript, path: Path) -> None:
    path.write_text(html_page(manuscript), encoding="utf-8", newline="\n")


WRITERS: dict[str, Callable[[Manuscript, Path], None]] = {
    ".docx": write_docx,
    ".html": _write_html,
    ".htm": _write_html,
    ".md": _write_markdown,
}
PROVENANCE_FORMATS, REVISION_FORMATS = (".xlsx",), (".docx",)


def writable(
    path: Path,
    *,
    overwrite: bool = False,
    formats: Collection[str] = WRITERS,
    comments: bool = False,
    data: Path | None = None,
) -> None:
    """Raise before any work is done when ``path`` cannot take a report, or with ``PROVENANCE_FORMATS`` the sheet of its
    sources.

    Raises:
        AssistantError: an unknown format, one that has no ``comments``, no such folder, the workbook ``data`` itself,
            or a file is there already and ``overwrite`` is false.
    """
    if comments and path.suffix.lower() in formats and path.suffix.lower() != ".docx":
        raise AssistantError("批注只能写进 Word 文件", where=str(path), help="输出文件改为 .docx，或去掉 --comments。")
    if data is not None and path.exists() and data.exists() and path.samefile(data):
        raise AssistantError("这是数据工作簿本身，不能覆盖", where=str(path), help="请换一个文件名。")
    require_writable(path, tuple(formats), overwrite=overwrite)


def save(manuscript: Manuscript, path: Path, *, overwrite: bool = False, comments: bool = False) -> None:
    """Write the report to ``path``; with ``comments`` each figure of the Word file has one that names its source.

    Raises:
        AssistantError: as ``writable``, or the file cannot be written.
    """
    writable(path, overwrite=overwrite, comments=comments)
    with writing(path) as aside, step("render", path):
        if comments:
            write_docx(manuscript, aside, comments=True)
        else:
            WRITERS[path.suffix.lower()](manuscript, aside)


def save_provenance(manuscript: Manuscript, path: Path, *, overwrite: bool = False) -> None:
    """Write the sheet of sources to ``path``. Raises as ``save``."""
    writable(path, overwrite=overwrite, formats=PROVENANCE_FORMATS)
    with writing(path) as aside, step("render", path):
        write_provenance(manuscript, aside)


def save_revision(
    revision: Revision, source: Path, path: Path, *, previous: Report | None = None, overwrite: bool = False
) -> Manuscript:
    """Write the revised report to ``path`` and check it as it now stands there: the new parts with the findings.

    A Word ``source`` is copied and its part changed; a report in another format is set anew in Word.

    Raises:
        AssistantError: as ``save``.
        UnreadableReport: a Word file that cannot be changed.
    """
    writable(path, overwrite=overwrite, formats=REVISION_FORMATS)
    gone: tuple[str, ...] = ()
    with writing(path) as aside, step("render", path):
        if source.suffix.lower() == ".docx":
            gone = revise_word(source, revision.report, revision.changes, aside)
        else:
            commented(source, revision.revised(), Verdict(findings=(), skipped=()), aside)
    # A report without a title may be known by the name of its file alone.
    known = {"unit": revision.report.unit, "year": revision.report.year}
    report = read(path).model_copy(update=known)
    notes = (*revision.manuscript.notes, *gone)
    return replace(revision.manuscript, notes=notes, findings=check(Dossier(report, previous)).findings)


def save_refreshed(
    source: Path, data: OfficeData, path: Path, *, previous: Report | None = None, overwrite: bool = False
) -> Refreshed:
    """Write the Word report at ``source`` with the figures of ``data`` to ``path``, and check it as it stands there.

    Raises:
        AssistantError: as ``save``, or a report that is no Word file.
        BadWorkbook: ``data`` are another report's.
    """
    if suffix_of(source) != ".docx":
        what = "只能更新 Word 文件里的数字"
        raise AssistantError(what, where=str(source), help="请用 Word 或 WPS 把报告另存为 .docx。")
    writable(path, overwrite=overwrite, formats=REVISION_FORMATS)
    report = read(source)
    with writing(path) as aside, step("render", path):
        refreshed = refresh_word(source, report, data, previous, aside)
    known = {"unit": report.unit or data.unit, "year": report.year or data.year}
    found = check(Dossier(read(path).model_copy(update=known), previous)).findings
    return replace(refreshed, findings=found)
