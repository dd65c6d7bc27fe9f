"""Tune and bass together: counted by a judge who has only the notes, and mended in place."""

from __future__ import annotations

import pytest
from tests.composing.cues import request
from tests.judging import outer as judge

from scorestage.adapters.catalogue import names
from scorestage.composing import compose
from scorestage.composing.outer import mend_figures, parallels
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import ChordSymbol, Note, Pitch, PitchRange, Role
from scorestage.music.harmony import bass_name
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats

BASS = PitchRange(Pitch.parse("E1"), Pitch.parse("G3"))


def _line(role: Role, *tones: str) -> list[Note]:
    return [
        Note(f"{role.value}{place}", Beat(place), Beats(1), (Pitch.parse(tone),))
        for place, tone in enumerate(tones)
    ]


@pytest.mark.parametrize(
    ("tune", "bass", "found"),
    [
        (("C5", "D5"), ("C3", "D3"), (1,)),
        (("G5", "A5"), ("C3", "D3"), (1,)),
        (("C5", "D5"), ("C3", "D2"), ()),
        (("C5", "C5"), ("C3", "C3"), ()),
        (("E5", "F5"), ("C3", "D3"), ()),
        (("E5", "D5"), ("C3", "G2"), ()),
        (("C5", "D5", "E5"), ("C3", "B2", "E3"), ()),
    ],
)
def test_what_counts_as_running_along(
    tune: tuple[str, ...], bass: tuple[str, ...], found: tuple[int, ...]
) -> None:
    assert parallels(_line(Role.MELODY, *tune), _line(Role.BASS, *bass)) == tuple(
        Beat(at) for at in found
    )


def test_between_two_attacks_of_both_other_tones_do_not_hide_them() -> None:
    tune = _line(Role.MELODY, "C5", "E5", "D5")
    bass = [
        Note("one", Beat(0), Beats(2), (Pitch.parse("C3"),)),
        Note("two", Beat(2), Beats(1), (Pitch.parse("D3"),)),
    ]
    assert parallels(tune, bass) == (Beat(2),)


def test_a_figure_takes_another_tone_of_its_chord() -> None:
    chord = ChordSymbol(Beat(0), "C", "major")
    upper = tuple(Pitch.parse(tone) for tone in ("E4", "G4", "C5"))
    span = VoicedSpan(Beat(0), Beat(4), chord, Key("C"), upper, Pitch.parse("C3"))
    draft = {
        Role.MELODY: _line(Role.MELODY, "C5", "G4", "E5"),
        Role.BASS: _line(Role.BASS, "C3", "G2", "C3"),
    }
    mend_figures(draft, [span], BASS)
    assert parallels(draft[Role.MELODY], draft[Role.BASS]) == ()
    told = [str(note.sounding[0]) for note in draft[Role.BASS]]
    assert told[0] == told[2] == "C3" and told[1] != "G2"


@pytest.mark.parametrize("style", names("styles"))
def test_the_bass_of_a_cue_goes_its_own_way(style: str) -> None:
    for seed, meter in ((1, "4/4"), (2, "3/4"), (3, "6/8")):
        asked = request(style, meters=(meter,) * 16, theme_meter=meter, bpm=96, seed=seed)
        sketch = compose(asked).sketch
        found = [one for one in judge.parallels(sketch) if "rule:riff" not in one.origins]
        if style == "jiangnan":
            heard_twice = [one for one in found if "rule:heterophony" in one.origins]
            assert heard_twice
            found = [one for one in found if one not in heard_twice]
        if asked.style.harmony.plain == "drone":
            assert len([one for one in found if "rule:ring-off" in one.origins]) <= 1
            found = [one for one in found if "rule:ring-off" not in one.origins]
        straight = [one for one in found if "joint" not in one.kind]
        assert not straight, straight
        assert len(found) <= 1, found
        if asked.style.harmony.symbols:
            assert bass_name(sketch.chords[-1]) == sketch.chords[-1].root
        else:
            assert sketch.chords == ()
