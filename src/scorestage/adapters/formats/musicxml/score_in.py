"""A whole MusicXML file, read tolerantly and accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from xml.etree.ElementTree import Element

from scorestage.adapters.formats.musicxml.chord_shift import moved_chord
from scorestage.adapters.formats.musicxml.document_in import (
    ElementError,
    fault_told,
    partwise,
    xml_of,
)
from scorestage.adapters.formats.musicxml.facts_in import Place, ReadPart, line_in, text_in
from scorestage.adapters.formats.musicxml.grid_in import Timeline, timeline_of
from scorestage.adapters.formats.musicxml.header_in import about_of, groups_of, header_of
from scorestage.adapters.formats.musicxml.lines_in import line_of
from scorestage.adapters.formats.musicxml.loss_report import Loss, Tally, layout_losses
from scorestage.adapters.formats.musicxml.names import (
    FIELD_CLEFS,
    FIELD_GROUPINGS,
    FIELD_GROUPS,
    FIELD_START,
    SOFTWARE,
    name_of_id,
)
from scorestage.adapters.formats.musicxml.parts_in import PartReader
from scorestage.adapters.formats.musicxml.players_in import player_of
from scorestage.adapters.formats.musicxml.strokes_in import strokes_of
from scorestage.adapters.formats.musicxml.tempo_words_in import raise_tempo_words
from scorestage.errors import FormatError, Where
from scorestage.music import (
    UNISON,
    ChordSymbol,
    Instrument,
    Interval,
    Line,
    Mark,
    Pitch,
    Score,
    Sign,
)
from scorestage.music.key import MODES, Key
from scorestage.timebase import Beat, FilmTime, Steady, Tempo, TempoMap

_NONE_KNOWN: Mapping[str, Instrument] = MappingProxyType({})
_SECONDS = re.compile(r"-?\d{1,9}(/[1-9]\d{0,8})?")
_FIFTHS = ("F", "C", "G", "D", "A", "E", "B")
_FIFTHS_ABOVE = {
    "minor": 3,
    "aeolian": 3,
    "dorian": 2,
    "phrygian": 4,
    "lydian": -1,
    "mixolydian": 1,
    "locrian": 5,
}


@dataclass(frozen=True, slots=True)
class ReadScore:
    """A score from a file: the music, its tempo where told, what is said about it, what was lost.

    `key` is the first key signature's, where the file tells its mode. `losses` name, with counts
    and first places, everything the reader could not take over; `report` has the same as values,
    and with `layout` what is drawn anew. `header` is what the file says about itself: creators,
    rights, numbers, credits. `about` is what a file of ours says of its cue: production, cue,
    version, title.
    """

    score: Score
    tempo_map: TempoMap | None = None
    title: str = ""
    subtitle: str = ""
    composer: str = ""
    key: Key | None = None
    losses: tuple[str, ...] = ()
    report: tuple[Loss, ...] = ()
    header: tuple[Sign, ...] = ()
    about: tuple[tuple[str, str], ...] = ()


def read_score(
    content: bytes, name: str = "score", *, instruments: Mapping[str, Instrument] = _NONE_KNOWN
) -> ReadScore:
    """A score from MusicXML, plain or compressed, partwise or timewise; pitches sound.

    `name` is the file's, for messages. `instruments` are the catalogue's by id: a file written by
    us gets them back. Layout (stems, beams, positions) is not read: it is made anew.

    Raises `FormatError` with file and line (part and bar where known) for what is no score.
    """
    xml = xml_of(content, name)
    root = partwise(xml, name)
    try:
        return _read(root, name, instruments)
    except ElementError as fault:
        raise fault_told(fault, root, content, name) from None


def _read(root: Element, name: str, instruments: Mapping[str, Instrument]) -> ReadScore:
    losses = Tally()
    listed = {part.get("id", ""): part for part in root.findall("part-list/score-part")}
    parts: list[tuple[Element, ReadPart]] = []
    for element in root.findall("part"):
        identifier = element.get("id", "")
        score_part = listed.get(identifier, Element("score-part", {"id": identifier}))
        told = line_in(score_part.find("part-name"), identifier)
        reader = PartReader(told, strokes_of(score_part), losses)
        parts.append((score_part, reader.read(element)))
    if not parts or not any(part.bars for _, part in parts):
        raise FormatError("there is no music in it", Where(file=name), "a score needs a bar")
    fields = _fields(root)
    ours = text_in(root.find("identification/encoding/software")) == SOFTWARE
    if not ours:
        raise_tempo_words([part for _, part in parts])
    timeline = timeline_of([part.bars for _, part in parts], _groupings(fields), losses)
    new_id = _ids(parts)
    lines = []
    players: dict[str, str] = {}
    for score_part, part in parts:
        if ours:
            _keep_set_clefs(score_part.get("id", ""), part, fields)
        who = player_of(score_part, part, instruments)
        players[score_part.get("id", "")] = who.player.id
        lines.append(line_of(who.player, who.instruments, part, timeline, new_id, losses))
    groups = groups_of(root, players, losses) if not ours or FIELD_GROUPS in fields else ()
    score = Score(
        timeline.grid,
        _in_their_own_names(lines),
        _marks(parts, timeline),
        _chords(parts, timeline),
        timeline.signs,
        groups,
    )
    report = losses.report()
    return ReadScore(
        score,
        _tempo_map(parts, timeline, fields),
        line_in(root.find("work/work-title")) or line_in(root.find("movement-title")),
        line_in(root.find("movement-title")) if root.find("work/work-title") is not None else "",
        _composer(root),
        _key(parts),
        tuple(map(str, report)),
        (*report, *layout_losses(root)),
        header_of(root, losses, ours=ours),
        about_of(fields),
    )


def _keep_set_clefs(part_id: str, part: ReadPart, fields: Mapping[str, str]) -> None:
    """In a file of our own only the clefs it names as set by hand are more than our choice."""
    kept = set(fields.get(FIELD_CLEFS, "").split())
    part.clef_changes = [one for one in part.clef_changes if f"{part_id}/{one[1]}" in kept]


def _in_their_own_names(lines: list[Line]) -> tuple[Line, ...]:
    """The lines; a player whose id another has already gets one of its own."""
    taken: set[str] = set()
    found = []
    for place, line in enumerate(lines, start=1):
        identifier = line.player.id or f"part{place}"
        if identifier in taken:
            identifier = f"{identifier}-{place}"
        taken.add(identifier)
        same = identifier == line.player.id
        own = line if same else replace(line, player=replace(line.player, id=identifier))
        found.append(own)
    return tuple(found)


def _fields(root: Element) -> dict[str, str]:
    found = root.findall("identification/miscellaneous/miscellaneous-field")
    return {field.get("name", ""): text_in(field) for field in found}


def _groupings(fields: Mapping[str, str]) -> dict[int, str]:
    pairs = (pair.partition("=") for pair in fields.get(FIELD_GROUPINGS, "").split())
    return {int(index): meter for index, _, meter in pairs if index.isdigit()}


def _ids(parts: list[tuple[Element, ReadPart]]) -> Callable[[str], str]:
    """A giver of note ids: the file's own where free, else new ones that clash with none."""
    wanted = {note.id for _, part in parts for note in part.notes if note.id}
    taken: set[str] = set()
    count = 0

    def new_id(wish: str) -> str:
        nonlocal count
        if wish and name_of_id(wish) not in taken:
            taken.add(name_of_id(wish))
            return name_of_id(wish)
        while True:
            count += 1
            found = f"n{count}"
            if found not in taken and found not in wanted:
                taken.add(found)
                return found

    return new_id


