from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sync.houses import PLAIN

from scorestage.errors import InputError
from scorestage.production import Hit
from scorestage.sync import (
    Goal,
    StagePlan,
    StageScheme,
    Streamer,
    StreamerLength,
    Trouble,
    cue_timeline,
    plan_hits,
    plan_stage,
)
from scorestage.sync.crowding import untangled
from scorestage.timebase import (
    FRAMES_23_976,
    FRAMES_24,
    FRAMES_29_97_DROP,
    BarGrid,
    Beat,
    Beats,
    FilmSpan,
    FilmTime,
    FrameRate,
    FreeBar,
    Meter,
    Steady,
    Tempo,
    TempoMap,
    Timecode,
)

EIGHT_BARS = BarGrid.regular(8, Meter(4, 4))
AT_120 = TempoMap.steady(FilmTime(10), Tempo(120), EIGHT_BARS)


def _plan(
    hits: tuple[Hit, ...] = (),
    tempo_map: TempoMap = AT_120,
    rate: FrameRate = FRAMES_24,
    seconds: Fraction = Fraction(2),
) -> StagePlan:
    timeline = cue_timeline(tempo_map, PLAIN.warning_clicks, rate)
    house = replace(PLAIN, streamer_seconds=seconds)
    return plan_stage(tempo_map, timeline, hits, house, rate)


def test_the_published_scheme() -> None:
    """V26: yellow starts at 4 s and arrives at 6, green at 8 and 10; red into the cut-off."""
    plan = _plan()
    assert [(one.goal, one.first_frame, one.hit_frame) for one in plan.streamers] == [
        (Goal.WARNING, 96, 144),
        (Goal.DOWNBEAT, 192, 240),
        (Goal.CUT_OFF, 576, 624),
    ]
    colours = [one.colour for one in plan.streamers]
    assert colours == [PLAIN.warning_colour, PLAIN.downbeat_colour, PLAIN.cutoff_colour]
    assert plan.warnings == ()


@pytest.mark.parametrize(("seconds", "frames"), [(2, 48), (3, 72), (4, 96), (5, 120)])
def test_streamer_lengths(seconds: int, frames: int) -> None:
    """V24 at 24 frames a second."""
    assert {one.frames for one in _plan(seconds=Fraction(seconds)).streamers} == {frames}


def test_a_streamer_crosses_evenly_and_arrives_on_the_frame() -> None:
    green = _plan().streamers[1]
    edges = [place.edge for frame in range(192, 241) if (place := green.at(frame)) is not None]
    assert edges == [Fraction(step, 48) for step in range(49)]
    assert green.at(191) is None
    assert green.at(241) is None


def test_hits_that_ask_for_one_get_a_white_one() -> None:
    hits = (
        Hit("door", FRAMES_24.time_of(400), words="door slams", streamer=True),
        Hit("bird", FRAMES_24.time_of(450)),
        Hit("aimed", FRAMES_24.time_of(500), streamer=True, aim_frames=Fraction(2)),
        Hit("start", FilmTime(10), streamer=True),
        Hit("end", FilmTime(26), streamer=True),
    )
    plan = _plan(hits)
    white = [one for one in plan.streamers if one.goal is Goal.HIT]
    assert [(one.hit_frame, one.words) for one in white] == [(400, "door slams"), (502, "aimed")]
    assert {one.colour for one in white} == {PLAIN.hit_colour}
    assert len({one.hit_frame for one in plan.streamers}) == len(plan.streamers)


def test_punches_flash_two_frames_from_the_hit_on() -> None:
    plan = _plan()
    shown = [frame for frame in range(700) if plan.flash(frame)]
    assert shown == [144, 145, 240, 241, 624, 625]
    assert plan.flash(240) == PLAIN.downbeat_colour


def test_a_streamer_on_drop_frame_is_counted_in_frames() -> None:
    """V25: into 00:09:00;02 with 60 frames it starts at 00:08:58;00."""
    rate = FRAMES_29_97_DROP
    hit = Hit("cut", rate.time_of(16184), streamer=True)
    tempo_map = TempoMap.steady(FilmTime(530), Tempo(120), EIGHT_BARS)
    streamer = next(
        one for one in _plan((hit,), tempo_map, rate).streamers if one.hit_frame == 16184
    )
    assert streamer.first_frame == 16124
    assert str(Timecode(streamer.first_frame, rate)) == "00:08:58;00"


def test_free_bars_flutter_back_in() -> None:
    events = (Steady(Beat(0), Tempo(120)), FreeBar(Beat(8), Beats(8), FilmSpan(7)))
    tempo_map = TempoMap(FilmTime(10), EIGHT_BARS, events)
    plan = _plan(tempo_map=tempo_map)
    back = FRAMES_24.nearest_frame(tempo_map.time_at(Beat(16)))
    assert [flutter.shown for flutter in plan.flutters] == [
        (back - 4, back - 2, back, back + 2, back + 4)
    ]
    assert any(one.goal is Goal.RETURN and one.hit_frame == back for one in plan.streamers)
    assert plan.flash(back - 2)
    assert plan.flash(back - 1) is None


