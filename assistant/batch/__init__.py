"""Many reports at once: over processes, in the order they were named. One bad file does not end the others."""

from assistant.batch.cache import open_cache
from assistant.batch.check_files import check_files, report_files
from assistant.batch.workers import open_workers, processes_for

__all__ = ["check_files", "open_cache", "open_workers", "processes_for", "report_files"]
