"""What prose says about the figures, as data: words → rows, columns, outcomes and objects of the form.

A phrase is a regular expression over one clause. ``readings`` lists what it may mean, likeliest first, because offices
differ (收到 is the new applications in one report and new plus carried in in the next).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BEFORE_VERB",
    "BETWEEN_VERB_AND_OBJECT",
    "CASE_UNITS",
    "FILLER",
    "OTHER_TIME",
    "RATES",
    "SCOPES",
    "UNCHECKABLE_SCOPES",
    "Kind",
    "Phrase",
    "Rate",
    "phrases",
]

Kind = Literal["verb", "outcome", "bare", "leaf", "column", "object", "case", "stage", "rest"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """``kind``: verb (of applications, needs the object 申请), outcome and leaf (rows of table 3), bare (an outcome only
    where applications are spoken of: 公开5件), column, object (what is counted), case (columns of table 4), stage
    (columns of table 2), rest (其他: the last of whatever is listed)."""

    kind: Kind
    words: str
    readings: tuple[str, ...]


_YEAR_BEFORE = r"(?:上一?年度?|去年|上年度?|往年|20\d\d年度?)"
_YEAR_AFTER = r"(?:下一?年度?|次年|明年|来年|20\d\d年度?)"

# Order matters: what stands first is tried first at each place of the text.
PHRASES: tuple[Phrase, ...] = (
    # rows of table 3 that no noun is needed for
    Phrase(
        "outcome",
        rf"{_YEAR_BEFORE}(?:的)?(?:结转|转入|转结|接转|遗留|未办结|跨年度?办理|未答复)(?:的|至本年度?|到本年度?|转入|转来|办理)*|结转{_YEAR_BEFORE}|20\d\d年[末底]?(?:没有|未)办[完结]的?",
        ("carried_in",),
    ),
    Phrase(
        "outcome",
        rf"(?:(?:结转|转入|转至|转到|转|顺延|延续|延期)(?:至|到|入)?{_YEAR_AFTER}(?:继续)?(?:办理|答复|处理)?|{_YEAR_AFTER}继续办理)",
        ("carried_out",),
    ),
    Phrase("outcome", r"结转", ("carried_out", "carried_in")),
    Phrase(
        "outcome",
        r"正在办理(?:中|之中)?|在办(?:理)?(?:中|(?=的?\s*(?:\d|$)))|[尚仍]在(?:法定)?(?:办理)?期限内(?:办理)?的?|未答复的|留待下一?年度?(?:答复|办理)?",
        ("carried_out",),
    ),
    Phrase("outcome", r"办理结果(?:合计|总计|总数)", ("concluded",)),
    Phrase("outcome", r"不予以?公开|未予公开|不同意公开|不公开(?!为例外|是例外)", ("denied",)),
    Phrase("outcome", r"部分(?:予以|准予|同意)?公开|区分处理", ("partly_granted",)),
    Phrase(
        "outcome",
        r"(?<!不)予以公开|(?<!不)同意公开|给予公开|准予公开|(?<![动申请息不分府务全点])公开(?=”?(?:和|及|或|与|、|以及)“?部分公开)",
        ("granted",),
    ),
    Phrase(
        "bare",
        r"(?<![动申请息不分府务全点])公开(?=[量类]?的?\s*(?:[\d〇一二三四五六七八九十]|$))|(?:均|已|都|全部)(?:依法|按时)?(?:予以)?公开(?=[，。；、]|$)",
        ("granted",),
    ),
    Phrase("bare", r"(?<!不)同意(?=\s*(?:\d|$))", ("granted",)),
    Phrase("bare", r"不同意(?=\s*(?:\d|$))", ("denied",)),
    Phrase("outcome", r"无法提供|不能提供", ("unavailable",)),
    Phrase("outcome", r"不予处理", ("not_processed",)),
    Phrase("outcome", r"(?:作|做|以)?其[他它](?:方式)?处理", ("otherwise_handled",)),
    Phrase("leaf", r"(?:属于|涉及)?国家秘密", ("denied.state_secret",)),
    Phrase("leaf", r"(?:其他)?法律、?行政法规禁止公开", ("denied.prohibited_by_law",)),
    Phrase("leaf", r"(?:危及|影响)?“?三安全一稳定”?", ("denied.safety_and_stability",)),
    Phrase("leaf", r"(?:保护|损害|涉及)?第三方(?:的)?(?:合法)?权益", ("denied.third_party_rights",)),
    Phrase("leaf", r"(?:属于)?(?:三类)?内部(?:事务|管理)(?:性)?信息", ("denied.internal_affairs",)),
    Phrase("leaf", r"(?:属于)?(?:四类)?过程性信息", ("denied.process_information",)),
    Phrase("leaf", r"(?:属于)?(?:行政)?执法案卷", ("denied.enforcement_file",)),
    Phrase("leaf", r"(?:属于)?行政查询(?:事项)?", ("denied.administrative_query",)),
    Phrase(
        "leaf",
        r"(?:本机关|本单位|本行政机关|我[局办委厅县区市])?(?:均)?(?:不|未)(?:掌握|保存|制作或(?:者)?(?:保存|获取))(?:相关政府信息|相关信息|该信息)?"
        r"|(?:政府|申请)?信息不存在|(?:不属于|非)(?:本|我)(?:行政)?(?:机关|单位|[局办委厅])(?:负责)?(?:公开|掌握|制作|职责)(?:范围|职责)?",
        ("unavailable.not_held",),
    ),
    Phrase(
        "leaf",
        r"[没无]有?现成信息(?:、?(?:需要?|须)?另行制作)?|(?:需要?|须)(?:行政机关)?(?:另行|重新)(?:制作|加工|汇总)",
        ("unavailable.needs_creation",),
    ),
    Phrase("leaf", r"(?:经)?补正后?(?:的?(?:申请)?内容)?仍?不(?:明确|清楚)", ("unavailable.still_unclear",)),
    Phrase(
        "leaf",
        r"信访(?:、?(?:举报|投诉))+类?(?:申请|事项)?|信访类(?:申请|事项)?|按信访(?:事项|途径|渠道)?(?:处理|办理)",
        ("not_processed.petition",),
    ),
    Phrase(
        "leaf",
        r"以(?:政府)?(?:信息)?(?:申请)?公开(?:申请)?(?:之名|名义|形式)[^，。；]{0,6}信访[^，。；、]{0,6}?(?=的|$)",
        ("not_processed.petition",),
    ),
    Phrase("leaf", r"大量(?:、)?反复申请", ("not_processed.excessive",)),
    Phrase("leaf", r"重复申请", ("not_processed.repeated",)),
    Phrase("leaf", r"(?:要求提供)?公开出版物", ("not_processed.publication",)),
    Phrase(
        "leaf", r"(?:要求(?:行政机关)?)?(?:确认或(?:者)?)?重新出具(?:已获取信息)?", ("not_processed.reconfirmation",)
    ),
    Phrase("leaf", r"(?:申请人)?(?:无正当理由)?逾期(?:不|未)(?:予)?补正", ("otherwise_handled.correction_overdue",)),
    Phrase(
        "leaf",
        r"逾期未[^，。；]{0,8}?(?:缴费|缴纳(?:费用|信息处理费|相关费用)?|交费)",
        ("otherwise_handled.fee_overdue",),
    ),
    # columns of table 3
    Phrase(
        "column", r"自然人|公民个人(?!隐私|信息)|公民(?!、法人|个人)|个人(?=申请|提出|占|\d|$)", ("natural_person",)
    ),
    Phrase("column", r"企业(?:和|及|或|与)其他(?:组织|单位)", ("legal_person",)),
    Phrase("column", r"商业企业", ("business",)),
    Phrase("column", r"科研(?:机构|院所|单位)", ("research",)),
    Phrase("column", r"(?:社会)?公益组织|社会组织", ("welfare",)),
    Phrase("column", r"法律服务机构|律师事务所", ("legal_service",)),
    Phrase("column", r"法人(?:或|和|及|与|、)?(?:者|以及)?其他组织|法人(?:组织|单位)?(?!代表)", ("legal_person",)),
    Phrase("column", r"其[他它]组织", ("other_organisation", "legal_person")),
    Phrase("column", r"企业(?![和及或与年])", ("business", "legal_person")),
    # objects: what is counted
    Phrase(
        "object",
        r"(?:政协|人大代表?|人大)?(?:提案|议案|建议|意见)|留言|来信|来访|来电|信访|投诉|举报|咨询|热线|工单|信息处理费|政策解读|回应关切",
        ("other",),
    ),
    Phrase(
        "object",
        r"复议后[又再]?(?:提起)?(?:行政)?(?:起诉|诉讼)|经复议后?[又再]?(?:提起)?(?:行政)?(?:起诉|诉讼)",
        ("litigation.after_review",),
    ),
    Phrase("object", r"(?:未经复议)?直接(?:提起)?(?:行政)?(?:起诉|诉讼)", ("litigation.direct",)),
    Phrase("object", r"(?:行政)?复议(?:被?申请)?(?:案件)?", ("review",)),
    Phrase("object", r"行政诉讼(?:案件)?|诉讼(?:案件)?|行政应诉|应诉|被诉|法院(?:判决|裁定|审结)?", ("litigation",)),
    Phrase("object", r"行政规范性文件|规范性文件", ("normative_documents",)),
    Phrase("object", r"规章(?!制度)", ("rules",)),
    Phrase(
        "object",
        r"(?<!不予)行政许可|(?<![\u4e00-\u9fff])许可(?!证|事项|项目)|(?<=[理出施发达共办])许可(?!证|事项|项目)",
        ("licensing",),
    ),
    Phrase(
        "object",
        r"(?<!不予)行政处罚|(?<![\u4e00-\u9fff])处罚(?!裁量|标准)|(?<=[理出施发达共办])处罚(?!裁量|标准)",
        ("penalties",),
    ),
    Phrase("object", r"行政强制(?:措施|执行)?|(?<!不予)强制(?=决定|措施|\d|$)", ("coercion",)),
    Phrase("object", r"行政事业性收费", ("fees",)),
    Phrase(
        "object",
        r"(?:政府)?信息(?:依申请)?公开申请|依申请(?:公开)?(?:政府信息|信息)?(?:申请|事项|件(?=\d|$))?|信息公开申请|公开申请|申请(?!人|表|书|渠道|平台|方式|流程|条件|材料|单|途径)",
        ("requests",),
    ),
    # verbs of applications
    Phrase("verb", r"新收(?:到)?", ("received",)),
    Phrase("verb", r"新增(?=[^，。；\d]{0,8}申请)", ("received", "workload")),
    Phrase("verb", r"收办|应办(?:理)?", ("workload", "received")),
    Phrase(
        "verb",
        r"收到|代收|受理|接收|接办|收(?=(?:政府信息公开|依申请公开)?申请)|接到|接受|承接|接件|收悉|[收来]件(?:总?[数量])?|登记|(?<=[共计总])收(?=\s*(?:\d|$))|收取(?=[^\d]{0,4}申请)",
        ("received", "workload"),
    ),
    Phrase(
        "verb",
        r"办结|办复|办毕|办件(?:总?[数量])?|答复|回复|已办(?!结|理|复|毕)|办理完毕|处理完毕|办理完成",
        ("concluded",),
    ),
    Phrase("verb", r"办理|承办|经手|(?<!不再)(?<!不予)处理(?!决定)", ("concluded", "workload", "received")),
    # table 4 and table 2
    Phrase("case", r"(?:结果)?维持(?:原行政行为)?", ("upheld",)),
    Phrase("case", r"(?:结果|被)?纠正|败诉(?!率)|(?:被)?(?:撤销|确认违法)", ("corrected",)),
    Phrase("case", r"其[他它]结果|终止(?:审理)?|终结|调解|和解", ("other_outcome",)),
    Phrase("case", r"(?:尚未|未|正在)(?:审结|审理|办结)|尚在审理|在审(?!批|核|查)|待结|未结(?!转)", ("pending",)),
    Phrase("case", r"审结|已结", ("closed",)),
    Phrase("stage", r"(?:对外|累计)公开(?:总数量?)?", ("published_total",)),
    Phrase("stage", r"(?:新)?制[发定作]|印发|出台", ("issued", "produced")),
    Phrase("stage", r"(?:新|主动)公开", ("newly_published", "produced")),
    Phrase("stage", r"废止|失效", ("repealed",)),
    Phrase("stage", r"现行有效|继续有效|有效", ("in_force",)),
    Phrase("rest", r"其[他它](?:情形|情况|原因|方式|类)?", ("rest",)),
)

# Words that may stand between a phrase and its number without changing what is counted.
FILLER = (
    r"(?:申请|案件|案|事项|信息|数量|总数|总量|件数|金额|总额|收入|收费|数|的|了|共|共计|总计|合计|累计|总共|一共|为主|为|是|达|达到|有|仅|约|近|计|均|"
    r"政府信息公开|政府信息|小计|总件数|者|处理决定|决定书|相对|较多|较少|居多|最多|[两三四五六]类|视为放弃|量|类|方面|仍|尚|还|另|决定|答复|提交|提出|递交|备案|而?(?:行政机关)?不再处理|等原因|等情形|等|情形|情况|依法|已|，|,|：|:|“|”|\s)*"
)
PERSON_UNITS = frozenset({"位", "名", "人", "家", "户", "个"})
CASE_UNITS = frozenset({"件", "份", "宗", "起", "例", "项", "部", "件次", ""})

# What may stand right before a verb, and between it and 申请, without narrowing what is counted. Anything else narrows:
# 网上受理, 延期答复, 受理征地拆迁类申请 are some of the applications, and which ones the tables do not tell.
BEFORE_VERB = (
    r"(?:^|[^\w]|年度?|年内|年间|期间|全年|当年|[全共均都已并也还再则又所予占仅只]|合计|共计|总计|累计|[与和及]|依法|依规|按时|按期|及时|规范|完成|实际|陆续|零星|所列|表[一二三四]|显示|反映|[一二三四五六七八九]是|"
    r"[期时]限内|规定|[省市区县州旗镇乡局委办厅府门位关级院校会统系上下内]|我们|工作|机构|中心|单位|组织|公室|月底|年底|31日|其中|今年|本年|以来|共同)$"
)
BETWEEN_VERB_AND_OBJECT = (
    r"(?:[的了到过新、，,和及与或共收各]|群众|公众|社会|居民|村民|书面|公民|人民|民众|市民|当事人|法人|自然人|企业|其他组织|组织|各类|各种|各方面|全部|所有|有效|"
    r"申请人|提出|提交|递交|来自|向[^，。；]{1,10}?(?=提)|关于|有关|涉及|政府|信息|公开|合计|总计|累计|\s)*"
)

# A number of one channel, of some months or of several years says nothing that the tables could confirm or deny.
CHANNEL, OTHER_TIME, OTHER_ROLE = "渠道", "时段", "复议机关"
UNCHECKABLE_SCOPES = frozenset({CHANNEL, OTHER_TIME, OTHER_ROLE})
# Words that narrow or shift the set that is counted: the number may rightly differ from the table of the whole report.
# An empty name stands for the words that were found; ``$`` keeps a pattern to the clause of the number.
SCOPES: tuple[tuple[str, str], ...] = (
    (
        r"(?<!等)(?:网上|线上|线下|网络|网站|信函|来函|邮寄|邮件|邮箱|当面|现场|窗口|传真|微信|小程序|平台|(?:办理|申请|业务|网上)系统)(?![^，,。；;]{0,8}(?:等|[两三四五六多各]种|多?渠道|相结合))[^，,。；;、]{0,10}$",
        CHANNEL,
    ),
    (r"(?:第?[一二三四]季度|[上下]半年|(?<!\d)(?:[1-9]|1[01])月(?!1日)|月份)[^，,。；;、]{0,16}$", OTHER_TIME),
    (
        r"(?:过去|近|前|最近)[一二三四五六七八九十两\d]+年|20\d\d年?[至到—-]+20\d\d年|历年来?(?=累计|共|受理|收到|办理)|以来|累计(?=受理|收到|办理)",
        OTHER_TIME,
    ),
    (r"作为(?:行政)?复议机关|(?:审理|审结|立案)[^，,。；;]{0,12}复议", OTHER_ROLE),
    (r"备案", "备案"),
    (r"(?:省|市|区|县|州|旗|镇|乡)?政府(?:办公[厅室]|办)(?!发|〔)", "政府办"),
    (r"代表[^，。；]{0,10}政府", "代表政府"),
    (r"本(?:机关(?!不掌握|职责|负责)|级|办|局机关)|我办", "本机关"),
    (r"(?:省|市|区|县)本级|(?:省|市|区|县)级(?:部门|机关)?(?=受理|收到|办理)", "本级"),
    (r"(?:省|市|区|县|州)(?:人民)?政府(?:本级)?(?=[新共]?(?:收到|受理|收|办理|答复|办结))", "政府本级"),
    (r"(?:部门|单位|镇街|乡镇|街道)(?=[新共]?(?:收到|受理|办理|答复|办结))", "部门"),
    (r"(?:以)?(?:省|市|区|县|州)(?:人民)?政府(?:名义)?(?=印发|制发|制定|出台)", "本级政府"),
    (r"(?:(?![我本各年])[\u4e00-\u9fff]){1,8}(?:局|委|厅|街道|镇|乡|中心)(?=[^，,。；;、]{0,12}$)", ""),
)


def phrases() -> tuple[Phrase, ...]:
    """All phrases, in the order in which they are tried."""
    return PHRASES


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that the tables give. ``object`` is what it is of (``case``: the kind of cases the sentence speaks of),
    ``parts`` its possible numerators; the whole is the total that ``of`` names."""

    words: str
    object: str
    parts: tuple[tuple[str, ...], ...]
    of: tuple[tuple[str, ...], ...]


