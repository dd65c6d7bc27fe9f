"""The true frame rate: what a film file, its timecode, its sound and the project each say of it.

Where they disagree, somebody will read moments wrongly; each doubt says by how many frames at the
end of the film or of a cue, so that it can be weighed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scorestage.production.cue import Cue
from scorestage.timebase import FrameRate, clock_text
from scorestage.timebase.rate import RATES

SAME_RATE = Fraction(1, 5000)
"""Rates nearer to each other than this (as a share) are one; 24 and 23.976 are 1/1001 apart."""
PULLS = (
    (Fraction(1001, 1000), "pulled down by 0.1 %"),
    (Fraction(1000, 1001), "pulled up by 0.1 %"),
    (Fraction(25, 24), "run at 24 frames for a picture at 25"),
    (Fraction(24, 25), "run at 25 frames for a picture at 24"),
    (Fraction(25025, 24000), "run at 23.976 frames for a picture at 25"),
    (Fraction(24000, 25025), "run at 25 frames for a picture at 23.976"),
)
NEAR_PULL = Fraction(1, 12_000)
LOOSE_FRAMES = 2
"""Sound that is longer or shorter than the picture by up to so many frames is usual."""


@dataclass(frozen=True, slots=True)
class RateEvidence:
    """What a film file says of its speed. Lengths in seconds, None where it does not say.

    `rate` is measured from the frames' times. `told` are the rates the file claims. `label` is the
    start timecode as it is written, `label_rate` the rate that its track counts in, `label_drop`
    whether that track skips numbers, `label_fault` why it cannot be read at `rate`. With
    `variable` the frames keep no rate and lie up to `off_grid_frames` off the nearest one.
    """

    file: str
    rate: FrameRate
    frames: int
    picture_seconds: Fraction
    told: tuple[Fraction, ...] = ()
    label: str = ""
    label_rate: Fraction | None = None
    label_drop: bool | None = None
    label_fault: str = ""
    sound_seconds: Fraction | None = None
    variable: bool = False
    off_grid_frames: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class RateDoubt:
    """One disagreement: between whom, what it is, what it costs, what to do.

    `cost_frames` is how far a moment at `at_seconds` (`where`: the end of the film or of a cue)
    is read wrongly by whoever believes the other side; 0 where that cannot be told.
    """

    kind: str
    what: str
    cost_frames: Fraction
    where: str
    at_seconds: Fraction
    do: str

    @property
    def words(self) -> str:
        """The doubt in one line."""
        if self.cost_frames == 0:
            return self.what
        place = f"{self.where} ({clock_text(self.at_seconds)})"
        return f"{self.what}: {float(self.cost_frames):.1f} frames at {place}"


def rate_doubts(
    evidence: RateEvidence, project: FrameRate | None = None, cues: tuple[Cue, ...] = ()
) -> tuple[RateDoubt, ...]:
    """Every disagreement about a film's speed, with its cost at the end of the film and each cue.

    >>> film = RateEvidence("cut.mov", frame_rate("23.976"), 4320, Fraction(4320 * 1001, 24000))
    >>> [one.words for one in rate_doubts(film, frame_rate("24"))]
    ['the film runs at 23.976, the project at 24: 4.3 frames at the end of the film (3:00.18)']
    """
    found: list[RateDoubt] = []
    for kind, what, share, do in _disagreements(evidence, project):
        for where, at in _ends(evidence, cues):
            cost = abs(at * share) * evidence.rate.frames_per_second
            if kind == "variable":
                cost = evidence.off_grid_frames
            found.append(RateDoubt(kind, what, cost, where, at, do))
    found.extend(_lengths(evidence))
    return tuple(found)


def drift_frames(rate: FrameRate, other: FrameRate, seconds: Fraction) -> Fraction:
    """Frames (of `rate`) by which a film read at `other` is wrong after so many seconds.

    >>> drift = drift_frames(frame_rate("24"), frame_rate("23.976"), Fraction(180))
    >>> round(float(drift), 4)
    4.3157
    """
    share = 1 - other.frames_per_second / rate.frames_per_second
    return abs(seconds * share) * rate.frames_per_second


def label_drift_share(rate: FrameRate) -> Fraction:
    """By what share labels that skip numbers run from those that do not: 0.1 % at 29.97."""
    return 1 - rate.frames_per_second / rate.nominal


def _disagreements(
    evidence: RateEvidence, project: FrameRate | None
) -> Iterator[tuple[str, str, Fraction, str]]:
    """Kind, words, share of time by which one side is wrong, and what to do."""
    rate = evidence.rate
    if project is not None and _apart(rate.frames_per_second, project.frames_per_second):
        share = 1 - project.frames_per_second / rate.frames_per_second
        what = f"the film runs at {rate.name}, the project at {project.name}"
        yield "project", what, share, "make the project at the film's rate, or have the film pulled"
    elif project is not None and project.drop != rate.drop:
        what = (
            f"the film's labels {'skip numbers (drop)' if rate.drop else 'count on (non-drop)'}, "
            f"the project's {'skip numbers (drop)' if project.drop else 'count on (non-drop)'}"
        )
        yield "drop", what, label_drift_share(rate), "ask the editor which the burn-in shows"
    yield from _label_disagreements(evidence)
    others = {one for one in evidence.told if one > 0 and _apart(one, rate.frames_per_second)}
    if evidence.variable:
        what = (
            f"the frames keep no rate: {rate.name} is only the nearest, and some lie "
            f"{float(evidence.off_grid_frames):.1f} frames off it"
        )
        yield "variable", what, Fraction(0), "have it exported at a constant rate before spotting"
    elif others:
        names = ", ".join(sorted(_name(one) for one in others))
        share = max((1 - one / rate.frames_per_second for one in others), key=abs)
        what = f"the frames run at {rate.name}, but the file also claims {names}"
        yield "claim", what, share, "some programs believe the claim: have the film exported anew"


def _label_disagreements(
    evidence: RateEvidence,
) -> Iterator[tuple[str, str, Fraction, str]]:
    rate, counted = evidence.rate, evidence.label_rate
    if counted is not None and _apart(counted, rate.frames_per_second):
        what = (
            f"the film runs at {rate.name}, its timecode {evidence.label} counts {_name(counted)}"
        )
        share = 1 - counted / rate.frames_per_second
        yield "timecode", what, share, "ask the editor at which rate the film was cut"
    elif evidence.label_fault:
        what = f"the start timecode {evidence.label} cannot be: {evidence.label_fault}"
        yield "timecode", what, Fraction(0), "ask the editor for the start timecode and its rate"
    elif evidence.label_drop is not None and evidence.label_drop != rate.drop:
        kind = "drop" if evidence.label_drop else "non-drop"
        what = f"the timecode track is flagged {kind}, its label {evidence.label} is not written so"
        yield "drop", what, label_drift_share(rate), "ask the editor which the burn-in shows"


def _lengths(evidence: RateEvidence) -> Iterator[RateDoubt]:
    """Sound and picture of different length: a pull that one of them missed, or simply cut off."""
    sound, picture = evidence.sound_seconds, evidence.picture_seconds
    if sound is None or picture <= 0 or sound <= 0:
        return
    frames = (sound - picture) * evidence.rate.frames_per_second
    if abs(frames) <= Fraction(1, 2):
        return
    longer = "longer" if frames > 0 else "shorter"
    for ratio, how in PULLS:
        off = abs(frames) > 1 and abs(sound / picture / ratio - 1)
        if off is not False and off <= max(NEAR_PULL, Fraction(1, 2) / max(1, evidence.frames)):
            percent = float(abs(ratio - 1) * 100)
            what = f"the sound is {percent:.2f} % {longer} than the picture, as if {how}"
            do = "have picture and sound exported together, at one rate"
            yield RateDoubt("sound", what, abs(frames), "the end of the film", picture, do)
            return
    if abs(frames) > LOOSE_FRAMES:
        what = f"the sound is {longer} than the picture"
        do = "check that both begin together and run at one speed"
        yield RateDoubt("length", what, abs(frames), "the end of the film", picture, do)


def _ends(evidence: RateEvidence, cues: tuple[Cue, ...]) -> Iterator[tuple[str, Fraction]]:
    yield "the end of the film", evidence.picture_seconds
    for cue in cues:
        if cue.end is not None:
            yield f"the end of {cue.number}", cue.end.seconds


def _apart(one: Fraction, other: Fraction) -> bool:
    return abs(one / other - 1) > SAME_RATE


def _name(per_second: Fraction) -> str:
    for name, rate in RATES.items():
        if abs(per_second / rate.frames_per_second - 1) <= SAME_RATE:
            return name
    return f"{float(per_second):.3f}"
