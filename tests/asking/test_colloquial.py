"""Questions in everyday words: sums with 加, multiples, kinds of lawsuits, bounds, growth; and what must not be answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from small_report import report

from assistant.asking import Answer, answer
from assistant.asking.conversation.chat import chat
from assistant.library import Library
from assistant.library.ingest import ingest

TODAY = date(2025, 11, 1)


def ask(question: str, library: Library) -> Answer:
    return answer(question, library, today=TODAY)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """甲区 (20 applications in 2023, 12 in 2024), its office (3 in 2024), 乙区 (10 and 30)."""
    folder = tmp_path_factory.mktemp("offices")
    texts = {
        "甲区_2023": report(2023, 20), "甲区_2024": report(2024, 12),
        "办公室_2024": report(2024, 3).replace("某市甲区", "某市甲区人民政府办公室"),
        "乙区_2023": report(2023, 10).replace("甲区", "乙区"), "乙区_2024": report(2024, 30).replace("甲区", "乙区"),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with Library(folder / "library", create=True) as library:
        ingest(sorted(folder.glob("*.md")), library, vectors=False)
        yield library


@pytest.mark.parametrize(
    ("question", "says"),
    [
        # held against a multiple, what neither of two applied for, what somebody is to fetch
        ("清源区2024年新收是不是不到2022年的一半", ["是2022年的1.25倍"]),
        ("清源区2024年予以公开有没有超过不予公开的四倍", ["前者是后者的4.35倍"]),
        ("清源区2024年予以公开超过不予公开的四倍没有", ["前者是后者的4.35倍"]),
        ("清源区2024年新收的申请里不是个人也不是企业提的几件", ["减去", "自然人", "商业企业"]),
        ("我要填表，先帮我取清源区2024年的两个数：新收、结转下年", ["158件", "6件"]),
        ("麻烦给我们领导拎出来清源区2024年的结转下年", ["6件"]),
        ("清源区2024年有多少申请其实是信访、举报的，因此没予处理", ["信访举报投诉类申请为"]),
        ("清源区2024年复议案件那么多，被纠正的占总数的比例", ["9.09%"]),
        ("清源区2024年信息公开引起的官司一共几起", ["行政诉讼为5件"]),
        ("我是记者，在写一篇关于清源区的稿子。清源区2024年新收多少件", ["158件"]),
        ("撇开自然人，清源区2024年新收申请来自哪类申请人最多", ["商业企业", "最多"]),
        ("清源区这三份年报里新收申请合计多少", ["合计425件"]),
        ("清源区现行有效的规范性文件从2023年底到2024年底净增多少", ["同比"]),
        # what the share is of stands in the clause before; what is not, and what is done neither way
        ("清源区2024年不予处理的，信访投诉那类占百分之多少", ["占不予处理7件"]),
        ("清源区2024年办结的企业申请，予以公开的占比多少", ["占办结总数（商业企业）11件"]),
        ("清源区2024年办结的里头不是自然人提的有几件", ["为17件"]),
        ("清源区2024年已经审结但没维持的复议几件", ["为3件"]),
        ("清源区2024年规范性文件发的比废的多多少件", ["前者比后者多"]),
        ("清源区2024年予以公开的到没到办结的四成", ["47.44%"]),
        ("清源区2024年先去复议、完了还打官司的有几件", ["复议后起诉为2件"]),
        ("清源区2024年个人的申请，部分公开的比例是多少", ["占办结总数（自然人）139件"]),
        ("清源区行政处罚是不是连着两年往下走？每年少了多少", ["减少54件", "减少85件"]),
        # whether a total is what its parts come to
        ("清源区2024年不予公开各理由加起来等不等于总数", ["相加为17件", "与总计相符"]),
        # words of the parties before a case, and a rate with its formula, narrow nothing
        ("清源区2023年走完复议还不服气、又告到法院的，年底没审结的几件", ["复议后起诉尚未审结为1件"]),
        ("清源区2024年不服复议决定去起诉的有多少", ["复议后起诉为2件"]),
        ("清源区2024年申请人不满意去复议的有几件", ["行政复议为11件"]),
        ("清源区2023年不予公开率怎么样，就是不予公开除以办结的总数", ["12.50%"]),
        ("清源区2024年结转率，按结转下年除以新收", ["3.80%"]),
        ("清源区2023、2024年行政处罚哪年降得厉害些", ["2024年下降最快"]),
        ("清源区2024年收了多少申请，公开了多少", ["158件", "予以公开74件"]),
        ("清源区2024年办结的申请里给了的占多少", ["47.44%"]),
        ("清源区2024年被告了几次，输了没", ["行政诉讼为5件", "没有。", "纠正为0件"]),
        ("清源区2024年的申请有几件是要求补正但没补的", ["逾期不补正为2件"]),
        ("清源区2024年无法提供几件，分别是哪几种", ["本机关不掌握27件", "需要另行制作3件"]),
        ("清源区2024年不予公开里不为零的是哪几项", ["第三方合法权益4件"]),
        ("2024年哪家没有行政诉讼", ["没有为零的"]),
        ("清源区2024年申请量在两家里排第几", ["第1位"]),
        ("清源区2024年复议里有没有被纠正的", ["有。", "1件"]),
        ("清源区2024年直接起诉的结果怎么样", ["为3件", "结果维持"]),
        ("清源区2024年打的官司结果如何", ["行政诉讼为5件", "结果维持3件"]),
        ("清源区2024年新收加上年结转等于多少", ["162件"]),
        ("清源区2024年收到的申请有没有超过2023年", ["增加17件"]),
        ("清源区2024年办结的156件里公开了多少", ["予以公开为74件"]),
        # outcomes that are listed, behind a clause that asks how
        ("清源区2024年申请是怎么办的？予以公开、无法提供分别列一下", ["予以公开74件", "无法提供31件"]),
        ("清源区2024年收到的申请都怎么答复的？分类列出来", ["予以公开74件", "不予公开17件"]),
        ("清源区2023年复议是怎么判的？维持、纠正、没审结的分别列明", ["结果维持6件", "尚未审结1件"]),
        ("清源区2023年不予公开都是因为啥？八种情形逐个列一下", ["行政查询事项5件", "行政执法案卷4件"]),
        # what is added
        ("清源区2023年公开加部分公开合计多少件", ["83件", "予以公开66件", "部分公开17件"]),
        ("清源区2024年公开的加部分公开的一共几件", ["95件"]),
        ("清源区2024年新收加上年结转一共多少", ["162件", "158件", "4件"]),
        ("清源区2024年不予公开加无法提供有多少件", ["48件"]),
        ("清源区2024年复议和诉讼加一块儿几件", ["16件"]),
        ("清源区三年累计收了多少申请", ["合计425件"]),
        ("清源区不予公开连续三年的数据", ["14件", "18件", "17件"]),
        # multiples
        ("清源区2024年新收是2023年的几倍", ["158件", "141件", "是2023年的1.12倍"]),
        ("清源区2024年新收是去年的几倍", ["是2023年的1.12倍"]),
        ("清源区2024年新收是咸安的几倍", ["是咸安区人民政府的1.63倍"]),
        ("清源区2024年自然人申请是法人的几倍", ["140件", "18件", "前者是后者的7.78倍"]),
        # kinds, wholes and parts
        ("清源区2023年行政诉讼两类各多少件", ["未经复议直接起诉4件", "复议后起诉3件"]),
        ("清源区2024年复议和诉讼两类各多少", ["行政复议11件", "行政诉讼5件"]),
        ("清源区2024年诉讼几件，输了几件", ["行政诉讼5件", "结果纠正0件"]),
        ("清源区2024年新收多少件，其中自然人多少件", ["新收申请158件", "（自然人）140件"]),
        ("清源区2024年不予公开几件，其中第三方的几件", ["不予公开17件", "第三方合法权益4件"]),
        ("清源区2024年办理结果怎么样", ["予以公开74件", "其他处理6件"]),
        ("清源区2024年打官司赢了几件", ["结果维持为3件"]),
        ("清源区2024年占比最高的是哪类申请人", ["“新收申请（自然人）”最多，为140件"]),
        ("清源区2023年年初手上还有几件没办完", ["上年结转申请为7件"]),
        ("清源区哪年没有缴费逾期的", ["为零的有2022年、2024年"]),
        ("清源区哪些年复议被纠正过", ["不为零的有2022—2024年"]),
        ("清源区2024年被纠正的复议有几件", ["结果纠正为1件"]),
        ("清源区2024年法人的公开率", ["9件", "17件", "52.94%"]),
        ("清源区2024年复议维持率和纠错率", ["63.64%", "9.09%"]),
        ("清源区2024年商业企业比律所多申请几件", ["多7件"]),
        ("清源区2024年收了多少，办了多少，还剩多少", ["158件", "156件", "结转下年度继续办理6件"]),
        ("清源区2024年收件多少、办件多少、公开多少、不公开多少", ["156件", "予以公开74件", "不予公开17件"]),
        ("清源区2024年公开类答复占比", ["74件", "47.44%"]),
        ("清源区2024年行政诉讼胜诉率", ["3件", "5件", "60%"]),
        ("清源区2024年打了几场官司，赢了几场", ["行政诉讼5件", "结果维持3件"]),
        ("清源区2024年被复议机关纠正了几次", ["行政复议结果纠正为1件"]),
        ("清源区2024年信息公开申请主要是谁提的", ["（自然人）140件"]),
        ("清源区法人申请三年分别多少", ["12件", "14件", "18件"]),
        ("清源区最新一期年报里处罚多少件", ["2024年行政处罚处理决定数量为1397件"]),
        ("清源区2022年底没办完、转到2023年的申请", ["2022年结转下年度继续办理为7件"]),
        ("咸安区2024年规范性文件制发比废止多多少", ["制发件数为35件", "前者比后者"]),
        # changes
        ("清源区2023年与2024年不予公开相比如何", ["18件", "17件", "减少1件"]),
        ("清源区行政处罚逐年下降吗", ["2022年：1536件", "2023年：1482件", "2024年：1397件"]),
        ("清源区申请量哪年增长最快", ["2024年增长最快", "增长12.06%", "增长11.90%"]),
        ("清源区处罚哪年下降最多", ["2024年减少最多", "减少85件", "减少54件"]),
        ("清源区不予公开哪年下降最快", ["2024年下降最快", "下降5.56%"]),
        ("清源区2022年到2024年行政许可一直在涨吗", ["18427件", "19652件", "20318件"]),
        ("咸安和清源2024年办结率对比", ["96.30%", "97.94%", "多1.64个百分点"]),
        ("清源区2022到2024年行政强制总量", ["合计143件"]),
        # bounds
        ("清源区2023年收费超过900万了吗", ["是。", "915.30万元"]),
        ("清源区2024年收费超过900万元了吗", ["不是。", "893.76万元"]),
        ("清源区哪些年收费超过900万元", ["有2023年"]),
        ("清源区哪些年新收大于等于141件", ["2023—2024年"]),
        ("清源区近三年新收有没有超过200件", ["没有哪一年超过200件"]),
        ("清源区2024年新收不到200件吧", ["是。", "158件"]),
        ("清源区2024年新收有没有超过200件", ["不是。", "158件"]),
        ("清源区2024年是不是没有败诉", ["没有。", "0件"]),
        ("2024年复议超过11件的有几家", ["超过11件的有1个", "咸安区人民政府：15件"]),
        ("2024年没有上年结转的单位有哪些", ["为零的有1个", "咸安区人民政府：0件"]),
        ("2024年新收申请排前两名的是哪两个单位", ["江州市清源区人民政府最多"]),
    ],
)  # fmt: skip
def test_everyday_words(corpus_library: Library, question: str, says: list[str]) -> None:
    given = ask(question, corpus_library)
    assert not given.abstained and given.route == "figures" and given.citations
    assert [words for words in says if words not in given.answer] == []


@pytest.mark.parametrize(
    "question",
    [
        "帮我民政局清源区2024年新收几件",
        "清源区2024年行政处罚一共罚了多少万元",
        "凭你的感觉，清源区信息公开工作能打几分",
        "清源区2024年专门做信息公开的工作人员有几个",
        "清源区2024年培训去了多少记者",
        "清源区2024年社会评议得了多少分",
        "清源区2024年的复议是谁提的",
        "清源区2024年新收加天气一共多少",  # only one of the two is a figure
        "清源区2024年申请被驳回的几件",
        "清源区2024年不服答复的申请有几件",
        "清源区2024年不服一审判决上诉到法院的有几件",
        "清源区2024年复议案件赔了多少钱",
        "清源区2024年新收申请是全省的百分之几",
        "清源区2024年新收占四家单位合计的多少",
        "清源区2024年新收年均增长多少",
        "清源区2024年规范性文件净增加多少",
        "清源区2024年新收申请占三年总量的多少",
        "清源区2024年两项公开合计占办结总数多少",
        "清源县2024年收多少申请",
        "清源区2024年每件申请平均花多少钱",
        "清源区2024年“如我申请”新收多少件",
    ],
)
def test_a_word_that_no_figure_explains_keeps_the_figure_back(corpus_library: Library, question: str) -> None:
    given = ask(question, corpus_library)
    assert given.abstained and not given.figures


def test_a_negation_is_not_looked_up_in_the_prose(corpus_library: Library) -> None:
    given = ask("清源区2024年没有收费的申请有几件", corpus_library)
    assert "信息处理费" not in given.answer


def test_why_something_was_corrected_is_no_figure(corpus_library: Library) -> None:
    given = ask("清源区2022年复议被纠正是什么原因", corpus_library)
    assert given.route == "passages" and not given.figures


@pytest.mark.parametrize("question", ["盲人来申请有没有照顾", "自来水公司的信息要公开吗"])
def test_a_rule_is_nobody_s_figure(corpus_library: Library, question: str) -> None:
    given = ask(question, corpus_library)
    assert given.route == "passages" and "的报告" not in given.answer.split("资料库现有")[0]


def test_a_total_that_its_parts_contradict_is_no_plain_no(shared_library: Library) -> None:
    given = ask("洪泽2023年有没有行政复议", shared_library)
    assert not given.answer.startswith(("有。", "没有。")) and "不符" in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2023年处理费收了多少", ["510元"]),
        ("清源区2022年信息公开栏目保留多少个", ["32个"]),
        ("清源2023年政策文件库收了多少份文件", ["318份"]),
        ("清源区2024年社会评议满意率", ["95.69%"]),
    ],
)
def test_figures_of_the_prose(corpus_library: Library, question: str, says: list[str]) -> None:
    given = ask(question, corpus_library)
    assert [one.text for one in given.figures] == says and "出自正文" in given.answer


def test_a_number_of_a_place_is_that_place_s(tmp_path: Path) -> None:
    text = report(2024, 12).replace(
        "## 一、总体情况", "## 一、总体情况\n\n制作简明问答98期，其中，本级48期、东山县17期、西山镇33期。", 1
    )
    (tmp_path / "甲区_2024.md").write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
        given = ask("甲区2024年东山县制作简明问答多少期", library)
        missing = ask("甲区2024年南山县制作简明问答多少期", library)
    assert [one.text for one in given.figures] == ["17期"] and not missing.figures


def test_a_change_of_what_was_handled_is_none_of_what_is_new(tmp_path: Path) -> None:
    text = report(2024, 12).replace("## 一、总体情况", "## 一、总体情况\n\n全年收办申请15件，同比增长70%。", 1)
    (tmp_path / "甲区_2024.md").write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
        given = ask("甲区2024年新收申请比上年增长多少", library)
    assert given.abstained and "70%" not in given.answer


def test_two_sentences_that_differ_are_both_told(tmp_path: Path) -> None:
    text = report(2024, 12).replace(
        "## 一、总体情况", "## 一、总体情况\n\n全年发布政策解读32件。\n\n政府公报登载政策解读18件。", 1
    )
    assert "32件" in text
    (tmp_path / "甲区_2024.md").write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
        given = ask("甲区2024年政策解读发了多少件", library)
    assert "两处" in given.answer and {one.text for one in given.figures} == {"32件", "18件"}


def test_a_change_that_only_the_prose_tells_is_quoted(tmp_path: Path) -> None:
    told = "全年新收政府信息公开申请12件，比上年下降40%。"
    text = report(2024, 12).replace("## 一、总体情况", f"## 一、总体情况\n\n{told}", 1)
    (tmp_path / "甲区_2024.md").write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
        given = ask("甲区2024年新收申请比上年增长多少", library)
        other = ask("甲区2024年行政许可比上年增长多少", library)
    assert told in given.answer and "没有2023年的报告" in given.answer and not given.abstained
    assert other.abstained


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("2024年的三份报告里，新收申请最多的是谁", ["乙区最多，为30件"]),
        ("区政府办公室2024年新收几件", ["甲区人民政府办公室2024年新收申请为3件"]),
        ("甲区政府办2024年新收几件", ["甲区人民政府办公室2024年新收申请为3件"]),
        ("甲区2024年新收几件", ["某市甲区2024年新收申请为12件"]),
        ("区政府办公室和乙区2024年新收各几件", ["办公室：3件", "乙区：30件"]),
        ("2024年哪个单位新收增长最快", ["乙区增长最快", "同比增长200.00%", "甲区：12件", "下降40.00%", "没有计入"]),
        ("2024年新收最少的两个单位", ["办公室最少，为3件", "1. ", "2. "]),
        ("2023年所有单位一共收了多少申请", ["2个单位合计30件"]),
    ],
)
def test_offices_and_growth_across_units(offices: Library, question: str, says: list[str]) -> None:
    given = ask(question, offices)
    assert not given.abstained, given.answer
    assert [words for words in says if words not in given.answer] == [], given.answer


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        (["清源区2024年新收多少件", "武汉市呢"], "没有“武汉市”的报告"),
        (["清源区2024年新收多少件", "比咸安多多少"], "多61件"),
        (["清源区2024年新收多少件", "咸安呢", "差多少"], "多61件"),
        (["清源区2024年新收多少件", "占几成是自然人"], "88.61%"),
        (["清源区2024年新收多少件", "占比最高的是哪类申请人"], "（自然人）”最多"),
        (["清源区2024年予以公开多少件", "占办结的比例"], "47.44%"),
        (["清源区2024年予以公开多少件", "部分公开呢", "两个加起来"], "95件"),
        (["清源区2024年复议多少件", "诉讼呢", "加起来多少"], "16件"),
        (["2024年新收最多的单位", "最少的呢"], "咸安区人民政府最少，为97件"),
        (["清源区2024年新收申请情况", "具体多少件"], "158件"),
        (["清源区2024年复议几件", "输了几件"], "行政复议结果纠正为1件"),
        (["第二十条第五项是什么", "第六项呢"], "第（六）项：行政处罚"),
        (["第三十三条第一款", "第二款呢"], "20个工作日"),
        (["清源区2024年新收多少件", "哪年增长最快"], "2024年增长最快"),
        # the whole of a share: what was told before, or what is named
        (["清源区2024年不予公开几件", "其中第三方的占百分之几"], "占不予公开17件"),
        (["清源区2024年不予公开几件", "国家秘密的呢", "第三方的呢", "占办结的呢"], "占办结总数156件"),
        (["清源区2024年不予公开多少件，其中第三方占百分之几"], "占不予公开17件"),
        (["清源区2024年复议多少件", "纠正率"], "占行政复议"),
        # what was told one after the other
        (["咸安2024年不予公开几件", "无法提供呢", "哪个多"], "前者比后者少25件"),
        (["咸安2024年不予公开几件", "无法提供呢", "哪个多", "占办结的百分之几"], "33.68%"),
        (["咸安2024年不予公开几件", "无法提供呢", "上面两个数加起来占办结的多少"], "41.05%"),
        (["咸安2024年不予公开几件", "无法提供呢", "清源这两项各多少"], "不予公开17件"),
        (["清源区2024年新收多少件", "咸安呢", "前者的办结呢"], "江州市清源区人民政府2024年办结总数为156件"),
        (["清源区2024年新收多少件", "咸安呢", "咸安占几成"], "占2个单位合计255件的38.04%"),
        (["2024年清源和咸安谁的行政处罚多", "最多那家的行政许可呢"], "咸安区人民政府2024年行政许可处理决定数量为"),
        (["清源区历年新收多少件", "最少的那年办结了多少"], "2022年办结总数为124件"),
        # beside another unit or year
        (["清源区2024年行政强制几件", "咸安的行政强制是它的几倍"], "是江州市清源区人民政府的2.09倍"),
        (["清源区2024年行政强制几件", "上年几件"], "2023年行政强制处理决定数量为52件"),
        (["清源区2024年行政强制几件", "2023年呢", "差多少", "2022年呢"], "2022年行政强制处理决定数量为47件"),
        (["清源区2024年办结多少", "换2023年再来一遍"], "2023年办结总数为144件"),
        # no object of its own: what was spoken of, no applications
        (["信息处理费怎么收", "要是25件呢"], "应收1500元"),
        (["信息处理费怎么收", "清源2023年真收过吗，收了多少"], "合计510元"),
        (["信息处理费怎么收", "清源2023年收过吗", "2024年呢"], "信息处理费收入为0元"),
        (["清源2023年信息处理费收了多少", "其中按量计收的几件", "2024年收了几件"], "信息处理费收入为0元"),
        (["清源区2024年复议几件", "维持的呢", "那年诉讼又是几件"], "行政诉讼为5件"),
        (["清源区2024年新收申请几件", "新收申请比上一年是多是少，百分之几"], "同比增长12.06%"),
        # a year alone; what is asked of the parts that a report was quoted with
        (["清源区2023年新收多少件", "24", "多了多少"], "增加17件"),
        # what cannot be reckoned is asked back, and the talk stays where it was
        (["清源区2024年新收多少件", "三项加起来", "2023年呢"], "2023年新收申请为141件"),
    ],
)
def test_follow_ups(corpus_library: Library, turns: list[str], says: str) -> None:
    assert says in list(chat(turns, corpus_library, today=TODAY))[-1].answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2024年予以公开加部分公开，占办结总数的百分之多少", "60.90%"),
        ("清源区2024年公开率多少，我说的是予以公开加部分公开 除以 办结", "60.90%"),
        ("清源区2O24年新收几件", "158件"),
        ("清源区24年行政强制怎么又多起来了", "减少8件"),
        ("清源区2024年收费合多少亿元", "0.089376亿元（约0.0894亿元）"),
        ("他们就是不给我公开，我能去法院告吗", "第五十一条"),
        ("被拒绝公开可以起诉吗", "第五十一条"),
        ("清源区2022年年初手上还有多少上年没办完的申请", "5件"),
        ("清源区2021年结转到2022年的申请几件", "2022年上年结转申请为5件"),
        ("自然人找清源区申请，2024年落了个“不掌握”的几件", "本机关不掌握（自然人）"),
        ("清源区2024年无法提供下面那三个小项各几件，顺手给个合计", "其中：本机关不掌握"),
        ("能不能把清源区2024年复议的维持、纠正和总计这三格念给我", "行政复议结果维持"),
        ("既非个人又非企业，这样的申请人，清源区2024年新收几件", "除去新收申请（自然人、商业企业）"),
        ("清源区2024年不予处理的申请，百分之几是信访", "占不予处理"),
        ("清源区2024年自然人申请办结了那么多，完全公开给他们的占百分之几", "占办结总数（自然人）"),
        ("领导要看，把清源区和咸安区24年新收和予以公开的件数对比着列列", "予以公开"),
        ("25年9月26日收到征求意见书，第三方最迟几月几日回", "2025年10月23日"),
        ("2024-03-28签收的申请，不延期的话最后一天是几号（20个工作日）", "答复期限为20个工作日"),
    ],
)
def test_as_people_ask(corpus_library: Library, question: str, says: str) -> None:
    given = ask(question, corpus_library)
    assert says in given.answer
    assert not given.abstained


def test_what_was_not_told_is_not_reckoned(corpus_library: Library) -> None:
    told = list(chat(["清源区2024年新收多少件", "三项加起来"], corpus_library, today=TODAY))[-1]
    assert told.abstained
    assert "要问的是这一项吗" in told.answer


@pytest.mark.parametrize("question", ["清源区2024年“特事特办”的申请几件", "清源区2024年申请里答错了的几件"])
def test_what_may_narrow_is_asked_back(corpus_library: Library, question: str) -> None:
    assert ask(question, corpus_library).abstained
