"""Damaged files of every format: the only exceptions allowed are ours. By hand: ``python -m evals.fuzz --minutes 20``.

The seeds are small, and what is done to them (``evals.mutations``) is done and read in one process that lives on, some
hundreds of tries a minute; a try that takes longer than ``SLOW_SECONDS``, or more memory than ``MEBIBYTES``, or ends
the process, is a fault too. Each try has a number; with ``--seed`` it says all of what was done, and ``--only TRY``
repeats one and keeps its file. Formats are named by their suffix; those that LibreOffice reads (``doc``, ``wps``,
``rtf``, ``odt``, ``xls``, ``et``), and pictures, which are recognised, take seconds a try: they take part when they are
named. Exit code 1 when anything was found.
"""

from __future__ import annotations

import argparse
import base64
import logging
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from assistant.errors import AssistantError
from assistant.readers import READERS, read
from assistant.readers.folders import files_in, holds_reports
from assistant.readers.pages import pdf, pdf_child
from assistant.readers.pages.scan import can_recognise
from assistant.report import Report
from assistant.resources import folder
from evals.mutations import mutated
from evals.render.small_pdf import pdf_of
from evals.render.typeset import typeset
from evals.renderings import RENDERINGS, write

SLOW_SECONDS = 20.0  # of the processor
_PATIENCE = 10  # times as many by the clock, on a machine that has other work: what takes longer waits for ever
MEBIBYTES = 1500  # more than before the first try
OCR_SECONDS, OFFICE_SECONDS = 180.0, 180.0  # pages are recognised one by one; LibreOffice starts anew for each file
_FORGET = 400  # tries that one process makes: what they leave behind does not add up
_WRONG_NAME = 0.04  # share of the files that carry another format's suffix
_OLDER = {".docx": ("doc", "wps", "rtf", "odt"), ".xlsx": ("xls", "et")}  # what LibreOffice makes of ours
_SAME_AS = {"wps": "doc", "et": "xls"}  # of WPS, which writes them as Word and Excel do
_PICTURES = (".png", ".jpg")
_PROSE = 60  # characters of each section: what is read is the form
_PAGES = 2  # of a PDF: each takes a quarter of a second
_OLD_NAMES = (".doc", ".wps", ".xls", ".et", ".rtf")  # under which other formats come
# How often a format has its turn: a PDF takes ten times as long as a page.
_TURNS = {".pdf": 2, ".ofd": 4, ".xlsx": 6, ".docx": 6, ".mht": 6, ".html": 8, ".zip": 2}
_USUAL_TURNS = 4


class Ending(NamedTuple):
    """How a try ended: ``read``, ``refused``, ``slow``, ``died`` or ``crash``, and what to know of it."""

    suffix: str
    how: str
    told: str = ""

    @property
    def fault(self) -> bool:
        return self.how not in ("read", "refused")


Seeds = Mapping[str, Sequence[bytes]]


def _small(report: Report) -> Report:
    """The report with a sentence in each section, and all its tables."""
    sections = tuple(
        section.model_copy(
            update={
                "paragraphs": tuple(
                    paragraph.model_copy(update={"text": paragraph.text[:_PROSE]})
                    for paragraph in section.paragraphs[:2]
                )
            }
        )
        for section in report.sections
    )
    return report.model_copy(update={"sections": sections})


def _seeds(work: Path, asked: Sequence[str]) -> Seeds:
    """Sound files by suffix: a small report in every rendering that there is a reader for."""
    report = _small(read(folder("corpus") / "reports" / "清源区_2024.md"))
    seeds: dict[str, list[bytes]] = {}
    for name, rendering in RENDERINGS.items():
        if rendering.suffix in READERS and not rendering.external:
            seeds.setdefault(rendering.suffix, []).append(write(name, report, work).read_bytes())
    seeds[".pdf"] = [pdf_of(typeset(report)[:_PAGES])]
    seeds[".mht"] = [_mht_of(seeds[".html"][0])]
    seeds[".zip"] = [_zip_of(seeds)]
    named = {f".{each.lstrip('.')}" for each in asked}
    for suffix, older in _OLDER.items():
        for each in older if shutil.which("soffice") else ():
            if f".{each}" in named:
                seeds[f".{each}"] = [_converted(write(suffix[1:], report, work), each, work)]
    for suffix in named.intersection(_PICTURES):
        seeds[suffix] = [write(suffix[1:], report, work).read_bytes()]
    return {suffix: files for suffix, files in seeds.items() if not named or suffix in named}


