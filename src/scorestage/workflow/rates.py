"""The frame rate of a film, its timecode, its sound and the project, held against each other."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.formats.wav import WavHeader, read_wav_header
from scorestage.adapters.machines.film.evidence import rate_evidence
from scorestage.adapters.machines.film.facts import FilmFacts
from scorestage.errors import FormatError
from scorestage.production.rate_truth import RateDoubt, RateEvidence, rate_doubts
from scorestage.timebase import FilmTime, FrameRate
from scorestage.workflow.job import Job
from scorestage.workflow.tell import tell_exact, tell_moment

PULLED_HZ = {47952: "pulled down", 48048: "pulled up", 44056: "pulled down", 44144: "pulled up"}
"""Sample rates that a header only states where 48 or 44.1 kHz sound was pulled."""
PULL = Fraction(1001, 1000)
NEAR_STAMP = Fraction(1, 50_000)
SLIGHT = ("length",)
"""Kinds of doubt that are told, but are no fault: sound often ends before the picture."""


def film_doubts(film: Path, facts: FilmFacts | None = None) -> tuple[RateDoubt, ...]:
    """What a film's file disagrees about with itself."""
    return rate_doubts(rate_evidence(film, facts))


def project_doubts(job: Job, names: tuple[str, ...] = ()) -> tuple[RateDoubt, ...]:
    """What film, timecode, temp tracks and project disagree about, with the cost to each cue.

    A film that is not there is another fault's matter: nothing is said of it here.
    """
    picture = job.production.current_picture
    if picture is None:
        return ()
    film = job.folder.media(picture)
    found: list[RateDoubt] = []
    cues = job.cues(names)
    if film.is_file():
        found += rate_doubts(rate_evidence(film), job.production.rate, cues)
    elif picture.rate != job.production.rate:
        length = picture.end.seconds
        told = RateEvidence(film.name, picture.rate, picture.frames, length)
        found += rate_doubts(told, job.production.rate, cues)
    for name in job.production.temp:
        found += _temp_doubts((job.folder.root / name).resolve(), job)
    return tuple(found)


def refused_rate_words(film: FrameRate, project: FrameRate, seconds: Fraction) -> str:
    """What it costs to take a film of one rate for another, for an error's next step."""
    told = RateEvidence("", film, 0, seconds)
    doubts = rate_doubts(told, project)
    return doubts[0].words if doubts else ""


def tell_evidence(film: Path, facts: FilmFacts | None = None) -> dict[str, Any]:
    """Everything a film's file says of its speed, and what does not agree."""
    evidence = rate_evidence(film, facts)
    sound = evidence.sound_seconds
    return {
        "measured": evidence.rate.name,
        **tell_exact("frames_per_second", evidence.rate.frames_per_second),
        "claimed": [str(one) for one in evidence.told],
        "variable": evidence.variable,
        **tell_exact("off_grid_frames", evidence.off_grid_frames),
        "start_timecode": evidence.label or None,
        "timecode_rate": None if evidence.label_rate is None else str(evidence.label_rate),
        "timecode_drop": evidence.label_drop,
        **tell_moment("picture_length", FilmTime(evidence.picture_seconds)),
        **tell_moment("sound_length", None if sound is None else FilmTime(sound)),
        "doubts": [tell_doubt(one) for one in rate_doubts(evidence)],
    }


def tell_doubt(doubt: RateDoubt) -> dict[str, Any]:
    """One doubt as an answer."""
    return {
        "kind": doubt.kind,
        "what": doubt.what,
        **tell_exact("cost_frames", doubt.cost_frames),
        "where": doubt.where,
        **tell_moment("at", doubt.at_seconds),
        "do": doubt.do,
        "words": doubt.words,
    }


def doubt_lines(doubts: tuple[RateDoubt, ...]) -> list[str]:
    """The doubts as warnings, each told once: at the end of the film, and what to do."""
    lines = []
    for doubt in doubts:
        if doubt.where == "the end of the film":
            lines.append(f"frame rate: {doubt.words} ({doubt.do})")
    return lines


def _temp_doubts(path: Path, job: Job) -> list[RateDoubt]:
    """Temp tracks whose header or time stamp was made at another speed than the film's."""
    picture = job.production.current_picture
    if picture is None or path.suffix.lower() not in (".wav", ".bwf") or not path.is_file():
        return []
    try:
        header = read_wav_header(path)
    except FormatError:
        return []
    length = picture.end.seconds
    rate = picture.rate.frames_per_second
    found = []
    if header.rate_hz in PULLED_HZ:
        what = f"{path.name} states {header.rate_hz} Hz: it was {PULLED_HZ[header.rate_hz]}"
        cost = length * rate * (1 - 1 / PULL)
        do = "ask for it at 48000 Hz, as the picture runs"
        found.append(RateDoubt("sound", what, cost, "the end of the film", length, do))
    begins = picture.start_frames / rate
    stamped = _stamp_seconds(header)
    for ratio in (PULL, 1 / PULL) if begins > 0 and stamped else ():
        if abs(stamped / begins / ratio - 1) <= NEAR_STAMP:
            what = f"the time stamp of {path.name} counts at another speed than the film's timecode"
            cost = abs(stamped - begins) * rate
            do = "lay it to the film's first frame, not by its stamp"
            found.append(RateDoubt("stamp", what, cost, "its first frame", Fraction(0), do))
    return found


def _stamp_seconds(header: WavHeader) -> Fraction:
    if header.stamp is None:
        return Fraction(0)
    return Fraction(header.stamp.start_samples, header.rate_hz)
