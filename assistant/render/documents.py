"""Checked reports as documents, a file each: web pages and Word files with comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.check import Checked
from assistant.errors import AssistantError, reason
from assistant.files import WAY_OUT, writing
from assistant.logs import step
from assistant.readers.own_results import RESULT_SUFFIX
from assistant.text import name_of

__all__ = [
    "DOCUMENTS",
    "document_places",
    "format_of_output",
    "refuse_inputs",
    "refuse_others",
    "same_files",
    "write_documents",
]


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
    of several to the folder ``output``, which is made where it is not there.

    Raises:
        AssistantError: several reports and no folder.
    """
    suffix = DOCUMENTS[form].suffix
    if len(files) == 1 and not (output and output.is_dir()):
        return [output or Path(f"{files[0].stem}{RESULT_SUFFIX}{suffix}")]
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


_SUFFIXES = {
    "console": (".txt", ".md", ".log"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "html": (".html", ".htm"),
    "word": (".docx",),
}


def format_of_output(form: str | None, output: Path | None, files: Sequence[Path]) -> str:
    """The format of a result: the one that was asked for, else what the extension of ``output`` says.

    Raises:
        AssistantError: the two contradict each other, neither says anything, the documents of several ``files`` would
            go to one, or it is one of them.
    """
    if output is None:
        return form or "console"
    refuse_inputs(output, same_files(files))
    suffix = output.suffix.lower()
    said = next((name for name, suffixes in _SUFFIXES.items() if suffix in suffixes), None)
    known = "、".join(each for suffixes in _SUFFIXES.values() for each in suffixes)
    if said is None and form is None:
        raise AssistantError(
            f"不能写成“{output.suffix}”格式" if suffix and not output.is_dir() else "没有说写成什么格式",
            where=str(output),
            help=f"文件名可以是：{known}；写入文件夹的，加 --format html 或 --format word；汇总表用 --summary。",
        )
    chosen = form or said
    assert chosen
    if len(files) > 1 and chosen in DOCUMENTS:
        if said:
            raise AssistantError(
                "多份报告的网页和 Word 每份一个文件，需要一个文件夹",
                where=str(output),
                help=f"请用 -o 指定文件夹，例如 --format {chosen} -o 检查结果。",
            )
        return chosen
    if suffix and chosen != said and not output.is_dir():
        wanted = "、".join(_SUFFIXES[chosen])
        raise AssistantError(
            f"-o 的扩展名与 --format {chosen} 不一致，没有写入",
            where=str(output),
            help=f"扩展名改为 {wanted}，或去掉 --format，按扩展名决定。",
        )
    return chosen


def refuse_others(targets: Sequence[Path], files: Iterable[Path], *, overwrite: bool, resume: bool) -> None:
    """Before any work is done: a slip must not cost the office its report, or what people have written into a result.

    Raises:
        AssistantError: one of ``targets`` is one of ``files``, or is there and neither ``overwrite`` nor ``resume``.
    """
    inputs = same_files(files)
    for target in targets:
        refuse_inputs(target, inputs)
        # A link to nothing would be followed, and make a file elsewhere.
        if (target.is_file() or target.is_symlink()) and not (overwrite or resume):
            raise AssistantError("文件已经存在，没有覆盖", where=str(target), help=WAY_OUT)


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