def _composer(root: Element) -> str:
    for creator in root.findall("identification/creator"):
        if creator.get("type", "composer") == "composer":
            return line_in(creator)
    return ""


def _marks(parts: list[tuple[Element, ReadPart]], timeline: Timeline) -> tuple[Mark, ...]:
    """Marks over the whole score; the same one in several parts counts once."""
    found = {
        Mark(timeline.beat(place), kind, told): None
        for _, part in parts
        for place, kind, told in part.marks
    }
    return tuple(sorted(found, key=lambda mark: mark.at))


def _chords(parts: list[tuple[Element, ReadPart]], timeline: Timeline) -> tuple[ChordSymbol, ...]:
    found = {
        replace(moved_chord(chord, _shift_at(part, place)), at=timeline.beat(place)): None
        for _, part in parts
        for place, chord in part.chords
    }
    return tuple(sorted(found, key=lambda chord: chord.at))


def _shift_at(part: ReadPart, place: Place) -> Interval:
    """From written to sounding, where a part is at `place`."""
    before = [told for at, _, told in part.transposes if at <= place]
    return before[-1] if before else UNISON


def _tempo_map(
    parts: list[tuple[Element, ReadPart]], timeline: Timeline, fields: Mapping[str, str]
) -> TempoMap | None:
    """The tempos of all parts as steps; None where the file tells none."""
    told: dict[Beat, Tempo] = {}
    for _, part in parts:
        for place, tempo in part.tempos:
            at = timeline.beat(place)
            if at not in told or tempo.unit != told[at].unit:
                told[at] = tempo
    events: list[Steady] = []
    for at in sorted(told):
        if not events or events[-1].tempo != told[at]:
            events.append(Steady(at, told[at]))
    if not events:
        return None
    seconds = fields.get(FIELD_START, "0")
    start = Fraction(seconds) if _SECONDS.fullmatch(seconds) else Fraction(0)
    return TempoMap(FilmTime(start), timeline.grid, tuple(events))


def _key(parts: list[tuple[Element, ReadPart]]) -> Key | None:
    """The first key signature, sounding, if its mode is told."""
    for _, part in parts:
        for _, key in part.keys:
            if key.mode != "none" and not key.alterations:
                return _sounding_key(part, key.fifths, key.mode)
    return None


def _sounding_key(part: ReadPart, fifths: int, mode: str) -> Key | None:
    mode = "major" if mode == "ionian" else mode
    if mode not in MODES:
        return None
    place = fifths + _FIFTHS_ABOVE.get(mode, 0) + 1
    tonic = Pitch(_FIFTHS[place % 7], place // 7, 4)
    if abs(place) > 20:
        return None
    for _, _, interval in part.transposes[:1]:
        tonic = tonic.moved(interval)
    if tonic.alter not in (-2, -1, 0, 1, 2):
        return None
    return Key(str(tonic).removesuffix(str(tonic.octave)), mode)
