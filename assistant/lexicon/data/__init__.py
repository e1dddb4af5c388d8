"""The word lists of the rules, as TOML files beside this module; every entry says why it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of ``<name>.toml``."""
    return tomli.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
