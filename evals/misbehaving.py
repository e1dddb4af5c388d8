"""Drafts with a model that misbehaves in every way we could think of, over varied workbooks. Less is better: all should
be 0.

Scores: ``unfinished`` drafts, ``unsourced`` figures and invented words in the output, drafts ``in_error`` under
``check``, drafts that ``repeat`` last year (R101, R102).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator

from pydantic import SecretStr

from assistant.drafting.draft import draft
from assistant.drafting.manuscript import Manuscript, PartText
from assistant.llm.model import Model, open_model
from assistant.settings import Settings
from evals.loopback import answering
from evals.misbehaving_model import Scripted
from evals.workbooks import Handed, workbooks

DRAFTS, SEED = 200, 11
_TIMEOUT_SECONDS = 0.5
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_FRAME = re.compile(r"^\d+\.|〔\d{4}〕\d+号|第\d+号")  # numbering, and document numbers of the composer's own


def run(drafts: int = DRAFTS, seed: int = SEED) -> tuple[dict[str, float], list[str]]:
    """Scores by name, and what went wrong as text."""
    told: list[str] = []
    scores = Counter(dict.fromkeys(("unfinished", "unsourced", "in_error", "repeats"), 0))
    for n, handed in enumerate(workbooks(drafts, seed)):
        scripted = Scripted(f"{seed} {n}")
        with answering(scripted) as url:
            for score, what in faults_of(handed, model_at(url)):
                scores[score] += 1
                told.append(f"misbehaving {score} {handed.data.unit}：{what}")
    return {f"misbehaving.{name}": float(count) for name, count in scores.items()}, told


def model_at(url: str) -> Model:
    config = {"llm": "openai:scripted", "openai_base_url": url, "openai_api_key": SecretStr("none")}
    model = open_model(Settings.model_validate({**config, "llm_timeout_seconds": _TIMEOUT_SECONDS}))
    assert model is not None
    return model


def faults_of(handed: Handed, model: Model | None) -> Iterator[tuple[str, str]]:
    """(score, what is wrong) of one draft."""
    try:
        finished = draft(handed.data, previous=handed.previous, model=model)
    except Exception as error:  # whatever it is: a draft must not end so
        yield "unfinished", f"{type(error).__name__} {error}"
        return
    yield from (("unsourced", what) for what in unsourced(finished))
    for finding in finished.findings:
        if finding.severity == "error":
            yield "in_error", f"{finding.code} {finding.message}「{finding.quote[:60]}」"
        elif finding.code in ("R101", "R102"):
            yield "repeats", f"{finding.code} {finding.message[:120]}"


def unsourced(finished: Manuscript) -> Iterator[str]:
    """Numbers that no slot put in, slots that are not where they say, and words that the script invented."""
    office = "\n".join(point.text for points in finished.data.points.values() for point in points)
    years = {str(finished.data.year + n) for n in (-1, 0, 1)}
    for text in finished.parts:
        for n, paragraph in enumerate(text.paragraphs):
            rest = _without_uses(paragraph, n, text)
            yield from (f"{number}（{paragraph[:40]}）" for number in _DIGITS.findall(rest) if number not in years)
            invented = (words for words in Scripted.PLANTED if words and words in rest and words not in office)
            yield from (f"{words}（{text.part.id}，{text.by}）" for words in invented)


def _without_uses(paragraph: str, n: int, text: PartText) -> str:
    """A paragraph without the figures that slots put in, each taken out where it stands."""
    for use in sorted((use for use in text.uses if use.paragraph == n), key=lambda use: -use.start):
        if paragraph[use.start : use.start + len(use.text)] == use.text and use.source:
            paragraph = f"{paragraph[: use.start]}〓{paragraph[use.start + len(use.text) :]}"
    return _FRAME.sub("", paragraph)


if __name__ == "__main__":
    totals, listed = run(*map(int, sys.argv[1:]))
    print(json.dumps(totals, indent=1), *listed, sep="\n")
