"""The commands: parse, call, render, exit code. What they do is in the rooms they call.

Heavy rooms (library, llm, asking, drafting) are imported inside the command that needs them: ``assistant --help`` and
``assistant check`` load neither chromadb nor langchain nor openai.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import rich_utils

import assistant
from assistant.errors import UnknownName

if TYPE_CHECKING:
    from assistant.llm.model import Model

app = typer.Typer(
    help="政府信息公开工作年度报告助手：查报告、问报告、写报告。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
library_app = typer.Typer(help="查看、删除资料库中的文件。", no_args_is_help=True)
app.add_typer(library_app, name="library")

# What typer prints around our own words.
rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE, rich_utils.COMMANDS_PANEL_TITLE = (
    "参数",
    "选项",
    "命令",
)
rich_utils.DEFAULT_STRING, rich_utils.REQUIRED_LONG_STRING = "[默认：{}]", "[必填]"

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


@app.command()
def ingest(
    context: typer.Context, paths: Annotated[list[Path], typer.Argument(help="报告、条例文件或文件夹。")]
) -> None:
    """把往年报告和条例导入资料库；重复导入不会改变任何内容。

    例：assistant ingest 往年报告文件夹
    """
    from assistant.library import Library
    from assistant.library.ingest import ingest as take_in
    from assistant.render.console import console
    from assistant.render.jobs import Progress

    with Library(_root(context), create=True) as library, Progress(console(stderr=True)) as progress:
        outcomes = take_in(paths, library, on_document=progress.document, on_vectors=progress.vectors)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(INPUT_ERROR)


@library_app.command("list")
def library_list(context: typer.Context, json: Json = False) -> None:
    """列出资料库中的文件。"""
    from assistant.library import Library
    from assistant.render.console import console
    from assistant.render.jobs import library_json, show_library
    from assistant.render.json import dumps

    with Library(_root(context)) as library:
        entries = library.documents()
    if json:
        typer.echo(dumps(library_json(entries)))
    else:
        show_library(entries, console())


@library_app.command("show")
def library_show(
    context: typer.Context, number: Annotated[int, typer.Argument(help="library list 中的编号。")], json: Json = False
) -> None:
    """查看资料库中的一份报告：章节和数字。"""
    from assistant.library import Library
    from assistant.render.console import console, show_report
    from assistant.render.json import dumps, read_json

    with Library(_root(context)) as library:
        report = library.show(number)
    if report is None:
        raise UnknownName(f"编号{number}是法规，没有表格", help="用 assistant ask 查询条文。")
    if json:
        typer.echo(dumps(read_json(report)))
    else:
        show_report(report, console())


@library_app.command("remove")
def library_remove(
    context: typer.Context, number: Annotated[int, typer.Argument(help="library list 中的编号。")]
) -> None:
    """从资料库删除一份文件（不动原文件）。"""
    from assistant.library import Library

    with Library(_root(context)) as library:
        typer.echo(f"已从资料库删除：{library.remove(number).name}")


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="问题。")],
    unit: Unit = None,
    year: Year = None,
    json: Json = False,
) -> None:
    """回答关于往年报告和条例的问题，每个答案都注明出处。

    例：assistant ask "咸安区2024年新收了多少件政府信息公开申请？"
    """
    from assistant.asking.answer import answer
    from assistant.library import Library
    from assistant.render.console import console
    from assistant.render.jobs import show_answer
    from assistant.render.json import dumps

    notices = console(stderr=True)
    with Library(_root(context)) as library:
        found = answer(
            question, library, _model(), unit, year, say=lambda text: notices.print(text, style="dim", markup=False)
        )
    if json:
        typer.echo(dumps(found.model_dump(mode="json")))
    else:
        show_answer(found, console())


@app.command()
def chat(context: typer.Context) -> None:
    """连续提问，后面的问题可以省略单位和年度；空行或 Ctrl-D 结束。"""
    from assistant.asking.chat import chat as converse
    from assistant.library import Library
    from assistant.render.console import console
    from assistant.render.jobs import show_answer

    notices = console(stderr=True)
    with Library(_root(context)) as library:
        for found in converse(
            _typed(), library, _model(), say=lambda text: notices.print(text, style="dim", markup=False)
        ):
            show_answer(found, console())


@app.command()
def template(
    context: typer.Context,
    unit: Annotated[str, typer.Option("--unit", help="单位全称。")],
    year: Annotated[int, typer.Option("--year", help="报告年度。")],
    output: Annotated[Path, typer.Option("-o", "--output", help="要建立的工作簿。")] = Path("data.xlsx"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
) -> None:
    """生成数据工作簿，旁列上年数字；填好后用 assistant draft 起草。

    例：assistant template --unit 清源区人民政府 --year 2025 -o data.xlsx
    """
    from assistant.drafting import write_template
    from assistant.library.past import last_years_report

    before = last_years_report(_root(context), unit, year)
    figures = {metric: cell.value for metric, cell in before.cells.items()} if before else None
    write_template(output, unit, year, figures, overwrite=overwrite)
    beside = "旁列上年数字" if before else "资料库中没有上年报告，未列上年数字"
    typer.echo(f"已建立{output}（{beside}）。填好各表后运行：assistant draft --data {output}")


@app.command()
def draft(
    context: typer.Context,
    data: Annotated[Path, typer.Option("--data", help="填好的数据工作簿。")],
    output: Annotated[Path, typer.Option("-o", "--output", help="报告文件，.docx 或 .md。")] = Path("report.docx"),
    force: Annotated[bool, typer.Option("--force", help="表格有错误也起草，标明“草稿”。")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
    json: Json = False,
) -> None:
    """按数据工作簿起草报告：三张表、六个部分，每个数字都有来源；起草后自动检查。

    例：assistant draft --data data.xlsx -o report.docx
    """
    from assistant.drafting import draft as write_draft
    from assistant.drafting import read_workbook
    from assistant.drafting.saving import save, writable
    from assistant.library.past import last_years_report
    from assistant.render.console import console
    from assistant.render.jobs import show_draft
    from assistant.render.json import dumps

    writable(output, overwrite=overwrite)
    office = read_workbook(data)
    before = last_years_report(_root(context), office.unit, office.year)
    drafted = write_draft(office, previous=before, model=_model(), force=force)
    save(drafted, output, overwrite=overwrite)
    if json:
        typer.echo(dumps(drafted.as_json(str(output))))
    else:
        show_draft(drafted, output, console())
    if any(finding.severity == "error" for finding in drafted.findings):
        raise typer.Exit(FINDINGS)


@app.command()
def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="演示文件写到这里。")] = Path("demo-output"),
) -> None:
    """在自带的资料上演示：导入、检查、提问、起草。不需要密钥和网络。"""
    from assistant.demo import run_demo
    from assistant.render.console import console

    run_demo(output, run, console())


def run(arguments: Sequence[str]) -> int:
    """One command line in this process: its exit code; errors raise."""
    try:
        code = app(list(arguments), standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else 0


@app.command("eval")
def evaluate(names: Annotated[list[str] | None, typer.Argument(help="评测名，不写则全部。")] = None) -> None:
    """运行评测，与已提交的基线并列显示。"""
    from assistant.resources import load

    raise typer.Exit(load("evals.run").main(names or []))


def _typed() -> Iterator[str]:
    """Questions as they are typed, until an empty line or the end of input."""
    while True:
        try:
            question = input("问：").strip()
        except EOFError:
            return
        if not question:
            return
        yield question


def _root(context: typer.Context) -> Path:
    """Where the library is: --library, else ASSISTANT_LIBRARY, else .assistant in the working directory."""
    from assistant.settings import settings

    given = context.find_root().obj
    return given if isinstance(given, Path) else settings().library


def _model() -> Model | None:
    """The model that is set; a model that cannot be opened is said, and the work goes on without one."""
    from assistant.llm.model import open_model

    return open_model()


def _codes(values: list[str] | None) -> list[str]:
    """``--select T3,N101 --select D`` as a list of prefixes."""
    return [code.strip() for value in values or () for code in value.split(",") if code.strip()]
