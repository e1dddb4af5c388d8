"""Many reports at once: over processes, in the order they were named. One bad file does not end the others."""

from assistant.fleet.checking import check_files
from assistant.fleet.files import report_files
from assistant.fleet.journal import journal_beside
from assistant.fleet.pool import open_workers, processes_for

__all__ = ["check_files", "journal_beside", "open_workers", "processes_for", "report_files"]
