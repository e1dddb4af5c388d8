"""Run as a process of its own: one page of a PDF as a grey picture, in JSON on standard output. See ``pdf_child``."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from typing import Any


def main() -> None:
    request = json.load(sys.stdin)
    sys.path[:] = request["sys_path"]
    try:
        answer = _picture(request["path"], request["page"], request["dpi"], request["pixels"])
    except Exception as error:  # whatever a renderer makes of a broken page: the parent tells the user
        answer = {"error": "broken", "detail": repr(error)[:200]}
    json.dump(answer, sys.stdout)


def _picture(path: str, page_number: int, dpi: float, most_pixels: int) -> dict[str, Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    page = document[page_number - 1]
    width, height = page.get_size()
    # A page can be declared hundreds of metres wide: it is drawn as large as is allowed.
    scale = min(dpi / 72, (most_pixels / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    grey = base64.b64encode(zlib.compress(bytes(bitmap.buffer), 1)).decode()
    return {"width": bitmap.width, "height": bitmap.height, "stride": bitmap.stride, "scale": scale, "grey": grey}


if __name__ == "__main__":
    main()
