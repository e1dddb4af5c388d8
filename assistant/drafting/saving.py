"""Writing a draft to files: the report in the format that its name asks for, and the sheet of its sources."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from assistant.drafting.manuscript import Drafted
from assistant.drafting.provenance import write_provenance
from assistant.drafting.publish import markdown
from assistant.drafting.publish_html import html
from assistant.drafting.word import docx
from assistant.errors import AssistantError

__all__ = ["SHEETS", "WRITERS", "save", "save_provenance", "writable"]


def _write_markdown(drafted: Drafted, path: Path) -> None:
    path.write_text(markdown(drafted), encoding="utf-8", newline="\n")


def _write_html(drafted: Drafted, path: Path) -> None:
    path.write_text(html(drafted), encoding="utf-8", newline="\n")


WRITERS: dict[str, Callable[[Drafted, Path], None]] = {
    ".docx": docx, ".html": _write_html, ".htm": _write_html, ".md": _write_markdown,
}  # fmt: skip
SHEETS = (".xlsx",)


def writable(
    path: Path,
    *,
    overwrite: bool = False,
    formats: Collection[str] = WRITERS,
    comments: bool = False,
    data: Path | None = None,
) -> None:
    """Raise before any work is done when ``path`` cannot take a report, or with ``SHEETS`` the sheet of its sources.

    Raises:
        AssistantError: an unknown format, one that has no ``comments``, no such folder, the workbook ``data`` itself,
            or a file is there already and ``overwrite`` is false.
    """
    suffix = path.suffix.lower()
    if suffix not in formats:
        known = "、".join(formats)
        raise AssistantError(f"不能写成“{path.suffix or '无扩展名'}”格式", where=str(path), help=f"可以写成：{known}。")
    if comments and suffix != ".docx":
        raise AssistantError("批注只能写进 Word 文件", where=str(path), help="输出文件改为 .docx，或去掉 --comments。")
    if not path.parent.is_dir():
        raise AssistantError("没有这个文件夹", where=str(path.parent), help="请先建立文件夹，或换一个位置。")
    if data is not None and path.exists() and data.exists() and path.samefile(data):
        raise AssistantError("这是数据工作簿本身，不能覆盖", where=str(path), help="请换一个文件名。")
    if path.exists() and not overwrite:
        raise AssistantError("文件已经存在，没有覆盖", where=str(path), help="换一个文件名，或加 --overwrite 覆盖。")


def save(drafted: Drafted, path: Path, *, overwrite: bool = False, comments: bool = False) -> None:
    """Write the report to ``path``; with ``comments`` each figure of the Word file has one that names its source.

    Raises:
        AssistantError: as ``writable``, or the file cannot be written.
    """
    writable(path, overwrite=overwrite, comments=comments)
    _written(
        path, lambda: docx(drafted, path, comments=True) if comments else WRITERS[path.suffix.lower()](drafted, path)
    )


def save_provenance(drafted: Drafted, path: Path, *, overwrite: bool = False) -> None:
    """Write the sheet of sources to ``path``. Raises as ``save``."""
    writable(path, overwrite=overwrite, formats=SHEETS)
    _written(path, lambda: write_provenance(drafted, path))


def _written(path: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as error:
        raise AssistantError(
            f"无法写入文件（{error.strerror or error}）",
            where=str(path),
            help="请检查磁盘空间和权限，或先关闭打开它的程序。",
        ) from error
