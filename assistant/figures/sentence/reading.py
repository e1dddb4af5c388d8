"""One walk over the numbers of a sentence.

Each number is read by the words between the number before it and itself, else by the words behind it, else by what the
number before it said (``interpret``); numbers told by another year's are in ``comparisons``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.figures.claims import Claim, Spot
from assistant.figures.clauses import apart, head_of
from assistant.figures.mentions import Mention
from assistant.figures.sentence.compared import moved_apart
from assistant.figures.sentence.counts import count
from assistant.figures.sentence.lists import of_each, of_several, parts_of_their_whole, received_alone
from assistant.figures.sentence.shares import points, rate
from assistant.figures.sentence.walk import Walk
from assistant.language.sentences import clause_of, open_bracket, tail_of
from assistant.lexicon import phrase
from assistant.lexicon.match import Words

__all__ = ["claims_of_sentence"]

_LONGEST_END = 24  # characters of what ends a head in both years


def _claims(walk: Walk, mentions: Sequence[Mention]) -> list[Claim]:
    pieces = apart(walk.text, walk.start, mentions)
    for index, mention in enumerate(mentions):
        opened = open_bracket(walk.text, walk.start, mention.start)
        walk.enter(opened)
        begin = max(opened if opened is not None else walk.start, walk.taken)
        if (
            index
            and begin > (before := mentions[index - 1].end)
            and phrase("sentences", "of_each").search(walk.text, before, mention.start)
        ):
            begin = before  # 其余2件由企业和公益组织各占1件: who they are is said of both numbers
        head = head_of(walk.text, begin, mention, mentions[:index])
        said, in_both_years = (
            len(walk.said),
            phrase("sentences", "both_years_alike").search(head, max(0, len(head) - _LONGEST_END)),
        )
        if in_both_years:
            head = head[: in_both_years.start()] + in_both_years["rest"]
        following = mentions[index + 1].start if index + 1 < len(mentions) else walk.end
        tail = tail_of(walk.text, mention.end, following)
        if listed := phrase("sentences", "list_of_words").match(walk.text, mention.end + len(tail), following):
            tail += listed.group()
        if mention.percent or mention.unit == "倍":
            claim, words = rate(walk, head, mention, index, pieces), Words()
        elif "百分点" in mention.unit:
            claim, words = points(walk, clause_of(head), mention), Words()
        else:
            each = phrase("sentences", "each").search(head)
            read = head[: each.start()] + head[each.end() :] if each and "各" in each[0] else head
            moved = moved_apart(walk, mentions, index, pieces[index]) if index in pieces else None
            claim, words = moved or count(walk, pieces.get(index, (read, 0, 0))[0], tail, mention, index in pieces)
            if read != head:
                claim = claim._replace(why=clause_of(head).strip())
            if each and (several := of_each(walk, head[: each.start()], claim)):
                walk.said += several[:-1]
                claim = several[-1]
            elif read != head:
                claim, words = Claim(mention, walk.spot, "none"), Words()
            elif (claim.relation == "none" or (each and claim.kind == "leaf")) and (
                several := of_several(walk, head, mention)
            ):
                walk.said += several[:-1]
                claim = several[-1]
        if walk.of_a_change and claim.kind == "column" and "；" not in head:
            claim = Claim(mention, walk.spot, "none")
        elif claim.readings or phrase("naming", "some_of_these").match(tail):
            walk.of_a_change = bool(
                phrase("sentences", "changed_by").search(head) and phrase("naming", "some_of_these").match(tail)
            )
        walk.said.append(claim)
        if in_both_years and walk.year:
            told = walk.said[said:]
            walk.said[said:] = (one._replace(year=year) for year in (walk.year - 1, walk.year) for one in told)
        of_a_whole = bool(phrase("sentences", "of_a_whole").search(head)) and walk.text.startswith("的", mention.end)
        if walk.outside is not None or of_a_whole:
            walk.aside.add(mention.start)
        walk.settle_base(claim)
        if not of_a_whole:
            walk.carried = walk.carry_on(words)
    walk.said = parts_of_their_whole(walk)
    return received_alone(walk)


def claims_of_sentence(
    text: str, start: int, end: int, mentions: Sequence[Mention], spot: Spot, year: int | None, topic: str,
    earlier: Sequence[Claim] = (),
) -> list[Claim]:  # fmt: skip
    """The claims of the numbers in ``text[start:end]``. ``topic`` is what they are of where the sentence does not say,
    ``earlier`` what the sentence before it told."""
    return _claims(Walk(text, start, end, spot, year, topic, earlier), mentions)
