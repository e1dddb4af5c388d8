"""What the server answers when it cannot do what it was asked: what happened, where, and what to do, as JSON or as a
page."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from assistant.errors import AssistantError, BadWorkbook, LibraryError, ModelUnavailable, UnknownName, UnreadableReport
from assistant.text import clean
from assistant.web.templates import page
from assistant.web.wording import on_page
from assistant.web.work import Busy, Cancelled

__all__ = ["Fault", "answer_faults", "error_json", "refusal", "status_of"]

_STATUS: dict[type[AssistantError], int] = {
    UnreadableReport: 422,
    BadWorkbook: 422,
    UnknownName: 404,
    LibraryError: 409,
    Cancelled: 409,
    ModelUnavailable: 503,
    Busy: 503,
}
_TOLD = {
    404: ("没有这一页", "请从首页重新进入。"),
    405: ("这个地址不能这样请求", "可以怎样请求，见 /api/openapi.json。"),
    413: ("上传的内容过大", "请确认这是一份年度报告；图片很多的，压缩图片后再试。"),
}


class Fault(AssistantError):
    """A fault with a status of its own."""

    def __init__(self, status: int, what: str, *, where: str = "", help: str = "") -> None:
        super().__init__(what, where=where, help=help)
        self.status = status


def status_of(error: AssistantError) -> int:
    if isinstance(error, Fault):
        return error.status
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)


def error_json(error: AssistantError) -> dict[str, str]:
    return {"what": on_page(clean(error.what)), "where": clean(error.where), "help": on_page(clean(error.help))}


def refusal(scope: Scope, status: int, error: AssistantError) -> Response:
    """The answer to a request: a page for who looks at pages."""
    wants_page = "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith("/api")
    headers = {"Retry-After": "10"} if status == 503 else {}
    if wants_page:
        return HTMLResponse(page("refused.html", error=error, status=status), status, headers=headers)
    return JSONResponse(error_json(error), status, headers=headers)


def answer_faults(app: FastAPI) -> None:
    """Let every failure be answered in these three parts."""

    @app.exception_handler(AssistantError)
    def _assistant(request: Request, error: Exception) -> Response:
        assert isinstance(error, AssistantError)
        return refusal(request.scope, status_of(error), error)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        what, way_out = _TOLD.get(error.status_code, ("请求没有被接受", "请求的写法见 /api/openapi.json。"))
        return refusal(request.scope, error.status_code, AssistantError(what, where=request.url.path, help=way_out))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        named = "、".join(dict.fromkeys(_name(each) for each in error.errors()))
        told = AssistantError("请求里缺少一项，或者写法不对", where=named, help="各项的写法见 /api/openapi.json。")
        return refusal(request.scope, 422, told)

    @app.exception_handler(Exception)
    def _other(request: Request, error: Exception) -> Response:
        told = AssistantError(f"程序出错：{type(error).__name__}", help="请再试一次；还不行，把这句话报告给我们。")
        return refusal(request.scope, 500, told)


def _name(fault: dict[str, Any]) -> str:
    return ".".join(str(part) for part in fault.get("loc", ()) if part not in ("body", "query", "path"))
