"""``ask``, ``chat`` and ``trend``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Json, Unit, Year, model, root

__all__ = ["ask", "chat", "trend"]


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="问题。", metavar="问题")],
    unit: Unit = None,
    year: Year = None,
    json: Json = False,
) -> None:
    """回答关于往年报告和条例的问题，每个答案都注明出处。

    例：assistant ask "咸安区2024年新收了多少件政府信息公开申请？"
    """
    from assistant.asking import answer
    from assistant.asking.calculation.trend import suggested_command
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
        if command := suggested_command(found):
            notices.print(f"画成图：{command}", style="dim", markup=False)


def chat(
    context: typer.Context,
    go_on: Annotated[bool, typer.Option("--continue", help="接着上一次对话。")] = False,
) -> None:
    """连续提问，后面的问题可以省略单位、年度和指标；/帮助 看说明，/退出 或 Ctrl-D 结束。

    例：assistant chat --continue
    """
    from assistant.asking.conversation.chat import Conversation
    from assistant.asking.conversation.history import History
    from assistant.cli.conversing import Talk
    from assistant.library import Library
    from assistant.render.console import console

    with Library(root(context)) as library:
        history = History(library.root)
        talk = Talk(history, console(), console(stderr=True))
        before = history.resume() if go_on else ()
        conversation = Conversation(library, model(), before=before, say=talk.say, show=talk.show)
        with closing(conversation):
            talk.run(conversation)


def trend(
    context: typer.Context,
    metrics: Annotated[
        list[str], typer.Argument(help="指标，按表格中的名称或平时的说法；可以写几个。", metavar="指标")
    ],
    units: Annotated[list[str] | None, typer.Option("--unit", help="单位；可以重复，画成几条线。")] = None,
    years: Annotated[str, typer.Option("--years", help="年度，如 2022-2024；不写则为资料库中的各年。")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="图，.svg 或 .png。")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="文件已存在时覆盖。")] = False,
    json: Json = False,
) -> None:
    """一个指标历年的数字：列成表，画成图；空白是缺口，不是零。

    例：assistant trend 不予公开 --unit 宿迁市 -o chart.svg
    """
    from assistant.asking.calculation.trend import trend as follow
    from assistant.asking.calculation.trend import trend_json
    from assistant.library import Library
    from assistant.render.console import console
    from assistant.render.jobs import show_trend
    from assistant.render.json import dumps
    from assistant.render.verdicts import say_written

    if output:
        from assistant.files import writable
        from assistant.render.chart import FORMATS, draw

        writable(output, FORMATS, overwrite=overwrite)
    with Library(root(context)) as library:
        series = follow(metrics, library, units or (), years)
    if output:
        draw(series, output)
    if json:
        if output:
            say_written(output, aside=True)
        typer.echo(dumps(trend_json(series, str(output) if output else None)))
    else:
        show_trend(series, output, console())
