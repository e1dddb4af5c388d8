"""Sentences of our own, and what each number in them claims.

A row of the table names the claims in order: ``number = readings``. Readings are short: ``received`` is
requests.received.total, ``a|b`` are two readings, ``a+b`` is a sum; ``-`` is a number that claims nothing.
"""

from __future__ import annotations

import pytest
from dossiers import dossier

from assistant.figures.claim_reader import claims_in, claims_of
from assistant.figures.claims import Claim
from assistant.language.sentences import sentences

YEAR = 2024
SENTENCES = [
    # verbs, and the subject carried on
    ("本年新收政府信息公开申请24件。", "24件=received"),
    ("收到申请24件，办结23件，结转下年度继续办理3件。", "24件=received|workload 23件=concluded 3件=carried_out"),
    ("上年结转2件，转入2025年办理3件。", "2件=carried_in 3件=carried_out"),
    ("全年收办申请26件。", "26件=workload|received"),
    ("办理政府信息公开申请23件。", "23件=concluded|workload|received"),
    ("本年收到新申请24件，同比增长4.35%。", "24件=received|workload 4.35%=yoy:received|workload"),
    # some of the applications, and the tables do not tell which
    ("网上受理申请18件，窗口受理6件。", "18件=- 6件=-"),
    ("1至6月收到申请12件。", "12件=-"),
    ("延期答复申请2件。", "2件=-"),
    # the number comes first
    ("24件申请依法受理。", "24件=received|workload"),
    ("余下3件转入下年继续办理。", "3件=carried_out"),
    # a comparison in the clause before is not about this number
    ("申请量较上年有所上升，全年新收申请24件。", "24件=received"),
    # outcomes, groups, leaves
    ("申请办理结果为予以公开11件、部分公开3件、不予公开2件。", "11件=granted 3件=partly_granted 2件=denied"),
    ("无法提供5件，不予处理1件，其他处理1件。", "5件=unavailable 1件=not_processed 1件=otherwise_handled"),
    ("予以公开及部分公开14件，不予公开或无法提供7件。", "14件=granted+partly_granted 7件=denied+unavailable"),
    ("作出不予公开答复2件。", "2件=denied"),
    ("属于国家秘密1件，重复申请2件。", "1件=denied.state_secret 2件=not_processed.repeated"),
    ("因本机关不掌握无法提供4件。", "4件=unavailable.not_held|unavailable"),
    # columns go with the rows before them
    ("新收申请24件，其中自然人20件，法人或其他组织4件。", "24件=received 20件=received.natural_person 4件=received.legal_person"),
    ("收到申请26件（自然人22件、商业企业3件），办结23件。", "26件=received|workload 22件=received.natural_person|workload.natural_person 3件=received.business|workload.business 23件=concluded"),
    ("律师事务所申请1件。", "1件=received.legal_service|workload.legal_service"),
    # what a bracket says does not carry on behind it
    ("办结申请23件（行政复议7件），结转下年3件。", "23件=concluded 7件=review.total 3件=carried_out"),
    ("收到申请24件（行政复议7件），答复23件。", "24件=received|workload 7件=review.total 23件=concluded"),
    # cases
    ("行政复议收到7件，行政诉讼收到4件。", "7件=review.total 4件=litigation.total"),
    ("行政复议7件，维持4件，纠正1件。", "7件=review.total 4件=review.upheld 1件=review.corrected"),
    ("行政诉讼4件，尚未审结1件。", "4件=litigation.total 1件=litigation.pending"),
    ("未经复议直接起诉3件，复议后起诉1件。", "3件=litigation.direct.total 1件=litigation.after_review.total"),
    ("行政复议、行政诉讼共11件。", "11件=review.total+litigation.total|litigation.total"),
    ("行政复议审结6件。", "6件=review.upheld+review.corrected+review.other_outcome"),
    # table 2
    ("制发行政规范性文件3件，废止1件，现行有效12件。", "3件=norm.issued|norm.produced 1件=norm.repealed 12件=norm.in_force"),
    ("行政许可5120件，作出行政处罚340件。", "5120件=licensing.decisions 340件=penalties.decisions"),
    ("行政事业性收费1087.31万元。", "1087.31万元=fees.amount"),
    # another thing is counted
    ("办理人大建议和政协提案31件。", "31件=-"),
    ("收到申请24件，提案办理结果公开5件。", "24件=received|workload 5件=-"),
    ("信息处理费880元，网民留言回复389条。", "880元=- 389条=-"),
    ("政府网站发布信息1950条。", "1950条=-"),
    ("申请数量比上年增加3件。", "3件=change:received|workload"),
    ("申请数量由23件增至24件，增长4.35%。", "23件=received|workload 24件=received|workload 4.35%=yoy:received|workload"),
    ("新收、办结申请分别为24件、23件。", "24件=received 23件=concluded"),
    ("新收22件加上年结转2件，合计24件。", "22件=received 2件=carried_in 24件=received+carried_in"),
    ("上半年收到申请9件，下半年收到15件，全年共24件。", "9件=- 15件=- 24件=received|workload"),
    ("收到申请24件，公开11件，其余2件不予公开。", "24件=received|workload 11件=granted 2件=denied"),
    ("政府网站公开文件11件。", "11件=-"),
    ("行政复议7件，4件维持、1件纠正，其他1件。", "7件=review.total 4件=review.upheld 1件=review.corrected 1件=review.other_outcome"),
    ("行政复议7件，纠错率14.3%。", "7件=review.total 14.3%=share:review.corrected"),
    # rates
    ("新收申请24件，同比增长4.35%。", "24件=received 4.35%=yoy:received"),
    ("办结申请23件，较上年下降8%。", "23件=concluded 8%=yoy:concluded"),
    ("新收申请24件，其中自然人20件，占83.33%。", "24件=received 20件=received.natural_person 83.33%=share:received.natural_person"),
    ("新收申请24件，比上年多1件，增长4.35%。", "24件=received 1件=change:received 4.35%=yoy:received"),
    ("社会评议满意率95.69%。", "95.69%=-"),
]  # fmt: skip


