"""``ingest`` and ``library``: what the library holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import INPUT_ERROR, Json, root
from assistant.errors import UnknownName

__all__ = ["ingest", "library_app"]

library_app = typer.Typer(help="查看、删除资料库中的文件。", no_args_is_help=True)


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

    with Library(root(context), create=True) as library, Progress(console(stderr=True)) as progress:
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

    with Library(root(context)) as library:
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

    with Library(root(context)) as library:
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

    with Library(root(context)) as library:
        typer.echo(f"已从资料库删除：{library.remove(number).name}")
