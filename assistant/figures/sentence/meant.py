"""Whether what the words beside a number name is what it counts.

县长信箱收到来信1127件，年内办结1119件: the letters, not applications; 新收154件当年办结144件: without what was carried in. What is of others, is
denied, or is some of what the words name, has no cell of its own.
"""

from __future__ import annotations

from assistant.figures.arithmetic import OUTCOMES
from assistant.figures.claims import Claim
from assistant.figures.interpret import without_names
from assistant.figures.mentions import Mention
from assistant.figures.sentence.walk import CARRIED_IN, RECEIVED, Walk
from assistant.lexicon import phrase
from assistant.lexicon.match import Words

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
    last = walk.said[-1] if walk.said else None
    if not words.readings:
        return words
    if words.kind == "stage" and phrase("sentences", "the_rest").search(head):
        return Words(object=words.object)  # 共废止5件；其余69件继续有效: of those that were there before
    if _is_denied_or_unknown(walk, words, head, clause, last):
        return Words()
    if words.rows[:1] == ("concluded",) and _is_of_some(walk, head, clause, last):
        return Words(object="requests")
    asked = last and last.mention.unit in ("人", "名", "位", "家", "户")
    if (
        # 11人各申请1件，1人申请2件; 5件复议纠正中2件由此引起; 收到10件以上申请的单位有4家
        (last and asked and phrase("sentences", "asked").fullmatch(walk.text, last.mention.end, mention.start))
        or phrase("sentences", "some_of_a_number").search(walk.text, max(walk.start, mention.start - 20), mention.start)
        or phrase("sentences", "of_such_units").match(walk.text, mention.end)
    ):
        return Words()
    return words


def _is_denied_or_unknown(walk: Walk, words: Words, head: str, clause: str, last: Claim | None) -> bool:
    """法院没有判我镇败诉，5起官司: what is denied is not what is counted; 推送给企业1670家; 机构类申请6件…，6件里予以公开3件: of something
    that could not be read."""
    if clause.endswith(("，", ",")) and phrase("sentences", "denies").search(without_names(clause)):
        return True
    of_requests = phrase("sentences", "of_requests").search(walk.spot.sentence) or walk.carried.object == "requests"
    if words.kind == "column" and not of_requests and not walk.lists_applicants():
        return True
    return bool(last and last.relation == "none" and phrase("sentences", "out_of_these").match(head))


def _is_of_some(walk: Walk, head: str, clause: str, last: Claim | None) -> bool:
    """新收154件当年办结144件: without what was carried in; 16至20个工作日答复的43件."""
    return bool(
        phrase("sentences", "new_ones_done").search(head)
        or (last and phrase("sentences", "done_of_the_new").fullmatch(head))
        or (phrase("sentences", "done_of_them").fullmatch(head) and _are_the_new_ones(walk))
        or (last and "工作日" in last.mention.unit and head == clause)
    )


def _are_the_new_ones(walk: Walk) -> bool:
    """Whether the number right before is of what was received, beside what was carried in, and what follows of it."""
    last = walk.said[-1] if walk.said else None
    if last is None or last.readings[:1] != (RECEIVED,):
        return False
    lead = walk.text[walk.start : last.mention.start]
    return lead.endswith("的") and "结转" in lead
