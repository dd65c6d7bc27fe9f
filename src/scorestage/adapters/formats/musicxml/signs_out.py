"""What stands between the notes: dynamics, hairpins, words, tempo, hits, chord symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scorestage.adapters.formats.musicxml.names import (
    TEMPO_WORDS,
    decimal,
    quoted,
    text,
    unit_name,
)
from scorestage.adapters.formats.musicxml.trees import inside
from scorestage.music import (
    ChordSymbol,
    DynamicMark,
    Hairpin,
    Mark,
    MarkKind,
    Score,
    Technique,
    TechniqueMark,
)
from scorestage.music.written import Edge, WrittenDirection
from scorestage.timebase import (
    Beat,
    Fermata,
    FreeBar,
    FreeStretch,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
    free_stretches,
)

RAMPS = ("rit.", "accel.")


@dataclass(frozen=True, slots=True)
class Sign:
    """An element at a point of a bar or of the cue; `<offset>` goes between `head` and `tail`.

    A `fixed` one has no offset: the file's position is moved to it and back.
    """

    at: Fraction
    head: str
    tail: str
    fixed: bool = False

    def xml(self, divisions: int, cursor: Fraction) -> str:
        """The element as written while the file's position stands at `cursor`."""
        away = (self.at - cursor) * divisions
        if self.fixed and away:
            there, back = ("forward", "backup") if away > 0 else ("backup", "forward")
            length = f"<duration>{decimal(abs(away), 12)}</duration>"
            moved = f"<{there}>{length}</{there}>{self.head}{self.tail}"
            return f"{moved}<{back}>{length}</{back}>"
        return f"{self.head}{f'<offset>{decimal(away)}</offset>' if away else ''}{self.tail}"


def staff_sign(direction: WrittenDirection, staff_xml: str) -> Sign:
    """A sign that belongs to one staff, its offset counted from the barline."""
    sign = direction.sign
    tail = f"{staff_xml}</direction>"
    if isinstance(sign, DynamicMark):
        inner = dynamics_xml(sign.printed)
        return Sign(direction.offset, _direction(inner, "below"), tail)
    if isinstance(sign, Hairpin):
        kind = "stop"
        if direction.edge is Edge.START:
            kind = "crescendo" if sign.opens else "diminuendo"
        niente = ' niente="yes"' if _niente_here(sign, direction.edge) else ""
        inner = f'<wedge type="{kind}" number="{direction.number}"{niente}/>'
        return Sign(direction.offset, _direction(inner, "below"), tail)
    if isinstance(sign, TechniqueMark):
        return Sign(
            direction.offset,
            _direction(f"<words>{text(sign.shown or sign.technique.value)}</words>", "above"),
            f"{staff_xml}{_SOUNDS.get(sign.technique, '')}</direction>",
        )
    inner = f'<words font-style="italic">{text(sign.text)}</words>'
    return Sign(direction.offset, _direction(inner, "above"), tail)


def _niente_here(sign: Hairpin, edge: Edge) -> bool:
    """A crescendo comes from nothing at its beginning, a diminuendo ends there."""
    return sign.niente and (edge is Edge.START) == sign.opens


@lru_cache(maxsize=256)
def dynamics_xml(printed: str) -> str:
    """A dynamic as printed; what is no sign of its own stands as words: `più f`."""
    inner = "".join(
        f"<{word}/>" if word in _DYNAMICS else f"<other-dynamics>{text(word)}</other-dynamics>"
        for word in printed.split()
    )
    return f"<dynamics>{inner}</dynamics>"


_DYNAMICS = frozenset(
    [
        "p",
        "pp",
        "ppp",
        "pppp",
        "ppppp",
        "pppppp",
        "f",
        "ff",
        "fff",
        "ffff",
        "fffff",
        "ffffff",
        "mp",
        "mf",
        "sf",
        "sfp",
        "sfpp",
        "fp",
        "rf",
        "rfz",
        "sfz",
        "sffz",
        "fz",
        "n",
        "pf",
        "sfzp",
    ]
)

_SOUNDS = {
    Technique.PIZZICATO: '<sound pizzicato="yes"/>',
    Technique.ARCO: '<sound pizzicato="no"/>',
}


def _direction(inner: str, placement: str, *, system: bool = False) -> str:
    over_all = ' system="only-top"' if system else ""
    return f'<direction placement="{placement}"{over_all}><direction-type>{inner}</direction-type>'


def system_signs(
    score: Score,
    tempo_map: TempoMap | None,
    clock: Callable[[Beat], str],
    first: Beat,
    *,
    free_timing: bool = False,
) -> list[Sign]:
    """What stands over the whole score, positions counted from the downbeat of bar 1.

    `first` is where the first bar (the pickup) begins: a tempo set before it is shown there. In
    `free_timing` written clicks are shown in place of metronome marks; playback keeps its tempo.
    """
    found: list[Sign] = []
    if tempo_map is not None:
        stretches = free_stretches(tempo_map) if free_timing else ()
        found.extend(_tempo_signs(tempo_map, first, stretches))
    found.extend(_mark(mark, clock) for mark in score.marks)
    found.extend(_harmony(chord) for chord in score.chords)
    return sorted(found, key=lambda sign: sign.at)


