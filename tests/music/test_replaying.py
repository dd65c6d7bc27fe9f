"""Music in another order: what is kept stays to the note, nothing sounds that was not written."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import ChordSymbol, Line, Note, Pitch, Player, Score, Staff, Voice
from scorestage.music.barprints import bar_prints
from scorestage.music.replaying import PlayedSpan, played_at, replayed
from scorestage.orchestration import Settings, orchestrate
from scorestage.timebase import BarGrid, Beat, Beats, Meter

HALF = Fraction(1, 2)


@cache
def written(sketch: str = "adventure") -> Score:
    made = SKETCHES[sketch]()
    players = load_ensemble("string-orchestra")
    return orchestrate(made.sketch, players, made.tempo_map, Settings()).score


def in_order(score: Score, order: list[tuple[int, int]]) -> tuple[Score, tuple[PlayedSpan, ...]]:
    """The score with bars `first` up to `last` of each pair, one after the other."""
    spans, bars, at = [], [], Beat(0)
    for first, last in order:
        low, high = score.grid.starts[first], score.grid.starts[last]
        spans.append(PlayedSpan(at, high - low, low))
        bars.extend(score.grid.bars[first:last])
        at = at + (high - low)
    grid = BarGrid.of_meters(tuple(bar.meter for bar in bars))
    return replayed(score, tuple(spans), grid), tuple(spans)


def sounding(score: Score) -> Counter[tuple[str, Fraction, str]]:
    """How long each player sounds each pitch in each eighth: told without ties."""
    found: Counter[tuple[str, Fraction, str]] = Counter()
    for line, note in score.notes():
        onset, end = note.onset.quarters, note.end.quarters
        for pitch in note.pitches:
            for number in range(int(onset * 2), int(-(-end * 2 // 1))):
                slot = Fraction(number, 2)
                lasting = min(end, slot + HALF) - max(onset, slot)
                if lasting > 0:
                    found[line.player.id, slot, str(pitch)] += lasting  # type: ignore[assignment]
    return found


def test_all_in_its_order_is_the_score_itself() -> None:
    score = written()
    whole = (PlayedSpan(Beat(0), Beats(score.grid.end.quarters), Beat(0)),)
    assert replayed(score, whole, score.grid) is score


@settings(max_examples=8, deadline=None)
@given(data=st.data(), sketch=st.sampled_from(sorted(set(SKETCHES) - {"changing"})))
def test_each_bar_sounds_as_the_one_it_was(data: st.DataObject, sketch: str) -> None:
    score = written(sketch)
    count = len(score.grid.bars)
    cuts = sorted(
        data.draw(st.lists(st.integers(1, count - 1), min_size=1, max_size=3, unique=True))
    )
    pieces = list(zip([0, *cuts], [*cuts, count], strict=True))
    order = data.draw(st.permutations(pieces).map(list))
    again, spans = in_order(score, order)
    old, new = sounding(score), sounding(again)
    for (player, quarter, pitch), lasting in old.items():
        for place in played_at(spans, Beat(quarter)):
            assert new[player, place.quarters, pitch] == lasting
    assert sum(new.values()) == sum(old.values())
    ids = [note.id for _, note in again.notes()]
    assert len(ids) == len(set(ids))
    for line in again.lines:
        names = {note.id for note in line.notes}
        for staff in line.staves:
            assert all({slur.first, slur.last} <= names for slur in staff.slurs)


def test_a_pickup_goes_with_the_first_bars() -> None:
    score = written("changing")
    pickup = score.grid.pickup
    assert pickup.quarters > 0
    low, high = Beat(-pickup.quarters), score.grid.starts[3]
    spans = (PlayedSpan(low, high - low, low),)
    grid = BarGrid(score.grid.bars[:3], pickup)
    first = replayed(score, spans, grid)
    old, new = sounding(score), sounding(first)
    for key, lasting in old.items():
        assert (key[1] >= high.quarters) or new[key] == lasting
    assert any(key[1] < 0 for key in new)


def test_bars_away_from_the_joint_keep_their_prints() -> None:
    score = written()
    count = len(score.grid.bars)
    again, _ = in_order(score, [(0, 4), (6, count)])
    before, after = bar_prints(score), bar_prints(again)
    for player, prints in before.items():
        assert after[player][:3] == prints[:3], player
        assert after[player][6:] == prints[8:], player


def one_line(*notes: tuple[int, int, str], chords: tuple[ChordSymbol, ...] = ()) -> Score:
    player: Player = load_ensemble("string-orchestra").players[0]
    voice = Voice(
        tuple(
            Note(f"n{place}", Beat(onset), Beats(length), (Pitch.parse(pitch),))
            for place, (onset, length, pitch) in enumerate(notes)
        )
    )
    line = Line(player, (Staff((voice,)),))
    return Score(BarGrid.regular(4, Meter(4, 4)), (line,), chords=chords)


def told(score: Score) -> list[tuple[str, str, str]]:
    return [
        (str(note.onset.quarters), str(note.length.quarters), str(note.pitches[0]))
        for note in score.lines[0].notes
    ]


def test_a_held_note_goes_on_over_a_joint_where_both_sides_hold_it() -> None:
    score = one_line((0, 12, "C4"), (12, 4, "D4"))
    shorter, _ = in_order(score, [(0, 1), (2, 4)])
    assert told(shorter) == [("0", "8", "C4"), ("8", "4", "D4")]


def test_a_note_that_goes_on_in_another_voice_does_not_lie_under_its_next_note() -> None:
    player: Player = load_ensemble("string-orchestra").players[0]

    def voice(name: str, *notes: tuple[int, int, str]) -> Voice:
        return Voice(
            tuple(
                Note(f"{name}{onset}", Beat(onset), Beats(length), (Pitch.parse(pitch),))
                for onset, length, pitch in notes
            )
        )

    upper = voice("u", (2, 4, "C4"), (8, 4, "E4"), (12, 4, "F4"))
    lower = voice("l", (0, 4, "A3"), (10, 4, "C4"), (14, 2, "G3"))
    score = Score(BarGrid.regular(4, Meter(4, 4)), (Line(player, (Staff((upper, lower)),)),))
    shorter, _ = in_order(score, [(0, 1), (3, 4)])
    first, second = shorter.lines[0].staves[0].voices
    assert [(one.onset, one.end) for one in first.notes] == [(Beat(2), Beat(4)), (Beat(4), Beat(8))]
    assert [one.onset for one in second.notes] == [Beat(0), Beat(4), Beat(6)]
    assert [one.end for one in second.notes] == [Beat(4), Beat(6), Beat(8)]


def test_a_passage_played_twice_has_notes_of_its_own() -> None:
    score = one_line((0, 4, "C4"), (4, 4, "D4"), (8, 8, "E4"))
    longer, spans = in_order(score, [(0, 2), (1, 4)])
    assert told(longer)[:3] == [("0", "4", "C4"), ("4", "4", "D4"), ("8", "4", "D4")]
    assert [note.id for note in longer.lines[0].notes][2].startswith("again")
    assert played_at(spans, Beat(4)) == (Beat(4), Beat(8))


def test_the_chord_in_force_is_named_again_behind_a_joint() -> None:
    chords = (ChordSymbol(Beat(0), "C", "major"), ChordSymbol(Beat(4), "G", "major"))
    score = one_line((0, 16, "C4"), chords=chords)
    again, _ = in_order(score, [(0, 1), (2, 4)])
    assert [(str(one.at.quarters), one.root) for one in again.chords] == [("0", "C"), ("4", "G")]


def test_new_bars_are_empty() -> None:
    score = one_line((0, 16, "C4"))
    spans = (
        PlayedSpan(Beat(0), Beats(8), Beat(0)),
        PlayedSpan(Beat(8), Beats(4), None),
        PlayedSpan(Beat(12), Beats(8), Beat(8)),
    )
    longer = replayed(score, spans, BarGrid.regular(5, Meter(4, 4)))
    assert told(longer) == [("0", "8", "C4"), ("12", "8", "C4")]
