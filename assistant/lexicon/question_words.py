"""What people call the figures of the form when they ask, as data; what reports call them stands in ``form.phrases``."""

from __future__ import annotations

from assistant.form import APPLICANTS
from assistant.lexicon.report_words import Phrase

__all__ = ["ASKED", "BY_APPLICANT", "OUTCOMES", "SLIPS"]

# The outcomes of table 3 that 办理结果 asks for, in the form's order.
OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "not_processed", "otherwise_handled")
# All applicants, which 申请人构成 asks for.
BY_APPLICANT = tuple(column.id for column in APPLICANTS if column.id != "total")

# Characters that an input method puts in the place of others of the same sound.
SLIPS: tuple[tuple[str, str], ...] = (
    (r"付议|复义|覆议|复意", "复议"),
    (r"诉送|述讼|诉颂", "诉讼"),
    (r"败述", "败诉"),
    (r"不(?:与|于|预)公开", "不予公开"),
    (r"(?:与以|予已|预以|于以)公开", "予以公开"),
    (r"不(?:与|于|预)处理", "不予处理"),
    (r"不于许可", "不予许可"),
    (r"处法|除罚|处伐", "处罚"),
    (r"许刻|需可", "许可"),
    (r"强治|墙制", "强制"),
    (r"规[犯泛饭]性|规范行文件", "规范性"),
    (r"结传|结专", "结转"),
    (r"受里|授理", "受理"),
    (r"新受", "新收"),
    (r"申清|审请|申情", "申请"),
    (r"信仿|信坊|新访", "信访"),
    (r"无法提共|无法题供", "无法提供"),
    (r"惟持|唯持", "维持"),
    (r"究正|纠证", "纠正"),
    (r"废址|费止", "废止"),
    (r"自燃人|自然入", "自然人"),
    (r"法入", "法人"),
    # What an applicant pays is called so (条例第四十二条), and is no 行政事业性收费 of table 2.
    (r"(?:向|对|跟|找)(?:申请人|群众|老百姓|公众)们?收(?:取|过|了)?(?:过|了)?(多少)?(?:费用?|钱)", r"收取\1信息处理费"),
)  # fmt: skip

_YEAR_BEFORE = r"(?:上一?年度?|去年|上年底|往年|以前年度|年初)"
_NOT_ACTIVE = r"(?<![动请息务网不未没予意部分全])"  # 主动公开, 申请公开, 信息公开, 政务公开 are no outcome
_YEAR_AFTER = r"(?:下一?年度?|次年|第二年|明年|来年|　+)"
# What comes of an applicant who did not answer in time, as the form itself says it: 不再处理.
_ENDED = r"(?:而|就|、|，)?(?:被|就)?(?:行政机关)?(?:不再处理|不再办理?|不办|终止(?:办理|处理)?|停办)?(?:了|的)?"