def test_crowded_streamers_are_told_which_two_how_far_and_what_to_do() -> None:
    near = Hit("near", FRAMES_24.time_of(250), words="hand", streamer=True, weight=2)
    lapping = Hit("next", FRAMES_24.time_of(280), words="face", streamer=True)
    told = _plan((near, lapping)).warnings
    assert [(one.trouble, one.first, one.second, one.frames) for one in told] == [
        (Trouble.CLOSE, "downbeat", "near", 10),
        (Trouble.TOGETHER, "near", "next", 18),
    ]
    assert told[0].what == "streamers into downbeat of bar 1 and hand arrive only 10 frames apart"
    assert told[0].do == "take the streamer off near: downbeat weighs more"
    assert str(told[1]).startswith("streamers into hand and face are on screen together for 18")


def test_what_is_advised_against_crowding_helps() -> None:
    at = (400, 472)
    hits = tuple(Hit(f"h{frame}", FRAMES_24.time_of(frame), streamer=True) for frame in at)
    (told,) = _plan(hits, seconds=Fraction(5)).warnings[-1:]
    assert told.do == "streamers of 3 s would follow one another"
    assert not [one for one in _plan(hits, seconds=Fraction(3)).warnings if "h400" in one.what]


def test_hits_on_one_frame_share_a_streamer_and_are_told() -> None:
    hits = (
        Hit("a", FRAMES_24.time_of(400), words="door", streamer=True),
        Hit("b", FRAMES_24.time_of(400), words="thunder", streamer=True, weight=5),
        Hit("start", FilmTime(10), words="go", streamer=True),
    )
    plan = _plan(hits)
    one = next(streamer for streamer in plan.streamers if streamer.hit_frame == 400)
    assert (one.id, one.also) == ("b", ("a",))
    green = next(streamer for streamer in plan.streamers if streamer.goal is Goal.DOWNBEAT)
    assert green.also == ("start",)
    shared = [warning for warning in plan.warnings if warning.trouble is Trouble.SHARED]
    assert [(told.first, told.second) for told in shared] == [("downbeat", "start"), ("b", "a")]


def test_streamers_in_beats_follow_the_tempo() -> None:
    events = (Steady(Beat(0), Tempo(120)), Steady(Beat(16), Tempo(60)))
    tempo_map = TempoMap(FilmTime(10), EIGHT_BARS, events)
    scheme = StageScheme(StreamerLength.parse("4 beats"))
    timeline = cue_timeline(tempo_map, 8, FRAMES_24)
    hit = Hit("slow", tempo_map.time_at(Beat(24)), streamer=True)
    plan = plan_stage(tempo_map, timeline, (hit,), PLAIN, FRAMES_24, scheme)
    frames = {one.id: one.frames for one in plan.streamers}
    assert frames == {"warning": 48, "downbeat": 48, "slow": 96, "cut-off": 96}


@given(
    frames=st.lists(st.integers(0, 3000), min_size=1, max_size=12),
    lengths=st.lists(st.integers(1, 300), min_size=12, max_size=12),
)
def test_no_streamer_ever_overtakes_another(frames: list[int], lengths: list[int]) -> None:
    planned = [
        Streamer(Goal.HIT, frame, length, "#f4f4f0", id=str(frame))
        for frame, length in zip(sorted(set(frames)), lengths, strict=False)
    ]
    clear, told = untangled(planned)
    assert [one.hit_frame for one in clear] == [one.hit_frame for one in planned]
    for ahead, behind in combinations(clear, 2):
        for frame in range(behind.first_frame, ahead.hit_frame + 1):
            first, second = ahead.at(frame), behind.at(frame)
            assert first is not None and second is not None
            assert first.edge > second.edge or frame == behind.first_frame
    shortened = {one.id for one, was in zip(clear, planned, strict=True) if one != was}
    assert {warning.second for warning in told} == shortened


def test_streamers_over_each_other_the_first_to_arrive_on_top() -> None:
    near = Hit("near", FRAMES_24.time_of(260), streamer=True)
    places = _plan((near,)).on_screen(230)
    assert [place.colour for place in places] == [PLAIN.hit_colour, PLAIN.downbeat_colour]
    assert places[0].edge < places[1].edge


def test_goals_between_frames_go_to_the_nearest() -> None:
    tempo_map = TempoMap.steady(FilmTime("10.03"), Tempo("97.3"), EIGHT_BARS)
    for rate in (FRAMES_24, FRAMES_23_976):
        for streamer in _plan(tempo_map=tempo_map, rate=rate).streamers[1:2]:
            late = rate.time_of(streamer.hit_frame).seconds - Fraction("10.03")
            assert abs(late) <= rate.frame_span.seconds / 2


@pytest.mark.parametrize(
    ("text", "seconds", "frames"),
    [("2", "2", 48), ("2 2/3", "8/3", 64), ("3", "3", 72), ("3 1/3", "10/3", 80), ("5s", "5", 120)],
)
def test_lengths_are_read_as_the_trade_writes_them(text: str, seconds: str, frames: int) -> None:
    length = StreamerLength.parse(text)
    assert length.seconds == Fraction(seconds)
    plan = plan_hits((Hit("a", FilmTime(20)),), PLAIN, FRAMES_24, StageScheme(length))
    assert [one.frames for one in plan.streamers] == [frames]


@pytest.mark.parametrize("text", ["", "0", "-2", "two", "1/0", "400", "nan"])
def test_lengths_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="streamer"):
        StreamerLength.parse(text)
