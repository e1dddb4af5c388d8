"""Who may come in: the address with its token, the cookie it becomes, the password, and what every answer carries.

A page of another site that is open in the same browser must not reach the server: Host and Origin are looked at before
anything else (DNS rebinding, forged requests), the cookie is for this site alone and no script can read it.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
import threading
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import AssistantError
from assistant.web.answers import refusal

__all__ = ["Access", "Doors", "Unknown", "is_loopback"]

_COOKIE_SECONDS = 12 * 3600  # a working day: who closes the browser comes in again without a new address
_LONGEST_FORM = 4096  # bytes
_WRONG_PASSWORD_SECONDS = 1.0  # each wrong one costs, one after the other: guessing takes for ever
_OPEN = ("/enter", "/login", "/static/")  # what needs no key: it shows nothing of anyone
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Unknown(AssistantError):
    """Who asks has shown no key."""


class Doors:
    """The keys of one server. ``token`` opens the API as often as it is shown, and the pages once; ``ticket`` makes
    more that open the pages once: the browser that we start shows its own on its command line, which others on the
    machine can read."""

    def __init__(self, host: str, port: int, password: str = "") -> None:
        self.host, self.port, self._password = host, port, password
        self.token = secrets.token_urlsafe(24)
        self.cookie = f"assistant-{port}"
        self._tickets = {self.token}
        self._cookies: set[str] = set()
        self._lock = threading.Lock()
        self._at_the_password = threading.Lock()

    @property
    def asks_password(self) -> bool:
        return bool(self._password)

    def ticket(self) -> str:
        made = secrets.token_urlsafe(24)
        self._tickets.add(made)
        return made

    def enter(self, ticket: str) -> str | None:
        """A cookie for a ticket, which opens nothing any more; ``None`` for one that opens nothing."""
        with self._lock:
            known = next((each for each in self._tickets if hmac.compare_digest(each.encode(), ticket.encode())), None)
            if known is None:
                return None
            self._tickets.discard(known)
            return self._new_cookie()

    def log_in(self, password: str) -> str | None:
        """A cookie for the password; ``None``, after a while, for a wrong one."""
        with self._at_the_password:
            if self._password and hmac.compare_digest(password.encode(), self._password.encode()):
                return self._new_cookie()
            time.sleep(_WRONG_PASSWORD_SECONDS)
            return None

    def _new_cookie(self) -> str:
        made = secrets.token_urlsafe(32)
        self._cookies.add(made)
        return made

    def let_in(self, response: Response, cookie: str) -> Response:
        response.set_cookie(self.cookie, cookie, max_age=_COOKIE_SECONDS, httponly=True, samesite="strict", path="/")
        return response

    def bearer(self, headers: Headers) -> bool:
        kind, _, shown = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and hmac.compare_digest(shown.strip().encode(), self.token.encode())

    def visitor(self, headers: Headers) -> bool:
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return held is not None and held.value in self._cookies

    def is_ours(self, host: str) -> bool:
        """Whether a Host names this server: by a name that only this machine has. An address in numbers cannot be
        another's name."""
        try:
            parts = urlsplit(f"//{host}")
            name, port = (parts.hostname or ""), parts.port or 80
        except ValueError:
            return False
        if port != self.port:
            return False
        if is_loopback(self.host):
            return name in ("127.0.0.1", "localhost", "::1", self.host)
        return _is_address(name) or name in {
            "localhost",
            self.host,
            socket.gethostname().lower(),
            socket.getfqdn().lower(),
        }


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


class Access:
    """The first thing that a request meets."""

    def __init__(self, app: ASGIApp, doors: Doors, most_bytes: int) -> None:
        self._app, self._doors, self._most = app, doors, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        fault = self._refused(scope, headers)
        dressed = _dressed(send, str(scope["path"]))
        if fault:
            await refusal(scope, *fault)(scope, receive, dressed)
        else:
            await self._app(scope, _counted(receive, self._limit(scope)), dressed)

    def _limit(self, scope: Scope) -> int:
        """Of who has shown no key yet a password is taken, nothing more."""
        return _LONGEST_FORM if str(scope["path"]).startswith(_OPEN) else self._most

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, AssistantError] | None:
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or not self._doors.is_ours(host):
            return 421, AssistantError("访问的地址不是这台服务器的", where=host, help="请用启动时给出的地址打开。")
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return 403, AssistantError("请求来自别的网站，没有接受", where=origin, help="请在本页上操作。")
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._limit(scope):
            return 413, too_large(self._limit(scope))
        if str(scope["path"]).startswith(_OPEN):
            return None
        if self._doors.bearer(headers):
            return None
        if not self._doors.visitor(headers):
            return 401, Unknown("还没有进入", help=_WAY_IN[self._doors.asks_password])
        # A cookie comes along with whatever the browser sends: where that is from must be plain.
        if scope["method"] not in ("GET", "HEAD") and origin is None and headers.get("sec-fetch-site") != "same-origin":
            return 403, AssistantError("看不出请求来自哪个页面，没有接受", help="请在本页上操作；程序请用令牌。")
        return None


_WAY_IN = {
    False: "请用启动 assistant serve 时显示的地址打开；那个地址只能用一次，用过了就重新启动。"
    "程序请在请求头里写 Authorization: Bearer 令牌。",
    True: "请先输入密码；程序请在请求头里写 Authorization: Bearer 令牌。",
}


def too_large(most: int) -> AssistantError:
    limit = f"{most // 1024 // 1024}MB" if most >= 1024 * 1024 else f"{most // 1024}KB"
    return AssistantError(f"上传的内容过大（上限{limit}）", help="请确认这是一份年度报告；图片很多的，压缩图片后再试。")


def _counted(receive: Receive, most: int) -> Receive:
    """The body as it comes, until it is too long, whatever length it announced."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413, too_large(most).what)
        return message

    return counted


def _dressed(send: Send, path: str) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-cache" if path.startswith("/static/") else "no-store")
        await send(message)

    return dressed