# Tried before the reports' own phrases, in this order.
ASKED: tuple[Phrase, ...] = (
    Phrase("object", r"信息处理费|处理费|政策解读|新闻发布会|会议|培训|提案|建议案|留言|投诉件|热线|依申请(?:公开)?(?:的)?收费|申请收费|(?:向|对|跟|找|问)(?:申请人|群众|老百姓|公众|当事人)们?[^，。？]{0,8}?收(?:取|过|了)?[^，。？]{0,6}?[费钱]用?|(?:信息公开|公开(?:政府)?信息|检索|复制|邮寄)[^，。？]{0,6}?(?:收费|费用|收[取了过]?[^，。？]{0,3}[费钱])", ("other",)),
    # rows of table 3
    Phrase("outcome", r"(?:办理|处理|办结)(?:的)?(?:结果)?(?:合计|总计|总数|总量)", ("concluded",)),
    Phrase("outcome", r"别的(?:方式)?处理(?:方式)?", ("otherwise_handled",)),
    Phrase("outcome", r"(?:办理|处理|办结|答复|申请)(?:的)?(?:结果|方式)(?!维持|纠正)|结果(?:构成|分布)", OUTCOMES),
    Phrase("outcome", rf"接着办(?:理)?(?:的)?{_YEAR_BEFORE}(?:的)?|{_YEAR_BEFORE}(?:手[上里头]+)?(?:还)?有?(?:多少|几)?[件个]?(?:没有?|未)办[完结掉](?:的)?", ("carried_in",)),
    Phrase("outcome", rf"(?:从)?{_YEAR_BEFORE}(?:的)?(?:没有?|未)?(?:办[完结])?(?:结转|结余|积压|遗留|(?:转|留|剩|带|接|跨|拖)(?:过来|进来|下来|下(?![年一个])|来|入))(?:过来|下来)?(?:的)?|跨年度?(?:过来|转来)(?:的)?|结转(?:过来|进来|而来)(?:的)?|{_YEAR_BEFORE}(?:没|未)办[完结](?:的)?|结转自{_YEAR_BEFORE}", ("carried_in",)),
    Phrase("outcome", rf"结转(?:到|至|入|给)?{_YEAR_AFTER}(?:继续)?(?:办理)?|结转出去|(?:转|留|拖|跨|顺延)(?:到|至|给|入)?{_YEAR_AFTER}(?:继续)?(?:办理|办)?(?:的)?|(?:还)?(?:没有?|未)(?:办|处理)(?:理)?[完结](?:的)?|还没(?:办|处理)|(?:没有?|未)答复|(?:还|尚)在办(?:理)?(?:的)?|手[上里头]+(?:还)?有(?:多少|几)?[件个]?(?:没有?|未)(?:办|处理)(?:理)?|(?:还)?剩(?:下|余)?(?:的|了)?(?=多少|几)", ("carried_out",)),
    Phrase("outcome", r"公开[和及与](?:者)?部分公开|全部或(?:者)?部分公开", ("granted+partly_granted",)),
    Phrase("outcome", r"(?:没有?|未|不)(?:予以?|能|同意|准予?|让|许|允许|给(?:予)?)?公开(?!为例外|是例外)|拒绝公开|拒绝了?", ("denied",)),
    Phrase("outcome", r"(?:全部|完全|同意|准予|予以?|给予|答应|批准|全文|直接)公开(?!和部分)|[全都]给了?(?:申请人)?(?:的)?(?=有?(?:多少|几)[件份个])", ("granted",)),
    Phrase("outcome", rf"{_NOT_ACTIVE}公开(?:了|出去)?(?:的)?(?=(?:有)?(?:多少|几)[件个])|{_NOT_ACTIVE}公开(?:了|出去)?的(?=有?(?:多少|几)(?:$|[?？呢，]))|(?<=[、，,])公开了?(?=(?:多少|几)[件个]?[、，,])", ("granted",)),
    Phrase("outcome", rf"{_NOT_ACTIVE}公开(?:了|出去)?(?:的)?(?=(?:加上?|[、,，和与跟及或+]|以及|还有)(?:公开了?一部分|(?:部分|不予?|未予?|没)公开|无法提供|提供不了|不予处理|其[他它]处理))", ("granted",)),
    Phrase("outcome", rf"{_NOT_ACTIVE}公开(?:类)?(?:答复)?(?=的?(?:占比|比例|比重))", ("granted",)),
    Phrase("outcome", r"部分(?:予以|准予|同意)?公开|区分处理|公开了?一部分|给了?一部分(?:的)?|公开部分", ("partly_granted",)),
    Phrase("outcome", r"提供不了|没(?:有办|办)?法提供|不能提供|未能提供|无法提供|给不了(?:的)?|没(?:有办|办)?法给(?:的)?", ("unavailable",)),
    Phrase("outcome", r"(?:被)?终止(?:办理|处理)|不再(?:处理|办理)", ("otherwise_handled.correction_overdue+otherwise_handled.fee_overdue",)),
    Phrase("outcome", r"(?:不予?|未予)处理", ("not_processed",)),
    Phrase("leaf", r"(?:因为?|属于?|涉及)?(?:涉密|国家机密|国家秘密)(?:的|信息)?|(?:因为?|属于?)?(?:机密|保密|秘密)(?:信息|文件|事项)?(?:的|而)?(?=(?:没有?|未|不)(?:予以?|能|给|让)?公开)", ("denied.state_secret",)),
    Phrase("leaf", r"(?:其他)?(?:法律|法规|法律法规|法律、?行政法规)(?:所|上|里)?(?:明令|明文|明确)?(?:规定)?(?:禁止|不让|不许|不得|不能|不准|不允许)(?:公开)?", ("denied.prohibited_by_law",)),
    Phrase("leaf", r"(?:危及|影响)?“?三(?:个)?安全(?:一(?:个)?稳定)?”?|(?:怕)?(?:影响|危害|危及)到?(?:(?:国家|公共|经济)安全[、和与及]?)?(?:社会稳定|(?:国家|公共|经济)安全)", ("denied.safety_and_stability",)),
    Phrase("leaf", r"(?:保护|损害|涉及|侵害)?(?:第三方|第三人)(?:的)?(?:合法)?(?:权益|利益)?(?:不同意)?|商业秘密|(?:涉及|侵犯)?(?:个人|别人|他人|当事人)的?隐私", ("denied.third_party_rights",)),
    Phrase("leaf", r"(?:属于?)?(?:三类)?内部(?:事务|管理)(?:性)?(?:信息)?", ("denied.internal_affairs",)),
    Phrase("leaf", r"(?:属于?)?(?:四类)?过程性?信息|(?:四类)?过程性|(?:讨论|研究|审查|决策)过程中?的?(?:信息|材料|文件|记录)", ("denied.process_information",)),
    Phrase("leaf", r"(?:属于?)?(?:行政)?(?:执法)?案卷(?:的)?(?:信息|材料)?", ("denied.enforcement_file",)),
    Phrase("leaf", r"(?:属于?)?行政查询(?:事项)?|查询事项|属于查询(?:类)?的?|查询类的?(?:申请)?", ("denied.administrative_query",)),
    Phrase("leaf", r"(?:本机关|本单位|机关|单位|我们)?不(?:掌握|存在)的?(?:相关|该)?(?:政府)?(?:信息)?|信息不存在|查无(?:此|该|相关)?(?:政府)?信息|查不到(?:的)?|(?:手[里上头]+|我们|本机关|本单位)?没有?(?:这|该|那|此|相关)(?:个|条|些|份)?(?:政府)?信息|(?:我们|本机关|本单位)?(?:没有?|未)(?:掌握|保存)(?:相关|该)?(?:政府)?(?:信息)?|不是(?:我们|本机关|本单位)(?:所)?掌握的?|不(?:归|由)(?:我们|本机关|本单位)管的?", ("unavailable.not_held",)),
    Phrase("leaf", r"(?:没有?|无)现成(?:的)?(?:信息)?(?:、?(?:需要?|须)?(?:另行|重新)?制作)?|(?:需要?|须|得|要)?(?:另行|另外|重新)(?:再)?(?:制作|做|加工|汇总|整理)(?:的(?:信息)?)?|需要制作|要加工", ("unavailable.needs_creation",)),
    Phrase("leaf", r"(?:经)?补(?:正|了?材料|充)(?:之?后|以后|完|了)?(?:的?(?:申请)?内容)?(?:[仍还]|依然)?(?:是|然)?(?:说|讲)?不(?:明确|清楚|清|明白)|申请内容(?:仍|还)?不(?:明确|清楚)", ("unavailable.still_unclear",)),
    Phrase("leaf", r"信访(?:、?举报)?(?:、?投诉)?类?(?:的)?(?:申请)?|(?:举报投诉|投诉举报)类?(?:的)?(?:申请)?|(?:投诉|举报)(?:类的?(?:申请)?|的申请)", ("not_processed.petition",)),
    Phrase("leaf", r"(?:无正当理由)?大量(?:、)?反复(?:的)?(?:申请)?|反复申请|(?:无正当理由大量|频繁(?:大量)?|大量频繁)(?:的|地)?申请", ("not_processed.excessive",)),
    Phrase("leaf", r"重复(?:的|提出的|提交的)?(?:申请)?|(?:反复|多次)提(?:交|出)?(?:的|了)?(?:同一?|相同)(?:个|份|件|样)?(?:的|内容的)?(?:申请|信息)?", ("not_processed.repeated",)),
    Phrase("leaf", r"(?:要求提供|索要)?(?:公开)?出版物|(?:要求提供|索要|要)(?:书报|报刊|书籍|图书)", ("not_processed.publication",)),
    Phrase("leaf", r"(?:要求(?:行政机关)?)?(?:确认或(?:者)?)?重新出具(?:已获取(?:的)?信息)?|(?:要求|让)(?:行政机关|机关|我们)?(?:确认(?:信息)?|(?:再|重新?)(?:开|出|盖章?)(?:一[份个张])?(?:证明|文件)?)", ("not_processed.reconfirmation",)),
    Phrase("leaf", rf"(?:申请人)?(?:无正当理由)?(?:逾期|超期|到期|过期)?(?:没有?|不|未)(?:予|按(?:时|期|要求))?补(?:正|材料|充材料){_ENDED}", ("otherwise_handled.correction_overdue",)),
    Phrase("leaf", rf"(?:申请人)?(?:因为?)?(?:逾期|超期|到期|过期)?(?:未|不|没有?)(?:肯|愿意?)?(?:按时|按期|按(?:收费)?通知(?:要求)?)?(?:[缴交]纳?|付)(?:信息处理|处理|相关)?(?:费用?|款|钱)(?!逾期|超期){_ENDED}|逾期[未不]缴纳(?:信息处理)?费用?|[缴交]费(?:逾期|超期)|欠费", ("otherwise_handled.fee_overdue",)),
    Phrase("leaf", r"其[他它]处理(?:里面?|中|当中)(?:的)?[“”]?其[他它]", ("otherwise_handled.miscellaneous",)),
    # columns of table 3
    Phrase("column", r"法律服务机构|律师事务所|律所|律师", ("legal_service",)),
    Phrase("column", r"(?:社会)?公益组织|社会组织", ("welfare",)),
    Phrase("column", r"(?:高校|大学)?[和、]?科研(?:机构|院所|单位)|研究机构", ("research",)),
    Phrase("column", r"法人[或和及与、]?(?:者|以及)?其[他它]组织|(?<!自然)法人(?:单位|组织)?|单位申请人|企业(?:和|及|或|与)其他(?:组织|单位)", ("legal_person",)),
    Phrase("column", r"(?:商业)?企业|公司", ("business",)),
    Phrase("column", r"其[他它](?:类|类型)?(?:的)?(?:申请人|申请主体|组织)", ("other_organisation",)),
    Phrase("column", r"自然人|公民(?:个人)?(?!、法人)|个人(?!信息|隐私)", ("natural_person",)),
    # tables 2 and 4
    Phrase("object", r"(?:政府)?(?:集中)?采购(?:了)?", ("procurement",)),
    Phrase("object", r"其[他它]对外管理服务(?:事项)?|对外管理服务(?:事项)?", ("other_services",)),
    Phrase("object", r"(?:行政)?(?:审批)?许可(?!证)", ("licensing",)),
    Phrase("object", r"(?:行政)?处罚|罚了(?=(?:多少|几)[件宗起个次])", ("penalties",)),
    Phrase("object", r"(?:行政)?强制(?:措施|执行)?", ("coercion",)),
    Phrase("object", r"行政(?:事业性?)?收费|事业性?收费|收费金额|收费总额|(?:收了|收取)(?:了)?多少(?:钱|费)|收费(?!标准|通知|依据|情形)", ("fees",)),
    Phrase("object", r"(?:先)?(?:经过?)?复议(?:之?后|以后|完|再)(?:又|再|才)?(?:去)?(?:提起)?(?:行政)?(?:起诉|诉讼|去?打?官司)?(?!被)", ("litigation.after_review",)),
    Phrase("object", r"(?:未经|没有?经过?|不经)复议(?:而)?(?:就)?(?:直接)?(?:提起)?(?:去|到)?(?:法院)?(?:行政)?(?:起诉|诉讼|的诉讼|告(?:的|了)?|打官司)?|直接(?:提起)?(?:行政)?(?:起诉|诉讼)", ("litigation.direct",)),
    Phrase("object", r"(?<=诉讼)(?:案件?)?的?(?:[两二]|各)(?:类|种)", ("litigation.each",)),
    Phrase("object", r"打(?:了|过)?(?:多少|几)?[场个件起]?官司|官司|被?告[上到]了?法[院庭]|上了?法庭|被告|被?起诉|(?:行政)?应诉|被诉", ("litigation",)),
    Phrase("verb", r"新收(?:到)?|新增(?:的)?|新提(?:交|出)的?|新申请|新接到?", ("received",)),
    Phrase("verb", r"收到|受理|接到|接收|收件|来件|提(?:交|出)?了|提出|提交|收了?(?=多少|几)|提的", ("received", "workload")),
    Phrase("verb", r"收办|应办|(?:总共|一共)要办", ("workload",)),
    Phrase("verb", r"办结|办理?完毕|处理完毕|办毕|办复|办完|答复|回复|办理(?:完)?了?|处理(?:完)?了?|办(?:掉|好)了?|办了", ("concluded",)),
    Phrase("case", r"被?纠[正错](?!率)|被?撤销|被?确认违法|被?改判|被?推翻|被否[决定]?|[被给]改|改了|改变", ("corrected",)),
    Phrase("case", r"败诉(?!率)|输(?:了|掉)?(?:的)?(?:官司)?", ("corrected", "litigation")),
    Phrase("case", r"胜诉|打?赢(?:了|下)?", ("upheld", "litigation")),
    Phrase("case", r"维持(?!率)|支持(?:我们|本机关|行政机关)", ("upheld",)),
    Phrase("case", r"(?:尚|还)?[未没](?:有)?(?:审结|结案|审完|判)|在审|待审|[未没]有?结(?!转)|没有?出结果|结果(?:还)?没有?出来", ("pending",)),
    Phrase("case", r"其[他它]结果", ("other_outcome",)),
    Phrase("stage", r"(?:上一?年度?)?项目(?:数量?)?", ("previous_items", "projects")),
    Phrase("stage", r"本年增/?减", ("change",)),
    Phrase("stage", r"处理决定", ("decisions",)),
    Phrase("stage", r"(?:总)?(?:金额|支出|额)|花了?多少钱", ("amount",)),
    Phrase("stage", r"(?:对外|累计)公开(?:的)?总(?:数量?)?|(?:一共|总共|累计)(?:对外)?公开过", ("published_total",)),
    Phrase("stage", r"新公开", ("newly_published",)),
    Phrase("stage", r"(?:新)?制[定发作]|印发|出台|发布|新发|发了|新出了?|定了", ("issued", "produced")),
    Phrase("stage", r"废止|废除|失效|作废|废(?:了|掉)|取消(?:了|掉)?|清理(?:了|掉)", ("repealed",)),
    Phrase("stage", r"现行有效|继续有效|现行|有效|(?:仍|还)?在(?:用|执行)(?:的)?|管用|存量", ("in_force", "published_total")),
)  # fmt: skip
