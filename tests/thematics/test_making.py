"""Made themes, checked as tunes by rules written here."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.errors import MusicError
from scorestage.music import Note, Pitch, Theme
from scorestage.music.harmony import in_chord
from scorestage.music.key import Key
from scorestage.music.style import Style
from scorestage.thematics import make_theme
from scorestage.thematics.facts import chord_under
from scorestage.thematics.formchecks import form_checks
from scorestage.thematics.making import FORMS
from scorestage.timebase import Beats, Meter

SINGABLE = {0, 1, 2, 3, 4, 5, 7, 8, 9, 12}
CASES = [(style, seed) for seed, style in enumerate(names("styles"))]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case[0])
def theme(request: pytest.FixtureRequest) -> Theme:
    """One theme for each style of the catalogue."""
    name, seed = request.param
    return make_theme(load_style(name), seed, theme_id="main")


def _pitches(notes: tuple[Note, ...]) -> list[Pitch]:
    return [note.sounding[0] for note in notes]


def test_it_has_eight_bars_and_its_own_harmony(theme: Theme) -> None:
    assert theme.length.quarters == 8 * theme.meter.length.quarters
    assert len(theme.chords) >= 4
    assert theme.chords[0].at.quarters == 0


def test_it_stays_within_a_twelfth(theme: Theme) -> None:
    keys = [pitch.key for pitch in _pitches(theme.notes)]
    assert 5 <= max(keys) - min(keys) <= 19


def test_anybody_can_sing_it(theme: Theme) -> None:
    moves = [abs(b.key - a.key) for a, b in pairwise(_pitches(theme.notes))]
    assert set(moves) <= SINGABLE
    steps = Fraction(sum(0 < move <= 2 for move in moves), len(moves))
    assert Fraction(1, 4) <= steps <= Fraction(19, 20)


def test_its_opening_comes_back(theme: Theme) -> None:
    bar = theme.meter.length.quarters
    rhythms = {}
    for note in theme.notes:
        index, offset = divmod(note.onset.quarters, bar)
        rhythms.setdefault(index, []).append((offset, note.length))
    assert any(rhythms.get(index) == rhythms[0] for index in (2, 4, 5))


def test_it_comes_to_rest(theme: Theme) -> None:
    last = theme.notes[-1]
    bar = theme.meter.length.quarters
    assert last.onset.quarters == 7 * bar
    assert last.length.quarters >= Fraction(1, 2) * bar
    tonic = Key(theme.key, theme.mode).home.key % 12
    assert chord_under(theme.chords, last.onset.quarters).root == theme.key  # type: ignore[union-attr]
    assert (last.sounding[0].key - tonic) % 12 in {0, 3, 4, 7}


def test_what_weighs_belongs_to_the_harmony(theme: Theme) -> None:
    bar = theme.meter.length.quarters
    downbeats = [note for note in theme.notes if note.onset.quarters % bar == 0]
    inside = [
        in_chord(note.sounding[0], chord)
        for note in downbeats
        if (chord := chord_under(theme.chords, note.onset.quarters)) is not None
    ]
    assert Fraction(sum(inside), len(inside)) >= Fraction(3, 4)


def test_it_lies_in_the_styles_register(theme: Theme) -> None:
    style = load_style(theme.made_by.split(", ")[2])
    keys = [pitch.key for pitch in _pitches(theme.notes)]
    middle = Fraction(min(keys) + max(keys), 2)
    assert style.melody.low.key <= middle <= style.melody.high.key


def test_its_notes_stand_on_the_grid(theme: Theme) -> None:
    for note in theme.notes:
        for quarters in (note.onset.quarters, note.length.quarters):
            assert (quarters * 4).denominator == 1 or (quarters * 3).denominator == 1
    for one, other in pairwise(theme.notes):
        assert one.end <= other.onset


PLAIN = Style("plain", "Plain", modes=("major", "minor"))


def test_the_same_seed_makes_the_same_theme() -> None:
    assert make_theme(PLAIN, 7) == make_theme(PLAIN, 7)
    assert make_theme(PLAIN, 7).notes != make_theme(PLAIN, 8).notes


def test_tone_chooses_the_mode() -> None:
    assert make_theme(PLAIN, 1, ("grief",)).mode == "minor"
    assert make_theme(PLAIN, 1, ("joy",)).mode == "major"


def test_what_is_asked_for_is_kept() -> None:
    theme = make_theme(PLAIN, 2, key="Eb", mode="dorian", meter=Meter(5, 4), title="The road")
    assert (theme.key, theme.mode, theme.title) == ("Eb", "dorian", "The road")
    assert theme.length == Beats(40)


@pytest.mark.parametrize("meter", ["2/4", "6/8", "9/8", "2+2+3/8", "3/8", "2/2"])
def test_any_meter_will_do(meter: str) -> None:
    theme = make_theme(PLAIN, 3, meter=Meter.parse(meter))
    bar = Meter.parse(meter).length.quarters
    started = {note.onset.quarters // bar for note in theme.notes if note.onset.quarters >= 0}
    assert started == set(range(8))


@pytest.mark.parametrize("form", ["sentence", "period", "hybrid", "loop"])
def test_every_form_has_its_shape(form: str) -> None:
    style = Style("plain", "Plain", forms=(form,))
    theme = make_theme(style, 5, theme_id=form, meter=Meter(4, 4))
    bars: dict[int, list[tuple[Fraction, int]]] = {}
    for note in theme.notes:
        index, offset = divmod(note.onset.quarters, 4)
        bars.setdefault(int(index), []).append((offset, note.sounding[0].staff_step))
    if form == "period":
        assert [step for _, step in bars[4]] == [step for _, step in bars[0]]
    shape = [offset for offset, _ in bars[0]]
    again = {"sentence": 2, "period": 4, "hybrid": 4, "loop": 2}[form]
    assert [offset for offset, _ in bars[again]] == shape


@pytest.mark.parametrize("form", FORMS)
def test_a_form_asked_for_keeps_its_promises(form: str) -> None:
    for seed in range(3):
        theme = make_theme(load_style("tender"), seed, theme_id="main", form=form)
        assert form in theme.made_by
        broken = [check for check in form_checks(theme) if not check.holds]
        assert len(broken) <= 1, broken


def test_a_form_nobody_knows_is_refused() -> None:
    with pytest.raises(MusicError, match="no form"):
        make_theme(load_style("tender"), 1, form="rondo")
