"""How good a fit is, against the best single tempo found by trying them all under the same cost.

The peer tries every tempo of the range by 0.05 bpm and every start of its grid by a quarter frame,
and is priced as the fit is: for its hits, their places in the bar, its tempo, a late first sound,
and a last note that must be held until the cue ends. Three comparisons:

- `same`: bar 1 begins up to 3 frames after the cue's start, for both;
- `free`: it may stand anywhere within a bar, for both: upbeats of any number of half-beats, the
  first sound up to a half-beat after the cue's start;
- `hits`: the peer's as free; only the frames off and the hits missed count, for both. The fit is
  the one of `same`, which pays for steps and ends. `near` says that it misses no more (by weight)
  and is no more than a quarter frame a hit further off.

Hit lists: cuts and proposed hits of real films as the detectors find them (where the reference
material is there), cuts drawn as films have them, and hits laid on the beats of a breathing map.

Run: `uv run python -m benchmarks.fit_quality [--quick] [--draws N] [--json FILE]`
"""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from tests.shared_material import shared_folder

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit
from scorestage.tempofit.ground import EDGE_WEIGHT, Floats
from scorestage.tempofit.places import place_prices
from scorestage.timebase import FRAMES_24, Beats, FilmTime, FrameRate

FILMS = ("sintel-trailer.mp4", "big-buck-bunny-opening.mp4")
STEP_BPM, STEP_FRAMES = 0.05, 0.25
NEAR_FRAMES = 0.25
STRESS_OF_HALF_BEATS = (3, 0, 1, 0, 2, 0, 1, 0)
"""Of a bar of 4/4: downbeat 3, strong beat 2, beat 1, between 0."""


@dataclass(frozen=True, slots=True)
class HitList:
    """A cue to fit: seconds from zero, and where it comes from."""

    name: str
    kind: str
    start: FilmTime
    end: FilmTime
    hits: tuple[Hit, ...]
    rate: FrameRate = FRAMES_24


@dataclass(frozen=True, slots=True)
class Peer:
    """The best single tempo in the three comparisons, and what it catches when it is free."""

    same: float = math.inf
    free: float = math.inf
    hits: float = math.inf
    missed_points: float = math.inf
    off_frames: float = math.inf
    """Of the one that costs least by its hits: points for those missed, frames off the others."""
    caught: int = 0
    most_caught: int = 0
    bpm: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One list's result."""

    name: str
    kind: str
    hits: int
    cost: float
    free_cost: float
    hits_cost: float
    missed_points: float
    off_frames: float
    peer: Peer
    caught: int
    step_percent: float
    better_than_chance: bool
    seconds: float
    map_name: str

    @property
    def held(self) -> tuple[bool, bool, bool]:
        """Whether the fit is not dearer than the peer, in the three comparisons."""
        slack = 1e-3  # costs are rounded to thousandths
        return (
            self.cost <= self.peer.same + slack,
            self.free_cost <= self.peer.free + slack,
            self.hits_cost <= self.peer.hits + slack,
        )

    @property
    def near(self) -> bool:
        """Whether no more is missed than by the peer, and hits are about as near."""
        room = NEAR_FRAMES * self.caught + 1e-3
        return (
            self.missed_points <= self.peer.missed_points + 1e-3
            and self.off_frames <= self.peer.off_frames + room
        )


def best_single_tempo(listed: HitList, settings: FitSettings) -> Peer:
    """Every tempo, every start: written for this page, not shared with the fit's own search."""
    weights = settings.weights
    frame = 1 / float(listed.rate.frames_per_second)
    aims = [float((h.at - listed.start).seconds) + float(h.aim_frames) * frame for h in listed.hits]
    at, weight = np.array(aims), np.array([float(h.weight) for h in listed.hits])
    early = np.array([float(h.early_frames) * frame for h in listed.hits])
    late = np.array([float(h.late_frames) * frame for h in listed.hits])
    prices = [place_prices(hit, weights.place) for hit in listed.hits]
    place = np.array([[found[stress] for stress in STRESS_OF_HALF_BEATS] for found in prices])
    latest = float(settings.start_late_frames) * frame
    best = Peer()
    lowest, highest = float(settings.lowest_bpm), float(settings.highest_bpm)
    for bpm in np.arange(lowest, highest + STEP_BPM / 2, STEP_BPM):
        half = 30 / bpm
        starts = np.arange(0, max(8 * half, latest + frame / 8), STEP_FRAMES * frame)[:, None]
        number = np.rint((at - starts) / half)
        off = starts + number * half - at
        caught = (off >= -early - 1e-9) & (off <= late + 1e-9)
        scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
        miss = np.array([weights.missing(one) for one in weight.tolist()])
        most = np.array([weights.most_off_points(one) for one in weight.tolist()])
        met = np.minimum(weights.off * weight * (off / scale) ** 2, most)
        only_hits = np.where(caught, met, miss).sum(axis=1)
        placed = met + place[np.arange(len(at)), number.astype(int) % 8]
        cost = np.where(caught, placed, miss).sum(axis=1)
        cost += weights.wish * (np.log(bpm / float(settings.wish_bpm)) / weights.wish_scale) ** 2
        cost += _ends(listed, settings, bpm, starts[:, 0])
        row, most = int(cost.argmin()), int(caught.sum(axis=1).max())
        if cost[row] < best.free:
            best = replace(
                best, free=float(cost[row]), caught=int(caught[row].sum()), bpm=round(bpm, 2)
            )
        least = int(only_hits.argmin())
        if only_hits[least] < best.hits:
            missed = float(np.where(caught[least], 0.0, miss).sum())
            near = float(np.abs(np.where(caught[least], off[least], 0.0)).sum() / frame)
            best = replace(
                best, hits=float(only_hits[least]), missed_points=missed, off_frames=near
            )
        best = replace(
            best,
            same=min(best.same, float(cost[: int(latest / frame / STEP_FRAMES + 1e-6) + 1].min())),
            most_caught=max(best.most_caught, most),
        )
    return best


