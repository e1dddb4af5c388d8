"""An assistant for the offices that publish 政府信息公开工作年度报告.

Four functions are the public API:

    >>> from assistant import Dossier, check, read
    >>> verdict = check(Dossier(read("2024.txt"), read("2023.txt")))  # doctest: +SKIP

``ask`` and ``draft`` bring in the library and, where one is set, the model; they are loaded when first used.
"""

from __future__ import annotations

from assistant.interrupts import while_starting

while_starting()  # what follows takes a while to load

# ruff: noqa: E402
import os
from typing import TYPE_CHECKING, Any

# onnxruntime (comes with chromadb) writes a device id and reports home unless told so before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
os.environ.setdefault("LANGSMITH_TRACING", "false")

from assistant.check import Finding, Verdict, check
from assistant.figures.dossier import Dossier
from assistant.readers import read
from assistant.report import Report

if TYPE_CHECKING:
    from assistant.asking import answer as ask
    from assistant.drafting import draft

__all__ = ["Dossier", "Finding", "Report", "Verdict", "ask", "check", "draft", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "ask":
        from assistant.asking import answer as ask

        return ask
    if name == "draft":
        from assistant.drafting import draft

        return draft
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
