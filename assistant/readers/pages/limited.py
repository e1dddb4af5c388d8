"""Running one of our own scripts as a child process that cannot outlive its time."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["OutOfTime", "run_limited"]


# Times as long by the clock: where processor time is limited, this only ends a child that waits for ever, and a machine
# with work for twenty still reads what an idle one reads; elsewhere it is the only limit.
_PATIENCE = 20 if sys.platform == "linux" else 6
_OUT_OF_PROCESSOR_TIME = 24  # SIGXCPU on Linux, the only system where another process's limit can be set


class OutOfTime(Exception):
    """The child was ended at its time limit; ``by_the_clock`` where it had too little of the processor to tell whether
    what it read is too much."""

    def __init__(self, *, by_the_clock: bool = False) -> None:
        super().__init__()
        self.by_the_clock = by_the_clock and sys.platform == "linux"


def run_limited(script: Path, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
    """What ``script`` answers to ``request``, both JSON; ``None`` when it died without an answer.

    ``seconds`` are the processor's where the system can tell: on a busy machine a sound file may take several times as
    long by the clock.

    The script starts without this package (-P: its folder is not searched, where our modules have the names of others)
    and gets this process's search path with the request.

    Raises:
        OutOfTime: it did not answer within ``seconds``.
    """
    question = json.dumps({**request, "sys_path": sys.path}).encode()
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-P", str(script)], stdin=pipe, stdout=pipe, stderr=pipe) as child:
        _limit_processor_time(child.pid, seconds)
        try:
            told, _ = child.communicate(question, timeout=_PATIENCE * seconds)
        except subprocess.TimeoutExpired as expired:
            raise OutOfTime(by_the_clock=True) from expired
        finally:
            child.kill()
    if child.returncode == -_OUT_OF_PROCESSOR_TIME:
        raise OutOfTime
    try:
        answer = json.loads(told)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _limit_processor_time(pid: int, seconds: float) -> None:
    if sys.platform != "linux":
        return
    import resource

    limit = math.ceil(seconds)
    # The kernel warns at the first limit and kills at the second.
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_CPU, (limit, limit + 1))
