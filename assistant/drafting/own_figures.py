"""Figures of the office's own, each where it belongs: in the sentence of the note that speaks of the thing, or in
sentences of their own.

A figure counts what the whole office did; a note tells what was done at one place or on one occasion. Put into the
note's own clause a figure would be of that place (便民服务大厅设立政务公开专区11个), so it has a clause to itself that
says whose it is: …，全年举办宣讲会9场; …，全镇共有政务公开专区11个. Only a note that opens with the very thing goes on
behind its number: 召开新闻发布会6场，走进社区和园区; and what is plainly of the whole stands within it
(``within_notes``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from assistant.drafting.figure_names import (
    COMES_BACK,
    KIND,
    SHARED_OPENING,
    STATE,
    acts,
    core_of,
    counted,
    done_to,
    done_with,
    ending_of,
    is_flow,
    is_held,
    is_rate,
    is_result,
    is_state,
    kind_words,
    opened_with,
    thing_of,
    usual_verb,
    vague,
    without_amount,
)
from assistant.drafting.slots import SLOT, Material, is_fee
from assistant.drafting.within_notes import is_missing_whole, parts_of, put_within
from assistant.figures.book import Book, Figure
from assistant.language.wordings import words_of
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["Told", "as_sentence", "joined", "with_figures"]

_Told = tuple[str, Figure]  # a figure and its slot
_MOST_COUNTED = 3  # figures in one sentence
_AN_EDGE = 3
_SHORTEST_NAME = 4  # characters that a note must share with a longer name to speak of the thing, …
_SHARE_OF_NAME = 0.6  # … and how much of the name
_DISCLOSED = "主动公开"  # the part that opens with what went through each channel, too
_THE_YEAR, _IN_THE_YEAR = "全年", "年内"
_CLAUSE = regex("[，。；]")
_LAWSUIT = "诉讼"
_FAMILY = 5  # figures on either side among which one of its kin is looked for: they stand together


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
    own, whole = list[_Told](), list[_Told]()
    for slot, figure in _under_the_head(part, material):
        if slot in named or is_fee(part, figure):
            continue
        opens = (phrase("own_figures", "whole").match(figure.label) and not done_with(figure.label)) or (
            part == _DISCLOSED and phrase("own_figures", "channel").fullmatch(figure.label)
        )
        (whole if opens else own).append((slot, figure))
    own = list(_in_families(own))
    beside: dict[int, list[_Told]] = {}
    alone = list[_Told]()
    for (slot, figure), at in zip(own, _places(own, points, material.book), strict=True):
        if at is None:
            alone.append((slot, figure))
        elif not _is_told_in(points[at], figure, material):
            beside.setdefault(at, []).append((slot, figure))
    whole.sort(key=lambda each: not phrase("own_figures", "whole").match(each[1].label))
    opening = f"{_THE_YEAR}{counted(whole)}。" if whole else ""
    texts = list[str]()
    for n, point in enumerate(points):
        told = opening + "".join(texts)
        texts.append(_with_its_figures(point, beside[n], told, material) if n in beside else point)
    return Told(opening, tuple(texts), "".join(_sentences_on(alone, _year(opening + "".join(texts)))))


def _in_families(figures: Sequence[_Told]) -> Iterator[_Told]:
    """The figures, each with those of its kin behind it."""
    families = list[list[_Told]]()
    begun: dict[str, list[list[_Told]]] = {}
    for each in figures:
        opening = each[1].label[:KIND]
        alike = begun.setdefault(opening, [])
        family = next((known for known in alike if _are_kin(known[0][1], each[1])), None)
        if family is None:
            family = []
            families.append(family)
            alike.append(family)
        family.append(each)
    for family in families:
        names = [figure.label for _, figure in family]
        yield from sorted(family, key=lambda each: _rank(each[1].label, names))


def _rank(name: str, names: Sequence[str]) -> tuple[bool, bool]:
    """复议 before 诉讼, as in table four; what opens another name before that."""
    return _LAWSUIT in name, any(name != other and name.startswith(other) for other in names)


def _are_kin(one: Figure, other: Figure) -> bool:
    """备案复议案件 and 备案诉讼案件; 民意征集 and 民意征集收到意见."""
    short, long = sorted((one.label, other.label), key=len)
    if long.startswith(short):
        return SHARED_OPENING <= len(short) < len(long)
    return _are_a_pair(one, other)


def _are_a_pair(one: Figure, other: Figure) -> bool:
    """Names that open and end alike."""
    short, long = sorted((one.label, other.label), key=len)
    at = _shared_opening(short, long)
    end = min(_shared_opening(short[::-1], long[::-1]), len(short) - at)
    return one.unit == other.unit and at >= KIND and end >= KIND and at + end >= len(long) * _SHARE_OF_NAME


def _shared_opening(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _places(figures: Sequence[_Told], points: tuple[str, ...], book: Book) -> list[int | None]:
    """The note that speaks of each figure, of its kin, or of its parts without the whole."""
    found = list[int | None]()
    for n, (_, figure) in enumerate(figures):
        # 培训参加人次 are where the 培训 before them is.
        kind = figures[n - 1][1].label[-KIND:] if n else ""
        of_the_last = bool(kind) and kind not in vague() and figure.label.startswith(kind)
        found.append(found[-1] if of_the_last else _speaking_of(figure, points))
    for one, other in pairwise(range(len(figures))):
        at = [note for note in (found[one], found[other]) if note is not None]
        names = [figures[n][1].label for n in (one, other)]
        if len(set(at)) > 1 and _are_a_pair(figures[one][1], figures[other][1]):
            # Of 复议机构 and 复议和诉讼案件 the note that has more of both.
            best = max(at, key=lambda note: sum(_longest_shared(name, points[note])[0] for name in names))
            found[one] = found[other] = best
    for n, (_, figure) in enumerate(figures):
        if found[n] is None:
            near = range(max(0, n - _FAMILY), min(len(figures), n + _FAMILY + 1))
            kin = [found[m] for m in near if m != n and _are_kin(figure, figures[m][1])]
            of_which = [at for at, point in enumerate(points) if is_missing_whole(figure, point, book)]
            found[n] = next((at for at in (*kin, *of_which) if at is not None), None)
    return found


def _year(told: str) -> str:
    """全年 and 年内 by turns, so that three sentences running do not say the same."""
    return _IN_THE_YEAR if told.rfind(_THE_YEAR) > told.rfind(_IN_THE_YEAR) else _THE_YEAR


def _under_the_head(part: str, material: Material) -> Iterator[tuple[str, Figure]]:
    """The figures for a part; 疑难件会商 under 依申请公开, whoever calls it 依申请公开疑难件会商, and 主动公开政府信息,
    whoever calls it 政府信息主动公开数量."""
    for slot, figure in material.own_figures_of(part):
        name = without_amount(figure.label).removeprefix("通过")
        found = done_with(name)
        if found and found["act"] == _DISCLOSED:
            name = f"{found['act']}{found['what']}"
        elif done_with(name.removeprefix(part)):
            name = name.removeprefix(part)
        yield slot, replace(figure, label=name)


def _is_told_in(point: str, figure: Figure, material: Material) -> bool:
    """Whether a note counts the thing itself: its figure is not told again. 季通报4次 is no 网站检查4次."""
    kind = thing_of(figure.label)[-KIND:]
    told = (material.book[slot] for clause in _CLAUSE.split(point) if kind in clause for slot in SLOT.findall(clause))
    return any((each.value, each.unit) == (figure.value, figure.unit) for each in told)


def _with_its_figures(point: str, figures: Sequence[_Told], told: str, material: Material) -> str:
    """How much there was before what it was like, where the note goes on about it; else within the note, where it has a
    place for it, or behind it. ``told`` is what stands before it: at the head of a sentence the year is said once."""
    point, figures = put_within(point, figures, _year(told + point), material.book)
    for slot, figure in figures:
        if figure.value and (goes_on := _goes_on_with(figure, point)):
            if len(figures) == 1 and not opened_with(figure.label) and done_to("", goes_on):
                return f"{figure.label}共{{{{{slot}}}}}，{goes_on}"  # 水质报告共12期，按月公布: the note has the verb
            there_is = any(is_state(each) or is_held(each) for _, each in figures)
            return f"{'' if there_is or _THE_YEAR in told else _THE_YEAR}{counted(figures)}，{goes_on}"
    clauses = []
    named = {slot: figure.label for slot, figure in figures}
    noted = list(_as_noted(figures, point))
    for kind in (is_result, is_flow, is_held, is_state):
        alike = [each for each in noted if kind(each[1])]
        if not alike:
            continue
        slot, first = alike[0]
        opening = _opening_in(first, point) if first.label == named[slot] else ""
        if kind is is_flow:
            # Of what stands at one place the figure may be of all: 中心的公开专区配备查询机，公开专区全年接待530人次.
            elsewhere = point.find(opening) > KIND
            whose = opening if elsewhere and phrase("own_figures", "at_a_place").search(opening) else ""
            cut = opening if whose or not elsewhere else ""
            in_all = parts_of(first.value, first.unit, point, material.book)
            text = f"{whose}{'共' if in_all else _year(told + point)}{counted(alike, cut)}"
        elif kind is is_state:
            text = _there_are(alike, point, material.data.voice.area)
        else:
            text = counted(alike, opening)
            if kind is is_result and _CLAUSE.split(point.rstrip("。；"))[-1].startswith(first.label):
                text = text.removeprefix(first.label)  # 满意度有所上升，为96.3%
        clauses.append(text)
    return joined(point, "，".join(clauses)) if clauses else point


def _as_noted(figures: Sequence[_Told], point: str) -> Iterator[_Told]:
    """Figures by names that tell what the note says was done with the thing: of 公布检测报告 nobody says 编制."""
    for slot, figure in figures:
        name, thing = figure.label, core_of(figure.label)
        before, found, behind = point.partition(thing)
        told = done_with(name) is not None
        whom = phrase("own_figures", "ends_with_whom").search(before)
        if found and whom and (told or figure.unit.endswith("次")):
            yield slot, replace(figure, label=f"{whom[0]}{name}")  # 与申请人电话沟通29次
            continue
        plain = is_flow(figure) or (
            not usual_verb(ending_of(name)) and phrase("own_figures", "is_object").match(behind)
        )
        act = done_to(before, behind) if found and plain and not (told or opened_with(name)) else ""
        yield slot, replace(figure, label=f"{act}{name}")


def _there_are(figures: list[tuple[str, Figure]], point: str, area: str) -> str:
    """How many there are of a thing, and whose they are where the note tells of one: 大厅设立公开专区，全镇共有公开专区
    11个."""
    if any(not figure.value or thing_of(figure.label) in point for _, figure in figures):
        text = counted(figures).removeprefix(STATE)
        return f"{area}共有{text}" if figures[0][1].value else f"{area if text.startswith('没有') else ''}{text}"
    return "、".join(f"{_without_its_place(figure.label, point)}共{{{{{slot}}}}}" for slot, figure in figures)


def _without_its_place(name: str, point: str) -> str:
    """作品 of “某县发布”视频号作品, behind a note on the 视频号; 视频号作品, where that has several clauses."""
    places = (name[:n] for n in range(len(name) - KIND, SHARED_OPENING - 1, -1))
    at = next((at for at in places if point.startswith(at) and phrase("own_figures", "at_a_place").search(at)), "")
    place = phrase("own_figures", "at_a_place").search(at)
    return f"{place[0] if place and _CLAUSE.search(point.rstrip('。；')) else ''}{name.removeprefix(at)}"


def _goes_on_with(figure: Figure, point: str) -> str:
    """A note that opens with the thing that was counted, without it: 召开新闻发布会6场，走进社区和园区. Empty where it
    opens with anything else, goes on about something of the thing's, or where one of them stands."""
    name, found, thing = figure.label, done_with(figure.label), thing_of(figure.label)
    if name.startswith("参"):
        return ""  # 参加培训26人: the note is on the 培训
    ends = (thing[n:] for n in range(len(thing) - KIND + 1))
    for opens in (name, *(end for end in ends if end not in vague())):
        rest = point.removeprefix(opens)
        if rest == point or phrase("own_figures", "of_the_thing").match(rest):
            continue
        again = found is not None and found["act"] in rest  # 会商疑难件9次，由各科室会商
        again |= opens != thing and rest.startswith(thing.removesuffix(opens))  # 抽查公开栏 has what it was done with
        return "" if again or (is_state(figure) and phrase("own_figures", "stands_at").match(rest)) else rest
    return ""


