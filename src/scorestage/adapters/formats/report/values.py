"""What the report shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StripFrame:
    """One picture of the film strip: where it stands (share of the film, 0 to 1), JPEG bytes."""

    share: float
    jpeg: bytes
    timecode: str


@dataclass(frozen=True, slots=True)
class Link:
    """A file that belongs to a cue or the film, by its path from the report."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TempoPoint:
    """The tempo from a moment of the cue on: seconds from its start, beats per minute.

    What a ritardando passes through on its way is not `written`: it is drawn without its number.
    """

    seconds: float
    bpm: float
    written: bool = True


@dataclass(frozen=True, slots=True)
class HitReport:
    """A hit as the fit reached it; `off_frames` is music minus picture, negative early."""

    seconds: float
    timecode: str
    words: str
    weight: int
    where: str
    off_frames: float
    caught: bool
    share: float
    """Its place in the whole film, 0 to 1."""
    jpeg: bytes = b""
    """The frame on screen at the hit; empty where there is no picture."""


@dataclass(frozen=True, slots=True)
class CueReport:
    """All that the page says of one cue."""

    number: str
    title: str
    start_timecode: str
    length: str
    seconds: float
    share_in: float
    share_out: float
    facts: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    hits: tuple[HitReport, ...]
    tempos: tuple[TempoPoint, ...]
    bars: tuple[tuple[float, str], ...]
    """Seconds from the cue's start at which each bar begins, with its number."""
    chance: str
    page_png: bytes
    page_alt: str
    audio: bytes
    audio_type: str
    links: tuple[Link, ...]
    warnings: tuple[str, ...] = ()
    audio_lead_seconds: float = 0.0
    """How long the sound runs before the cue starts."""

    @property
    def placed(self) -> bool:
        """Whether the cue has a place in the film."""
        return self.share_out > self.share_in

    @property
    def caught(self) -> int:
        """How many of its hits are caught."""
        return sum(hit.caught for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    strip: tuple[StripFrame, ...]
    shots: tuple[float, ...]
    """Cuts, as shares of the film."""
    dialogue: tuple[tuple[float, float], ...]
    cues: tuple[CueReport, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    """How long the film lasts, for the ruler under its frames; 0: no ruler."""
