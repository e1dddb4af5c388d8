"""Figures of the office's own, each where it belongs: in the sentence of the note that speaks of the thing, or in
sentences of their own.

A figure counts what the whole office did; a note tells what was done at one place or on one occasion. Put into the
note's own clause a figure would be of that place (便民服务大厅设立政务公开专区11个), so it has a clause to itself that
says whose it is: …，全年举办宣讲会9场; …，全镇共有政务公开专区11个. Only a note that opens with the very thing goes on
behind its number: 召开新闻发布会6场，走进社区和园区.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from assistant.drafting.slots import SLOT, Material, is_fee
from assistant.figures.book import Figure
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["Told", "as_sentence", "counted", "joined", "lacks_a_verb", "with_figures"]

_MOST_COUNTED = 3  # figures in one sentence
# 政策解读 is told of by whoever speaks of 解读.
_OF_ANYTHING = regex(r"^(?:政策|政务|新增|专题|各类)(?=\p{Han}{2})")
_AN_EDGE = 3
_KIND = 2  # characters that tell the kind of a thing at the end of its name: 账号 of 新媒体账号, …
_MEETINGS = ("会", "班", "日")  # … 宣讲 of 宣讲会
_SHORTEST_NAME = 4  # characters that a note must share with a longer name to speak of the thing, …
_SHARE_OF_NAME = 0.6  # … and how much of the name
_SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷
_WHOLE = regex(r"(?:共|累计)?(?:主动)?公开(?:各类)?(?:政府|政务)?信息")  # what a part opens with
_DISCLOSED = "主动公开"  # the part that opens with what went through each channel, too
_CHANNEL = regex(
    r"(?P<channel>[^通].*?(?P<kind>网站?|专栏|公众号|新媒体|微博|微信|平台|客户端|栏目|频道|账号))"
    r"(?P<act>(?:主动)?(?:公开|发布|推送|转载)(?:各类)?(?:政府|政务)?(?:信息|稿件|文章|消息)?)"
)
_OF_PARTS = "收回"  # of several figures the others may be of the first: 有效问卷752份，满意问卷723份
_THE_YEAR, _IN_THE_YEAR = "全年", "年内"
_COMES_BACK = ("回收", "收回", "问卷")
_OF_THE_THING = regex(
    r"[的和与及、，：:（(方班会日栏牌点室员后前时中内上之率]|以[后前来]|期间|过程|工作|情况|质量|数量|内容|制度|机制|管理"
)
_STANDS_AT = regex("设|建|位于|在")
_CLAUSE, _QUOTED = regex("[，。；]"), regex("“[^“”]*”")
_NEVER = {"发布": ("次", "件次", "人次"), "举办": ("人", "人次")}  # 智能问答41200次 are not 发布
_STATE, _ENDS_SO = "现有", "达"  # verbs of what there is, and of what a number came to


class Told(NamedTuple):
    """What a part has beside the form: the figure of the whole, the points with the figures that belong to them, and
    sentences with the figures that no point speaks of."""

    whole: str
    points: tuple[str, ...]
    others: str


def as_sentence(text: str) -> str:
    """A note as a sentence: one full stop at its end. A line break behind it parts paragraphs."""
    apart = "\n" if text.endswith("\n") else ""
    text = text.strip().rstrip("；;，,、")
    return f"{text if text.endswith(('。', '！', '？', '】')) else f'{text}。'}{apart}"


def joined(text: str, clause: str) -> str:
    """One sentence of a note and a clause that stands by itself; two where the note is several already."""
    apart = "\n" if text.endswith("\n") else ""
    sentence = as_sentence(text).rstrip("\n").removesuffix("。")
    mark = "" if sentence[-1] in "！？】" else "。" if "。" in sentence else "；" if "；" in sentence else "，"
    return f"{sentence}{mark}{clause}。{apart}"


def with_figures(part: str, points: tuple[str, ...], material: Material) -> Told:
    """The points of a part with the office's own figures for it, each where it belongs."""
    named = material.named
    beside: dict[int, list[tuple[str, Figure]]] = {}
    alone, whole = list[tuple[str, Figure]](), list[tuple[str, Figure]]()
    at = None
    for slot, figure in _under_the_head(part, material):
        if slot in named or is_fee(part, figure):
            continue
        if (_WHOLE.match(figure.label) and not _done_with(figure.label)) or (
            part == _DISCLOSED and _CHANNEL.fullmatch(figure.label)
        ):
            whole.append((slot, figure))
            continue
        # 培训参加人次 are where the 培训 before them is.
        before = (beside.get(at, []) if at is not None else alone)[-1:]
        of_the_last = any(
            figure.label.startswith(kind) for _, each in before if (kind := each.label[-_KIND:]) not in _vague()
        )
        at = at if of_the_last else _speaking_of(figure, points)
        if at is None:
            alone.append((slot, figure))
        elif not _is_told_in(points[at], figure, material):
            beside.setdefault(at, []).append((slot, figure))
    whole.sort(key=lambda each: not _WHOLE.match(each[1].label))
    opening = f"{_THE_YEAR}{counted(whole)}。" if whole else ""
    texts = list[str]()
    for n, point in enumerate(points):
        told = opening + "".join(texts)
        texts.append(_with_its_figures(point, beside[n], told, material.data.voice.area) if n in beside else point)
    return Told(opening, tuple(texts), "".join(_sentences_on(alone, _year(opening + "".join(texts)))))