def _mark(mark: Mark, clock: Callable[[Beat], str]) -> Sign:
    shown = text(mark.text)
    if mark.kind is MarkKind.REHEARSAL:
        inner = f"<rehearsal>{shown}</rehearsal>"
    elif mark.kind is MarkKind.HIT:
        inner = f'<words font-weight="bold">[{text(clock(mark.at))}] {shown}</words>'
    else:
        inner = f'<words font-weight="bold">{shown}</words>'
    return Sign(mark.at.quarters, _direction(inner, "above", system=True), "</direction>")


def _harmony(chord: ChordSymbol) -> Sign:
    bass = f"<bass>{_step('bass', chord.bass)}</bass>" if chord.bass else ""
    short = chord.text or str(ChordSymbol(chord.at, "", chord.quality))
    kind = f'<kind text="{quoted(short)}">{text(chord.quality)}</kind>'
    extra = {name: [one for one in chord.extra if one.name == name] for name in _CHORD_EXTRAS}
    head = (
        f"<harmony><root>{_step('root', chord.root)}</root>{kind}{inside(extra['inversion'])}"
        f"{bass}{inside(extra['degree'])}{inside(extra['frame'])}"
    )
    return Sign(chord.at.quarters, head, "</harmony>")


_CHORD_EXTRAS = ("inversion", "degree", "frame")


def _step(name: str, note: str) -> str:
    alter = note.count("#") + 2 * note.count("x") - note[1:].count("b")
    sign = f"<{name}-alter>{alter}</{name}-alter>" if alter else ""
    return f"<{name}-step>{text(note[:1])}</{name}-step>{sign}"


def _tempo_signs(
    tempo_map: TempoMap, first: Beat, stretches: Sequence[FreeStretch]
) -> Iterator[Sign]:
    """Metronome marks where a tempo begins to hold, playback tempos inside ramps, and words.

    Tempos inside one of the `stretches` that are counted as a whole are not shown.
    """
    end = tempo_map.grid.end
    counted = {one.at: str(one.written) for one in stretches if one.written is not None}
    steady = {event.at: event.tempo for event in tempo_map.events if isinstance(event, Steady)}
    for number, event in enumerate(tempo_map.events, start=1):
        if isinstance(event, Ramp):
            steady.setdefault(event.at + event.length, event.end)
            if event is tempo_map.events[0]:
                steady[event.at] = event.start
        words = _tempo_words(event)
        if words and first <= event.at < end:
            count = f" {counted[event.at]}" if event.at in counted and words in RAMPS else ""
            inner = f'<words font-style="italic">{words}{count}</words>'
            head = _direction(inner, "above", system=True)
            named = f'<direction id="{TEMPO_WORDS}{number}"'
            yield Sign(event.at.quarters, head.replace("<direction", named, 1), "</direction>")
    baked = tuple(entry for entry in tempo_map.baked() if entry[0] < end)
    before = [entry for entry in baked if entry[0] <= first] or [baked[0]]
    for at, tempo in (before[-1], *(entry for entry in baked if entry[0] > first)):
        sound = f'<sound tempo="{decimal(tempo.quarters_per_minute)}"'
        shown = steady.get(at)
        place = max(at, first).quarters
        if shown is None:
            yield Sign(place, f"{sound}>", "</sound>")
        else:
            count = counted.get(max(at, Beat(0)), "")
            words = f'<words font-weight="bold">{count}</words>' if count else metronome(shown)
            if any(one.at < at < one.end for one in stretches):
                words = words.replace("<metronome>", '<metronome print-object="no">')
            head = _direction(words, "above", system=True)
            yield Sign(place, head, f"{sound}/></direction>")


def metronome(tempo: Tempo) -> str:
    """A metronome mark, two decimals at most.

    >>> metronome(Tempo(96))
    '<metronome><beat-unit>quarter</beat-unit><per-minute>96</per-minute></metronome>'
    """
    name, dots = unit_name(tempo.unit.quarters)
    return (
        f"<metronome><beat-unit>{name}</beat-unit>{'<beat-unit-dot/>' * dots}"
        f"<per-minute>{decimal(tempo.bpm, 2)}</per-minute></metronome>"
    )


def _tempo_words(event: Steady | Ramp | Fermata | FreeBar) -> str:
    if isinstance(event, Ramp):
        slower = event.end.quarters_per_minute < event.start.quarters_per_minute
        return "rit." if slower else "accel."
    if isinstance(event, Fermata):
        return f"hold {decimal(event.played.seconds, 2)}\u2033"
    if isinstance(event, FreeBar):
        return f"free, {decimal(event.played.seconds, 2)}\u2033"
    return ""
