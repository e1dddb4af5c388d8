"""What all hostile files share: what they lure a reader to, and the entities of their XML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECRET = "绝密内容不得出现"
TITLE = "云川县人民政府2024年政府信息公开工作年度报告"


@dataclass(frozen=True)
class Lure:
    """What no reader may open: a file with ``SECRET`` in it, and an address that someone listens at."""

    file: Path
    url: str


Maker = Callable[[Path, Lure], None]


def bomb(root: str) -> str:
    """Ten entities, each ten of the one before: a billion words."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY e0 "绝密">{entities}]>'


def external(lure: Lure, root: str) -> str:
    return f'<!DOCTYPE {root} SYSTEM "{lure.url}/a.dtd" [<!ENTITY f SYSTEM "{lure.file.as_uri()}"><!ENTITY u SYSTEM "{lure.url}/b">]>'
