"""Room for music: silences stay dry, lines thin it out, and the cues keep to it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.drawn_clips import Frame, cut, flat, scene
from tests.made_sounds import RATE_HZ, clock, hiss, stereo
from tests.spotting.footage_kit import DETECTORS, spoken, watched

from scorestage.spotting import (
    Amount,
    Footage,
    Speech,
    SpottingProposal,
    SpottingRules,
    propose,
    watch,
)
from scorestage.spotting.room import Verdict, room_for_music
from scorestage.spotting.sound import SoundIndexBuilder
from scorestage.spotting.sound_kinds import SoundKind, listen
from scorestage.spotting.tones import ToneIndexBuilder
from scorestage.timebase import FRAMES_24, FilmRange, FilmTime

Sound = NDArray[np.float64]
SECONDS = 60
SILENT = (30, 34)
LINES = tuple((24 * second, 24 * second + 20) for second in (12, 13, 15))


def air(seconds: float, level: float, seed: int = 1) -> Sound:
    return level * stereo(hiss(seconds, 80, 8000, seed), hiss(seconds, 80, 8000, seed + 1))


def film_sound(head: int = 0) -> Sound:
    """A room, a silence with a faint room tone from 30 to 34 s, and the room again."""
    room, hush = air(30, 0.2), air(4, 0.0004, 5)
    after = air(SECONDS - 34, 0.2, 7)
    return np.concatenate((np.zeros((head * RATE_HZ, 2)), room, hush, after))


def film_frames(head: int = 0) -> list[Frame]:
    shots = cut(*((scene(number, 64, 36), 144) for number in range(SECONDS // 6)))
    return [*[flat(0, 64, 36)] * (24 * head), *shots]


def footage(sound: Sound, frames: list[Frame], speech: tuple[Speech, ...] = ()) -> Footage:
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(2)
    sounds.add(sound.astype(np.float32))
    tones.add(sound.astype(np.float32))
    return Footage(watched(frames), sounds.finish(), speech, tones.finish())


def spotted(head: int, amount: Amount) -> SpottingProposal:
    lines = spoken(*((a + 24 * head, b + 24 * head) for a, b in LINES))
    seen = footage(film_sound(head), film_frames(head), lines)
    return propose(seen, watch(seen, DETECTORS), SpottingRules(amount))


def test_a_silence_stays_dry_and_a_line_thins_it_out() -> None:
    seen = footage(film_sound(), [flat(9)] * (24 * SECONDS), spoken(*LINES))
    heard = listen(seen)
    assert heard is not None
    silences = [one for one in heard.stretches if one.kind is SoundKind.SILENCE]
    assert len(silences) == 1
    assert silences[0].range.start.seconds == pytest.approx(SILENT[0], abs=0.4)
    assert silences[0].range.end.seconds == pytest.approx(SILENT[1], abs=0.4)
    room = room_for_music(seen, heard)
    (dry,) = room.dry
    assert dry.evidence is not None
    assert dry.evidence.frame == pytest.approx(24 * SILENT[0], abs=10)
    under = room.at(FilmTime("25/2"))
    assert under is not None
    assert under.verdict is Verdict.THIN
    assert room.between(FilmRange(FilmTime(12), FilmTime("25/2"))) < 0.5
    assert room.between(FilmRange(FilmTime(20), FilmTime(21))) == 1
    spans = [one.range for one in room.spans]
    assert spans[0].start == FilmTime(0)
    assert all(one.end == two.start for one, two in pairwise(spans))


def test_what_is_not_laid_yet_is_no_silence() -> None:
    sound = film_sound()
    sound[30 * RATE_HZ : 34 * RATE_HZ] = 0
    heard = listen(footage(sound, [flat(9)] * (24 * SECONDS)))
    assert heard is not None
    assert {one.kind for one in heard.stretches} == {SoundKind.UNLAID, SoundKind.EFFECTS}


def test_a_film_without_sound_has_room_everywhere() -> None:
    seen = Footage(watched([flat(9)] * 48))
    room = room_for_music(seen, listen(seen))
    assert room.between(FilmRange(FilmTime(0), FilmTime(1))) == 1
    assert room.dry == ()


@pytest.mark.parametrize("amount", [Amount.SPARSE, Amount.NORMAL, Amount.WALL_TO_WALL])
def test_no_cue_covers_the_silence(amount: Amount) -> None:
    found = spotted(0, amount)
    (dry,) = found.room.dry
    assert found.cues
    frame = FRAMES_24.frame_span
    for cue in found.cues:
        assert cue.start is not None
        assert cue.end is not None
        assert cue.end <= dry.range.start + frame or cue.start >= dry.range.end - frame


def test_a_second_more_at_the_head_moves_every_cue_by_one() -> None:
    plain, late = spotted(0, Amount.NORMAL), spotted(1, Amount.NORMAL)
    places = [[(cue.start, cue.end) for cue in one.cues] for one in (plain, late)]
    moved = [(FilmTime(a.seconds + 1), FilmTime(b.seconds + 1)) for a, b in places[0] if a and b]
    assert places[1] == moved
    assert [one.title for one in late.cues] == [one.title for one in plain.cues]
    assert [len(one.hits) for one in late.cues] == [len(one.hits) for one in plain.cues]


def test_air_under_a_lamp_is_heard_as_what_it_is() -> None:
    at = clock(SECONDS)
    hum = 0.02 * stereo(np.sin(2 * np.pi * 100 * at) + 0.5 * np.sin(2 * np.pi * 200 * at))
    heard = listen(footage(hum + air(SECONDS, 0.02), [flat(9)] * (24 * SECONDS)))
    assert heard is not None
    assert heard.music == ()


@pytest.mark.parametrize("seconds", [40, 60, 63])
def test_room_goes_to_the_end_of_the_picture(seconds: int) -> None:
    sound = film_sound()
    sound = np.concatenate((sound, air(3, 0.2, 9)))[: seconds * RATE_HZ]
    seen = footage(sound, [flat(9)] * (24 * SECONDS))
    spans = room_for_music(seen, listen(seen)).spans
    assert spans[-1].range.end == seen.picture.end == FilmTime(SECONDS)
    assert all(one.range.end == two.range.start for one, two in pairwise(spans))
    mute = [one for one in spans if one.words == "the film has no sound here"]
    if seconds < SECONDS:
        assert [one.range for one in mute] == [FilmRange(FilmTime(seconds), FilmTime(SECONDS))]
        assert mute[0].verdict is Verdict.ENTER
    else:
        assert mute == []
