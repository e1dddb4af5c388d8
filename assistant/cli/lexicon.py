"""``lexicon``: what a word means to the program."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import FINDINGS, INPUT_ERROR

__all__ = ["lexicon"]


def lexicon(
    word: Annotated[str | None, typer.Argument(help="一个词或一句话。", metavar="词")] = None,
    check: Annotated[bool, typer.Option("--check", help="试一遍词典中全部例子和反例。")] = False,
) -> None:
    """一个词在程序里是什么意思、写在哪里、谁在用。

    例：assistant lexicon 不予公开
    """
    from assistant.lexicon.describe import checked, described

    if check:
        told, sound = checked()
        typer.echo(told)
        raise typer.Exit(0 if sound else FINDINGS)
    if not word:
        typer.echo("没有写要查的词。例：assistant lexicon 不予公开；--check 试一遍全部例子。", err=True)
        raise typer.Exit(INPUT_ERROR)
    typer.echo(described(word))
