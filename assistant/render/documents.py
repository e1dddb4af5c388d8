"""Checked reports as documents, a file each: web pages and Word files with comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.check import Checked
from assistant.errors import AssistantError
from assistant.render.output import writing

__all__ = ["DOCUMENTS", "refuse_inputs", "same_files", "write_documents"]


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


def write_documents(
    files: Sequence[Path], checked: Iterable[Checked], form: str, output: Path | None
) -> Iterator[tuple[Checked, Path | None]]:
    """Write one document a report, as they come, and tell where; ``None`` for a file that could not be checked.

    One report goes to the file ``output``, by default <name>_检查 in the working directory, which must not be there yet.
    Several go to the folder ``output``.

    Raises:
        AssistantError: several reports and no folder, a file cannot be written, or is one of the reports.
    """
    kind, inputs = DOCUMENTS[form], same_files(files)
    alone = len(files) == 1 and not (output and output.is_dir())
    place = _single(files[0], kind.suffix, output) if alone else _in_folder(kind.suffix, output)
    for item in checked:
        path = place(item) if item.verdict else None
        if path:
            refuse_inputs(path, inputs)
            with writing(path):
                kind.write(item, path)
        yield item, path


def same_files(files: Iterable[Path]) -> frozenset[tuple[int, int]]:
    """What tells the files that are there from others, whatever they are called."""
    return frozenset((told.st_dev, told.st_ino) for told in (file.stat() for file in files if file.exists()))


def refuse_inputs(path: Path, inputs: frozenset[tuple[int, int]]) -> None:
    """Raise before anything is written when an output is one of the files that are checked, of which ``same_files``
    tells."""
    if path.exists() and same_files([path]) <= inputs:
        raise AssistantError("输出文件就是报告本身，没有写入", where=str(path), help="请用 -o 另取名字。")


def _single(file: Path, suffix: str, output: Path | None) -> Callable[[Checked], Path]:
    if output:
        return lambda _: output
    path = Path(f"{file.stem}_检查{suffix}")
    if path.exists():
        # A person may have answered the comments in it.
        raise AssistantError("文件已经存在，没有覆盖", where=str(path), help="请用 -o 指定文件名，可以是同一个。")
    return lambda _: path


def _in_folder(suffix: str, output: Path | None) -> Callable[[Checked], Path]:
    """A file name in the folder for each report; the folder is made where it is not there."""
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
    return lambda item: output / f"{_free(item.path.stem, taken)}{suffix}"


def _free(stem: str, taken: set[str]) -> str:
    """``stem``, numbered where another file has it already."""
    name, number = f"{stem}_检查", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_检查_{number}"
    taken.add(name.casefold())
    return name
