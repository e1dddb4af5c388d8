"""The server's application: pages and REST over one site."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

import assistant
from assistant.settings import settings
from assistant.web import api, ask_pages, batch_pages, check_pages, help_pages, library_pages, write_pages
from assistant.web.access import Access, Doors
from assistant.web.answers import Fault, answer_faults
from assistant.web.site import Site
from assistant.web.templates import STATIC, page

__all__ = ["application"]

_FRAMING = 256 * 1024  # bytes that a form puts around the files in it


def application(site: Site, doors: Doors) -> FastAPI:
    """The application; ``doors`` says who may come in."""
    app = FastAPI(
        title="政府信息公开工作年度报告助手",
        version=assistant.__version__,
        description="查报告、问报告、资料库：与命令行同样的调用、同样的 JSON。"
        "出错时返回 what（什么事）、where（在哪里）、help（怎么办）。",
        openapi_url="/api/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        middleware=[Middleware(Access, doors=doors, most_bytes=settings().max_file_bytes + _FRAMING)],
    )
    app.state.site = site
    answer_faults(app)
    for part in (api, check_pages, ask_pages, write_pages, library_pages, batch_pages, help_pages):
        app.include_router(part.router)
    _describe_files(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/pictures", StaticFiles(directory=help_pages.PICTURES), name="pictures")

    @app.get("/enter", include_in_schema=False)
    def enter(request: Request, token: str = "") -> Response:
        if doors.visitor(request.headers):
            return RedirectResponse("/", 303)
        cookie = doors.enter(token)
        if cookie is None:
            raise Fault(
                401,
                "这个地址已经用过，或者不完整",
                help="地址只能用一次。请回到运行 assistant serve 的窗口，按 Ctrl-C 停下，再运行一次。",
            )
        return doors.let_in(RedirectResponse("/", 303), cookie)

    @app.get("/login", include_in_schema=False)
    def ask_password() -> Response:
        return HTMLResponse(page("login.html", wrong=False))

    @app.post("/login", include_in_schema=False)
    async def log_in(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        form = await request.form(max_files=0, max_fields=1)
        cookie = await run_in_threadpool(doors.log_in, str(form.get("password", "")))
        if cookie is None:
            return HTMLResponse(page("login.html", wrong=True), 401)
        return doors.let_in(RedirectResponse("/", 303), cookie)

    return app


def _describe_files(app: FastAPI) -> None:
    """Say that an upload is a file (``format: binary``): clients that are generated from the description send a text
    where it only names the kind of its content."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        made: dict[str, Any] = _with_files(describe())
        return made

    app.openapi = described  # type: ignore[method-assign]


def _with_files(node: Any) -> Any:
    if isinstance(node, list):
        return [_with_files(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("contentMediaType") == "application/octet-stream":
        return {"type": "string", "format": "binary"}
    made = {name: _with_files(each) for name, each in node.items()}
    files = [each for each in made.get("anyOf", ()) if each.get("format") == "binary"]
    if files:  # a file or nothing: to leave it out is nothing
        del made["anyOf"]
        made |= files[0]
    return made
