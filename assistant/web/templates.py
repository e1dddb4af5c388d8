"""The pages: the templates of this room, which use those of ``render``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.web.wording import on_page

__all__ = ["STATIC", "page"]

_ROOM = Path(__file__).parent
STATIC = _ROOM / "static"


def page(template: str, **shown: Any) -> str:
    """A page, or a part of one."""
    from assistant.render.html import environment

    return environment(_ROOM / "pages").get_template(template).render({"on_page": on_page, **shown})
