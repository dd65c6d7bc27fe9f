"""Streamer films measured in their pixels, at the rates of the trade."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.judging.streamer_eyes import Watched, watch

from scorestage.adapters.machines.film import FilmWriter, SoundTrack, probe
from scorestage.timebase import RATES, FrameRate, Timecode
from scorestage.workflow.stage_wish import StageWish
from scorestage.workflow.streamers_alone import (
    AloneFiles,
    AlonePlan,
    plan_alone,
    tell_alone,
    write_alone,
)

WIDTH, HEIGHT = 320, 180
GREYS = (90, 120)


def grey_film(
    path: Path,
    rate: FrameRate,
    frames: int,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    label: str | None = "01:00:00:00",
    blip_frame: int | None = None,
) -> Path:
    """A grey film that grows lighter, with one blip of sound."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
    tracks = (SoundTrack("Dialogue"),) if blip_frame is not None else ()
    start = Timecode.parse(label, rate) if label else None
    with FilmWriter(path, *size, rate, tracks, start, crf=12) as film:
        if blip_frame is not None:
            sound = np.zeros((round(frames / rate.frames_per_second * 48_000), 2), np.float32)
            first = round(blip_frame / rate.frames_per_second * 48_000)
            sound[first : first + 4800] = 0.5
            film.write_sound(0, sound)
        for number in range(frames):
            wave = 8 * np.sin(rows / 9 + columns / 13 + number / 10)
            level = GREYS[0] + (GREYS[1] - GREYS[0]) * number / frames
            pixels = np.repeat((level + wave)[..., None], 3, axis=2)
            film.write_frame(pixels.astype(np.uint8))
    return path


def hit_list(path: Path, *rows: str) -> Path:
    path.write_text("id,at,words\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def made(
    files: AloneFiles, out: Path, wish: StageWish | None = None
) -> tuple[AlonePlan, dict[str, object], Watched]:
    planned = plan_alone(files, wish or StageWish())
    write_alone(planned, out)
    return planned, tell_alone(planned), watch(out)


def pictures(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


@pytest.mark.parametrize("name", ["23.976", "24", "25", "29.97 drop", "59.94 drop", "47.952"])
def test_the_line_is_at_the_edge_on_the_very_frame_of_the_hit(name: str, tmp_path: Path) -> None:
    rate = RATES[name]
    frames = round(rate.frames_per_second * Fraction("3.4"))
    label = "01:00:00;00" if rate.drop else "01:00:00:00"
    source = grey_film(tmp_path / "film.mp4", rate, frames, label=label)
    hits = (round(rate.frames_per_second * 2) + 5, frames - 5)
    labels = [str(Timecode(Timecode.parse(label, rate).frames + hit, rate)) for hit in hits]
    listed = hit_list(tmp_path / "hits.csv", f"a,{labels[0]},door", f"b,{labels[1]},out")
    planned, answer, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4")
    assert probe(tmp_path / "out.mp4").rate == rate
    assert len(seen.pictures) == frames == answer["frames"]
    assert (seen.width_px, seen.height_px, seen.timecode) == (WIDTH, HEIGHT, label)
    assert seen.arrivals("white") == list(hits)
    assert seen.flashes["white"] == [frame for hit in hits for frame in (hit, hit + 1)]
    for one in planned.plan.streamers:
        for frame in range(one.first_frame + 4, one.hit_frame):
            if any(frame >= other.first_frame for other in planned.plan.streamers if other != one):
                continue
            share = (frame - one.first_frame) / one.frames
            line_px = 4
            right = (line_px + share * (WIDTH - line_px)) / WIDTH
            assert seen.lines["white"][frame] == pytest.approx(right, abs=2.5 / WIDTH)
    told = [one["hits_timecode"] for one in answer["streamers"]]  # type: ignore[attr-defined]
    assert told == labels


def test_frames_with_nothing_on_them_are_unharmed(tmp_path: Path) -> None:
    rate = RATES["24"]
    source = grey_film(tmp_path / "film.mp4", rate, 120)
    listed = hit_list(tmp_path / "hits.csv", "a,01:00:03:00,door")
    wish = StageWish(clocks=False)
    planned, _, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4", wish)
    (one,) = planned.plan.streamers
    touched = {*range(one.first_frame, one.hit_frame + 2)}
    for number, (old, new) in enumerate(zip(pictures(source), seen.pictures, strict=True)):
        away = np.abs(old.astype(int) - new).mean()
        if number not in touched:
            assert away < 1.5, number
            assert np.abs(old.astype(int) - new).max() < 24, number


def test_a_drawn_frame_leaves_no_trace_on_those_after_it(tmp_path: Path) -> None:
    """Left of the line the picture is the film's again, frame for frame."""
    rate = RATES["25"]
    source = grey_film(tmp_path / "film.mp4", rate, 100)
    listed = hit_list(tmp_path / "hits.csv", "a,3.2")
    _, _, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4", StageWish(clocks=False))
    plain = pictures(source)
    for frame in range(50, 80):
        left = round(seen.lines["white"][frame] * WIDTH) - 50
        if left > 40:
            away = np.abs(plain[frame][:, :left].astype(int) - seen.pictures[frame][:, :left])
            assert away.mean() < 1.5


@pytest.mark.parametrize("punches", [3, 5, 7])
def test_flutters_flash_on_alternate_frames_around_each_bar(punches: int, tmp_path: Path) -> None:
    rate = RATES["24"]
    source = grey_film(tmp_path / "film.mp4", rate, 24 * 6)
    (tmp_path / "map.json").write_text(
        '{"pickup_quarters": "0", "bars": ['
        + ",".join(
            f'{{"bar": "{bar}", "bar_index": {bar - 1}, "meter": "4/4", "free": false,'
            f' "at_seconds": "{Fraction(5, 2) + bar - 1}"}}'
            for bar in (1, 2, 3)
        )
        + '], "tempos": [{"bar": "1", "bar_index": 0, "beat": "1", "quarters": "0",'
        ' "at_seconds": "5/2", "law": "constant", "bpm": 240, "bpm_exact": "240", "unit": "1"}]}',
        encoding="utf-8",
    )
    files = AloneFiles(source, None, tmp_path / "map.json")
    wish = StageWish(free=True, flutters="bars", punches=punches)
    _, answer, seen = made(files, tmp_path / "out.mp4", wish)
    flashing = [
        frame
        for bar_frame in (84, 108)
        for frame in range(bar_frame - punches + 1, bar_frame + punches, 2)
    ]
    assert seen.flashes["white"] == flashing
    assert (
        [one["frames"] for one in answer["flutters"]]
        == [  # type: ignore[attr-defined]
            flashing[:punches],
            flashing[punches:],
        ]
    )
    assert seen.arrivals("green") == [60]
    assert seen.flashes["green"] == [60, 61]
    assert seen.arrivals("red") == [132]


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".ts"])
def test_the_films_own_sound_stays_in_sync(suffix: str, tmp_path: Path) -> None:
    rate = RATES["29.97 drop"]
    plain = grey_film(tmp_path / "plain.mp4", rate, 90, label="01:00:00;00", blip_frame=45)
    source = tmp_path / f"film{suffix}"
    _rewrapped(plain, source)
    listed = hit_list(tmp_path / "hits.csv", "a,1.5")
    out = tmp_path / "out.mp4"
    made(AloneFiles(source, listed), out)
    first = _first_loud(out)
    assert abs(first - 45 / rate.frames_per_second) < Fraction(1, 500)