def _ends(listed: HitList, settings: FitSettings, bpm: float, starts: Floats) -> Floats:
    """Points for a first sound after the cue's start, and for a last note held to its end."""
    weights, half = settings.weights, 30 / bpm
    late = starts % half
    found = weights.off * EDGE_WEIGHT * (late / weights.late_seconds) ** 2
    lasting = float((listed.end - listed.start).seconds) - starts
    beyond = np.abs(lasting - np.rint(lasting / (2 * half)) * 2 * half)
    held = beyond > 0.5 / float(listed.rate.frames_per_second)
    return np.asarray(found + held * weights.fermata * weights.ending, dtype=np.float64)


def film_lists(film: Path) -> list[HitList]:
    """The cuts of a film over its whole length, and its proposed cues with hits, and with cuts."""
    from scorestage.spotting import MomentKind, SpottingRules, propose
    from scorestage.workflow.analyse import analyse_film

    analysis = analyse_film(film, lambda share, name: None)
    rate = analysis.facts.rate
    cuts = [one.at for one in analysis.moments if one.kind is MomentKind.CUT]
    end = rate.time_of(analysis.facts.frame_count)
    name = film.stem
    found = [HitList(f"{name}, all cuts", "film cuts", FilmTime(0), end, _plain(cuts), rate)]
    cues = propose(analysis.footage, analysis.moments, SpottingRules()).cues
    for cue in cues:
        if cue.start is None or cue.end is None:
            continue
        title = f"{name} {cue.number or cue.id}"
        if cue.live_hits:
            found.append(HitList(title, "film hits", cue.start, cue.end, cue.live_hits, rate))
        inside = [at for at in cuts if cue.start < at < cue.end]
        if len(inside) > 2:
            what = f"{title}, cuts"
            found.append(HitList(what, "film cuts", cue.start, cue.end, _plain(inside), rate))
    return found


def drawn_cuts(length_seconds: int, count: int, seed: int) -> HitList:
    """Cuts as films have them: shots of log-normal length (median 3 s), some cuts worth a hit."""
    random = np.random.default_rng(seed)
    at, cuts = 0.0, []
    while at < length_seconds - 1.5:
        at += max(0.5, random.lognormal(np.log(3.0), 0.6))
        cuts.append(round(at * 24))
    inside = [frame for frame in cuts if 24 <= frame <= 24 * (length_seconds - 1)]
    count = min(count, len(inside))
    chosen = sorted(random.choice(inside, count, replace=False).tolist())
    weights = random.integers(1, 6, count)
    hits = tuple(
        Hit(f"h{number}", FRAMES_24.time_of(frame), weight=int(weight))
        for number, (frame, weight) in enumerate(zip(chosen, weights, strict=True), start=1)
    )
    name = f"{count} cuts in {length_seconds} s, seed {seed}"
    return HitList(name, "drawn cuts", FilmTime(0), FilmTime(length_seconds), hits)


def planted(bars: int, count: int, seed: int) -> HitList:
    """Hits on beats of a map in 4/4 that breathes by up to 2 % every four bars, to whole frames."""
    random = np.random.default_rng(1000 + seed)
    bpm = float(random.uniform(75, 125))
    beats = [0.0]
    for beat in range(4 * bars):
        if beat and beat % 16 == 0:
            bpm *= 1 + random.uniform(-0.02, 0.02)
        beats.append(beats[-1] + 60 / bpm)
    chosen = sorted(random.choice(np.arange(4, 4 * bars - 2), count, replace=False).tolist())
    hits = tuple(
        Hit(f"h{number}", FRAMES_24.time_of(round(beats[beat] * 24)), weight=3)
        for number, beat in enumerate(chosen, start=1)
    )
    end = FRAMES_24.time_of(round(beats[-1] * 24))
    return HitList(f"{count} hits in {bars} bars, seed {seed}", "planted", FilmTime(0), end, hits)


