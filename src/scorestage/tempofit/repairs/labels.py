"""What is printed under the bars of a repaired cue."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.tempofit.repairs.repair import BarSource, Origin
from scorestage.timebase import BarLabel


def labelled(
    old: Sequence[BarLabel], sources: Sequence[BarSource], *, issued: bool
) -> tuple[BarLabel, ...]:
    """Labels of the new bars: counted anew before parts are issued, afterwards by what is printed.

    Once issued a bar keeps its label; one that is put in takes that of the bar before it with the
    next letter, and bars cut away leave a gap.

    >>> two = [BarLabel(1), BarLabel(2)]
    >>> again = [BarSource(Origin.SAME, (0,)), BarSource(Origin.AGAIN, (0,)),
    ...          BarSource(Origin.SAME, (1,))]
    >>> [str(one) for one in labelled(two, again, issued=True)]
    ['1', '1A', '2']
    >>> [str(one) for one in labelled(two, again, issued=False)]
    ['1', '2', '3']
    """
    if not issued:
        first = old[0].number if old else 1
        return tuple(BarLabel(first + index) for index in range(len(sources)))
    used: set[BarLabel] = set()
    found: list[BarLabel] = []
    own = {old[one.old_bars[0]] for one in sources if one.old_bars}
    for source in sources:
        label = old[source.old_bars[0]] if source.old_bars else None
        inserted = source.origin in (Origin.AGAIN, Origin.NEW) or label is None or label in used
        if inserted or label is None:
            before = found[-1] if found else BarLabel(max(0, old[0].number - 1))
            label = _next(before, used | own)
        used.add(label)
        found.append(label)
    return tuple(found)


def _next(before: BarLabel, taken: set[BarLabel]) -> BarLabel:
    """The bar's number with the first letter that is free: 12, 12A, … 12Z, 12AA."""
    letter = before.letter
    while True:
        letter = _after(letter)
        label = BarLabel(before.number, letter)
        if label not in taken:
            return label


def _after(letter: str) -> str:
    if not letter:
        return "A"
    if letter[-1] < "Z":
        return letter[:-1] + chr(ord(letter[-1]) + 1)
    return _after(letter[:-1]) + "A"
