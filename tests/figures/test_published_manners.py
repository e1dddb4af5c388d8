"""Manners of published openings that nobody here had seen, in sentences of our own: sound they draw nothing, and one off
they draw something."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evals.sentences import drawn_by

# Of 清源区 (county) 2024: evals/sentences/figures.json. ⟨ ⟩ sets apart the figure that is made wrong.
LINES = (
    "收到政府信息公开申请185件，网络申请⟨120⟩件，信函申请60件，现场申请5件。",
    "收到政府信息公开申请185件，网上申请的有⟨120⟩件，书面申请的有65件。",
    "全区收到依申请公开办件⟨185⟩件，办结184件。",
    "全年办理完结⟨184⟩件（含上年结转6件），尚在办理中的7件。",
    "办结申请184件，结转至下一年再行办理⟨7⟩件。",
    "在公开系统登载信息⟨148⟩条，部门文件22件，通知公告80条，人事任免25条，财政预决算12条，计划总结9条。",
    "公众号推送⟨73⟩条，主要是通知21条、图解9条、问答17条、简讯14条、征集12条。",
    "收到申请185件，其中引起行政复议⟨12⟩宗、行政诉讼9宗，占申请量的11.35%。",
    "2024年受理依申请公开⟨185⟩件。",
    "答复完毕⟨184⟩件，办理中7件。",
    "答复完毕184件，办理中⟨7⟩件。",
    "网站登载信息⟨46⟩条。其中概况类18条，内有职能3条、机构9条、人员6条；动态类11条；文件类4条；民生类8条；财政类5条。",
    "编制公文1480件，编制量比上年增长12.5%，其中对外公开1424件，对外公开率⟨96.22⟩%。",
    "全年作出政府信息公开答复⟨184⟩件。",
    "受理依申请公开诉求⟨185⟩件。",
    "通过网站公开预算、决算和专项资金信息共⟨42⟩条，发布工作动态、通知公告、采购公示等各类信息共108条，总计公开信息150条。",
    "通过网站公开预算、决算和专项资金信息共42条，发布工作动态、通知公告、采购公示等各类信息共108条，总计公开信息⟨150⟩条。",
    "热线全年服务企业和居民⟨1640⟩人次，咨询类1205件，投诉类310件，求助类98件，其他类27件。",
    "热线全年服务企业和居民1640人次，咨询类1205件，投诉类⟨310⟩件，求助类98件，其他类27件。",
    "本区收到信息公开⟨185⟩件。",
    "今年以来，各单位收到申请⟨185⟩件。",
    "2024年，全区累计收到申请⟨185⟩件。",
    "经窗口、信件等渠道受理申请⟨185⟩件。",
    "制发行政规范性文件6件，清理废止文件⟨4⟩件，现行有效文件52件。",
    "行政处罚处理决定数量⟨3216⟩条。",
    "各类问卷满意率达⟨100⟩%。",
    "网站登载信息⟨120⟩条。栏目由专人维护。在公开的信息中，通知41条，图解50条，其他29条。",
    "公众号推送⟨90⟩条，其中：图解30条；问答20条；政策解读15条；公共服务25条。",
    "平台发布信息共⟨590⟩条，概况365条（含机构职能）、公告143条、访谈17次、发布会12场、其他53条。",
    "办理群众提出的各类依申请公开共⟨191⟩件（含上年度结转6件）。",
    "接收且办理政府信息公开申请⟨191⟩宗（含上年结转6宗），办结184宗。",
    "结转上年度继续办理⟨6⟩件，收到本年度依申请公开事项185件。",
    "收到本年度依申请公开事项⟨185⟩件。",
    "全年办结申请184件，转接下年继续办理⟨7⟩件。",
    "公众号推送⟨116⟩条。其中其他文件2条；机构简介7条；许可及处罚3条；预决算24条；其他信息80条。",
    "累计公开信息⟨1650⟩条。门户网站760条；公众号410条；微博160条。通过报刊等公开320条。",
    "共登载信息⟨95⟩条，内容涉及机构设置、规划计划等方面，其中的文化类40条，旅游类26条，执法类13条，其余16条，做到了及时。",
    "新增主动公开信息⟨130⟩条，具体包括年报1条，机构职能1条，政务活动25条，招标投标98条，财政信息5条。",
    "通知4条，重点领域信息⟨57⟩条包括清单1条、规划1条、财政2条、监督1条、服务52条，专栏15条，网站23条。",
    "公开信息⟨106⟩条。从渠道看，门户网站公开信息103条，占比97.2%；内网公开信息3条，占比2.8%。",
    "公开信息106条。从渠道看，门户网站公开信息103条，占比⟨97.2⟩%；内网公开信息3条，占比2.8%。",
    "累计公开信息⟨59⟩条，内容涵盖政务12条、基层8条、工作29条、通知3条、开放月6条以及检查公示1条。",
    "今年新增账号1个，注销3个，目前共计⟨6⟩个，其中微信3个，微博2个，抖音1个。",
    "公开信息⟨1250⟩条，包括年报4条，土地218条、登记920条、规划80条，计划3条，预决算12条，人事13条等。",
    "收到申请185件，其中通过网络申请⟨120⟩件，信函申请65件，按规定予以公开74件。",
    "进入行政复议程序⟨12⟩件。",
    "全区本年度有12件行政复议案件，⟨9⟩件行政诉讼案件。",
    "收到申请185件，⟨184⟩件已按照规定时限和程序答复。",
    "接收通过邮寄、邮件、现场等方式提交的政府信息公开申请⟨185⟩件。",
    "2024年，我区依法办理和答复申请。累计收到政府信息公开申请⟨185⟩件。",
    "收到政府信息公开申请书⟨185⟩份。",
    "上年结转信件⟨6⟩件。",
    "2023年结转至2024年⟨6⟩件。",
    "线上、线下共收到依申请公开⟨185⟩件。",
    "申请已办结完成⟨184⟩件，另有7件结转下年。",
    "制发行政规范性文件6件。现行有效文件⟨52⟩件。",
    "行政强制2024年处理决定数量⟨412⟩项。",
    "收到申请⟨185⟩件，已办结184件，结转下年7件。网上申请120件，信函申请65件。",
    "收到申请185件，已办结184件，结转下年7件。网上申请⟨120⟩件，信函申请65件。",
    "收进继续有效目录的规范性文件⟨52⟩件。",
    "公开各类信息⟨1860⟩条，其中，网站发布信息940条次，微博发布信息230条次，公众号推送信息690条。",
    "主动公开信息400条。其中：网站登载规划2条，年报1条；公众号登载通知47条；客户端登载图解150条，电视播出⟨120⟩条。公示栏张贴80条。",
    "发布规范性文件⟨6⟩件，废止规范性文件4件，现行有效规范性文件52件。",
    "主动公开行政规范性文件⟨6⟩件。现行有效文件52件。",
    "窗口提供服务⟨900⟩件，其中咨询类500件、公证类250件、调解类150件，收到感谢30余次。",
)
SOUND = (
    "全年投诉一起也没有。",
    "全年办结申请184件，比2023年（办结160件）多。",
    "全区接收政府信息公开申请185件，同比上升14.2%；上年结转6件。",
    "公开规范性文件60件，其中废止4件。",
    # powers of an office are no decisions of the year
    "保留行政权力120项。其中，行政许可30项、行政处罚80项、行政强制10项。",
    # what 包括 names, and what is told beside a total, may be some of it
    "新增主动公开信息130条，包括年报1条，政务活动25条，招标投标70条。",
    "累计公开信息1650条。门户网站更新栏目760条；公众号410条。",
    "收到申请大约190件。",
    # what stands behind a number is what the verb is of
    "今年以来，本区收到5件征询单，均已回复。",
    "全年公开12件文件。",
    "公开52件以区政府名义印发的行政规范性文件。",
    "上年同期为9件复议、7件诉讼。",
    # every answer, or what was granted
    "收到申请185件，上年结转6件，公开答复184件。",
    # an item of a list is no total of the items behind it
    "公开执法信息11条；工作动态信息16条；抽查结果7条；督察信息8条。",
    # told one after the other, not one of the other
    "公众号登载图解18篇，问答46篇，短文22篇，访谈14篇，海报11篇。",
    "共转载信息2714条，通知9条，图解12条。",
    # the head noun decides behind the number, too
    "涉及本区的34项行政许可事项均可网上申报。",
    "办结184件，剩余7件结转2025年继续办理。",
    # other measures behind a comma are of the list, too
    "发布信息共100条，其中公告50条、解读40篇，视频10个。",
    # of which 29 are listed once more
    "发布信息共51条。其中网站发布29条，包括机构职能13条，规划7条，公告9条。其他方式发布22条。",
)


@pytest.mark.parametrize("line", [*(line.replace("⟨", "").replace("⟩", "") for line in LINES), *SOUND])
def test_sound_lines_draw_nothing(line: str) -> None:
    assert not drawn_by(line, "county")


@pytest.mark.parametrize("line", LINES)
def test_one_off_draws_something(line: str) -> None:
    lead, _, rest = line.partition("⟨")
    figure, _, tail = rest.partition("⟩")
    assert drawn_by(f"{lead}{Decimal(figure) + 1}{tail}", "county")


@pytest.mark.parametrize(
    ("sound", "one_off"),
    [
        # What no reading is found for, beside the figure of the tables on the matter it names.
        ("通过信用平台公示许可信息12845条。", "通过信用平台公示许可信息12854条。"),
        ("公示双公示处罚类3216条。", "公示双公示处罚类3217条。"),
        ("目录中收录规范性文件52份。", "目录中收录规范性文件53份。"),
        # Two of them at once are no cell's fault.
        ("许可公示12845条，处罚公示3216条。", "许可公示12846条，处罚公示3217条。"),
        # The same matter under another name, a few sentences on.
        ("推送动态信息340条。加强培训。公开工作动态340条。", "推送动态信息340条。加强培训。公开工作动态341条。"),
    ],
)
def test_one_slip_from_what_else_is_told_of_the_matter(sound: str, one_off: str) -> None:
    assert not drawn_by(sound, "county")
    assert drawn_by(one_off, "county")


def test_what_is_under_way_is_no_application() -> None:
    told = drawn_by("截至年底，无在办的政府信息公开申请。", "county")
    assert {code for code, *_ in told} == {"N103"}, "seven were carried out, and nothing is said of what came in"


def test_more_may_be_closed_than_came_in_where_some_were_carried_in() -> None:
    told = drawn_by("受理依申请公开178件，办结184件（其中6件由上年结转而来）。", "county")
    assert "A112" not in {code for code, *_ in told}


def test_what_the_clause_before_says_that_it_moved_is_what_a_rate_is_of() -> None:
    told = "新收申请185件，上年留下6件，申请量有所增长，较上年上升{}%。"
    assert not drawn_by(told.format("14.20"), "county")
    assert {code for code, *_ in drawn_by(told.format("41.20"), "county")} == {"Y103"}


def test_what_a_hotline_or_a_letter_box_settled_is_no_application() -> None:
    told = "局长信箱回应居民来件240件，办结率100%，公开答复23件，承接热线诉求8120件，已办结8120件。"
    assert not drawn_by(told, "county")


def test_a_number_that_nothing_reads_is_told_beside_what_is_read() -> None:
    told = drawn_by("从申请主体看，186件新收申请的申请人都是自然人，商业企业、科研机构均未提出申请。", "county")
    assert {code for code, *_ in told} == {"N108", "N117"}


def test_a_rough_figure_far_from_the_tables_draws_something() -> None:
    assert drawn_by("收到申请大约230件。", "county")
