"""What a report is made of and in which order: its parts, the figures that stand with a note, the changes worth
telling.

Texts still carry slots. What is written here is natural order, and the same every year; two years differ in what stands
out and in how it is joined (``form_sentences``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from assistant.drafting.office import OPENING, PARTS, OfficeData, Part
from assistant.drafting.slots import Material, is_fee
from assistant.figures.book import Book, Figure
from assistant.language.numerals import write
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["Told", "changes_worth_telling", "counted", "followed_up", "frame_of", "lacks_a_verb", "with_figures"]

_ASPECTS = "一"
_NUMERALS = "一二三四五六七八九十"
# A change is told when it is larger than what chance brings about: its square over all that was counted.
_CLEAR, _LEAST_CHANGE, _MOST_CHANGES = Decimal(9), 5, 2
_RECEIVED = "requests.received.total"
_COMPARED = (
    ("requests.granted.total", "予以公开的"),
    ("requests.partly_granted.total", "部分公开的"),
    ("requests.denied.total", "不予公开的"),
    ("requests.unavailable.total", "无法提供的"),
    ("requests.not_processed.total", "不予处理的"),
)
_COMPARED_CASES = (("review.total", "行政复议"), ("litigation.total", "行政诉讼"))


def frame_of(data: OfficeData) -> tuple[Part, ...]:
    """The parts of a report in the order in which they stand: an opening, the five aspects that 格式 names, the heads
    that the office adds to them, then the rest."""
    aspects = [part for part in PARTS if part.number.startswith(_ASPECTS)]
    own = [
        Part(id=head, number=f"{_ASPECTS}（{_NUMERALS[n]}）", heading=head, asks=f"{head}的情况")
        for n, head in enumerate(data.heads, start=len(aspects))
    ]
    return (OPENING, *aspects, *own, *PARTS[len(aspects) :])


# Figures of the office's own, each where it belongs: where a note names it, behind the note that speaks of the thing,
# or in sentences of their own.

_MOST_COUNTED = 3  # figures in one sentence
# 政策解读 is told of by whoever speaks of 解读.
_OF_ANYTHING = regex("^(?:政策|政务|新增|专题|各类)(?=[\u4e00-\u9fff]{2})")
_AN_EDGE = 3
_KIND = 2  # characters that tell the kind of a thing at the end of its name: 账号 of 新媒体账号, …
_MEETINGS = ("会", "班", "日")  # … 宣讲 of 宣讲会
_SHORTEST_NAME = 4  # characters that a note must share with a longer name to speak of the thing, …
_SHARE_OF_NAME = 0.6  # … and how much of the name
_WHOLE = regex(r"(?:共|累计)?(?:主动)?公开(?:各类)?(?:政府|政务)?信息")  # what a part opens with
_DISCLOSED = "主动公开"  # the part that opens with what went through each channel, too
_CHANNEL = regex(
    r"(?P<channel>[^通].+?(?P<kind>网站?|专栏|公众号|新媒体|微博|微信|平台|客户端|栏目|频道|账号))"
    r"(?P<act>(?:主动)?(?:公开|发布|推送|转载)(?:各类)?(?:政府|政务)?(?:信息|稿件|文章|消息)?)"
)
_OF_PARTS = "收回"  # of several figures the others may be of the first: 有效问卷752份，满意问卷723份
_THE_YEAR = "全年"
_COMES_BACK = ("回收", "收回")
_OF_THE_THING = regex(r"[的和与及、，：:（(方]|工作|情况|质量|数量|内容|制度|机制|管理")
_STATES = ("现有", "设有", "")  # what there is, not what the year brought


class Told(NamedTuple):
    """What a part has beside the form: the figure of the whole, the points with the figures that belong to them, and
    sentences with the figures that no point speaks of."""

    whole: str
    points: tuple[str, ...]
    others: str


def with_figures(part: str, points: tuple[str, ...], material: Material) -> Told:
    """The points of a part with the office's own figures for it, each where it belongs."""
    named = material.named
    left = [
        (slot, figure)
        for slot, figure in material.own_figures_of(part)
        if slot not in named and not is_fee(part, figure)
    ]
    beside: dict[int, list[tuple[str, Figure]]] = {}
    alone, whole = [], []
    for slot, figure in left:
        if _WHOLE.match(figure.label) or (part == _DISCLOSED and _CHANNEL.fullmatch(figure.label)):
            whole.append((slot, figure))
            continue
        at = _speaking_of(figure.label, points)
        if at is None:
            alone.append((slot, figure))
        else:
            beside.setdefault(at, []).append((slot, figure))
    whole.sort(key=lambda each: not _WHOLE.match(each[1].label))
    told = list[str]()
    said = bool(whole)  # 全年 stands once at the head of a sentence
    for n, point in enumerate(points):
        text = _with_its_figures(point, beside.get(n, []))
        ours = n in beside and text.startswith(_THE_YEAR) and not point.startswith(_THE_YEAR)
        told.append(text.removeprefix(_THE_YEAR) if ours and said else text)
        said = said or ours
    return Told(f"{_THE_YEAR}{counted(whole)}。" if whole else "", tuple(told), "".join(_sentences_on(alone)))


