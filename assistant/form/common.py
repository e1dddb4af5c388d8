"""The parts that both editions of the form share: columns of table 3, table 4, section titles."""

from __future__ import annotations

from assistant.form.model import Block, Column, Row, SectionTitle, Table

APPLICANTS = (
    Column("natural_person", "自然人", ("公民", "个人")),
    Column("business", "商业企业", ("企业",)),
    Column("research", "科研机构", ("科研院所",)),
    Column("welfare", "社会公益组织", ("公益组织", "社会组织")),
    Column("legal_service", "法律服务机构", ("律师事务所",)),
    Column("other_organisation", "其他"),
    Column("total", "总计", ("合计", "总数")),
)

OUTCOMES = (
    Row("granted", "（一）予以公开", "三（一）", short="予以公开"),
    Row(
        "partly_granted",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "三（二）",
        short="部分公开",
        aliases=("部分公开",),
    ),
    Row("denied.state_secret", "1.属于国家秘密", "三（三）1", "denied", "国家秘密"),
    Row(
        "denied.prohibited_by_law",
        "2.其他法律行政法规禁止公开",
        "三（三）2",
        "denied",
        "法律行政法规禁止公开",
    ),
    Row("denied.safety_and_stability", "3.危及“三安全一稳定”", "三（三）3", "denied", "三安全一稳定"),
    Row("denied.third_party_rights", "4.保护第三方合法权益", "三（三）4", "denied", "第三方合法权益"),
    Row("denied.internal_affairs", "5.属于三类内部事务信息", "三（三）5", "denied", "内部事务信息"),
    Row("denied.process_information", "6.属于四类过程性信息", "三（三）6", "denied", "过程性信息"),
    Row("denied.enforcement_file", "7.属于行政执法案卷", "三（三）7", "denied", "行政执法案卷"),
    Row("denied.administrative_query", "8.属于行政查询事项", "三（三）8", "denied", "行政查询事项"),
    Row(
        "unavailable.not_held",
        "1.本机关不掌握相关政府信息",
        "三（四）1",
        "unavailable",
        "本机关不掌握",
    ),
    Row(
        "unavailable.needs_creation",
        "2.没有现成信息需要另行制作",
        "三（四）2",
        "unavailable",
        "需要另行制作",
    ),
    Row(
        "unavailable.still_unclear",
        "3.补正后申请内容仍不明确",
        "三（四）3",
        "unavailable",
        "补正后仍不明确",
    ),
    Row("not_processed.petition", "1.信访举报投诉类申请", "三（五）1", "not_processed", "信访举报投诉类申请"),
    Row("not_processed.repeated", "2.重复申请", "三（五）2", "not_processed", "重复申请"),
    Row("not_processed.publication", "3.要求提供公开出版物", "三（五）3", "not_processed", "公开出版物"),
    Row("not_processed.excessive", "4.无正当理由大量反复申请", "三（五）4", "not_processed", "大量反复申请"),
    Row(
        "not_processed.reconfirmation",
        "5.要求行政机关确认或重新出具已获取信息",
        "三（五）5",
        "not_processed",
        "确认或重新出具已获取信息",
    ),
)

OTHERWISE_HANDLED = (
    Row(
        "otherwise_handled.correction_overdue",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "三（六）1",
        "otherwise_handled",
        "逾期不补正",
    ),
    Row(
        "otherwise_handled.fee_overdue",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "三（六）2",
        "otherwise_handled",
        "逾期未缴费",
    ),
    Row("otherwise_handled.miscellaneous", "3.其他", "三（六）3", "otherwise_handled", "其他处理中的其他"),
)

# 2019 has one row; reports for 2021 and later that still print it exist (洪泽 2023, 2024).
OTHERWISE_HANDLED_SINGLE = Row("otherwise_handled", "（六）其他处理", "三（六）", short="其他处理")

# Rows that print only a group: never figures of their own, but their text stands in label cells.
GROUPS = (
    Row("denied", "（三）不予公开", "三（三）", short="不予公开"),
    Row("unavailable", "（四）无法提供", "三（四）", short="无法提供"),
    Row("not_processed", "（五）不予处理", "三（五）", short="不予处理"),
    Row("otherwise_handled", "（六）其他处理", "三（六）", short="其他处理"),
)

RECEIVED = Row(
    "received", "一、本年新收政府信息公开申请数量", "一", short="本年新收申请", aliases=("本年新收政府信息公开申请",)
)
CARRIED_IN = Row(
    "carried_in", "二、上年结转政府信息公开申请数量", "二", short="上年结转申请", aliases=("上年结转政府信息公开申请",)
)
CONCLUDED = Row("concluded", "（七）总计", "三（七）", short="办理结果总计", aliases=("合计",))
CARRIED_OUT = Row("carried_out", "四、结转下年度继续办理", "四", short="结转下年度继续办理")


def requests_table(otherwise_handled: tuple[Row, ...]) -> Table:
    """Table 3 with the given rows for （六）其他处理."""
    rows = (RECEIVED, CARRIED_IN, *OUTCOMES, *otherwise_handled, CONCLUDED, CARRIED_OUT)
    return Table(
        "requests",
        "三",
        "requests",
        (Block(rows, APPLICANTS),),
        caption="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    )


CASES = (
    Column("upheld", "结果维持", ("维持",)),
    Column("corrected", "结果纠正", ("纠正",)),
    Column("other_outcome", "其他结果", ("其他",)),
    Column("pending", "尚未审结", ("未审结", "尚未办结")),
    Column("total", "总计", ("合计",)),
)

REVIEW_TABLE = Table(
    "review",
    "四",
    "review",
    (
        Block(
            (
                Row("review", "行政复议"),
                Row("litigation.direct", "未经复议直接起诉", group="litigation"),
                Row("litigation.after_review", "复议后起诉", group="litigation"),
            ),
            CASES,
        ),
    ),
    layout="strip",
)

SECTIONS = (
    SectionTitle("overview", "一", "总体情况", ("概述", "工作总体情况", "政府信息公开工作总体情况", "基本情况")),
    SectionTitle(
        "disclosure",
        "二",
        "主动公开政府信息情况",
        ("行政机关主动公开政府信息情况", "政府信息主动公开情况"),
    ),
    SectionTitle(
        "requests",
        "三",
        "收到和处理政府信息公开申请情况",
        ("行政机关收到和处理政府信息公开申请情况", "政府信息依申请公开情况"),
    ),
    SectionTitle(
        "review",
        "四",
        "政府信息公开行政复议、行政诉讼情况",
        (
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        ),
    ),
    SectionTitle(
        "problems",
        "五",
        "存在的主要问题及改进情况",
        (
            "政府信息公开工作存在的主要问题及改进情况",
            "存在的问题及改进措施",
            "存在的不足和下一步工作打算",
            "存在不足及改进方向",
        ),
    ),
    SectionTitle("other", "六", "其他需要报告的事项", ("其他需要报告事项", "需要报告的其他事项")),
)
