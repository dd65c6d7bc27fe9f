"""Who follows the pedals as they are told has every string at the pitch that is written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests import sketches
from tests.sketches import FOUR, notes, steady, strand

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.engraving.lines import written_line
from scorestage.engraving.staffsigns import SignPen
from scorestage.music import Line, Note, NoteSign, Pitch, Player, Role, Sign, Sketch, Staff, Voice
from scorestage.orchestration import FaultKind, orchestrate
from scorestage.orchestration.pedalling import ORDER, pedalled
from scorestage.timebase import BarGrid, Beat, Beats, Meter

SIGNS = {"♭": -1, "♮": 0, "♯": 1}
GRID = BarGrid.regular(8, Meter(4, 4))


def told(line: Line) -> list[tuple[Fraction, dict[str, int]]]:
    """The pedals that the page tells, each with its place, read as a harpist does."""
    staff = line.staves[-1]
    found = [
        (words.at.quarters, {one[0]: SIGNS[one[1]] for one in words.text.split()})
        for words in staff.words
        if all(len(one) == 2 and one[0] in ORDER and one[1] in SIGNS for one in words.text.split())
    ]
    for sign in staff.signs:
        for leaf in (one for kind in sign.sign.inner for one in kind.inner):
            if leaf.name == "harp-pedals":
                steps = [one.find("pedal-step") for one in leaf.inner]
                alters = [one.find("pedal-alter") for one in leaf.inner]
                row = {
                    step.text: int(alter.text)
                    for step, alter in zip(steps, alters, strict=True)
                    if step is not None and alter is not None
                }
                found.append((sign.at.quarters, row))
    return sorted(found, key=lambda one: one[0])


def followed(line: Line) -> int:
    """How many notes were held against the pedals; each must be as they are set."""
    changes = told(line)
    ringing: list[tuple[Fraction, Fraction, str]] = []
    notes = sorted((note for staff in line.staves for note in staff.notes), key=lambda n: n.onset)
    count = 0
    for note in notes:
        setting: dict[str, int] = {}
        for at, row in changes:
            if at <= note.onset.quarters:
                setting |= row
        for pitch in note.sounding:
            assert setting[pitch.step] == pitch.alter, f"{pitch} at {note.onset}"
            ringing.append((note.onset.quarters, note.end.quarters, pitch.step))
            count += 1
    setting = {}
    for at, row in changes:
        moved = {step for step, to in row.items() if setting.get(step, to) != to}
        setting |= row
        struck = {step for start, _, step in ringing if start == at}
        assert not any(start < at < end and step in moved - struck for start, end, step in ringing)
    return count


def harp(*notes: Note) -> Line:
    ensemble = load_ensemble("studio-orchestra")
    player = next(one for one in ensemble.players if one.id == "hp")
    return Line(player, (Staff(()), Staff((Voice(tuple(notes)),))))


def note(name: str, at: int, *pitches: str, sign: str = "") -> Note:
    signs = (NoteSign(Sign("glissando", "", (("type", sign), ("number", "1")))),) if sign else ()
    return Note(name, Beat(at), Beats(1), tuple(map(Pitch.parse, pitches)), signs=signs)


@pytest.mark.parametrize("name", ["adventure", "lament", "changing", "lead_sheet"])
def test_the_pedals_of_an_orchestration_give_every_note(name: str) -> None:
    written = getattr(sketches, name)()
    result = orchestrate(written.sketch, load_ensemble("studio-orchestra"), written.tempo_map)
    line = next(one for one in result.score.lines if one.player.id == "hp")
    if line.is_silent:
        assert not told(line)
    else:
        assert followed(line)


def test_one_pedal_is_named_a_beat_ahead_and_three_are_drawn() -> None:
    line = harp(
        note("a", 0, "C4", "F4"),
        note("b", 1, "G4", "B4", "A4"),
        note("c", 4, "F#4"),
        note("d", 6, "E4"),
        note("e", 8, "Bb4", "Eb4", "Ab4"),
    )
    (done,) = pedalled([line], GRID)
    changes = told(done)
    assert [(at, len(row)) for at, row in changes] == [(0, 7), (2, 1), (7, 7)]
    assert changes[1][1] == {"F": 1}
    assert followed(done) == 10


def test_a_glissando_is_set_to_the_scale_that_sounds_around_it() -> None:
    line = harp(note("a", 4, "C4", sign="start"), note("b", 5, "C6", sign="stop"))
    others = Line(
        Player("fl1", "Flute 1", "Fl. 1", line.player.instruments),
        (Staff((Voice(tuple(note(f"f{n}", n, p) for n, p in enumerate(("Eb5", "Ab5", "Bb5")))),)),),
    )
    done = pedalled([line, others], GRID)[0]
    assert told(done)[-1][1] == {"D": 0, "C": 0, "B": -1, "E": -1, "F": 0, "G": 0, "A": -1}


def test_the_pedals_come_back_from_the_file_and_are_drawn() -> None:
    written = sketches.changing()
    result = orchestrate(written.sketch, load_ensemble("studio-orchestra"), written.tempo_map)
    line = next(one for one in result.score.lines if one.player.id == "hp")
    file = write_score(result.score, written.tempo_map)
    again = next(one for one in read_score(file, "x").score.lines if one.player.name == "Harp")
    assert told(again) == told(line) and told(line)
    pen = SignPen()
    bars = written_line(again, result.score.grid, concert=True)[-1].bars
    drawn = [one.after for bar in bars for one in pen.bar(bar) if "harp-pedal" in one.after]
    assert len(drawn) == sum(len(row) == 7 for _, row in told(line)) > 0


def test_a_diagram_of_the_writer_s_own_is_left_alone() -> None:
    (once,) = pedalled([harp(note("a", 0, "C4"))], GRID)
    assert pedalled([once], GRID) == (once,)


def test_silent_harps_have_no_pedals() -> None:
    line = harp()
    assert pedalled([line], GRID) == (line,)


def test_tones_struck_at_once_are_spelled_round_the_bass() -> None:
    tempo_map = steady(2, FOUR, 96)
    strands = (
        strand(Role.MELODY, notes("m", "C5:4 Bb4:4"), ((0, "f"),)),
        strand(Role.RHYTHM, notes("r", "F3+Ab3+C4:1 r:3 F3+Ab3+C4:1 r:3"), ((0, "f"),)),
        strand(Role.BASS, notes("k", "A1:4 A1:4"), ((0, "f"),)),
    )
    sketch = Sketch(tempo_map.grid, strands)
    result = orchestrate(sketch, load_ensemble("harp-and-flute"), tempo_map)
    assert [one for one in result.faults if one.kind is FaultKind.LOST] == []
    (harp,) = (one for one in result.score.lines if one.player.id == "hp")
    struck = {pitch for note in harp.notes if note.onset == Beat(0) for pitch in note.sounding}
    alterations: dict[str, set[object]] = {}
    for pitch in struck:
        alterations.setdefault(pitch.step, set()).add(pitch.alter)
    assert {"A1", "G#3"} <= {str(pitch) for pitch in struck}
    assert all(len(one) == 1 for one in alterations.values())
