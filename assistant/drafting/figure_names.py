"""What the name of an own figure tells: with what something was done, what was done, and whether the number is of the
year, of what there is at its end, or of how something came out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.figures.book import Figure
from assistant.lexicon import entry, phrase, said
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = [
    "COMES_BACK",
    "KIND",
    "SHARED_OPENING",
    "STATE",
    "acts",
    "core_of",
    "counted",
    "done_to",
    "done_with",
    "ending_of",
    "is_flow",
    "is_held",
    "is_rate",
    "is_result",
    "is_state",
    "kind_words",
    "lacks_a_verb",
    "opened_with",
    "thing_of",
    "usual_verb",
    "vague",
    "without_amount",
]

KIND = 2  # characters that tell the kind of a thing at the end of its name: 账号 of 新媒体账号, …
_MEETINGS = ("会", "班", "日")  # … 宣讲 of 宣讲会
SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷
_OF_PARTS = "收回"  # of several figures the others may be of the first: 有效问卷752份，满意问卷723份
COMES_BACK = ("回收", "收回", "问卷")
_QUOTED = regex("“[^“”]*”")
_NEVER = {"发布": ("次", "件次", "人次"), "举办": ("人", "人次")}  # 智能问答41200次 are not 发布
STATE, _ENDS_SO = "现有", "达"  # verbs of what there is, and of what a number came to
_IN_ALL, _SO_FAR = "共", "累计"


# What a name is made of.


def thing_of(name: str) -> str:
    """A name without what was done with the thing."""
    found = done_with(name)
    return found["what"] if found else core_of(name)


def core_of(name: str) -> str:
    """A name without the end that notes drop: 政务公开日 of 政务公开日活动."""
    tail = next((word for word in entry("own_figures", "tail").words if name.endswith(word)), "")
    return name.removesuffix(tail)


def without_amount(name: str) -> str:
    """政府信息主动公开 of 政府信息主动公开数量."""
    return phrase("own_figures", "amount").sub("", name)


def kind_words(name: str) -> list[str]:
    """What kinds of thing a name tells: 宣讲 of 政策宣讲会; 网站 and 问题, where it is not vague, of 网站问题整改."""
    ends = [name[-KIND:], name[-KIND - 1 : -1] if name.endswith(_MEETINGS) else ""]
    if found := done_with(name):
        ends += [found["what"][-KIND:], found["what"][:KIND]]
    told = {*vague(), *entry("own_figures", "manner").words}  # 电话: how something was done, in other notes
    return [end for end in ends if len(end) == KIND and end not in told]


@cache
def vague() -> frozenset[str]:
    """Ends of names that tell no kind of thing."""
    return frozenset(entry("own_figures", "vague").words)


def done_with(name: str) -> re.Match[str] | None:
    """A thing and what was done with it; none of 查阅点接待, which says where."""
    found = phrase("own_figures", "done_with").fullmatch(name)
    return None if found is None or phrase("own_figures", "at_a_place").search(found["what"]) else found


@cache
def _verbs() -> dict[str, str]:
    """What is done with a thing that is counted, by how its name ends, the longest ending first."""
    verbs = {word: each["verb"] for each in load("drafting")["counted"] for word in each["words"]}
    return dict(sorted(verbs.items(), key=lambda item: -len(item[0])))


@cache
def acts() -> re.Pattern[str]:
    """What is done with things."""
    return regex("|".join((said("own_figures", "acts"), *dict.fromkeys(filter(None, _verbs().values())))))


@cache
def _doings() -> re.Pattern[str]:
    """What a note may say was done with a thing that is counted."""
    known, kept = entry("own_figures", "acts"), phrase("own_figures", "no_doing")
    words = dict.fromkeys((*known.words, *known.pattern, *_verbs().values()))
    made_public = said("own_figures", "made_public")
    return regex("|".join((made_public, *(word for word in words if word and not kept.match(word)))))


def done_to(before: str, behind: str) -> str:
    """What a note says was done with the thing that stands between two pieces of it: 公布 of 每周公布水质监测报告 or
    水质监测报告每周公布; empty where that is not plain."""
    clause = phrase("workbook", "before_doing").split(before)[-1]
    compound = phrase("own_figures", "compound")
    done = [each for each in _doings().finditer(clause) if not compound.search(clause[: each.start()])]
    if done:
        return done[-1][0]
    found = phrase("own_figures", "made").match(behind)
    return found["act"] if found else ""


def ending_of(name: str) -> str:
    """The end of a name that tells what is done with the thing; empty for none."""
    return next((word for word in _verbs() if name.endswith(word)), "")


def usual_verb(ending: str) -> str:
    """What is done with things whose names end so."""
    return _verbs().get(ending, "")


def opened_with(name: str) -> str:
    """The act that a name opens with, where a thing comes behind it: 备案 of 备案诉讼案件."""
    found = phrase("own_figures", "opens_with").match(name) or acts().match(name)
    return found[0] if found and len(name) - found.end() >= KIND and _says_itself(name, ending_of(name)) else ""


def _says_itself(name: str, ending: str) -> bool:
    """Whether a name tells what was done: 举办新闻发布会, 公开常务会议, but not 政府信息公开培训 or 信息发布审核单."""
    bare = _QUOTED.sub("", name)  # the 发布 of “某县发布”公众号 is a name
    if phrase("own_figures", "opens_with").match(bare):
        return True
    found = [each for each in acts().finditer(bare) if each.start() < len(bare) - len(ending)]
    if bare.endswith(tuple(entry("own_figures", "form").words)):
        found = [each for each in found if each.start() == 0]
    return bool(found or (ending == "信息" and "公开" in bare.removesuffix(ending)))


def _by_measure_word(unit: str) -> str:
    """What is done with a thing whose name tells nothing of it: 专题学习4场."""
    return next((each["verb"] for each in load("drafting")["measured"] if unit in each["words"]), "")


# Of what a number is.


def is_result(figure: Figure) -> bool:
    """Whether it tells how something came out (满意度为93.2%), not how much of it there was."""
    name = figure.label
    return _verb(figure) in (_ENDS_SO, _OF_PARTS) or is_rate(name, figure.unit) or name.endswith(COMES_BACK)


def is_held(figure: Figure) -> bool:
    """What has been gathered up to the year's end: of 文件库入库文件812件 nobody knows how many came in the year."""
    name = _QUOTED.sub("", figure.label)
    held = phrase("own_figures", "held").search(name) and not phrase("own_figures", "of_the_year").search(name)
    return bool(held) and not is_result(figure)


