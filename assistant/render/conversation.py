"""A conversation in the terminal, and as a file that an office keeps: questions, answers, sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from assistant.files import writable, writing
from assistant.logs import step
from assistant.render.jobs import show_answer, source_line
from assistant.text import clean, printable

if TYPE_CHECKING:
    from assistant.asking.conversation.history import Turn

__all__ = ["EXPORTS", "export", "show_sources", "show_turn"]

_TITLE = "政府信息公开工作年度报告问答记录"


def show_turn(turn: Turn, out: Console, *, streamed: bool) -> None:
    """How a question was understood, its answer and where it comes from; of a ``streamed`` answer, the sources."""
    if turn.understood != turn.asked:
        out.print(f"（按“{printable(turn.understood)}”理解）", style="dim", markup=False)
    show_answer(turn.answer.model_copy(update={"answer": ""}) if streamed else turn.answer, out)


def show_sources(turn: Turn, out: Console) -> None:
    """The citations of an answer in full, line breaks and all."""
    if not turn.answer.citations:
        out.print("上一个回答没有引用资料。")
    for number, citation in enumerate(turn.answer.citations, start=1):
        out.print(f"{number}. {source_line(citation, quote=False)}", markup=False)
        for line in clean(citation.quote).splitlines():
            out.print(f"   {line}", style="dim", markup=False)


def export(turns: Sequence[Turn], path: Path) -> None:
    """Write a conversation to a new file.

    Raises:
        AssistantError: an unknown format, no such folder, a file is there already, or it cannot be written.
    """
    writable(path, tuple(EXPORTS), way_out="请换一个文件名。")
    with writing(path) as aside, step("render", path):
        EXPORTS[path.suffix.lower()](turns, aside)


def _markdown(turns: Sequence[Turn], path: Path) -> None:
    blocks = [f"# {_TITLE}"]
    for number, turn in enumerate(turns, start=1):
        blocks.append(f"## {number}. {_escaped(printable(turn.asked))}")
        if turn.understood != turn.asked:
            blocks.append(f"（按“{_escaped(printable(turn.understood))}”理解）")
        blocks.append("  \n".join(_escaped(line) for line in clean(turn.answer.answer).splitlines()))
        if turn.answer.citations:
            lines = [f"{n}. {_escaped(source_line(c))}" for n, c in enumerate(turn.answer.citations, start=1)]
            blocks.append("出处：\n\n" + "\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands: a title in brackets or a line that opens with # is no markup."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text


def _word(turns: Sequence[Turn], path: Path) -> None:
    # Only who asks for a Word file loads python-docx.
    from assistant.render.official import add_heading, add_paragraph, official_document, write

    word = official_document(_TITLE, "")
    add_heading(word, _TITLE, 1)
    for number, turn in enumerate(turns, start=1):
        add_heading(word, f"{number}. {printable(turn.asked)}", 2)
        if turn.understood != turn.asked:
            write(add_paragraph(word, indent=True), f"（按“{printable(turn.understood)}”理解）")
        for line in clean(turn.answer.answer).splitlines():
            write(add_paragraph(word, indent=True), line)
        if turn.answer.citations:
            write(add_paragraph(word, indent=True), "出处：")
        for n, citation in enumerate(turn.answer.citations, start=1):
            write(add_paragraph(word, indent=True), f"{n}. {source_line(citation)}")
    word.save(str(path))


EXPORTS: dict[str, Callable[[Sequence[Turn], Path], None]] = {".docx": _word, ".md": _markdown}
