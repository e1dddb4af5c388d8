"""Old and foreign office files → .docx or .xlsx, by LibreOffice, in a child process with limits and a profile of its
own.

The profile is made anew for each file: no macro runs, no link is followed, nothing is fetched, and a LibreOffice that
someone has open is left alone. What it makes is read like any file: through the checks of ``archive``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from assistant.errors import UnreadableReport
from assistant.settings import settings

__all__ = ["converted", "office_program"]

_CHILD = Path(__file__).with_name("office_child.py")
_PATIENCE = 3  # times as long by the clock as the processor may work: a machine may have other work
_PLACES = (  # where its own installers put it, beside the search path
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
# A profile with nothing but prohibitions: (node, property, value).
_PROHIBITED = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),  # never
    ("Office.Calc/Content/Update", "Link", "2"),
    # Where a process cannot be cut off from the network, what it would fetch is asked of a port that nobody serves.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@cache
def office_program() -> str | None:
    """LibreOffice's program; ``None`` where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


@contextmanager
def converted(path: Path, suffix: str, target: str) -> Iterator[Path]:
    """A copy of ``path``, whose content is that of a file with ``suffix``, in the format ``target`` (.docx, .xlsx), as
    long as the context lasts.

    Raises:
        UnreadableReport: LibreOffice is not there, makes nothing of it, or takes too long.
    """
    program = office_program()
    if program is None:
        raise UnreadableReport("没有安装 LibreOffice", where=str(path), help=f"请打开后另存为 {target}，再试。")
    with tempfile.TemporaryDirectory(prefix="assistant-office-") as work:
        folder = Path(work)
        source = folder / f"in{suffix}"
        shutil.copyfile(path, source)
        _write_profile(folder / "profile")
        made = folder / "out" / f"in{target}"
        late = _run(program, source, made)
        if not made.is_file() or not made.stat().st_size:
            raise UnreadableReport(
                f"LibreOffice {settings().office_seconds:g}秒内没有转换完" if late else "LibreOffice 打不开这份文件",
                where=str(path),
                help=f"文件可能加了密码或已损坏：请用 Word、Excel 或 WPS 打开，另存为 {target} 后再试"
                + ("；确需等待时调高 ASSISTANT_OFFICE_SECONDS。" if late else "。"),
            )
        yield made


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{node}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for node, name, value in _PROHIBITED
    )
    (profile / "user").mkdir(parents=True)
    opened = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (profile / "user" / "registrymodifications.xcu").write_text(f"{opened}{items}</oor:items>", encoding="utf-8")


def _run(program: str, source: Path, made: Path) -> bool:
    """Convert; true when the time was up. What is left of its processes is ended either way."""
    limits, work = settings(), source.parent
    request = {
        "command": [
            program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", made.suffix.removeprefix("."), "--outdir", str(made.parent), str(source),
        ],
        "seconds": limits.office_seconds,
        "memory": limits.office_memory_bytes,
        "file": limits.max_file_bytes,
    }  # fmt: skip
    # Nothing of ours in its environment: a key would be within reach of whatever a file could make it do.
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    environment |= {"HOME": str(work), "TMPDIR": str(work), "TEMP": str(work), "TMP": str(work), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(_CHILD), json.dumps(request)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd=work, env=environment, start_new_session=True,
    ) as child:  # fmt: skip
        try:
            child.wait(_PATIENCE * limits.office_seconds)
        except subprocess.TimeoutExpired:
            return True
        finally:
            _end(child)
    return False


def _end(child: subprocess.Popen[bytes]) -> None:
    """The whole group: soffice is a script that starts the program."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
