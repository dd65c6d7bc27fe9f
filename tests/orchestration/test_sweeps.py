"""Runs and a glissando into a loud hit: by those who are free, explained, only where asked."""

from __future__ import annotations

import pytest
from tests.sketches import adventure, lament

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Note, Score
from scorestage.orchestration import Settings, Severity, account_of, check, orchestrate

STUDIO = load_ensemble("studio-orchestra")


def sweeps(score: Score) -> list[tuple[str, Note]]:
    return [
        (line.player.id, note) for line, note in score.notes() if "run" in note.origin
    ] + glissandi(score)


def glissandi(score: Score) -> list[tuple[str, Note]]:
    found = []
    for line, note in score.notes():
        if "glissando" in note.sign_names:
            found.append((line.player.id, note))
    return found


def test_woodwinds_run_and_the_harp_sweeps_into_a_loud_hit() -> None:
    made = adventure()
    result = orchestrate(made.sketch, STUDIO, made.tempo_map)
    players = {player for player, _ in sweeps(result.score)}
    assert "hp" in players
    assert players & {"fl1", "fl2", "ob1", "cl1"}
    hits = {64, 70, 76}
    for player in players - {"hp"}:
        own = [note for name, note in sweeps(result.score) if name == player]
        keys = [note.sounding[0].key for note in own]
        assert keys == sorted(set(keys))
        assert own[-1].end.quarters in hits
    assert not account_of(made.sketch, result).unexplained
    assert not [
        one for one in check(result.score, made.tempo_map) if one.severity is Severity.ERROR
    ]
    whys = {one.rule: one.text for one in result.reasons if one.added}
    assert whys["run"] == "runs up into the hit"
    assert whys["glissando"] == "sweeps up into the hit"


def test_each_line_of_a_glissando_has_both_ends() -> None:
    made = adventure()
    result = orchestrate(made.sketch, load_ensemble("studio-orchestra-a"), made.tempo_map)
    kinds = [
        leaf.detail("type")
        for _, note in glissandi(result.score)
        for sign in note.signs
        for leaf in sign.sign.leaves()
    ]
    assert kinds
    assert kinds.count("start") == kinds.count("stop")


@pytest.mark.parametrize("settings", [Settings(added=False), Settings(level="fill")])
def test_nothing_is_swept_where_nothing_may_be_added(settings: Settings) -> None:
    made = adventure()
    assert not sweeps(orchestrate(made.sketch, STUDIO, made.tempo_map, settings).score)


def test_soft_music_has_no_sweeps() -> None:
    made = lament()
    assert not sweeps(orchestrate(made.sketch, STUDIO, made.tempo_map).score)
