"""Played notes and told differences together are the sketch, note for note."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest
from tests.composing.cues import random_piece
from tests.orchestration.prover import proved, sounded
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Score, Sketch
from scorestage.orchestration import (
    Account,
    Change,
    Difference,
    OrchestrationResult,
    account_of,
    differences,
    orchestrate,
    ways_of,
)

ENSEMBLES = (
    "studio-orchestra",
    "chamber-ensemble",
    "string-quartet",
    "saxophone-quartet",
    "piano-solo",
    "guitar-solo",
    "rock-band",
)
HAND = [(name, one) for name in ("adventure", "chase", "changing", "lament") for one in ENSEMBLES]
RANDOM = [(str(number), one) for number in (1, 5) for one in ENSEMBLES]
PARTS = (Change.SHORTER, Change.BREATH, Change.AGAIN, Change.LONGER)
Said = tuple[Account, tuple[Difference, ...], Sketch, OrchestrationResult]


@cache
def said(name: str, ensemble: str) -> Said:
    if name in SKETCHES:
        written = SKETCHES[name]()
        sketch, tempo_map = written.sketch, written.tempo_map
    else:
        asked, piece = random_piece(int(name))
        sketch, tempo_map = piece.sketch, asked.tempo_map
    result = orchestrate(sketch, load_ensemble(ensemble), tempo_map)
    account = account_of(sketch, result)
    return account, differences(account, result.score), sketch, result


def ends_of(score: Score, start: Fraction, tone: int) -> set[Fraction]:
    return {one.end for one in sounded(score) if one.start == start and one.key % 12 == tone}


@pytest.mark.parametrize(("name", "ensemble"), HAND + RANDOM)
def test_a_note_without_a_difference_is_played_as_it_is_written(name: str, ensemble: str) -> None:
    account, told, _, result = said(name, ensemble)
    otherwise: dict[int, set[Change]] = {}
    for one in told:
        otherwise.setdefault(one.note, set()).add(one.change)
    heard = {(one.start, one.key) for one in sounded(result.score)}
    for place, note in enumerate(account.notes):
        if note.key < 0:
            continue
        changes = otherwise.get(place, set())
        gone = changes & {Change.OCTAVE, Change.LATER, Change.HELD, Change.OUT}
        at = note.at.quarters
        assert bool(gone) != ((at, note.key) in heard), (note, changes)
        if not changes:
            assert note.end.quarters in ends_of(result.score, at, note.key % 12), note


@pytest.mark.parametrize(("name", "ensemble"), HAND + RANDOM)
def test_what_a_difference_says_is_what_is_played(name: str, ensemble: str) -> None:
    account, told, _, result = said(name, ensemble)
    played = {
        (line.player.id, note.onset, note.end, pitch.key)
        for line, note in result.score.notes()
        for pitch in note.sounding
    }
    for one in told:
        note = account.notes[one.note]
        assert one.why
        if one.change is Change.OUT:
            assert one.player == ""
        elif note.key >= 0:
            assert (one.player, one.start, one.end, note.key + 12 * one.octaves) in played
            assert one.octaves or one.change is not Change.OCTAVE
            assert one.change is not Change.LATER or note.at < one.start < note.end
            assert one.change is not Change.SHORTER or one.end < note.end
            assert one.change is not Change.LONGER or one.end > note.end
            assert one.change is not Change.HELD or one.start < note.at < one.end


@pytest.mark.parametrize(("name", "ensemble"), HAND + RANDOM)
def test_nobody_else_finds_more_lost_or_cut(name: str, ensemble: str) -> None:
    """An independent prover, which knows only times and pitches, counts the same."""
    account, told, sketch, result = said(name, ensemble)
    proof = proved(sketch, result.score)
    pitched = {place for place, note in enumerate(account.notes) if note.key >= 0}
    missing = [
        one
        for one in told
        if one.note in pitched and one.change in (Change.LATER, Change.HELD, Change.OUT)
    ]
    assert len(missing) == len(proof.lost)
    let_go = {account.notes[one.note].at.quarters for one in told if one.change in PARTS}
    assert {one.start for one in proof.cut} <= let_go


@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_every_sign_that_the_sketch_has_not_is_told(ensemble: str) -> None:
    _, _, sketch, result = said("adventure", ensemble)
    ways = {(one.player, one.at, one.what) for one in ways_of(sketch, result)}
    assert all(one.why for one in ways_of(sketch, result))
    assert not any(strand.staff.techniques for strand in sketch.strands)
    assert set(_marked(result.score)) <= ways


def _marked(score: Score) -> Iterator[tuple[str, object, str]]:
    for line in score.lines:
        for staff in line.staves:
            for mark in staff.techniques:
                yield line.player.id, mark.at, mark.technique.value
        for at, instrument in line.changes:
            yield line.player.id, at, f"takes the {instrument}"
