"""What the program did and how long it took, for who asks: ``-v`` on stderr, ``--log FILE`` as JSON lines.

A line names a file, a step, its milliseconds and a few facts about it. It never holds what a file, a question, an
answer or a model says, nor a key: a fact is a number or a short code (``Fact``), and anything else is written as ``?``.
Nothing is told unless it is asked for, and what libraries have to say of themselves is never told.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from json import dumps
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from assistant.errors import AssistantError, reason
from assistant.patterns import regex
from assistant.text import printable

__all__ = [
    "FACTS", "STEPS", "Gathered", "Step", "gather", "listening", "step", "tell_file", "tell_stderr", "telling",
    "told_in_order",
]  # fmt: skip

Fact = int | float | str
Job = TypeVar("Job")
Result = TypeVar("Result")

# What is told of, in the words that -v shows.
STEPS = {
    "command": "命令",
    "read": "读取",
    "figures": "数字入册",
    "rules": "检查",
    "render": "写出",
    "catalog": "写入资料库",
    "embed": "计算向量",
    "index": "更新向量索引",
    "search": "检索",
    "model": "调用模型",
    "answer": "回答",
    "draft": "起草",
}
FACTS = {
    "error": "错误",
    "exit": "退出码",
    "name": "名称",
    "bytes": "字节",
    "findings": "问题",
    "documents": "份",
    "passages": "段落",
    "try_number": "第几次",
}
_LOG = logging.getLogger("assistant")
_LOG.addHandler(logging.NullHandler())  # else Python itself would print what nobody asked for
_CODE = regex(r"[A-Za-z0-9_.:/+-]{1,64}")
_MINE = "{"  # every line of a log opens with it


@dataclass(slots=True)
class Step:
    """Something that was done. ``at`` is when it ended, in seconds since 1970."""

    name: str
    document: str = ""
    at: float = 0.0
    ms: float = 0.0
    level: int = logging.INFO
    facts: dict[str, Fact] = field(default_factory=dict)

    def tell(self) -> None:
        """Hand the step to who listens: the log, or who gathers steps to tell them elsewhere."""
        gathering = _GATHERED.get()
        if gathering is not None:
            gathering.append(self)
        else:
            _LOG.log(self.level, "%s", self.name, extra={"told": self})


_GATHERED: ContextVar[list[Step] | None] = ContextVar("gathered", default=None)


def listening() -> bool:
    """Whether anybody wants to hear of steps."""
    return _GATHERED.get() is not None or _LOG.isEnabledFor(logging.INFO)


@contextlib.contextmanager
def step(name: str, document: str | Path = "", /, **facts: Fact) -> Iterator[dict[str, Fact]]:
    """What is done inside is a step of ``STEPS``; facts of ``FACTS`` may be added to what is given until it ends.

    An exception is told by its class alone: its words may quote the document.
    """
    if not listening():
        yield {}
        return
    done, began = Step(name, printable(str(document)), facts=facts), time.perf_counter()
    try:
        yield facts
    except BaseException as error:
        done.level = logging.WARNING
        facts["error"] = type(error).__name__
        raise
    finally:
        done.at, done.ms = time.time(), round((time.perf_counter() - began) * 1000, 1)
        done.tell()


class Gathered(NamedTuple, Generic[Result]):
    """A result from another process, and the steps that led to it."""

    result: Result
    steps: tuple[Step, ...] = ()

    def told(self) -> Result:
        """The result, after its steps were told in this process."""
        for each in self.steps:
            each.tell()
        return self.result


def gather(function: Callable[[Job], Result], job: Job) -> Gathered[Result]:
    """``function`` of ``job`` with its steps, which are told where the result arrives: only one process writes a
    log."""
    steps: list[Step] = []
    token = _GATHERED.set(steps)
    try:
        return Gathered(function(job), tuple(steps))
    finally:
        _GATHERED.reset(token)


def told_in_order(
    in_order: Callable[
        [Callable[[Job], Gathered[Result]], Iterable[Job], Callable[[Job], Gathered[Result]]],
        Iterator[Gathered[Result]],
    ],
    function: Callable[[Job], Result],
    jobs: Iterable[Job],
    lost: Callable[[Job], Result],
) -> Iterator[Result]:
    """``in_order(function, jobs, lost)``, which may work in other processes, with the steps of each job told here."""
    for each in in_order(partial(gather, function), jobs, lambda job: Gathered(lost(job))):
        yield each.told()


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """Handlers that are added inside go when it ends. Libraries' own messages are not heard: they may quote a text."""
    before, level, root = list(_LOG.handlers), _LOG.level, logging.getLogger()
    silent = logging.NullHandler()
    root.addHandler(silent)
    try:
        yield
    finally:
        root.removeHandler(silent)
        for handler in [each for each in _LOG.handlers if each not in before]:
            _LOG.removeHandler(handler)
            handler.close()
        _LOG.setLevel(level)


