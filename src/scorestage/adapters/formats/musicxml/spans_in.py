"""Pairing what begins with what ends: slurs and hairpins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.facts_in import ReadPart, ReadWedge
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.adapters.formats.musicxml.ties_in import Chord
from scorestage.music import Hairpin, Slur
from scorestage.timebase import Beat


def slurs_of(chords: Iterable[Chord], losses: Losses) -> tuple[Slur, ...]:
    """The slurs of a part, from the first to the last note; `chords` in order of onset."""
    begun: dict[str, list[Chord]] = defaultdict(list)
    found: list[Slur] = []
    for chord in chords:
        for number in chord.source.grace_slurs:
            begun[number].append(chord)
        for kind, number in sorted(chord.source.slurs, reverse=True):
            if kind == "start":
                begun[number].append(chord)
                continue
            if not begun[number]:
                losses.add("slur without a beginning")
                continue
            first = max(begun[number], key=lambda one: _nearness(one, chord))
            begun[number].remove(first)
            slur = _slur(first, chord)
            if slur is None or slur in found:
                losses.add("slur that joins nothing")
            else:
                found.append(slur)
    losses.add("slur without an end", sum(map(len, begun.values())))
    return tuple(found)


def _nearness(first: Chord, last: Chord) -> tuple[bool, bool, object]:
    """Of several slurs of one number the one of the same voice ends, or of the same staff."""
    same_staff = first.source.staff == last.source.staff
    return first.source.voice == last.source.voice and same_staff, same_staff, first.start


def _slur(first: Chord, last: Chord) -> Slur | None:
    if first.draft is None or last.draft is None:
        return None
    on_itself = first.draft is last.draft
    if on_itself and not (first is last and last.source.grace_slurs and first.draft.graces):
        return None
    return Slur(first.draft.id, last.draft.id)


def hairpins_of(part: ReadPart, timeline: Timeline, losses: Losses) -> list[tuple[int, Hairpin]]:
    """The hairpins of a part, each with the staff it stands at."""
    begun: list[tuple[ReadWedge, Beat]] = []
    found: list[tuple[int, Hairpin]] = []
    edges = [(timeline.beat(wedge.at), wedge.kind != "stop", wedge) for wedge in part.wedges]
    for at, starts, wedge in sorted(edges, key=lambda edge: edge[:2]):
        meant = [one for one in begun if one[0].number == wedge.number]
        own = [one for one in meant if one[0].staff == wedge.staff]
        if starts:
            losses.add("hairpin without an end", len(own))
            begun = [one for one in begun if one not in own]
            begun.append((wedge, at))
        elif meant:
            first, start = (own or meant)[-1]
            begun.remove((first, start))
            if start < at:
                found.append((first.staff, Hairpin(start, at, first.kind == "crescendo")))
            else:
                losses.add("hairpin without length")
        else:
            losses.add("hairpin without a beginning")
    losses.add("hairpin without an end", len(begun))
    return found
