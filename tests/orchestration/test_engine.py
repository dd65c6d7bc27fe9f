"""Whole scores: every ensemble of the catalogue with every sketch, against what is promised."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from tests.orchestration.prover import proved
from tests.sketches import SKETCHES, Written, adventure, chase, drone, lead_sheet

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.errors import InputError
from scorestage.music import (
    DynamicMark,
    Ensemble,
    Family,
    Interval,
    MarkKind,
    Note,
    Pitch,
    Role,
    Sketch,
    Unpitched,
    Voice,
)
from scorestage.orchestration import (
    Assignment,
    FaultKind,
    OrchestrationResult,
    Settings,
    Severity,
    account_of,
    orchestrate,
)
from scorestage.timebase import BarGrid, Beat, Meter

ENSEMBLES = (
    "chamber-ensemble",
    "hybrid-orchestra",
    "jazz-combo",
    "piano-solo",
    "rock-band",
    "small-orchestra",
    "string-orchestra",
    "string-quartet",
    "studio-orchestra",
    "synth-ensemble",
    "wind-quintet",
)
"""One of each kind, with every sketch; all ensembles are tried further down on one sketch."""
EVERY = [(sketch, ensemble) for sketch in SKETCHES for ensemble in ENSEMBLES]
CARRIED = (Role.MELODY, Role.BASS)


@cache
def scored(sketch: str, ensemble: str, seed: int = 1) -> tuple[Written, OrchestrationResult]:
    written = SKETCHES[sketch]()
    players = load_ensemble(ensemble)
    return written, orchestrate(written.sketch, players, written.tempo_map, Settings(seed=seed))


def struck(result: OrchestrationResult) -> set[tuple[Beat, Pitch | Unpitched, int]]:
    found = set()
    for _, note in result.score.notes():
        for pitch in note.sounding:
            found.add((note.onset, pitch.key))
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(("sketch", "ensemble"), EVERY)
def test_every_note_of_tune_and_bass_is_played_at_its_pitch(sketch: str, ensemble: str) -> None:
    written, result = scored(sketch, ensemble)
    heard = struck(result)
    for strand in written.sketch.strands:
        if strand.role in CARRIED:
            for note in strand.staff.notes:
                for pitch in note.sounding:
                    assert (note.onset, pitch.key) in heard, f"{pitch} at {note.onset}"


@pytest.mark.parametrize(("sketch", "ensemble"), EVERY)
def test_nothing_is_out_of_range_and_nothing_unplayable(sketch: str, ensemble: str) -> None:
    _, result = scored(sketch, ensemble)
    wrong = [str(fault) for fault in result.faults if fault.severity is Severity.WRONG]
    assert wrong == []
    for line, note in result.score.notes():
        ranges = [one.professional for one in line.player.instruments if one.professional]
        for pitch in note.sounding:
            assert any(one.holds(pitch) for one in ranges), f"{line.player.id}: {pitch}"


@pytest.mark.parametrize(("sketch", "ensemble"), EVERY)
def test_ids_are_unique_and_notes_stay_inside_the_cue(sketch: str, ensemble: str) -> None:
    written, result = scored(sketch, ensemble)
    counted = Counter(note.id for _, note in result.score.notes())
    assert [name for name, count in counted.items() if count > 1] == []
    grid = written.sketch.grid
    for line, note in result.score.notes():
        assert note.id.startswith(f"{line.player.id}.")
        assert note.length.quarters > 0
        assert -grid.pickup.quarters <= note.onset.quarters
        assert note.end <= grid.end


@pytest.mark.parametrize(("sketch", "ensemble"), EVERY)
def test_no_two_parts_are_the_same_throughout(sketch: str, ensemble: str) -> None:
    _, result = scored(sketch, ensemble)
    seen: dict[tuple[object, ...], str] = {}
    for line in result.score.lines:
        if not line.is_silent:
            music = tuple((note.onset, note.pitches) for note in line.notes)
            assert music not in seen, f"{line.player.id} is {seen[music]}"
            seen[music] = line.player.id


@pytest.mark.parametrize(("sketch", "ensemble"), EVERY)
def test_every_entry_has_a_dynamic(sketch: str, ensemble: str) -> None:
    """Told apart from the checker: the first note, and each after a bar's rest."""
    written, result = scored(sketch, ensemble)
    for line in result.score.lines:
        marked = {mark.at for staff in line.staves for mark in staff.dynamics}
        end = None
        for note in line.notes:
            bar = written.sketch.grid.bars[written.sketch.grid.index_at(note.onset)]
            if end is None or (note.onset - end).quarters >= bar.meter.length.quarters:
                assert note.onset in marked, f"{line.player.id} at {note.onset}"
            end = note.end if end is None else max(end, note.end)


