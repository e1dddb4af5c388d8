"""``ask`` and ``chat``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from assistant.cli.options import Json, Unit, Year, model, root

__all__ = ["ask", "chat"]


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
    with Library(root(context)) as library:
        found = answer(
            question, library, model(), unit, year, say=lambda text: notices.print(text, style="dim", markup=False)
        )
    if json:
        typer.echo(dumps(found.model_dump(mode="json")))
    else:
        show_answer(found, console())


def chat(context: typer.Context) -> None:
    """连续提问，后面的问题可以省略单位和年度；空行或 Ctrl-D 结束。"""
    from assistant.asking.chat import chat as converse
    from assistant.library import Library
    from assistant.render.console import console
    from assistant.render.jobs import show_answer

    notices = console(stderr=True)
    with Library(root(context)) as library:
        for found in converse(
            _typed(), library, model(), say=lambda text: notices.print(text, style="dim", markup=False)
        ):
            show_answer(found, console())


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
