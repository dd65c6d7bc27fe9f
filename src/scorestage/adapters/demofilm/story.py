"""The story of the demo film as data: every shot, line, sound and moment by its frame.

Frames are counted from 0, the first picture; a range excludes its end. Everything else in this
package (picture, sound, screenplay, titles) is drawn from this table, so it is also the truth
that shot, dialogue and hit detectors are measured against.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.timebase import FRAMES_24, FrameRate


class Change(StrEnum):
    """How one picture gives way to the next."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    FADE_IN = "fade_in"
    FADE_OUT = "fade_out"
    FLASH = "flash"


@dataclass(frozen=True, slots=True)
class Shot:
    """A shot: where it is seen, what the screenplay says of it, and how it begins.

    A shot that begins in a dissolve starts in the middle of it.
    """

    id: str
    first_frame: int
    end_frame: int
    begins: Change
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """A change of picture over [first_frame, end_frame); a cut is the new shot's first."""

    change: Change
    first_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of dialogue, spoken from the first frame until the end frame."""

    speaker: str
    words: str
    first_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Effect:
    """A sound effect: which one, from where, until where, its peak (dB), where it sits.

    `pan` runs from -1, left, to 1, right.
    """

    sound: str
    first_frame: int
    end_frame: int
    peak_db: float
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment music may want to meet, with how much it begs for it (1 a little .. 5 must)."""

    id: str
    frame: int
    words: str
    weight: int


@dataclass(frozen=True, slots=True)
class Story:
    """The whole film as a table."""

    title: str
    rate: FrameRate
    width_px: int
    height_px: int
    frames: int
    shots: tuple[Shot, ...]
    lines: tuple[Line, ...]
    effects: tuple[Effect, ...]
    moments: tuple[Moment, ...]
    transitions: tuple[Boundary, ...]

    def truth(self) -> tuple[Boundary, ...]:
        """Every change of picture in the film, in order, cuts and the rest.

        >>> [b.first_frame for b in STORY.truth() if b.change is Change.CUT][:3]
        [156, 246, 357]
        """
        cuts = [
            Boundary(Change.CUT, shot.first_frame, shot.first_frame + 1)
            for shot in self.shots
            if shot.begins is Change.CUT
        ]
        return tuple(sorted([*cuts, *self.transitions], key=lambda b: b.first_frame))

    def shot(self, name: str) -> Shot:
        """The shot of this name."""
        return next(shot for shot in self.shots if shot.id == name)

    def moment(self, name: str) -> Moment:
        """The moment of this name."""
        return next(moment for moment in self.moments if moment.id == name)

    def seconds(self, frame: int) -> Fraction:
        """When a frame begins, counted from the first picture.

        >>> STORY.seconds(36)
        Fraction(3, 2)
        """
        return frame / self.rate.frames_per_second