def _mht_of(page: bytes) -> bytes:
    whole = EmailMessage()
    whole["Subject"] = "清源区2024年政府信息公开工作年度报告"
    whole["MIME-Version"] = "1.0"
    whole.set_content(page, maintype="text", subtype="html", cte="quoted-printable", params={"charset": "utf-8"})
    whole.make_related()
    whole.add_related(base64.b64decode("R0lGODlhAQABAAAAACw="), maintype="image", subtype="gif", cid="<1>")
    return whole.as_bytes()


def _zip_of(seeds: Seeds) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as packed:
        for suffix in (".md", ".html", ".docx"):
            packed.writestr(f"报告/清源区_2024{suffix}", seeds[suffix][0])
    return made.getvalue()


def _converted(path: Path, to: str, work: Path) -> bytes:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    form = _SAME_AS.get(to, to)
    call = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(work), str(path)]
    subprocess.run(call, check=True, capture_output=True)
    return (work / path.with_suffix(f".{form}").name).read_bytes()


def _suffix(seeds: Seeds, chance: random.Random) -> tuple[str, str]:
    """The format of a try, and the suffix that its file gets."""
    kinds = sorted(seeds)
    (kind,) = chance.choices(kinds, [_TURNS.get(each, _USUAL_TURNS) for each in kinds])
    wrong = len(kinds) > 1 and chance.random() < _WRONG_NAME
    return kind, chance.choice((*kinds, *_OLD_NAMES)) if wrong else kind


def _made(seeds: Seeds, seed: int, number: int, place: Path) -> Path:
    """The file of a try."""
    chance = random.Random(f"{seed}:{number}")
    kind, suffix = _suffix(seeds, chance)
    path = place / f"清源区_2024{suffix}"
    path.write_bytes(mutated(chance, chance.choice(seeds[kind])))
    return path


def _read(path: Path) -> Ending:
    try:
        for each in files_in(path) if holds_reports(path) else (path,):
            read(each)
    except AssistantError as error:
        return Ending(path.suffix, "refused", error.what)
    except Exception:
        return Ending(path.suffix, "crash", traceback.format_exc())
    return Ending(path.suffix, "read")


def _timed(path: Path) -> Ending:
    """How reading ended, and whether it took too much of the processor, in this process and those it started."""
    start = _processor_seconds()
    ended = _read(path)
    took = _processor_seconds() - start
    slow = not ended.fault and took > _LIMITS.get(path.suffix, SLOW_SECONDS)
    return Ending(path.suffix, "slow", f"{took:.0f} s") if slow else ended


def _processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _pdf_in_this_process(_script: Path, request: dict[str, Any], _seconds: float) -> dict[str, Any] | None:
    """What ``pdf_child`` answers: a process of its own for each of ten thousand files would take an hour to start."""
    try:
        return pdf_child._read(request["path"], request["pages"], request["marks"])
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:
        return {"error": "broken", "detail": repr(error)}


