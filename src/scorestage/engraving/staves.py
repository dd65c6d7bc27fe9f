"""One staff of a page: its voices bar by bar, and a silent voice that carries its signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.cuenotes import CUE_VOICE
from scorestage.engraving.graces import grace_length
from scorestage.engraving.ink import quoted, remark, scaled_whole, skip
from scorestage.engraving.keysigns import keys_at_barline, keys_within
from scorestage.engraving.lyrics import lyrics_block
from scorestage.engraving.notes import Kit, grace_room, pickup_rest, voice_music
from scorestage.engraving.signs import barline_stops, sign_words
from scorestage.engraving.staffsigns import PlacedWords, SignPen, arrow_names
from scorestage.engraving.stretches import Stretch
from scorestage.errors import MusicError, Where
from scorestage.music import Articulation
from scorestage.music.written import (
    Stem,
    WrittenBar,
    WrittenDirection,
    WrittenStaff,
    WrittenVoice,
    split_clef,
)

_CLEFS = {
    ("G", 1): "french",
    ("G", 2): "treble",
    ("F", 3): "baritone",
    ("F", 4): "bass",
    ("F", 5): "subbass",
    ("C", 1): "soprano",
    ("C", 2): "mezzosoprano",
    ("C", 3): "alto",
    ("C", 4): "tenor",
    ("C", 5): "baritonevarC",
}
_OCTAVES = {-2: "_15", -1: "_8", 0: "", 1: "^8", 2: "^15"}
_STEMS = {Stem.AUTOMATIC: r"\oneVoice", Stem.UP: r"\voiceOne", Stem.DOWN: r"\voiceTwo"}
NO_ROOM = Fraction(0)


@dataclass(frozen=True, slots=True)
class StaffSetting:
    """How a staff is set: the strokes of its instruments, and whose it is."""

    kit: Kit
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all staves of a page share: the stretches of bars, and room for graces at barlines."""

    stretches: tuple[Stretch, ...]
    grace_rooms: Mapping[int, Fraction]

    def room(self, stretch: Stretch) -> Fraction:
        """The room graces take where this stretch begins, in quarter notes."""
        return self.grace_rooms.get(stretch.first, NO_ROOM)


def clef_word(clef: str) -> str:
    """LilyPond's name of a clef.

    Raises `CatalogueError` or `MusicError` for a clef that does not exist or cannot be printed.

    >>> clef_word("G2_8"), clef_word("C3")
    ('treble_8', 'alto')
    """
    sign, line, octaves = split_clef(clef)
    if sign in ("percussion", "TAB"):
        return "percussion"
    if (sign, line) not in _CLEFS:
        raise MusicError(f"the clef {clef!r} cannot be printed", do="use G2, F4, C3 or C4")
    return _CLEFS[sign, line] + _OCTAVES[octaves]


def grace_rooms(staves: Sequence[WrittenStaff]) -> dict[int, Fraction]:
    """For each place the longest graces that stand at its barline, in quarter notes."""
    rooms: dict[int, Fraction] = {}
    for staff in staves:
        for place, bar in enumerate(staff.bars):
            opening = [voice.events[0] for voice in bar.voices if voice.events]
            longest = max((grace_length(event) for event in opening), default=NO_ROOM)
            if longest:
                rooms[place] = max(longest, rooms.get(place, NO_ROOM))
    return rooms


def staff_block(
    staff: WrittenStaff,
    frame: Frame,
    setting: StaffSetting,
    within: str = "",
    first: str = "",
    *,
    called: str = "",
) -> str:
    r"""A `\new Staff` with its voices and signs, and its lyrics below.

    `within` is what its `\with` block says, `first` what stands before the first bar's signs;
    it is `called` so that voices may come to it from elsewhere.
    """
    numbers = sorted({voice.number for bar in staff.bars for voice in bar.voices}) or [1]
    voices = [voice_lines(staff, number, frame, setting) for number in numbers]
    signs = (
        [first, *sign_lines(staff, frame, setting)] if first else sign_lines(staff, frame, setting)
    )
    small = {voice.number for bar in staff.bars for voice in bar.voices if voice.cue}
    kinds = ["CueVoice" if number in small | {CUE_VOICE} else "Voice" for number in numbers]
    blocks = [
        _voice([r"\autoBeamOff", *lines], kind) for kind, lines in zip(kinds, voices, strict=True)
    ]
    blocks.append(_voice(signs))
    sung = lyrics_block(staff, frame.stretches, frame.grace_rooms)
    name = f"= {quoted(called)} " if called else ""
    return f"\\new Staff {name}\\with {{ {within} }} <<\n{''.join(blocks)}>>\n{sung}"


