"""Files that are made for one download, and gone once they were sent."""

from __future__ import annotations

from pathlib import Path

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from assistant.web.site import Site

__all__ = ["place_of", "sent"]


def place_of(site: Site, name: str) -> Path:
    """Where to write a file of this name, in a folder of its own, which is made."""
    _, folder = site.checks.place()
    folder.mkdir(mode=0o700, parents=True)
    return folder / name


def sent(path: Path, media: str, name: str | None = None) -> FileResponse:
    """A file from ``place_of``, to be saved as ``name``; a page shows it where there is none."""
    return FileResponse(path, media_type=media, filename=name, background=BackgroundTask(_gone, path))


def _gone(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.rmdir()
