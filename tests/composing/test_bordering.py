"""Bars that stay: what is composed around them leads in and out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.composing import KeptRun, compose
from scorestage.composing.bordering import kept_runs
from scorestage.composing.request import Sounding
from scorestage.music import Note, Pitch, Role, Sketch
from scorestage.timebase import Beat

MANY = ("4/4",) * 24
STYLES = ("adventure", "classical", "tender", "golden-age", "folk", "elegy")


def _at(sketch: Sketch, role: Role, low: Beat, high: Beat) -> list[Note]:
    return [
        note for one, note in craft.all_notes(sketch) if one is role and low <= note.onset < high
    ]


def _joined(style: str, seed: int) -> tuple[Sketch, KeptRun]:
    """A cue written around four bars of another answer."""
    asked = request(style, meters=MANY, bpm=96, seed=seed)
    other = compose(replace(asked, seed=seed + 50)).sketch
    (run,) = kept_runs(other, range(11, 15))
    return compose(replace(asked, kept=(run,))).sketch, run


def _leap(notes: list[Note], tone: Pitch | None, last: bool) -> int:
    if not notes or tone is None:
        return 0
    return abs(notes[-1 if last else 0].sounding[-1].key - tone.key)


@pytest.mark.parametrize("style", STYLES)
def test_the_tune_leads_into_bars_that_stay_and_out_of_them(style: str) -> None:
    for seed in (1, 2, 3):
        sketch, run = _joined(style, seed)
        before = _at(sketch, Role.MELODY, Beat(40), run.start)
        after = _at(sketch, Role.MELODY, run.end, run.end + (run.end - run.start))
        near = before and before[-1].end == run.start
        assert _leap(before if near else [], run.entry.tune, last=True) <= 12
        assert _leap(after, run.exit.tune, last=False) <= 12
        for note in before:
            if note.origin == "rule:join":
                assert run.entry.tune is not None
                assert 1 <= abs(note.sounding[-1].key - run.entry.tune.key) <= 3


def test_chords_lead_to_bars_that_stay_with_less_motion() -> None:
    asked = request("classical", meters=MANY, bpm=96)
    names = ("C3", "E4", "G4", "C5")
    chord = Sounding(None, tuple(Pitch.parse(name) for name in names))
    plain = compose(asked).sketch
    moved, led = [0, 0], 0
    for bar in range(4, 20):
        run = KeptRun(Beat(4 * bar), Beat(4 * bar + 8), chord, chord)
        sketch = compose(replace(asked, kept=(run,))).sketch
        for place, one in enumerate((plain, sketch)):
            low = _at(one, Role.BASS, Beat(0), run.start)[-1].sounding[-1].key
            moved[place] += min(abs(low - 48), 12)
        last = [one for one in sketch.chords if one.at < run.start][-1]
        led += str(last) == "G7" and str([c for c in plain.chords if c.at < run.start][-1]) != "G7"
    assert led >= 1
    assert moved[1] < moved[0]


def test_no_bars_kept_change_nothing() -> None:
    asked = request("adventure", meters=MANY)
    assert compose(replace(asked, kept=())) == compose(asked)
    assert kept_runs(compose(asked).sketch, ()) == ()


def test_what_sounds_at_the_ends_of_a_run_is_known() -> None:
    sketch = compose(request("classical", meters=MANY)).sketch
    first, second = kept_runs(sketch, (3, 4, 8))
    assert (first.start, first.end, second.start) == (Beat(12), Beat(20), Beat(32))
    assert [pitch.key for pitch in first.entry.under] == sorted(p.key for p in first.entry.under)
    assert first.entry.tune is None or first.entry.tune.key > first.entry.under[0].key
