"""A small production on paper: three cues in a 200-second film at 24 frames, and its people."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from scorestage.production import (
    Credit,
    Cue,
    CueStatus,
    Hit,
    HitStatus,
    Layer,
    Person,
    PictureVersion,
    Production,
    WayIn,
    WayOut,
)
from scorestage.timebase import FRAMES_24, FilmClock, FilmTime

ONE_HOUR_FRAMES = 24 * 3600
CLOCK = FilmClock(FRAMES_24, ONE_HOUR_FRAMES)
PICTURE = PictureVersion("v1", "cut 3", "film.mp4", "0" * 64, FRAMES_24, 24 * 200, ONE_HOUR_FRAMES)
ADA = Person("ada", "Ada Lindqvist", "STIM", "00123456789")
EVA = Person("eva", "Eva Brückner", "GEMA", "00987654321")
HITS = (
    Hit("h1", FilmTime("21.5"), "door slams", weight=5),
    Hit("h2", FilmTime(24), "dropped", status=HitStatus.DROPPED),
    Hit("h3", FilmTime("93/4"), "", weight=1),
)
STORM = Cue(
    "cue001",
    "1m01",
    "Storm",
    FilmTime(20),
    FilmTime("44.5"),
    hits=HITS,
    way_in=WayIn.SNEAK,
    way_out=WayOut.BUTTON,
)
RADIO = Cue("cue002", "1m02", "Radio", FilmTime(40), FilmTime("70.5"), layer=Layer.SOURCE)
SONG = Cue("cue003", "1m03", "Song", length_seconds=Fraction(180), layer=Layer.SONG)
GONE = Cue("cue004", "1m04", "Gone", FilmTime(80), FilmTime(90), status=CueStatus.OMITTED)


def small_production(**changes: Any) -> Production:
    """The production, with what is named put in its place."""
    plain = Production(
        "Wick",
        FRAMES_24,
        picture="v1",
        pictures=(PICTURE,),
        people=(ADA, EVA),
        credits=(Credit("ada", "C", Fraction(100)),),
        cues=(STORM, RADIO, SONG, GONE),
    )
    return replace(plain, **changes)