def _plain(moments: list[FilmTime]) -> tuple[Hit, ...]:
    return tuple(Hit(f"c{number}", at) for number, at in enumerate(moments, start=1))


def all_lists(quick: bool) -> list[HitList]:
    """Every list of the page."""
    found: list[HitList] = []
    for name in FILMS:
        film = shared_folder() / "films" / name
        if film.exists():
            found += film_lists(film)
        else:
            print(f"left out: {name} (set SCORESTAGE_SHARED to the reference material)")
    seeds = range(1, 2 if quick else 4)
    for length, count in ((30, 6), (60, 8), (90, 14), (180, 20)):
        found += [drawn_cuts(length, count, seed) for seed in seeds]
    for bars, count in ((16, 8), (32, 12), (64, 20)):
        found += [planted(bars, count, seed) for seed in seeds]
    return found


def judge(listed: HitList, draws: int) -> Row:
    """The fit and the peer on one list."""
    settings = FitSettings(draws=draws)
    begun = time.perf_counter()
    best = fit(listed.start, listed.end, listed.hits, listed.rate, settings)[0]
    seconds = time.perf_counter() - begun
    upbeats = tuple(Beats(Fraction(count, 2)) for count in range(8))
    anywhere = replace(settings, draws=0, pickups=upbeats, start_late_frames=Fraction(12))
    free = fit(listed.start, listed.end, listed.hits, listed.rate, anywhere)[0]
    return Row(
        name=listed.name,
        kind=listed.kind,
        hits=len(listed.hits),
        cost=float(best.costs.total),
        free_cost=float(free.costs.total),
        hits_cost=float(best.costs.off + best.costs.missed),
        missed_points=float(best.costs.missed),
        off_frames=float(sum(abs(landing.off_frames) for landing in best.caught)),
        peer=best_single_tempo(listed, settings),
        caught=len(best.caught),
        step_percent=float(best.unwritten_step_percent),
        better_than_chance=best.chance is not None and best.chance.better_than_chance,
        seconds=seconds,
        map_name=best.name,
    )


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--quick", action="store_true", help="one seed of each kind")
    reader.add_argument("--draws", type=int, default=500)
    reader.add_argument("--json", type=Path, help="write the rows there")
    asked = reader.parse_args()
    print(f"{'':41}      cost same       cost free       on hits     caught            tempo")
    print(
        f"{'list':41} hits   fit    peer    fit   peer    fit  peer   fit peer most   step   luck"
        "    seconds  map"
    )
    rows = []
    for listed in all_lists(asked.quick):
        row = judge(listed, asked.draws)
        rows.append(row)
        same, free, hits = (" " if held else "!" for held in row.held)
        print(
            f"{row.name:41} {row.hits:4} {row.cost:6.1f} {row.peer.same:6.1f}{same}"
            f" {row.free_cost:6.1f} {row.peer.free:6.1f}{free}"
            f" {row.hits_cost:6.2f} {row.peer.hits:6.2f}{hits}"
            f" {row.caught:4} {row.peer.caught:4} {row.peer.most_caught:4}"
            f" {row.step_percent:6.1f} %  {'better' if row.better_than_chance else 'no    '}"
            f" {row.seconds:6.2f}  {row.map_name}",
            flush=True,
        )
    summary(rows)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))


def summary(rows: list[Row]) -> None:
    """What the docs quote."""
    print()
    for kind in (*dict.fromkeys(row.kind for row in rows), ""):
        of = [row for row in rows if kind in ("", row.kind)]
        hits = sum(row.hits for row in of)
        same, free, only = (sum(row.held[number] for row in of) for number in range(3))
        ratio = float(np.median([row.cost / row.peer.same for row in of]))
        print(
            f"{kind or 'all'}: {len(of)} lists, {hits} hits\n"
            f"  not dearer than the best single tempo: same {same}, free {free}, hits {only} of "
            f"{len(of)} (near in "
            f"{sum(row.near for row in of)}); cost {ratio:.2f} of the peer's (median, same)\n"
            f"  caught {sum(row.caught for row in of)}, the peer "
            f"{sum(row.peer.caught for row in of)}, any single tempo at most "
            f"{sum(row.peer.most_caught for row in of)} of {hits}\n"
            f"  largest step hidden (2.5 %) in {sum(row.step_percent <= 2.5 for row in of)}, "
            f"fine at a phrase (6 %) in {sum(row.step_percent <= 6 for row in of)}; largest "
            f"{max(row.step_percent for row in of):.1f} %; better than chance in "
            f"{sum(row.better_than_chance for row in of)}"
        )


if __name__ == "__main__":
    main()
