"""Scores proved against their sketches from outside: ensembles, options, levels, sketches."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest
from tests.judging.carriers import apart, carriers_of
from tests.orchestration.prover import proved, sounded
from tests.sketches import SKETCHES, Written

from scorestage.adapters.catalogue import load_ensemble
from scorestage.errors import InputError
from scorestage.music import Articulation, Role, Technique
from scorestage.orchestration import (
    LEVELS,
    OPTIONS,
    Account,
    Kind,
    OrchestrationResult,
    Settings,
    Severity,
    account_of,
    check,
    orchestrate,
)
from scorestage.production import ScoringLevel, ScoringOption

LARGE = ("studio-orchestra", "chamber-ensemble")
CHOSEN = ("adventure", "chase", "lead sheet", "changing")
EVERY = [
    (sketch, ensemble, option) for sketch in CHOSEN for ensemble in LARGE for option in OPTIONS
]
SMALL = [(sketch, ensemble) for sketch in SKETCHES for ensemble in ("string-quartet", "jazz-combo")]


@cache
def scored(
    sketch: str, ensemble: str, option: str = "balanced", level: str = "full"
) -> tuple[Written, OrchestrationResult]:
    written = SKETCHES[sketch]()
    settings = Settings(option=option, level=level)
    players = load_ensemble(ensemble)
    return written, orchestrate(written.sketch, players, written.tempo_map, settings)


def account(sketch: str, ensemble: str, option: str, level: str = "full") -> Account:
    written, result = scored(sketch, ensemble, option, level)
    return account_of(written.sketch, result)


@pytest.mark.parametrize(("sketch", "ensemble", "option"), EVERY)
def test_every_note_of_the_sketch_is_there_and_held(
    sketch: str, ensemble: str, option: str
) -> None:
    written, result = scored(sketch, ensemble, option)
    proof = proved(written.sketch, result.score)
    assert proof.missing(Role.MELODY, Role.BASS) == ()
    assert proof.lost == ()
    hits = {one.start for one in proof.cut} & {
        note.onset.quarters
        for strand in written.sketch.of_role(Role.ACCENT)
        for note in strand.staff.notes
    }
    few = option == "small"  # whoever has a chord strikes the hit with it, and lets go
    assert [one for one in proof.cut if not few or one.start not in hits] == []


@pytest.mark.parametrize(("sketch", "ensemble", "option"), EVERY)
def test_nothing_in_any_option_is_unplayable(sketch: str, ensemble: str, option: str) -> None:
    written, result = scored(sketch, ensemble, option)
    found = check(result.score, written.tempo_map)
    assert [str(one) for one in found if one.severity is Severity.WRONG] == []


@pytest.mark.parametrize(("sketch", "ensemble", "option"), EVERY)
def test_every_note_of_the_score_has_a_reason(sketch: str, ensemble: str, option: str) -> None:
    written, result = scored(sketch, ensemble, option)
    told = account_of(written.sketch, result)
    assert len(told.played) == sum(len(note.pitches) for _, note in result.score.notes())
    assert told.unexplained == ()
    for one in told.played:
        assert one.why
        assert one.rule
        if one.kind in (Kind.SKETCH, Kind.AGAIN, Kind.DOUBLING):
            assert one.of is not None, one
            if one.key >= 0:
                assert (told.notes[one.of].key - one.key) % 12 == 0


@pytest.mark.parametrize(("sketch", "ensemble", "option"), EVERY)
def test_no_sfz_stands_beside_a_printed_dynamic(sketch: str, ensemble: str, option: str) -> None:
    _, result = scored(sketch, ensemble, option)
    for line in result.score.lines:
        marks = {mark.at for staff in line.staves for mark in staff.dynamics}
        forced = {note.onset for note in line.notes if Articulation.SFORZATO in note.articulations}
        assert not marks & forced, line.player.id


def test_a_note_struck_and_held_softly_says_both() -> None:
    _, result = scored("adventure", "studio-orchestra", "brass-led")
    shown = 0
    for line in result.score.lines:
        for staff in line.staves:
            for mark in (one for one in staff.dynamics if one.shown):
                struck = [note for note in staff.notes if note.onset == mark.at]
                assert mark.printed == {"p": "sfp", "pp": "sfpp"}[mark.dynamic.value]
                assert any(Articulation.MARCATO in note.articulations for note in struck)
                shown += 1
    assert shown


@pytest.mark.parametrize(("sketch", "ensemble"), SMALL)
def test_the_account_loses_what_the_prover_loses_and_no_more(sketch: str, ensemble: str) -> None:
    written, result = scored(sketch, ensemble)
    told = account_of(written.sketch, result)
    pitched = [one for one in told.lost if one.key >= 0]
    assert len(pitched) == len(proved(written.sketch, result.score).lost)
    assert told.coverage(Role.MELODY) == 1


@pytest.mark.parametrize("sketch", ["adventure", "lament", "lead sheet", "changing"])
@pytest.mark.parametrize("ensemble", LARGE)
def test_options_give_the_lines_to_others_in_two_bars_of_five(sketch: str, ensemble: str) -> None:
    found = {}
    for option in OPTIONS:
        written, result = scored(sketch, ensemble, option)
        found[option] = carriers_of(written.sketch, result.score)
    for one, other in combinations(found, 2):
        assert apart(found[one], found[other]).mostly >= 0.4, f"{one} / {other}"


def test_small_takes_the_fewest_and_lush_the_most() -> None:
    players = {}
    for option in OPTIONS:
        _, result = scored("adventure", "studio-orchestra", option)
        players[option] = sum(line.player.count for line in result.score.lines if line.notes)
    assert players["small"] == min(players.values())
    assert players["small"] <= 12
    assert players["lush"] >= players["transparent"]


@pytest.mark.parametrize("sketch", ["adventure", "chase", "lead sheet"])
def test_each_level_adds_to_the_one_before(sketch: str) -> None:
    kinds = {}
    for level in LEVELS[1:]:
        told = account(sketch, "studio-orchestra", "balanced", level)
        kinds[level] = {one.kind for one in told.played}
        assert told.lost == ()
    assert kinds["lines"] <= {Kind.SKETCH, Kind.AGAIN}
    assert kinds["double"] <= {Kind.SKETCH, Kind.AGAIN, Kind.DOUBLING}
    assert not kinds["fill"] & {Kind.PERCUSSION, Kind.FLOURISH}
    assert kinds["full"] - kinds["fill"]


def test_only_assigning_adds_no_technique_and_no_note_twice() -> None:
    written, result = scored("adventure", "studio-orchestra", "balanced", "lines")
    asked = [
        one.technique for line in result.score.lines for staff in line.staves
        for one in staff.techniques
    ]  # fmt: skip
    assert set(asked) <= {Technique.DIVISI, Technique.UNISONO}
    played = sounded(result.score)
    assert len(played) <= proved(written.sketch, result.score).notes + sum(
        Articulation.BREATH in note.articulations for _, note in result.score.notes()
    )


def test_the_words_of_a_production_are_those_of_the_orchestrator() -> None:
    assert tuple(ScoringOption) == OPTIONS
    assert tuple(ScoringLevel) == LEVELS
    with pytest.raises(InputError, match="no option"):
        Settings(option="huge")
    with pytest.raises(InputError, match="no level"):
        Settings(level="all")


def test_a_change_is_seen_by_the_prover() -> None:
    """The proof can fail: a score without its first violins does not pass."""
    from dataclasses import replace

    written, result = scored("adventure", "string-quartet")
    lines = tuple(line for line in result.score.lines if line.player.id != "vn1")
    assert proved(written.sketch, replace(result.score, lines=lines)).missing(Role.MELODY)
