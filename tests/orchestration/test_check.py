"""The checker: one bad score for each fault, and printed music that it must not call unplayable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.shared_material import shared
from tests.sketches import FOUR, notes, steady

from scorestage.adapters.catalogue import load_ensemble, load_instrument
from scorestage.adapters.formats.musicxml import read_score
from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Unpitched,
    Voice,
)
from scorestage.music.notation import NoteSign, Sign
from scorestage.orchestration import FaultKind, Severity, check
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Tempo, TempoMap

MF = (DynamicMark(Beat(0), Dynamic.MF),)
TEMPO_MAP = steady(12, FOUR, 60)


def line(instrument: str, text: str, second: str = "", count: int = 1, **staff: object) -> Line:
    """One player with notes in words; a second text stands on the second staff."""
    held = load_instrument(instrument)
    player = Player("p", held.name, held.abbreviation, (held,), count)
    signs = {"dynamics": MF, **staff}
    first = Staff((Voice(tuple(notes("n", text))),), **signs)  # type: ignore[arg-type]
    staves = [first]
    if held.staves > 1:
        staves.append(Staff((Voice(tuple(notes("l", second))),)))
    return Line(player, tuple(staves))


def faults(*lines: Line) -> list[tuple[FaultKind, str, Severity]]:
    score = Score(TEMPO_MAP.grid, lines)
    return [(fault.kind, fault.bar, fault.severity) for fault in check(score, TEMPO_MAP)]


WRONG = Severity.WRONG
DOUBTFUL = Severity.DOUBTFUL


def test_clean_music_has_no_fault() -> None:
    assert faults(line("oboe", "C5:2 D5:1 r:1 E5:2")) == []


def test_range_and_register() -> None:
    assert faults(line("oboe", "r:4 A3:1")) == [(FaultKind.RANGE, "2", WRONG)]
    assert faults(line("oboe", "F6:1")) == [(FaultKind.REGISTER, "1", Severity.ADVICE)]
    soft = (DynamicMark(Beat(0), Dynamic.PPP),)
    assert faults(line("piccolo", "A7:1", dynamics=soft)) == [(FaultKind.REGISTER, "1", DOUBTFUL)]


def test_one_string_is_no_louder_than_its_register_but_a_sweep_over_many_is() -> None:
    loud = (DynamicMark(Beat(0), Dynamic.FFF),)
    plucked = line("harp", "F6:1", dynamics=loud)
    assert faults(plucked) == [(FaultKind.REGISTER, "1", Severity.ADVICE)]
    sweep = NoteSign(Sign("glissando", "", (("type", "stop"),)))
    note = replace(plucked.notes[0], signs=(sweep,))
    staves = (replace(plucked.staves[0], voices=(Voice((note,)),)), *plucked.staves[1:])
    assert faults(replace(plucked, staves=staves)) == []


def test_a_pitch_on_a_drum_and_a_sound_nobody_has() -> None:
    drum = line("percussion", "!bass-drum:1")
    assert faults(drum) == []
    assert faults(line("percussion", "C4:1"))[0][0] is FaultKind.RANGE
    assert faults(line("percussion", "!kazoo:1")) == [(FaultKind.SOUND, "1", WRONG)]


def test_two_notes_on_a_wind_and_overlapping_voices() -> None:
    assert faults(line("clarinet-bb", "C4+E4:1")) == [(FaultKind.POLYPHONY, "1", WRONG)]
    one = line("clarinet-bb", "C4:2")
    overlapping = Voice((*one.notes, Note("x", Beat(1), Beats(1), (Pitch.parse("D4"),))))
    broken = replace(one, staves=(replace(one.staves[0], voices=(overlapping,)),))
    assert (FaultKind.POLYPHONY, "1", WRONG) in faults(broken)


def test_hands_that_do_not_reach() -> None:
    assert faults(line("piano", "C4+E5:1", "C2+C3:1")) == [(FaultKind.SPAN, "1", WRONG)]
    assert faults(line("piano", "C4+E4+C5:1", "C2+C3:1")) == []
    assert faults(line("guitar", "E2+F2+F#2:1")) == [(FaultKind.SPAN, "1", WRONG)]
    assert faults(line("violin", "G3+A3:1")) == [(FaultKind.SPAN, "1", WRONG)]
    assert faults(line("violin", "G3+E4:1")) == []


def test_sections_divide_only_where_it_says_so() -> None:
    assert faults(line("violin", "A4+C5:1", count=14)) == [(FaultKind.TECHNIQUE, "1", WRONG)]
    div = (TechniqueMark(Beat(0), Technique.DIVISI),)
    assert faults(line("violin", "A4+C5:1", count=14, techniques=div)) == []


def test_a_breath_ends() -> None:
    assert faults(line("tuba", "C2:8")) == [(FaultKind.BREATH, "1", WRONG)]
    assert faults(line("tuba", "C2:4 r:1 C2:4")) == []
    with_mark = line("tuba", "C2:4 D2:4")
    voice = with_mark.staves[0].voices[0]
    signed = replace(voice.notes[0], articulations=(Articulation.BREATH,))
    staff = replace(with_mark.staves[0], voices=(Voice((signed, voice.notes[1])),))
    assert faults(replace(with_mark, staves=(staff,))) == []
    assert faults(line("cello", "C2:40")) == [], "bows change"


def test_entries_need_dynamics() -> None:
    assert faults(line("horn", "C4:1", dynamics=())) == [(FaultKind.ENTRY, "1", WRONG)]
    assert faults(line("horn", "C4:1 r:3 r:4 C4:1")) == [(FaultKind.ENTRY, "3", WRONG)]
    again = (*MF, DynamicMark(Beat(8), Dynamic.P))
    assert faults(line("horn", "C4:1 r:3 r:4 C4:1", dynamics=again)) == []


def test_repeated_notes_have_a_limit() -> None:
    quick = " ".join(["C5:1/16"] * 8)
    assert faults(line("flute", quick)) == [(FaultKind.SPEED, "1", WRONG)]
    slower = " ".join(["C5:1/8"] * 8)
    assert faults(line("flute", slower)) == []


def test_techniques() -> None:
    pizz = (TechniqueMark(Beat(0), Technique.PIZZICATO),)
    assert faults(line("horn", "C4:1", techniques=pizz)) == [(FaultKind.TECHNIQUE, "1", WRONG)]
    slurred = line("viola", "C4:1 D4:1", techniques=pizz, slurs=(Slur("n1", "n2"),))
    assert faults(slurred) == [(FaultKind.TECHNIQUE, "1", DOUBTFUL)]
    mute = (TechniqueMark(Beat(4), Technique.CON_SORDINO),)
    assert faults(line("horn", "C4:4 D4:4", techniques=mute)) == [(FaultKind.MUTE, "2", WRONG)]


def test_mechanics() -> None:
    assert faults(line("harp", "C4:1/4 C#4:1/4")) == [(FaultKind.PEDALS, "1", WRONG)]
    assert faults(line("timpani", "D3:1 Eb3:1/4 E3:1/4 F3:1/4 F#3:1/4 G3:1/4"))[0][0] is (
        FaultKind.TUNING
    )
    hurried = line("percussion", "!bass-drum:1 !tam-tam:1")
    assert faults(hurried) == [(FaultKind.CHANGE, "1", DOUBTFUL)]


def test_changes_of_instrument_need_time() -> None:
    held = (load_instrument("flute"), load_instrument("piccolo"))
    player = Player("fl2", "Flute 2", "Fl. 2", held)
    staff = Staff((Voice(tuple(notes("n", "C5:4 D6:1"))),), MF)
    hurried = Line(player, (staff,), ((Beat(4), "piccolo"),))
    assert faults(hurried) == [(FaultKind.CHANGE, "2", WRONG)]
    late = Staff((Voice(tuple(notes("n", "C5:4 r:8 D6:1"))),), MF)
    told = replace(late, dynamics=(*MF, DynamicMark(Beat(12), Dynamic.F)))
    assert faults(Line(player, (told,), ((Beat(12), "piccolo"),))) == []


def test_four_limbs() -> None:
    kit = load_instrument("drum-kit")
    player = Player("d", "Drums", "Dr.", (kit,))

    def struck(*names: str) -> Line:
        note = Note("x", Beat(0), Beats(1), tuple(Unpitched(name) for name in names))
        return Line(player, (Staff((Voice((note,)),), MF),))

    assert faults(struck("snare", "ride", "kick", "pedal-hi-hat")) == []
    assert faults(struck("snare", "ride", "crash")) == [(FaultKind.POLYPHONY, "1", WRONG)]


def test_parts_that_are_the_same_and_scores_without_notes() -> None:
    one, other = line("flute", "C5:1"), line("oboe", "C5:1")
    assert faults(one, replace(other, player=replace(other.player, id="q"))) == [
        (FaultKind.SAME, "", DOUBTFUL)
    ]
    assert faults(line("flute", "r:1")) == [(FaultKind.EMPTY, "", WRONG)]


REPERTOIRE = {
    "scores/beethoven-5-1.mxl": 1.0,
    "scores/brahms-3-3.mxl": 1.0,
    "scores/haydn-104-1.mxl": 1.0,
}
NAMES = {
    "flute": "flute", "oboe": "oboe", "clarinet": "clarinet-bb", "bassoon": "bassoon",
    "horn": "horn", "trumpet": "trumpet-c", "violin": "violin", "viola": "viola",
    "violoncello": "cello", "cello": "cello", "contrabass": "double-bass",
    "double bass": "double-bass",
}  # fmt: skip


@pytest.mark.parametrize("name", REPERTOIRE)
def test_what_orchestras_play_every_week_is_not_called_out_of_range(name: str) -> None:
    """At most one pitched note in a hundred of these scores lies outside our ranges."""
    score = read_score(shared(name).read_bytes(), name).score
    outside = total = 0
    for one in score.lines:
        known = [NAMES[word] for word in NAMES if word in one.player.name.lower()]
        if not known:
            continue
        wide = load_instrument(known[0]).professional
        assert wide is not None
        for note in one.notes:
            for pitch in note.sounding:
                total += 1
                outside += not wide.holds(pitch)
    assert total > 3000
    assert outside <= REPERTOIRE[name] / 100 * total


def test_an_arrangement_for_the_catalogues_players_is_checked_by_bar_label() -> None:
    quartet = load_ensemble("string-quartet")
    grid = BarGrid.regular(4, FOUR)
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(60), grid)
    staff = Staff((Voice(tuple(notes("n", "r:4 r:4 C3:1"))),), (DynamicMark(Beat(8), Dynamic.P),))
    score = Score(grid, (Line(quartet.players[0], (staff,)),))
    (fault,) = check(score, tempo_map)
    assert (fault.player, fault.bar, fault.at) == ("vn1", "3", Beat(8))
    assert str(fault) == "vn1, bar 3: C3 is not on the Violin (G3 to E7)"
