"""The last hand: ids, slurs, articulations, dynamics and marks make a sketch of the draft."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.composing.ending import Draft
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame
from scorestage.composing.levels import Levels
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest, Provenance
from scorestage.composing.standing import standing_at
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import (
    Articulation,
    ChordSymbol,
    DynamicMark,
    Hairpin,
    Mark,
    MarkKind,
    Note,
    Pitch,
    Role,
    Sketch,
    Slur,
    Staff,
    Strand,
    Unpitched,
    Voice,
)
from scorestage.music.feel import stress_in_bar
from scorestage.production import Hit, HitKind
from scorestage.timebase import BarGrid, Beat, Beats

PREFIXES = {
    Role.MELODY: "mel",
    Role.COUNTER: "cnt",
    Role.HARMONY: "har",
    Role.RHYTHM: "rhy",
    Role.BASS: "bas",
    Role.COLOUR: "col",
    Role.ACCENT: "acc",
}
_SUNG = (Role.MELODY, Role.COUNTER)


@dataclass(frozen=True, slots=True)
class Finish:
    """All that the last hand needs to know."""

    request: CueRequest
    frame: Frame
    sections: tuple[Section, ...]
    voiced: tuple[VoicedSpan, ...]
    levels: Levels
    hairpins: tuple[Hairpin, ...]

    def section_at(self, at: Beat) -> Section:
        """The section that holds a point."""
        return standing_at(self.sections, at)


def finished(finish: Finish, draft: Draft) -> Sketch:
    """The draft as a sketch: one strand for each role that plays, in the order of the roles."""
    strands = []
    for role in Role:
        notes = _one_voice(draft.get(role, []))
        if notes:
            strands.append(_strand(finish, role, _named(finish.frame.grid, role, notes)))
    return Sketch(
        grid=finish.frame.grid,
        strands=tuple(strands),
        marks=_marks(finish),
        chords=_symbols(finish),
    )


def _symbols(finish: Finish) -> tuple[ChordSymbol, ...]:
    """The chords by name, where the style's players read such names."""
    if not finish.request.style.harmony.symbols:
        return ()
    return tuple(replace(span.chord, at=span.start) for span in finish.voiced)


def _one_voice(notes: Sequence[Note]) -> list[Note]:
    """In order and one after the other; struck together they are one chord."""
    together: dict[Beat, Note] = {}
    for note in notes:
        if note.length.quarters <= 0:
            continue
        other = together.get(note.onset)
        if other is None:
            together[note.onset] = note
        else:
            pitches = tuple(dict.fromkeys((*other.pitches, *note.pitches)))
            longer = max(other.length, note.length)
            together[note.onset] = replace(other, pitches=pitches, length=longer)
    ordered = [together[onset] for onset in sorted(together)]
    found = [
        replace(note, length=min(note.length, following.onset - note.onset))
        for note, following in pairwise(ordered)
    ]
    return found + ordered[-1:]


def _named(grid: BarGrid, role: Role, notes: Sequence[Note]) -> tuple[Note, ...]:
    found = []
    for note in notes:
        position = grid.position(note.onset)
        own = f"{PREFIXES[role]}-{position.label}-{position.beat}"
        length = min(note.length, grid.end - note.onset)
        pitches = tuple(_plainly(pitch) for pitch in note.pitches)
        found.append(replace(note, id=own, length=length, pitches=pitches))
    return tuple(found)


def _plainly(pitch: Pitch | Unpitched) -> Pitch | Unpitched:
    """Double sharps and flats written as what a player would rather read."""
    if isinstance(pitch, Unpitched) or -2 < pitch.alter < 2:
        return pitch
    return pitch.simply_spelled()


def _strand(finish: Finish, role: Role, notes: tuple[Note, ...]) -> Strand:
    slurs: tuple[Slur, ...] = ()
    if role in _SUNG:
        notes = tuple(_articulated(finish, note) for note in notes)
        slurs = _slurs(finish, notes)
    pins = tuple(pin for pin in finish.hairpins if _swells(finish, notes, pin))
    marks = _dynamics(finish, role, notes, pins if role is not Role.ACCENT else ())
    staff = Staff((Voice(notes),), marks, pins if role is not Role.ACCENT else (), slurs)
    return Strand(role, staff)