def _short(metric: str) -> str:
    short = (
        metric.removeprefix("requests.").replace("disclosure.normative_documents", "norm").removeprefix("disclosure.")
    )
    return short.removesuffix(".total") if metric.startswith("requests.") else short


def _said(claim: Claim) -> str:
    readings = "|".join("+".join(_short(metric) for metric in reading) for reading in claim.readings)
    kind = "" if claim.relation in ("value", "none") else f"{claim.relation}:"
    return f"{claim.mention.text}={'-' if claim.relation == 'none' else kind + readings}"


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_what_each_number_claims(sentence: str, expected: str) -> None:
    assert " ".join(_said(claim) for claim in claims_in(sentence, YEAR)) == expected


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("新收申请24件。", [2024]),
        ("新收申请24件，2023年为23件。", [2024, 2023]),
        ("新收申请24件，去年为23件。", [2024, 2023]),
        ("2023年收到申请21件。", [2023]),
        ("2024年收到申请24件。", [2024]),
        ("办结23件（含2023年末未办结的2件）。", [2024, 2024]),
    ],
)
def test_the_year_a_number_speaks_of(sentence: str, years: list[int]) -> None:
    assert [claim.year for claim in claims_in(sentence, YEAR, "requests")] == years


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("全年受理申请24件。", ""),
        ("县政府办受理申请17件。", "政府办"),
        ("代表县政府受理申请17件。", "代表政府"),
        ("通过网络受理申请17件。", "渠道"),
        ("自条例施行以来累计受理申请170件。", "时段"),
        ("备案行政复议案件12件。", "备案"),
        ("云政办发〔2024〕5号印发后，受理申请24件。", ""),
    ],
)
def test_the_scope_within_which_it_speaks(sentence: str, scope: str) -> None:
    assert claims_in(sentence, YEAR)[-1].scope == scope


def test_directions_of_change() -> None:
    up, down = claims_in("新收申请24件，同比增长4%；办结申请23件，同比减少8%。", YEAR)[1::2]
    assert (up.direction, down.direction) == (1, -1)


def test_a_subheading_sets_what_its_paragraphs_speak_of() -> None:
    text = "（二）依申请公开\n共收到24件。\n（三）政府信息管理\n共收到9件。"
    claims = claims_of(dossier({"text": {"overview": text}}).report)
    said = [_said(claim) for claim in claims if claim.spot.section == "overview"]
    assert said == ["24件=received|workload", "9件=-"]


def test_a_claim_knows_where_it_stands() -> None:
    claims = claims_of(dossier({"text": {"review": "先说一句。全年行政复议7件。"}}).report)
    (claim,) = [claim for claim in claims if claim.spot.section == "review"]
    assert claim.spot.where == "四、政府信息公开行政复议、行政诉讼情况"
    assert claim.spot.sentence == "全年行政复议7件。"


def test_a_semicolon_does_not_end_a_sentence() -> None:
    assert [text for _, text in sentences("甲1件；乙2件。丙3件！丁")] == ["甲1件；乙2件。", "丙3件！", "丁"]
