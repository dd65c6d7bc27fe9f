"""Slurs and glissandi from staff to staff, or from voice to voice, reach both their notes."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.engraving.small_cue import note, player, small_edition, staff

from scorestage.engraving.books import part_source
from scorestage.engraving.crossings import crossings, without_crossings
from scorestage.engraving.lines import written_line
from scorestage.engraving.mei import mei_part
from scorestage.engraving.unprinted import unprinted
from scorestage.music import Family, Instrument, Line, NoteSign, Score, Sign, Slur, Staff, Voice
from scorestage.timebase import BarGrid, FilmTime, Meter, Tempo, TempoMap

GRID = BarGrid.regular(3, Meter(4, 4))
MAP = TempoMap.steady(FilmTime(0), Tempo(96), GRID)
HARP = Instrument("harp", "Harp", "Hp.", Family.KEYBOARD, None, None, staves=2)


def end(name: str, kind: str, number: str = "1") -> tuple[NoteSign, ...]:
    return (NoteSign(Sign(name, "", (("number", number), ("type", kind)))),)


def harp(upper: Staff, lower: Staff) -> Score:
    return Score(GRID, (Line(player("Harp", HARP), (upper, lower)),))


def sweep() -> Score:
    """A glissando from the lower staff to the upper, a slur back, a glissando on one staff."""
    upper = staff(
        note("a", 2, 1, "E6", signs=end("glissando", "stop")),
        note("b", 4, 2, "C5", signs=end("slur", "start", "8")),
        note("c", 8, 1, "C5", signs=end("glissando", "start")),
        note("d", 9, 1, "C6", signs=end("glissando", "stop")),
    )
    lower = staff(
        note("e", 1, 1, "E2", signs=end("glissando", "start")),
        note("f", 6, 2, "G2", signs=end("slur", "stop", "8")),
    )
    return harp(upper, lower)


def test_only_lines_that_cross_are_taken_off_the_notes() -> None:
    staves = written_line(sweep().lines[0], GRID, concert=True)
    found = crossings(staves)
    assert [(one.sign.name, one.first.staff, one.last.staff) for one in found] == [
        ("glissando", 1, 0),
        ("slur", 0, 1),
    ]
    left = [
        (event.note_id, one.sign.detail("type"))
        for told in without_crossings(staves, found)
        for bar in told.bars
        for voice in bar.voices
        for event in voice.events
        for one in event.signs
    ]
    assert left == [("c", "start"), ("d", "stop")]
    assert without_crossings(staves, ()) == staves


def test_a_slur_from_voice_to_voice_of_a_staff_crosses_too() -> None:
    voices = Voice((note("a", 0, 4, "C5"),)), Voice((note("b", 2, 4, "E4"), note("c", 6, 1, "D4")))
    crossed = replace(staff(), voices=voices, slurs=(Slur("a", "c"), Slur("b", "c")))
    staves = written_line(harp(crossed, Staff(())).lines[0], GRID, concert=True)
    (one,) = crossings(staves)
    assert (one.first.voice, one.last.voice, one.is_own_slur) == (1, 2, True)
    kept = [
        slur.number
        for bar in without_crossings(staves, (one,))[0].bars
        for voice in bar.voices
        for event in voice.events
        for slur in event.slurs
    ]
    assert len(kept) == 2 and len(set(kept)) == 1


def test_lilypond_gets_a_voice_of_unseen_heads_that_changes_staves() -> None:
    text = part_source(sweep(), MAP, small_edition(), "harp").text
    assert text.count(r"\glissando") == 2 and "transparent" in text
    changes = re.findall(r'\\change Staff = "harp (\d)" \S+4\*\d+/\d+(\S*)', text)
    assert [staff for staff, _ in changes] == ["1", "0", "0", "1"]
    assert changes[2][1] == "(" and changes[3][1] == ")"
    assert unprinted(sweep(), by_mei=False) == unprinted(sweep(), by_mei=True) == ()


def test_mei_names_both_notes() -> None:
    text = mei_part(sweep(), "harp", MAP, small_edition()).mei
    glide, slur = re.search("<gliss [^>]*>", text), re.search("<slur [^>]*>", text)
    assert glide and slur
    assert 'startid="#n2-0-1-' in glide[0] and 'endid="#n1-0-1-' in glide[0]
    assert 'startid="#n1-1-1-' in slur[0] and 'endid="#n2-1-1-' in slur[0]
    assert text.count("<gliss ") == 2
