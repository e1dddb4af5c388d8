"""An unknown word joined to a known one makes the whole unknown: 婉拒公开 is no 公开."""

import pytest

from assistant.figures.claim_reader import claims_in


@pytest.mark.parametrize(
    "modified", ["婉拒公开", "暂缓公开", "推迟公开", "免予公开", "延期公开", "未公开", "拟公开", "拒绝公开"]
)
def test_a_modified_outcome_is_not_the_outcome(modified: str) -> None:
    _, part = claims_in(f"办结申请9件，其中{modified}3件。", 2024, "requests")
    assert part.readings == ()


@pytest.mark.parametrize("lead", ["其中公开", "其中依法公开", "结果为公开", "全部公开", "县局机关公开", "已公开"])
def test_what_says_only_how_or_by_whom_changes_nothing(lead: str) -> None:
    _, part = claims_in(f"办结申请9件，{lead}3件。", 2024, "requests")
    assert part.readings == (("requests.granted.total",),)
