"""The print list against the pages that lie beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scorestage.engraving.setcheck.values import ListedFile, PageFile, SetFault

_DESKS = re.compile(r"(?<!\d)(\d+) desks")
_KIND = "print list"


def list_faults(
    listed: Sequence[ListedFile], pages: Sequence[PageFile], players: Mapping[str, str]
) -> Iterator[SetFault]:
    """Files that are not listed, listed and not there, or with other pages or copies than told.

    `players` names whose each file is. A part for strings is printed once for each desk that its
    first page tells, any other part once.
    """
    if not listed:
        return
    rows = {row.file: row for row in listed}
    repair = "print the list again"
    there = set()
    for file in pages:
        name, player = file.file.rpartition("/")[2], players.get(file.file, "")
        there.add(name)
        row = rows.get(name)
        if row is None:
            message = "is not on the print list"
            yield SetFault(_KIND, message, player, file.file, repair=repair)
            continue
        if row.pages != str(len(file.pages)):
            message = f"has {len(file.pages)} pages, the print list says {row.pages or 'nothing'}"
            yield SetFault(_KIND, message, player, file.file, repair=repair)
        copies = _copies(file)
        if player and file.ours and row.copies != copies:
            message = f"needs {copies} copies, the print list says {row.copies or 'nothing'}"
            yield SetFault(_KIND, message, player, file.file, repair=repair)
    for row in listed:
        if row.file not in there and row.file:
            message = f"the print list names {row.file}, which is not there"
            yield SetFault(_KIND, message, "", row.file, repair="print it, or strike it off")


def _copies(file: PageFile) -> str:
    told = _DESKS.search(file.pages[0].text) if file.pages else None
    return told[1] if told else "1"
