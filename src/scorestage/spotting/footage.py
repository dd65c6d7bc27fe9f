"""Everything detectors may look at: the watched picture, the heard sound, the spoken lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from scorestage.spotting.picture import PictureIndex
from scorestage.spotting.sound import SoundIndex
from scorestage.spotting.tones import ToneIndex
from scorestage.timebase import FilmRange


@dataclass(frozen=True, slots=True)
class Speech:
    """A spoken line: when, how sure the voice detector was (0 to 1), and the words if known."""

    range: FilmRange
    confidence: float = 1.0
    words: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Footage:
    """One film, watched and listened to; `sound` and `tones` are None for a silent film."""

    picture: PictureIndex
    sound: SoundIndex | None = None
    speech: tuple[Speech, ...] = field(default=())
    tones: ToneIndex | None = None
