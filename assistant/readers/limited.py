"""Running one of our own scripts as a child process that cannot outlive its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["OutOfTime", "run_limited"]


class OutOfTime(Exception):
    """The child was ended at its time limit."""


def run_limited(script: Path, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
    """What ``script`` answers to ``request``, both JSON; ``None`` when it died without an answer.

    The script starts without this package (-P: its folder is not searched, where our modules have the names of others)
    and gets this process's search path with the request.

    Raises:
        OutOfTime: it did not answer within ``seconds``.
    """
    question = json.dumps({**request, "sys_path": sys.path}).encode()
    try:
        ended = subprocess.run(
            [sys.executable, "-P", str(script)], input=question, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as expired:
        raise OutOfTime from expired
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
