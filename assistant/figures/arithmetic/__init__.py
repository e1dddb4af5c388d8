"""What the numbers of a sentence say of each other: wholes and their parts (``breakdowns``, ``openers``), totals whose items stand
in sentences of their own (``tallies``), outcomes in a row (``outcome_lists``), and which numbers are counted alike (``measures``)."""

from assistant.figures.arithmetic.breakdowns import Breakdown, breakdowns, single_parts, whole_of_list
from assistant.figures.arithmetic.other_readings import adds_up_otherwise
from assistant.figures.arithmetic.outcome_lists import OUTCOMES, OutcomeList, outcome_lists
from assistant.figures.arithmetic.slips import transposed_in
from assistant.figures.arithmetic.tallies import tallies

__all__ = [
    "OUTCOMES",
    "Breakdown",
    "OutcomeList",
    "adds_up_otherwise",
    "breakdowns",
    "outcome_lists",
    "single_parts",
    "tallies",
    "transposed_in",
    "whole_of_list",
]
