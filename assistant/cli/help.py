"""Help in Chinese, and the options that every command has: -h, -v, --log.

typer's own words (Usage, Options, <path>, Show this message …) are English and stand in its code, so the page is put
together here from what typer knows of a command.
"""

from __future__ import annotations

import inspect
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer
import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from assistant import logs
from assistant.errors import Interrupted

if TYPE_CHECKING:
    from typer import _click

__all__ = ["Command", "Group"]

_GAP = "  "
_WIDEST = 120  # columns: longer lines are hard to follow
# What a value is, by typer's word for it; flags take none.
_KINDS = {
    "bool": "", "path": "文件", "Path": "文件", "str": "文字", "int": "整数", "int range": "整数", "list[str]": "文字",
}  # fmt: skip


def _show_help(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        print(context.get_help())
        raise typer.Exit


def _verbose(wanted: bool) -> None:
    if wanted:
        logs.tell_stderr()


def _log(path: Path | None) -> None:
    if path:
        logs.tell_file(path)


def _of_all(
    _verbose: Annotated[
        bool,
        typer.Option(
            "-v", "--verbose", help="逐步显示做了什么、用了多久（标准错误）。", expose_value=False, callback=_verbose
        ),
    ] = False,
    _log: Annotated[
        Path | None,
        typer.Option(
            "--log", help="逐步记入文件，一行一条 JSON；不含文件内容、提问、密钥。", expose_value=False, callback=_log
        ),
    ] = None,
    _help: Annotated[
        bool,
        typer.Option("-h", "--help", help="显示这份说明。", expose_value=False, is_eager=True, callback=_show_help),
    ] = False,
) -> None:
    """Never called: typer makes the options of all commands from its parameters."""


@cache
def _options_of_all() -> tuple[Any, ...]:
    made = typer.Typer(add_completion=False)
    made.command(add_help_option=False)(_of_all)
    return tuple(typer.main.get_command(made).params)


class Command(TyperCommand):
    """A command with the options of all, its help in Chinese, and a step of its own in the log."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.params = [*self.params, *_options_of_all()]

    def format_help(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        formatter.write(_page(self, ctx))

    def invoke(self, ctx: _click.Context) -> Any:
        """The command, with a line of the log.

        Raises:
            Interrupted: Ctrl-C was pressed.
        """
        name = ctx.command_path.partition(" ")[2].replace(" ", "-")
        with logs.step("command", name=name) as facts:
            try:
                return super().invoke(ctx)
            except typer.Exit as stop:
                facts["exit"] = stop.exit_code
                ended = stop
            except KeyboardInterrupt as stop:  # typer's own answer to it is silence
                raise Interrupted from stop
        raise ended


class Group(TyperGroup):
    """Commands under one name, likewise. ``functions`` are those that are made into commands when they are asked
    for."""

    functions: ClassVar[Mapping[str, Callable[..., None] | typer.Typer]] = {}

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.commands: Any = _Commands({**self.commands, **self.functions})
        self.params = [*self.params, *_options_of_all()]

    def format_help(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        formatter.write(_page(self, ctx))


class _Commands(Mapping[str, Any]):
    """Commands by name, each made at its first use: typer takes as long to make all as a report takes to be read."""

    def __init__(self, known: dict[str, Any]) -> None:
        self._known = known

    def __getitem__(self, name: str) -> Any:
        known = self._known[name]
        if isinstance(known, typer.Typer):
            self._known[name] = typer.main.get_command(known)
        elif not isinstance(known, (TyperCommand, TyperGroup)):
            alone = typer.Typer(add_completion=False)
            alone.command(name, cls=Command)(known)
            self._known[name] = typer.main.get_command(alone)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _page(command: Command | Group, ctx: _click.Context) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    arguments = [each for each in command.params if isinstance(each, TyperArgument)]
    options = [each for each in command.params if isinstance(each, TyperOption)]
    below = command.commands if isinstance(command, Group) else {}
    pieces = [piece.replace("{", "").replace("}", "") for each in arguments for piece in each.get_usage_pieces(ctx)]
    usage = " ".join((ctx.command_path, "[选项]", *pieces, *(["命令 …"] if below else [])))
    text = f"用法：{usage}\n\n{inspect.cleandoc(command.help or '')}"
    lines = [line for paragraph in text.splitlines() for line in _folded(paragraph, width)]
    sections: tuple[tuple[str, Sequence[tuple[str, str]]], ...] = (
        ("参数", [(each.display_name_raw, _told(each, ctx)) for each in arguments]),
        ("选项", [(f"{', '.join(each.opts)} {_kind(each, ctx)}".rstrip(), _told(each, ctx)) for each in options]),
        ("命令", [(name, inspect.cleandoc(each.help or "").partition("\n")[0]) for name, each in below.items()]),
    )
    for title, rows in sections:
        if rows:
            lines += ["", title, *_side_by_side(rows, width)]
    return "\n".join(lines)


def _side_by_side(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Names on the left, two columns in, and what they are for beside them. Rich's tables take as long to load as all
    else."""
    room = width - 2 * len(_GAP)
    left = min(max(_columns(name) for name, _ in rows), room // 2)
    for row in rows:
        for name, told in zip_longest(_folded(row[0], left), _folded(row[1], room - left), fillvalue=""):
            yield f"{_GAP}{name}{' ' * (left - _columns(name))}{_GAP}{told}".rstrip()


def _folded(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns. Words of Latin letters stay whole where they fit, and no line begins with a
    stop."""
    lines = [""]
    for word in re.findall(r"[!-~]+|\s|[^!-~\s][，。；：、！？”）》]*", text):
        for piece in [word] if _columns(word) <= width else word:
            if _columns(lines[-1] + piece) > width:
                lines.append("")
            lines[-1] += piece if lines[-1] or len(lines) == 1 else piece.lstrip()
    return [line.rstrip() for line in lines]


def _columns(text: str) -> int:
    """How many columns of a terminal it takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _kind(option: TyperOption, ctx: _click.Context) -> str:
    kind = (option.display_type_rich(ctx=ctx) or "").strip("<>")
    return _KINDS.get(kind, kind)


def _told(parameter: TyperOption | TyperArgument, ctx: _click.Context) -> str:
    """What it is for, whether it must be given, and what it is when it is not."""
    default = parameter.get_default(ctx)
    shown = default.value if isinstance(default, Enum) else default
    beside = "（必填）" if parameter.required else f"（默认：{shown}）" if parameter.show_default and shown else ""
    return f"{parameter.help or ''}{beside}"
