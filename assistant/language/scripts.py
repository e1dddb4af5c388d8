"""Traditional characters, as colleagues from elsewhere may type them, in the simplified ones of the lexicon."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["simplified"]


def simplified(text: str) -> str:
    """``text`` in simplified characters. What GB/T 2312 has all of is left as it is: nothing is loaded for it."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
