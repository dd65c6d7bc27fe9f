"""Pairing what begins with what ends: slurs and hairpins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.adapters.formats.musicxml.facts_in import ReadPart, ReadWedge
from scorestage.adapters.formats.musicxml.graces_in import ONTO, tells_more
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.ties_in import Chord
from scorestage.adapters.formats.musicxml.trees import ONTO_GRACES, slur_end
from scorestage.music import Hairpin, NoteSign, Slur
from scorestage.timebase import Beat


def slurs_of(chords: Sequence[Chord], losses: Tally) -> tuple[Slur, ...]:
    """The slurs of a part, from the first to the last note; `chords` in order of onset.

    A slur over a note that is only held is kept on the note itself.
    """
    begun: dict[str, list[Chord]] = defaultdict(list)
    found: dict[Slur, tuple[Fraction, Fraction, str]] = {}
    for chord in chords:
        _onto_graces(chord, begun, losses, after=False)
        for number in chord.source.grace_slurs:
            begun[number].append(chord)
        slurs = chord.source.slurs
        if ("start", _HELD_NUMBER) in slurs and ("stop", _HELD_NUMBER) in slurs:
            _hold(chord)
            slurs = [one for one in slurs if one[1] != _HELD_NUMBER]
        for kind, number in sorted(slurs, reverse=True):
            if kind == "start":
                begun[number].append(chord)
                continue
            if not begun[number]:
                losses.add("slur without a beginning", path="note/notations/slur")
                continue
            first = max(begun[number], key=lambda one: _nearness(one, chord))
            begun[number].remove(first)
            slur = _slur(first, chord)
            if slur is not None:
                found.setdefault(slur, _ends_of(first, chord))
            elif first.draft is chord.draft and chord.draft is not None:
                _hold(chord)
        _onto_graces(chord, begun, losses, after=True)
    left = sum(map(len, begun.values()))
    losses.add("slur without an end", left, path="note/notations/slur")
    return tuple(sorted(found, key=lambda slur: (found[slur], slur.first, slur.last)))


def _ends_of(first: Chord, last: Chord) -> tuple[Fraction, Fraction, str]:
    """Where the two notes begin, by which slurs are put in order."""
    starts = [one.draft.start if one.draft is not None else one.start for one in (first, last)]
    return starts[0], starts[1], last.source.voice


def _onto_graces(
    chord: Chord, begun: dict[str, list[Chord]], losses: Tally, *, after: bool
) -> None:
    """Slurs that end on grace notes are kept on the two notes themselves."""
    draft = chord.draft
    if draft is None or not any(grace.signs for grace in draft.drawn_graces):
        return
    graces = []
    for grace in draft.drawn_graces:
        signs = list(grace.signs)
        for one in [sign for sign in signs if sign.sign.name == ONTO and grace.after is after]:
            signs.remove(one)
            number = one.sign.text
            starts = [other for other in begun[number] if number not in other.source.grace_slurs]
            first = max(starts, key=lambda other: _nearness(other, chord), default=None)
            if first is None or first.draft is None:
                losses.add("slur that ends on a grace note", path="note/notations/slur")
                continue
            begun[number].remove(first)
            first.draft.signs = (*first.draft.signs, NoteSign(slur_end(ONTO_GRACES, "start")))
            signs.append(NoteSign(slur_end(ONTO_GRACES, "stop"), one.head))
        graces.append(replace(grace, signs=tuple(signs)))
    draft.drawn_graces = tuple(graces) if tells_more(graces) else ()


_HELD_NUMBER = "16"
_HELD = tuple(NoteSign(slur_end(_HELD_NUMBER, kind)) for kind in ("start", "stop"))


def _hold(chord: Chord) -> None:
    """A slur from a note to itself, which is held by ties."""
    if chord.draft is not None and _HELD[0] not in chord.draft.signs:
        chord.draft.signs = (*chord.draft.signs, *_HELD)


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


def hairpins_of(part: ReadPart, timeline: Timeline, losses: Tally) -> list[tuple[int, Hairpin]]:
    """The hairpins of a part, each with the staff it stands at."""
    begun: list[tuple[ReadWedge, Beat]] = []
    found: list[tuple[int, Hairpin]] = []
    edges = [(timeline.beat(wedge.at), wedge.kind != "stop", wedge) for wedge in part.wedges]
    for at, starts, wedge in sorted(edges, key=lambda edge: edge[:2]):
        meant = [one for one in begun if one[0].number == wedge.number]
        own = [one for one in meant if one[0].staff == wedge.staff]
        if starts:
            losses.add("hairpin without an end", len(own), path="direction/wedge")
            begun = [one for one in begun if one not in own]
            begun.append((wedge, at))
        elif meant:
            first, start = (own or meant)[-1]
            begun.remove((first, start))
            if start < at:
                found.append((first.staff, _hairpin(first, wedge, start, at)))
            else:
                losses.add("hairpin without length", path="direction/wedge")
        else:
            losses.add("hairpin without a beginning", path="direction/wedge")
    losses.add("hairpin without an end", len(begun), path="direction/wedge")
    return found


def _hairpin(first: ReadWedge, last: ReadWedge, start: Beat, end: Beat) -> Hairpin:
    opens = first.kind == "crescendo"
    return Hairpin(start, end, opens, first.niente if opens else first.niente or last.niente)
