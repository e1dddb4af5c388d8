"""Whether a passage says what a sentence says: kinds that natural answers and natural slips show."""

import pytest

from assistant.asking.passages.assertions import Source, unfounded
from assistant.asking.passages.numbers import unbound


def rule(text: str) -> Source:
    return Source("", None, "第九十条 借阅", text)


LENDING = rule(
    "借阅人可以在网上续借。从流通部借出的图书，由流通部收回；从特藏部借出的图书，由保管该书的部门收回。"
    "借期从登记之日起算，为30日。馆员应当把学校、医院、工厂的借阅情况告知负责人。"
    "图书污损的，借阅人应当赔偿；图书遗失的，借阅人应当买一本新的。"
    "有读者证的，才能借阅。只有编目以后，新书才可以借阅。"
)
SAID = [
    "您可以在网上续借。",  # who asks is addressed
    "借期自登记之日起算，为30日。",
    "图书污损的，借阅人应当赔偿，图书遗失的，借阅人应当买一本新的。",  # two rules, each with its condition
    "图书如果污损，借阅人应当赔偿。",  # a condition whose 如果 stands behind what it is of
    "借期为30日，自登记之日起算；图书污损的，借阅人应当赔偿。",  # rules that stand apart
    "没有读者证的，不能借阅。",  # denied twice: 凭读者证才能借阅
    "只有编目以后，新书才能借阅。",  # 才能 is 才可以
]
NOT_SAID = [
    ("借期自归还之日起算，为30日。", "归还"),  # from when a term runs
    ("从特藏部借出的图书，由编目该书的部门收回。", "编目"),  # which one it is
    ("馆员应当把学校、车站、工厂的借阅情况告知负责人。", "车站"),  # one of a list
    ("图书污损的，借阅人应当买一本新的。", ""),  # the condition of another rule
    ("借阅人可以在网上续借杂志。", "杂志"),  # a thing that no passage names
    ("从特藏部借出的图书，由流通部收回。", ""),  # the clauses of two rules
    ("新书可以借阅。", ""),  # without the condition that it holds under only
    ("没有读者证的，可以借阅。", ""),
    ("可以续借的，借阅人应当赔偿。", ""),  # what may be done as the condition of another rule
]


@pytest.mark.parametrize("sentence", SAID)
def test_a_rule_may_be_told_in_other_words(sentence: str) -> None:
    assert not unfounded(sentence, [LENDING])


@pytest.mark.parametrize(("sentence", "word"), NOT_SAID)
def test_what_tells_which_one_is_meant_stays(sentence: str, word: str) -> None:
    faults = unfounded(sentence, [LENDING])
    assert faults and word in faults[0]


REPORTS = [
    Source("甲市青山区人民政府", year, f"甲市青山区人民政府 · {year}年 · 依申请公开", f"全年新收申请{count}件。")
    for year, count in ((2023, 41), (2024, 58))
]


def test_a_difference_of_two_figures_told_is_no_figure_of_its_own() -> None:
    assert not list(unbound("青山区2023年新收申请41件，2024年新收申请58件，多了17件。", REPORTS))
    assert list(unbound("青山区2023年新收申请41件，2024年新收申请58件，多了18件。", REPORTS))


def test_offices_of_a_report_keep_what_they_do() -> None:
    report = REPORTS[0]._replace(text="文件修改以后，由青山区档案局提出变更，青山区司法局复核，青山区财政局发布。")
    assert not unfounded("文件修改以后，由青山区档案局提出变更，青山区司法局复核。", [report])
    assert unfounded("文件修改以后，由青山区财政局提出变更，青山区司法局复核。", [report])
