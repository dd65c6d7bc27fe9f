"""Every named operation is known again for what it is, and undone as it promises."""

from __future__ import annotations

import pytest
from tests.thematics.tunes import GREENSLEEVES, ODE_TO_JOY, SCARBOROUGH, SILENT_NIGHT

from scorestage.errors import MusicError
from scorestage.music import Line, Player, Score, Staff, Theme, Voice
from scorestage.music.instrument import Family, Instrument
from scorestage.thematics import CATALOGUE, Operation, drawn, of_notes, operation_named
from scorestage.thematics.recognition import find_theme
from scorestage.timebase import BarGrid, Meter

THEMES = (
    of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy"),
    of_notes(GREENSLEEVES, Meter(6, 8), theme_id="green"),
    of_notes(SILENT_NIGHT, Meter(3, 4), theme_id="silent"),
    of_notes(SCARBOROUGH, Meter(3, 4), theme_id="fair"),
)
NOT_KNOWN = {("joy", "same-rhythm"), ("joy", "thin"), ("fair", "extend")}
"""Even quarters are no rhythm to know again; of the others one note more or less is too little."""


def _alone(theme: Theme) -> Score:
    instrument = Instrument("solo", "Solo", "S", Family.STRINGS, None, None)
    bars = int(theme.length.quarters / theme.meter.length.quarters) + 1
    line = Line(Player("solo", "Solo", "S", (instrument,)), (Staff((Voice(theme.notes),)),))
    return Score(BarGrid.regular(bars, theme.meter), (line,))


@pytest.mark.parametrize("operation", CATALOGUE, ids=lambda one: one.name)
@pytest.mark.parametrize("theme", THEMES, ids=lambda one: one.id)
def test_an_operation_is_recognised_as_itself(theme: Theme, operation: Operation) -> None:
    try:
        variant = operation.make(theme, 1)
    except MusicError as fault:
        assert fault.what
        return
    assert variant.varies == theme.id
    assert variant.operation.split("+")[-1] == operation.name
    told = {str(name) for one in find_theme(theme, _alone(variant)) for name in one.transformations}
    if (theme.id, operation.name) not in NOT_KNOWN:
        assert told & set(operation.heard_as)


@pytest.mark.parametrize(
    ("theme", "name"),
    [
        *((theme, "retrograde") for theme in THEMES),
        *((THEMES[place], name) for place in (0, 2) for name in ("invert", "change-mode")),
    ],
    ids=lambda one: getattr(one, "id", one),
)
def test_some_operations_undo_themselves(theme: Theme, name: str) -> None:
    operation = operation_named(name)
    assert operation.undone_by == name
    back = operation.make(operation.make(theme, 0), 0)
    assert [note.sounding for note in back.notes] == [note.sounding for note in theme.notes]
    first = back.notes[0].onset - theme.notes[0].onset
    assert [note.onset - first for note in back.notes] == [note.onset for note in theme.notes]


@pytest.mark.parametrize("theme", THEMES, ids=lambda one: one.id)
def test_reharmonising_leaves_the_tune_alone(theme: Theme) -> None:
    for operation in CATALOGUE:
        if operation.name.startswith("reharmonise"):
            variant = operation.make(theme, 3)
            assert [note.sounding for note in variant.notes] == [
                note.sounding for note in theme.notes
            ]
            assert [str(one) for one in variant.chords] != [str(one) for one in theme.chords]


def test_operations_are_drawn_as_composers_use_them() -> None:
    first = [drawn(1, seed)[0].name for seed in range(300)]
    assert first.count("ornament") > first.count("transpose") > first.count("invert")
    assert len({one.name for one in drawn(len(CATALOGUE), 1)}) == len(CATALOGUE)
    assert drawn(4, 7) == drawn(4, 7)


def test_a_name_nobody_knows_is_refused() -> None:
    with pytest.raises(MusicError, match="no operation"):
        operation_named("sideways")
