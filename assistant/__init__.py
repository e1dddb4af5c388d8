"""An assistant for the offices that publish 政府信息公开工作年度报告."""

from __future__ import annotations

import os

# onnxruntime (comes with chromadb) writes a device id and reports home unless told so before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
os.environ.setdefault("LANGSMITH_TRACING", "false")

__version__ = "0.1.0"