def _year(told: str) -> str:
    """全年 and 年内 by turns, so that three sentences running do not say the same."""
    return _IN_THE_YEAR if told.rfind(_THE_YEAR) > told.rfind(_IN_THE_YEAR) else _THE_YEAR


def _under_the_head(part: str, material: Material) -> Iterator[tuple[str, Figure]]:
    """The figures for a part; 疑难件会商 under 依申请公开, whoever calls it 依申请公开疑难件会商, and 主动公开政府信息,
    whoever calls it 政府信息主动公开数量."""
    for slot, figure in material.own_figures_of(part):
        name = _AMOUNT.sub("", figure.label).removeprefix("通过")
        done_with = _done_with(name)
        if done_with and done_with["act"] == _DISCLOSED:
            name = f"{done_with['act']}{done_with['what']}"
        elif _done_with(name.removeprefix(part)):
            name = name.removeprefix(part)
        yield slot, replace(figure, label=name)


def _is_told_in(point: str, figure: Figure, material: Material) -> bool:
    """Whether a note counts the thing itself: its figure is not told again. 季通报4次 is no 网站检查4次."""
    kind = _thing(figure.label)[-_KIND:]
    told = (material.book[slot] for clause in _CLAUSE.split(point) if kind in clause for slot in SLOT.findall(clause))
    return any((each.value, each.unit) == (figure.value, figure.unit) for each in told)


def _with_its_figures(point: str, figures: list[tuple[str, Figure]], told: str, area: str) -> str:
    """How much there was before what it was like, where the note goes on about it; else behind the note. ``told`` is
    what stands before it: at the head of a sentence the year is said once."""
    for _, figure in figures:
        if figure.value and (goes_on := _goes_on_with(figure, point)):
            there_is = all(_is_state(each) for _, each in figures)
            return f"{'' if there_is or _THE_YEAR in told else _THE_YEAR}{counted(figures)}，{goes_on}"
    clauses = []
    for kind in (_is_result, _is_flow, _is_state):
        alike = [each for each in figures if kind(each[1])]
        if not alike:
            continue
        opening = _opening_in(alike[0][1], point)
        text = counted(alike, opening)
        if kind is _is_flow:
            # Of what stands at one place the figure may be of all: 中心的公开专区配备查询机，公开专区全年接待530人次.
            elsewhere = point.find(opening) > _KIND
            whose = opening if elsewhere and _AT_A_PLACE.search(opening) else ""
            text = counted(alike) if elsewhere and not whose else text
            text = f"{whose}{_year(told + point)}{text}"
        elif kind is _is_result and _CLAUSE.split(point.rstrip("。；"))[-1].startswith(alike[0][1].label):
            text = text.removeprefix(alike[0][1].label)  # 满意度有所上升，为96.3%
        elif kind is _is_state:
            text = _there_are(alike, point, area)
        clauses.append(text)
    return joined(point, "，".join(clauses))


def _there_are(figures: list[tuple[str, Figure]], point: str, area: str) -> str:
    """How many there are of a thing, and whose they are where the note tells of one: 大厅设立公开专区，全镇共有公开专区
    11个."""
    if any(not figure.value or _thing(figure.label) in point for _, figure in figures):
        text = counted(figures).removeprefix(_STATE)
        return f"{area}共有{text}" if figures[0][1].value else f"{area if text.startswith('没有') else ''}{text}"
    return "、".join(f"{_without_its_place(figure.label, point)}共{{{{{slot}}}}}" for slot, figure in figures)


