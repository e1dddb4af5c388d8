"""What is done with figures over years or units, and which words of a question do no more than ask, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.figures.numerals import ARABIC, CHINESE, parse

__all__ = [
    "ALL_UNITS",
    "APPLICANTS",
    "EXPLANATION",
    "FILLER",
    "MADE_OF",
    "NUMBER_ASKED",
    "OPERATIONS",
    "PART_OF_WHOLE",
    "SCOPED",
    "WHICH_BARE",
    "WHICH_PART",
    "WHICH_UNIT",
    "WHICH_YEAR",
    "YES_OR_NO",
    "Condition",
    "Operation",
    "Over",
    "find_condition",
]  # fmt: skip

Operation = Literal[
    "value", "change", "share", "trend", "parts", "highest", "lowest", "average", "total", "which", "rank", "apart"
]
Over = Literal["years", "units", "parts", "applicants", ""]

WHICH_YEAR = r"哪一?年|哪些年(?:份|度)?|哪几年|几几年|[最历][多少高低][^，。？]{0,4}?一年|哪个年[份度]"
WHICH_UNIT = r"哪[个家一些几两三]*(?:区|市|县|镇|乡|街道|单位|地方|地区|机关|部门|局|政府)|有哪些(?:单位|部门|地方)|谁(?:家)?(?=[^，。？]{0,12}(?:最|多|少|高|低|排))|哪里(?=[^，。？]{0,10}最)|(?<=最[多少高低])的?是?哪里|单位是哪[个家]"
# 哪个最多: of units, unless one is named.
WHICH_BARE = r"哪[家个](?=[^，。？]{0,16}(?:最|多|少|高|低|排))"
ALL_UNITS = rf"{WHICH_UNIT}|各(?:区|市|县|镇|乡|街道|单位|地区|地|部门)(?!门)|所有(?:单位|部门)|全部单位|(?:多少|几)[个家](?:单位|区|县|市|部门|机关)|单位(?:排名|排行)|每个(?:单位|区|县|部门)|[两三四五六七八九十几\d]个(?:区|市|县|单位|地方|地区)里?"
WHICH_PART = r"哪[一些]?[种类项个](?:情形|原因|理由|情况|结果|方式|类型|申请)?|什么(?:情形|原因|理由|结果|方式)|哪(?:些)?(?:情形|原因|理由|结果)|(?:主要)?(?:原因|理由|情形)是?(?:什么|哪些)"
MADE_OF = r"明细|构成|分布|组成|情形|原因|理由|细分|分类|分项|各项|各类|各种|具体"
APPLICANTS = r"申请人(?:的)?(?:构成|类型|分布|情况|类别)|(?:哪|什么|各)[一些]?[种类]?(?:申请)?人|申请主体|谁(?:提的|申请的)|按申请人"
_LAST_YEAR = r"(?:上一?年度?|去年|前年|前一年|往年|同期|上年同期|　+)"

# What is done with a figure, tried in this order.
OPERATIONS: tuple[tuple[Operation, str], ...] = (
    ("rank", r"排名|排行|排序|名次|排在?第几|第几名|排第几|从高到低|由高到低|从多到少|由多到少|(?:位列|位居)第几|第[二三四五六七八九十](?=多|高|少|低)|前(?:[一二三四五六七八九十]|\d+)(?:名|位|家|个单位)"),
    ("highest", r"最多|最高|最大|峰值|居首|第一名|首位|顶峰|谁多|哪[个家年]多"),
    ("lowest", r"最少|最低|最小|谷底|谁少|哪[个家年]少"),
    ("average", r"平均|年均|均值|(?<=年)均(?=多少|[收办])"),
    ("change", rf"同比|环比|[比较]{_LAST_YEAR}[^，。？]{{0,8}}?(?:增|减|多(?!少)|(?<!多)少|升|降|变|怎|高|低|涨|翻)|[同跟和与]{_LAST_YEAR}[^，。？]{{0,3}}?相?比|(?:上升|下降|增加|减少|增长|涨|降|升高|降低)(?:了|幅度)?(?:是)?(?:多少|几|吗|没)|增幅|降幅|涨幅|增减|增长率|变化率|多了(?:多少|几)|少了(?:多少|几)|(?:增|减|涨|跌)(?:了)?(?:多少|几)|是(?:增|升|涨|多了|减|降)[^，。？]{{0,4}}还是|是多了还是少了"),
    ("trend", r"趋势|走势|变化|逐年|起伏|曲线|变动|增减情况|涨跌"),
    ("parts", r"(?:有)?(?:哪[些几]|什么)(?:些)?(?:种|类|个)?(?:情形|原因|理由|类型|结果|方式)|分别|明细|构成|分布|组成|具体(?:情形|原因|情况)|各(?:是|有|为|占|项|类|种|个|多少|几)+|各(?:结果|情形|原因)|(?:主要)?(?:原因|理由|情形)是?(?:什么|哪些)|细分|分类|分项|列出来|列一下|列个?表|包括(?:哪些|什么)"),
)  # fmt: skip

NUMBER_ASKED = r"多少|几[件条份个次起宗项元成期篇场人名家户台部册批张种位处类]|数量|数目|总数|件数|总量|有没有|有无|是几|[总]?数是|最多|最少|最高|最低|几件|多不多|率是|几何|有过|没有过|是不是(?:零|0|没有)|吗[?？]?$"
YES_OR_NO = r"有没有|有无|是否有|是否存在|是否发生|是否出现|有过|出现过|发生过|(?<!没)有[^，。？]{0,16}吗"

# Words that ask for an explanation or a rule, not for a number of a report.
EXPLANATION = (
    r"怎么(?!样(?!才|能|去)|变|算下来)|如何(?!变|$|[?？])|为什么|为何|期限|多久|多长时间|多少(?:个)?(?:工作日|天|日(?!常))|几(?:天|个工作日|日)|什么是|是什么意思|指的是|什么叫|依据|规定|应当|应该|能不能|"
    r"可不可以|可以|是否(?!有|存在|发生|出现)|流程|程序|条件|何时|什么时候|第几条|哪一?条|条例|要求|能否|需要|什么情况|哪些情况|措施|问题|收费标准|标准|区别|"
    r"怎样(?!$)|谁(?!家?[^，。？]{0,12}(?:最|多|少|高|低|排))|哪些渠道|平均(?:[^，。？]{0,6})(?:时间|时长|用时|天|工作日|时限)|含义|口径|定义"
)

# What may stand in a question without narrowing what is counted.
FILLER = (
    r"政府信息公开|政务公开|信息公开|政府信息|依申请公开|依申请|公开申请|信息申请|申请人|申请|公开|政府|多少|几|件数|件|条|份|个|次|起|宗|万元|元|钱|了|的|得|地|一共|总共|共计|合计|总计|总数|数量|数目|总量|共|有|是|为|"
    r"全年度?|全区|全市|全县|全省|全州|全镇|全街道|[区市县省]里|我们|咱们|本年度?|当年|年度|年内|年底|年末|截至|截止|目前|期间|全部|所有|总的|请问|情况|怎么样|怎样|如何|怎么|呢|吗|吧|啊|呀|嘛|哦|和|与|及|或|以及|还有|在|里面|里|中|当中|其中|这|那|就|都|也|又|被|由|对|向|各|每|年份|年|数|报告|年报|工作|"
    r"案件|案子|案|事项|类|决定|处理|作出|做出|提起|发生|出现|结果|群众|老百姓|百姓|市民|居民|公众|人们|大家|人|告诉我|告诉|查一下|查询|查查|查|帮我|帮忙|帮|麻烦|我想知道|想知道|想问下?|想了解|了解|想|问一下|问下|问|看看|看一下|看|列出来?|列一下|列|说说|说一下|介绍一下?|一下|给我|给|分别|行政机关|单位|哪一?个|哪些|哪家|哪种|哪类|哪|谁|"
    r"最多|最少|最高|最低|变化|比较|对比|相比|比|较|上年|去年|前年|同期|后来|到底|究竟|大概|大约|具体|表三|表二|表四|表格|数据|数字|金额|占|办理|方面|原因|情形|理由|属于|由于|因为|因|增长|增加|减少|下降|上升|率|"
    r"人民法院|法院|相差|差|累计|涉及|百分之|谢谢|您好|你好|老师|领导|写|填|登记|统计|记录|显示|公布|列示|对外|依法|历史上?|曾经|是不是|还是|多|少|高|低|谁|什么|它|他们|咱|我|你|让|需|要|按|从|到|来|过|以|等|并|且|而|则|均|已|已经|来自|提出|构成|分布|名单|单子|表|第|名|位|项|行政(?!审批|执法|协议|裁决|处分|赔偿|奖励|确认|检查|命令|征收|给付|村)"
)

# Words that always narrow: some organs of the place, some channel, some time, some manner.
SCOPED = (
    r"本级|本机关|本部门|[省市区县州镇乡]级|[省市区县州]直|部门|镇街|乡镇|(?:政府)?办公[室厅]|政府办|"
    r"\d{1,2}月(?:份|\d{1,2}日)?|[一二三四五六七八九十]{1,2}月份?|[一二三四]季度|[上下]半年|第[一二三四\d]季度|除了?(?=　)|以外|之外|不含|不包括|扣除|剔除|非(?=　)|几倍|多少倍|中位|(?<!有)(?:没有?|未)被?(?=　)(?![^，。]*[吗吧])|人均|户均|月均|每月|每天|日均|"
    r"网上|线上|线下|网络|网站|信函|邮寄|邮件|当面|现场|当场|窗口|传真|微信|平台|按时|按期|及时|逾期|超期|延期|首次|主动|提前|重点|"
    r"[\u4e00-\u9fff]{1,6}(?:领域|方面的|系统|渠道|途径|方式提交|方式申请)"
)

# Of these the whole is worth telling beside: some months, one channel, one organ of what the report covers.
PART_OF_WHOLE = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|\d{1,2}日)?|第?[一二三四\d]季度|[上下]半年|网上|线上|线下|网络|网站|信函|邮寄|邮件|当面|现场|"
    r"窗口|微信|平台|本级|部门|镇街|乡镇|[各每]?个?[省市区县镇乡]|(?:政府)?办公[室厅]|政府办|.*[局委厅办院校镇乡]|.*街道"
)

_COMPARED = (
    (">=", r"不少于|不低于|至少|达到|以上"), ("<=", r"不超过|不多于|不高于|以下|以内"),
    (">", r"超过|大于|高于|多于|超|突破|逾|过(?=\d)"), ("<", r"少于|低于|小于|不足|不到|没到|没超过|未超过"),
)  # fmt: skip
_NUMBER = rf"(?P<number>(?:{ARABIC})(?:万)?|{CHINESE})\s*(?P<percent>%|％)?\s*(?:件|条|次|起|个|项|元|万元)?"
_NONE = r"(?:没有?|无|零|从未|未)(?:过|发生|出现)?(?=[^公予办处现掌审答缴补完法理　])|为零|是零|为0|是0|没有过|零败诉|没有?(?=　)|有没有"
_SOME = r"有过|出现过|发生过|有(?!效|关|多少)|出现|发生|不为零"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a figure must be for its year or unit to be listed: ``test`` (``>`` …) and ``bound``."""

    test: Literal[">", "<", ">=", "<=", "="]
    bound: Decimal
    text: str

    def holds(self, value: Decimal) -> bool:
        return {
            ">": value > self.bound, "<": value < self.bound, ">=": value >= self.bound, "<=": value <= self.bound,
            "=": value == self.bound,
        }[self.test]  # fmt: skip


def find_condition(text: str) -> tuple[Condition | None, str]:
    """The bound that ``text`` (figures blanked out) sets, and the text without it: 超过100件, 有过, 没有."""
    for test, words in _COMPARED:
        pattern = rf"{_NUMBER}(?:及)?(?:{words})" if test in (">=", "<=") else rf"(?:{words})(?:了)?\s*{_NUMBER}"
        for found in (re.search(pattern, text), re.search(rf"(?:{words})(?:了)?\s*{_NUMBER}", text)):
            if found and (numeral := parse(found["number"])):
                blank = text[: found.start()] + "　" * len(found[0]) + text[found.end() :]
                return Condition(test, numeral.value, found[0].strip()), blank  # type: ignore[arg-type]
    if found := re.search(_NONE.removesuffix("|有没有"), text):
        return Condition("=", Decimal(0), "为零"), text.replace(found[0], "　", 1)
    if found := re.search(_SOME, text):
        return Condition(">", Decimal(0), "不为零"), text.replace(found[0], "　", 1)
    return None, text