def voice_lines(staff: WrittenStaff, number: int, frame: Frame, setting: StaffSetting) -> list[str]:
    """The notes of voice `number`, a line a bar; each line ends by saying whose bar it is."""
    lines: list[str] = []
    stem: Stem | None = None
    for stretch in frame.stretches:
        bar = staff.bars[stretch.first]
        room = frame.room(stretch)
        voice = next((voice for voice in bar.voices if voice.number == number), None)
        if voice is None:
            words = [*grace_room(room), skip(stretch_quarters(staff, stretch))]
        elif bar.index < 0 and bar.is_empty:
            words = [*grace_room(room), *pickup_rest(bar.length.quarters)]
        elif stretch.count > 1:
            words = [*grace_room(room), "R" + scaled_whole(stretch_quarters(staff, stretch))]
        else:
            words = [_STEMS[voice.stem]] if voice.stem is not stem else []
            stem = voice.stem
            words += _bar_music(voice, bar, setting, room)
        lines.append(_line(words, bar, setting))
    return lines


def sign_lines(staff: WrittenStaff, frame: Frame, setting: StaffSetting) -> list[str]:
    """The signs of the staff on skips, a line a bar: clefs, dynamics, hairpins, words."""
    lines: list[str] = []
    stops: tuple[WrittenDirection, ...] = ()
    pen = SignPen(arrows=arrow_names(sign for bar in staff.bars for _, sign in bar.signs))
    for stretch in frame.stretches:
        bar, length = staff.bars[stretch.first], stretch_quarters(staff, stretch)
        words = [rf"\clef {quoted(clef_word(bar.clef))}"] if bar.clef else []
        words += keys_at_barline(bar)
        words += grace_room(frame.room(stretch))
        ends = stretch is frame.stretches[-1]
        placed = [*_clefs_within(bar), *keys_within(bar), *pen.bar(bar)]
        forced = _sforzati(bar)
        words += sign_words(bar.directions, length, stops, forced, placed=placed, ends=ends)
        stops = barline_stops(bar.directions, length)
        lines.append(_line(words, bar, setting))
    return lines


def _clefs_within(bar: WrittenBar) -> list[PlacedWords]:
    return [
        PlacedWords(offset, rf"\clef {quoted(clef_word(clef))}")
        for offset, clef in bar.clef_changes
    ]


def _sforzati(bar: WrittenBar) -> set[Fraction]:
    """Where in the bar a note is to be forced."""
    return {
        event.onset
        for voice in bar.voices
        for event in voice.events
        if Articulation.SFORZATO in event.articulations
        and not any(one.sign.name == "dynamics" for one in event.signs)
    }


def stretch_quarters(staff: WrittenStaff, stretch: Stretch) -> Fraction:
    """How long a stretch is, in quarter notes."""
    return staff.bars[stretch.first].length.quarters * stretch.count


def _bar_music(
    voice: WrittenVoice, bar: WrittenBar, setting: StaffSetting, room: Fraction
) -> list[str]:
    try:
        return voice_music(voice, setting.kit, room)
    except MusicError as fault:
        where = Where(bar=str(bar.label), player=setting.owner)
        raise MusicError(fault.what, where, fault.do) from fault


def _voice(lines: Sequence[str], kind: str = "Voice") -> str:
    return f"\\new {kind} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _line(words: Sequence[str], bar: WrittenBar, setting: StaffSetting) -> str:
    return " ".join(words) + " | " + remark(f"bar {bar.label}, {setting.owner}")
