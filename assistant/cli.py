"""The commands: parse, call, render, exit code. What they do is in the rooms they call.

Heavy rooms (library, llm, asking, drafting) are imported inside the command that needs them: ``assistant --help`` and
``assistant check`` load neither chromadb nor langchain nor openai.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import assistant

app = typer.Typer(
    help="政府信息公开工作年度报告助手：查报告、问报告、写报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
library_app = typer.Typer(help="查看、删除资料库中的文件。", no_args_is_help=True)
app.add_typer(library_app, name="library")

FINDINGS = 1
INPUT_ERROR = 2


class Format(StrEnum):
    console = "console"
    json = "json"
    jsonl = "jsonl"


class Level(StrEnum):
    error = "error"
    warning = "warning"
    info = "info"


Json = Annotated[bool, typer.Option("--json", help="输出 JSON。")]
Unit = Annotated[str | None, typer.Option("--unit", help="只看这个单位。")]
Year = Annotated[int | None, typer.Option("--year", help="只看这个年度。")]


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    library: Annotated[Path | None, typer.Option(help="资料库文件夹，默认为当前文件夹下的 .assistant。")] = None,
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
) -> None:
    """政府信息公开工作年度报告助手：查报告、问报告、写报告。"""
    if version:
        typer.echo(f"assistant {assistant.__version__}")
        raise typer.Exit
    context.obj = library


@app.command()
def read(files: Annotated[list[Path], typer.Argument(help="报告文件。")], json: Json = False) -> None:
    """读出报告的单位、年度、章节和三张表的数字。

    例：assistant read 报告.txt --json
    """
    from assistant.readers import read as read_report
    from assistant.render.console import console, show_report
    from assistant.render.json import dumps, read_json

    reports = [read_report(file) for file in files]
    if json:
        parts = [read_json(report) for report in reports]
        typer.echo(dumps(parts[0] if len(parts) == 1 else parts))
        return
    for report in reports:
        show_report(report, console())


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="报告文件或文件夹。")],
    previous: Annotated[Path | None, typer.Option(help="上年报告，用于跨年核对。")] = None,
    select: Annotated[list[str] | None, typer.Option(help="只运行这些检查，如 T3,N101。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不运行这些检查。")] = None,
    fail_on: Annotated[Level, typer.Option(help="发现这一级别以上的问题时退出码为1。")] = Level.error,
    format: Annotated[Format, typer.Option(help="输出格式。")] = Format.console,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写入文件，不写到屏幕。")] = None,
) -> None:
    """检查报告：表格勾稽、文表一致、跨年、日期、格式。

    例：assistant check 2024年报告.txt --previous 2023年报告.txt
    """
    from assistant.fleet import check_files
    from assistant.render.verdicts import write_verdicts

    checked = check_files(files, previous, _codes(select), _codes(ignore))
    write_verdicts(checked, format.value, output)
    if any(item.error for item in checked):
        raise typer.Exit(INPUT_ERROR)
    if any(item.verdict and item.verdict.fails(fail_on.value) for item in checked):
        raise typer.Exit(FINDINGS)


@app.command()
def rules(
    code: Annotated[str | None, typer.Argument(help="检查编号，如 T301；不写则列出全部。")] = None, json: Json = False
) -> None:
    """查看检查目录：查什么、为什么、依据、正反例。

    例：assistant rules T301
    """
    from assistant.check import selected
    from assistant.render.console import console, show_rule, show_rules
    from assistant.render.json import dumps, rule_json

    entries = selected([code] if code else [])
    if json:
        typer.echo(dumps([rule_json(entry) for entry in entries]))
    elif len(entries) == 1:
        show_rule(entries[0], console())
    else:
        show_rules(entries, console())


def _codes(values: list[str] | None) -> list[str]:
    """``--select T3,N101 --select D`` as a list of prefixes."""
    return [code.strip() for value in values or () for code in value.split(",") if code.strip()]
