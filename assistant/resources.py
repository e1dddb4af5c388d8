"""Where the files that ship with the program are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["folder", "load"]

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The shipped folder ``prompts``, ``corpus``, ``evals`` or ``docs`` (the manual and its pictures)."""
    shipped = _PACKAGE / "_shipped" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent / name


def load(module: str) -> ModuleType:
    """A module of the shipped folder ``evals``, which is beside the package and not part of it."""
    parent = str(folder(module.partition(".")[0]).parent)
    if parent not in sys.path:
        sys.path.insert(0, parent)
    return importlib.import_module(module)
