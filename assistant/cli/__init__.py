"""The commands, a module a group: parse, call, render, exit code. What they do is in the rooms they call.

Heavy rooms (library, llm, asking, drafting) are imported inside the command that needs them: ``assistant --help`` and
``assistant check`` load neither chromadb nor langchain nor openai.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer import rich_utils

import assistant
from assistant.cli import asking, checking, comparing, drafting, library

__all__ = ["app", "run"]

app = typer.Typer(
    help="政府信息公开工作年度报告助手：查报告、问报告、写报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# What typer prints around our own words.
rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE, rich_utils.COMMANDS_PANEL_TITLE = (
    "参数",
    "选项",
    "命令",
)
rich_utils.DEFAULT_STRING, rich_utils.REQUIRED_LONG_STRING = "[默认：{}]", "[必填]"


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    library_folder: Annotated[
        Path | None, typer.Option("--library", help="资料库文件夹，默认为当前文件夹下的 .assistant。")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
) -> None:
    """政府信息公开工作年度报告助手：查报告、问报告、写报告。"""
    if version:
        typer.echo(f"assistant {assistant.__version__}")
        raise typer.Exit
    context.obj = library_folder


for command in (
    checking.read,
    checking.check,
    checking.rules,
    library.ingest,
    asking.ask,
    asking.chat,
    asking.trend,
    drafting.template,
    drafting.draft,
    comparing.compare,
):
    app.command()(command)
app.add_typer(library.library_app, name="library")


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="演示文件写到这里。")] = Path("demo-output"),
) -> None:
    """在自带的资料上演示：导入、检查、提问、起草。不需要密钥和网络。"""
    from assistant.demo import run_demo
    from assistant.render.console import console

    run_demo(output, run, console())


@app.command("eval")
def evaluate(names: Annotated[list[str] | None, typer.Argument(help="评测名，不写则全部。")] = None) -> None:
    """运行评测，与已提交的基线并列显示。"""
    from assistant.resources import load

    raise typer.Exit(load("evals.run").main(names or []))


def run(arguments: Sequence[str]) -> int:
    """One command line in this process: its exit code; errors raise."""
    try:
        code = app(list(arguments), standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else 0