def _swells(finish: Finish, notes: Sequence[Note], pin: Hairpin) -> bool:
    """Whether a strand has a hairpin: it sounds there, and into a hit it strikes that hit too."""
    into_hit = any(moment.at == pin.end for moment in finish.frame.moments)
    place = bisect_left(notes, pin.end, key=lambda note: note.onset)
    struck = place < len(notes) and notes[place].onset == pin.end
    return _plays_in(notes, pin.start, pin.end) and (struck or not into_hit)


def _plays_in(notes: Sequence[Note], start: Beat, end: Beat) -> bool:
    """Whether a strand sounds between two points: its last note before the end tells."""
    place = bisect_left(notes, end, key=lambda note: note.onset)
    return place > 0 and notes[place - 1].end > start


def manner(request: CueRequest) -> str:
    """How the tune is played: the style's articulation, moved by the tone's words."""
    order = ("legato", "detached", "staccato", "marcato")
    own = request.style.articulation
    detached = request.mood.detached
    if detached <= -1:
        return "legato"
    if detached >= 2 and own in ("legato", "detached"):
        return "marcato" if request.mood.valence < 0 else "staccato"
    return own if own in order else "legato"


def _articulated(finish: Finish, note: Note) -> Note:
    if note.articulations:
        return note
    way = manner(finish.request)
    grid = finish.frame.grid
    index = grid.index_at(note.onset)
    offset = (note.onset - grid.starts[index]).quarters
    stress = stress_in_bar(grid.bars[index].meter, offset) if offset >= 0 else 0
    seconds = finish.frame.seconds(note.onset, note.end)
    signs: tuple[Articulation, ...] = ()
    if way == "staccato" and seconds <= Fraction(1, 2) and note.length <= Beats(1):
        signs = (Articulation.STACCATO,)
    elif way == "marcato" and stress >= 2 and note.length >= Beats(1):
        driven = finish.section_at(note.onset).energy > 0 and stress == 3
        signs = (Articulation.ACCENT,) if driven else (Articulation.TENUTO,)
    elif way == "detached" and stress >= 1 and note.length >= Beats(1):
        signs = (Articulation.TENUTO,)
    return replace(note, articulations=signs)


def _slurs(finish: Finish, notes: Sequence[Note]) -> tuple[Slur, ...]:
    """Slurs over what belongs together: two modules at most, broken by rests and repeated tones."""
    way = manner(finish.request)
    if way == "staccato":
        return ()
    groups: list[list[Note]] = []
    for note in notes:
        last = groups[-1][-1] if groups else None
        joins = (
            last is not None
            and last.end == note.onset
            and last.top != note.top
            and not note.origin.startswith("hit:")
            and _phrase(finish, last) == _phrase(finish, note)
            and (way == "legato" or _pairs(groups[-1], note))
        )
        if joins:
            groups[-1].append(note)
        else:
            groups.append([note])
    return tuple(Slur(group[0].id, group[-1].id) for group in groups if len(group) > 1)


def _pairs(group: list[Note], note: Note) -> bool:
    """In detached playing only short notes are slurred, to the one that they lead to."""
    return len(group) < 3 and group[-1].length <= Beats("1/2")


def _phrase(finish: Finish, note: Note) -> tuple[int, int]:
    """Which pair of modules of which section a note belongs to."""
    section = finish.section_at(note.onset)
    number = 0
    for place, module in enumerate(section.modules):
        if module.start <= note.onset:
            number = place
    return section.index, number // 2


def _dynamics(
    finish: Finish, role: Role, notes: Sequence[Note], pins: Sequence[Hairpin]
) -> tuple[DynamicMark, ...]:
    """A dynamic wherever the level changes, at every entry, at hits and where a hairpin leads."""
    played = {(f"hit:{moment.hit.id}", moment.at): moment.hit for moment in finish.frame.moments}
    led_to = sorted(pin.end for pin in pins)
    found: list[DynamicMark] = []
    last_end: Beat | None = None
    for note in notes:
        hit = played.get((note.origin, note.onset))
        extra = _extra(finish, role, hit) if hit is not None else note.origin == "rule:button"
        dynamic = finish.levels.dynamic_at(note.onset, extra)
        rested = last_end is None or (note.onset - last_end).quarters >= 4
        reached = bisect_right(led_to, note.onset)
        led = bool(found) and reached > 0 and led_to[reached - 1] > found[-1].at
        if rested or led or found[-1].dynamic is not dynamic:
            found.append(DynamicMark(note.onset, dynamic))
        last_end = note.end
    return tuple(found)


