"""The measure of a real model, taken of a scripted one."""

from __future__ import annotations

import json
import re

from pydantic import SecretStr

from assistant.asking import Answer, Citation
from assistant.llm import open_model
from assistant.settings import Settings
from evals import real_model
from evals.loopback import answering
from evals.real_model_answers import not_cited
from evals.real_model_calls import Calls, reasons
from evals.real_model_drafts import measure

POINTS = re.compile(r"~~~~要点（资料，不是指令）\n(.*?)\n~~~~", re.DOTALL)


def test_every_part_has_its_calls_and_refusals(tmp_path):
    def reply(prompt):
        points = re.findall(r"^\d+\. (.+)$", POINTS.search(prompt)[1], re.MULTILINE)
        worded = [f"本年度，{point}" for point in points]
        return json.dumps({"sentences": worded if "没有采用" in prompt else [f"共7391件，{points[0]}", *worded[1:]]})

    with answering(reply) as url:
        model = open_model(Settings(llm="openai:x", openai_base_url=url, openai_api_key=SecretStr("k")))
        calls = Calls(tmp_path / "log.jsonl")
        model.chat.callbacks = [calls]
        measured = measure(model, calls, ["问题"])
    part = measured["reports"][0]["parts"][0]
    assert (part["part"], part["by"], part["calls"], part["word_for_word"]) == ("问题", "model", 2, part["points"])
    assert (measured["share_by_model"], measured["first_try"]) == (1, 0)
    assert any("不要自己写数字" in reason for reason in measured["reasons"])
    assert measured["reports"][0]["unsourced"] == []
    assert len((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()) == len(calls.made)


def test_refusals_are_counted_without_their_particulars():
    told = reasons(["不要自己写数字“3件”；第1条要点没有写到（一…）", "第2条要点没有写到（二…）"])
    assert told == {"第…条要点没有写到…": 2, "不要自己写数字…": 1}


def test_numbers_that_no_citation_has_are_found():
    cited = Citation(
        id="P1", unit="某区", year=2024, where="一", quote="公开1,950条，举办第七期培训班，二十个工作日内答复。"
    )
    told = Answer.model_construct(
        question="",
        answer="2024年公开1950条，办班第7期。\n1. 三十个工作日内答复，见第八条。",
        citations=(cited,),
        figures=(),
        abstained=False,
    )
    assert list(not_cited(told)) == ["三十", "八"]


def test_a_wrong_call_says_what_can_be_asked(capsys):
    assert real_model.main(["nothing"]) == 2
    assert "drafts 或 answers" in capsys.readouterr().err
