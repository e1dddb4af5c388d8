"""Mutated files of every format: the only exceptions allowed are ours. By hand: ``python -m evals.fuzz --minutes 10``.

Each try has a number; with ``--seed`` it says all of what was done, and ``--only TRY`` repeats one and keeps its file.
A try that takes longer than ``SLOW_SECONDS`` is told too. Exit code 1 when anything was found.
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.errors import AssistantError
from assistant.readers import READERS, read
from assistant.resources import folder
from evals.renderings import RENDERINGS, write

SLOW_SECONDS = 10.0
OCR_SECONDS = 120.0  # a PDF whose fonts were damaged is recognised from its pictures, page by page
OFFICE_SECONDS = 180.0  # LibreOffice starts anew for each file
_OLDER = {"docx": ("doc", "rtf", "odt"), "xlsx": ("xls",)}  # what LibreOffice makes of ours
_MEMBER_BYTES = 4 * 1024 * 1024
# What text, HTML and XML readers act on: put in at random, they make the damage that random bytes rarely do.
_TOKENS = (
    "|", "||||", "\n", "\n\n", "\t", "/", "—", "（", "）", "：", "。", "1", "-1", "9" * 40, "1.2万", "0.0.0", "一、",
    "（一）", "三、本年度办理结果",
    "总计", "其他", "自然人", "规章", "行政复议", "结果维持", "数据1", "# ", "---", "> ", "**", "\u200b", "\u202e",
    "\x00", "\x1b[31m", "&nbsp;",
    "&#x110000;", "&#0;", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", '<td rowspan="99999">',
    '<td colspan="-1">',
    '<td colspan="x">', "<!--", "-->", "<![CDATA[", "<script>", "<p>", "</p>", "<br>", "<h1>", "<w:tc>", "</w:tc>",
    "<w:tbl>", "</w:tbl>",
    '<w:gridSpan w:val="0"/>', '<w:gridSpan w:val="-3"/>', "<w:vMerge/>", "<w:del>", "<w:ins>", "<v>", "</v>", 't="s"',
    "<<", ">>", "endobj", " 0 R",
)  # fmt: skip

Mutate = Callable[[random.Random, bytes], bytes]


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _span(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 8, 100, 3000)))


def _cut(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + data[end:]


def _end(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _swap(chance: random.Random, data: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(chance, data), _span(chance, data)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 2, 10))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_TOKENS).encode() + data[at:]
    return data


def _marks(chance: random.Random, data: bytes) -> bytes:
    """Drop or double a stretch between two angle brackets or bars: whole tags and cells."""
    mark = chance.choice((b"<", b"|", b"\n", b">"))
    parts = data.split(mark)
    at = chance.randrange(len(parts))
    parts[at : at + 1] = chance.choice(([], [parts[at]] * 2, [parts[chance.randrange(len(parts))]]))
    return mark.join(parts)


MUTATIONS: tuple[Mutate, ...] = (_flip, _cut, _end, _repeat, _swap, _insert, _insert, _marks, _marks)


def mutated(chance: random.Random, data: bytes) -> bytes:
    """``data`` after one to four mutations; a zip file is mostly opened and one of its parts changed."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(chance, data)
    encoding = _encoding(data)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(chance, data) if data else b""
    if encoding and chance.random() < 0.9:
        # Half a character turns the whole file into another encoding and ends the reading at once.
        return data.decode(encoding, errors="ignore").replace("\x00", "").encode(encoding)
    return data


def _encoding(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030") if not data.startswith(b"%PDF") else ():
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def _repacked(chance: random.Random, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    # The parts that hold the text are what a reader works on; the others get their turn.
    weights = [8 if "document" in name or "sheet" in name else 1 for name in members]
    name = chance.choices(list(members), weights)[0]
    if chance.random() < 0.05:
        del members[name]
    else:
        members[name] = mutated(chance, members[name])[:_MEMBER_BYTES]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, part in members.items():
            packed.writestr(each, part)
    return made.getvalue()


def _seeds(work: Path, formats: list[str]) -> dict[str, list[bytes]]:
    """Sound files by suffix: a report in every rendering that can be made here and that there is a reader for."""
    report = read(folder("corpus") / "reports" / "清源区_2024.md")
    seeds: dict[str, list[bytes]] = {}
    for name, rendering in RENDERINGS.items():
        if rendering.suffix in READERS and name != "scan" and (not formats or name in formats):
            if rendering.missing():
                print(f"{name}：跳过，{rendering.missing()}")
                continue
            made = write(name, report, work)
            seeds.setdefault(rendering.suffix, []).append(made.read_bytes())
            for older in _OLDER.get(name, ()) if shutil.which("soffice") else ():
                seeds[f".{older}"] = [_converted(made, older, work).read_bytes()]
    return seeds


def _converted(path: Path, to: str, work: Path) -> Path:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(work), str(path)]
    subprocess.run(call, check=True, capture_output=True)
    return work / path.with_suffix(f".{to}").name


def _tries(seeds: dict[str, list[bytes]], seed: int, only: int | None) -> Iterator[tuple[int, str, bytes]]:
    number = only or 0
    while True:
        chance = random.Random(f"{seed}:{number}")
        suffix = chance.choice(sorted(seeds))
        yield number, suffix, mutated(chance, chance.choice(seeds[suffix]))
        if only is not None:
            return
        number += 1


_LIMITS = dict.fromkeys((".pdf", ".png", ".jpg"), OCR_SECONDS) | {
    f".{older}": OFFICE_SECONDS for each in _OLDER.values() for older in each
}


def attempt(path: Path) -> tuple[str, str]:
    """How reading ended: ``read``, ``refused``, ``slow`` or ``crash``, and what to know of it."""
    start = time.monotonic()
    try:
        read(path)
        ended, told = "read", ""
    except AssistantError as error:
        ended, told = "refused", error.what
    except Exception:
        return "crash", traceback.format_exc()
    took = time.monotonic() - start
    limit = _LIMITS.get(path.suffix, SLOW_SECONDS)
    return ("slow", f"{took:.1f} s") if took > limit else (ended, told)


def main(arguments: list[str]) -> int:
    """Mutate and read until the time is over; 1 when anything but a report or a clear error came out."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, help="repeat this try and keep its file")
    options.add_argument("formats", nargs="*", help="names of renderings; all by default")
    asked = options.parse_args(arguments)
    ends: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        seeds = _seeds(Path(work), asked.formats)
        deadline = time.monotonic() + asked.minutes * 60
        for number, suffix, data in _tries(seeds, asked.seed, asked.only):
            path = (
                Path.cwd() / f"fuzz-{number}{suffix}" if asked.only is not None else Path(work) / f"清源区_2024{suffix}"
            )
            path.write_bytes(data)
            ended, told = attempt(path)
            ends[suffix, ended] += 1
            if ended in ("crash", "slow"):
                last = told.strip().splitlines()[-1]
                seen[f"{suffix} {last}"] += 1
                if seen[f"{suffix} {last}"] == 1:  # the same fault comes up again and again
                    print(f"--seed {asked.seed} --only {number}（{suffix}）{ended}\n{told}", flush=True)
            if time.monotonic() > deadline:
                break
    for (suffix, ended), count in sorted(ends.items()):
        print(f"{suffix:<10}{ended:<9}{count:>8}")
    print(*(f"{count:>6} × {fault}" for fault, count in seen.most_common()), sep="\n")
    return int(bool(seen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
