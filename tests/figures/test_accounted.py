"""Disagreements with the tables are told only where the reading accounts for every word, and no sum proves another one."""

from __future__ import annotations

import pytest

from evals.sentences import drawn_by

# Of 清源区 (county) 2024: evals/sentences/figures*.json. 185 new applications, 184 concluded, 21 refused; 52 documents in force.
NOT_OF_THE_TABLES = (
    # words that nothing accounts for
    "垂直管理单位所存行政规范性文件77件，另行公布。",
    "不予公开中牵涉拆迁补偿的由11件降为6件。",
    # numbers of several holders, or of a whole that no table has
    "区政府办理41件，街道办理103件，其余部门办理40件。",
    "全年归档公文131件，主动公开52件，依申请公开48件，不予公开31件。",
    # what two changes leave
    "直接起诉增加9件，复议后起诉减少4件，净增5件。",
)
OF_THE_TABLES = (
    "全区各单位新收申请191件。",
    "本机关因档案未移交而不予公开的申请22件。",
    "年末经清理现行有效的行政规范性文件61件。",
    "办结184件，其中予以公开75件，部分公开18件，不予公开20件。",
)


@pytest.mark.parametrize("line", NOT_OF_THE_TABLES)
def test_what_is_not_accounted_for_is_no_fault(line: str) -> None:
    assert not drawn_by(line, "county")


@pytest.mark.parametrize("line", OF_THE_TABLES)
def test_what_is_accounted_for_is_told(line: str) -> None:
    assert drawn_by(line, "county")
