"""What the library brings to a draft, measured with it and without. By hand:

    python -m evals.draft_library              without a model, and with a strong one by script
    python -m evals.draft_library real [PART …]   with the model that is set (see evals.real_model)

The offices of ``evals.offices``, the shipped district, and 宿迁 2024 where the published reports are there, each with
its own last years and the regulation. A row for each writer, a table in Markdown: requirements of the form and the
regulation that the parts answer, those left open that the office is asked about, names of the office written as it
writes them, how alike each part is to last year's (0 to 100), sentences refused, parts by the model.

The script is a model that does what is asked: it joins two notes in a sentence, keeps every slot, writes a name as the
references write it, and adds nothing.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean

from rapidfuzz import fuzz

from assistant.drafting.background import OwnPast, unanswered
from assistant.drafting.draft import draft
from assistant.drafting.manuscript import Manuscript
from assistant.drafting.report_parts import last_year_paragraphs
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.llm.model import Model, open_model
from assistant.resources import folder
from assistant.settings import settings
from evals.claims import REPORTS
from evals.loopback import Reply, answering
from evals.misbehaving import model_at
from evals.offices import offices
from evals.real_model_drafts import offices_with_reports
from evals.workbooks import Handed

_POINTS = re.compile(r"~~~~要点（资料，不是指令）\n(.*?)\n~~~~", re.DOTALL)
_REFERENCES = re.compile(r"~~~~参考[^\n]*\n(.*?)\n~~~~", re.DOTALL)
_POINT = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_NAME = re.compile(r"《[^《》]{3,}》|“(?![\d%]+”)[^“”]{2,16}”")
COLUMNS = (
    "成文", "资料库", "应写的写到", "没写到而问了", "名称与往年一致", "不一致而提示", "与上年相似", "退回的句子",
    "模型改写的部分",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    rows = []
    if arguments[:1] == ["real"]:
        try:
            model = open_model()
        except AssistantError as error:
            print(error, file=sys.stderr)
            return 2
        if model is None:
            print("没有设置模型：见 evals.real_model。", file=sys.stderr)
            return 2
        for shown in (0, 600):
            with _shown(shown):
                rows.append(
                    _row("真实小模型", f"给模型看{shown}字", arguments[1:], open_model(), offices("jotted"), fed=True)
                )
    else:
        with answering(strong) as url:
            for writer, model in (("无模型", None), ("脚本（强）", model_at(url))):
                rows += [_row(writer, "有" if fed else "无", [], model, _offices(), fed=fed) for fed in (False, True)]
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return 0


def strong(prompt: str) -> Reply:
    """What a strong model would answer: the notes two by two, names as the references have them."""
    found = _POINTS.search(prompt)
    points = _POINT.findall(found[1]) if found else []
    references = _REFERENCES.search(prompt)
    names = set(_NAME.findall(references[1])) if references else set()
    sentences = []
    for n in range(0, len(points), 2):
        pair = points[n : n + 2]
        # Two paragraphs of notes are no sentence: only what is short is joined.
        if len(pair) == 2 and sum(map(len, pair)) < 90:
            sentences.append(("；".join(text.rstrip("。；") for text in pair), [n + 1, n + 2]))
        else:
            sentences += [(text.rstrip("。；"), [n + 1 + at]) for at, text in enumerate(pair)]
    told = [{"text": f"{_named(text, names)}。", "notes": notes} for text, notes in sentences]
    return json.dumps({"sentences": told}, ensure_ascii=False)


def _named(text: str, names: set[str]) -> str:
    for name in names:
        bare = name[1:-1]
        if bare in text and name not in text:
            text = text.replace(bare, name)
    return text


@contextmanager
def _shown(characters: int) -> Iterator[None]:
    before = os.environ.get("ASSISTANT_LLM_REFERENCES")
    os.environ["ASSISTANT_LLM_REFERENCES"] = str(characters)
    settings.cache_clear()
    try:
        yield
    finally:
        os.environ.pop("ASSISTANT_LLM_REFERENCES")
        if before is not None:
            os.environ["ASSISTANT_LLM_REFERENCES"] = before
        settings.cache_clear()


def _row(
    writer: str, library: str, parts: list[str], model: Model | None, handed_in: Iterable[Handed], *, fed: bool
) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    alike: list[float] = []
    for handed in handed_in:
        if parts:
            kept = {name: points for name, points in handed.data.points.items() if name in parts}
            handed = Handed(handed.data.model_copy(update={"points": kept}), handed.previous, handed.written)
        with _library(handed) as library_of:
            finished = draft(
                handed.data, previous=handed.previous, model=model, library=library_of if fed else None, force=True
            )
            past = "".join(
                section.text for report in OwnPast(library_of, handed.data.unit, handed.data.year).reports
                for section in report.sections
            )  # fmt: skip
        _count(finished, handed, past, parts, counts)
        alike += _alike(finished, handed, parts)
    return (
        writer,
        library,
        f"{counts['answered']}/{counts['required']}",
        f"{counts['asked']}/{counts['required'] - counts['answered']}",
        f"{counts['named']}/{counts['names']}",
        f"{counts['told']}/{counts['names'] - counts['named']}",
        f"{mean(alike):.0f}" if alike else "—",
        str(counts["refused"]),
        f"{counts['by model']}/{counts['parts']}",
    )


def _offices() -> Iterator[Handed]:
    yield from offices()
    yield from offices_with_reports()


@contextmanager
def _library(handed: Handed) -> Iterator[Library]:
    """The office's last report and the regulation."""
    with tempfile.TemporaryDirectory() as root, Library(Path(root) / "library", create=True) as library:
        sources = [folder("corpus") / "regulation", folder("corpus") / "reports"]
        if handed.previous is not None:
            own = REPORTS / f"{handed.previous.unit}_{handed.data.year - 1}.txt"
            written = handed.written
            if written:
                own = Path(root) / f"{handed.data.unit}_{handed.data.year - 1}.md"
                own.write_text(written, encoding="utf-8")
            sources += [own] if own.exists() else []
        ingest(sources, library, vectors=False)
        yield library


def _count(finished: Manuscript, handed: Handed, past: str, parts: list[str], counts: Counter[str]) -> None:
    for text in finished.parts:
        if not handed.data.points_of(text.part.id) or (parts and text.part.id not in parts):
            continue
        told = "".join(text.paragraphs)
        every, missing = unanswered(text.part.id, handed.data.unit, told)
        counts["required"] += every
        counts["answered"] += every - len(missing)
        asked = "\n".join(note for note in finished.notes if note.startswith(text.part.number))
        counts["asked"] += sum(name in asked for name in missing)
        for name in set(_NAME.findall(past)):
            if name[1:-1] in told:
                counts["names"] += 1
                counts["named"] += name in told
                counts["told"] += name not in told and f"写作{name}" in asked
        counts["refused"] += sum(len(each.refusals) for each in text.worded)
        counts["parts"] += 1
        counts["by model"] += text.by == "model"


def _alike(finished: Manuscript, handed: Handed, parts: list[str]) -> Iterator[float]:
    for text in finished.parts:
        before = "".join(last_year_paragraphs(text.part, handed.previous))
        if before and handed.data.points_of(text.part.id) and (not parts or text.part.id in parts):
            yield fuzz.ratio("".join(text.paragraphs), before)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
