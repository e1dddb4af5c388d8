"""What a number leaves unsaid is settled by the tables, and by nothing else: where no sense holds, the likeliest is told."""

from __future__ import annotations

import pytest

from evals.sentences import drawn_by

# Of 清源区 2024 (evals/sentences/figures.json).
SOUND = (
    "商业企业新收12件、办结12件。",  # of the applicants that were named last
    "“其他”类申请2件，年内办结2件。",
    "尚未审结的复议、诉讼案件2件，其中复议1件，直接起诉1件。",  # of the outcome that the whole tells
    "法人或其他组织申请27件，多于上年5件。",  # by how much, not what it was
    "2023年新收申请162件，当年办结160件；2024年新收185件，办结184件。",
    "近两年共新收申请347件，办结344件。",
    "新收的12件商业企业申请均已办结。",
    "法律服务机构办结9件、予以公开9件，公开率100%；自然人157件中予以公开47件，公开率29.9%。",  # by their own numbers
    "法律服务机构全年共新收9件，同比增加1件。",
    "其他类型的组织提出2件，全部予以公开。",
    "全年受理诉讼9件、复议12件，被纠正的2件都出在复议。",
    "群众对依申请公开不熟悉，窗口引导有待加强。",
    "予以公开74件，占40.2%。上年这一数字是66件，占41.3%。",  # of the sentence before
    "行政规范性文件制发6件，废止4件，现行有效52件。以上三项依次较上年减少2件、增加2件、增加2件。",
    "行政诉讼9件，其中直接起诉5件、复议后起诉4件。已审结的8件中维持6件，另有1件尚未审结。",
    "年末结转与2023年报告所列的结转下年度6件相比，增加1件。",
)
WRONG = (
    "商业企业新收12件、办结13件。",
    "尚未审结的复议、诉讼案件2件，其中复议1件，直接起诉2件。",
    "法人或其他组织申请27件，多于上年6件。",
    "近两年共新收申请347件，办结343件。",
    "自然人新收158件，商业企业新收158件。",  # what a number says itself is not settled
    "法律服务机构办结9件、予以公开9件，公开率100%；自然人157件中予以公开47件，公开率39.9%。",
    "法律服务机构全年共新收8件。",
    "其他类型的组织提出申请5件。",
    "全年受理诉讼9件、复议12件，被纠正的1件都出在复议。",
    "予以公开74件，占40.2%。上年这一数字是67件，占41.3%。",
    "予以公开74件，占40.2%。上年这一数字是66件，占42.3%。",
    "行政规范性文件制发6件，废止4件，现行有效52件。以上三项依次较上年减少2件、增加2件、增加3件。",
    "行政复议12件，维持7件、纠正2件。与上年相比总量增加4件。",
    "行政诉讼9件，其中直接起诉5件、复议后起诉4件。已审结的8件中维持6件，另有2件尚未审结。",
    "全年新收申请162件。",  # last year's, and nothing speaks of last year
    "本年新收申请均由自然人提出。",
    "予以公开的74件，申请人全部是自然人。",
    "组织培训4期，参训180人次，平均每期50人次。",
    "来信5213封，办结5187封，未办结36封。",
    "上半年收到15件、下半年收到21件，下半年比上半年少6件。",
    "咨询4208件次，电话3126件次、网络1082件次，电话占25.7%。",
)


@pytest.mark.parametrize("line", SOUND)
def test_a_sense_of_the_sentence_that_holds_is_taken(line: str) -> None:
    assert not drawn_by(line, "county")


@pytest.mark.parametrize("line", WRONG)
def test_where_none_holds_it_is_told(line: str) -> None:
    assert drawn_by(line, "county")
