"""Run as a program of its own: Verovio draws the pages that `order.json` in this folder asks for.

Verovio is a library in C++: whatever befalls it there, the process that asked lives on.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

ORDER, ANSWER = "order.json", "answer.json"


def main() -> None:
    """Draw each piece of the order; the answer tells the version and the count of pages of each."""
    library = import_module("verovio")
    library.enableLog(library.LOG_WARNING)
    room = Path.cwd()
    told = []
    version = ""
    for piece in json.loads((room / ORDER).read_text(encoding="utf-8")):
        toolkit = library.toolkit()
        version = str(toolkit.getVersion()).partition("-")[0]
        toolkit.setOptions(piece["options"])
        source = (room / f"{piece['name']}.mei").read_text(encoding="utf-8")
        print(f"{piece['name']}:", flush=True)
        read = bool(toolkit.loadData(source))
        pages = int(toolkit.getPageCount()) if read else 0
        for page in range(1, pages + 1):
            drawn = toolkit.renderToSVG(page)
            (room / f"{piece['name']}-{page}.svg").write_text(drawn, encoding="utf-8")
        told.append({"name": piece["name"], "pages": pages})
    answer = {"version": version, "pieces": told}
    (room / ANSWER).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