@pytest.mark.parametrize("ensemble", ENSEMBLES)
def test_everybody_plays_in_a_long_cue_with_six_strands(ensemble: str) -> None:
    written, result = scored("adventure", ensemble)
    assert (written.tempo_map.end - written.tempo_map.start).seconds > 40
    assert [line.player.id for line in result.score.lines if line.is_silent] == []


@pytest.mark.parametrize(
    "ensemble", ["studio-orchestra", "string-orchestra", "string-quartet", "chamber-ensemble"]
)
def test_the_tune_changes_hands_from_phrase_to_phrase(ensemble: str) -> None:
    _, result = scored("adventure", ensemble)
    carriers: dict[Beat, set[str]] = {}
    for reason in result.reasons:
        if reason.rule == "tune.carrier":
            carriers.setdefault(reason.start, set()).add(reason.player)
    soft = [carriers[at] for at in sorted(carriers) if at < Beat(64)]
    assert len(soft) == 4
    assert all(one != other for one, other in itertools.pairwise(soft))


def playing(result: OrchestrationResult, start: int, end: int) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    for line, note in result.score.notes():
        if Beat(start) <= note.onset < Beat(end):
            found.setdefault(line.player.id, []).append(note)
    return found


def test_loud_and_soft_differ_in_scoring_not_only_in_dynamic() -> None:
    written, result = scored("adventure", "studio-orchestra")
    families = {line.player.id: line.player.instrument.family for line in result.score.lines}
    soft, loud = playing(result, 80, 96), playing(result, 64, 76)
    assert len(loud) >= 2 * len(soft)
    assert {"tpt1", "tbn1", "tba", "timp", "perc1"} <= set(loud)
    assert not {"tpt1", "tbn1", "tba", "timp"} & set(soft)
    assert sum(families[one] is Family.BRASS for one in loud) >= 9

    tune = {(note.onset, note.sounding[0].key) for note in _strand(written, Role.MELODY)}

    def octaves(some: dict[str, list[Note]]) -> set[int]:
        """In which octaves the tune is heard, 0 being its own."""
        keys = {
            (note.onset, pitch.key)
            for notes in some.values()
            for note in notes
            for pitch in note.sounding
        }
        shifts = range(-24, 25, 12)
        return {
            shift
            for shift in shifts
            if sum((at, key + shift) in keys for at, key in tune) >= 0.6 * _inside(some, tune)
        }

    assert octaves(soft) == {0}
    assert {0, 12} <= octaves(loud)


def _inside(some: dict[str, list[Note]], tune: set[tuple[Beat, int]]) -> int:
    onsets = {note.onset for notes in some.values() for note in notes}
    return sum(at in onsets for at, _ in tune)


def _strand(written: Written, role: Role) -> tuple[Note, ...]:
    return written.sketch.of_role(role)[0].staff.notes


def test_a_hit_is_struck_by_the_whole_band_and_nothing_added_stands_beside_it() -> None:
    written, result = scored("adventure", "studio-orchestra")
    hits = [m.at for m in written.sketch.marks if m.kind is MarkKind.HIT]
    half = Beat("1/2") - Beat(0)
    for hit in hits:
        here = {line.player.id for line, note in result.score.notes() if note.onset == hit}
        assert {"timp", "perc1", "tbn1", "db", "hn1"} <= here
        sharp = [note for _, note in result.score.notes() if note.onset == hit]
        assert sum(bool(note.articulations) for note in sharp) >= 0.9 * len(sharp)
        for line, note in result.score.notes():
            beside = hit - half <= note.onset <= hit + half and note.onset != hit
            if beside and line.player.id in ("timp", "perc1", "perc2", "hp"):
                pytest.fail(f"{line.player.id} at {note.onset} beside the hit at {hit}")


def test_removing_a_hit_changes_the_music_around_it_and_only_there() -> None:
    written = chase()
    players = load_ensemble("studio-orchestra")
    *others, accents = written.sketch.strands
    notes = accents.staff.voices[0].notes
    gone = replace(accents, staff=replace(accents.staff, voices=(Voice(notes[:-1]),)))
    without = replace(written.sketch, strands=(*others, gone))
    one = orchestrate(written.sketch, players, written.tempo_map).score
    other = orchestrate(without, players, written.tempo_map).score
    changed = {
        note.onset
        for line, same in zip(one.lines, other.lines, strict=True)
        for note in set(line.notes) ^ set(same.notes)
    }
    at = notes[-1].onset
    assert at in changed
    bar = Meter(7, 8).length
    assert all(at - bar <= onset <= at + bar for onset in changed)


