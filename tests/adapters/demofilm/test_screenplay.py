"""The papers of the demo film read back as what the story says."""

from __future__ import annotations

import re
from fractions import Fraction

from scorestage.adapters.demofilm.screenplay import fountain, srt
from scorestage.adapters.demofilm.story import STORY
from scorestage.adapters.formats.srt import read_srt


def test_the_titles_read_back_with_their_times() -> None:
    titles = read_srt(srt().encode())
    assert len(titles) == len(STORY.lines)
    for title, line in zip(titles, STORY.lines, strict=True):
        start, end = title.range.start.seconds, title.range.end.seconds
        assert abs(start - STORY.seconds(line.first_frame)) <= Fraction(1, 2000)
        assert abs(end - STORY.seconds(line.end_frame)) <= Fraction(1, 2000)
        assert title.words.endswith(line.words)


def test_the_radio_is_named_in_the_titles_and_the_keeper_is_not() -> None:
    assert "RADIO: Storm warning" in srt()
    assert "WICK:" not in srt()


def test_the_screenplay_has_a_title_page_headings_and_every_line() -> None:
    blocks = fountain().strip().split("\n\n")
    assert blocks[0].startswith(f"Title: {STORY.title}\nCredit:")
    headings = [b for b in blocks if re.match(r"(INT|EXT)\. [A-Z, ]+ - (DUSK|NIGHT|STORM|DAWN)", b)]
    numbers = [int(re.search(r"#(\d+)#$", h)[1]) for h in headings]  # type: ignore[index]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    spoken = [b.split("\n") for b in blocks if re.match(r"(WICK|RADIO)\n", b)]
    assert spoken == [[line.speaker, line.words] for line in STORY.lines]
    assert blocks[-1] == "> FADE OUT."
    assert "DISSOLVE TO:" in blocks


def test_every_shot_is_described_once_in_order() -> None:
    text = fountain()
    places = [text.index(shot.words) for shot in STORY.shots]
    assert places == sorted(places)
    assert all(text.count(shot.words) == 1 for shot in STORY.shots)
