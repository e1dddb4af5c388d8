"""``serve`` and ``mcp``: the same calls for a browser and for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import root

__all__ = ["mcp", "serve"]


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="在哪个地址上提供；本机以外的需要密码。", metavar="地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口；0 为自动挑选。")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="不打开浏览器。")] = False,
) -> None:
    """打开网页：查报告、问报告、管资料库；也是给别的程序用的接口（REST）。

    只在本机，不联网。本机以外也要用的，写 --host，并设置环境变量 ASSISTANT_SERVE_PASSWORD。

    例：assistant serve
    """
    from assistant.settings import settings
    from assistant.web.serve import serve as run

    secret = settings().serve_password
    run(root(context), host, port, secret.get_secret_value() if secret else None, open_page=not no_open)


def mcp(
    context: typer.Context,
    allow_write: Annotated[
        bool, typer.Option("--allow-write", help="允许往资料库里加、从里面删；不写则只读。")
    ] = False,
) -> None:
    """给别的智能助手用的工具（MCP，标准输入输出）：查报告、读报告、问、取数、查原文、对照。

    写进助手的配置，由它启动；标准输出只有协议。

    例：assistant --library 资料库文件夹 mcp
    """
    from assistant.web.mcp import serve as run

    run(root(context), allow_write=allow_write)
