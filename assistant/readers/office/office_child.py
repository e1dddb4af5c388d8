"""Run as a process of its own: it limits itself, cuts itself off from the network, and becomes LibreOffice.

Imports nothing of ours. ``converted.py`` gives the request; what cannot be limited on a system is left as it is there.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from math import ceil

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of Linux's unshare


def main() -> None:
    request = json.loads(sys.argv[1])
    command = request["command"]
    if sys.platform == "win32":  # where exec would return at once, and nothing below can be limited
        sys.exit(subprocess.call(command))
    _limit(request)
    if sys.platform == "linux":
        _without_network()
    os.execv(command[0], command)


def _limit(request: dict[str, int]) -> None:
    import resource

    seconds = ceil(request["seconds"])
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, request["memory"], request["memory"]),
        (resource.RLIMIT_FSIZE, request["file"], request["file"]),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):  # some systems do not let it be set
            continue


def _without_network() -> None:
    """A network of its own, with nobody in it; a system that does not allow it leaves the profile's prohibitions."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_USER | _NEW_NETWORK)


if __name__ == "__main__":
    main()
