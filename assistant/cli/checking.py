"""``read``, ``check`` and ``rules``: they load no model, and of the library only its catalog."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import FINDINGS, INPUT_ERROR, Cluster, Format, Json, Level, codes, goes_on, path_given, root

if TYPE_CHECKING:
    from assistant.check import Checked

__all__ = ["check", "read", "rules"]


def read(
    files: Annotated[list[Path], typer.Argument(help="报告文件。", metavar="文件", parser=path_given)],
    json: Json = False,
    kind: Annotated[bool, typer.Option("--kind", help="只说是哪一种报告：每份一行，种类和文件。")] = False,
) -> None:
    """读出报告的单位、年度、种类、章节和三张表的数字。

    例：assistant read 报告.txt --json
    """
    from assistant.readers import read as read_report
    from assistant.render.console import console, kind_line, show_report
    from assistant.render.json import dumps, read_json

    reports = [read_report(file) for file in files]
    if kind and not json:
        for report in reports:
            typer.echo(kind_line(report))
        return
    if json:
        parts = [read_json(report) for report in reports]
        typer.echo(dumps(parts[0] if len(parts) == 1 else parts))
        return
    for report in reports:
        show_report(report, console())


def check(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="报告文件或文件夹。", metavar="文件", parser=path_given)],
    previous: Annotated[
        Path | None, typer.Option(help="上年报告，用于跨年核对；不写则用一同检查的上年报告，或资料库里的。")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(help="只运行这些检查，如 T3,N101。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="不运行这些检查。")] = None,
    fail_on: Annotated[Level, typer.Option(help="发现这一级别以上的问题时退出码为1。")] = Level.error,
    format: Annotated[
        Format | None, typer.Option(help="输出格式；不写则按 -o 的扩展名，没有 -o 时为 console。", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写入文件；多份报告的 html、word 写入文件夹。")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
    review_file: Annotated[
        Path | None, typer.Option("--review", help="复核记录（TOML）：读取确认和排除，写入新发现的问题。")
    ] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="逐一列出没有可以对照的数字，供人工核对。")] = False,
    second_reader: Annotated[
        bool,
        typer.Option("--second-reader", help="没有核对的数字由模型说明含义，再与表和正文核对（需要设置模型）。"),
    ] = False,
    no_library: Annotated[bool, typer.Option("--no-library", help="不从资料库取上年报告。")] = False,
    jobs: Annotated[
        int, typer.Option(min=0, help="用几个进程；0 为按处理器个数和文件多少决定。", show_default=False)
    ] = 0,
    cluster: Cluster = None,
    summary: Annotated[Path | None, typer.Option(help="汇总：单位×检查，写入 .xlsx 或 .html。")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="接着上次中断的检查：查过而没有变化的报告不再检查。")
    ] = False,
) -> None:
    """检查报告：表格勾稽、文表一致、跨年、日期、格式。

    例：assistant check 2024年报告.docx --previous 2023年报告.pdf --format word
    """
    from assistant.batch import check_files, open_cache, processes_for, report_files
    from assistant.render.console import progress_bar
    from assistant.render.documents import DOCUMENTS, document_places, format_of_output, refuse_others
    from assistant.render.verdicts import say_written, targets_of, write_verdicts

    found, library = report_files(files), None if no_library else root(context)
    form = format_of_output(format.value if format else None, output, found)
    documents = document_places(found, form, output) if form in DOCUMENTS else []
    refuse_others(targets_of(form, output, documents), found, overwrite=overwrite, resume=resume)
    if summary:
        from assistant.render.summary import summary_place, write_summary

        summary_place(summary, found, overwrite=overwrite or resume)
    with (
        progress_bar(("读取报告", "检查报告"), len(found)) as step,
        open_cache(
            output or summary,
            found,
            documents=documents,
            resume=resume,
            verdicts=not (second_reader or (documents and review_file)),
        ) as cache,
        goes_on(lambda: "查完的都已记下，再运行一次加 --resume 接着做" if cache else ""),
    ):
        checked: Iterable[Checked] = check_files(
            found, previous, codes(select), codes(ignore),
            library=library, jobs=processes_for(len(found), jobs), cluster=cluster,
            whole=bool(documents) or second_reader, on_step=step, cache=cache,
        )  # fmt: skip
        if second_reader:
            from assistant.cli.second_reading import read_again

            checked = read_again(checked, previous)
        if review_file:
            from assistant.review import review

            checked = review(list(checked), review_file)
        rows = write_verdicts(found, checked, form, output, documents, unchecked=unchecked, lists=bool(summary))
    if summary:
        write_summary(rows, summary)
        say_written(summary, aside=output is None and not documents)
    if any(row.failed for row in rows):
        raise typer.Exit(INPUT_ERROR)
    if any(row.fails(fail_on.value) for row in rows):
        raise typer.Exit(FINDINGS)


def rules(
    code: Annotated[str | None, typer.Argument(help="检查编号，如 T301；不写则列出全部。", metavar="编号")] = None,
    json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="输出 Markdown，即 docs/checks.md。")] = False,
) -> None:
    """查看检查目录：查什么、为什么、依据、正反例。

    例：assistant rules T301
    """
    from assistant.check import selected
    from assistant.render.catalogue import catalogue_markdown
    from assistant.render.console import console, show_rule, show_rules
    from assistant.render.json import dumps, rule_json

    entries = selected([code] if code else [])
    if json:
        typer.echo(dumps([rule_json(entry) for entry in entries]))
    elif markdown:
        typer.echo(catalogue_markdown(entries), nl=False)
    elif len(entries) == 1:
        show_rule(entries[0], console())
    else:
        show_rules(entries, console())
