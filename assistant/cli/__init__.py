"""The commands, a module a group: parse, call, render, exit code. What they do is in the rooms they call.

Heavy rooms (library, llm, asking, drafting) are imported inside the command that needs them: ``assistant --help`` and
``assistant check`` load neither chromadb nor langchain nor openai.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, ClassVar

import typer

import assistant
from assistant import logs
from assistant.cli import asking, checking, comparing, drafting, lexicon, library, serving
from assistant.cli.help import Group
from assistant.cli.options import INPUT_ERROR

__all__ = ["app", "run"]


def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="演示文件写到这里。")] = Path("demo-output"),
) -> None:
    """在自带的资料上演示：导入、检查、提问、起草。不需要密钥和网络。"""
    from assistant.demo import run_demo
    from assistant.render.console import console

    run_demo(output, run, console())


def evaluate(
    names: Annotated[list[str] | None, typer.Argument(help="评测名，不写则全部。", metavar="名称")] = None,
) -> None:
    """运行评测，与已提交的基线并列显示。"""
    from assistant.resources import load

    raise typer.Exit(load("evals.run").main(names or []))


class _Assistant(Group):
    functions: ClassVar = {
        "read": checking.read,
        "check": checking.check,
        "rules": checking.rules,
        "lexicon": lexicon.lexicon,
        "ingest": library.ingest,
        "ask": asking.ask,
        "chat": asking.chat,
        "trend": asking.trend,
        "template": drafting.template,
        "draft": drafting.draft,
        "compare": comparing.compare,
        "serve": serving.serve,
        "mcp": serving.mcp,
        "demo": demo,
        "eval": evaluate,
        "library": library.library_app,
    }


app = typer.Typer(
    cls=_Assistant,
    help="政府信息公开工作年度报告助手：查报告、问报告、写报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    library_folder: Annotated[
        Path | None, typer.Option("--library", metavar="文件夹", help="资料库文件夹，默认为当前文件夹下的 .assistant。")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
) -> None:
    """政府信息公开工作年度报告助手：查报告、问报告、写报告。"""
    if version:
        typer.echo(f"assistant {assistant.__version__}")
        raise typer.Exit
    context.obj = library_folder
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(INPUT_ERROR)


def run(arguments: Sequence[str]) -> int:
    """One command line in this process: its exit code; errors raise."""
    try:
        with logs.telling():
            code = app(list(arguments), prog_name="assistant", standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else 0
