"""Words under the staff."""

from __future__ import annotations

from dataclasses import replace

from tests.engraving.small_cue import note, staff

from scorestage.engraving.lyrics import Syllable, lyrics_block, verse_numbers, verses_of
from scorestage.engraving.stretches import Stretch, one_by_one
from scorestage.music import Sign, Staff, Voice
from scorestage.music.written import WrittenStaff, write_out
from scorestage.timebase import BarGrid, Meter


def _verse(number: str, text: str, syllabic: str = "single", *more: Sign) -> Sign:
    inner = (Sign("syllabic", syllabic), Sign("text", text), *more)
    return Sign("lyric", details=(("number", number),), inner=inner)


def _sung(*verses: tuple[Sign, ...], bars: int = 1) -> WrittenStaff:
    notes = tuple(
        replace(note(f"n{place}", place, 1, "C5"), verses=own) for place, own in enumerate(verses)
    )
    return write_out(Staff((Voice(notes),)), BarGrid.regular(bars, Meter(4, 4)))


def test_a_word_goes_on_with_hyphens_and_a_held_one_with_a_line() -> None:
    written = _sung(
        (_verse("1", "lon", "begin"),),
        (_verse("1", "ger", "end", Sign("extend", "", (("type", "start"),))),),
        (),
        (_verse("1", 'say "#(exit)"'),),
    )
    assert lyrics_block(written, one_by_one(1), {}) == (
        r'\new Lyrics \lyricmode { "lon"1*1/4 -- "ger"1*1/4 __ \skip 1*1/4'
        ' "say \\"#(exit)\\""1*1/4 }\n'
    )


def test_verses_stand_in_order_numbers_before_names() -> None:
    written = _sung((_verse("chorus", "oh"), _verse("2", "two"), _verse("1", "one")))
    assert verse_numbers(written) == [(1, "1"), (1, "2"), (1, "chorus")]
    assert lyrics_block(written, one_by_one(1), {}).count(r"\new Lyrics") == 3


def test_elisions_join_and_humming_is_told() -> None:
    joined = Sign(
        "lyric", inner=(Sign("text", "e"), Sign("elision"), Sign("text", "a"), Sign("humming"))
    )
    (event,) = [e for e in _sung((joined,)).bars[0].voices[0].events if e.is_note]
    assert verses_of(event) == {"1": Syllable("e\u203fa(humming)")}


def test_a_plain_lyric_stands_on_the_first_of_tied_heads_alone() -> None:
    held = replace(note("n", 3, 2, "C5"), lyric="lo-")
    written = write_out(staff(held), BarGrid.regular(2, Meter(4, 4)))
    heads = [e for bar in written.bars for e in bar.voices[0].events if e.is_note]
    assert [verses_of(event) for event in heads] == [{"1": Syllable("lo", True)}, {}]


def test_a_long_rest_is_skipped_whole() -> None:
    written = _sung((_verse("1", "a"),), bars=3)
    told = lyrics_block(written, [Stretch(0), Stretch(1, 2)], {})
    assert told.endswith(r"\skip 1*2 }" + "\n")
