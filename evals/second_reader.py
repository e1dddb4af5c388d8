"""The second reader over unseen prose: what a model that understands finds beyond the grammar, and what it spoils.

    python -m evals.second_reader [--shared ../shared]

The openings of ``../shared/prose`` are sound reports with every checkable figure marked. Each figure is changed as
``../shared/prose/score`` does it, and where ``check`` does not find the change, ``check --second-reader`` is tried with
a model by script that says of a marked number what an attentive reader would (the figure of the form that the mark
and the sound tables single out), and “不明白” of all others. The same is asked of every sound report: a warning
there is false.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from assistant.asking.metric_names import applicant_names, metric_named, metric_names
from assistant.asking.second_reader import second_reading
from assistant.check import Verdict, check
from assistant.figures.dossier import Dossier
from assistant.llm.model import open_model
from assistant.readers import read
from assistant.settings import Settings
from evals.loopback import answering

__all__ = ["main"]

# The letters of the marks (see the scorer): where the ids of the figures that they may mean begin.
_FAMILIES = {
    "A": ("requests.received.",), "W": ("requests.workload.",), "C": ("requests.concluded.",),
    "I": ("requests.carried_in.",), "O": ("requests.carried_out.",), "G": ("requests.granted.",),
    "P": ("requests.partly_granted.",), "D": ("requests.denied.",), "U": ("requests.unavailable.",),
    "N": ("requests.not_processed.",), "X": ("requests.otherwise_handled.",), "L": ("requests.",),
    "K": ("requests.received.",), "V": ("review.",), "S": ("litigation.",),
    "F": ("disclosure.normative_documents.",), "T": ("disclosure.",),
}  # fmt: skip
_NUMBER = re.compile(r"\[(\d+)\]")


def main() -> int:
    """Exit code 1 where a sound report drew a false warning."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    folder = parser.parse_args().shared / "prose"
    if not (folder / "score").exists():
        sys.exit("旁边没有 ../shared/prose，要读的是那里的段落，不能运行。")
    scorer = _module(folder / "score")
    entries = [json.loads(line) for line in (folder / "excerpts.jsonl").read_text(encoding="utf-8").splitlines()]
    tally: Counter[str] = Counter()
    for entry in entries:
        for name, count in _tried(scorer.Excerpt(entry), scorer):
            tally[name] += count
    print(
        f"sound reports {tally['sound']}: unchecked numbers {tally['waiting']}, read and agreeing {tally['agrees']}, "
        f"false warnings {tally['false']}\n"
        f"faults {tally['faults']}: found by the grammar {tally['grammar']}, by the second reader besides "
        f"{tally['besides']}; of those left {tally['checked']} were no unchecked number and {tally['nameless']} have "
        "no single figure of the form that they could be"
    )
    return 1 if tally["false"] else 0


def _tried(excerpt: Any, scorer: Any) -> Iterator[tuple[str, int]]:
    sound = _dossier(excerpt.text())
    before = check(sound)
    meant = {text: _meant(text, scorer.MARK, sound) for _, text in excerpt.places}
    plain = {scorer.MARK.sub(r"\1", text): names for text, names in meant.items()}
    after = _read_again(before, sound, plain)
    yield "sound", 1
    yield "waiting", len(before.unchecked)
    yield "agrees", len(after.read_by_model)
    yield "false", len(after.findings) - len(before.findings)
    for place, text in excerpt.places:
        for mark in scorer.MARK.finditer(text):
            figure = mark[1]
            lead, tail = (scorer.MARK.sub(r"\1", part) for part in (text[: mark.start()], text[mark.end() :]))
            name = meant[text].get(len(lead), "")
            for changed in {scorer.plus_one(figure), scorer.plausible(figure, [], None)} - {figure}:
                yield "faults", 1
                faulty = _dossier(excerpt.text(place, lead + changed + tail))
                verdict = check(faulty)
                if _loud(verdict) - _loud(before):
                    yield "grammar", 1
                    continue
                found = _read_again(verdict, faulty, {lead + changed + tail: {len(lead): name}})
                yield (
                    ("besides" if len(found.findings) > len(verdict.findings) else "checked" if name else "nameless"),
                    1,
                )


def _dossier(text: str) -> Dossier:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, encoding="utf-8")
        return Dossier(read(path))


def _loud(verdict: Verdict) -> Counter[tuple[str, str, str]]:
    """The errors and warnings, as the scorer tells one from another."""
    return Counter((one.code, one.where, one.message) for one in verdict.findings if one.severity != "info")


def _meant(text: str, mark: re.Pattern[str], sound: Dossier) -> dict[int, str]:
    """The marked numbers of a paragraph by where they start in the plain text, each with the name of the form that its
    mark and the sound tables single out; only those that have one."""
    names = {metric_named(name): name for name in metric_names()}
    by_kind = (f"新收申请（{kind}）" for kind in applicant_names())
    names |= {metric_named(name): name for name in by_kind if not name.endswith("（总计）")}
    found = {}
    for one in mark.finditer(text):
        start, value = len(mark.sub(r"\1", text[: one.start()])), re.sub(r"[^\d.]", "", one[1])
        alike = [
            name
            for metric, name in names.items()
            if value and metric.startswith(_FAMILIES.get(one[2], "?")) and sound.book.value(metric) == Decimal(value)
        ]
        if len(alike) == 1:
            found[start] = alike[0]
    return found


def _read_again(verdict: Verdict, dossier: Dossier, paragraphs: Mapping[str, Mapping[int, str]]) -> Verdict:
    with answering(lambda asked: _reply(asked, paragraphs)) as url:
        config = {"llm": "openai:scripted", "openai_base_url": url, "openai_api_key": SecretStr("none")}
        model = open_model(Settings.model_validate(config))
        assert model is not None
        return second_reading(verdict, dossier, model, print)


def _reply(asked: str, paragraphs: Mapping[str, Mapping[int, str]]) -> str:
    """What an attentive reader says of the numbers of the paragraph that it was shown."""
    plain = _NUMBER.sub("", asked)
    names = next(((plain.index(text), names) for text, names in paragraphs.items() if text in plain), (0, {}))
    told = []
    for number in _NUMBER.finditer(asked):
        name = names[1].get(len(_NUMBER.sub("", asked[: number.start()])) - names[0])
        told.append({"编号": int(number[1]), **({"指标": name} if name else {"不明白": True})})
    return json.dumps({"数字": list({one["编号"]: one for one in told}.values())}, ensure_ascii=False)


def _module(path: Path) -> Any:
    loader = SourceFileLoader("prose_score", str(path))
    spec = spec_from_loader("prose_score", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