def _with_its_figures(point: str, figures: list[tuple[str, Figure]]) -> str:
    """How much there was before what it was like; a result, and what goes on about the note's own subject, behind
    it."""
    if not figures:
        return point
    first = figures[0][1]
    opening = _opening_in(first.label, point)
    told = counted(figures, opening)
    there_is = all(_verb(figure.label) in _STATES for _, figure in figures)
    apart = "\n" if point.endswith("\n") else ""
    if not opening and not _is_result(first):
        told = f"{'' if there_is else _THE_YEAR}{told}"
        goes_on = _goes_on_with(figures[-1][1].label, point)
        return f"{told}，{goes_on}" if goes_on else f"{told}。{point}"
    apart_from_it = there_is or _is_result(first) or told.startswith(_OF_PARTS)
    stop, joint = ("。", "") if apart_from_it else ("，", _THE_YEAR)
    return f"{_stopped(point).rstrip('。')}{stop}{joint}{told}。{apart}"


def _goes_on_with(name: str, point: str) -> str:
    """A note that opens with the thing that was counted, without it: 召开新闻发布会6场，走进社区和园区. Empty where it
    opens with anything else, or goes on about something of the thing's."""
    done_with = _DONE_WITH.fullmatch(name)
    name = done_with["what"] if done_with else name
    opens = next((name[n:] for n in range(len(name) - _KIND + 1) if point.startswith(name[n:])), "")
    rest = point[len(opens) :]
    return rest if opens and not _OF_THE_THING.match(rest) else ""


def _is_result(figure: Figure) -> bool:
    """Whether it tells how something came out (满意度为93.2%), not how much of it there was."""
    return _verb(figure.label) == "达" or _is_rate(figure.label, figure.unit) or figure.label.endswith(_COMES_BACK)


def _is_rate(name: str, unit: str) -> bool:
    """满意度 is one, 满意度调查问卷 is none."""
    return unit == "%" or (unit in ("", "分") and bool(_RATE.search(name)))


def _counted_by_verb(thing: str) -> bool:
    """Whether a thing has a verb of its own by its name: 有效问卷, that are 收回."""
    return _verbs().get(_ending(thing), "") not in _STATES


def _opening_in(name: str, point: str) -> str:
    """What a name opens with that its note has said already, where the rest tells what was done: 专区提供打印，全年
    接待530人次; or where it is a thing with a verb of its own: 社会评议 of 社会评议有效问卷."""
    acts = regex(_FURTHER_VERBS + "|" + "|".join(filter(None, _verbs().values())))
    openings = (name[:n] for n in range(len(name) - 1, _SHARED_OPENING - 1, -1))
    told = (one for one in openings if acts.match(name.removeprefix(one)) or _counted_by_verb(name.removeprefix(one)))
    return next((opening for opening in told if opening in point), "")


def _stopped(point: str) -> str:
    text = point.strip().rstrip("；;，,、")
    return text if text.endswith(("。", "！", "？", "】")) else f"{text}。"


