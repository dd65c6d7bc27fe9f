"""Bars as the page takes them: one by one, or many bars' rest in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scorestage.music.written import WrittenBar, WrittenStaff


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` bars from place `first` in the written bars; more than one only where all rest."""

    first: int
    count: int = 1

    @property
    def places(self) -> range:
        """The places of its bars."""
        return range(self.first, self.first + self.count)


def one_by_one(count: int) -> tuple[Stretch, ...]:
    """Every bar by itself, as in a score.

    >>> one_by_one(2)
    (Stretch(first=0, count=1), Stretch(first=1, count=1))
    """
    return tuple(Stretch(place) for place in range(count))


def with_long_rests(
    staves: Sequence[WrittenStaff], divisions: Collection[int]
) -> tuple[Stretch, ...]:
    """Bars in which no staff plays taken together, cut at the places in `divisions`.

    A sign on a resting bar (`con sord.`) also begins a new rest, so that it is read in its bar.
    """
    count = len(staves[0].bars)
    found: list[Stretch] = []
    for place in range(count):
        joins = (
            place > 0
            and place not in divisions
            and staves[0].bars[place - 1].index >= 0
            and _rests(staves, place)
            and _rests(staves, place - 1)
            and not any(_under_arrow(staves, near) for near in (place - 1, place))
            and not _has_signs(staves, place)
            and not _has_late_signs(staves, place - 1)
            and staves[0].bars[place].length == staves[0].bars[place - 1].length
        )
        if joins:
            found[-1] = Stretch(found[-1].first, found[-1].count + 1)
        else:
            found.append(Stretch(place))
    return tuple(found)


def bar_labels(bars: Sequence[WrittenBar], stretches: Sequence[Stretch]) -> list[str]:
    """What is printed under each bar, the pickup left out: `12`, `13–16` where a rest begins.

    Nothing is printed under the later bars of a long rest.
    """
    labels = [""] * len(bars)
    for stretch in stretches:
        first, last = bars[stretch.first].label, bars[stretch.places[-1]].label
        labels[stretch.first] = str(first) if stretch.count == 1 else f"{first}–{last}"
    return [label for label, bar in zip(labels, bars, strict=True) if bar.index >= 0]


def _rests(staves: Sequence[WrittenStaff], place: int) -> bool:
    return all(staff.bars[place].is_empty for staff in staves)


def _under_arrow(staves: Sequence[WrittenStaff], place: int) -> bool:
    """Whether rests are hidden because a box is played on."""
    voices = (voice for staff in staves for voice in staff.bars[place].voices[:1])
    return any(event.hidden for voice in voices for event in voice.events)


def _has_signs(staves: Sequence[WrittenStaff], place: int) -> bool:
    bars = (staff.bars[place] for staff in staves)
    return any(
        bar.directions or bar.clef or bar.signs or bar.clef_changes or bar.keys for bar in bars
    )


def _has_late_signs(staves: Sequence[WrittenStaff], place: int) -> bool:
    """Whether a sign stands in the course of the bar, which then cannot be joined to the next."""
    bars = [staff.bars[place] for staff in staves]
    offsets = [sign.offset for bar in bars for sign in bar.directions]
    offsets += [one[0] for bar in bars for one in (*bar.signs, *bar.clef_changes, *bar.keys)]
    return any(offset > 0 for offset in offsets)
