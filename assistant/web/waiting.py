"""Waiting for work without holding up others, and telling a page how it goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import StreamingResponse

from assistant.web.site import Site
from assistant.web.work import Task

__all__ = ["Here", "events", "result"]

_LOOKS_EVERY = 0.15  # seconds
_BEATS_EVERY = 15.0  # seconds: a connection that nothing comes through is cut by what stands between


def _site(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


Here = Annotated[Site, Depends(_site)]


async def result(task: Task, request: Request) -> Any:
    """What a task gives; it is stopped when nobody waits for it any more.

    Raises:
        AssistantError: what the task raises.
    """
    waiting = asyncio.wrap_future(task.future)
    while not (await asyncio.wait({waiting}, timeout=1.0))[0]:
        if await request.is_disconnected():
            task.cancel()
    return waiting.result()


def events(state: Callable[[], tuple[str, dict[str, Any]]], request: Request) -> StreamingResponse:
    """Server-sent events: ``state`` gives what changes with every change, and what is told then. It ends with a state
    that says ``over``."""

    async def told() -> AsyncIterator[str]:
        last, quiet = "", 0.0
        while not await request.is_disconnected():
            mark, shown = state()
            if mark != last:
                last, quiet = mark, 0.0
                yield f"id: {mark}\ndata: {json.dumps(shown, ensure_ascii=False)}\n\n"
                if shown.get("over"):
                    return
            elif quiet >= _BEATS_EVERY:
                quiet = 0.0
                yield ": \n\n"
            await asyncio.sleep(_LOOKS_EVERY)
            quiet += _LOOKS_EVERY

    return StreamingResponse(told(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
