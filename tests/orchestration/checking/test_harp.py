"""Pedals against exhaustive search; harp passages that harpists play, and some that none can."""

from __future__ import annotations

from itertools import pairwise, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.orchestration.checking.passages import kinds, solo

from scorestage.music import Pitch
from scorestage.orchestration import FaultKind, Severity
from scorestage.orchestration.checking.harp import Pluck, jams, respelled, setting_of, spellings

LASTING = 0.35
LETTERS = "DCBEFGA"


def playable(plucks: list[Pluck]) -> bool:
    """Every order of each foot's movements, each begun as early as its string is free."""
    for foot in ("DCB", "EFGA"):
        moves = []
        for letter in foot:
            uses = [
                (one.start, dict(one.setting)[letter])
                for one in plucks
                if letter in dict(one.setting)
            ]
            for (since, old), (until, new) in pairwise(uses):
                if old != new:
                    moves.append((since, until))
        if not any(_in_order(order) for order in permutations(moves)):
            return False
    return True


def _in_order(order: tuple[tuple[float, float], ...]) -> bool:
    now = -1e9
    for since, until in order:
        now = max(now, since) + LASTING
        if now > until + 1e-9:
            return False
    return True


settings_drawn = st.dictionaries(
    st.sampled_from("DCEF"), st.integers(-1, 1), min_size=1, max_size=2
)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), settings_drawn), min_size=2, max_size=5))
def test_two_feet_against_every_order(drawn: list[tuple[int, dict[str, int]]]) -> None:
    now, plucks = 0.0, []
    for gap, setting in drawn:
        now += gap * 0.15
        plucks.append(Pluck(now, tuple(sorted(setting.items()))))
    assert (jams(plucks) is None) == playable(plucks)


keys = st.lists(st.integers(60, 71), min_size=1, max_size=2, unique=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), keys), min_size=2, max_size=4))
def test_other_spellings_against_all_spellings(drawn: list[tuple[int, list[int]]]) -> None:
    """What the search finds can be played; where it finds nothing, no spelling at all can."""
    now, moments = 0.0, []
    for gap, own in drawn:
        now += gap * 0.15
        moments.append((now, tuple(_written(key) for key in own)))
    every = product(*(product(*(spellings(pitch) for pitch in pitches)) for _, pitches in moments))
    possible = any(_set_in_time(moments, option) for option in every)
    found = respelled(moments)
    assert found is None or _set_in_time(moments, found)
    if found is None:
        assert not possible or not _greedily_possible(moments)


def _greedily_possible(moments: list[tuple[float, tuple[Pitch, ...]]]) -> bool:
    """Some spelling whose movements can each begin as soon as the one before is done, in turn."""
    from scorestage.orchestration.checking.harp import LEFT_FOOT

    every = product(*(product(*(spellings(p) for p in pitches)) for _, pitches in moments))
    for option in every:
        used: dict[str, tuple[float, int]] = {}
        feet = {True: -1e9, False: -1e9}
        good = True
        for (start, _), pitches in zip(moments, option, strict=True):
            setting = setting_of(pitches)
            if setting is None:
                good = False
                break
            for letter, alter in setting:
                since, old = used.get(letter, (-1e9, alter))
                if old != alter:
                    left = letter in LEFT_FOOT
                    feet[left] = max(feet[left], since) + LASTING
                    good = good and feet[left] <= start + 1e-9
                used[letter] = (start, alter)
        if good:
            return True
    return False


def _written(key: int) -> Pitch:
    names = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    return Pitch.parse(f"{names[key % 12]}{key // 12 - 1}")


def _set_in_time(
    moments: list[tuple[float, tuple[Pitch, ...]]], option: tuple[tuple[Pitch, ...], ...]
) -> bool:
    plucks = []
    for (start, _), pitches in zip(moments, option, strict=True):
        setting = setting_of(pitches)
        if setting is None:
            return False
        plucks.append(Pluck(start, setting))
    return playable(plucks)


def test_debussy_danse_profane_opens_in_one_setting() -> None:
    """Danses (1904), "sacree": parallel chords of white keys, not a pedal to be moved."""
    text = "D4+A4+D5:1 E4+B4+E5:1 G4+D5+G5:1 A4+E5+A5:1 G4+D5+G5:1 E4+B4+E5:1"
    assert kinds(solo("harp", text), bpm=120) == []


def test_tchaikovsky_nutcracker_cadenza_is_one_seventh_chord() -> None:
    """Waltz of the Flowers: the cadenza runs through one chord, A C# E G, up and down."""
    chord = ("A", "C#", "E", "G")
    run = " ".join(f"{name}{octave}:1/4" for octave in (2, 3, 4) for name in chord)
    assert kinds(solo("harp", run), bpm=100) == []


def test_a_chromatic_scale_is_no_harp_music() -> None:
    scale = "C4:1/4 C#4:1/4 D4:1/4 D#4:1/4 E4:1/4 F4:1/4 F#4:1/4 G4:1/4 G#4:1/4 A4:1/4"
    found = kinds(solo("harp", scale), bpm=132)
    assert found
    assert {one.kind for one in found} == {FaultKind.PEDALS}
    assert "needs" in found[0].text and "has" in found[0].text


def test_an_enharmonic_frees_the_pedal() -> None:
    """D sharp straight after D natural cannot be set; E flat is another string."""
    (fault,) = kinds(solo("harp", "D4:1/4 D#4:1/4 D4:1/4 D#4:1/4"), bpm=120)
    assert fault.severity is Severity.WARNING
    assert "write D#4 as Eb4" in fault.repair


def test_one_string_cannot_be_two_things_at_once() -> None:
    (fault,) = kinds(solo("harp", "C4+C#5+E5:1"), bpm=60)
    assert fault.kind is FaultKind.PEDALS
    assert "Db5" in fault.repair


def test_nine_notes_are_one_too_many_for_eight_fingers() -> None:
    chord = "C2+E2+G2+C3+E3+G3+C4+E4+G4:2"
    assert [one.kind for one in kinds(solo("harp", chord), bpm=60)] == [FaultKind.POLYPHONY]
    eight = "C2+G2+C3+E3+C4+E4+G4+C5:2"
    assert kinds(solo("harp", eight), bpm=60) == []
