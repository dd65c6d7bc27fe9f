"""What of a file its reader did not take over: each kind with its element, count, first place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import attrgetter
from xml.etree.ElementTree import Element

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.vocabulary import vocabulary

_ROOM = ["default-x", "default-y", "relative-x", "relative-y", "width"]
_REMADE = (
    "beam",
    "stem",
    "defaults",
    "credit-image",
    "system-layout",
    "staff-layout",
    "page-layout",
)
_MOST_KINDS = 2000


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that was lost: `count` times, first in `part` at `measure` (as printed).

    `layout` marks what is drawn anew by whoever prints the score: positions, stems, page sizes.
    """

    path: str
    what: str
    count: int
    part: str = ""
    measure: str = ""
    layout: bool = False

    def __str__(self) -> str:
        where = f", first in {self.part}" if self.part else ""
        bar = f" bar {self.measure}" if self.measure else ""
        return f"{self.what} ({self.count}{where}{bar})"


class Tally(Losses):
    """Counts losses with the place of the first of each kind; `part` and `measure` say where now.

    >>> tally = Tally()
    >>> tally.part, tally.measure = "Flute", "12"
    >>> tally.add("grace chord", path="note/grace")
    >>> str(tally.report()[0])
    'grace chord (1, first in Flute bar 12)'
    """

    def __init__(self) -> None:
        super().__init__()
        self.part = ""
        self.measure = ""
        self._first: dict[str, tuple[str, str, str]] = {}

    def add(self, kind: str, count: int = 1, *, path: str = "") -> None:
        """One more (or `count` more) of this kind is lost; `path` is its element's."""
        if not count:
            return
        if kind not in self._first:
            if len(self._first) >= _MOST_KINDS:
                kind, path = "further kinds of elements", ""
            self._first.setdefault(kind, (path, self.part, self.measure))
        super().add(kind, count)

    def report(self) -> tuple[Loss, ...]:
        """Every kind in alphabetical order."""
        return tuple(
            Loss(path, kind, count, part, measure)
            for kind, count in sorted(self._counts.items())
            for path, part, measure in (self._first[kind],)
            if count
        )


def layout_losses(root: Element) -> tuple[Loss, ...]:
    """What is drawn anew: stems and beams, positions, typefaces, page sizes; counted."""
    tags = Counter(map(attrgetter("tag"), root.iter()))
    keys = Counter(chain.from_iterable(map(attrgetter("attrib"), root.iter())))
    found = [_layout(root, tag, tags[tag]) for tag in _REMADE if tags[tag]]
    known = _kept_details()
    positions = sum(keys[name] for name in _ROOM)
    looks = {name for name in keys if name not in known and name not in _ROOM}
    if positions:
        found.append(Loss("@default-x @relative-y …", "positions", positions, layout=True))
    if looks:
        count = sum(keys[name] for name in looks)
        path = " ".join(f"@{name}" for name in sorted(map(str, looks))[:12])
        found.append(Loss(path, "looks and ids", count, layout=True))
    return tuple(found)


@cache
def _kept_details() -> frozenset[str]:
    own: Iterable[str] = ("version", "id", "number", "implicit", "xml:lang")
    return frozenset(chain(own, *(word.details for word in vocabulary().values())))


def _layout(root: Element, tag: str, count: int) -> Loss:
    """One kind of layout with the part and measure in which it comes first."""
    for part in root.findall("part"):
        for measure in part.findall("measure"):
            if next(measure.iter(tag), None) is not None:
                return Loss(tag, tag, count, part.get("id", ""), measure.get("number", ""), True)
    return Loss(tag, tag, count, layout=True)
