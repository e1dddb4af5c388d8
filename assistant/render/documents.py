"""Checked reports as documents, a file each: web pages and Word files with comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.check import Checked
from assistant.errors import AssistantError, reason
from assistant.files import writing
from assistant.logs import step
from assistant.readers.own_results import RESULT_SUFFIX
from assistant.text import name_of

__all__ = ["DOCUMENTS", "document_places", "refuse_inputs", "refuse_others", "same_files", "write_documents"]


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


def document_places(files: Sequence[Path], form: str, output: Path | None) -> list[Path]:
    """Where the document of each file goes: of one to ``output``, by default <name>_检查 in the working directory,
    which must not be there yet; of several to the folder ``output``, which is made where it is not there.

    Raises:
        AssistantError: several reports and no folder, or the file is there.
    """
    suffix = DOCUMENTS[form].suffix
    if len(files) == 1 and not (output and output.is_dir()):
        return [output or _unused(Path(f"{files[0].stem}{RESULT_SUFFIX}{suffix}"))]
    return _in_folder(files, suffix, output)


def write_documents(
    files: Sequence[Path], checked: Iterable[Checked], form: str, places: Sequence[Path]
) -> Iterator[tuple[Checked, Path | None]]:
    """Write one document a report, as they come, to its place among ``places`` (``document_places``), and tell where;
    ``None`` for a file that could not be checked. What is there from a run before is left as it is.

    Raises:
        AssistantError: a file cannot be written, or is one of the reports.
    """
    kind, inputs = DOCUMENTS[form], same_files(files)
    for item, path in zip(checked, places, strict=True):
        if item.verdict and item.document is None:
            refuse_inputs(path, inputs)
            with writing(path) as aside, step("render", path):
                kind.write(item, aside)
        yield item, path if item.verdict else None


def same_files(files: Iterable[Path]) -> frozenset[tuple[int, int]]:
    """What tells the files that are there from others, whatever they are called."""
    return frozenset((told.st_dev, told.st_ino) for told in (file.stat() for file in files if file.exists()))


def refuse_inputs(path: Path, inputs: frozenset[tuple[int, int]]) -> None:
    """Before anything is written.

    Raises:
        AssistantError: an output is one of the files that are checked, of which ``same_files`` tells.
    """
    if path.exists() and same_files([path]) <= inputs:
        raise AssistantError("输出文件就是报告本身，没有写入", where=str(path), help="请用 -o 另取名字。")


# What a result may be written over, by its format.
_LIKE = {"html": (".html", ".htm"), "word": (".docx",)}
_PLAIN = (".txt", ".md", ".log", ".json", ".jsonl", ".ndjson")


def refuse_others(path: Path | None, form: str, files: Iterable[Path]) -> None:
    """Before any work is done: a slip such as ``--format html -o 报告.docx`` must not cost the office its report.

    Raises:
        AssistantError: a result in this format would take the place of one of ``files``, or of a file of another kind.
    """
    if path is None or not path.is_file():
        return
    refuse_inputs(path, same_files(files))
    if path.suffix and path.suffix.lower() not in _LIKE.get(form, _PLAIN):
        raise AssistantError(
            f"已经有这个文件，而且不是{form}格式的结果，没有覆盖", where=str(path), help="请用 -o 另取名字。"
        )


def _unused(path: Path) -> Path:
    if path.exists() or path.is_symlink():  # a link to nothing would be followed, and make a file elsewhere
        # A person may have answered the comments in it.
        raise AssistantError("文件已经存在，没有覆盖", where=str(path), help="请用 -o 指定文件名，可以是同一个。")
    return path


def _in_folder(files: Sequence[Path], suffix: str, output: Path | None) -> list[Path]:
    if output is None or (output.exists() and not output.is_dir()):
        what = "检查多份报告时，每份写成一个文件，需要一个文件夹"
        raise AssistantError(what, where=str(output or ""), help="请用 -o 指定文件夹，例如 -o 检查结果。")
    try:
        output.mkdir(exist_ok=True)
    except OSError as error:
        raise AssistantError(
            f"无法建立文件夹（{reason(error)}）", where=str(output), help="请换一个可写的位置。"
        ) from error
    taken = {"index"}
    return [output / f"{_free(Path(name_of(file)).stem, taken)}{suffix}" for file in files]


def _free(stem: str, taken: set[str]) -> str:
    """``stem``, numbered where another file has it already."""
    name, number = f"{stem}{RESULT_SUFFIX}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}{RESULT_SUFFIX}_{number}"
    taken.add(name.casefold())
    return name
