"""The phrases of an episode: where they arrive, and with which close."""

from __future__ import annotations

from itertools import pairwise, product
from random import Random

import pytest
from tests.composing import craft
from tests.composing.cues import request

from scorestage.composing import compose
from scorestage.composing.cadences import phrases_of
from scorestage.composing.chords import _prepared, cadences_live, chord_spans
from scorestage.composing.form import Part
from scorestage.composing.frame import frame_of
from scorestage.composing.heard import heard_chords
from scorestage.composing.phrasing import closed_phrases, phrases_of_episode
from scorestage.composing.plan import Section, plan_cue
from scorestage.composing.request import CueRequest
from scorestage.composing.writing import home_key
from scorestage.music import Pitch, Role
from scorestage.music.harmony import roman
from scorestage.music.key import Key
from scorestage.timebase import Beat

MANY = ("4/4",) * 40
FUNCTIONAL = ("classical", "tender", "comedy", "elegy", "golden-age", "bossa")


def _episodes(asked: CueRequest) -> list[Section]:
    frame = frame_of(asked, asked.main_theme)
    sections = plan_cue(asked, frame, home_key(asked, asked.main_theme))
    return [one for one in sections if one.part is Part.EPISODE]


@pytest.mark.parametrize("style", ["classical", "irish", "elegy", "klezmer", "suspense"])
def test_phrases_lie_within_their_episode_and_do_not_overlap(style: str) -> None:
    for seed in range(1, 6):
        asked = request(style, meters=MANY, seed=seed)
        for section in _episodes(asked):
            found = phrases_of_episode(asked, section)
            assert found.starts[0] == 0
            assert all(0 < end < len(section.modules) for end in found.ends)
            heads = [set(range(at, at + found.size)) for at in found.starts]
            assert all(not one & other for one, other in pairwise(heads))
            for end in found.ends:
                assert end in set().union(*heads) or end - 1 in set().union(*heads)


def test_a_jig_does_not_wait() -> None:
    asked = request("irish", meters=("6/8",) * 40, theme_meter="6/8")
    for section in _episodes(asked):
        found = phrases_of_episode(asked, section)
        played = {at + n for at in found.starts for n in range(found.size)} | set(found.ends)
        assert played >= set(range(len(section.modules) - found.size + 1))


def test_the_first_phrase_stays_open_and_later_ones_close() -> None:
    entries = ["I", "vi", "IV", "V"] * 4
    cadence = ("ii7", "V7", "I")
    found = closed_phrases(entries, (3, 7, 11), cadence, Random(2), minor=False, swings=False)
    assert found[2:4] == ["ii7", "V7"] == found[10:12]
    assert (found[6], found[7]) in (("V7", "I"), ("V7", "vi"))
    assert found[:2] == entries[:2] and found[12:] == entries[12:]
    ends = {
        closed_phrases(entries, (3, 7), cadence, Random(n), minor=True, swings=False)[7]
        for n in range(20)
    }
    assert ends == {"I", "bVI"}


def test_a_pair_that_says_a_word_is_left_alone_in_every_other_phrase() -> None:
    pair = ["I", "bVI"] * 4
    found = closed_phrases(pair, (3, 7), ("IV", "V", "I"), Random(1), minor=False, swings=True)
    assert found[:6] == pair[:6]


def test_what_arrives_is_heard_as_a_close() -> None:
    """The checker, which knows nothing of the plan, hears cadences where phrases arrive."""
    closed = told = 0
    for style, seed in product(FUNCTIONAL, (1, 2, 3)):
        asked = request(style, meters=MANY, seed=seed)
        score = compose(asked).sketch.as_score()
        places = [
            section.modules[end]
            for section in _episodes(asked)
            for end in phrases_of_episode(asked, section).ends
            if end + 1 < len(section.modules)
        ]
        for phrase in phrases_of(score, heard_chords(score), lambda at: float(at.quarters)):
            if any(one.start <= phrase.at < one.end for one in places):
                told += 1
                closed += bool(phrase.cadence)
    assert told >= 10
    assert closed / told >= 0.5


@pytest.mark.parametrize(
    ("key", "into", "numeral", "root"),
    [
        (Key("A", "major"), Key("D", "major"), "bVII", "G"),
        (Key("C", "major"), Key("A", "minor"), "nII", "D"),
        (Key("G", "minor"), Key("Bb", "major"), "bVI", "Eb"),
    ],
)
def test_what_leads_to_a_new_key_begins_with_its_subdominant(
    key: Key, into: Key, numeral: str, root: str
) -> None:
    told = _prepared(key, into, ("ii", "V", "I"))
    chord = roman(told, key, Beat(0))
    assert Pitch.parse(f"{chord.root}4").key % 12 == Pitch.parse(f"{root}4").key % 12
    assert told.lower() == numeral.lower()
    assert (chord.quality == "minor") is into.is_minor


def test_drones_and_rows_are_given_no_cadence() -> None:
    for style in ("raga", "expressionist", "gagaku", "maqam-rast"):
        assert not cadences_live(request(style))
    assert cadences_live(request("bossa"))


def test_the_arrival_is_a_tone_of_its_chord_and_says_so() -> None:
    asked = request("classical", meters=MANY, seed=2)
    piece = compose(asked)
    frame = frame_of(asked, asked.main_theme)
    sections = plan_cue(asked, frame, home_key(asked, asked.main_theme))
    assert chord_spans(asked, frame, sections)
    arrivals = [
        note for role, note in craft.all_notes(piece.sketch)
        if role is Role.MELODY and note.origin == "rule:cadence"
    ]  # fmt: skip
    told = {one.origin for one in piece.provenance}
    assert not arrivals or "rule:cadence" in told
