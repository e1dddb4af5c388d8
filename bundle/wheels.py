"""Whether every dependency of the default install has a wheel for the desks it is meant for; writes ``docs/wheels.md``.

    python bundle/wheels.py

pip resolves the install for each platform against the pins, wheels only, without installing anything: what it names is
what would be fetched. A dependency without a wheel ends it with pip's own words.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DESKS = {
    "Windows x86-64": ("win_amd64",),
    "Linux arm64（鲲鹏、飞腾）": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "Linux x86-64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
}
PYTHON = "3.11"


def main() -> int:
    """Exit code 1 where a platform lacks a wheel."""
    found = {desk: _resolved(platforms) for desk, platforms in DESKS.items()}
    names = sorted({name for wheels in found.values() for name in wheels}, key=str.lower)
    lines = [
        "# 各平台的安装包",
        "",
        f"默认安装的每个依赖在各平台有没有预编译包（Python {PYTHON}），由 `python bundle/wheels.py` 查得。"
        "“通用”是不分平台的包；“—”是这个平台不装它。",
        "",
        f"| 依赖 | 版本 | {' | '.join(DESKS)} |",
        f"|---|---|{'---|' * len(DESKS)}",
    ]
    for name in names:
        version = next(wheels[name][0] for wheels in found.values() if name in wheels)
        kinds = " | ".join(wheels[name][1] if name in wheels else "—" for wheels in found.values())
        lines.append(f"| {name} | {version} | {kinds} |")
    (ROOT / "docs" / "wheels.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0 if all(found.values()) else 1


def _resolved(platforms: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Of every package that would be installed: (version, 有 or 通用)."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"]
    command += ["--only-binary", ":all:", "--python-version", PYTHON, "--implementation", "cp", "--target"]
    with tempfile.TemporaryDirectory() as folder:
        command += [folder, "-c", str(ROOT / "constraints.txt")]
        command += [word for platform in platforms for word in ("--platform", platform)]
        done = subprocess.run([*command, *_requirements(platforms[0])], capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return {}
    report = json.loads(done.stdout)
    return {
        one["metadata"]["name"]: (
            one["metadata"]["version"],
            "通用" if one["download_info"]["url"].endswith("-any.whl") else "有",
        )
        for one in report["install"]
    }


def _requirements(platform: str) -> list[str]:
    """The dependencies of the default install; markers are told here, for pip reads them of the machine it runs on."""
    import tomllib

    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    x86_linux = "x86_64" in platform
    return [one.partition(";")[0].strip() for one in listed if ";" not in one or x86_linux]


if __name__ == "__main__":
    sys.exit(main())
