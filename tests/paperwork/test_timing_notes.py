"""Timing notes against times reckoned by hand at 24 frames and 16 frames to the foot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.small_production import CLOCK, HITS, SONG, STORM

from scorestage.paperwork import PictureNote, timing_notes
from scorestage.production import Hit, ReelClock, reels_at
from scorestage.timebase import FRAMES_24, FRAMES_25, FilmClock, FilmTime

SEEN = (
    PictureNote(FilmTime(30), "CUT to the beach"),
    PictureNote(FilmTime("21.5"), "CUT"),
    PictureNote(FilmTime("18.0"), "“who is there?” until 0:02.00", spoken=True),
)


def test_every_line_by_hand() -> None:
    """20 s = frame 480 = 30 feet; 21.5 s = 516 = 32+04; 93/4 s = 558 = 34+14; 44.5 s = 1068."""
    notes = timing_notes(STORM, CLOCK, SEEN, "Wick")
    assert notes.rows == (
        ("0:00.00", "01:00:20:00", "30+00", "MUSIC STARTS (sneak)", ""),
        ("-0:02.00", "01:00:18:00", "27+00", "“who is there?” until 0:02.00", ""),
        ("0:01.50", "01:00:21:12", "32+04", "HIT  door slams", "•••••"),
        ("0:03.25", "01:00:23:06", "34+14", "HIT  accent", "•"),
        ("0:10.00", "01:00:30:00", "45+00", "CUT to the beach", ""),
        ("0:24.50", "01:00:44:12", "66+12", "MUSIC OUT by this point (button)", ""),
    )
    assert notes.title == "1m01  Storm  timing notes"
    assert dict(notes.facts)["Length"] == "0:24.50" and dict(notes.facts)["Frames"] == "24 fps"
    strong = [notes.rows[index][3][:5] for index in sorted(notes.strong)]
    assert strong == ["MUSIC", "HIT  ", "HIT  ", "MUSIC"]


def test_music_out_is_the_last_line_even_with_a_hit_on_it() -> None:
    """A hit, and a cut beside it, on the very moment the music is out."""
    last = Hit("h9", FilmTime("44.5"), "black")
    notes = timing_notes(replace(STORM, hits=(*HITS, last)), CLOCK, (PictureNote(last.at, "CUT"),))
    assert [row[3] for row in notes.rows][-2:] == [
        "HIT  black",
        "MUSIC OUT by this point (button)",
    ]


def test_what_is_said_at_a_hit_is_not_lost() -> None:
    line = PictureNote(HITS[0].at, "“now!” until 0:02.00", spoken=True)
    notes = timing_notes(STORM, CLOCK, (line, PictureNote(HITS[0].at, "CUT")))
    words = [row[3] for row in notes.rows]
    assert line.words in words and "CUT" not in words


def test_hundredths_follow_the_seconds_and_not_the_frames() -> None:
    """At 25 frames, 10/3 s lie nearest to frame 83 (3.32 s); the clock says 3.33."""
    cue = replace(STORM, start=FilmTime(0), hits=(Hit("h1", FilmTime("10/3")),))
    row = timing_notes(cue, FilmClock(FRAMES_25)).rows[1]
    assert row[:2] == ("0:03.33", "00:00:03:08")


def test_a_cue_without_a_place_has_no_notes() -> None:
    with pytest.raises(ValueError, match="1m03 has no place"):
        timing_notes(SONG, CLOCK)


def test_reels_with_leaders_count_feet_from_picture_start() -> None:
    """20 s are 480 frames: 30 feet, and 12 of leader before them."""
    reels = reels_at((), 4800, FRAMES_24)
    notes = timing_notes(STORM, ReelClock(CLOCK, reels))
    assert notes.rows[0][1:3] == ("01:00:28:00", "42+00")
    assert "picture start" in notes.legend[0]
    plain = timing_notes(STORM, ReelClock(CLOCK))
    assert plain.rows[0][1:3] == ("01:00:20:00", "30+00") and "first frame" in plain.legend[0]
