"""Cue notes: from who is heard, before entries after long rests, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from tests.engraving.small_cue import (
    CLARINET,
    DRUMS,
    FLUTE,
    TUBA,
    note,
    player,
    small_edition,
    staff,
)

from scorestage.engraving.cuenotes import CUE_VOICE, rests, with_cue_notes, with_cues_of_others
from scorestage.engraving.lines import written_line
from scorestage.engraving.partpages import part_book
from scorestage.engraving.stretches import with_long_rests
from scorestage.music import Dynamic, DynamicMark, Line, Pitch, Score
from scorestage.music.written import Stem, WrittenStaff
from scorestage.timebase import BarGrid, Beat, FilmTime, Meter, Tempo, TempoMap

GRID = BarGrid.regular(12, Meter(4, 4))


def told(name: str, instrument: object, dynamic: Dynamic, *notes: object) -> Line:
    marks = (DynamicMark(Beat(0), dynamic),)
    return Line(player(name, instrument), (staff(*notes, dynamics=marks),))  # type: ignore[arg-type]


def walking(first: str, *names: str) -> list[object]:
    return [note(f"{first}{i}", 4 * i, 2, names[i % len(names)]) for i in range(12)]


def score() -> Score:
    clarinet = told("Clarinet 1", CLARINET, Dynamic.MF, note("c", 40, 4, "Bb4"))
    loud = told("Flute 1", FLUTE, Dynamic.F, *walking("f", "C6", "D6"))
    soft = told("Flute 2", FLUTE, Dynamic.PP, *walking("g", "A5", "B5"))
    drums = told("Drums", DRUMS, Dynamic.FFF, *walking("d", "bass-drum"))
    low = told("Tuba", TUBA, Dynamic.MF, note("t", 44, 4, "C2"))
    return Score(GRID, (clarinet, loud, soft, drums, low))


def part(of: int, after_bars: int = 8) -> WrittenStaff:
    whole = score()
    line = whole.lines[of]
    return with_cue_notes(written_line(line, GRID, concert=False), line, whole, after_bars)[0]


def cued(written: WrittenStaff) -> list[int]:
    return [
        place
        for place, bar in enumerate(written.bars)
        if any(voice.number == CUE_VOICE for voice in bar.voices)
    ]


def test_the_two_bars_before_the_entry_show_who_is_loudest() -> None:
    written = part(0)
    assert cued(written) == [8, 9]
    assert [sign.sign.text for sign in written.bars[8].directions] == ["(Fl.)"]
    heads = [head.pitch for event in written.bars[8].voices[0].events for head in event.pitches]
    # The C6 of the flute is written D6 for a clarinet in B flat, and shown an octave lower.
    assert heads == [Pitch.parse("D5")]


def test_cue_notes_leave_the_bars_resting_and_the_long_rest_whole() -> None:
    written = part(0)
    assert all(rests(bar) for bar in written.bars[:10]) and not rests(written.bars[10])
    assert [stretch.count for stretch in with_long_rests((written,), ())][:3] == [8, 1, 1]


def test_none_where_nobody_rests_long_or_the_house_has_none() -> None:
    assert cued(part(0, after_bars=11)) == [] and cued(part(0, after_bars=0)) == []
    assert cued(part(1)) == []


def test_low_parts_read_their_cue_in_their_own_clef() -> None:
    written = part(4)
    heads = [
        head.pitch
        for event in written.bars[10].voices[0].events
        for head in event.pitches
        if isinstance(head.pitch, Pitch)
    ]
    assert heads and all(head.octave <= 4 for head in heads)


def test_lilypond_is_told_small_notes() -> None:
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(96), GRID)
    house = replace(small_edition().house, cue_notes_after_bars=8)
    edition = replace(small_edition(), house=house, hits=())
    source = part_book(score(), score().lines[0], tempo_map, edition, "x")
    assert source.count(r"\new CueVoice") == 1 and '"(Fl.)"' in source


def test_music_files_carry_the_same_cues_as_cues() -> None:
    whole = score()
    cued_line = with_cues_of_others(whole.lines[0], whole, 8)
    (voice,) = cued_line.staves[0].cues
    assert [found.onset for found in voice.notes] == [Beat(32), Beat(36)]
    named = [word.text for word in cued_line.staves[0].words]
    assert named == [f"({whole.lines[1].player.abbreviation})"]
    assert cued_line.notes == whole.lines[0].notes
    drawn = [
        event.pitches[0].pitch
        for bar in part(0).bars
        for lane in bar.voices
        if lane.number == CUE_VOICE
        for event in lane.events
        if event.is_note
    ]
    filed = [
        event.pitches[0].pitch
        for bar in written_line(cued_line, GRID, concert=False)[0].bars
        for lane in bar.voices
        if lane.cue
        for event in lane.events
        if event.is_note
    ]
    assert drawn == filed and drawn
    assert with_cues_of_others(whole.lines[0], whole, 0) is whole.lines[0]
    assert with_cues_of_others(whole.lines[3], whole, 8) is whole.lines[3]


def test_the_rest_stands_over_a_cue_that_is_low() -> None:
    clarinet = told("Clarinet 1", CLARINET, Dynamic.MF, note("c", 40, 4, "Bb4"))
    low = told("Flute 1", FLUTE, Dynamic.F, *walking("f", "C4", "E4"))
    whole = Score(GRID, (clarinet, low))
    own = written_line(clarinet, GRID, concert=False)
    bar = with_cue_notes(own, clarinet, whole, 8)[0].bars[8]
    stems = {voice.number == CUE_VOICE: voice.stem for voice in bar.voices}
    assert stems == {True: Stem.DOWN, False: Stem.UP}
    bar = part(0).bars[8]
    stems = {voice.number == CUE_VOICE: voice.stem for voice in bar.voices}
    assert stems == {True: Stem.UP, False: Stem.DOWN}
