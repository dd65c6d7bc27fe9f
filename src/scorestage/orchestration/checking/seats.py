"""Anybody's score made ready to be checked: every part with the instrument its name means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scorestage.music import (
    Family,
    Instrument,
    Interval,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Staff,
    Voice,
)
from scorestage.orchestration.checking.naming import (
    SECTION,
    Named,
    how_many,
    is_plural,
    named,
    normal,
)
from scorestage.orchestration.result import Fault, FaultKind, Severity

_VOICES = ("soprano", "mezzo-soprano", "alto", "tenor", "baritone", "bass-voice")
_ANY_VOICE = ("singstimme", "voice", "gesang", "voices", "voix", "canto", "choir", "vocals")
_LARGE = 6
_ENOUGH_NOTES = 12
_WORD = 4


@dataclass(frozen=True, slots=True)
class Seated:
    """A score whose players hold instruments of the catalogue, and what is to be said of that.

    `unknown` are the ids of players whose instrument nobody could name.
    """

    score: Score
    faults: tuple[Fault, ...]
    unknown: frozenset[str] = frozenset()


def seated(score: Score, catalogue: Mapping[str, Instrument]) -> Seated:
    """Every player with the catalogue's instruments, by name, sound id or MIDI program.

    String parts of a score with many players are sections, and so are voices in the plural.
    Players that came from the catalogue stay as they are.
    """
    orchestral = _is_orchestral(score, catalogue)
    lines: list[Line] = []
    faults: list[Fault] = []
    unknown: set[str] = set()
    for line in score.lines:
        if _is_known(line.player, catalogue):
            lines.append(line)
            continue
        found = _find(line, score, catalogue, orchestral=orchestral)
        if found is None:
            unknown.add(line.player.id)
            text = f"{line.player.name!r} is no instrument known here: its limits are not checked"
            repair = "name the part by its instrument, or add the instrument to your library"
            faults.append(_said(line.player, text, Severity.WARNING, repair))
            lines.append(line)
            continue
        if found.other:
            text = f"{line.player.name!r} is checked as a {found.other}"
            faults.append(_said(line.player, text, Severity.ADVICE, ""))
        elif found.how == "program":
            text = f"{line.player.name!r} is taken for a {found.instrument.name}, by its MIDI sound"
            faults.append(_said(line.player, text, Severity.ADVICE, ""))
        made, octaves = _in_octave(_with(line, found, catalogue, orchestral=orchestral))
        if octaves:
            words = "low" if octaves > 0 else "high"
            far = "an octave" if abs(octaves) == 1 else "two octaves"
            text = (
                f"{line.player.name!r} lies {far} too {words} throughout: read as if the file "
                "forgot its transposition"
            )
            repair = "check the part's octave transposition (bass clef of bass clarinet, celesta)"
            faults.append(_said(line.player, text, Severity.WARNING, repair))
        lines.append(made)
    return Seated(replace(score, lines=tuple(lines)), tuple(faults), frozenset(unknown))


def _said(player: Player, text: str, severity: Severity, repair: str) -> Fault:
    return Fault(FaultKind.INSTRUMENT, player.id, None, "", text, severity, repair)


def _is_known(player: Player, catalogue: Mapping[str, Instrument]) -> bool:
    return all(catalogue.get(one.id) == one for one in player.instruments)


def _is_orchestral(score: Score, catalogue: Mapping[str, Instrument]) -> bool:
    """Whether its string parts are sections: many players, winds or a bass among them."""
    families = []
    for line in score.lines:
        found = _named(line.player, line.player.instrument, catalogue)
        families.append(found.instrument.family if found is not None else None)
    winds = sum(one in (Family.WOODWIND, Family.BRASS) for one in families)
    strings = sum(one is Family.STRINGS for one in families)
    return strings >= 4 and (winds >= 4 or len(score.lines) > _LARGE)


def _named(
    player: Player, instrument: Instrument, catalogue: Mapping[str, Instrument], name: str = ""
) -> Named | None:
    """One instrument of a player by all that the file says of it."""
    program = instrument.midi_program if instrument.midi_program or not instrument.drums else None
    own = _as_told(instrument, catalogue)
    if own is not None:
        told = player.name
        return Named(own, how_many(told), "name", is_plural(told))
    told = name or first_named(player.name)
    if instrument.drums and "drum" not in normal(told):
        found = named(told, "", None, catalogue)
        return found if found is not None else named("Percussion", "", None, catalogue)
    if not program and not instrument.musicxml_sound:
        program = None
    return named(told, instrument.musicxml_sound, program, catalogue)


def _as_told(instrument: Instrument, catalogue: Mapping[str, Instrument]) -> Instrument | None:
    """The instrument that a file names and whose sound it names too, both as the catalogue does.

    A piano is not believed: many programs say so of everything. Bars that are struck on a pitch
    are believed beside the drums that their player strikes as well.
    """
    sound = instrument.musicxml_sound
    drums = instrument.drums and not sound.startswith("pitched-percussion.")
    if not sound or drums or sound.startswith("keyboard.piano"):
        return None
    plain = normal(instrument.name)
    fitting = [
        one
        for one in catalogue.values()
        if one.musicxml_sound == sound and normal(one.name) == plain
    ]
    return fitting[0] if len(fitting) == 1 else None


def first_named(name: str) -> str:
    """The first of two instruments that a player has in turn.

    >>> first_named("Flute 3 / Piccolo"), first_named("Violin I/II")
    ('Flute 3', 'Violin I/II')
    """
    first, _, second = name.partition("/")
    words = [one for one in (first, second) if len("".join(filter(str.isalpha, one))) >= _WORD]
    return first.strip() if len(words) == 2 else name


def _find(
    line: Line, score: Score, catalogue: Mapping[str, Instrument], *, orchestral: bool
) -> Named | None:
    player = line.player
    plain = normal(player.name)
    if plain.strip(" .0123456789") in _ANY_VOICE:
        return _any_voice(line, catalogue)
    found = _named(player, player.instrument, catalogue)
    if found is None:
        return None
    voices = any(normal(one.player.name).startswith(("sopran", "tenor")) for one in score.lines)
    if found.instrument.id == "bass-voice" and not voices:
        strings = found.instrument.id, "double-bass"
        sung = any(note.lyric for note in line.notes)
        if not sung and strings[1] in catalogue:
            return replace(found, instrument=catalogue["double-bass"])
    if found.instrument.id == "alto" and orchestral and not voices and "viola" in catalogue:
        return replace(found, instrument=catalogue["viola"])
    return found


def _any_voice(line: Line, catalogue: Mapping[str, Instrument]) -> Named | None:
    """A part for `voice`: the voice that has most of its notes in comfort."""
    best: tuple[int, int, Instrument] | None = None
    for rank, name in enumerate(_VOICES):
        voice = catalogue.get(name)
        easy = voice.comfortable if voice is not None else None
        if voice is None or easy is None:
            continue
        outside = sum(not easy.holds(pitch) for note in line.notes for pitch in note.sounding)
        if best is None or (outside, rank) < best[:2]:
            best = outside, rank, voice
    if best is None:
        return None
    return Named(best[2], SECTION if "ch" in normal(line.player.name) else 1, "name")


def _with(
    line: Line, found: Named, catalogue: Mapping[str, Instrument], *, orchestral: bool
) -> Line:
    """The line in the hands of the instrument found; strokes keep their names."""
    player = line.player
    struck = {
        one.id: one
        for one in player.instruments
        if len(player.instruments) == 1 or not one.musicxml_sound.startswith("pitched-")
    }
    instruments = [_strokes_kept(found.instrument, struck.get(player.instrument.id))]
    renamed = {player.instrument.id: instruments[0].id}
    for other in player.instruments[1:]:
        alternate = _named(player, other, catalogue, other.name)
        held = alternate.instrument if alternate is not None else found.instrument
        held = _strokes_kept(held, struck.get(other.id))
        renamed[other.id] = held.id
        if held.id not in [one.id for one in instruments]:
            instruments.append(held)
    count = _count(player, found, orchestral=orchestral)
    changes = tuple((at, renamed.get(name, name)) for at, name in line.changes)
    return replace(
        line, player=replace(player, instruments=tuple(instruments), count=count), changes=changes
    )


def _in_octave(line: Line) -> tuple[Line, int]:
    """A part that lies outside its instrument as a whole, in the octave where it does not.

    Files forget the octave of bass clarinets in bass clef, of celesta and glockenspiel: where an
    fifth of a part or more lies outside and an octave away next to nothing does, it is meant.
    """
    wide = line.player.instrument.professional
    notes = [pitch for note in line.notes for pitch in note.sounding]
    if wide is None or not notes or len(line.player.instruments) > 1:
        return line, 0

    def outside(octaves: int) -> int:
        return sum(not wide.low.midi <= one.midi + 12 * octaves <= wide.high.midi for one in notes)

    now = outside(0)
    if len(notes) < _ENOUGH_NOTES or now * 5 < len(notes):
        return line, 0
    best = min((1, -1, 2, -2), key=lambda octaves: (outside(octaves), abs(octaves)))
    if outside(best) * 10 > now:
        return line, 0
    interval = Interval(7 * best, 12 * best)
    return replace(line, staves=tuple(_moved(staff, interval) for staff in line.staves)), best


def _moved(staff: Staff, interval: Interval) -> Staff:
    return replace(
        staff,
        voices=tuple(
            Voice(tuple(_moved_note(note, interval) for note in voice.notes))
            for voice in staff.voices
        ),
    )


def _moved_note(note: Note, interval: Interval) -> Note:
    pitches = tuple(
        pitch.moved(interval) if isinstance(pitch, Pitch) else pitch for pitch in note.pitches
    )
    return replace(note, pitches=pitches)


def _count(player: Player, found: Named, *, orchestral: bool) -> int:
    if player.count > 1:
        return player.count
    family = found.instrument.family
    plain = normal(player.name)
    if "solo" in plain.split():
        return 1
    if family is Family.STRINGS:
        return SECTION if orchestral or found.section else 1
    if family is Family.VOICE:
        return SECTION if orchestral or found.section else 1
    return found.count


def _strokes_kept(instrument: Instrument, read: Instrument | None) -> Instrument:
    """The catalogue's percussion with whatever strokes the file names, all of them possible."""
    if read is None or not read.drums:
        return instrument
    known: Sequence[str] = [drum.id for drum in instrument.drums]
    new = tuple(drum for drum in read.drums if drum.id not in known)
    return replace(instrument, drums=(*instrument.drums, *new))
