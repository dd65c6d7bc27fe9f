"""Themes: the ideas a score is made of."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.music.marks import ChordSymbol
from scorestage.music.note import Note
from scorestage.timebase import Beats, Meter


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with what it stands for; its notes begin at `Beat(0)` (a pickup is negative).

    `key` is the tonic as step and alteration (`"Bb"`), `mode` one of `major`, `minor`, `dorian`,
    `phrygian`, `lydian`, `mixolydian`, `aeolian`, `locrian`, `harmonic-minor`, or empty where
    there is none. `motif_notes` says how many of its first notes are its head motif. A variant
    says which theme it `varies` and by which named `operation`.
    """

    id: str
    title: str
    notes: tuple[Note, ...]
    meter: Meter
    key: str = "C"
    mode: str = "major"
    chords: tuple[ChordSymbol, ...] = ()
    stands_for: str = ""
    made_by: str = ""
    motif_notes: int = 4
    varies: str = ""
    operation: str = ""

    @property
    def length(self) -> Beats:
        """How long it is, filled up to whole bars."""
        bar = self.meter.length.quarters
        end = max((note.end.quarters for note in self.notes), default=bar)
        return Beats(-(-end // bar) * bar)