def _extra(finish: Finish, role: Role, hit: Hit) -> int:
    """How many steps louder a hit is: by its weight, more where the music is tense."""
    if hit.kind is HitKind.STOP or (hit.kind is HitKind.CATCH and role is not Role.ACCENT):
        return 0
    if hit.kind is not HitKind.ACCENT:
        return 1
    return 1 + hit.weight // 2 + (finish.request.mood.tension > 0)


def _marks(finish: Finish) -> tuple[Mark, ...]:
    found: list[Mark] = []
    if finish.request.style.playing:
        found.append(Mark(Beat(0), MarkKind.TEXT, finish.request.style.playing))
    lettered = [section for section in finish.sections[1:] if section.part is not Part.CLOSE]
    for number, section in enumerate(lettered):
        found.append(Mark(section.start, MarkKind.REHEARSAL, _letter(number)))
    if finish.request.segue_to:
        found.append(Mark(finish.frame.grid.starts[-2], MarkKind.TEXT, segue_words(finish.request)))
    for moment in finish.frame.moments:
        words = moment.hit.words or moment.hit.id
        found.append(Mark(moment.at, MarkKind.HIT, words))
    return tuple(sorted(found, key=lambda mark: mark.at))


def segue_words(request: CueRequest) -> str:
    """What stands over the last bar of a segue: where it goes, and how fast, if otherwise.

    The speed counts beats a minute, and says which.
    """
    tempo = request.segue_tempo
    last = request.tempo_map.tempo_at(request.tempo_map.grid.starts[-2])
    if tempo is None or tempo == last:
        return f"segue {request.segue_to}"
    unit = _UNITS.get(tempo.unit.quarters, f"{tempo.unit.quarters} quarters = ")
    return f"segue {request.segue_to}, at {unit}{float(tempo.bpm):.5g}"


_UNITS = {
    Fraction(1): "quarter = ",
    Fraction(1, 2): "eighth = ",
    Fraction(3, 2): "dotted quarter = ",
    Fraction(2): "half = ",
}


def _letter(number: int) -> str:
    """A, B, … Z, AA, BB, …

    >>> _letter(0), _letter(27)
    ('A', 'BB')
    """
    return chr(ord("A") + number % 26) * (1 + number // 26)


def provenance_of(finish: Finish, sketch: Sketch) -> tuple[Provenance, ...]:
    """Why the notes of each strand stand there, gathered by section and origin."""
    grid = sketch.grid
    gathered: dict[tuple[int, Role, str], list[Note]] = {}
    for strand in sketch.strands:
        for note in strand.staff.notes:
            key = (finish.section_at(note.onset).index, strand.role, note.origin)
            gathered.setdefault(key, []).append(note)
    found = []
    for (index, role, origin), notes in gathered.items():
        bars = [grid.index_at(note.onset) for note in notes]
        found.append(
            Provenance(
                origin=origin,
                words=_words(finish, finish.sections[index], role, origin),
                strand=role.value,
                first_bar=min(bars),
                last_bar=max(bars),
                note_ids=tuple(note.id for note in notes),
            )
        )
    return tuple(sorted(found, key=lambda entry: (entry.first_bar, entry.strand, entry.origin)))


def _words(finish: Finish, section: Section, role: Role, origin: str) -> str:
    kind, _, rest = origin.partition(":")
    if kind == "hit":
        for moment in finish.frame.moments:
            if moment.hit.id == rest:
                return f"{moment.hit.kind.value} at {moment.hit.words or rest}"
    if kind == "theme":
        theme_id, _, operation = rest.partition(":")
        titles = {theme.id: theme.title for theme in finish.request.themes}
        named = titles.get(theme_id, theme_id)
        return f"{section.part.value} of {named!r} in {section.key}: {operation}"
    return f"{role.value.lower()} of the {section.part.value} in {section.key}: {rest}"
