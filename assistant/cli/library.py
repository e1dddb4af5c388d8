"""``ingest`` and ``library``: what the library holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.help import Command, Group
from assistant.cli.options import FINDINGS, INPUT_ERROR, Cluster, Json, goes_on, path_given, root
from assistant.errors import UnknownName

__all__ = ["ingest", "library_app"]

library_app = typer.Typer(cls=Group, help="查看、删除资料库中的文件。", no_args_is_help=True, add_completion=False)


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="报告、条例文件或文件夹。", metavar="文件", parser=path_given)],
    jobs: Annotated[
        int, typer.Option(min=0, help="用几个进程；0 为按处理器个数和文件多少决定。", show_default=False)
    ] = 0,
    cluster: Cluster = None,
) -> None:
    """把往年报告和条例导入资料库；重复导入不会改变任何内容，中断后再次运行会接着做。

    新的资料库一并导入自带的《条例》要点。

    例：assistant ingest 往年报告文件夹
    """
    from assistant.batch import open_workers, processes_for
    from assistant.library import Library
    from assistant.library.indexing import in_this_process
    from assistant.library.ingest import ingest as take_in
    from assistant.library.ingest import initial_files, with_folders_expanded
    from assistant.render.console import console
    from assistant.render.jobs import Progress
    from assistant.resources import folder

    with (
        goes_on(lambda: "已写入的资料都在，再运行一次会接着做"),
        Library(root(context), create=True) as library,
    ):
        files = list(with_folders_expanded([*initial_files(library, folder("corpus") / "regulation"), *paths]))
        processes = processes_for(len(files), jobs)
        with (
            Progress(console(stderr=True), len(files)) as progress,
            open_workers(processes, cluster) as workers,
        ):
            run = workers.in_order if cluster or processes > 1 else in_this_process
            outcomes = take_in(files, library, run=run, on_document=progress.document, on_vectors=progress.vectors)
            progress.summary(outcomes)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(INPUT_ERROR)


@library_app.command("list", cls=Command)
def library_list(context: typer.Context, json: Json = False) -> None:
    """列出资料库中的文件。"""
    from assistant.library import Library
    from assistant.render.console import console
    from assistant.render.jobs import library_json, show_library
    from assistant.render.json import dumps

    with Library(root(context)) as library:
        entries, set_aside = library.documents(), library.catalog.set_aside()
    if json:
        typer.echo(dumps(library_json(entries, set_aside)))
    else:
        show_library(entries, console(), set_aside)


@library_app.command("show", cls=Command)
def library_show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="library list 中的编号。", metavar="编号")],
    json: Json = False,
) -> None:
    """查看资料库中的一份报告：章节和数字。"""
    from assistant.library import Library
    from assistant.render.console import console, show_report
    from assistant.render.json import dumps, read_json

    with Library(root(context)) as library:
        report = library.show(number)
    if report is None:
        raise UnknownName(f"编号{number}是法规，没有表格", help="用 assistant ask 查询条文。")
    if json:
        typer.echo(dumps(read_json(report)))
    else:
        show_report(report, console())


@library_app.command("remove", cls=Command)
def library_remove(
    context: typer.Context, number: Annotated[int, typer.Argument(help="library list 中的编号。", metavar="编号")]
) -> None:
    """从资料库删除一份文件（不动原文件）。"""
    from assistant.library import Library

    with Library(root(context)) as library:
        removed = library.remove(number)
        typer.echo(f"已从资料库删除：{removed.name}（{removed.file}）")
        if removed.kind == "report" and removed.year and (now := library.entry(removed.unit, removed.year)):
            typer.echo(f"现在采用原先没有采用的另一份文件：{now.file}（编号{now.id}）")


@library_app.command("prefer", cls=Command)
def library_prefer(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="没有采用的文件，见 library list：文件名或路径。", metavar="文件")],
) -> None:
    """同一单位同一年度有不止一份文件时，改用这一份；原来采用的一份保留，随时可以改回。"""
    from assistant.library import Library

    with Library(root(context)) as library:
        typer.echo(library.prefer(file).line)


@library_app.command("verify", cls=Command)
def library_verify(context: typer.Context) -> None:
    """核对资料库是否完好：文件、每份资料的摘要、全文索引、向量。完好时退出码为 0，有问题为 1。"""
    from assistant.library import Library
    from assistant.library.verify import verify

    with Library(root(context)) as library:
        faults, documents = verify(library), len(library.documents())
    for fault in faults:
        typer.echo(f"问题　{fault.what}\n  怎么办：{fault.help}")
    typer.echo(f"共{len(faults)}处问题。" if faults else f"资料库完好：{documents}份资料。")
    raise typer.Exit(FINDINGS if faults else 0)


@library_app.command("rebuild", cls=Command)
def library_rebuild(context: typer.Context) -> None:
    """由资料库重建索引，损坏的资料由原文件重读；建好之前，原来的索引照常使用。没有修好的，退出码为 1。"""
    from assistant.library import Library
    from assistant.library.indexing import rebuild

    with Library(root(context)) as library:
        rebuilt = rebuild(library)
    for line in rebuilt.lines:
        typer.echo(line)
    raise typer.Exit(FINDINGS if rebuilt.damaged else 0)
