"""A whole score, played and heard."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.mockup.small_orchestra import (
    HARPIST,
    HORN_1,
    PERCUSSIONIST,
    TIMPANIST,
    TRUMPET_1,
    VIOLINS,
    PlainResponse,
    clock_of,
    note,
    score,
    staff,
)

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import bundled_soundfont
from scorestage.mockup.attacks import attacks, fall_db, strongest_near
from scorestage.mockup.loudness import loudness_lufs
from scorestage.mockup.mix import Mix, mix, stems_of
from scorestage.mockup.perform import last_end_samples, perform
from scorestage.music import Articulation, Line, Score
from scorestage.timebase import Beat

RATE = 48_000
BPM = 96
HITS = (Beat("15/2"), Beat(13), Beat("85/4"))


@cache
def _synth() -> Sf2Synth:
    return Sf2Synth(bundled_soundfont())


def _moving(*pitches: str) -> list[object]:
    return [note(f"{i}/2", "1/2", pitches[i % len(pitches)]) for i in range(56)]


@cache
def _music() -> Score:
    strings = [note(f"{i}/2", "1/2", "CDEG"[i % 4] + "5") for i in range(48)]
    horn = [note(4 * i, 4, "E4") for i in range(7)]
    stabs = [note(h.quarters, "1/2", "C5", signs=[Articulation.ACCENT]) for h in HITS]
    low = [note(h.quarters, "1/2", "C3", signs=[Articulation.ACCENT]) for h in HITS]
    harp = [note(i, 1, "G4") for i in range(28)]
    drum = [note(HITS[0].quarters, 1, "bass-drum")]
    return score(
        Line(VIOLINS, (staff(*strings, dynamics={0: "mp"}),)),
        Line(HORN_1, (staff(*horn, dynamics={0: "p"}),)),
        Line(TRUMPET_1, (staff(*stabs, dynamics={0: "f"}),)),
        Line(TIMPANIST, (staff(*low, dynamics={0: "f"}),)),
        Line(PERCUSSIONIST, (staff(*drum, dynamics={0: "f"}),)),
        Line(HARPIST, (staff(*harp, dynamics={0: "mf"}), staff())),
    )


@cache
def _mixed() -> Mix:
    clock = clock_of(_music(), BPM)
    performances = perform(_music(), clock, _synth(), hits=HITS, seed=4)
    length = last_end_samples(performances) + 6 * RATE
    return mix(stems_of(performances, _synth(), length))


def test_silent_players_are_left_out_and_the_rest_keep_score_order() -> None:
    written = score(Line(VIOLINS, (staff(note(0, 1, "C5")),)), Line(HORN_1, (staff(),)))
    found = perform(written, clock_of(written), PlainResponse())
    assert [performance.player_id for performance in found] == ["vn1"]


def test_the_same_seed_plays_the_same_and_another_does_not() -> None:
    clock = clock_of(_music(), BPM)
    first, again, other = (perform(_music(), clock, _synth(), seed=s) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_hit_is_heard_within_a_frame() -> None:
    clock, found = clock_of(_music(), BPM), attacks(_mixed().mix)
    half_a_beat = round(RATE * 30 / BPM)
    for hit in HITS:
        heard = strongest_near(found, clock.sample_at(hit), half_a_beat)
        assert heard is not None
        assert abs(heard.at_samples - clock.sample_at(hit)) <= RATE / 24


def test_hits_are_the_strongest_attacks_of_all_not_by_chance() -> None:
    clock, found = clock_of(_music(), BPM), attacks(_mixed().mix)
    strongest = sorted(found, key=lambda attack: -attack.strength)[: len(HITS) + 1]
    for hit in HITS:
        place = clock.sample_at(hit)
        assert any(abs(attack.at_samples - place) <= RATE / 24 for attack in strongest)


def test_a_stop_is_heard_within_a_frame() -> None:
    line = Line(VIOLINS, (staff(note(0, 4, "C5"), note(6, 2, "C5"), dynamics={0: "f"}),))
    written = score(line, Line(HARPIST, (staff(note(3, 1, "G4")), staff())))
    clock = clock_of(written)
    performances = perform(written, clock, _synth(), hits=[Beat(4)])
    made = mix(stems_of(performances, _synth(), 16 * RATE))
    stop = clock.sample_at(Beat(4))
    assert fall_db(made.mix, stop) > 15
    assert abs(fall_db(made.mix, stop - RATE // 4)) < 4
    # and the music goes on as loud as it was
    again = made.mix[clock.sample_at(Beat(7)) : clock.sample_at(Beat(7)) + RATE // 4]
    before = made.mix[stop - RATE // 2 : stop - RATE // 4]
    assert np.abs(again).max() > 0.5 * np.abs(before).max()


def test_slow_sounds_are_heard_on_the_beat() -> None:
    """Notes of strings and horns alone, at hits: a tenth of their peak lies on the beat."""
    for player, pitch in ((VIOLINS, "E4"), (HORN_1, "C4")):
        places = [Beat(q) for q in (0, 4, 8, 12)]
        written = score(Line(player, (staff(*(note(p.quarters, 2, pitch) for p in places)),)))
        clock = clock_of(written, 120)
        performances = perform(written, clock, _synth(), hits=places)
        sound = _synth().render(performances[0], 12 * RATE)
        for place in places:
            start = clock.sample_at(place)
            part = np.abs(sound[start - RATE // 2 : start + round(0.9 * RATE)]).max(axis=1)
            quiet = RATE // 2 - round(0.2 * RATE)
            heard = quiet + int(np.argmax(part[quiet:] >= 0.1 * part[quiet:].max()))
            assert abs(heard - RATE // 2) < 0.02 * RATE


def test_a_tremolo_trembles_and_a_held_note_does_not() -> None:
    def trembling(strokes: int) -> float:
        written = score(Line(VIOLINS, (staff(note(0, 4, "C5", tremolo=strokes)),)))
        performances = perform(written, clock_of(written), _synth())
        (stem,) = stems_of(performances, _synth(), 8 * RATE).values()
        power = (stem[round(2.5 * RATE) : round(5.5 * RATE)].astype(np.float64) ** 2).mean(axis=1)
        level = power.reshape(-1, RATE // 100).mean(axis=1)
        swing = np.abs(np.fft.rfft(level / level.mean() - 1)) / len(level)
        hz = np.fft.rfftfreq(len(level), 0.01)
        return float(np.sqrt((swing[(hz > 9) & (hz < 18)] ** 2).sum()))

    assert trembling(3) > 2.2 * trembling(0)


def test_dynamics_are_heard() -> None:
    def loudness(dynamic: str) -> float:
        written = score(
            Line(VIOLINS, (staff(note(0, 4, "C5"), note(4, 4, "E5"), dynamics={0: dynamic}),))
        )
        performances = perform(written, clock_of(written), _synth())
        (stem,) = stems_of(performances, _synth(), 14 * RATE).values()
        return loudness_lufs(stem, RATE)

    levels = [loudness(d) for d in ("pp", "p", "mp", "mf", "f", "ff")]
    steps = np.diff(levels)
    assert (steps > 1.5).all(), "pp is softer than p, but near it"
    assert levels[4] - levels[1] > 10, "p and f are worlds apart"
    assert levels[-1] - levels[0] > 17


def test_the_mix_is_clean_and_within_its_ceiling() -> None:
    made = _mixed()
    assert made.true_peak_dbfs <= -3
    assert np.isfinite(made.mix).all()
    assert -40 < made.loudness_lufs < -14
    assert set(made.stems) == {"strings", "brass", "percussion", "keys-harp"}
    assert len({len(stem) for stem in (*made.stems.values(), made.mix)}) == 1


def test_no_click_where_notes_begin_and_end() -> None:
    """A jump from one sample to the next would be heard; music has none of this size."""
    written = score(Line(VIOLINS, (staff(*(note(q, 1, "C5") for q in range(6))),)))
    performances = perform(written, clock_of(written), _synth())
    sound = _synth().render(performances[0], 12 * RATE)
    peak = float(np.abs(sound).max())
    assert float(np.abs(np.diff(sound, axis=0)).max()) < 0.5 * peak


@pytest.mark.parametrize("bpm", [54, 150])
def test_it_starts_with_the_first_note_at_any_tempo(bpm: int) -> None:
    written = score(Line(TRUMPET_1, (staff(note(0, 1, "C5"), note(1, 1, "D5")),)))
    clock = clock_of(written, bpm)
    performances = perform(written, clock, _synth(), hits=[Beat(0)])
    sound = _synth().render(performances[0], 8 * RATE)
    level = np.abs(sound).max(axis=1)
    heard = int(np.argmax(level >= 0.1 * level[: clock.sample_at(Beat(1)) - 4_800].max()))
    assert abs(heard - 2 * RATE) <= 240
