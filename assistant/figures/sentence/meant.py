"""Whether what the words beside a number name is what it counts.

县长信箱收到来信1127件，年内办结1119件: the letters, not applications; 新收154件当年办结144件: without what was carried in. What is of others, is
denied, or is some of what the words name, has no cell of its own.
"""

from __future__ import annotations

from assistant.figures.arithmetic import OUTCOMES
from assistant.figures.mentions import Mention
from assistant.figures.sentence.walk import CARRIED_IN, RECEIVED, Walk
from assistant.lexicon import phrase
from assistant.lexicon.match import Words, tokens_in

__all__ = ["only_what_is_meant", "without_what_is_of_others"]

_DECIDED = frozenset(OUTCOMES)
_CARRIED = (("carried_in",), ("carried_out",))


def without_what_is_of_others(walk: Walk, words: Words, clause: str, mention: Mention) -> Words:
    """Without a reading where a number of the sentence is of other things, of cases, or of what was carried in."""
    if walk.counts_something_else() and (
        (words.rows == ("carried_out",) and (phrase("sentences", "still").search(clause) or not clause.strip("，,")))
        or (words.rows and words.rows[0] in _DECIDED)
    ):
        words = Words()  # 县长信箱收到来信1127件，年内办结1119件，尚有8件正在办理; 全年发文215件，不予公开的45件
    if words.rows in _CARRIED and walk.spot.section == "review" and "申请" not in clause:
        words = Words()  # 尚未审结14件: of the cases that the sentence before names
    if words.rows and words.rows[0] in _DECIDED and walk.is_within(CARRIED_IN, mention.start):
        words = Words()  # 上年结转的181件全部办结（予以公开97件、无法提供52件）
    if words.kind in ("row", "leaf", "group") and words.rows not in _CARRIED and walk.is_of_the_carried(mention.start):
        words = Words()
    if (
        words.rows
        and words.rows[0] in _DECIDED
        and (
            phrase("sentences", "what_others_think").search(walk.spot.sentence)
            or phrase("sentences", "of_those_reviewed").search(walk.text, walk.start, mention.start)
        )
    ):
        words = Words()  # 定为不予公开的115件; 征求第三方的意见，同意公开的15个; 被申请复议的7件答复中，不予公开的2件
    if (
        words.kind == "leaf"
        and phrase("sentences", "about").search(clause)
        and phrase("sentences", "what_others_think").search(walk.spot.sentence)
    ):
        words = Words(object="requests")
    return words


def only_what_is_meant(walk: Walk, words: Words, head: str, clause: str, mention: Mention) -> Words:
    """Without a reading where the clause denies it, or tells of some of it only."""
    if words.readings and clause.endswith(("，", ",")) and phrase("sentences", "denies").search(_without_names(clause)):
        words = Words()  # 法院没有判我镇败诉，5起官司: what is denied is not what is counted
    if words.kind == "column" and not (
        phrase("sentences", "of_requests").search(walk.spot.sentence)
        or walk.carried.object == "requests"
        or walk.lists_applicants()
    ):
        words = Words()  # 推送给企业1670家
    if words.kind == "stage" and phrase("sentences", "the_rest").search(head):
        words = Words(object=words.object)  # 共废止5件；其余69件继续有效: of those that were there before
    if (
        words.readings
        and phrase("sentences", "out_of_these").match(head)
        and walk.said
        and walk.said[-1].relation == "none"
    ):
        words = Words()  # 机构类申请6件…，6件里予以公开3件: of something that could not be read
    if words.rows[:1] == ("concluded",) and (
        (phrase("sentences", "done_of_the_new").fullmatch(head) and walk.said)
        or phrase("sentences", "new_ones_done").search(head)
    ):
        words = Words(object="requests")  # 新收154件当年办结144件: without what was carried in
    if (
        words.rows[:1] == ("concluded",)
        and phrase("sentences", "done_of_them").fullmatch(head)
        and _are_the_new_ones(walk)
    ):
        words = Words(object="requests")  # 上年结转的11件全部办结，新收的154件办结144件
    if words.rows[:1] == ("concluded",) and walk.said and "工作日" in walk.said[-1].mention.unit and head == clause:
        words = Words(object="requests")  # 16至20个工作日答复的43件
    asker = walk.said[-1].mention if walk.said else None
    if (
        words.readings
        and asker
        and asker.unit in ("人", "名", "位", "家", "户")
        and phrase("sentences", "asked").fullmatch(walk.text, asker.end, mention.start)
    ):
        words = Words()  # 11人各申请1件，1人申请2件
    if words.readings and phrase("sentences", "some_of_a_number").search(
        walk.text, max(walk.start, mention.start - 20), mention.start
    ):
        words = Words()  # 5件复议纠正中2件由此引起
    if words.readings and phrase("sentences", "of_such_units").match(walk.text, mention.end):
        words = Words()  # 收到10件以上申请的单位有4家
    return words


def _are_the_new_ones(walk: Walk) -> bool:
    """Whether the number right before is of what was received, beside what was carried in, and what follows of it."""
    last = walk.said[-1] if walk.said else None
    if last is None or last.readings[:1] != (RECEIVED,):
        return False
    lead = walk.text[walk.start : last.mention.start]
    return lead.endswith("的") and "结转" in lead


def _without_names(clause: str) -> str:
    """A clause without the names of figures in it: 未审结, 不予公开 deny nothing."""
    left, place = "", 0
    for token in tokens_in(clause):
        left += clause[place : token.start]
        place = token.end
    return left + clause[place:]