def _speaking_of(name: str, points: tuple[str, ...]) -> int | None:
    if channel := _CHANNEL.fullmatch(name):
        return next((n for n, point in enumerate(points) if channel["kind"] in point), None)
    own = _OF_ANYTHING.sub("", name)
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
    """The one note on the same matter (考核覆盖单位, 绩效考核), or on the same kind of thing (新媒体账号, 关停账号)."""
    matters = [regex(entry["topic"]) for entry in load("aspects")["result"] if regex(entry["topic"]).search(name)]
    ends = (name[-_KIND:], name[-_KIND - 1 : -1] if name.endswith(_MEETINGS) else "")
    kinds = [
        regex(re.escape(end)) for end in ends if len(end) == _KIND and end not in load("drafting")["vague"]["words"]
    ]
    for said in (*matters, *kinds):
        on_it = [n for n, point in enumerate(points) if said.search(point)]
        if len(on_it) == 1:
            return on_it[0]
    return None


def _longest_shared(name: str, text: str) -> tuple[int, int]:
    """How long the longest piece of ``name`` is that stands in ``text``, and where in the name the last such ends."""
    size = len(name)
    pieces = ((length, end) for length in range(size, 0, -1) for end in range(size, length - 1, -1))
    return next(((length, end) for length, end in pieces if name[end - length : end] in text), (0, 0))


def _sentences_on(figures: list[tuple[str, Figure]]) -> Iterator[str]:
    """What there is, then what the year brought, a few figures a sentence."""
    flows = [each for each in figures if _verb(each[1].label) not in _STATES]
    states = [each for each in figures if each not in flows]
    if states and flows and len(figures) <= _MOST_COUNTED:
        yield f"{counted(states)}，全年{counted(flows)}。"
        return
    for opening, group in (("", states), ("全年", flows)):
        for n in range(0, len(group), _MOST_COUNTED):
            yield f"{opening if n == 0 else ''}{counted(group[n : n + _MOST_COUNTED])}。"


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


_FURTHER_VERBS = (
    "新增|开设|关停|注销|清理|整合|印[发制]|推送|转载|归集|更新|处理|整改|参加|回应|受理|入库|完成|收[到回]|征集(?!调查)"
    "|备案|答复|办理|接[待听]|发[放送]|回收|制作|编印|走访|入户|采纳|审核|撤下|修复"
)
_DONE_WITH = regex(rf"(?P<what>[\u4e00-\u9fff“”、]{{2,}})(?P<act>{_FURTHER_VERBS}|发布|公布)")  # 政策标签推送
_ATTENDED = regex(r"(?P<what>.+)(?P<act>参[加训会与])")  # 培训参加 → 参加培训
_SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷
_RATE = regex(r"率|比例|占比|满意度|权重")


def _says_itself(name: str, ending: str) -> bool:
    """Whether a name tells what was done: 举办新闻发布会, 主动公开政府信息, but not 政府信息公开培训."""
    verbs = "|".join((*dict.fromkeys(verb for verb in _verbs().values() if verb), _FURTHER_VERBS))
    return bool(regex(f"公开|{verbs}" if ending == "信息" else verbs).search(name.removesuffix(ending)))


def _by_measure_word(unit: str) -> str:
    """What is done with a thing whose name tells nothing of it: 专题学习4场."""
    return next((entry["verb"] for entry in load("drafting")["measured"] if unit in entry["words"]), "")


def _ending(name: str) -> str:
    return next((word for word in _verbs() if name.endswith(word)), "")


def _verb(name: str) -> str:
    ending = _ending(name)
    if _says_itself(name, ending):
        return "已"  # a flow, but its verb stands in the name
    return _verbs().get(ending, "")


def lacks_a_verb(name: str) -> bool:
    """Whether a counted thing (政务公开专区) must be told with what was done with it."""
    return _verb(name) not in ("", "已", "达")