def _opening_in(figure: Figure, point: str) -> str:
    """What a name opens with that its note has said already, where the rest tells what was done: 专区提供打印，全年接待
    530人次; or where it is a thing with a verb of its own: 社会评议 of 社会评议有效问卷."""
    name, result = figure.label, is_result(figure)
    shortest = len(name) if opened_with(name) else SHARED_OPENING  # 公开常务会议 is no opening and a 会议
    for n in range(len(name) - 1, shortest - 1, -1):
        opening, rest = name[:n], name[n:]
        if opening not in point:
            continue
        of_its_own = usual_verb(ending_of(rest)) not in (STATE, "")
        how_it_came_out = (
            result and len(rest) >= KIND and (of_its_own or is_rate(rest, "") or rest.endswith(COMES_BACK))
        )
        if acts().match(rest) or how_it_came_out or (of_its_own and point.startswith(opening)):
            return opening
    return ""


def _speaking_of(figure: Figure, points: tuple[str, ...]) -> int | None:
    name = figure.label
    if channel := phrase("own_figures", "channel").fullmatch(name):
        return next((n for n, point in enumerate(points) if channel["kind"] in point), None)
    if place := phrase("own_figures", "at_a_place").search(name):  # a note on 查阅点 is none on 查阅中心
        points = tuple(point if place[0] in point else "" for point in points)
    at_it = [n for n, point in enumerate(points) if _opening_in(figure, point)]
    if len(at_it) == 1:
        return at_it[0]  # 政策文件库入库文件: the note on 政策文件库
    own = phrase("own_figures", "of_anything").sub("", core_of(name))
    if len(bare := own.removeprefix(opened_with(name))) >= _SHORTEST_NAME:
        own = bare  # 公开政府信息 is not on 公开政府常务会议
    # 咨询热线 of 招生入学咨询热线 tells more of what it is than 招生入学 does: of two alike the later one.
    shared = [(*_longest_shared(own, point), -n) for n, point in enumerate(points)]
    length, end, at = max(shared, default=(0, 0, 0))
    if len(own) > length >= SHARED_OPENING and [one[:2] for one in shared].count((length, end)) == 1:
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
    for said in matters:
        on_it = [n for n, point in enumerate(points) if said.search(point)]
        if len(on_it) == 1:
            return on_it[0]
    for kind in kind_words(name):
        on_it = [n for n, point in enumerate(points) if kind in point]
        if len(on_it) == 1 and not (
            phrase("own_figures", "at_a_place").search(kind) and _is_of_another(kind, points[on_it[0]], name)
        ):
            return on_it[0]
    return None


