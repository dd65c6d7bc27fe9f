"""Who plays: the head of the file and its list of parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scorestage.adapters.formats.musicxml.names import PART_PREFIX, quoted, text, xml_id
from scorestage.adapters.formats.musicxml.trees import inside
from scorestage.music import (
    DrumSound,
    Family,
    Instrument,
    Line,
    PartGroup,
    Player,
    Unpitched,
    family_of_program,
)

_DRUM_CHANNEL = 10
_CHANNELS = tuple(channel for channel in range(1, 17) if channel != _DRUM_CHANNEL)
_UNKNOWN_DRUM_KEY = 38


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A player as a part of the file, with the XML ids of instruments and strokes."""

    id: str
    player: Player
    drums: tuple[DrumSound, ...]

    @classmethod
    def of_line(cls, line: Line) -> ScorePart:
        """The part of one line; strokes that no instrument has told get a place of their own."""
        known = {drum.id: drum for own in line.player.instruments for drum in own.drums}
        used = (
            pitch.sound
            for staff in line.staves
            for voice in staff.voices
            for note in voice.notes
            for pitch in note.pitches
            if isinstance(pitch, Unpitched)
        )
        for sound in used:
            if sound not in known:
                known[sound] = DrumSound(sound, sound.replace("-", " ").title(), _UNKNOWN_DRUM_KEY)
        return cls(PART_PREFIX + xml_id(line.player.id), line.player, tuple(known.values()))

    def instrument_id(self, instrument: Instrument) -> str:
        """The XML id of an instrument of this part."""
        return f"{self.id}..{xml_id(instrument.id)}"

    def drum_id(self, sound: str) -> str:
        """The XML id of a stroke of this part."""
        return f"{self.id}...{xml_id(sound)}"

    def drum(self, sound: str) -> DrumSound:
        """The stroke of this name."""
        return next(drum for drum in self.drums if drum.id == sound)

    @property
    def names_instruments(self) -> bool:
        """Whether notes must say which instrument plays them."""
        return len(self.player.instruments) + len(self.drums) > 1


def part_list(
    parts: Sequence[ScorePart], groups: Sequence[PartGroup] = (), *, group_signatures: bool
) -> list[str]:
    """The lines of `<part-list>`: instruments named and given MIDI sounds, players bracketed.

    `groups` are a person's brackets; without any, families are bracketed. `group_signatures` asks
    for time signatures stretched over each group.
    """
    if groups:
        return _by_hand(parts, groups)
    lines = ["<part-list>"]
    for group, members in enumerate(_families(parts), start=1):
        if len(members) > 1:
            lines.append(
                f'<part-group type="start" number="{group}"><group-symbol>bracket</group-symbol>'
                f"<group-barline>yes</group-barline>{'<group-time/>' if group_signatures else ''}"
                "</part-group>"
            )
        for part in members:
            lines.extend(_score_part(part, _CHANNELS[parts.index(part) % len(_CHANNELS)]))
        if len(members) > 1:
            lines.append(f'<part-group type="stop" number="{group}"/>')
    lines.append("</part-list>")
    return lines


def _by_hand(parts: Sequence[ScorePart], groups: Sequence[PartGroup]) -> list[str]:
    """The part list with the brackets as they are told; those of missing players are left out."""
    places = {part.player.id: place for place, part in enumerate(parts)}
    known = [group for group in groups if group.first in places and group.last in places]
    lines = ["<part-list>"]
    for place, part in enumerate(parts):
        for number, group in enumerate(known, start=1):
            if places[group.first] == place:
                lines.append(
                    f'<part-group type="start" number="{number}">{inside(group.sign.inner)}'
                    "</part-group>"
                )
        lines.extend(_score_part(part, _CHANNELS[place % len(_CHANNELS)]))
        for number, group in reversed([*enumerate(known, start=1)]):
            if places[group.last] == place:
                lines.append(f'<part-group type="stop" number="{number}"/>')
    lines.append("</part-list>")
    return lines


def _families(parts: Iterable[ScorePart]) -> list[list[ScorePart]]:
    """Parts in a row of one family."""
    found: list[list[ScorePart]] = []
    before: Family | None = None
    for part in parts:
        family = part.player.instrument.family
        if family is not before:
            found.append([])
        found[-1].append(part)
        before = family
    return found


def _score_part(part: ScorePart, channel: int) -> list[str]:
    player = part.player
    lines = [
        f'<score-part id="{quoted(part.id)}">',
        f"<part-name>{text(player.name)}</part-name>",
        f"<part-abbreviation>{text(player.abbreviation)}</part-abbreviation>",
    ]
    seats = f"<ensemble>{player.count}</ensemble>" if player.is_section else "<solo/>"
    for one in player.instruments:
        sound = _sound(one.musicxml_sound)
        lines.append(
            f'<score-instrument id="{part.instrument_id(one)}">'
            f"<instrument-name>{text(one.name)}</instrument-name>"
            f"<instrument-abbreviation>{text(one.abbreviation)}</instrument-abbreviation>"
            f"{sound}{seats}</score-instrument>"
        )
    for drum in part.drums:
        lines.append(
            f'<score-instrument id="{part.drum_id(drum.id)}">'
            f"<instrument-name>{text(drum.name)}</instrument-name></score-instrument>"
        )
    for one in player.instruments:
        program = one.midi_program
        if player.is_section and one.section_program is not None:
            program = one.section_program
        unknown = not one.musicxml_sound and family_of_program(program) is not one.family
        sounds = "" if unknown else f"<midi-program>{program + 1}</midi-program>"
        lines.append(
            f'<midi-instrument id="{part.instrument_id(one)}">'
            f"<midi-channel>{_DRUM_CHANNEL if one.drums else channel}"
            f"</midi-channel>{sounds}</midi-instrument>"
        )
    for drum in part.drums:
        lines.append(
            f'<midi-instrument id="{part.drum_id(drum.id)}"><midi-channel>{_DRUM_CHANNEL}'
            f"</midi-channel><midi-unpitched>{drum.drum_key + 1}</midi-unpitched></midi-instrument>"
        )
    lines.append("</score-part>")
    return lines


def _sound(name: str) -> str:
    return f"<instrument-sound>{text(name)}</instrument-sound>" if name else ""