def edited(sketch: Sketch, bar: int) -> Sketch:
    """The first strand a tone higher in one bar."""
    first = sketch.strands[0]
    low, high = sketch.grid.starts[bar], sketch.grid.starts[bar + 1]
    tone = Interval(1, 2)
    notes = tuple(
        replace(note, pitches=tuple(pitch.moved(tone) for pitch in note.sounding))
        if low <= note.onset < high
        else note
        for note in first.staff.voices[0].notes
    )
    staff = replace(first.staff, voices=(Voice(notes),))
    return replace(sketch, strands=(replace(first, staff=staff), *sketch.strands[1:]))


@pytest.mark.parametrize(
    ("ensemble", "bar"),
    [*((one, 12) for one in ENSEMBLES), ("studio-orchestra", 2), ("studio-orchestra", 21)],
)
def test_an_edited_bar_changes_its_own_phrase_only(ensemble: str, bar: int) -> None:
    written, result = scored("adventure", ensemble)
    players = load_ensemble(ensemble)
    other = orchestrate(edited(written.sketch, bar), players, written.tempo_map)
    grid = written.sketch.grid
    changed = {
        grid.index_at(note.onset)
        for line, same in zip(result.score.lines, other.score.lines, strict=True)
        for note in set(line.notes) ^ set(same.notes)
    }
    assert bar in changed
    assert all(bar // 4 * 4 <= index < bar // 4 * 4 + 4 for index in changed)


def test_the_same_seed_gives_the_same_score_and_another_seed_another() -> None:
    written, result = scored("adventure", "studio-orchestra")
    again = orchestrate(
        written.sketch, load_ensemble("studio-orchestra"), written.tempo_map, Settings(seed=1)
    )
    assert again == result
    _, other = scored("adventure", "studio-orchestra", 2)
    assert other.score != result.score


def test_what_is_not_in_the_sketch_says_so() -> None:
    """A note whose pitch class the sketch does not have there is marked as the orchestrator's."""
    written, result = scored("adventure", "studio-orchestra")
    sketched: dict[Beat, set[int]] = {}
    for strand in written.sketch.strands:
        for note in strand.staff.notes:
            for pitch in note.sounding:
                sketched.setdefault(note.onset, set()).add(pitch.key % 12)
    for line, note in result.score.notes():
        foreign = any(
            pitch.key % 12 not in sketched.get(note.onset, set()) for pitch in note.sounding
        )
        split = "~b" in note.id or "~r" in note.id
        if (foreign or line.player.instrument.drums) and not split:
            assert note.origin.startswith("orchestrator:"), f"{note.id} {note.origin!r}"


def test_every_note_stands_under_a_reason() -> None:
    _, result = scored("adventure", "studio-orchestra")
    spans: dict[str, list[tuple[Beat, Beat]]] = {}
    for reason in result.reasons:
        assert reason.text and reason.bars
        spans.setdefault(reason.player, []).append((reason.start, reason.end))
    for line, note in result.score.notes():
        assert any(low <= note.onset < high for low, high in spans[line.player.id]), note.id


def test_the_composers_word_is_kept() -> None:
    written = adventure()
    players = load_ensemble("studio-orchestra")
    wish = Assignment("Melody", ("hn1",), Beat(80), Beat(96))
    low = replace(written.sketch.strands[0], assign=())
    sketch = replace(written.sketch, strands=(_down(low), *written.sketch.strands[1:]))
    result = orchestrate(sketch, players, written.tempo_map, assignments=[wish])
    said = [one for one in result.reasons if one.role == "Melody" and one.start >= Beat(80)]
    assert {one.player for one in said} == {"hn1"}
    assert "composer" in said[0].text


def _down(strand: object) -> object:
    octave = Interval(-7, -12)
    staff = strand.staff  # type: ignore[attr-defined]
    notes = tuple(
        replace(note, pitches=tuple(pitch.moved(octave) for pitch in note.sounding))
        for note in staff.voices[0].notes
    )
    return replace(strand, staff=replace(staff, voices=(Voice(notes),)))  # type: ignore[type-var]


def test_nothing_is_added_where_nothing_may_be() -> None:
    written = lead_sheet()
    players = load_ensemble("jazz-combo")
    plain = orchestrate(written.sketch, players, written.tempo_map, Settings(added=False))
    origins = {note.origin for _, note in plain.score.notes()}
    assert origins <= {"", "orchestrator:doubling"}
    full = orchestrate(written.sketch, players, written.tempo_map)
    assert {"orchestrator:groove", "orchestrator:comping", "orchestrator:bass"} <= {
        note.origin for _, note in full.score.notes()
    }


def test_a_stop_in_the_sketch_is_a_stop_for_everybody() -> None:
    written = lead_sheet()
    tune = written.sketch.strands[0]
    kept = tuple(
        note for note in tune.staff.voices[0].notes if not Beat(28) <= note.onset < Beat(32)
    )
    quiet = replace(tune, staff=replace(tune.staff, voices=(Voice(kept),)))
    sketch = replace(written.sketch, strands=(quiet,))
    result = orchestrate(sketch, load_ensemble("rock-band"), written.tempo_map)
    silent_from = max(note.end for note in kept if note.onset < Beat(32))
    for line, note in result.score.notes():
        if note.onset < Beat(32):
            assert note.end <= silent_from, f"{line.player.id} plays into the stop"


def test_long_notes_of_winds_are_taken_again_within_a_breath() -> None:
    written = drone()
    quintet = load_ensemble("wind-quintet")
    result = orchestrate(written.sketch, quintet, written.tempo_map)
    bassoon = result.score.line_of("bn")
    lengths = [
        (written.tempo_map.time_at(note.end) - written.tempo_map.time_at(note.onset)).seconds
        for note in bassoon.notes
    ]
    assert len(lengths) >= 3
    assert max(lengths) <= bassoon.player.instrument.sustain_p_seconds


def test_an_empty_sketch_gives_an_empty_score_and_says_so() -> None:
    written = adventure()
    bare = Sketch(written.sketch.grid, ())
    result = orchestrate(bare, load_ensemble("string-quartet"), written.tempo_map)
    assert all(line.is_silent for line in result.score.lines)
    assert [str(fault) for fault in result.faults] == ["score: nobody has a note to play"]
    no_bars = Sketch(BarGrid(()), ())
    assert orchestrate(no_bars, load_ensemble("piano-solo"), written.tempo_map).score.lines


def test_notes_no_player_has_sound_in_another_octave_and_are_told() -> None:
    written = chase()
    result = orchestrate(
        written.sketch, _only(load_ensemble("wind-quintet"), "fl"), written.tempo_map
    )
    told = [fault.text for fault in result.faults if "nobody has" in fault.text]
    assert "nobody has E2 of the bass; it sounds in another octave" in told
    flute = {
        (note.onset, pitch.key) for note in result.score.lines[0].notes for pitch in note.sounding
    }
    assert (Beat(0), 64) in flute


def _only(ensemble: Ensemble, *players: str) -> Ensemble:
    kept = tuple(player for player in ensemble.players if player.id in players)
    return replace(ensemble, players=kept)


def test_unknown_players_and_empty_ensembles_are_refused() -> None:
    written = adventure()
    with pytest.raises(InputError, match="no player 'kazoo'"):
        orchestrate(
            written.sketch,
            load_ensemble("piano-solo"),
            written.tempo_map,
            assignments=[Assignment("Melody", ("kazoo",))],
        )
    with pytest.raises(InputError, match="no players"):
        orchestrate(written.sketch, Ensemble("x", "Nobody", ()), written.tempo_map)


def test_hairpins_of_the_sketch_are_kept_by_those_who_play_under_them() -> None:
    _, result = scored("adventure", "studio-orchestra")
    for player in ("vn1", "vc", "ob1"):
        line = result.score.line_of(player)
        pins = [pin for staff in line.staves for pin in staff.hairpins]
        assert any(pin.opens and pin.end == Beat(64) for pin in pins), player
        marks = {mark.at: mark for staff in line.staves for mark in staff.dynamics}
        assert isinstance(marks[Beat(64)], DynamicMark)


@pytest.mark.parametrize("ensemble", sorted(names("ensembles")))
def test_any_ensemble_plays_what_is_in_reach_and_tells_the_rest(ensemble: str) -> None:
    """Every ensemble of the catalogue: each note that is not at its pitch is told."""
    written, result = scored("changing", ensemble)
    proof = proved(written.sketch, result.score)
    told = Counter(
        (fault.at, str(fault.severity)) for fault in result.faults if fault.kind is FaultKind.LOST
    )
    account = account_of(written.sketch, result)
    assert account.unexplained == ()
    lost = {(one.start, one.key) for one in proof.lost}
    for one in proof.missing(*CARRIED):
        gone = (one.start, one.key) in lost
        severity = Severity.WRONG if gone else Severity.DOUBTFUL
        assert told[Beat(one.start), str(severity)] >= 1, one
        if not gone:
            assert not _in_reach(load_ensemble(ensemble), one.key), one
    for one in proof.lost:
        assert told, f"{one} is lost and nobody says so"
    others = [
        str(fault)
        for fault in result.faults
        if fault.severity is Severity.WRONG and fault.kind is not FaultKind.LOST
    ]
    assert others == []


def _in_reach(ensemble: Ensemble, key: int) -> bool:
    """Whether the pitch lies well for a bow or a wind; at its very edge an octave lower is told."""
    return any(
        one.comfortable is not None
        and one.comfortable.low.key <= key <= one.comfortable.high.key
        and one.family in (Family.STRINGS, Family.WOODWIND, Family.BRASS)
        for player in ensemble.players
        for one in player.instruments
    )