def _is_of_another(kind: str, point: str, name: str) -> bool:
    """Whether every 中心 of a note is another than the figure's: 客服中心 is no 查阅中心, any 网站 that of 网站问题."""
    if name.startswith(kind):
        return False
    words = words_of(point).tagged
    whose = list[str]()
    for (before, tag), (word, _) in pairwise((("", ""), *words)):
        if word.endswith(kind):
            whose.append(word.removesuffix(kind) or (before if tag.startswith(("n", "vn", "j", "l")) else ""))
    return bool(whose) and all(each and each not in name for each in whose)


def _longest_shared(name: str, text: str) -> tuple[int, int]:
    """How long the longest piece of ``name`` is that stands in ``text``, and where in the name the last such ends."""
    size = len(name)
    pieces = ((length, end) for length in range(size, 0, -1) for end in range(size, length - 1, -1))
    return next(((length, end) for length, end in pieces if name[end - length : end] in text), (0, 0))


def _sentences_on(figures: Sequence[_Told], year: str) -> Iterator[str]:
    """What there is, what the year brought, and how it came out, a few figures a sentence."""
    flows, results = ([each for each in figures if kind(each[1])] for kind in (is_flow, is_result))
    states = [each for each in figures if each not in flows and each not in results]
    if states and flows and len(figures) <= _MOST_COUNTED and not results:
        yield f"{counted(states, alone=True)}，{year}{counted(flows)}。"
        return
    for opening, group in (("", states), (year, flows), ("", results)):
        for n in range(0, len(group), _MOST_COUNTED):
            yield f"{opening if n == 0 else ''}{counted(group[n : n + _MOST_COUNTED], alone=True)}。"
