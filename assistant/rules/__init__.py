"""The checks. A rule is a generator of hits under ``@rule``, in the folder of its letter; nothing is imported until it
is asked for (``catalogue``). ``assistant.check`` runs them and is how the other rooms come by them; packages from
outside write rules with what is named here."""

from assistant.figures.dossier import Dossier
from assistant.rules.base import Finding, Hit, Rule, Severity, hit_at, hit_on, rule
from assistant.rules.catalogue import FAMILIES, RULES, beginning_with, family, family_name, outside_files, place_of

__all__ = [
    "FAMILIES",
    "RULES",
    "Dossier",
    "Finding",
    "Hit",
    "Rule",
    "Severity",
    "beginning_with",
    "family",
    "family_name",
    "hit_at",
    "hit_on",
    "outside_files",
    "place_of",
    "rule",
]