def _without_its_place(name: str, point: str) -> str:
    """作品 of 视频号作品, behind a note that opens with the 视频号."""
    places = (name[:n] for n in range(len(name) - _KIND, _SHARED_OPENING - 1, -1))
    return name.removeprefix(next((at for at in places if point.startswith(at) and _AT_A_PLACE.search(at)), ""))


def _goes_on_with(figure: Figure, point: str) -> str:
    """A note that opens with the thing that was counted, without it: 召开新闻发布会6场，走进社区和园区. Empty where it
    opens with anything else, goes on about something of the thing's, or where one of them stands."""
    name, done_with, thing = figure.label, _done_with(figure.label), _thing(figure.label)
    if name.startswith("参"):
        return ""  # 参加培训26人: the note is on the 培训
    ends = (thing[n:] for n in range(len(thing) - _KIND + 1))
    for opens in (name, *(end for end in ends if end not in _vague())):
        rest = point.removeprefix(opens)
        if rest == point or _OF_THE_THING.match(rest):
            continue
        again = done_with is not None and done_with["act"] in rest  # 会商疑难件9次，由各科室会商
        return "" if again or (_is_state(figure) and _STANDS_AT.match(rest)) else rest
    return ""


def _thing(name: str) -> str:
    """A name without what was done with the thing."""
    done_with = _done_with(name)
    return done_with["what"] if done_with else _core(name)


def _core(name: str) -> str:
    """A name without the end that notes drop: 政务公开日 of 政务公开日活动."""
    tail = next((word for word in load("drafting")["tail"]["words"] if name.endswith(word)), "")
    return name.removesuffix(tail)


def _is_result(figure: Figure) -> bool:
    """Whether it tells how something came out (满意度为93.2%), not how much of it there was."""
    name = figure.label
    return _verb(figure) in (_ENDS_SO, _OF_PARTS) or _is_rate(name, figure.unit) or name.endswith(_COMES_BACK)


def _is_state(figure: Figure) -> bool:
    """What there is, not what the year brought."""
    return not _is_result(figure) and _verb(figure) in (_STATE, "")


def _is_flow(figure: Figure) -> bool:
    return not _is_result(figure) and not _is_state(figure)


def _is_rate(name: str, unit: str) -> bool:
    """满意度 is one, 满意度调查问卷 is none."""
    return unit == "%" or (unit in ("", "分") and bool(_RATE.search(name)))


def _opening_in(figure: Figure, point: str) -> str:
    """What a name opens with that its note has said already, where the rest tells what was done: 专区提供打印，全年接待
    530人次; or where it is a thing with a verb of its own: 社会评议 of 社会评议有效问卷."""
    name, result = figure.label, _is_result(figure)
    for n in range(len(name) - 1, _SHARED_OPENING - 1, -1):
        opening, rest = name[:n], name[n:]
        if opening not in point:
            continue
        of_its_own = _verbs().get(_ending(rest), "") not in (_STATE, "")
        how_it_came_out = (
            result and len(rest) >= _KIND and (of_its_own or _is_rate(rest, "") or rest.endswith(_COMES_BACK))
        )
        if _acts().match(rest) or how_it_came_out or (of_its_own and point.startswith(opening)):
            return opening
    return ""


def _speaking_of(figure: Figure, points: tuple[str, ...]) -> int | None:
    name = figure.label
    if channel := _CHANNEL.fullmatch(name):
        return next((n for n, point in enumerate(points) if channel["kind"] in point), None)
    at_it = [n for n, point in enumerate(points) if _opening_in(figure, point)]
    if len(at_it) == 1:
        return at_it[0]  # 政策文件库入库文件: the note on 政策文件库
    own = _OF_ANYTHING.sub("", _core(name))
    # 咨询热线 of 招生入学咨询热线 tells more of what it is than 招生入学 does: of two alike the later one.
    shared = [(*_longest_shared(own, point), -n) for n, point in enumerate(points)]
    length, end, at = max(shared, default=(0, 0, 0))
    if len(own) > length >= _SHARED_OPENING and [one[:2] for one in shared].count((length, end)) == 1:
        return -at  # 社会评议有效问卷: the note on 社会评议
    # 公开栏 of 社区公开栏 is a word; 务公开 of 村务公开栏 is none.
    word = any(own[edge] in points[-at] for edge in (slice(_AN_EDGE), slice(-_AN_EDGE, None))) if points else False
    shortest = min(_AN_EDGE if word else _SHORTEST_NAME, len(own))
    if shortest <= length and length >= len(own) * _SHARE_OF_NAME:
        return -at
    return _only_one_on(own, points)