_ALL_REQUESTS = (("requests.workload.total",), ("requests.received.total",))
_OPEN = (("requests.granted.total",), ("requests.granted.total", "requests.partly_granted.total"))

RATES: tuple[Rate, ...] = (
    Rate(
        r"(?:按时|按期|及时|限时|法定|规定|期限|时限|在线|网上)[^，。；]{0,8}(?:办结|答复|回复|办理|办复)率", "", (), ()
    ),  # in time, online: the tables do not tell
    Rate(r"(?:办结|答复|回复|办复)率", "requests", (("requests.concluded.total",),), _ALL_REQUESTS),
    Rate(
        r"(?<!动)(?<!息)(?:予以)?公开(?:率|的?比例|的?占比|类答复占)", "requests", _OPEN,
        (("requests.concluded.total",), *_ALL_REQUESTS),
    ),
    Rate(r"(?:被)?纠错率|(?:被)?纠正率", "case", (("case.corrected",),), (("case.total",),)),
    Rate(r"维持率", "case", (("case.upheld",),), (("case.total",),)),
    Rate(r"败诉率", "litigation", (("litigation.corrected",),), (("litigation.total",),)),
)  # fmt: skip
"""Rates by their names; what stands first is tried first. No ``object``: a rate that cannot be reckoned."""
