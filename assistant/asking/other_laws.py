"""What people ask about beside government information and another law rules, where the library does not have it."""

from __future__ import annotations

import re

from assistant.lexicon import alternation, entries
from assistant.lexicon.schema import Entry
from assistant.library import Library
from assistant.library.regulation import citable_regulations

__all__ = ["law_beside_ours", "told_of"]


def law_beside_ours(text: str, library: Library) -> Entry | None:
    """The matter of another law that ``text`` asks about (复议期限); ``None`` where it does not, or the law is held."""
    held = citable_regulations(library).values()
    ruled = (each for each in entries("other_laws") if re.search(alternation(each), text))
    return next((each for each in ruled if not any(each.says in title for title in held)), None)


def told_of(matter: Entry) -> str:
    return f"这是《{matter.says}》规定的事，资料库中没有《{matter.says}》。"
