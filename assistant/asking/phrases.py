"""What people call things when they ask, as data; what reports call them stands in ``form.phrases``."""

from __future__ import annotations

from assistant.form.phrases import Phrase

__all__ = ["ASKED", "EXPLANATION", "FILLER", "NUMBER_ASKED", "OPERATIONS", "OUTCOMES", "SUM_ASKED"]

# The outcomes of table 3 that 办理结果 asks for, in the form's order.
OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "not_processed", "otherwise_handled")

# Tried before the reports' own phrases.
ASKED: tuple[Phrase, ...] = (
    Phrase("object", r"信息处理费|处理费|政策解读|新闻发布会|会议|培训|提案|建议案|留言|投诉件|热线", ("other",)),
    Phrase("outcome", r"(?:办理|处理)(?:的)?结果|结果(?:构成|分布)", OUTCOMES),
    Phrase("outcome", r"(?:从)?上一?年度?(?:的)?(?:结转|转来|遗留)(?:过来|下来)?(?:的)?|结转过来(?:的)?|年初结转", ("carried_in",)),
    Phrase("outcome", r"结转(?:到|至|入|给)?(?:下一?年度?|次年|第二年|明年|　+)|(?:转|留)(?:到|至|给)?(?:下一?年度?|次年|第二年|明年)|没办完|未办结|还没办结", ("carried_out",)),
    Phrase("outcome", r"(?:没有?|未)(?:予以?)?公开|不给公开|拒绝公开", ("denied",)),
    Phrase("outcome", r"(?:全部|完全|同意|准予|予以|给予)公开", ("granted",)),
    Phrase("leaf", r"(?:本机关|本单位)?不掌握", ("unavailable.not_held",)),
    Phrase("leaf", r"信访(?:、?举报)?(?:、?投诉)?类?(?:申请)?", ("not_processed.petition",)),
    Phrase("leaf", r"商业秘密|个人隐私", ("denied.third_party_rights",)),
    Phrase("column", r"(?:商业)?企业|公司", ("business",)),
    Phrase("column", r"律师事务所|律所", ("legal_service",)),
    Phrase("column", r"科研院所", ("research",)),
    Phrase("column", r"公益组织", ("welfare",)),
    Phrase("column", r"个人(?!信息|隐私)|公民", ("natural_person",)),
    Phrase("object", r"(?:行政)?许可", ("licensing",)),
    Phrase("object", r"(?:行政)?处罚", ("penalties",)),
    Phrase("object", r"(?:行政)?强制(?:措施|执行)?", ("coercion",)),
    Phrase("object", r"事业性收费|收费金额|收费总额|(?:收了|收取)(?:了)?多少(?:钱|费)", ("fees",)),
    Phrase("object", r"打官司|官司|被告|起诉", ("litigation",)),
    Phrase("verb", r"新收|新增|新提交|新申请", ("received",)),
    Phrase("verb", r"收到|受理|接到|提(?:交|出)?了|提出|提交", ("received", "workload")),
    Phrase("verb", r"办结|办完|答复|回复|办理了?|处理了?", ("concluded",)),
    Phrase("case", r"败诉|被纠正|被撤销|纠错", ("corrected",)),
    Phrase("case", r"胜诉", ("upheld",)),
)  # fmt: skip

# What is done with a figure, tried in this order.
OPERATIONS: tuple[tuple[str, str], ...] = (
    ("change", r"同比|环比|[比较](?:上一?年度?|去年|前一年|　+)[^，。？]{0,6}?(?:增|减|多(?!少)|(?<!多)少|升|降|变|怎)|[同跟和与](?:上一?年度?|去年|前一年|　+)[^，。？]{0,3}?相?比|(?:上升|下降|增加|减少|增长|涨|降)(?:了)?(?:多少|几)|增幅|降幅|增减|增长率|多了多少|少了多少|(?:增|减)(?:了)?多少"),
    ("share", r"占比|占(?:了|到|总数|全部|办结|所有)?[^，。？]{0,12}?(?:多少|几成|比例|比重|百分)|比例|比重|百分之(?:多少|几)|占多大|[正败复诉]率"),
    ("trend", r"趋势|走势|变化|逐年|起伏|曲线|最多的?一?年|最少的?一?年"),
    ("parts", r"(?:有)?(?:哪些|什么)(?:情形|原因|理由|类型)|分别|明细|构成|具体(?:情形|原因)|各(?:是|有|为|占)?(?:多少|几)|(?:主要)?(?:原因|理由|情形)是?(?:什么|哪些)"),
)  # fmt: skip

NUMBER_ASKED = r"多少|几[件条份个次起宗项元成]|数量|总数|件数|总量|有没有|是几|[总]?数是|最多|最少|最高|最低"

# Words that ask for an explanation or a rule, not for a number of a report.
EXPLANATION = (
    r"怎么(?!样$|变)|如何|为什么|为何|期限|多久|多长时间|多少(?:个)?(?:工作日|天|日(?!常))|几(?:天|个工作日|日)|什么是|是什么意思|指的是|依据|规定|应当|应该|能不能|"
    r"可不可以|可以|是否|流程|程序|条件|何时|什么时候|第几条|哪一?条|条例|要求|能否|需要|什么情况|哪些情况|措施|问题|收费标准|标准|区别|"
    r"怎样(?!$)|谁|哪些渠道|平均"
)

# What may stand in a question without narrowing what is counted.
FILLER = (
    r"政府信息公开|政务公开|信息公开|政府信息|依申请公开|依申请|公开申请|申请|公开|政府|多少|几|件数|件|条|份|个|次|起|宗|万元|元|钱|了|的|得|地|一共|总共|共计|合计|总计|总数|数量|总量|共|有|是|为|"
    r"全年|全区|全市|全县|全省|本年度?|年度|全部|所有|总的|请问|情况|怎么样|如何|怎样|呢|吗|吧|啊|和|与|及|或|以及|在|里|中|当中|其中|这|那|就|都|被|由|对|向|各|每|年|数|报告|年报|工作|"
    r"案件|案|事项|决定|处理|作出|提起|发生|结果|群众|老百姓|市民|公众|人们|人|告诉我|查一下|查询|帮我|我想知道|想知道|看看|列出|列一下|说说|介绍|一下|分别|单位|行政机关|机关|部门|哪个|哪些|"
    r"最多|最少|最高|最低|变化|比|较|上年|去年|相比|同期|后来|到底|究竟|大概|大约|具体|表三|表二|表四|表格|数据|数字|金额|比例|占|办理|类|方面|原因|情形|理由|属于|因为|因|年份|增长|增加|减少|下降|率"
)

# Several figures are wanted as one.
SUM_ASKED = r"一共|总共|合计|共计|加起来|加在一起|之和"
