"""Questions about figures as people put them: what is answered, from which cells, and what is not answered at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from small_report import report

from assistant.asking import Answer, answer
from assistant.library import Library
from assistant.library.ingest import ingest

TODAY = date(2025, 11, 1)


def ask(question: str, library: Library) -> Answer:
    return answer(question, library, today=TODAY)


@pytest.fixture(scope="module")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """甲区 2023 (20 applications) and 2024 (12), 乙区 2024 (30), 丙县 2024 (12); what was carried in is blank everywhere."""
    folder = tmp_path_factory.mktemp("small")
    texts = {
        "甲区_2023": report(2023, 20), "甲区_2024": report(2024, 12),
        "乙区_2024": report(2024, 30).replace("甲区", "乙区"), "丙县_2024": report(2024, 12).replace("甲区", "丙县"),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with Library(folder / "library", create=True) as library:
        ingest(sorted(folder.glob("*.md")), library, vectors=False)
        yield library


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2024年不予公开和无法提供一共多少件", ["48件", "17件", "31件"]),
        ("清源区2024年不予公开比无法提供少多少", ["17件", "31件", "前者比后者少14件"]),
        ("清源区2024年自然人比法人多多少件", ["140件", "18件", "多122件"]),
        ("清源区2024年不掌握在无法提供里占多少", ["27件", "31件", "87.10%"]),
        ("清源区2024年予以公开和部分公开合计占办结总数的比例", ["95件", "156件", "60.90%"]),
        ("清源区2024年公开率", ["47.44%", "如按“予以公开＋部分公开”计", "60.90%"]),
        ("清源区2024年不予公开率", ["17件", "156件", "10.90%"]),
        ("清源区2024年办结率多少", ["156件", "162件", "96.30%"]),
        ("清源区2024年复议纠错率", ["1件", "11件", "9.09%"]),
        ("清源区2024年审结的复议案件有几件", ["已审结10件", "11件", "1件"]),
        ("清源区2024年新收比上年增长百分之几", ["17件", "12.06%"]),
        ("清源去年比前年多收多少件申请", ["“去年”为2024年、“前年”为2023年", "2025年11月1日", "增加17件"]),
        ("清源区2024年公开率比2023年高多少", ["47.44%", "45.83%", "1.61个百分点"]),
        ("清源区哪年新收申请最多", ["2024年最多，为158件", "2022年：126件"]),
        ("清源区处罚数量哪年最少", ["2024年最少，为1397件"]),
        ("清源区近三年平均每年新收多少件", ["平均每年141.67件"]),
        ("清源区近三年一共新收多少件", ["合计425件"]),
        ("清源区2022年以来新收走势", ["126件", "158件"]),
        ("清源区哪些年新收超过140件", ["超过140件的有2023—2024年", "141件", "158件"]),
        ("清源区哪些年有过败诉", ["2022—2024年中各年都是零", "0件"]),
        ("清源区2024年有没有行政复议被纠正", ["有。", "1件"]),
        ("清源区2024年有没有败诉的官司", ["没有。", "0件"]),
        ("清源区2024年无法提供的主要原因是什么", ["本机关不掌握27件", "需要另行制作3件"]),
        ("清源区2024年哪种不予公开的情形最多", ["“第三方合法权益”、“行政查询事项”并列最多", "4件"]),
        ("清源区2024年申请人构成", ["自然人）140件", "法律服务机构）4件"]),
        ("清源区2024年新收多少、办结多少、结转下年多少", ["158件", "156件", "6件"]),
        ("清源区2024年申请多少件，公开多少件", ["158件", "予以公开74件"]),
        ("清源区２０２４年新收多少件？", ["158件"]),
        ("清源区二〇二四年行政付议几件", ["11件"]),
        ("清源区二四年新收多少件", ["158件"]),
        ("咸安和清源2024年一共新收多少件", ["2个单位合计255件"]),
        ("咸安比清源2024年新收少多少", ["江州市清源区人民政府比咸安区人民政府多61件"]),
        ("2024年哪个单位新收申请最多", ["江州市清源区人民政府最多，为158件"]),
        ("咸安区2024年不予公开排第几", ["咸安区人民政府在资料库的各单位中排第2位"]),
        ("2024年哪些单位新收超过100件", ["2个单位中超过100件的有1个", "158件"]),
    ],
)  # fmt: skip
def test_operations(corpus_library: Library, question: str, says: list[str]) -> None:
    given = ask(question, corpus_library)
    assert not given.abstained and given.route == "figures" and given.citations
    assert [words for words in says if words not in given.answer] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("清源区2024年网上收到申请多少件", "网上"),
        ("清源区2024年第一季度申请多少件", "第一季度"),
        ("清源区2024年老年人申请多少件", "老年人"),
        ("清源区民政局2024年新收多少件", "民政局"),
        ("清源区2024年人均申请多少件", "人均"),
        ("清源区2024年征地拆迁的复议多少件", "征地"),
        ("清源区2024年除了窗口之外的申请有几件", "窗口、之外"),
        ("清源区2024年各镇街申请多少件", "镇街"),
    ],
)
def test_a_part_that_no_table_tells_is_not_answered_with_the_whole(
    corpus_library: Library, question: str, words: str
) -> None:
    given = ask(question, corpus_library)
    assert given.abstained and f"没有单独列出“{words}" in given.answer and not given.figures


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2024年除了自然人之外的申请有几件", "除去新收申请（自然人）为18件"),
        ("清源区2024年非自然人申请多少件", "新收申请（法人或其他组织）为18件"),
        ("清源区2024年没有被纠正的复议有几件", "除去行政复议结果纠正为"),
        ("清源区2024年不属于信访的不予处理几件", "除去信访举报投诉类申请为"),
        ("清源区2024年除重复申请外不予处理的还有几件", "除去重复申请为"),
    ],
)
def test_what_is_taken_away_is_part_of_the_figure(corpus_library: Library, question: str, says: str) -> None:
    given = ask(question, corpus_library)
    assert not given.abstained and says in given.answer, given.answer


def test_a_word_that_may_narrow_is_asked_back_with_what_was_understood(corpus_library: Library) -> None:
    given = ask("清源区2024年老年人申请多少件", corpus_library)
    assert given.abstained and "没有单独列出“老年人”" in given.answer and "新收申请为158件" in given.answer


@pytest.mark.parametrize("words", ["的准确数字是", "官方公布的", "，听说不少，到底"])
def test_words_about_the_asking_narrow_nothing(corpus_library: Library, words: str) -> None:
    given = ask(f"清源区2024年新收申请{words}多少件", corpus_library)
    assert not given.abstained and "158件" in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区22、23、24三年一共收了多少件新申请", ["425"]),
        ("清源区2024年自然人里予以公开占比", ["（自然人）"]),
        ("咸安区2024年的许可比清源区2023年的许可多多少", ["江州市清源区人民政府2023年", "比"]),
        ("清源区2024年制发和废止的规章与规范性文件一共几件", ["11件"]),
    ],
)
def test_lists_shares_and_units_each_of_its_year(corpus_library: Library, question: str, says: list[str]) -> None:
    given = ask(question, corpus_library)
    assert not given.abstained and [words for words in says if words not in given.answer] == []


def test_which_units_grew(corpus_library: Library) -> None:
    given = ask("2024年哪几家的新收比2023年多", corpus_library)
    assert not given.abstained and "比上年增加的有1个单位" in given.answer


def test_a_change_without_its_base_is_no_answer(corpus_library: Library) -> None:
    given = ask("咸安区2024年新收比2023年增长多少", corpus_library)
    assert given.abstained and "97件" in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("赤壁2024年新收多少件", ["没有“赤壁”的报告"]),
        (
            "清原区2024年新收多少",
            ["没有“清原区”的报告", "名称最接近的是江州市清源区人民政府", "要问的是江州市清源区人民政府吗"],
        ),
        ("清源区2019年新收多少件", ["没有江州市清源区人民政府2019年的报告", "最接近的是2022年"]),
        ("咸安区和赤壁市2024年新收多少件", ["没有“赤壁市”的报告"]),
        ("区政府2024年新收多少件", ["咸安区人民政府、江州市清源区人民政府"]),
        ("清源区2024年按时答复率", []),
        ("清源区2024年政府集中采购金额", ["没有“政府集中采购采购总金额”这个数字"]),
    ],
)
def test_what_is_not_held(corpus_library: Library, question: str, says: list[str]) -> None:
    given = ask(question, corpus_library)
    assert given.abstained and [words for words in says if words not in given.answer] == []


@pytest.mark.parametrize(
    ("question", "figure", "sentence"),
    [
        ("清源区2024年政府网站公开信息多少条", "2154条", "区政府网站公开信息2154条"),
        ("清源区2024年政务新媒体发布信息几条", "1392条", "政务新媒体本年发布信息1392条"),
        ("清源区2024年培训搞了几期", "3期", "开办培训3期"),
        ("清源区2024年开了几场新闻发布会", "5场", "5场新闻发布会"),
        ("清源区2024年社会评议满意率多少", "95.69%", "满意率95.69%"),
        ("咸安2024云上咸安发了多少条", "10919条", "10919条"),
        ("咸安区2024年政府网站公开信息多少条", "1950条", "1950条"),
    ],
)
def test_figures_of_the_prose(corpus_library: Library, question: str, figure: str, sentence: str) -> None:
    given = ask(question, corpus_library)
    assert [one.text for one in given.figures] == [figure] and given.route == "passages"
    assert "出自正文" in given.answer and sentence in given.citations[0].quote


def test_a_number_that_the_prose_does_not_state_is_not_taken_from_its_neighbour(corpus_library: Library) -> None:
    for question in ("清源区2024年微博发布多少条", "清源区2024年培训办了多少天", "清源区2024年志愿者多少人"):
        assert not ask(question, corpus_library).figures


def test_blank_is_said_and_is_no_zero(small_library: Library) -> None:
    given = ask("甲区2024年上年结转多少件", small_library)
    assert given.abstained and "空白不等于零" in given.answer and "0件" not in given.answer
    assert [citation.where for citation in given.citations] == ["表三 二·总计"]
    for question in ("甲区历年上年结转", "2024年各单位上年结转排名", "甲区2024年收办多少件", "甲区2024年办结率"):
        assert not ask(question, small_library).figures, question


@pytest.mark.parametrize(
    ("question", "says", "not_says"),
    [
        ("2024年哪个单位新收最多", ["乙区人民政府最多，为30件", "丙县", "甲区"], []),
        ("2024年哪个区新收最少", ["甲区", "最少，为12件"], ["丙县"]),
        ("2024年新收最少的是哪两家单位", ["并列最少，为12件"], []),
        ("2024年各单位平均新收多少", ["3个单位平均18件"], []),
        ("2024年各单位新收合计", ["3个单位合计54件"], []),
        ("2024年哪些单位新收不足20件", ["不足20件的有2个"], ["乙区人民政府："]),
        ("甲区2024年新收在各单位里排第几", ["甲区人民政府在资料库的各单位中排第2位"], []),
        ("甲区2024年新收同比", ["12件", "20件", "减少8件", "下降40"], []),
    ],
)
def test_across_units(small_library: Library, question: str, says: list[str], not_says: list[str]) -> None:
    given = ask(question.replace("人民政府", ""), small_library)
    answered = given.answer.replace("某市", "").replace("人民政府", "")
    assert not given.abstained
    assert [words for words in says if words.replace("人民政府", "") not in answered] == []
    assert [words for words in not_says if words.replace("人民政府", "") in answered] == []


def test_a_total_that_its_table_contradicts_is_said_with_a_caution(shared_library: Library) -> None:
    given = ask("洪泽区2023年行政复议多少件", shared_library)
    assert "为0件" in given.answer and "相加为11件" in given.answer and "不符" in given.answer


def test_both_readings_are_named(shared_library: Library) -> None:
    given = ask("宿迁2023年受理多少件", shared_library)
    assert {figure.metric: str(figure.value) for figure in given.figures} == {
        "requests.received.total": "3511", "requests.workload.total": "3607",
    }  # fmt: skip


def test_what_a_year_that_is_not_held_would_be_is_told_by_the_nearest(corpus_library: Library) -> None:
    given = ask("咸安区2020年新收多少件", corpus_library)
    assert given.abstained and "最接近的是2024年：" in given.answer and "97件" in given.answer and not given.figures


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2024年既不是维持也不是纠正的复议几件", "除去行政复议结果维持＋行政复议结果纠正为"),
        ("清源区2024年除直接起诉外的诉讼几件", "行政诉讼除去未经复议直接起诉为"),
        ("清源区2024年不是企业的法人申请几件", "除去新收申请（商业企业）为"),
    ],
)
def test_only_what_is_part_of_a_figure_is_taken_from_it(corpus_library: Library, question: str, says: str) -> None:
    given = ask(question, corpus_library)
    assert says in given.answer and "为-" not in given.answer


def test_a_share_of_people_that_no_report_counts_is_refused(corpus_library: Library) -> None:
    assert ask("清源区2024年那些申请人，女的占几成", corpus_library).abstained


def test_a_ratio_of_two_figures_is_no_share(corpus_library: Library) -> None:
    given = ask("清源区2024年行政处罚是行政许可的百分之多少", corpus_library)
    assert not given.abstained and "相当于" in given.answer and "%" in given.answer