def test_uncompressed_and_several_tracks_are_carried(tmp_path: Path) -> None:
    rate = RATES["25"]
    source = tmp_path / "film.mov"
    tracks = (SoundTrack("Dialogue", channels=1, pcm=True), SoundTrack("Effects", pcm=True))
    with FilmWriter(source, WIDTH, HEIGHT, rate, tracks) as film:
        for number, at in enumerate((0.5, 1.5)):
            sound = np.zeros((48_000 * 2, number + 1), np.float32)
            sound[round(at * 48_000) :] = 0.4
            film.write_sound(number, sound)
        for _ in range(50):
            film.write_frame(np.full((HEIGHT, WIDTH, 3), 100, np.uint8))
    listed = hit_list(tmp_path / "hits.csv", "a,1.0")
    for suffix in (".mov", ".mp4"):
        out = tmp_path / f"out{suffix}"
        made(AloneFiles(source, listed), out)
        assert probe(out).track_titles == ("Dialogue", "Effects")
        for track, at in enumerate((0.5, 1.5)):
            assert abs(float(_first_loud(out, track)) - at) < 1 / 500


def test_odd_sizes_reach_the_last_column(tmp_path: Path) -> None:
    source = tmp_path / "odd.mkv"
    _odd_film(source, 161, 91, 60)
    listed = hit_list(tmp_path / "hits.csv", "a,2.25")
    _, answer, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4")
    assert (answer["width_px"], answer["height_px"]) == (161, 91)
    assert (seen.width_px, seen.height_px) == (162, 92)
    assert seen.arrivals("white") == [54]


def test_a_film_of_one_frame(tmp_path: Path) -> None:
    source = grey_film(tmp_path / "one.mp4", RATES["24"], 1)
    listed = hit_list(tmp_path / "hits.csv", "a,0")
    planned, answer, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4")
    assert answer["frames"] == len(seen.pictures) == 1
    assert seen.arrivals("white") == seen.flashes["white"] == [0]
    assert [str(one.trouble) for one in planned.plan.warnings] == ["cut short"]


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("ten.mp4", "libx265", "yuv420p10le"),
        ("rushes.mov", "prores_ks", "yuv422p10le"),
        ("deep.mov", "prores_ks", "yuva444p10le"),
        ("proxy.mxf", "dnxhd", "yuv422p"),
        ("proxy.mov", "mjpeg", "yuvj420p"),
        ("web.webm", "libvpx-vp9", "yuv420p"),
        ("old.mov", "mpeg4", "yuv420p"),
        ("plain.mkv", "ffv1", "bgr0"),
        ("twelve.mkv", "ffv1", "yuv444p12le"),
        ("fine.mp4", "libx264", "yuv422p"),
    ],
)
def test_films_of_every_kind_become_eight_bits_and_the_line_arrives(
    name: str, codec: str, pixels: str, tmp_path: Path
) -> None:
    source = tmp_path / name
    size = (1280, 720) if codec == "dnxhd" else (WIDTH, HEIGHT)
    _stored_film(source, codec, pixels, 60, size)
    listed = hit_list(tmp_path / "hits.csv", "a,50/24")
    planned, _, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4")
    assert seen.arrivals("white") == [50]
    red, green, blue = (float(one) for one in pictures(tmp_path / "out.mp4")[0][:60].mean((0, 1)))
    assert abs(red - 150) < 6 and abs(green - 110) < 6 and abs(blue - 70) < 6
    assert any(planned.facts.pixels in note and "8 bits" in note for note in planned.notes)
    written = probe(tmp_path / "out.mp4")
    assert (written.codec, written.pixels) == ("h264", "yuv420p")