def _phrase(slot: str, figure: Figure, before: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and how much of it; ``before`` is the name told just
    before."""
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    if _SHARED_OPENING <= shared < len(name):
        name = name[shared:]
    if channel := _CHANNEL.fullmatch(name):
        return "", f"通过{channel['channel']}{channel['act']}{{{{{slot}}}}}"
    if len(figure.unit) > 1 and name.endswith(figure.unit) and len(name) > len(figure.unit):
        # 培训参加人次305人次 → 参加培训305人次; the 件 of 政策文件 is no unit.
        stem = _ATTENDED.sub(r"\g<act>\g<what>", name.removesuffix(figure.unit))
        return "", f"{stem}{{{{{slot}}}}}"
    done_with = _DONE_WITH.fullmatch(name)
    if done_with and not _says_itself(done_with["what"], ""):
        verb, name = done_with["act"], done_with["what"]
        return (verb, f"{name}{{{{{slot}}}}}") if figure.value else (f"没有{verb}", name)
    ending = _ending(name)
    verb = "" if _says_itself(name, ending) else _verbs().get(ending, _by_measure_word(figure.unit))
    if verb == "达" or figure.unit == "%" or (not verb and _is_rate(name, figure.unit)):
        return "", f"{name}{'达' if verb == '达' else '为'}{{{{{slot}}}}}"
    return (f"没有{verb}", name) if verb and not figure.value else (verb, f"{name}{{{{{slot}}}}}")


# Changes against last year that stand out.


def changes_worth_telling(book: Book) -> tuple[str, str]:
    """A sentence on the outcomes that changed most, each as a difference, with one on a trend that turned, and one on
    cases; empty where nothing stands out."""
    found = sorted(_clear_changes(book), key=lambda change: -change[0])[:_MOST_CHANGES]
    metrics = {metric for _, metric in found}
    of_requests, of_cases = (
        "，".join(_change_of(metric, name, book) for metric, name in compared if metric in metrics)
        for compared in (_COMPARED, _COMPARED_CASES)
    )
    return (
        (f"与上年相比，{of_requests}。" if of_requests else "") + _reversed(book),
        f"与上年相比，{of_cases}。" if of_cases else "",
    )


def _change_of(metric: str, name: str, book: Book) -> str:
    if book.value(f"{metric}.last_year"):
        return f"{name}{{{{{metric}.change}}}}"
    return f"{name}由{{{{{metric}.last_year}}}}增至{{{{{metric}}}}}"


def _reversed(book: Book) -> str:
    """Whether applications, after growing clearly last year, went down as clearly, or the other way round; it takes the
    figures of three years."""
    now, before = _change(book), _change(book.before) if book.before is not None else 0
    if not (now and before) or (now > 0) == (before > 0):
        return ""
    was, is_now = ("增长", "减少") if before > 0 else ("减少", "增长")
    return f"申请数量由上年的{was}转为{is_now}。"


def _change(book: Book) -> Decimal:
    """How much applications changed, nought where it may be chance."""
    now, change = book.value(_RECEIVED), book.value(f"{_RECEIVED}.change")
    if now is None or change is None or abs(change) < _LEAST_CHANGE:
        return Decimal(0)
    return change if change**2 / (2 * now - change) >= _CLEAR else Decimal(0)


def _clear_changes(book: Book) -> Iterator[tuple[Decimal, str]]:
    for metric, _ in (*_COMPARED, *_COMPARED_CASES):
        now, before = book.value(metric), book.value(f"{metric}.last_year")
        if now is None or before is None or not now or abs(now - before) < _LEAST_CHANGE:
            continue
        clear = (now - before) ** 2 / (now + before)
        if clear >= _CLEAR:
            yield clear, metric


# What became of last year's plans.

_PLAN = regex(r"上年提出的“(?P<plan>[^”]+)”，(?P<became>.+?)[。；]?")
_ALIKE_ENDED = regex(r"(?:已|正在|尚未|仍在)")
_NAMES_LAST_YEAR = regex(r"上年|去年|上一年|20\d\d年")


def followed_up(points: tuple[str, ...], opening: str) -> str:
    """Last year's plans and what became of them as running text: those that ended alike together, the others in
    turn."""
    groups: dict[str, list[str]] = {}
    for point in points:
        found = _PLAN.fullmatch(point.strip())
        key = found["became"] if found else point
        groups.setdefault(key, []).append(found["plan"] if found else "")
    told = ""
    for became, plans in groups.items():
        if not plans[0]:
            told += _stopped(became)
            continue
        if len(plans) > 1 and not _ALIKE_ENDED.match(became):
            told += "".join(f"“{plan}”一项，{became}。" for plan in plans)
            continue
        names = "".join(f"“{plan}”" for plan in plans)
        begun = "上年提出的" if not told else "关于"
        alike = "均" if len(plans) > 1 else ""
        items = f"等{write(len(plans))}项措施" if len(plans) > 2 else ""
        told += f"{begun}{names}{items}，{alike}{became}。"
    says_so = bool(_NAMES_LAST_YEAR.search(told[:12]))
    return told if says_so or not told else f"{opening}{told}"
