"""Reading `<part-list>`: players and their instruments, as far as the file knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.facts_in import ReadPart, line_in, text_in
from scorestage.adapters.formats.musicxml.names import PART_PREFIX, name_of_id
from scorestage.adapters.formats.musicxml.notes_in import slug
from scorestage.adapters.formats.musicxml.strokes_in import drums_of, is_kit, strokes_of
from scorestage.music import (
    UNISON,
    DrumSound,
    Family,
    Instrument,
    Interval,
    Player,
    family_of_program,
)

_FAMILIES = (
    ("drum.group.set", Family.RHYTHM),
    ("wind", Family.WOODWIND),
    ("brass", Family.BRASS),
    ("strings", Family.STRINGS),
    ("voice", Family.VOICE),
    ("keyboard", Family.KEYBOARD),
    ("pluck.bass", Family.RHYTHM),
    ("pluck", Family.PLUCKED),
    ("synth", Family.SYNTH),
    ("drum", Family.PERCUSSION),
    ("metal", Family.PERCUSSION),
    ("wood", Family.PERCUSSION),
    ("pitched-percussion", Family.PERCUSSION),
    ("rattle", Family.PERCUSSION),
    ("effect", Family.PERCUSSION),
)


@dataclass(frozen=True, slots=True)
class ReadPlayer:
    """A player of the part list with what the notes of the part refer to."""

    player: Player
    instruments: Mapping[str, Instrument]
    """Its instruments by XML id."""
    strokes: Mapping[str, str]
    """Names of its unpitched sounds by XML id."""


def player_of(score_part: Element, part: ReadPart, known: Mapping[str, Instrument]) -> ReadPlayer:
    """The player of a part; instruments of the catalogue (`known`, by id) are taken where named."""
    part_id = score_part.get("id", "")
    ours = part_id.startswith(PART_PREFIX)
    strokes = strokes_of(score_part)
    drums = drums_of(score_part, part, strokes)
    name = line_in(score_part.find("part-name"), part_id)
    short = line_in(score_part.find("part-abbreviation"), name)
    instruments: dict[str, Instrument] = {}
    held = [one for one in score_part.findall("score-instrument") if one.get("id") not in strokes]
    struck = next((one for one in held if not _is_pitched(one)), held[0] if held else None)
    for element in held:
        identifier = element.get("id", "")
        own_id = name_of_id(identifier.rpartition("..")[2]) if ours else ""
        made = _instrument(
            element, score_part, part, own_id, name, drums if element is struck else ()
        )
        instruments[identifier] = known.get(own_id) or (
            _in_its_clefs(made) if len(held) > 1 else made
        )
    if not instruments:
        instruments[""] = _unnamed(part, name, short, drums, known)
    player = Player(
        name_of_id(part_id.removeprefix(PART_PREFIX)) if ours else part_id,
        name,
        short,
        tuple(dict.fromkeys(instruments.values())),
        _seats(score_part),
    )
    return ReadPlayer(player, instruments, strokes)


def _is_pitched(element: Element) -> bool:
    """Whether a percussion instrument sounds pitches: bars, bells, timpani."""
    sound = line_in(element.find("instrument-sound"))
    return sound.startswith(("pitched-percussion.", "drum.timpani"))


def _in_its_clefs(instrument: Instrument) -> Instrument:
    """An instrument of several that a player has on one staff: drums or pitches, by its clefs."""
    drums = bool(instrument.drums)
    own = tuple(clef for clef in instrument.clefs if (clef == "percussion") is drums)
    return replace(instrument, clefs=own or instrument.clefs)


def _seats(score_part: Element) -> int:
    seats = text_in(score_part.find("score-instrument/ensemble"))
    return max(1, int(seats)) if seats.isdigit() and len(seats) < 5 else 1


def _instrument(
    element: Element,
    score_part: Element,
    part: ReadPart,
    own_id: str,
    part_name: str,
    drums: tuple[DrumSound, ...],
) -> Instrument:
    name = line_in(element.find("instrument-name"), part_name)
    sound = line_in(element.find("instrument-sound"))
    program = _program(score_part, element.get("id", ""))
    return _made(
        part,
        own_id or slug(name),
        name,
        line_in(element.find("instrument-abbreviation"), name),
        _family_of_drums(name)
        if drums and not sound and program is None
        else _family(sound, program),
        program or 0,
        sound,
        drums,
    )


def _unnamed(
    part: ReadPart,
    name: str,
    short: str,
    drums: tuple[DrumSound, ...],
    known: Mapping[str, Instrument],
) -> Instrument:
    """The instrument of a part that names none, or has strokes only."""
    wanted = {drum.id for drum in drums}
    for instrument in known.values():
        if wanted and wanted <= {drum.id for drum in instrument.drums}:
            return instrument
    family = _family_of_drums(name) if drums else Family.SYNTH
    return _made(part, slug(name), name, short, family, 0, "", drums)


def _made(
    part: ReadPart,
    identifier: str,
    name: str,
    short: str,
    family: Family,
    program: int,
    sound: str,
    drums: tuple[DrumSound, ...],
) -> Instrument:
    move = part.transposes[0][2] if part.transposes else UNISON
    octaves = move.steps // 7 if move.steps * 12 == move.semitones * 7 else 0
    if part.part_transpose is not None:
        move = part.part_transpose
        transposition = move + Interval(-7 * octaves, -12 * octaves)
    else:
        transposition = UNISON if octaves else move
    clefs = [part.clefs.get(staff, ["G2"]) for staff in range(1, part.staves + 1)]
    in_order = [one[0] for one in clefs] if part.staves > 1 else clefs[0]
    return Instrument(
        id=identifier,
        name=name,
        abbreviation=short,
        family=family,
        professional=None,
        comfortable=None,
        clefs=tuple(in_order) if part.staves > 1 else tuple(dict.fromkeys(in_order)),
        staves=part.staves,
        transposition=transposition,
        octave_display=octaves,
        midi_program=program,
        musicxml_sound=sound,
        max_polyphony=_most_struck(part),
        drums=drums,
    )


def _most_struck(part: ReadPart) -> int:
    """How many pitches at most begin together on a staff, in whatever voices."""
    struck: dict[object, set[object]] = defaultdict(set)
    for note in part.notes:
        struck[note.at, note.staff].update(head.pitch for head in note.heads if not head.tie_stop)
    return max(map(len, struck.values()), default=1) or 1


def _program(score_part: Element, identifier: str) -> int | None:
    for midi in score_part.findall("midi-instrument"):
        told = text_in(midi.find("midi-program"))
        if midi.get("id") == identifier and told.isdigit() and 1 <= int(told[:4]) <= 128:
            return int(told) - 1
    return None


def _family_of_drums(name: str) -> Family:
    return Family.RHYTHM if is_kit(name) else Family.PERCUSSION


def _family(sound: str, program: int | None) -> Family:
    """The family by the sound's name, else by its MIDI program."""
    for start, family in _FAMILIES:
        if sound.startswith(start):
            return family
    if program is None:
        return Family.SYNTH
    return family_of_program(program)