def test_a_variable_rate_is_made_constant_and_told(tmp_path: Path) -> None:
    source = tmp_path / "variable.mkv"
    _variable_film(source)
    listed = hit_list(tmp_path / "hits.csv", "a,2.0")
    planned, answer, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4")
    assert any("no constant frame rate" in note for note in planned.notes)
    (one,) = answer["streamers"]  # type: ignore[misc]
    assert seen.arrivals("white") == [one["hits_frame"]]
    assert len(seen.pictures) == answer["frames"]


@pytest.mark.parametrize(("turn", "squeeze"), [(-90, None), (180, None), (0, Fraction(4, 3))])
def test_turned_and_squeezed_films_are_made_plain(
    turn: int, squeeze: Fraction | None, tmp_path: Path
) -> None:
    source = tmp_path / "turned.mp4"
    with av.open(str(source), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        if turn:
            stream.set_display_rotation(turn)
        if squeeze is not None:
            stream.codec_context.sample_aspect_ratio = squeeze
        for _ in range(60):
            pixels = np.full((HEIGHT, WIDTH, 3), 100, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        out.mux(stream.encode(None))
    listed = hit_list(tmp_path / "hits.csv", "a,50/24")
    _, _, seen = made(AloneFiles(source, listed), tmp_path / "out.mp4")
    size = (HEIGHT, WIDTH) if turn == -90 else (WIDTH, HEIGHT)
    if squeeze is not None:
        size = (round(WIDTH * squeeze) + round(WIDTH * squeeze) % 2, HEIGHT)
    assert (seen.width_px, seen.height_px) == size
    assert seen.arrivals("white") == [50]
    disc = [float(picture[:, size[0] // 2].min(axis=1).max()) for picture in seen.pictures]
    assert [frame for frame in range(44, 60) if disc[frame] > 232] == [50, 51]


def _rewrapped(source: Path, dest: Path) -> None:
    with av.open(str(source)) as film, av.open(str(dest), "w") as out:
        made_of = {
            one.index: out.add_stream_from_template(one)
            for one in film.streams.get()
            if one.type in ("video", "audio")
        }
        for packet in film.demux(*[film.streams[index] for index in made_of]):
            if packet.dts is not None:
                packet.stream = made_of[packet.stream_index]
                out.mux(packet)


def _first_loud(path: Path, track: int = 0) -> Fraction:
    """Seconds from the film's first picture to the first loud sample, by the file's own clocks."""
    with av.open(str(path)) as film:
        picture = next(film.decode(video=0))
        zero = picture.pts * picture.time_base
    with av.open(str(path)) as film:
        for frame in film.decode(audio=track):
            samples = frame.to_ndarray()
            full = np.iinfo(samples.dtype).max if samples.dtype.kind == "i" else 1.0
            if not frame.format.is_planar:
                samples = samples.reshape(-1, len(frame.layout.channels)).T
            loud = np.flatnonzero(np.abs(samples[0] / full) > 0.15)
            if len(loud):
                at = frame.pts * frame.time_base + Fraction(int(loud[0]), frame.sample_rate)
                return Fraction(at) - zero
    raise AssertionError("no sound")


def _odd_film(path: Path, width: int, height: int, frames: int) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("ffv1", rate=24)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv444p"
        for number in range(frames):
            pixels = np.full((height, width, 3), 100, np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24").reformat(format="yuv444p")
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _stored_film(path: Path, codec: str, pixels: str, frames: int, size: tuple[int, int]) -> None:
    """A film of one warm colour, stored as told."""
    options = {"libx265": {"x265-params": "log-level=none"}, "dnxhd": {"b": "60M"}}
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=24, options=options.get(codec, {}))
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        if codec in ("mpeg4", "libvpx-vp9"):
            stream.bit_rate = 2_000_000
        warm = np.full((size[1], size[0], 3), (150, 110, 70), np.uint8)
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(warm, "rgb24").reformat(format=pixels)
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _variable_film(path: Path) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        at, steps = 0, (33, 47, 21, 60, 28, 39)
        for number in range(80):
            pixels = np.full((HEIGHT, WIDTH, 3), 100, np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, "rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = at, Fraction(1, 1000)
            at += steps[number % len(steps)]
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
