"""One line, note by note."""

from __future__ import annotations

import math

import pytest
from tests.mockup.small_orchestra import (
    FLUTES,
    HARPIST,
    HORN_1,
    PERCUSSIONIST,
    PIANIST,
    TIMPANIST,
    TRUMPET_1,
    VIOLINS,
    PlainResponse,
    clock_of,
    note,
    score,
    staff,
)

from scorestage.errors import MusicError
from scorestage.mockup.perform import perform
from scorestage.mockup.performance import PlayedNote
from scorestage.music import Articulation, Line, Player, Score, Technique
from scorestage.timebase import Beat, FilmTime

RATE = 48_000
ATTACK = round(0.05 * RATE)


def _played(written: Score, **more: object) -> tuple[PlayedNote, ...]:
    performances = perform(written, clock_of(written), PlainResponse(), **more)  # type: ignore[arg-type]
    return performances[0].notes


def _one(player: Player, *notes: object, **signs: object) -> Score:
    return score(Line(player, (staff(*notes, **signs),)))  # type: ignore[arg-type]


def _sample(quarters: float) -> int:
    return round((2 + quarters) * RATE)


def test_a_hit_is_heard_exactly_and_started_early_by_its_attack() -> None:
    written = _one(TRUMPET_1, *(note(q, 1, "C5") for q in range(8)))
    for played in _played(written, hits=[Beat(q) for q in range(8)]):
        assert (played.start_samples + ATTACK) % RATE == 0


def test_other_notes_are_as_near_as_people_are() -> None:
    written = _one(VIOLINS, *(note(q, 1, "C5") for q in range(32)))
    offsets = [
        (n.start_samples + ATTACK - _sample(round((n.start_samples + ATTACK) / RATE) - 2)) / RATE
        for n in _played(written)
    ]
    assert max(abs(offset) for offset in offsets) <= 2.2 * 0.008 + 1e-4
    assert len({round(offset, 5) for offset in offsets}) > 25


def test_taking_a_hit_away_changes_the_music_there_and_only_there() -> None:
    written = _one(VIOLINS, *(note(f"{q}/2", "1/2", "C5") for q in range(40)))
    with_hit = _played(written, hits=[Beat(4), Beat(10)])
    without = _played(written, hits=[Beat(4)])
    changed = {
        round((a.start_samples + ATTACK) / RATE - 2, 1)
        for a, b in zip(with_hit, without, strict=True)
        if a != b
    }
    assert changed == {9.5, 10.0, 10.5}


def test_the_hit_stands_out_from_what_is_beside_it() -> None:
    written = _one(TRUMPET_1, *(note(f"{q}/2", "1/2", "C5") for q in range(16)))
    gains = {
        round(2 * ((n.start_samples + ATTACK) / RATE - 2)) / 2: n.gain_db + 0.0
        for n in _played(written, hits=[Beat(4)])
    }
    assert gains[4] - max(gains[3.5], gains[4.5]) > 3
    assert gains[4] - gains[2] > 1.5


def test_the_score_s_own_hit_marks_count() -> None:
    from scorestage.music import Mark, MarkKind

    line = Line(VIOLINS, (staff(note(0, 1, "C5"), note(4, 1, "C5")),))
    written = score(line, marks=(Mark(Beat(4), MarkKind.HIT, "door"),))
    last = max(_played(written), key=lambda n: n.start_samples)
    assert last.start_samples + ATTACK == _sample(4)


def test_slurred_notes_overlap_and_plain_ones_do_not() -> None:
    notes = [note(q, 1, "C5") for q in range(3)]
    hits = [Beat(q) for q in range(3)]
    slurred = _played(_one(TRUMPET_1, *notes, slurs=[(notes[0], notes[2])]), hits=hits)
    plain = _played(_one(TRUMPET_1, *notes), hits=hits)
    assert slurred[0].end_samples > slurred[1].start_samples
    assert slurred[1].end_samples > slurred[2].start_samples
    assert slurred[2].length_samples == plain[2].length_samples
    assert plain[0].end_samples < plain[1].start_samples + ATTACK


def test_articulations_are_heard_in_length_and_level() -> None:
    signs = [(), (Articulation.STACCATO,), (Articulation.ACCENT,), (Articulation.MARCATO,)]
    notes = [note(2 * i, 1, "C5", signs=s) for i, s in enumerate(signs)]
    plain, staccato, accent, marcato = _played(_one(TRUMPET_1, *notes))
    assert staccato.length_samples < 0.5 * plain.length_samples
    assert _level(accent) - _level(plain) > 2.5
    assert _level(marcato) - _level(plain) > 4
    assert accent.velocity > plain.velocity
    assert [n.articulation for n in (plain, staccato)] == ["detached", "staccato"]


def test_pizzicato_tremolo_and_arco() -> None:
    notes = [note(0, 1, "C5"), note(4, 1, "C5"), note(8, 4, "C5", tremolo=3), note(12, 1, "C5")]
    played = _played(_one(VIOLINS, *notes, techniques={4: Technique.PIZZICATO, 8: Technique.ARCO}))
    programs = [sorted(n.program for n in played if near(n, q)) for q in (0, 4, 8, 12)]
    assert programs == [[40, 48], [45], [44], [40, 48]]


def _level(played: PlayedNote) -> float:
    """Level in dB by velocity (General MIDI) and gain together."""
    return played.gain_db + 40 * math.log10(played.velocity / 127)


def near(played: PlayedNote, quarters: float) -> bool:
    return abs(played.start_samples + ATTACK - _sample(quarters)) < 0.03 * RATE