_SHOTS = (
    (
        "title",
        0,
        "EXT. BAY - DUSK",
        "Stars come out over a quiet bay. One lighthouse, and it is dark.",
    ),
    (
        "rock",
        156,
        "EXT. LIGHTHOUSE - DUSK",
        "A tall old tower on a rock. Behind one window somebody is up.",
    ),
    (
        "polish",
        246,
        "INT. LAMP ROOM - NIGHT",
        "WICK, a small lantern in a sailor's coat, polishes the great lamp. "
        "It does not burn. It has not for years.",
    ),
    ("glimmer", 357, "INT. LAMP ROOM - NIGHT", "A light that is not his crosses his face."),
    (
        "meeting",
        432,
        "INT. LAMP ROOM - NIGHT",
        "A FIREFLY drifts in from the sea, loops once around the dead lamp "
        "and lands on Wick's hand.",
    ),
    (
        "fold",
        558,
        "INT. LAMP ROOM, TABLE - NIGHT",
        "A sheet of paper, four folds, a boat. The firefly takes the helm.",
    ),
    (
        "launch",
        641,
        "EXT. LANDING - NIGHT",
        "Wick sets the boat on the water. A very small light on a very large sea.",
    ),
    (
        "radio",
        764,
        "INT. KITCHEN SHELF - NIGHT",
        "The old radio wakes by itself. The needle trembles.",
    ),
    (
        "front",
        860,
        "EXT. BAY - NIGHT",
        "Black cloud rolls over the stars. The little light is far out.",
    ),
    (
        "calling",
        937,
        "EXT. LANDING - STORM",
        "Wick at the edge of the rock, the wind in his scarf.",
    ),
    ("tossed", 1003, "EXT. OPEN SEA - STORM", "The paper boat climbs a wave and drops behind it."),
    (
        "stairs",
        1059,
        "INT. LIGHTHOUSE STAIRS - STORM",
        "The door slams. Wick runs: round and round and up.",
    ),
    ("wave", 1137, "EXT. OPEN SEA - STORM", "A wave as tall as a house rises behind the boat."),
    (
        "switch",
        1183,
        "INT. LAMP ROOM - STORM",
        "Wick throws the great switch. Nothing. Again. Nothing.",
    ),
    (
        "flicker",
        1257,
        "EXT. OPEN SEA - STORM",
        "The firefly flickers, and is nearly out. Everything holds its breath.",
    ),
    ("strike", 1302, "EXT. LIGHTHOUSE - STORM", "LIGHTNING strikes the tower."),
    ("lit", 1361, "INT. LAMP ROOM - STORM", "The lamp, after all these years, is burning."),
    (
        "beam",
        1412,
        "EXT. BAY - STORM",
        "The beam walks over the sea, once around, and finds the boat.",
    ),
    (
        "rise",
        1511,
        "EXT. OPEN SEA - NIGHT",
        "The firefly looks up, and up, and lets go of the boat.",
    ),
    (
        "home",
        1573,
        "INT. LAMP ROOM - NIGHT",
        "She comes in out of the rain and lands where she landed before.",
    ),
    (
        "dawn",
        1679,
        "EXT. BAY - DAWN",
        "Calm. The lamp still turns. Small lights on the water, coming home.",
    ),
)

# sound, first frame, end frame, peak dB, pan
_EFFECTS: tuple[tuple[str, int, int, float, float], ...] = (
    ("sparkle", 34, 60, -24.0, -0.5),
    ("sparkle", 56, 118, -22.0, 0.1),
    ("gull", 170, 200, -24.0, -0.4),
    ("gull", 206, 240, -27.0, 0.1),
    ("wings", 362, 432, -31.0, 0.3),
    ("chime_high", 367, 410, -23.0, 0.4),
    ("wings", 432, 486, -30.0, -0.1),
    ("chime", 488, 540, -18.0, 0.2),
    ("wings", 558, 624, -32.0, 0.2),
    ("pop", 612, 621, -14.0, 0.0),
    ("chime_high", 626, 660, -20.0, 0.0),
    ("plop", 681, 706, -14.0, -0.1),
    ("sparkle", 684, 730, -28.0, 0.0),
    ("click", 766, 770, -16.0, -0.1),
    ("static", 766, 860, -30.0, -0.1),
    ("rattle", 776, 848, -32.0, 0.5),
    ("thunder_far", 878, 960, -13.0, 0.4),
    ("gust", 860, 937, -20.0, -0.2),
    ("gust", 937, 1003, -20.0, 0.2),
    ("crash", 975, 1010, -22.0, 0.1),
    ("crash", 1027, 1062, -13.0, -0.2),
    ("slam", 1059, 1090, -5.0, -0.3),
    ("crash", 1139, 1188, -9.0, -0.4),
    ("clunk", 1199, 1211, -9.0, 0.3),
    ("sparks", 1199, 1211, -18.0, 0.3),
    ("click", 1206, 1209, -16.0, 0.3),
    ("clunk", 1209, 1225, -8.0, 0.3),
    ("sparks", 1209, 1222, -16.0, 0.3),
    ("chime_low", 1263, 1290, -24.0, 0.0),
    ("chime_low", 1274, 1302, -29.0, 0.0),
    ("sparks", 1306, 1328, -26.0, 0.0),
    ("lightning", 1328, 1420, -1.5, 0.0),
    ("ignite", 1333, 1361, -10.0, 0.0),
    ("hum", 1340, 1412, -26.0, -0.3),
    ("thunder_far", 1368, 1440, -17.0, -0.3),
    ("sweep", 1412, 1470, -17.0, -0.1),
    ("chime", 1466, 1511, -15.0, 0.3),
    ("chime_rise", 1529, 1573, -15.0, 0.0),
    ("wings", 1535, 1573, -28.0, -0.3),
    ("hum", 1573, 1679, -30.0, -0.4),
    ("wings", 1573, 1609, -30.0, 0.5),
    ("chime", 1611, 1660, -17.0, 0.2),
    ("horn", 1700, 1760, -20.0, -0.5),
    ("gull", 1694, 1722, -26.0, 0.4),
    ("sparkle", 1723, 1765, -22.0, -0.1),
    ("gull", 1762, 1790, -29.0, 0.6),
    ("chime", 1764, 1830, -19.0, 0.0),
)

