"""Names that every system takes, and that say what a file is when it is alone."""

from __future__ import annotations

import re

import pytest
from tests.small_production import CLOCK, STORM

from scorestage.production import Cue
from scorestage.timebase import FRAMES_29_97_DROP, FilmClock, FilmTime
from scorestage.workflow.products.naming import cue_file, cue_folder, slug, sound_file

HOSTILE = [
    "../../etc/passwd",
    "CON",
    "a/b\\c",
    "x\0y",
    "  ",
    "..",
    "日本",
    "-rf",
    "a\nb",
    "~",
    "$HOME",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_folder(text: str) -> None:
    name = slug(text)
    assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name)
    assert slug(name) == name


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cue_leaves_the_build_folder(text: str) -> None:
    path = cue_file(Cue("c", text), text, ".pdf", "parts")
    assert re.fullmatch(r"cues/[\w-]+/parts/[\w-]+\.pdf", path)


def test_a_file_says_cue_version_and_what_it_is() -> None:
    assert cue_folder(STORM) == "cues/1m01"
    assert cue_file(STORM, "timing notes", ".pdf") == "cues/1m01/1m01_v1_timing-notes.pdf"
    assert cue_file(STORM, "Horn 1", ".pdf", "parts") == "cues/1m01/parts/1m01_v1_Horn-1.pdf"


def test_sound_carries_its_start_timecode() -> None:
    assert sound_file(STORM, "mockup", FilmTime(14), CLOCK, "audio") == (
        "cues/1m01/audio/1m01_v1_mockup_01-00-14-00.wav"
    )
    drop = FilmClock(FRAMES_29_97_DROP, 0)
    name = sound_file(STORM, "click", FRAMES_29_97_DROP.time_of(1800), drop, "audio")
    assert name.endswith("_click_00-01-00-02.wav")
    before = sound_file(STORM, "click", FilmTime(-1), FilmClock(CLOCK.rate), "audio")
    assert re.fullmatch(r"cues/1m01/audio/1m01_v1_click_-?[\d-]+\.wav", before)
