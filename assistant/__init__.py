"""An assistant for the offices that publish 政府信息公开工作年度报告.

Four functions and their types are the public API:

    >>> from assistant import Dossier, check, read
    >>> verdict = check(Dossier(read("2024.txt"), read("2023.txt")))  # doctest: +SKIP

Each is loaded when it is first used (PEP 562): ``import assistant`` alone costs next to nothing.
"""

from __future__ import annotations

from assistant.interrupts import while_starting

while_starting()  # what follows takes a while to load

# ruff: noqa: E402
import os
import sys
from types import ModuleType

# onnxruntime (comes with chromadb) writes a device id and reports home unless told so before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
os.environ.setdefault("LANGSMITH_TRACING", "false")

TYPE_CHECKING = False  # of typing, which takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from assistant.asking import answer as ask
    from assistant.check import Finding, Verdict, check
    from assistant.drafting import draft
    from assistant.figures.dossier import Dossier
    from assistant.readers import read
    from assistant.report import Report

__all__ = ["Dossier", "Finding", "Report", "Verdict", "ask", "check", "draft", "read"]
__version__ = "0.2.0"  # pyproject.toml has it from here

# Public name → the module that has it, and its name there.
_PUBLIC = {
    "Dossier": ("assistant.figures.dossier", "Dossier"),
    "Finding": ("assistant.check", "Finding"),
    "Report": ("assistant.report", "Report"),
    "Verdict": ("assistant.check", "Verdict"),
    "ask": ("assistant.asking", "answer"),
    "check": ("assistant.check", "check"),
    "draft": ("assistant.drafting", "draft"),
    "read": ("assistant.readers", "read"),
}


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, there = _PUBLIC[name]
    value = getattr(import_module(module), there)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """``check`` is the function, also after its module of the same name was imported, which would take its place."""

    def __setattr__(self, name: str, value: object) -> None:
        public = name in _PUBLIC and isinstance(value, ModuleType)
        super().__setattr__(name, getattr(value, _PUBLIC[name][1]) if public else value)


sys.modules[__name__].__class__ = _Package
