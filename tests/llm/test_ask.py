"""Asking a model over a real connection: what is accepted, what goes back, what is given up."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from scripted_endpoint import serving

from assistant.errors import ModelUnavailable
from assistant.llm import Budget, Refused, ask


class Town(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str

    @field_validator("name")
    @classmethod
    def known(cls, name: str, info: ValidationInfo) -> str:
        if name not in (info.context or {})["known"]:
            raise ValueError(f"没有叫“{name}”的地方")
        return name


KNOWN = {"known": ("清源区",)}


def test_a_good_answer_is_taken_at_once(endpoint, model_at):
    endpoint.says({"name": "清源区"})
    answered = ask(model_at(endpoint.url), "在哪里？", Town, context=KNOWN)
    assert (answered.value.name, answered.retries, answered.refusals) == ("清源区", 0, ())
    assert endpoint.requests[0]["response_format"]["type"] == "json_schema"
    assert endpoint.requests[0]["max_tokens"] == 1200


def test_what_was_wrong_goes_back_to_the_model(endpoint, model_at):
    endpoint.says({"name": "桃花源"}, "清源区。", {"name": "清源区"})
    answered = ask(model_at(endpoint.url), "在哪里？", Town, context=KNOWN)
    assert answered.retries == 2
    assert answered.refusals[0] == "没有叫“桃花源”的地方"
    assert "没有叫“桃花源”的地方" in endpoint.requests[1]["messages"][-1]["content"]
    assert "JSON" in endpoint.requests[2]["messages"][-1]["content"]
    assert len(endpoint.requests[2]["messages"]) == 1, "a wrong answer is not shown again: small models repeat it"


@pytest.mark.parametrize(
    "reply",
    ['{"name": "清源区"', '```json\n{"name": "清源区"}\n```', "[]", '{"nom": "清源区"}', '{"name": 7}', '{"name": "清源区", "x": 1}'],
)  # fmt: skip
def test_broken_and_foreign_json_is_refused_not_mended(endpoint, model_at, reply):
    endpoint.otherwise = reply
    with pytest.raises(Refused) as refused:
        ask(model_at(endpoint.url), "在哪里？", Town, context=KNOWN, retries=2)
    assert len(refused.value.refusals) == len(endpoint.requests) == 3


def test_an_answer_cut_short_is_told_to_be_shorter(endpoint, model_at):
    endpoint.finish_reason = "length"
    endpoint.says('{"name": "清源')
    endpoint.otherwise = 500
    with pytest.raises(ModelUnavailable):
        ask(model_at(endpoint.url), "在哪里？", Town, context=KNOWN)
    assert "写短一些" in endpoint.last_message()


@pytest.mark.parametrize(
    ("reply", "told"),
    [(500, "出错（500）"), (429, "太多"), (401, "密钥"), (404, "没有这个地址或模型"), (400, "不接受这个请求"), ("", "空白")],
)  # fmt: skip
def test_a_failing_service_is_told_in_chinese_and_asked_once(endpoint, model_at, reply, told):
    endpoint.otherwise = reply
    with pytest.raises(ModelUnavailable) as unavailable:
        ask(model_at(endpoint.url), "在哪里？", Town, context=KNOWN)
    assert told in str(unavailable.value)
    assert unavailable.value.help
    assert "sk-secret" not in str(unavailable.value)
    assert len(endpoint.requests) == 1, "one layer of retries only, and this is not it"


def test_silence_is_cut_off(endpoint, model_at):
    endpoint.otherwise = None
    with pytest.raises(ModelUnavailable, match="时限"):
        ask(model_at(endpoint.url, llm_timeout_seconds=0.3), "在哪里？", Town, context=KNOWN)


def test_a_service_that_is_not_there(model_at):
    with serving() as gone:
        pass
    with pytest.raises(ModelUnavailable, match="连接不上"):
        ask(model_at(gone.url), "在哪里？", Town, context=KNOWN)


def test_the_budget_of_a_job_is_kept(endpoint, model_at):
    endpoint.otherwise = "不是 JSON"
    budget = Budget(4)
    model = model_at(endpoint.url)
    with pytest.raises(Refused):
        ask(model, "在哪里？", Town, context=KNOWN, budget=budget)
    with pytest.raises(ModelUnavailable, match="上限"):
        ask(model, "在哪里？", Town, context=KNOWN, budget=budget)
    assert len(endpoint.requests) == 4


def test_json_mode_brings_the_schema_in_the_prompt(endpoint, model_at):
    endpoint.says({"name": "清源区"})
    ask(model_at(endpoint.url, llm_method="json_mode"), "在哪里？", Town, context=KNOWN)
    assert endpoint.requests[0]["response_format"] == {"type": "json_object"}
    assert "additionalProperties" in endpoint.last_message()
