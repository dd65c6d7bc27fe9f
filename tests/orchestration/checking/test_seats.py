"""A percussionist's instruments come back from the file as they were written."""

from __future__ import annotations

from scorestage.adapters.catalogue import load_instrument
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.engraving.lines import written_line
from scorestage.engraving.signs import InstrumentWords
from scorestage.music import (
    Dynamic,
    DynamicMark,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Staff,
    Unpitched,
    Voice,
)
from scorestage.orchestration import Severity, check
from scorestage.orchestration.checking.seats import seated
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap

HELD = tuple(map(load_instrument, ("vibraphone", "percussion")))
CATALOGUE = {one.id: one for one in HELD}
GRID = BarGrid.regular(8, Meter(4, 4))
MAP = TempoMap.steady(FilmTime(0), Tempo(80), GRID)


def test_bars_are_struck_with_four_mallets_though_their_player_has_drums_too() -> None:
    chord = tuple(map(Pitch.parse, ("G3", "C4", "E4")))
    notes = (
        Note("a", Beat(0), Beats(2), chord),
        Note("b", Beat(16), Beats(1), (Unpitched("bass-drum"),)),
        Note("c", Beat(28), Beats(2), chord),
    )
    marks = tuple(DynamicMark(Beat(at), Dynamic.MF) for at in (0, 8, 16, 28))
    staff = Staff((Voice(notes),), marks)
    changes = ((Beat(16), "percussion"), (Beat(28), "vibraphone"))
    line = Line(Player("perc", "Percussion", "Perc.", HELD), (staff,), changes)
    read = read_score(write_score(Score(GRID, (line,)), MAP), "x").score
    own = {one.id: one for one in read.lines[0].player.instruments}
    assert own["vibraphone"].clefs == ("G2",) and not own["vibraphone"].drums
    assert own["percussion"].clefs == ("percussion",)
    assert {one.id for one in own["percussion"].drums} >= {"bass-drum"}
    words = [
        one.sign.text
        for bar in written_line(read.lines[0], GRID, concert=False)[0].bars
        for one in bar.directions
        if isinstance(one.sign, InstrumentWords)
    ]
    assert words == ["Vibraphone", "to Bass drum", "Bass drum", "to Vibraphone", "Vibraphone"]
    found = seated(read, CATALOGUE)
    (again,) = found.score.lines
    assert [one.id for one in again.player.instruments] == ["vibraphone", "percussion"]
    assert again.changes == changes
    assert not [one for one in check(found.score, MAP) if one.severity is Severity.ERROR]
    four = Note("d", Beat(8), Beats(1), tuple(map(Pitch.parse, ("C4", "D4", "E4", "G4", "A4"))))
    more = Staff((Voice((notes[0], four, *notes[1:])),), staff.dynamics)
    line = Line(line.player, (more,), changes)
    read = read_score(write_score(Score(GRID, (line,)), MAP), "x").score
    assert [one for one in check(seated(read, CATALOGUE).score, MAP) if one.at == Beat(8)]