def _work(seeds: Seeds, seed: int, place: Path, numbers: Connection) -> None:
    """Try after try, as their numbers come in."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pages = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if _LINUX else used
    resource.setrlimit(resource.RLIMIT_AS, (pages + MEBIBYTES * 2**20,) * 2)
    os.environ["PATH"] = os.environ["PATH"] if seeds.keys() & {f".{each}" for each in sum(_OLDER.values(), ())} else ""
    tempfile.tempdir = str(place)
    logging.disable(logging.CRITICAL)  # parsers tell of every fault they find
    pdf.run_limited = _pdf_in_this_process  # type: ignore[attr-defined,assignment]
    while (number := numbers.recv()) is not None:
        numbers.send(_timed(_made(seeds, seed, number, place)))
        for left in place.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()


_LINUX = sys.platform == "linux"


class _Worker:
    """The process that tries, begun anew when a try ended it or took too long."""

    def __init__(self, seeds: Seeds, seed: int, work: Path) -> None:
        self._seeds, self._seed, self._place = seeds, seed, work / "tries"
        self._process: BaseProcess | None = None
        self._tries = 0

    def attempt(self, number: int) -> Ending:
        if self._process is None or self._tries >= _FORGET:
            self.end()
            self._begin()
        self._tries += 1
        self._numbers.send(number)
        _, suffix = _suffix(self._seeds, random.Random(f"{self._seed}:{number}"))
        limit = _PATIENCE * _LIMITS.get(suffix, SLOW_SECONDS)
        try:
            if self._numbers.poll(limit):
                ended: Ending = self._numbers.recv()
                return ended
            ended = Ending(suffix, "slow", f"longer than {limit:g} s")
        except (EOFError, ConnectionError):
            ended = Ending(suffix, "died", "the process died")
        self.end()
        return ended

    def _begin(self) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
        self._place.mkdir()
        context = multiprocessing.get_context("fork")
        self._numbers, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(self._seeds, self._seed, self._place, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._tries = 0

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._numbers.close()
            self._process = None


# A page of a PDF that has lost its text is recognised where that can be done.
_LIMITS = dict.fromkeys((*_PICTURES, *((".pdf",) if can_recognise() else ())), OCR_SECONDS) | {
    f".{older}": OFFICE_SECONDS for each in _OLDER.values() for older in each
}


def _as_users_do(seeds: Seeds, seed: int, number: int, place: Path) -> Ending:
    """The try once more, without any of what makes this fast; a PDF in its limited child, as always."""
    place.mkdir(exist_ok=True)
    path = _made(seeds, seed, number, place)
    return _timed(path)


def main(arguments: list[str]) -> int:
    """Damage and read until the time is over; 1 when anything but a report or a clear error came out."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, help="repeat this try and keep its file")
    options.add_argument("formats", nargs="*", help="suffixes of formats; all but those that take seconds by default")
    asked = options.parse_args(arguments)
    ends: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        seeds = _seeds(Path(work), asked.formats)
        if asked.only is not None:
            ended = _as_users_do(seeds, asked.seed, asked.only, Path.cwd() / f"fuzz-{asked.only}")
            print(*ended, sep="\n")
            return int(ended.fault)
        worker = _Worker(seeds, asked.seed, Path(work))
        deadline, number = time.monotonic() + asked.minutes * 60, 0
        while time.monotonic() < deadline:
            ended = worker.attempt(number)
            if ended.how in ("slow", "died") and ended.suffix == ".pdf":  # such a file ends a child, and is told of
                ended = _as_users_do(seeds, asked.seed, number, Path(work) / "again")
            ends[ended.suffix, ended.how] += 1
            if ended.fault:
                last = ended.told.strip().splitlines()[-1]
                seen[f"{ended.suffix} {last}"] += 1
                if seen[f"{ended.suffix} {last}"] == 1:  # the same fault comes up again and again
                    print(f"--seed {asked.seed} --only {number}（{ended.suffix}）{ended.how}\n{ended.told}", flush=True)
            number += 1
        worker.end()
    print(f"{number} tries")
    for (suffix, how), count in sorted(ends.items()):
        print(f"{suffix:<10}{how:<9}{count:>8}")
    print(*(f"{count:>6} × {fault}" for fault, count in seen.most_common()), sep="\n")
    return int(bool(seen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