def _only_one_on(name: str, points: tuple[str, ...]) -> int | None:
    """The one note on the same matter (考核覆盖单位, 绩效考核; 开放日, 邀请居民走进), or on the same kind of thing
    (新媒体账号, 关停账号)."""
    matters = [regex(entry["topic"]) for entry in load("aspects")["result"] if regex(entry["topic"]).search(name)]
    matters += [regex(entry["told"]) for entry in load("drafting")["matter"] if entry["name"] in name]
    ends = [name[-_KIND:], name[-_KIND - 1 : -1] if name.endswith(_MEETINGS) else ""]
    if done_with := _done_with(name):  # 网站问题整改: the note on the 网站
        ends += [done_with["what"][-_KIND:], done_with["what"][:_KIND]]
    kinds = [regex(re.escape(end)) for end in ends if len(end) == _KIND and end not in _vague()]
    for said in (*matters, *kinds):
        on_it = [n for n, point in enumerate(points) if said.search(point)]
        if len(on_it) == 1:
            return on_it[0]
    return None


@cache
def _vague() -> frozenset[str]:
    """Ends of names that tell no kind of thing."""
    return frozenset(load("drafting")["vague"]["words"])


def _longest_shared(name: str, text: str) -> tuple[int, int]:
    """How long the longest piece of ``name`` is that stands in ``text``, and where in the name the last such ends."""
    size = len(name)
    pieces = ((length, end) for length in range(size, 0, -1) for end in range(size, length - 1, -1))
    return next(((length, end) for length, end in pieces if name[end - length : end] in text), (0, 0))


def _sentences_on(figures: list[tuple[str, Figure]], year: str) -> Iterator[str]:
    """What there is, what the year brought, and how it came out, a few figures a sentence."""
    states, flows, results = ([each for each in figures if kind(each[1])] for kind in (_is_state, _is_flow, _is_result))
    if states and flows and len(figures) <= _MOST_COUNTED and not results:
        yield f"{counted(states)}，{year}{counted(flows)}。"
        return
    for opening, group in (("", states), (year, flows), ("", results)):
        for n in range(0, len(group), _MOST_COUNTED):
            yield f"{opening if n == 0 else ''}{counted(group[n : n + _MOST_COUNTED])}。"


# What is said of one figure.


def counted(figures: Iterable[tuple[str, Figure]], name: str = "") -> str:
    """Clauses on figures given with their slots, without a stop at the end; empty for none. ``name`` was told before
    them."""
    text, done = "", ""
    for slot, figure in figures:
        verb, phrase = _phrase(slot, figure, name)
        again = bool(verb) and verb == done  # what is done stands once
        listed = again and verb != _OF_PARTS
        text += f"{'、' if listed else '，' if text else ''}{'' if again else verb}{phrase}"
        name, done = figure.label, verb
    return text


@cache
def _verbs() -> dict[str, str]:
    """What is done with a thing that is counted, by how its name ends, the longest ending first."""
    verbs = {word: entry["verb"] for entry in load("drafting")["counted"] for word in entry["words"]}
    return dict(sorted(verbs.items(), key=lambda item: -len(item[0])))


_ACTS = "|".join(load("drafting")["acts"]["words"])
_DONE_WITH = regex(
    rf"(?P<what>(?:\p{{Han}}|[“”、]){{2,}}?)(?P<act>{_ACTS}|发布|公布|(?:主动)?公开|公示)"
)  # 政策标签推送
_MANNER = regex(rf"(?:{'|'.join(load('drafting')['manner']['words'])})$")
_AT_A_PLACE = regex(rf"(?:{'|'.join(load('drafting')['place']['words'])})$")
_ATTENDED = regex(r"(?P<what>.+)(?P<act>参[加训会与])")  # 培训参加 → 参加培训
_PEOPLE = regex(r"(?P<what>.+?)(?P<act>参[加训会与])(?:人员)?")
_REACHED = regex(r"(?P<what>.+(?:覆盖|涉及|惠及))(?P<whom>\p{Han}{2,4})")
_AMOUNT = regex("(?:数量|总数|总量|条数|件数|人数)$")
_BY_TURNS = regex("(?:件?次|[场轮期])")
_RATE = regex(r"率|比例|占比|满意度|权重|得分|评分")


