"""How an answer is judged by the strings that it must have."""

from __future__ import annotations

import pytest

from assistant.asking import Answer
from evals.asked import judged


def given(text: str, *, abstained: bool = False) -> Answer:
    return Answer(question="问", answer="", abstained=True, route="figures").model_copy(
        update={"answer": text, "abstained": abstained}
    )


@pytest.mark.parametrize(
    ("case", "answer", "verdict"),
    [
        ({"gold_type": "R", "gold": ["97"]}, given("新收97件。"), "right"),
        ({"gold_type": "R", "gold": ["97"]}, given("新收197件。"), "wrong figure"),
        ({"gold_type": "R", "gold": ["97"]}, given("没有“网友”的数字，新收97件。", abstained=True), "asked back"),
        ({"gold_type": "R", "gold": ["97"]}, given("没有。", abstained=True), "refused"),
        ({"gold_type": "R", "gold": ["12.1|12.06"]}, given("增长12.06%。"), "right"),
        ({"gold_type": "ART", "gold": ["三十三"]}, given("第三十三条规定。"), "right"),
        ({"gold_type": "ART", "gold": ["三十三"]}, given("第三十条规定。"), "wrong"),
        ({"gold_type": "ABSTAIN", "gold": []}, given("3件。"), "answered though nothing answers it"),
        ({"gold_type": "ABSTAIN", "gold": []}, given("没有。", abstained=True), "right"),
    ],
)
def test_a_verdict_by_strings(case: dict[str, object], answer: Answer, verdict: str) -> None:
    assert judged(case, answer) == verdict
