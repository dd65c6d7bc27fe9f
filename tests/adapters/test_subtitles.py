"""Subtitles for the deaf: what is said, and what is only heard."""

from __future__ import annotations

import pytest

from scorestage.adapters.subtitles import Subtitle
from scorestage.timebase import FilmRange, FilmTime


@pytest.mark.parametrize(
    "words",
    [
        *("[THUNDER]", "(door slams) [wind howls]", "♪ tense music ♪", "♪ Oh, la la", "# La la #"),
        *(
            "",
            "- [gasps] - (sighs)",
            "MAN: [coughs]",
            ">> [applause]",
            "【雷鳴】",
            "（ため息）",
            "…",
        ),
    ],
)
def test_nobody_says_sounds_and_music(words: str) -> None:
    assert not Subtitle(FilmRange(FilmTime(1), FilmTime(2)), words).is_said


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Wait.",
            "(softly) Wait.",
            "ANNA: Wait.",
            "- [gasps] - No!",
            "It is 12:30",
            "Room #2 # 3",
        ),
        *("♪ la la ♪ Stop that!", "你好", "3", "I said: [inaudible] you"),
    ],
)
def test_what_somebody_says(words: str) -> None:
    assert Subtitle(FilmRange(FilmTime(1), FilmTime(2)), words).is_said
