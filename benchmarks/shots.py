"""Shot boundaries beside PySceneDetect (all its detectors) and TransNetV2, in one run.

Films: the Sintel trailer and the opening of Big Buck Bunny, cuts read off their frames one by one
and gradual changes off sheets of them (so ends of these are good to a few frames); and films re-cut
at random from the trailer's shots (`benchmarks.shot_films`) with seeds used nowhere else. Limits
were set on shots of Big Buck Bunny; two rules (bright shots are no flashes, cuts beside wild
movement) were found on another cut of the trailer's. A hard cut counts within one frame, a gradual
change wherever a finding meets it (three frames around it); each finding counts once. A fade-out
and the fade-in after it are one boundary; flashes and titles are none. Speed is frames per
processor second, decoding included, beside bare decoding.

Run: `uv run python -m benchmarks.shots [--films FOLDER] [--seed 3000] [--boundaries 30]`
(peers that are not installed are left out with the reason).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import av
from benchmarks.shot_films import PRINTS, RATE_NAMES, TRAILER_SHOTS, Change, make_film, shots_of
from benchmarks.shot_peers import Found, Peer, peers
from benchmarks.shot_scores import Score, matched, score, seams
from tests.shared_material import shared_folder

from scorestage import registry
from scorestage.adapters.machines.film import probe
from scorestage.adapters.machines.look import passing_look
from scorestage.spotting import Detector, Footage, Moment, MomentKind, watch

OURS = "scorestage"
SOUNDING = (MomentKind.SOUND, MomentKind.SILENCE)


def _cuts(*frames: int) -> list[Change]:
    return [Change("cut", frame, frame + 1) for frame in frames]


TRAILER = [
    *_cuts(334, 396, 404, 420, 571, 621, 658, 672, 1163, 1220),
    *(Change("fade_in", 12, 80), Change("fade_out", 118, 124), Change("fade_in", 125, 145)),
    *(Change("fade_out", 190, 224), Change("fade_in", 285, 304), Change("fade_out", 360, 390)),
    *(Change("fade_in", 433, 460), Change("fade_out", 488, 519), Change("fade_in", 524, 552)),
    *(Change("fade_in", 678, 700), Change("fade_out", 754, 772), Change("fade_in", 772, 792)),
    *(Change("dissolve", 830, 867), Change("dissolve", 962, 1012), Change("fade_out", 1084, 1134)),
]
BUNNY = [
    *_cuts(285, 378, 553, 1145, 1346, 1456, 1531, 1666, 1711, 1763, 1813),
    *_cuts(1919, 2154, 2194, 2394, 2494, 2704, 2831, 2901, 2963, 3045, 3513, 3578),
    *(Change("fade_in", 2, 52), Change("dissolve", 754, 803)),
]
"""Read off the frames; titles laid over a picture are no boundaries."""


def ours(film: Path) -> tuple[Found, list[Change]]:
    """What `analyse` finds, as spans of boundaries and as changes of every kind."""
    start = time.process_time()
    picture = passing_look(film)
    detectors = {
        name: one
        for name, one in registry.load_all("detectors").items()
        if isinstance(one, Detector)
    }
    moments = watch(Footage(picture), detectors)
    spent = time.process_time() - start
    changes = [
        Change(str(one.kind).replace("-", "_"), *_frames(one, film_end=len(picture), of=picture))
        for one in moments
        if one.kind not in SOUNDING and not one.words.endswith(" goes")
    ]
    spans = tuple((one.frame, one.end_frame) for one in seams(changes))
    return Found(spans, spent), changes


def _frames(moment: Moment, film_end: int, of: object) -> tuple[int, int]:
    from scorestage.spotting import PictureIndex

    assert isinstance(of, PictureIndex)
    end = film_end if moment.span.end >= of.end else of.index_at(moment.span.end)
    return of.index_at(moment.span.start), end


def bare(film: Path) -> Found:
    """Decoding alone, on one thread."""
    start = time.process_time()
    with av.open(str(film)) as container:
        container.streams.video[0].codec_context.thread_count = 1
        for _ in container.decode(video=0):
            pass
    return Found((), time.process_time() - start)


def table(films: Sequence[tuple[Path, list[Change]]], others: dict[str, Peer]) -> None:
    """One row a film, one column a detector: F1; then precision, recall and speed of all."""
    names = [OURS, *others]
    print("film".ljust(24) + "".join(name.split()[-1][:11].rjust(12) for name in names))
    totals = dict.fromkeys(names, Score(0, 0, 0))
    spent = dict.fromkeys([*names, "bare decoding"], 0.0)
    frames, kinds, exact, met = 0, 0, 0, 0
    for film, changes in films:
        truth = seams(changes)
        frames += probe(film).frame_count
        found, told = ours(film)
        results = {OURS: found} | {name: peer(film) for name, peer in others.items()}
        row = film.stem[:23].ljust(24)
        for name in names:
            one = score(truth, results[name].spans)
            totals[name] += one
            spent[name] += results[name].cpu_seconds
            row += f"{one.f1:12.3f}"
        spent["bare decoding"] += bare(film).cpu_seconds
        print(row, flush=True)
        mine = seams(told)
        for number, place in matched(truth, found.spans).items():
            met += 1
            kinds += truth[number].kind == mine[place].kind
            apart = abs(truth[number].frame - mine[place].frame)
            exact += apart <= (0 if truth[number].kind == "cut" else 2)
    for words, value in (("F1", "f1"), ("precision", "precision"), ("recall", "recall")):
        row = f"all: {words}".ljust(24)
        print(row + "".join(f"{getattr(totals[name], value):12.3f}" for name in names))
    speeds = {name: frames / max(1e-9, seconds) for name, seconds in spent.items()}
    print("frames / processor s".ljust(24) + "".join(f"{speeds[name]:12.0f}" for name in names))
    print(
        "times as fast as".ljust(24) + "".join(f"{speeds[OURS] / speeds[n]:12.1f}" for n in names)
    )
    print(f"bare decoding: {speeds['bare decoding']:.0f} frames / processor s")
    print(f"{OURS}, of what was met: kind right {kinds}/{met}, first frame right {exact}/{met}")
    print("  (cuts to the frame, gradual changes within two frames)")


def films_in(folder: Path, seed: int, boundaries: int) -> list[tuple[Path, list[Change]]]:
    """The films re-cut from the trailer, one per print, made where they are not there yet."""
    shots = shots_of(shared_folder() / "films" / "sintel-trailer.mp4", TRAILER_SHOTS)
    made = []
    for number, how in enumerate(PRINTS):
        path = folder / f"{how.replace(' ', '-')}-{seed}.mp4"
        rate = RATE_NAMES[number % len(RATE_NAMES)]
        made.append((path, make_film(shots, seed + number, how, rate, path, boundaries)))
    return made


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--films", type=Path)
    options.add_argument("--seed", type=int, default=3000)
    options.add_argument("--boundaries", type=int, default=30)
    chosen = options.parse_args()
    others, missing = peers()
    for reason in missing:
        print(f"left out: {reason}")
    print("Real films, boundaries seen by eye")
    real = shared_folder() / "films"
    table(
        [(real / "sintel-trailer.mp4", TRAILER), (real / "big-buck-bunny-opening.mp4", BUNNY)],
        others,
    )
    print("\nFilms re-cut from the trailer's shots")
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.films or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        table(films_in(place, chosen.seed, chosen.boundaries), others)


if __name__ == "__main__":
    main()
