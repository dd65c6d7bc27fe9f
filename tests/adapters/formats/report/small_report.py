"""A small report, made up: two cues in a film of 100 seconds."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

from PIL import Image

from scorestage.adapters.formats.report import (
    CueReport,
    HitReport,
    Link,
    Report,
    StripFrame,
    TempoPoint,
)


@cache
def picture(kind: str, grey: int = 90) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (32, 18), (grey, 120, 200)).save(held, kind)
    return held.getvalue()


def hit(seconds: float, words: str = "door slams", **changes: object) -> HitReport:
    plain = HitReport(
        seconds, "01:00:12:00", words, 4, "bar 2, beat 3", -0.31, True, (10 + seconds) / 100
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def cue(number: str = "1m01", **changes: object) -> CueReport:
    """A cue of 20 seconds at 10 seconds of the film, 96 then 104 beats a minute."""
    plain = CueReport(
        number=number,
        title="Storm",
        start_timecode="01:00:10:00",
        length="0:20.00",
        seconds=20.0,
        share_in=0.1,
        share_out=0.3,
        facts=(("Bars", "9"), ("Tempo", "♩ = 96–104")),
        why=("nobody speaks",),
        hits=(
            hit(2.0, jpeg=picture("JPEG")),
            hit(12.5, "he falls", off_frames=1.9, caught=False, weight=5),
        ),
        tempos=(TempoPoint(0.0, 96.0), TempoPoint(10.0, 104.0)),
        bars=((0.0, "1"), (2.5, "2"), (5.0, "3"), (7.5, "4"), (10.0, "5")),
        chance="1 of 2 hits caught.",
        page_png=picture("PNG"),
        page_alt="First page",
        audio=b"sound",
        audio_type="audio/mp4",
        links=(Link("Score", "cues/1m01/score.pdf"),),
        audio_lead_seconds=0.25,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def report(**changes: object) -> Report:
    plain = Report(
        title="Wick",
        subtitle="score report",
        facts=(("Length", "1:40.00"),),
        strip=(StripFrame(0.25, picture("JPEG", 10), "01:00:25:00"),) * 2,
        shots=(0.2, 0.5),
        dialogue=((0.4, 0.45),),
        cues=(cue(), cue("1m02", title="", share_in=0.5, share_out=0.6, hits=())),
        links=(Link("Review film", "film/review.mp4", "whole"),),
        notes=(),
        seconds=100.0,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