def test_a_measured_tremolo_is_repeated_notes() -> None:
    played = _played(_one(TRUMPET_1, note(0, 2, "C5", tremolo=2)))
    assert len(played) == 8


def test_a_roll_is_many_strokes_that_follow_the_hairpin() -> None:
    written = _one(
        TIMPANIST,
        note(0, 4, "C3", tremolo=3),
        note(4, 1, "C3"),
        dynamics={0: "pp", 4: "ff"},
        hairpins=[(0, 4, True)],
    )
    played = _played(written)
    assert len(played) == 61  # 4 s at 15 strokes a second, and the stroke it leads to
    assert played[0].velocity < played[30].velocity < played[59].velocity
    levels = [_level(played[number]) for number in (0, 20, 40, 58, 60)]
    assert levels == sorted(levels)
    assert levels[-1] - levels[1] > 10


def test_grace_notes_come_before_and_leave_the_note_its_place() -> None:
    played = _played(
        _one(TRUMPET_1, note(0, 1, "C5"), note(2, 1, "G5", grace=["E5", "F5"])), hits=[Beat(2)]
    )
    keys = [n.key for n in played]
    assert keys == [72, 76, 77, 79]
    assert played[3].start_samples + ATTACK == _sample(2)
    assert played[1].start_samples > _sample(1.7)


def test_what_is_written_softer_is_struck_softer() -> None:
    played = _played(_one(PIANIST, note(0, 1, "C4"), note(4, 1, "C4"), dynamics={0: "pp", 4: "f"}))
    assert played[1].velocity > 1.8 * played[0].velocity


def test_the_left_hand_takes_the_right_hands_dynamics() -> None:
    upper = staff(note(0, 1, "C5"), dynamics={0: "ff"})
    lower = staff(note(0, 1, "C3"))
    played = _played(score(Line(PIANIST, (upper, lower))))
    assert abs(played[0].velocity - played[1].velocity) <= 5


def test_a_harp_is_left_to_ring_and_a_piano_damped() -> None:
    harp = _played(_one(HARPIST, note(0, 1, "C4")))[0]
    piano = _played(_one(PIANIST, note(0, 1, "C4")))[0]
    assert harp.length_samples > 2.5 * RATE > 1.2 * RATE > piano.length_samples


def test_a_player_takes_up_another_instrument() -> None:
    line = Line(FLUTES, (staff(note(0, 1, "C5"), note(8, 1, "C6")),), ((Beat(6), "piccolo"),))
    assert [n.program for n in _played(score(line))] == [73, 72]
    wrong = Line(FLUTES, line.staves, ((Beat(6), "oboe"),))
    with pytest.raises(MusicError, match="takes up 'oboe'"):
        _played(score(wrong))


def test_a_divided_section_is_not_twice_as_many() -> None:
    together, divided = (
        _played(_one(VIOLINS, note(0, 4, *pitches)))[0].gain_db
        for pitches in (("C5",), ("C5", "E5"))
    )
    assert together - divided == pytest.approx(3.01, abs=1.0)


def test_strokes_without_pitch() -> None:
    played = _played(_one(PERCUSSIONIST, note(0, 1, "snare-drum"), note(2, 1, "bass-drum")))
    assert (played[0].drum, played[0].key) == (True, 38)
    assert len(played) == 3


def test_nothing_sounds_past_the_cut_off() -> None:
    written = _one(HORN_1, note(0, 8, "C4"), note(8, 4, "D4"), note(14, 1, "E4"))
    played = _played(written, cut_off=FilmTime(22))  # quarter 10
    assert [n.key for n in played] == [60, 62]
    assert played[1].end_samples == _sample(10)
    assert played[1].release_seconds == 0.06


def test_at_a_stop_everybody_holds_until_there_and_damps() -> None:
    harp = Line(HARPIST, (staff(note(3, 1, "C4")), staff()))
    horn = Line(HORN_1, (staff(note(2, 2, "C4"), note(8, 1, "C4")),))
    written = score(horn, harp)
    performances = perform(written, clock_of(written), PlainResponse(), hits=[Beat(4)])
    stopped = [performance.notes[0] for performance in performances]
    assert [n.end_samples for n in stopped] == [_sample(4)] * 2
    assert all(n.release_seconds is not None and n.release_seconds < 0.1 for n in stopped)
    assert performances[0].notes[1].end_samples > _sample(8.5)


def test_a_hit_that_others_sound_through_is_no_stop() -> None:
    horn = Line(HORN_1, (staff(note(2, 2, "C4")),))
    violins = Line(VIOLINS, (staff(note(0, 8, "C5")),))
    written = score(horn, violins)
    performances = perform(written, clock_of(written), PlainResponse(), hits=[Beat(4)])
    assert performances[0].notes[0].end_samples < _sample(4)


def test_grace_notes_before_a_hit_do_not_outshine_it() -> None:
    def grace(hits: list[Beat]) -> float:
        played = _played(_one(TRUMPET_1, note(2, 1, "G5", grace=["F5"])), hits=hits)
        return _level(played[0])

    assert grace([]) - grace([Beat(2)]) > 6


def test_loudness_asks_what_the_dynamics_say() -> None:
    # every sound measures -20 LUFS here, and one trumpet's mf is reckoned at -30
    (played,) = _played(_one(TRUMPET_1, note(0, 1, "C5"), dynamics={0: "mf"}))
    assert played.gain_db == pytest.approx(-10, abs=0.6)
