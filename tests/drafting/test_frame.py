"""What a report is made of: the opening, the heads of the office, where its own figures stand, what is compared."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from assistant.drafting import draft, markdown, read_workbook, write_workbook
from assistant.drafting.draft import composed_part
from assistant.drafting.frame import followed_up
from assistant.drafting.office import PARTS, OwnFigure
from assistant.drafting.slots import gather
from assistant.figures.book import Book


def owning(data, *own: tuple[str, str, str, str], written: str = ""):
    figures = tuple(
        OwnFigure(
            name=name,
            value=Decimal(value),
            unit=unit,
            source="台账",
            part=part,
            address=f"其他数据!B{row}",
            written=written,
        )
        for row, (name, value, unit, part) in enumerate(own, start=2)
    )
    return data.model_copy(update={"own": figures})


def prose(data, part, **more) -> str:
    return "\n".join(draft(data, **more).part(part).paragraphs)


@pytest.mark.parametrize("braces", ["{{网站信息}}", "｛｛网站信息｝｝", "{{ 网站信息 }}条"])
def test_a_note_names_the_figure_that_stands_in_it(office, braces):
    data = office(fee="0", points={"主动公开": (f"通过政府网站发布{braces}，当天审核。",)})
    data = owning(data, ("网站信息", "860", "条", "主动公开"))
    text = prose(data, "主动公开")
    assert "通过政府网站发布860条，当天审核。" in text
    assert text.count("860") == 1, "and is not told again"


def test_an_approximate_figure_stays_as_it_was_written(office):
    data = owning(
        office(points={"主动公开": ("公开信息{{信息}}。",)}), ("信息", "140000", "条", "主动公开"), written="14万余"
    )
    finished = draft(data)
    assert "公开信息14万余条。" in "".join(finished.part("主动公开").paragraphs)
    assert [use.source for use in finished.part("主动公开").uses if use.text == "14万余条"] == ["其他数据!B2（台账）"]


def test_a_figure_that_is_not_there_is_asked_for(office):
    finished = draft(office(points={"主动公开": ("公开信息{{网页信息}}条。",)}))
    assert "【待补：“网页信息”的数字】" in markdown(finished)
    assert "F115" in {finding.code for finding in finished.findings}


def test_a_figure_stands_with_the_note_that_speaks_of_it(office):
    points = ("便民服务大厅设立政务公开专区，提供打印服务。", "网站完成适老化改造。", "解读材料与文件同步发布。")
    own = (
        ("政务公开专区", "11", "个", "公开平台建设"),
        ("文件同步发布", "8", "篇", "公开平台建设"),
        ("新闻发布会", "3", "场", "公开平台建设"),
    )
    text = prose(owning(office(points={"公开平台建设": points}), *own), "公开平台建设")
    assert text.startswith("便民服务大厅设立政务公开专区，提供打印服务，全区共有政务公开专区11个。网站"), (
        "the hall has one of them"
    )
    assert text.endswith("年内召开新闻发布会3场。")


def test_a_note_on_something_like_it_does_not_speak_of_a_figure(office):
    data = owning(
        office(points={"公开平台建设": ("中心设立政务公开专区，配备打印机。",)}),
        ("村务公开栏", "14", "处", "公开平台建设"),
    )
    assert prose(data, "公开平台建设") == "中心设立政务公开专区，配备打印机。现有村务公开栏14处。"


def test_eleven_counts_are_no_sentence(office):
    own = [(f"第{name}组台账检查", str(n), "次", "监督保障") for n, name in enumerate("一二三四五六七八九十", start=2)]
    own.append(("热线来电", "5", "次", "监督保障"))
    text = prose(owning(office(unit="某市财政局", level="部门"), *own), "监督保障")
    assert max(len(re.findall(r"\d+次", sentence)) for sentence in text.split("。")) <= 3
    assert all(f"{n}次" in text for n in range(2, 12))


def test_section_one_opens_with_what_the_office_says_of_the_year(office):
    own_words = "全年围绕优化营商环境推进公开。"
    finished = draft(office(points={"总体情况": (own_words,)}))
    assert finished.part("总体情况").paragraphs == (own_words,)
    text = markdown(finished)
    assert text.index("## 一、总体情况") < text.index(own_words) < text.index("（一）主动公开")
    assert "待补" not in "".join(draft(office()).part("总体情况").paragraphs)


def test_heads_of_the_office_stand_behind_those_of_the_form(tmp_path, office):
    path = tmp_path / "数据.xlsx"
    write_workbook(path, office(points={"标准化建设": ("公开事项清单下发到村。",)}), None)
    data = read_workbook(path)
    assert data.notes == ("工作要点：“标准化建设”不是格式所列的部分，作为自设的小标题排在第一部分最后",)
    text = markdown(draft(data))
    assert text.index("（五）监督保障") < text.index("（六）标准化建设") < text.index("公开事项清单下发到村。")
    assert text.index("公开事项清单下发到村。") < text.index("## 二、")


@pytest.mark.parametrize("slip", ["主动公开情况", "监督和保障", "平台建设", "二、主动公开"])
def test_a_slip_is_no_head(tmp_path, office, slip):
    path = tmp_path / "数据.xlsx"
    write_workbook(path, office(), None)
    book = load_workbook(path)
    book["工作要点"]["A2"] = slip
    book.save(path)
    with pytest.raises(Exception, match="工作要点!A2：应为"):
        read_workbook(path)


def test_only_what_stands_out_is_compared(office):
    now = {"requests.granted": 90, "requests.denied.internal_affairs": 30, "requests.unavailable.not_held": 41}
    before = {"requests.granted.total": 30, "requests.denied.internal_affairs.total": 29}
    before |= {"requests.unavailable.not_held.total": 40, "requests.received.total": 99}
    figures = {f"{row}.{column}": Decimal(n) for row, n in now.items() for column in ("natural_person", "total")}
    for row in ("received", "concluded"):
        figures |= {f"requests.{row}.{column}": Decimal(161) for column in ("natural_person", "total")}
    text = prose(office(figures), "依申请公开", last_year={metric: Decimal(n) for metric, n in before.items()})
    assert "与上年相比，予以公开的增加60件。" in text


def test_a_first_time_is_told_from_nought(office):
    figures = {f"requests.granted.{column}": Decimal(50) for column in ("natural_person", "total")}
    for row in ("received", "concluded"):
        figures |= {f"requests.{row}.{column}": Decimal(50) for column in ("natural_person", "total")}
    before = {"requests.granted.total": Decimal(0), "requests.received.total": Decimal(0)}
    assert "予以公开的由0件增至50件。" in prose(office(figures), "依申请公开", last_year=before)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((100, 200, 90), "申请数量由上年的增长转为减少。"),
        ((200, 100, 190), "申请数量由上年的减少转为增长。"),
        ((100, 200, 300), ""),
        ((100, 103, 90), ""),  # that may be chance
        ((0, 0, 90), ""),
    ],
)
def test_a_trend_that_turned_is_told(office, counts, told):
    figures = {
        f"requests.{row}.{column}": Decimal(counts[2])
        for row in ("received", "concluded", "granted")
        for column in ("natural_person", "total")
    }
    earlier, last = ({"requests.received.total": Decimal(n)} for n in counts[:2])
    material = gather(office(figures), Book(last, earlier))
    text = "".join(composed_part(next(p for p in PARTS if p.id == "依申请公开"), material).paragraphs)
    assert (told in text) if told else ("转为" not in text)


def test_cases_for_the_first_time_are_told_from_nought(office):
    figures = {
        f"requests.{row}.{column}": Decimal(50)
        for row in ("received", "concluded", "granted")
        for column in ("natural_person", "total")
    }
    figures |= {"review.total": Decimal(12), "review.upheld": Decimal(12)}
    before = {"review.total": Decimal(0), "requests.received.total": Decimal(48)}
    assert "与上年相比，行政复议由0件增至12件。" in prose(office(figures), "依申请公开", last_year=before)
    finished = draft(office(figures), last_year=before)
    assert not [f for f in finished.findings if f.severity == "error" and f.code != "F115"]


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_order_is_the_same_every_year(office, year):
    data = office(seed=3).model_copy(update={"year": year})
    text = prose(data, "依申请公开")
    places = [
        text.index(word) for word in ("新收", "自然人", "法人", "结转", "办结", "予以公开", "行政复议", "行政诉讼")
    ]
    assert places == sorted(places)


def test_plans_that_ended_alike_are_told_together():
    points = ("上年提出的“清理栏目”，已完成。", "上年提出的“编制范本”，已完成。", "上年提出的“改版网站”，正在推进。")
    assert followed_up(points, "进展如下。") == ("上年提出的“清理栏目”“编制范本”，均已完成。“改版网站”正在推进。")
    points = ("上年提出的“清理栏目”，已完成。", "上年提出的“缩短时限”，已压缩到三日以内。")
    assert followed_up(points, "") == "上年提出的“清理栏目”，已完成。上年提出的“缩短时限”，已压缩到三日以内。"
    assert followed_up(("栏目清理完毕，注销5个。",), "进展如下。") == "进展如下。栏目清理完毕，注销5个。"


def test_a_note_that_named_the_thing_is_not_told_it_again(office):
    data = owning(
        office(points={"公开平台建设": ("政务公开专区配备自助查询机。",)}),
        ("政务公开专区接待", "530", "人次", "公开平台建设"),
    )
    assert prose(data, "公开平台建设") == "政务公开专区配备自助查询机，全年接待530人次。"


def test_disclosure_opens_with_what_went_through_each_channel(office):
    own = (
        ("座谈会", "2", "场", "主动公开"),
        ("通过区政府网站公开信息", "318", "条", "主动公开"),
        ("主动公开政府信息", "900", "条", "主动公开"),
    )
    told = prose(owning(office(), *own), "主动公开").split("\n")[1]
    assert told.startswith("全年主动公开政府信息900条，通过区政府网站公开信息318条。重大项目")
    assert told.endswith("年内召开座谈会2场。")


def test_what_was_done_stands_before_how_it_was_judged(office):
    points = ("明确专人负责。", "工作考核结果为良好。", "没有需要追究责任的情形。")
    told = prose(owning(office(points={"监督保障": points}), ("业务培训", "2", "期", "监督保障")), "监督保障")
    assert told.startswith("明确专人负责。全年举办业务培训2期。工作考核结果为良好。")


def test_a_fee_that_a_note_tells_is_not_told_again(office):
    assert "没有收取" not in prose(office(fee="0", points={"其他事项": ("全年收取信息处理费0元。",)}), "其他事项")
    assert "没有收取" in prose(office(fee="0", points={"其他事项": ("执行信息处理费管理办法。",)}), "其他事项")
    other = prose(office(fee="0", points={"其他事项": ("全年收取信息处理费80元。",)}), "其他事项")
    assert "没有收取" in other, "two that disagree are both told, and the checks find them"


def test_a_fee_denied_in_other_words_is_not_asked_for(office):
    text = prose(office(fee="0", points={"其他事项": ("本年没有收取任何依申请公开费用。",)}), "其他事项")
    assert "待补" not in text


def test_what_went_through_a_channel_stands_with_the_note_on_it(office):
    points = ("公众号设置自动回复。", "服务大厅配备政策读本。")
    data = owning(office(points={"公开平台建设": points}), ("微信公众号发布信息", "243", "条", "公开平台建设"))
    told = "公众号设置自动回复，全年通过微信公众号发布信息243条。服务大厅配备政策读本。"
    assert prose(data, "公开平台建设") == told


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_opening_leads_to_the_parts_and_tells_none_of_their_figures(office, year):
    text = prose(office(seed=3).model_copy(update={"year": year}), "总体情况")
    assert f"{year}年政府信息公开工作" in text and not re.search(r"\d+件", text)


def test_how_many_there_were_stands_in_the_sentence_on_the_thing(office):
    points = ("会同县人武部走进乡镇宣讲优待政策。", "停更账号逐个注销。", "按对象推送政策，每条附经办电话。")
    own = (("政策宣讲会", "9", "场"), ("政务新媒体账号", "20", "个"), ("政策标签推送", "218", "条"))
    data = owning(office(points={"公开平台建设": points}), *((*figure, "公开平台建设") for figure in own))
    assert prose(data, "公开平台建设") == (
        "会同县人武部走进乡镇宣讲优待政策，全年举办政策宣讲会9场。停更账号逐个注销，政务新媒体账号共20个。"
        "按对象推送政策，每条附经办电话，年内推送政策标签218条。"
    )


def test_what_was_done_with_it_stands_before_what_is_counted(office):
    own = (
        ("惠农明白纸发放", "2400", "份"), ("错别字、死链整改", "87", "处"), ("专题学习", "4", "场"), ("民情来信摘编", "5", "篇"),
        ("满意度调查问卷回收", "932", "份"), ("群众满意度", "96", "分"),
    )  # fmt: skip
    data = owning(office(points={"监督保障": ("考核结果已通报。",)}), *((*figure, "监督保障") for figure in own))
    text = prose(data, "监督保障")
    for told in (
        "发放惠农明白纸2400份", "整改错别字、死链87处", "开展专题学习4场", "发布民情来信摘编5篇", "回收满意度调查问卷932份",
        "群众满意度为96分",
    ):  # fmt: skip
        assert told in text


def test_a_note_that_opens_with_the_thing_goes_on_behind_its_number(office):
    points = ("新闻发布会走进社区和园区。", "公开专栏过期信息逐条撤下。", "清理工作由办公室牵头。")
    own = (("新闻发布会", "6", "场"), ("专栏过期信息清理", "52", "条"))
    data = owning(office(points={"公开平台建设": points}), *((*figure, "公开平台建设") for figure in own))
    text = prose(data, "公开平台建设")
    assert (
        text == "全年召开新闻发布会6场，走进社区和园区。公开专栏过期信息逐条撤下，年内清理52条。清理工作由办公室牵头。"
    )


def test_the_year_is_said_once_at_the_head_of_a_sentence(office):
    points = ("新闻发布会走进社区。", "政府公报免费取阅。")
    own = (("新闻发布会", "6", "场"), ("政府公报", "6", "期"))
    data = owning(office(points={"公开平台建设": points}), *((*figure, "公开平台建设") for figure in own))
    assert prose(data, "公开平台建设") == "全年召开新闻发布会6场，走进社区。编发政府公报6期，免费取阅。"


def test_of_two_notes_that_share_as_much_with_a_name_the_later_piece_decides(office):
    points = ("专栏分为招生入学、学生资助两个主题。", "登记期间延长咨询热线的服务时间。")
    data = owning(office(points={"公开平台建设": points}), ("招生入学咨询热线接听", "1843", "通", "公开平台建设"))
    assert prose(data, "公开平台建设") == f"{points[0]}登记期间延长咨询热线的服务时间，全年接听招生入学咨询热线1843通。"


def test_a_result_comes_behind_the_note_on_it_and_does_not_name_it_again(office):
    points = ("社会评议由统计机构独立实施。", "各科室交接清单已经建立。")
    own = (("社会评议有效问卷", "752", "份"), ("社会评议满意率", "96.1", "%"), ("业务培训", "2", "期"))
    data = owning(office(points={"监督保障": points}), *((*figure, "监督保障") for figure in own))
    text = prose(data, "监督保障")
    assert text.startswith(
        "各科室交接清单已经建立。全年举办业务培训2期。社会评议由统计机构独立实施，收回有效问卷752份，满意率为96.1%。"
    )


def test_fees_are_told_in_one_paragraph(office):
    points = ("执行信息处理费管理办法，没有发出收费通知。", "建议提案的办理结果上网公布。")
    told = next(
        part for part in draft(office(fee="0", points={"其他事项": points})).parts if part.part.id == "其他事项"
    )
    assert [("处理费" in text, "建议" in text) for text in told.paragraphs] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    ("note", "name", "value", "unit", "told"),
    [
        (
            "中心的政务公开专区配备查询机。", "政务公开专区接待", "530", "人次",
            "中心的政务公开专区配备查询机，政务公开专区全年接待530人次。",
        ),  # the centre's is one of several
        ("政务公开查阅点备有打印机。", "政务公开查阅点接待", "72", "人次", "政务公开查阅点备有打印机，全年接待72人次。"),
        ("政务公开日请居民走进水厂。", "政务公开日活动", "5", "场", "全年举办政务公开日活动5场，请居民走进水厂。"),
        ("邀请居民走进食堂。", "政务开放日", "3", "次", "邀请居民走进食堂，全年举办政务开放日3次。"),
        ("疑难件由法规科会商。", "疑难件会商", "9", "次", "疑难件由法规科会商，全年开展疑难件会商9次。"),
        ("培训班邀请法官授课。", "业务培训", "5", "期", "培训班邀请法官授课，全年举办业务培训5期。"),
        ("补贴信息公开从申报到发放逐项续写。", "补贴信息公开", "96", "批次", "全年公开补贴信息96批次，从申报到发放逐项续写。"),
        ("公示牌立在现场；图纸同步上网。", "规划公示", "58", "项", "公示牌立在现场；图纸同步上网；全年公示规划58项。"),
        ("政策文件库支持检索。", "政策文件库入库文件", "812", "件", "政策文件库支持检索，共入库文件812件。"),
        ("规划图件逐年数字化。", "历史规划图件数字化", "4300", "幅", "规划图件逐年数字化，全年完成历史规划图件数字化4300幅。"),
        ("社会评议委托高校开展。", "社会评议问卷", "980", "份", "社会评议委托高校开展，问卷980份。"),
        ("举办业务培训5期，讲解答复要点。", "业务培训", "5", "期", "举办业务培训5期，讲解答复要点。"),
        ("第三方每月扫描网站错别字。", "网站错别字整改", "64", "处", "第三方每月扫描网站错别字，全年整改网站错别字64处。"),
        ("发布前三级审查。", "公开信息审查", "846", "件", "发布前三级审查，全年审查公开信息846件。"),
        ("绩效考核结果已反馈。", "工作考核覆盖单位", "40", "家", "绩效考核结果已反馈，全年工作考核覆盖40家单位。"),
        ("评估机构按季度评估。", "评估机构评估得分", "91.5", "分", "评估机构按季度评估，评估得分为91.5分。"),
        ("网站按主题划分栏目。", "政府信息主动公开数量", "9", "条", "全年主动公开政府信息9条。网站按主题划分栏目。"),
        ("公众号改版。", "热线工单", "9", "件", "公众号改版。热线工单共9件。"),
        ("公众号改版。", "公众号关注数", "9", "人", "公众号改版。公众号关注数达9人。"),
        ("政务公开专区设在县政务中心。", "政务公开专区", "8", "个", "政务公开专区设在县政务中心，全区共有政务公开专区8个。"),
        ("政务公开专区免费打印。", "政务公开专区", "8", "个", "现有政务公开专区8个，免费打印。"),
        ("发布会走进社区。", "新闻发布会", "0", "场", "发布会走进社区，全年没有召开新闻发布会。"),
        ("公开栏逐月检查。", "村务公开栏", "0", "个", "公开栏逐月检查，全区没有村务公开栏。"),
        ("草案上网征求意见。", "重大决策预公开", "7", "项", "草案上网征求意见。全年开展重大决策预公开7项。"),
        ("智能问答附原文链接。", "智能问答", "41", "次", "全年智能问答41次，附原文链接。"),
        ("网站每日巡检。", "网站问题整改", "73", "个", "网站每日巡检，全年整改网站问题73个。"),
        ("培训采用案例教学。", "参加培训人数", "26", "人", "培训采用案例教学，全年参加培训26人。"),
        ("入户走访，群众满意度有所上升。", "群众满意度", "96.3", "%", "入户走访，群众满意度有所上升，为96.3%。"),
        ("没有被问责的情况。", "问责", "0", "人", "没有被问责的情况，问责0人。"),
        ("座谈会上的建议全部采纳。", "座谈会", "4", "次", "座谈会上的建议全部采纳，全年召开座谈会4次。"),
        ("经办窗口配备查询终端。", "窗口查询终端", "8", "台", "经办窗口配备查询终端，窗口查询终端共8台。"),
        ("“某县发布”视频号每周更新。", "“某县发布”视频号作品", "8", "个", "“某县发布”视频号每周更新，作品共8个。"),
        ("采购结果公布后三日内上网。", "采购结果公布", "6", "批", "采购结果公布后三日内上网，全年公布采购结果6批。"),
        ("审核一律实名。", "档案信息核对", "12", "人次", "审核一律实名。全年核对档案信息12人次。"),
        ("按月检测网站，季通报4次。", "网站检测", "4", "次", "按月检测网站，季通报4次，全年开展网站检测4次。"),
        ("网站按主题划分栏目。", "网站栏目", "9", "个", "网站按主题划分栏目，网站栏目共9个。"),
    ],
)  # fmt: skip
def test_a_figure_and_its_note_are_one_sentence(office, note, name, value, unit, told):
    data = owning(office(points={"公开平台建设": (note,)}), (name, value, unit, "公开平台建设"))
    assert prose(data, "公开平台建设") == told


def test_who_took_part_stands_with_what_they_took_part_in(office):
    points = ("每月检查栏目。", "政务公开培训邀请法官讲解应诉要点。")
    own = (("政务公开培训", "3", "期"), ("培训参训人员", "168", "人次"))
    data = owning(office(points={"公开平台建设": points}), *((*figure, "公开平台建设") for figure in own))
    told = "每月检查栏目。全年举办政务公开培训3期，参训168人次，邀请法官讲解应诉要点。"
    assert prose(data, "公开平台建设") == told
    own = (("业务培训", "5", "期"), ("参加业务培训", "430", "人次"))
    data = owning(office(points={"公开平台建设": ("每月检查栏目。",)}), *((*each, "公开平台建设") for each in own))
    assert prose(data, "公开平台建设") == "每月检查栏目。全年举办业务培训5期，参加培训430人次。"


def test_a_share_of_the_assessment_is_no_result_of_it(office):
    points = ("政务公开占综合考核分值的4%。", "工作考核结果为良好。")
    told = prose(owning(office(points={"监督保障": points}), ("业务培训", "2", "期", "监督保障")), "监督保障")
    assert told == "政务公开占综合考核分值的4%。全年举办业务培训2期。工作考核结果为良好。"


def test_a_figure_under_a_head_does_not_name_the_head(office):
    data = owning(
        office(points={"依申请公开": ("登记当日电话核对需求。",)}), ("依申请公开疑难件会商", "9", "次", "依申请公开")
    )
    assert prose(data, "依申请公开").endswith("登记当日电话核对需求。全年开展疑难件会商9次。")


def test_what_section_one_tells_of_last_years_plans_is_not_told_again():
    body = ("惠企政策按行业、规模加注标签，企业服务平台在申报截止前自动提醒。",)
    plans = ("惠企政策已按行业、规模加注标签，平台在截止前自动提醒。", "答复范本已经编印，下发各单位。")
    told = followed_up(plans, "进展如下。", body)
    assert told == "进展如下。惠企政策已按行业、规模加注标签，做法见本报告第一部分。答复范本已经编印，下发各单位。"
    assert followed_up(plans, "进展如下。") == f"进展如下。{''.join(plans)}"
    numbered = ("政策已加注标签，平台提醒{{note.1}}。",)
    assert followed_up(numbered, "", ("政策加注标签，平台提醒{{note.2}}。",)) == numbered[0], "a figure is not left out"


@pytest.mark.parametrize(
    ("fee", "note", "told"),
    [
        ("0", "执行信息处理费管理办法，没有发出收费通知。", "没有发出收费通知，全年没有收取政府信息公开信息处理费。"),
        ("0", "没有发出信息处理费收费通知。", "收费通知，全年没有收取政府信息公开信息处理费。"),
        (
            "860",
            "信息处理费收入上缴国库。",
            "上缴国库，全年依照《政府信息公开信息处理费管理办法》收取信息处理费860元。",
        ),
    ],
)
def test_a_fee_is_told_in_the_sentence_of_the_note_on_fees(office, fee, note, told):
    text = prose(office(fee=fee, points={"其他事项": (note,)}), "其他事项")
    assert text.endswith(told) and text.count("收取") == 1


def test_what_was_made_public_is_no_opening_of_another_name(office):
    own = (("补贴信息公开", "96", "批次"), ("公开栏检查", "4", "轮"))
    points = ("补贴信息公开逐项续写。", "公开栏每季检查。")
    data = owning(office(points={"公开平台建设": points}), *((*figure, "公开平台建设") for figure in own))
    told = "全年公开补贴信息96批次，逐项续写。公开栏每季检查，年内开展公开栏检查4轮。"
    assert prose(data, "公开平台建设") == told


def test_what_was_done_at_a_place_stands_with_the_note_on_the_place(office):
    points = ("文件起草时注明属性。", "政策文件库支持检索。", "文件废止即行标注。")
    own = ("政策文件库入库文件", "812", "件", "公开平台建设")
    told = prose(owning(office(points={"公开平台建设": points}), own), "公开平台建设")
    assert told == "文件起草时注明属性。政策文件库支持检索，共入库文件812件。文件废止即行标注。"


PLATFORMS = "公开平台建设"


def told_with(office, notes, *own: tuple[str, str, str], part: str = PLATFORMS) -> str:
    """A part of an office that has these notes, and figures (name, value, unit) for it."""
    return prose(owning(office(points={part: notes}), *((*figure, part) for figure in own)), part)


@pytest.mark.parametrize(
    ("note", "name", "value", "unit", "told"),
    [
        (
            "归集市级公文48件、县级公文50件，按月核对。", "公文库归集公文", "98", "件",
            "归集公文98件，其中市级公文48件、县级公文50件，按月核对。",
        ),
        (
            "便民手册按对象分发，其中老年人300册、残疾人120册。", "便民手册", "420", "册",
            "便民手册按对象分发，共420册，其中老年人300册、残疾人120册。",
        ),
        (
            "听取村民意见，其中上半年3场、下半年4场。", "恳谈会", "7", "场",
            "听取村民意见，全年召开恳谈会7场，其中上半年3场、下半年4场。",
        ),
        ("恳谈会：东片2场、西片3场。", "恳谈会", "5", "场", "恳谈会5场：东片2场、西片3场。"),
        ("发布图解20期，其中惠农12期、就业8期。", "政策图解", "20", "期", "发布图解20期，其中惠农12期、就业8期。"),
        (
            "网站推送标签12条、公众号8条。", "推送政策标签", "20", "条",
            "网站推送标签12条、公众号8条，共推送政策标签20条。",
        ),
        ("开展培训，东片2期，西片3期。", "业务培训", "5", "期", "开展培训，东片2期，西片3期，共举办业务培训5期。"),
        ("其中上半年3场、下半年4场、年底2场。", "恳谈会", "7", "场", "其中上半年3场、下半年4场、年底2场。全年召开恳谈会7场。"),
    ],
)  # fmt: skip
def test_a_whole_stands_before_its_parts(office, note, name, value, unit, told):
    assert told_with(office, (note,), (name, value, unit)) == told


@pytest.mark.parametrize(
    ("name", "value", "unit", "told"),
    [
        ("公文库归集公文", "98", "件", "公文库共归集公文98件。"),
        ("公文库新增入库公文", "12", "件", "全年公文库新增入库公文12件。"),
        ("平台累计收录指南", "1200", "项", "平台累计收录指南1200项。"),
        ("公众号粉丝", "5000", "人", "现有公众号粉丝5000人。"),
        ("热线坐席", "6", "个", "现有热线坐席6个。"),
        ("信息发布登记表", "88", "份", "信息发布登记表共88份。"),
        ("公示牌", "30", "块", "公示牌共30块。"),
        ("意见征集调查", "19", "期", "全年开展意见征集调查19期。"),
        ("公开区长办公会议", "7", "期", "全年公开区长办公会议7期。"),
        ("院坝会", "46", "场", "全年开展院坝会46场。"),
    ],
)
def test_what_is_held_is_not_of_the_year_and_no_label_stands_alone(office, name, value, unit, told):
    assert told_with(office, ("网站每日巡检。",), (name, value, unit)) == f"网站每日巡检。{told}"


@pytest.mark.parametrize(
    ("note", "name", "value", "unit", "told"),
    [
        (
            "每周公布水库水质报告，超标的说明原因。", "水质报告", "52", "期",
            "每周公布水库水质报告，超标的说明原因，全年公布水质报告52期。",
        ),
        ("空气质量报告按月公布。", "空气质量报告", "12", "期", "空气质量报告共12期，按月公布。"),
        ("公开常务会议的议题。", "公开常务会议", "7", "期", "公开常务会议的议题，全年公开常务会议7期。"),
        ("受理前与申请人电话核对需求。", "申请人电话核对", "29", "次", "受理前与申请人电话核对需求，全年与申请人电话核对29次。"),
        ("在公开栏登出名单，名单逐户核对。", "名单", "5", "份", "在公开栏登出名单，名单逐户核对，全区共有名单5份。"),
    ],
)  # fmt: skip
def test_the_note_says_what_was_done_with_the_thing(office, note, name, value, unit, told):
    assert told_with(office, (note,), (name, value, unit)) == told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("住房资金管理中心解答来信。", "住房资金管理中心解答来信。现有政府信息查阅中心3个。"),
        ("中心设在一楼。", "中心设在一楼，政府信息查阅中心共3个。"),
        ("服务大厅设立政府信息查阅点。", "服务大厅设立政府信息查阅点。现有政府信息查阅中心3个。"),
    ],
)
def test_a_place_of_another_name_is_another_place(office, note, told):
    assert told_with(office, (note,), ("政府信息查阅中心", "3", "个")) == told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("干部在各村召开院坝会，讲解医保政策。", "干部在各村召开院坝会46场，讲解医保政策。"),
        ("县教育局召开院坝会，听取意见。", "县教育局召开院坝会，听取意见，全年召开院坝会46场。"),
        ("每月召开院坝会，听取意见。", "每月召开院坝会，听取意见，全年召开院坝会46场。"),
        ("在文化站召开院坝会，听取意见。", "在文化站召开院坝会，听取意见，全年召开院坝会46场。"),
        ("召开院坝会收集意见。", "召开院坝会收集意见，全年召开院坝会46场。"),
    ],
)
def test_how_much_was_done_stands_within_a_note_on_all_of_it(office, note, told):
    assert told_with(office, (note,), ("院坝会", "46", "场")) == told


def test_several_acts_of_one_note_have_their_numbers_in_turn(office):
    own = (("网上巡检", "3", "次"), ("巡检报告", "168", "份"), ("情况通报", "2", "期"))
    told = told_with(office, ("我区开展网上巡检，并编制巡检报告、编发情况通报。",), *own)
    assert told == "我区开展网上巡检3次，并编制巡检报告168份、编发情况通报2期。"


def test_figures_of_a_pair_stand_together_in_the_order_of_the_table(office):
    notes = ("复议和诉讼案件逐件备案。", "每季分析案情。")
    told = told_with(office, notes, ("备案行政诉讼案件", "5", "件"), ("备案行政复议案件", "9", "件"), part="依申请公开")
    assert "备案行政复议案件9件、行政诉讼案件5件。" in told
    notes = ("与行政复议机构会商难题。", "复议和行政诉讼案件逐件备案。")
    told = told_with(office, notes, ("备案行政复议案件", "9", "件"), ("备案行政诉讼案件", "5", "件"), part="依申请公开")
    assert told.endswith("逐件备案，全年备案行政复议案件9件、行政诉讼案件5件。")
    told = told_with(office, ("网上征集民意。",), ("民意征集收到意见", "41", "条"), ("民意征集", "9", "期"))
    assert told == "网上征集民意，全年开展民意征集9期，收到意见41条。"


def test_whose_a_thing_is_is_said_where_the_note_went_on_to_another(office):
    own = ("“某区发布”公众号粉丝", "800", "人")
    assert told_with(office, ("“某区发布”公众号改版。",), own) == "“某区发布”公众号改版，粉丝共800人。"
    told = told_with(office, ("“某区发布”公众号改版，居民可以留言。",), own)
    assert told == "“某区发布”公众号改版，居民可以留言，公众号粉丝共800人。"


def test_a_fee_stands_before_its_parts_and_names_the_rules_once(office):
    rules = "《政府信息公开信息处理费管理办法》"
    note = f"各单位执行信息处理费有关规定，其中民政局收取880元，水利局收取270元，均符合{rules}。"
    text = prose(office(fee="1150", points={"其他事项": (note,)}), "其他事项")
    assert "有关规定，全年收取信息处理费1150元，其中民政局收取880元，水利局收取270元" in text
    assert text.count(rules) == 1