def is_state(figure: Figure) -> bool:
    """What there is, not what the year brought."""
    return not (is_result(figure) or is_held(figure)) and _verb(figure) in (STATE, "")


def is_flow(figure: Figure) -> bool:
    return not (is_result(figure) or is_held(figure) or is_state(figure))


def is_rate(name: str, unit: str) -> bool:
    """满意度 is one, 满意度调查问卷 is none."""
    return unit == "%" or (unit in ("", "分") and bool(phrase("own_figures", "rate").search(name)))


def _verb(figure: Figure) -> str:
    """What happened so often, or took place so many times, is no state."""
    unit = figure.unit
    return _verb_of(figure.label) or ("已" if unit.endswith("次") else _by_measure_word(unit))


def _verb_of(name: str) -> str:
    ending = ending_of(name)
    if _says_itself(name, ending) or done_with(name):
        return "已"  # a flow, but its verb stands in the name
    return usual_verb(ending)


def lacks_a_verb(name: str) -> bool:
    """Whether a counted thing (政务公开专区) must be told with what was done with it."""
    return _verb_of(name) not in ("", "已", _ENDS_SO)


# What is said of it.


def counted(figures: Iterable[tuple[str, Figure]], name: str = "", *, alone: bool = False) -> str:
    """Clauses on figures given with their slots, without a stop at the end; empty for none. ``name`` was told before
    them. ``alone``, a name without a verb is not left as a label: 客服专线共9条."""
    text, done = "", ""
    for slot, figure in figures:
        verb, words = _phrase(slot, figure, name)
        if alone and not verb and figure.value and is_state(figure):
            words = words.replace("{{", f"{_IN_ALL}{{{{", 1)
        again = bool(verb) and verb == done  # what is done stands once
        listed = again and verb != _OF_PARTS
        text += f"{'、' if listed else '，' if text else ''}{'' if again else verb}{words}"
        name, done = figure.label, verb
    return text


def _phrase(slot: str, figure: Figure, before: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and how much of it; ``before`` is the name told just
    before."""
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    same_act = shared < len(before) and bool(opened_with(name))  # 备案复议案件3件、诉讼案件2件: told by the verb
    if SHARED_OPENING <= shared < len(name) and not same_act:
        name = name[shared:]
    elif before and (people := phrase("own_figures", "people").fullmatch(name)) and before.endswith(people["what"]):
        return "", f"{people['act']}{{{{{slot}}}}}"  # 举办业务培训3期，参训168人次
    elif before and name.startswith("参") and name.endswith(before):
        name = f"{name.removesuffix(before)}{before[-KIND:]}"  # 举办业务培训3期，参加培训168人次
    if channel := phrase("own_figures", "channel").fullmatch(name):
        return "", f"通过{channel['channel']}{channel['act']}{{{{{slot}}}}}"
    if len(figure.unit) > 1 and name.endswith(figure.unit) and len(name) > len(figure.unit):
        # 培训参加人次305人次 → 参加培训305人次; the 件 of 政策文件 is no unit.
        stem = phrase("own_figures", "attended").sub(r"\g<act>\g<what>", name.removesuffix(figure.unit))
        return "", f"{stem}{{{{{slot}}}}}"
    if reached := phrase("own_figures", "reached").fullmatch(name):
        return "", f"{reached['what']}{{{{{slot}}}}}{reached['whom']}"  # 工作考核覆盖40家单位
    verb, name = _done(name, figure.unit)
    if verb == _ENDS_SO or figure.unit == "%" or (not verb and is_rate(name, figure.unit)):
        return "", f"{name}{_ENDS_SO if verb == _ENDS_SO else '为'}{{{{{slot}}}}}"
    act = "" if verb else opened_with(name)
    if not figure.value and (verb or act):
        return f"没有{verb.removeprefix(STATE)}", name
    if figure.value and is_held(figure) and _SO_FAR not in name:
        # 政策文件库共入库文件812件
        told = name if phrase("own_figures", "held").search(name) else f"{verb}{name}"
        held = phrase("own_figures", "held").search(told)
        at = held.start() if held else 0
        return "", f"{told[:at]}{_IN_ALL}{told[at:]}{{{{{slot}}}}}"
    return verb or act, f"{name.removeprefix(act)}{{{{{slot}}}}}"


def _done(name: str, unit: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and with what."""
    if phrase("own_figures", "with_whom").match(name):
        return "", name  # 与申请人电话沟通29次
    found = done_with(name)
    if found and unit != "%" and not _says_itself(found["what"], ""):
        in_turns, thing = phrase("own_figures", "by_turns").fullmatch(unit), found["what"]
        so = in_turns or phrase("own_figures", "manner_end").search(thing)  # 申请集体会商: no 会商申请集体
        return ("开展", name) if so else (found["act"], thing)
    ending = ending_of(name)
    verb = "" if _says_itself(name, ending) else _verbs().get(ending, _by_measure_word(unit))
    return ("" if unit in _NEVER.get(verb, ()) else verb), name
