"""Checked reports as documents, a file each: web pages and Word files with comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.check import Checked
from assistant.errors import AssistantError

__all__ = ["DOCUMENTS", "refuse_inputs", "write_documents"]


def _page(item: Checked, path: Path) -> None:
    from assistant.render.html import report_page  # only who asks for pages loads the template engine

    assert item.report and item.verdict
    path.write_text(report_page(item.report, item.verdict), encoding="utf-8")


def _word(item: Checked, path: Path) -> None:
    from assistant.render.word import commented

    assert item.report and item.verdict
    commented(item.path, item.report, item.verdict, path)


class _Kind(NamedTuple):
    suffix: str
    write: Callable[[Checked, Path], None]


DOCUMENTS: dict[str, _Kind] = {"html": _Kind(".html", _page), "word": _Kind(".docx", _word)}


def write_documents(checked: Sequence[Checked], form: str, output: Path | None) -> list[Path]:
    """Write one document a report and tell what was written; of several pages, an index too.

    One report goes to the file ``output``, by default <name>_检查 in the working directory, which must not be there yet.
    Several go to the folder ``output``.

    Raises:
        AssistantError: several reports and no folder, a file cannot be written, or is one of the reports.
    """
    kind = DOCUMENTS[form]
    if len(checked) == 1 and not (output and output.is_dir()):
        paths: list[Path | None] = [_single(checked[0], kind.suffix, output) if checked[0].verdict else None]
    else:
        paths = _in_folder(checked, kind.suffix, output)
    refuse_inputs([path for path in paths if path], checked)
    try:
        for item, path in zip(checked, paths, strict=True):
            if path:
                kind.write(item, path)
        written = [path for path in paths if path]
        if len(checked) > 1 and form == "html" and output:
            written.append(_index(checked, paths, output))
    except OSError as error:
        raise AssistantError(
            f"无法写入文件（{error.strerror or error}）",
            where=str(output or ""),
            help="请检查文件夹是否存在、是否可写，或先关闭打开这个文件的程序。",
        ) from error
    return written


def refuse_inputs(paths: Sequence[Path], checked: Sequence[Checked]) -> None:
    """Raise before anything is written when an output is one of the files that were checked."""
    for path in paths:
        if path.exists() and any(item.path.exists() and path.samefile(item.path) for item in checked):
            raise AssistantError("输出文件就是报告本身，没有写入", where=str(path), help="请用 -o 另取名字。")


def _single(item: Checked, suffix: str, output: Path | None) -> Path:
    if output:
        return output
    path = Path(f"{item.path.stem}_检查{suffix}")
    if path.exists():
        # A person may have answered the comments in it.
        raise AssistantError("文件已经存在，没有覆盖", where=str(path), help="请用 -o 指定文件名，可以是同一个。")
    return path


def _in_folder(checked: Sequence[Checked], suffix: str, output: Path | None) -> list[Path | None]:
    """A file name for each report in the folder, which is made where it is not there."""
    if output is None or (output.exists() and not output.is_dir()):
        what = "检查多份报告时，每份写成一个文件，需要一个文件夹"
        raise AssistantError(what, where=str(output or ""), help="请用 -o 指定文件夹，例如 -o 检查结果。")
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        raise AssistantError(
            f"无法建立文件夹（{error.strerror or error}）", where=str(output), help="请换一个可写的位置。"
        ) from error
    taken = {"index"}
    return [output / f"{_free(item.path.stem, taken)}{suffix}" if item.verdict else None for item in checked]


def _free(stem: str, taken: set[str]) -> str:
    """``stem``, numbered where another file has it already."""
    name, number = f"{stem}_检查", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_检查_{number}"
    taken.add(name.casefold())
    return name


def _index(checked: Sequence[Checked], paths: Sequence[Path | None], folder: Path) -> Path:
    from assistant.render.html import index_page

    path = folder / "index.html"
    path.write_text(index_page(checked, paths), encoding="utf-8")
    return path
