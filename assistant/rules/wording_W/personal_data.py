"""W101–W104: personal data that a published report must not show: identity and mobile numbers, people, mailboxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.lexicon.openings import guarded
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_on, mark_in, rule
from assistant.rules.wording_W.word_lists import everywhere

BASIS = "《个人信息保护法》，《条例》第十五条"

_IDENTITY = regex(
    r"(?<![0-9A-Za-z])([1-8]\d{5})[ \-]?((?:18|19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"[ \-]?(\d{3}[\dXxＸ])(?![0-9A-Za-z])"
)
# The weights and check characters of GB 11643-1999.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_MOBILE = guarded(
    r"(?<![\dA-Za-z.，,:/_\-—])(?:(?:\+|00)?86[ \-]?)?(1[3-9]\d)[ \-]?(\d{4})[ \-]?(\d{4})"
    r"(?![\dA-Za-z]|[.,，]\d|\s*[余多]?[万亿]?[条件次个人元份户平吨项篇])"
)
_MAILBOX = regex(
    r"[\w.+\-]+\s?[@＠]\s?(?:(?:vip\.)?(?:qq|163|126|188|sina)|foxmail|yeah|sohu|139|189|wo|aliyun|gmail|hotmail|outlook"
    r"|live|yahoo|icloud|tom|21cn|263)\.(?:com\.cn|com|cn|net)(?![\w.]*\w)",
    re.ASCII,
)


def _characters(name: str) -> str:
    return "".join(load("people")[name].split())


_PERSON = regex(
    r"(?:申请人|当事人|原告|上访人|信访人|投诉人|举报人|反映人|复议人|市民|村民|居民|业主|网民|职工|姓名)"
    r"(?:姓名)?(?:为|是|叫)?\s*[:：（(]?\s*"
    rf"(?P<name>(?:欧阳|上官|司马|诸葛|[{_characters('surnames')}])[{_characters('given')}]{{1,2}})"
    r"(?=[，,、；：:（()）\s]|同志|先生|女士|[于向因就以来]|要求|请求|申请|反映|投诉|举报|诉|要|咨询|家?住)"
)


@rule("W101", "身份证号", severity="error", basis=BASIS)
def no_identity_numbers(dossier: Dossier) -> Iterator[Hit]:
    """报告中不得出现公民身份号码。18位号码核对地区码首位、出生日期和校验码，三者都符合才报，前面写明“身份证”的不看校验码；15位旧号码只在写明
    “身份证”时报。
    已经用“*”遮盖的不报。

    依据：《个人信息保护法》；校验码按 GB 11643-1999 计算。
    违例：申请人身份证号110101199003070038。
    正例：身份证号110101********0038；一串没有正确校验码的18位编号。
    """
    for paragraph in everywhere(dossier.report):
        for found in _IDENTITY.finditer(paragraph.text):
            if _is_identity(found):
                yield _hidden(paragraph, found.start(), found.end(), "这是公民身份号码", 6, 4)
            elif phrase("personal_data", "called_identity").search(paragraph.text[: found.start()]):
                what = "写明是身份证号，校验码不符，无论是否抄错都不应出现"
                yield _hidden(paragraph, found.start(), found.end(), what, 6, 4)
        for found in phrase("personal_data", "old_identity").finditer(paragraph.text):
            yield _hidden(paragraph, *found.span("old"), "这是15位的公民身份号码", 6, 3)


def _is_identity(found: re.Match[str]) -> bool:
    region, year, month, day, last = found.groups()
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    digits = f"{region}{year}{month}{day}{last[:3]}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == last[3].upper().replace("Ｘ", "X")


@rule("W102", "手机号", severity="error", basis=BASIS)
def no_mobile_numbers(dossier: Dossier) -> Iterator[Hit]:
    """报告中不得出现个人手机号。公开的座机、热线不报，后面带量词的数和写明是编号、账号的不报。

    依据：《个人信息保护法》。
    违例：联系人：王某，13800138000。
    正例：咨询电话0799-6601234；12345热线；网站访问13800138000次。
    """
    for paragraph in everywhere(dossier.report):
        for found in _MOBILE.finditer(paragraph.text):
            if not phrase("personal_data", "number_of_something").search(paragraph.text[: found.start()]):
                yield _hidden(paragraph, found.start(1), found.end(), "这是手机号，联系方式请用公开的座机", 3, 4)


@rule("W103", "申请人姓名连同住址或诉求", severity="warning", basis=BASIS)
def no_applicants_by_name(dossier: Dossier) -> Iterator[Hit]:
    """写出申请人、信访人等的姓名，又写出住址或诉求的，或者住址写到门牌、单元、房号的，泄露个人信息。写作“张某”“王女士”的、单独的工作人员姓名不报。

    依据：《个人信息保护法》；《条例》第十五条。
    违例：申请人王建国（住清源路12号）要求公开征地批复。
    正例：申请人张某要求公开征地批复；县长王建国主持会议。
    """
    for paragraph in everywhere(dossier.report):
        told: set[str] = set()
        for found in _PERSON.finditer(paragraph.text):
            sentence = paragraph.sentence_at(found.start())
            known = (("住址", "address"), ("诉求", "request"))
            beside = [what for what, id in known if phrase("personal_data", id).search(sentence)]
            if beside:
                told.add(sentence)
                start, end = found.span("name")
                yield _hidden(paragraph, start, end, f"申请人一类的姓名与{'、'.join(beside)}一同出现", 1, 0)
        for found in phrase("personal_data", "home").finditer(paragraph.text):
            if paragraph.sentence_at(found.start()) in told:
                continue
            yield _hidden(paragraph, *found.span("address"), "这是个人的住址", 2, 0)


@rule("W104", "私人邮箱", severity="info", basis="政务邮箱管理的通行要求")
def mailboxes_are_official(dossier: Dossier) -> Iterator[Hit]:
    """联系方式用的是公共商业邮箱（QQ、163、126 等）。公务邮件应当用政务邮箱，个人邮箱还会泄露个人信息。

    依据：政务邮箱管理的通行要求。
    违例：电子邮箱：zwgk@qq.com。
    正例：电子邮箱：zwgk@qingyuan.gov.cn。
    """
    for paragraph in everywhere(dossier.report):
        for found in _MAILBOX.finditer(paragraph.text) if re.search("[@＠]", paragraph.text) else ():
            yield hit_on(found, paragraph, f"“{found.group()}”是公共商业邮箱", "政务邮箱（gov.cn）")


def _hidden(paragraph: Prose, start: int, end: int, what: str, first: int, last: int) -> Hit:
    """A hit that does not repeat what it warns of: all but the first and last characters are covered."""
    text = paragraph.text[start:end]
    covered = text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]
    sentence = paragraph.sentence_at(start).replace(text, covered)
    marks = (mark_in(paragraph, start, end),)
    return Hit(paragraph.where, f"{what}：{covered}", "不出现", covered, sentence, marks=marks)