_FRAMES = 1840


def _shots() -> tuple[Shot, ...]:
    ends = [first for _, first, _, _ in _SHOTS[1:]] + [_FRAMES]
    begins = {"title": Change.FADE_IN, "dawn": Change.DISSOLVE}
    return tuple(
        Shot(name, first, end, begins.get(name, Change.CUT), place, words)
        for (name, first, place, words), end in zip(_SHOTS, ends, strict=True)
    )


def _effects() -> tuple[Effect, ...]:
    heard = [Effect(*row) for row in _EFFECTS]
    heard += [Effect("squeak", 250 + 7 * k, 256 + 7 * k, -27.0, -0.1) for k in range(7)]
    heard += [Effect("fold", frame, frame + 8, -17.0) for frame in (568, 572, 580, 585, 594, 602)]
    heard += [
        Effect("step", 1068 + round(3.27 * k), 1078 + round(3.27 * k), -19.0) for k in range(21)
    ]
    return tuple(sorted(heard, key=lambda effect: effect.first_frame))


STORY = Story(
    title="The Little Light",
    rate=FRAMES_24,
    width_px=960,
    height_px=540,
    frames=_FRAMES,
    shots=_shots(),
    lines=(
        Line("WICK", "Still dark.", 306, 327),
        Line("WICK", "Well, hello, little light.", 502, 541),
        Line("WICK", "Off you go, captain.", 702, 739),
        Line("RADIO", "Storm warning. All boats, come home.", 778, 845),
        Line("WICK", "Come back! Come back!", 946, 980),
        Line("WICK", "Come on. Come on, shine!", 1213, 1251),
        Line("WICK", "Welcome home, captain.", 1618, 1658),
    ),
    effects=_effects(),
    moments=(
        Moment("title", 63, "the title writes itself", 1),
        Moment("lands", 488, "the firefly lands on his hand", 3),
        Moment("boat", 612, "the paper is a boat", 2),
        Moment("touch", 681, "the boat touches the water", 3),
        Moment("front", 860, "the storm front", 3),
        Moment("slam", 1059, "the door slams", 4),
        Moment("switch", 1199, "the switch: nothing", 3),
        Moment("again", 1209, "again: nothing", 2),
        Moment("strike", 1328, "lightning strikes the lamp", 5),
        Moment("found", 1466, "the beam finds the boat", 4),
        Moment("home", 1611, "the firefly is home", 3),
        Moment("end", 1723, "the end", 2),
    ),
    transitions=(
        Boundary(Change.FADE_IN, 0, 30),
        Boundary(Change.FLASH, 1328, 1334),
        Boundary(Change.DISSOLVE, 1667, 1691),
        Boundary(Change.FADE_OUT, 1785, 1823),
    ),
)
