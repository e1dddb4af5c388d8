"""Whether every dependency of the default install has a wheel for the desks it is meant for; writes ``docs/wheels.md``.

    pip install uv && python bundle/wheels.py

uv resolves the install for each platform against the pins, from wheels alone, without installing anything (pip takes
the markers of the machine it runs on). What has no wheel for a platform ends it with uv's own words.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DESKS = {
    "Windows x86-64": "x86_64-pc-windows-msvc",
    "Linux arm64（鲲鹏、飞腾）": "aarch64-manylinux_2_28",
    "Linux x86-64": "x86_64-manylinux_2_28",
}
PYTHON = "3.11"


def main() -> int:
    """Exit code 1 where a platform lacks a wheel."""
    found = {desk: _resolved(platform) for desk, platform in DESKS.items()}
    names = sorted({name for wheels in found.values() for name in wheels}, key=str.lower)
    lines = [
        "# 各平台的安装包",
        "",
        f"默认安装（含间接依赖）在各平台只用预编译包能不能装齐（Python {PYTHON}），由 `python bundle/wheels.py` 查得。"
        "“—”是这个平台不装它。",
        "",
        f"| 依赖 | 版本 | {' | '.join(DESKS)} |",
        f"|---|---|{'---|' * len(DESKS)}",
    ]
    for name in names:
        version = next(wheels[name] for wheels in found.values() if name in wheels)
        lines.append(
            f"| {name} | {version} | {' | '.join('有' if name in wheels else '—' for wheels in found.values())} |"
        )
    (ROOT / "docs" / "wheels.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0 if all(found.values()) else 1


def _resolved(platform: str) -> dict[str, str]:
    """Name and version of every package that would be installed."""
    command = ["uv", "pip", "compile", "--quiet", "--python-platform", platform, "--python-version", PYTHON]
    command += ["--only-binary", ":all:", "--no-header", "--no-annotate", "-c", "constraints.txt", "pyproject.toml"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    pins = (line.partition(";")[0].strip().partition("==") for line in done.stdout.splitlines() if "==" in line)
    return {name: version for name, _, version in pins}


if __name__ == "__main__":
    sys.exit(main())
