"""What a walk over the numbers of a sentence has said so far: what later numbers may leave unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.figures.arithmetic import whole_of_list
from assistant.figures.claims import Claim, Spot
from assistant.figures.comparisons import CHANNEL, PART_OF_TIME, Comparison
from assistant.figures.mentions import Mention
from assistant.lexicon import phrase
from assistant.lexicon.match import Reading, Words, tokens_in

__all__ = ["CARRIED_IN", "CASE_UNITS", "CONCLUDED", "RECEIVED", "UNCHECKABLE_SCOPES", "WORKLOAD", "Walk"]

_MOST_APPLICANTS = 3
RECEIVED, WORKLOAD, CARRIED_IN, CONCLUDED = (
    (f"requests.{row}.total",) for row in ("received", "workload", "carried_in", "concluded")
)
# Measure words carry little: townships write 条 and 个 for everything. 次 and 期 count doings, 元 and % something else.
CASE_UNITS = frozenset({"件", "份", "宗", "起", "例", "项", "部", "件次", ""})
# A number of one channel, of some months or years, or of a reviewing organ says nothing that the tables could confirm or deny.
UNCHECKABLE_SCOPES = frozenset({CHANNEL, PART_OF_TIME, "复议机关", "法院", "系统", "比率", "他处通报", "未计入"})


class Walk:
    """One walk over the numbers of a sentence: what was said before is what later numbers may leave unsaid."""

    def __init__(
        self, text: str, start: int, end: int, spot: Spot, year: int | None, topic: str, earlier: Sequence[Claim] = ()
    ) -> None:
        self.text, self.start, self.end, self.spot, self.year = text, start, end, spot, year
        self.earlier = earlier  # what the sentence before told
        self.elsewhere = topic == "other"
        self.of_requests = topic == "requests" and "申请" in spot.paragraph.text
        self.carried = Words(object="" if self.elsewhere else topic)
        self.outside: Words | None = None
        self.said: list[Claim] = []
        self.aside: set[int] = set()  # where the numbers in brackets stand
        self.moving: Comparison | None = None  # 比上年减少处罚5件、强制1件: the change that a list goes on with
        self.pair = ""  # the words that name the two of 前者 and 后者
        self.base: Claim | None = None  # what was last compared with
        self.of_a_change = False  # whether the numbers are parts of a change
        self.case = ""  # 未审结案件：复议1件、诉讼1件: the outcome that a list of cases is of
        self.taken = start  # up to here the words belong to numbers before

    def enter(self, opened: int | None) -> None:
        """What a bracket says does not carry on behind it."""
        if opened is None and self.outside is not None:
            self.carried, self.outside = self.outside, None
        elif opened is not None and self.outside is None:
            self.outside = self.carried

    def note_subject(self, earlier: str) -> None:
        """行政规范性文件实行清单管理，年内制发1件: what is counted stands in a clause without a number."""
        tokens = tokens_in(earlier)
        named = [token.says for token in tokens if token.kind == "object"]
        if named:
            told = self.carried.readings[0][0] if self.carried.kind in ("total", "case") else ""
            gone = (
                told and named[-1].partition(".")[0] not in told
            )  # 复议9件；败诉的诉讼为零，上年为1件: not of reviews
            self.carried = Words(object=named[-1]) if gone else self.carried._replace(object=named[-1])
        if tokens and tokens[-1].kind == "outcome" and phrase("sentences", "those").fullmatch(earlier, tokens[-1].end):
            rows = tokens[-1].entry.means  # 结转下年度继续办理的，自然人1件
            self.carried = Words(tuple((f"requests.{row}.total",) for row in rows), rows, "requests", "row")
        if tokens and tokens[-1].kind == "case" and earlier.endswith(("：", ":")):
            self.case = tokens[-1].says

    def settle_base(self, claim: Claim) -> None:
        """与去年的128件相比，今年新收136件: what is compared with is told before what it is of."""
        lead = self.text[self.said[-2].mention.end : claim.mention.start] if len(self.said) > 1 else ""
        if (
            len(self.said) > 1
            and self.said[-2].kind == "base"
            and claim.relation in ("value", "change")
            and claim.readings
            and not phrase("sentences", "no_base").search(lead)
        ):
            self.said[-2] = self.said[-2]._replace(relation="value", readings=claim.readings, kind=claim.kind)

    def carry_on(self, words: Words) -> Words:
        """Subject and rows that the next number of the sentence may go on with. A column or a leaf is part of the rows
        before it: the next kind of applicant is of the same rows."""
        object_ = words.object or self.carried.object
        rows = words.rows if words.kind in ("row", "group") else self.carried.rows
        return Words(
            words.readings or self.carried.readings, rows if object_ == "requests" else (), object_,
            words.kind or self.carried.kind,
        )  # fmt: skip

    @property
    def last(self) -> Claim | None:
        """The figure that a change or a rate is of: 新收24件，比上年多1件，增长4.35% is all of the 24."""
        return next((c for c in self.last_first() if c.relation == "value" and c.year == self.year), None)

    def last_first(self) -> Iterator[Claim]:
        """What was said, last first; behind a bracket, what it said is left out: 191件（含上年结转6件），比上年增加25件."""
        return (
            claim for claim in reversed(self.said) if self.outside is not None or claim.mention.start not in self.aside
        )

    @property
    def last_compared(self) -> Claim | None:
        """The figure or the change that a rate behind it goes on about: 复议案件减少15件，下降8.8%."""
        if self.has_base:
            return self.said[-1]  # 废止数较上年的3件下降66.67%
        told = (c for c in self.last_first() if c.readings and (c.relation == "change" or c.year == self.year))
        return next((c for c in told if c.relation in ("value", "change")), None)

    @property
    def has_base(self) -> bool:
        """Whether what was told last is what something is compared with: how much it changed by is of the same."""
        return bool(self.said and self.said[-1] is self.base and self.base.readings)

    def wholes_of_a_list(self, last: Claim) -> tuple[Reading, ...]:
        """27件，涵盖企业12件、科研机构1件…、其他2件，较上年增加5件: of the last of a list, or of all of it."""
        at = next((n for n, claim in enumerate(self.said) if claim is last), None)
        whole = whole_of_list(self.said, at) if at is not None else None
        return whole.readings if whole else ()

    def follows_what_is_unread(self, subject: str, mention: Mention) -> bool:
        """其余4件系撤回，与上年4件一致: compared is the number right before, whether it could be read or not. 三类共31件，件数比上年
        少1件 is of all that were listed."""
        if phrase("sentences", "all_of_these").fullmatch(subject):
            return sum(claim.relation == "value" for claim in self.said) > 1
        counts = [one for one in self.said if not one.mention.percent and one.relation not in ("change", "yoy")]
        of_money = bool(self.last and self.last.kind == "decisions" and self.last.mention.unit == "元")
        units = CASE_UNITS if of_money else CASE_UNITS | {"元"}  # 收费1653万元，约合0.17亿元，比上年减少
        if not counts or counts[-1].relation != "none" or counts[-1].mention.unit not in units:
            return False
        return not re.search("[；;。（(）)]", self.text[counts[-1].mention.end : mention.start].rstrip("（("))

    def comes_from_last_year(self) -> bool:
        """诉讼由上年的7件减少2件: what it went from stands right before."""
        last = self.said[-1] if self.said else None
        return bool(last and last.relation == "value" and self.year and last.year == self.year - 1)

    def tells_of_last_year(self, mention: Mention) -> bool:
        """复议12件，纠错率16.7%；上年9件，维持率55.6%，纠错率22.2%: all between two semicolons is last year's."""
        begin = max(self.text.rfind(mark, self.start, mention.start) for mark in "；;") + 1
        told = [claim for claim in self.said if claim.mention.start >= begin and claim.year]
        return bool(begin and told and self.year) and all(claim.year == self.year - 1 for claim in told if self.year)

    def all_listed(self, fewest: int) -> Words | None:
        """The last figures of one kind in a row, ``fewest`` or more, added up; a semicolon may part them from what is not meant, or each from
        the next (第三方权益由0件升为2件；行政查询由2件降为1件；合计由2件升为3件)."""
        run: list[Claim] = []
        runs: list[tuple[Claim, ...]] = []
        for claim in reversed(self.said):
            if claim.relation not in ("value", "none") or (self.year and claim.year == self.year - 1):
                continue
            if claim.relation != "value" or claim.year != self.year or (run and claim.kind != run[0].kind):
                break
            if run and re.search("[；;。]", self.text[claim.mention.end : run[0].mention.start]):
                runs.append(tuple(run))
            run.insert(0, claim)
        runs = [each for each in (*runs[:1], tuple(run)) if len(each) >= fewest]
        sums = tuple(tuple(dict.fromkeys(m for claim in each for m in claim.readings[0])) for each in runs)
        return Words(sums, (), "", "sum") if sums else None

    def last_together(self, count: int) -> Words | None:
        """The last so many figures in a row, of one kind and this year, added up; none where they are a sum already."""
        run = [claim for claim in self.said if not claim.mention.percent][-count:]
        alike = len({(claim.kind, claim.year, claim.relation) for claim in run}) == 1
        if len(run) < count or not alike or run[0].relation != "value" or run[0].kind == "sum":
            return None
        return Words((tuple(dict.fromkeys(m for claim in run for m in claim.readings[0])),), (), "", "sum")

    def told_inside(self, mention: Mention) -> Words | None:
        """What the outcomes of the bracket right before a number come to, where it is their sum."""
        opened = max(self.text.rfind("（", self.start, mention.start), self.text.rfind("(", self.start, mention.start))
        listed = [claim for claim in self.said if claim.mention.start > opened >= self.start]
        alike = len(listed) > 1 and all(one.relation == "value" and one.kind == "row" for one in listed)
        if not alike or sum(one.mention.value for one in listed) != mention.value:
            return None
        rows = tuple(one.readings[0][0].split(".")[1] for one in listed)
        return Words((tuple(one.readings[0][0] for one in listed),), rows, "requests", "group")

    def told_before(self) -> list[Claim]:
        """The figures of this year that were told last: of this sentence, else of the one before it."""
        return next(
            (
                figures
                for told in (self.said, self.earlier)
                if (figures := [one for one in told if one.relation == "value" and one.year == self.year])
            ),
            [],
        )

    def is_left_open(self) -> bool:
        """收到191件，办结184件，还剩7件: what is left where the last that was told is what was concluded."""
        last = self.last
        return last is not None and last.readings[:1] == (("requests.concluded.total",),) and last.kind == "row"

    def counts_something_else(self) -> bool:
        """Whether all that the sentence counted so far could not be read, and it names no application: under another
        sub-heading, or beside letters and calls."""
        said = self.spot.sentence
        unread = bool(self.said) and not any(one.readings for one in self.said)
        return (
            unread
            and not phrase("sentences", "request").search(said)
            and (self.elsewhere or bool(phrase("sentences", "other_thing").search(said)))
        )

    def is_of_the_carried(self, at: int) -> bool:
        """Whether what stands at ``at`` is told of what was carried in alone: 上年结转的11件春节前办结8件，结果分别为予以公开4件."""
        told = list(phrase("sentences", "the_carried").finditer(self.text, self.start, at))
        if not told or phrase("sentences", "added").search(self.text, self.start, told[-1].start()):
            return False
        return not phrase("sentences", "of_others").search(self.text, told[-1].end(), at)

    def is_within(self, reading: Reading, at: int) -> bool:
        """Whether what stands at ``at`` is told of a number of this reading alone: in a bracket or behind 其中, and no other
        number of the whole report between."""
        told = list(self.said)
        while told:
            one = told.pop()
            row = one.readings[0][0].split(".")[1] if one.kind == "row" and one.readings else ""
            if one.relation == "value" and one.readings and one.readings[0] == reading:
                with_new = any(
                    each.readings[:1] in ((RECEIVED,), (WORKLOAD,)) for each in told
                )  # 新收277件、上年结转4件，其中
                return not with_new and bool(phrase("sentences", "opened").match(self.text, one.mention.end, at))
            if row in ("received", "concluded", "workload"):
                return False
        return False

    def lists_applicants(self) -> bool:
        """商业企业12件、法律服务机构9件、社会公益组织3件: so many kinds together are the form's applicants."""
        told = {token.says for token in tokens_in(self.text[self.start : self.end]) if token.kind == "column"}
        return len(told) >= _MOST_APPLICANTS