def tell_stderr() -> None:
    """Tell each step on stderr, in Chinese."""
    _add(_Stderr(), _in_chinese)


def tell_file(path: Path) -> None:
    """Add each step to ``path`` as a line of JSON; a new file can be read by its owner alone.

    Raises:
        AssistantError: it cannot be written, or is there already and is no log.
    """
    try:
        if path.exists() and not path.is_file():
            raise AssistantError("不是普通文件，不能写运行记录", where=str(path), help="请换一个文件名。")
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "a+", encoding="utf-8")
        stream.seek(0)
        if stream.read(1) not in ("", _MINE):
            stream.close()
            raise AssistantError("文件里是别的内容，没有写入运行记录", where=str(path), help="请换一个文件名。")
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(
            f"不能写运行记录（{reason(error) if isinstance(error, OSError) else '文件里是别的内容'}）",
            where=str(path),
            help="请换一个可写的文件名。",
        ) from error
    _add(_File(stream), _as_json)


def _add(handler: logging.Handler, told: Callable[[Step], str]) -> None:
    handler.addFilter(lambda record: hasattr(record, "told"))
    handler.setFormatter(_Formatter(told))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)


class _Formatter(logging.Formatter):
    def __init__(self, told: Callable[[Step], str]) -> None:
        super().__init__()
        self._told = told

    def format(self, record: logging.LogRecord) -> str:
        each: Step = record.told  # type: ignore[attr-defined]  # put there by Step.tell
        return self._told(each)


class _Stderr(logging.StreamHandler[Any]):
    """Looks for stderr at each line: a progress bar takes its place while it is shown, and lets lines pass above it."""

    @property
    def stream(self) -> Any:
        return sys.stderr

    @stream.setter
    def stream(self, _: object) -> None: ...


class _File(logging.StreamHandler[Any]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """A full disk ends the log, not the work."""
        _LOG.removeHandler(self)
        print("运行记录写不进去了，后面的步骤没有记录。", file=sys.stderr)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.stream.close()
        super().close()


def _coded(facts: dict[str, Fact]) -> Iterable[tuple[str, Fact]]:
    for name, value in facts.items():
        yield name, value if isinstance(value, (int, float)) or _CODE.fullmatch(value) else "?"


def _as_json(each: Step) -> str:
    at = datetime.fromtimestamp(each.at).astimezone().isoformat(timespec="milliseconds")
    told = {"time": at, "level": logging.getLevelName(each.level).lower(), "document": each.document}
    return dumps({**told, "step": each.name, "ms": each.ms, **dict(_coded(each.facts))}, ensure_ascii=False)


def _in_chinese(each: Step) -> str:
    facts = "，".join(f"{FACTS[name]} {value}" for name, value in _coded(each.facts))
    where = f"　{each.document}" if each.document else ""
    return f"{STEPS[each.name]}{where}　{each.ms:.0f} 毫秒{f'（{facts}）' if facts else ''}"
