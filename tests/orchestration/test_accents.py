"""Hits are scored as strongly as they are written, and no more strongly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.catalogue import load_ensemble, load_instrument
from scorestage.music import (
    Articulation,
    Dynamic,
    DynamicMark,
    Family,
    Note,
    Pitch,
    Player,
    Role,
    Sketch,
    Staff,
    Strand,
    Voice,
    pitch_of_key,
)
from scorestage.orchestration import orchestrate
from scorestage.orchestration.accents import _bearable, _beside
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.values import Chair
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap

LOUD_SIGNS = {Articulation.MARCATO, Articulation.SFORZATO}
AT = Beat(8)


def sketch_with_hit(dynamic: Dynamic, sign: Articulation) -> tuple[Sketch, TempoMap]:
    """Four soft bars of a held chord, with one blow on the downbeat of bar 3."""
    grid = BarGrid.regular(4, Meter(4, 4))
    held = tuple(
        Note(f"h{bar}", Beat(4 * bar), Beats(4), tuple(map(Pitch.parse, ("C4", "E4", "G4"))))
        for bar in range(4)
    )
    bass = tuple(Note(f"b{bar}", Beat(4 * bar), Beats(4), (Pitch.parse("C3"),)) for bar in range(4))
    chord = tuple(map(Pitch.parse, ("C3", "G3", "E4", "C5")))
    blow = Note("blow", AT, Beats("1/2"), chord, (sign,))
    soft = (DynamicMark(Beat(0), Dynamic.P),)
    strands = (
        Strand(Role.HARMONY, Staff((Voice(held),), soft)),
        Strand(Role.BASS, Staff((Voice(bass),), soft)),
        Strand(Role.ACCENT, Staff((Voice((blow,)),), (DynamicMark(AT, dynamic),))),
    )
    return Sketch(grid, strands), TempoMap.steady(FilmTime(0), Tempo(90), grid)


def struck(dynamic: Dynamic, sign: Articulation) -> dict[str, Note]:
    """Who begins a note at the hit in the studio orchestra, and with which signs."""
    sketch, tempo_map = sketch_with_hit(dynamic, sign)
    score = orchestrate(sketch, load_ensemble("studio-orchestra"), tempo_map).score
    return {line.player.id: note for line, note in score.notes() if note.onset == AT}


def brass(players: dict[str, Note]) -> int:
    ensemble = load_ensemble("studio-orchestra")
    families = {one.id: one.instrument.family for one in ensemble.players}
    return sum(families[player] is Family.BRASS for player in players)


@pytest.mark.parametrize("dynamic", [Dynamic.MP, Dynamic.MF, Dynamic.F])
def test_a_plain_accent_stays_a_plain_accent(dynamic: Dynamic) -> None:
    notes = struck(dynamic, Articulation.ACCENT)
    assert any(Articulation.ACCENT in note.articulations for note in notes.values())
    assert not [player for player, note in notes.items() if LOUD_SIGNS & set(note.articulations)]


def test_a_loud_stroke_out_of_soft_music_is_everybodys() -> None:
    notes = struck(Dynamic.FF, Articulation.MARCATO)
    loud = [note for note in notes.values() if set(note.articulations) & LOUD_SIGNS]
    assert len(loud) >= 10 and brass(notes) >= 4
    assert all(Articulation.MARCATO in note.articulations for note in loud)


def test_a_light_hit_leaves_the_low_brass_alone() -> None:
    light, heavy = struck(Dynamic.MF, Articulation.ACCENT), struck(Dynamic.FF, Articulation.MARCATO)
    assert not [player for player in light if player.startswith(("tbn", "btbn", "tba"))]
    assert brass(light) < brass(heavy) and len(light) < len(heavy)
    tones = {pitch.key % 12 for note in light.values() for pitch in note.sounding}
    assert {0, 4, 7} <= tones


def test_the_same_accent_written_softer_is_not_played_by_more() -> None:
    sizes = [len(struck(one, Articulation.ACCENT)) for one in (Dynamic.MP, Dynamic.MF, Dynamic.FF)]
    assert sizes == sorted(sizes)


def test_a_soft_register_strikes_as_loud_as_it_can_and_no_louder() -> None:
    harp = load_instrument("harp")
    band = min(harp.bands, key=lambda one: one.loudest.level)
    note = Note("x", Beat(0), Beats(1), (pitch_of_key(band.low.key + 1),))
    found = _bearable(harp, note, Dynamic.FFF)
    assert found.level == min(Dynamic.FFF.level, band.loudest.level + 2)
    assert _bearable(harp, note, Dynamic.P) is Dynamic.P


def test_two_players_of_one_instrument_share_the_chord_of_a_hit() -> None:
    chord = Slice("c", Fraction(0), Fraction(1), tuple(map(Pitch.parse, ("D3", "F#3", "A3"))))
    trombone = load_instrument("trombone")
    chair = Chair(Player("t", "Trombone", "Tbn.", (trombone,)), trombone, 0, 0)
    key = Pitch.parse("F#3").key
    other = _beside(key, chair, chord)
    assert other != key and other % 12 in chord.names and abs(other - key) < 12