@cache
def _acts() -> re.Pattern[str]:
    return regex("|".join((_ACTS, *dict.fromkeys(filter(None, _verbs().values())))))


def _done_with(name: str) -> re.Match[str] | None:
    """A thing and what was done with it; none of 查阅点接待, which says where."""
    found = _DONE_WITH.fullmatch(name)
    return None if found is None or _AT_A_PLACE.search(found["what"]) else found


def _says_itself(name: str, ending: str) -> bool:
    """Whether a name tells what was done: 举办新闻发布会, 主动公开政府信息, but not 政府信息公开培训."""
    before = _QUOTED.sub("", name.removesuffix(ending))  # the 发布 of “某县发布”公众号 is a name
    return bool(_acts().search(before) or (ending == "信息" and "公开" in before))


def _by_measure_word(unit: str) -> str:
    """What is done with a thing whose name tells nothing of it: 专题学习4场."""
    return next((entry["verb"] for entry in load("drafting")["measured"] if unit in entry["words"]), "")


def _ending(name: str) -> str:
    return next((word for word in _verbs() if name.endswith(word)), "")


def _verb(figure: Figure) -> str:
    return _verb_of(figure.label) or ("已" if figure.unit.endswith("次") else "")  # what happened so often is no state


def _verb_of(name: str) -> str:
    ending = _ending(name)
    if _says_itself(name, ending) or _done_with(name):
        return "已"  # a flow, but its verb stands in the name
    return _verbs().get(ending, "")


def lacks_a_verb(name: str) -> bool:
    """Whether a counted thing (政务公开专区) must be told with what was done with it."""
    return _verb_of(name) not in ("", "已", _ENDS_SO)


def _phrase(slot: str, figure: Figure, before: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and how much of it; ``before`` is the name told just
    before."""
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    if _SHARED_OPENING <= shared < len(name):
        name = name[shared:]
    elif before and (people := _PEOPLE.fullmatch(name)) and before.endswith(people["what"]):
        return "", f"{people['act']}{{{{{slot}}}}}"  # 举办业务培训3期，参训168人次
    elif before and name.startswith("参") and name.endswith(before):
        name = f"{name.removesuffix(before)}{before[-_KIND:]}"  # 举办业务培训3期，参加培训168人次
    if channel := _CHANNEL.fullmatch(name):
        return "", f"通过{channel['channel']}{channel['act']}{{{{{slot}}}}}"
    if len(figure.unit) > 1 and name.endswith(figure.unit) and len(name) > len(figure.unit):
        # 培训参加人次305人次 → 参加培训305人次; the 件 of 政策文件 is no unit.
        stem = _ATTENDED.sub(r"\g<act>\g<what>", name.removesuffix(figure.unit))
        return "", f"{stem}{{{{{slot}}}}}"
    if reached := _REACHED.fullmatch(name):
        return "", f"{reached['what']}{{{{{slot}}}}}{reached['whom']}"  # 工作考核覆盖40家单位
    verb, name = _done(name, figure.unit)
    if verb == _ENDS_SO or figure.unit == "%" or (not verb and _is_rate(name, figure.unit)):
        return "", f"{name}{_ENDS_SO if verb == _ENDS_SO else '为'}{{{{{slot}}}}}"
    if figure.value or not verb:
        return verb, f"{name}{{{{{slot}}}}}"
    return f"没有{verb.removeprefix(_STATE)}", name


def _done(name: str, unit: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and with what."""
    done_with = _done_with(name)
    if done_with and unit != "%" and not _says_itself(done_with["what"], ""):
        in_turns = _BY_TURNS.fullmatch(unit) or _MANNER.search(done_with["what"])  # 申请集体会商: no 会商申请集体
        return ("开展", name) if in_turns else (done_with["act"], done_with["what"])
    ending = _ending(name)
    verb = "" if _says_itself(name, ending) else _verbs().get(ending, _by_measure_word(unit))
    return ("" if unit in _NEVER.get(verb, ()) else verb), name
