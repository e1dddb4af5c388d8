"""What several commands share: options, exit codes, where the library is, the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import AssistantError, Interrupted

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = [
    "FINDINGS", "INPUT_ERROR", "Cluster", "Format", "Json", "Level", "Unit", "Year", "codes", "goes_on", "model",
    "path_given", "root",
]  # fmt: skip

FINDINGS = 1
INPUT_ERROR = 2


class Format(StrEnum):
    console = "console"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    word = "word"


class Level(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"


Cluster = Annotated[
    str | None,
    typer.Option("--cluster", metavar="auto|地址", help="在 Ray 集群上做，代替本机的进程：auto 为本机所在的集群。"),
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Unit = Annotated[str | None, typer.Option("--unit", help="只看这个单位。")]
Year = Annotated[int | None, typer.Option("--year", help="只看这个年度。")]


def root(context: typer.Context) -> Path:
    """Where the library is: --library, else ASSISTANT_LIBRARY, else .assistant in the working directory."""
    from assistant.settings import settings

    given = context.find_root().obj
    return given if isinstance(given, Path) else settings().library


def path_given(text: str) -> Path:
    """A file or a folder to read. An empty name, as of a variable that is not set, would mean the working directory.

    Raises:
        AssistantError: the name is empty, or an address of the web.
    """
    if not text.strip():
        raise AssistantError("文件名是空的", help="请写出文件或文件夹；当前文件夹写作 .（一个点）。")
    if re.match(r"https?://", text):
        raise AssistantError("不能直接读取网址", where=text, help="请先把网页或文件保存到本机。")
    return Path(text)


@contextmanager
def goes_on(how: Callable[[], str]) -> Iterator[None]:
    """Where Ctrl-C stops what is done inside, that is said, with how the work goes on.

    Raises:
        Interrupted: Ctrl-C was pressed.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        raise Interrupted(how()) from stop


def model() -> Model | None:
    """The model that is set; a model that cannot be opened is said, and the work goes on without one."""
    from assistant.llm.model import open_model

    return open_model()


def codes(values: list[str] | None) -> list[str]:
    """``--select T3,N101 --select D`` as a list of prefixes."""
    return [code.strip() for value in values or () for code in value.split(",") if code.strip()]
