"""Which bar of a score that came back is which of ours, though bars were put in or taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from scorestage.engraving.setcheck import Sheet


@dataclass(frozen=True, slots=True)
class BarsMatched:
    """Bars of the new score by place, each with its place in the old; and those without one."""

    old_of_new: Mapping[int, int]
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


def match_bars(old: Sequence[Sheet], new: Sequence[Sheet]) -> BarsMatched:
    """As many bars: one by one; else by what sounds in them, over all players that both have."""
    old_count, new_count = len(old[0].bars), len(new[0].bars)
    if old_count == new_count:
        return BarsMatched({place: place for place in range(old_count)})
    names = {sheet.name for sheet in old} & {sheet.name for sheet in new}
    ours, theirs = _prints(old, names), _prints(new, names)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    pairs: dict[int, int] = {}
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        met = _likest(ours[old_from:old_to], theirs[new_from:new_to])
        pairs.update((new_from + there, old_from + here) for here, there in met)
    added = tuple(place for place in range(new_count) if place not in pairs)
    removed = sorted(set(range(old_count)) - set(pairs.values()))
    return BarsMatched(pairs, added, tuple(removed))


def changed_bars(old: Sequence[Sheet], new: Sequence[Sheet]) -> int:
    """How many bars of the new score are new, or have other notes, signs or meters for anybody."""
    if not new:
        return 0
    if not old:
        return len(new[0].bars)
    was, now = _contents(old), _contents(new)
    before = match_bars(old, new).old_of_new
    return sum(place not in before or now[place] != was[before[place]] for place in range(len(now)))


def _contents(sheets: Sequence[Sheet]) -> list[frozenset[object]]:
    """For each bar its meter, and every sound and sign in it with whose it is."""
    held: list[set[object]] = [{(bar.meter, bar.quarters)} for bar in sheets[0].bars]
    for sheet in sheets:
        for sound in sheet.sounds:
            if sound.bar < len(held):
                held[sound.bar].add((sheet.name, replace(sound, bar=0)))
        for sign in (*sheet.signs, *sheet.marks):
            if sign.bar < len(held):
                held[sign.bar].add((sheet.name, replace(sign, bar=0)))
    return [frozenset(one) for one in held]


def _likest(
    ours: Sequence[tuple[object, ...]], theirs: Sequence[tuple[object, ...]]
) -> list[tuple[int, int]]:
    """As many pairs as there can be, in order, with the most music in common over all of them."""
    swapped = len(ours) > len(theirs)
    few, many = (theirs, ours) if swapped else (ours, theirs)
    spare = len(many) - len(few)
    best: list[list[tuple[float, int]]] = []
    for place, own in enumerate(few):
        row: list[tuple[float, int]] = []
        for skipped in range(spare + 1):
            before = best[-1][skipped][0] if best else 0.0
            met = before + _likeness(own, many[place + skipped])
            longest = row[-1] if row else (-1.0, 0)
            row.append(max(longest, (met, -skipped)))
        best.append(row)
    pairs: list[tuple[int, int]] = []
    skipped = spare
    for place in reversed(range(len(few))):
        skipped = -best[place][skipped][1]
        pairs.append((place + skipped, place) if swapped else (place, place + skipped))
    return pairs[::-1]


def _likeness(own: tuple[object, ...], other: tuple[object, ...]) -> float:
    """How much of two bars is the same: 0 to 1."""
    return len({*own} & {*other}) / max(len(own), len(other), 1)


def _prints(sheets: Sequence[Sheet], names: set[str]) -> list[tuple[object, ...]]:
    """For each bar its length and what sounds in it."""
    bars = sheets[0].bars
    held: list[list[object]] = [[bar.quarters] for bar in bars]
    for sheet in sorted((one for one in sheets if one.name in names), key=lambda one: one.name):
        for sound in sheet.sounds:
            if sound.bar < len(bars):
                place = (sheet.name, sound.offset_quarters, sound.length_quarters, str(sound.key))
                held[sound.bar].append(place)
    return [tuple(sorted(map(str, one))) for one in held]


def told_in_old_bars(sheet: Sheet, old: Sheet, bars: BarsMatched) -> Sheet:
    """The new sheet with its bars counted as in the old; what stands in added bars is left out."""
    place = bars.old_of_new
    return replace(
        sheet,
        bars=old.bars,
        sounds=tuple(replace(one, bar=place[one.bar]) for one in sheet.sounds if one.bar in place),
        signs=tuple(replace(one, bar=place[one.bar]) for one in sheet.signs if one.bar in place),
    )


def without_bars(sheet: Sheet, removed: Sequence[int]) -> Sheet:
    """The old sheet without what stands in bars that are gone."""
    gone = frozenset(removed)
    return replace(
        sheet,
        sounds=tuple(one for one in sheet.sounds if one.bar not in gone),
        signs=tuple(one for one in sheet.signs if one.bar not in gone),
    )
