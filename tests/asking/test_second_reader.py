"""A model says what a number is; the program holds it against the tables and the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.asking.second_reader import MARK, second_reading
from assistant.cases import dossier as sound_dossier
from assistant.check import Verdict, check
from assistant.cli import app
from assistant.figures.dossier import Dossier
from assistant.llm.model import Model
from tests.scripted_endpoint import Endpoint

WORDS = "本年镇街自查文件46份，县级抽查12份，合起来58份。群众点单的数量是24件。"


def said(*numbers: dict[str, object]) -> dict[str, object]:
    return {"数字": list(numbers)}


@pytest.fixture
def dossier() -> Dossier:
    return sound_dossier({"add": {"overview": WORDS}})


def read(dossier: Dossier, model: Model) -> Verdict:
    return second_reading(check(dossier), dossier, model)


def unchecked(verdict: Verdict) -> list[str]:
    return [one.text for one in verdict.unchecked]


def place(dossier: Dossier, text: str) -> int:
    paragraph = next(c.spot.paragraph for c in dossier.claims if "群众点单" in c.spot.paragraph.text)
    members = [c for c in dossier.claims if c.spot.paragraph is paragraph]
    return next(at for at, claim in enumerate(members) if claim.mention.text == text)


def test_what_agrees_leaves_the_list_and_what_disagrees_is_a_warning(
    dossier: Dossier, endpoint: Endpoint, model: Model
) -> None:
    before = unchecked(check(dossier))
    assert "24件" in before
    endpoint.otherwise = json.dumps(said({"编号": place(dossier, "24件"), "指标": "新收申请"}), ensure_ascii=False)
    agreed = read(dossier, model)
    assert "24件" not in unchecked(agreed) and [one.text for one in agreed.read_by_model] == ["24件"]
    assert agreed.counts == check(dossier).counts
    endpoint.otherwise = json.dumps(said({"编号": place(dossier, "24件"), "指标": "予以公开"}), ensure_ascii=False)
    against = read(dossier, model)
    (finding,) = [one for one in against.findings if MARK in one.message]
    assert (finding.severity, finding.actual) == ("warning", "24") and against.counts["error"] == 0
    assert finding.fingerprint in [fingerprint for cause in against.causes for fingerprint in cause.findings]


@pytest.mark.parametrize(
    "reply",
    [
        {"编号": 0, "指标": "好评数"},
        {"编号": 99, "指标": "新收申请"},
        {"编号": 0, "指标": "新收申请", "关系": "合计", "对象": [1, 2]},
        {"编号": 0, "关系": "合计", "对象": [0, 1]},
    ],
)
def test_what_there_is_not_leaves_the_number_unchecked(
    dossier: Dossier, endpoint: Endpoint, model: Model, reply: dict[str, object]
) -> None:
    endpoint.otherwise = json.dumps(said(reply), ensure_ascii=False)
    assert unchecked(read(dossier, model)) == unchecked(check(dossier))


def test_a_model_that_is_down_leaves_the_verdict(dossier: Dossier, endpoint: Endpoint, model: Model) -> None:
    endpoint.otherwise = 500
    told: list[str] = []
    verdict = second_reading(check(dossier), dossier, model, told.append)
    assert verdict.findings == check(dossier).findings and told


def test_without_a_model_the_command_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "none")
    (tmp_path / "报告.md").write_text(
        "# 某县2024年政府信息公开工作年度报告\n\n## 一、总体情况\n\n无。\n", encoding="utf-8"
    )
    result = CliRunner().invoke(app, ["check", str(tmp_path / "报告.md"), "--second-reader"])
    assert result.exit_code != 0
