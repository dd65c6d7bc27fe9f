"""Click track and mock-up: one file start and one length for all sound of a cue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.formats.wav import BroadcastStamp, write_wav
from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import find_soundfont
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.mix import Ends, mix, stems_of, usual_gain_db
from scorestage.mockup.perform import perform
from scorestage.production import Cue, WayOut
from scorestage.tempofit import land
from scorestage.timebase import Beat
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score, score_before_hits
from scorestage.workflow.products.clicks import write_cue_clicks
from scorestage.workflow.products.cuefacts import CueFacts, facts_of, samples_since_midnight
from scorestage.workflow.products.naming import slug, sound_file

RATE_HZ = 48_000
MEASURING_RATE_HZ = 24_000
_CLICK_CODE = (
    *("timebase", "sync", "adapters/formats/wav.py", "adapters/formats/midi"),
    *("adapters/formats/pdf_table.py", "adapters/formats/csv_table.py"),
    *("workflow/click_takes.py", "workflow/products/clicks.py", "mockup/dynamics.py"),
)
_MOCKUP_CODE = (
    *("timebase", "music", "mockup", "adapters/formats/wav.py", "adapters/formats/musicxml"),
    *(f"adapters/machines/sf2{part}.py" for part in ("", "_file", "_fonts", "_sound")),
    *(f"adapters/machines/sf2{part}.py" for part in ("_voice", "_voicings", "_zones")),
)
_STOPPED = (WayOut.CUT, WayOut.BUTTON)


def cue_sound(job: Job, cue: Cue) -> tuple[Product, ...]:
    """The click track and the mock-up with its stems."""
    facts = facts_of(job, cue)
    root, build = str(job.folder.root), str(job.folder.build)
    score = job.folder.cue_folder(cue.id) / SCORE
    common = (facts.tempo_map, facts.timeline, facts.house, cue.number, job.production.rate)
    place = (job.clock, job.production.title)
    return (
        Product(
            name=f"{cue.number}/click",
            kind="click track",
            make=make_click,
            arguments=(root, build, cue.id),
            inputs=fingerprint(*common, *place, score, code_of(*_CLICK_CODE)),
            cue=cue.number,
            music_version=cue.version,
            picture_version=job.production.picture,
        ),
        Product(
            name=f"{cue.number}/mockup",
            kind="mock-up",
            make=make_mockup,
            arguments=(root, build, cue.id),
            inputs=fingerprint(
                *common,
                *place,
                *(cue.way_in, cue.way_out, cue.end, tuple(hit.at for hit in cue.live_hits)),
                *(score, find_soundfont(), job.production.seed, code_of(*_MOCKUP_CODE)),
            ),
            cue=cue.number,
            music_version=cue.version,
            picture_version=job.production.picture,
            weight=8,
        ),
    )


def make_click(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's clicks: everybody's, each section's, as MIDI and as a list."""
    job = Job.open(Path(root))
    facts = facts_of(job, job.cue(cue_id))
    return write_cue_clicks(job, facts, Path(build))


def make_mockup(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's mock-up: the mix, and every stem; the stems add up to the mix."""
    job = Job.open(Path(root))
    facts = facts_of(job, job.cue(cue_id))
    cue, timeline = facts.cue, facts.timeline
    score = read_cue_score(job, cue)
    clock = AudioClock(facts.tempo_map, timeline.file.start, RATE_HZ)
    synth = Sf2Synth(find_soundfont(), RATE_HZ)
    stopped = cue.way_out in _STOPPED
    performances = perform(
        score,
        clock,
        synth,
        hits=caught_beats(job, facts),
        seed=job.production.seed,
        cut_off=timeline.cut_off if stopped else None,
    )
    length = timeline.length_samples(RATE_HZ)
    stems = stems_of(performances, synth, length, RATE_HZ)
    ends = Ends(
        way_in=cue.way_in,
        way_out=cue.way_out,
        first_samples=max(0, timeline.sample_of(timeline.first_sound, RATE_HZ)),
        last_samples=timeline.sample_of(timeline.cut_off, RATE_HZ),
    )
    outputs = []
    if stems:
        gain_db = _gain_before_hits(job, facts, synth, ends)
        mixed = mix(stems, ends, RATE_HZ, gain_db)
        sounds = {"mix": mixed.mix, **mixed.stems}
    else:
        sounds = {"mix": np.zeros((length, 2), dtype=np.float32)}
    for name, sound in sounds.items():
        folder = "audio" if name == "mix" else "audio/stems"
        what = "mockup" if name == "mix" else f"stem-{name}"
        path = _written(job, facts, Path(build), what, sound, folder)
        outputs.append(Output(path, "mock-up" if name == "mix" else "stem", slug(name)))
    return tuple(outputs)


def _gain_before_hits(job: Job, facts: CueFacts, synth: Sf2Synth, ends: Ends) -> float | None:
    """The gain of a cue as it was before its hits; None where that is not known.

    It is played once more at a low sample rate, which is enough to measure how loud it is.
    """
    cue, timeline = facts.cue, facts.timeline
    ground = score_before_hits(job, cue)
    if ground is None:
        return None
    clock = AudioClock(facts.tempo_map, timeline.file.start, MEASURING_RATE_HZ)
    stopped = cue.way_out in _STOPPED
    cut_off = timeline.cut_off if stopped else None
    performances = perform(ground, clock, synth, seed=job.production.seed, cut_off=cut_off)
    low = Sf2Synth(find_soundfont(), MEASURING_RATE_HZ)
    length = timeline.length_samples(MEASURING_RATE_HZ)
    stems = stems_of(performances, low, length, MEASURING_RATE_HZ)
    share = MEASURING_RATE_HZ / RATE_HZ
    last = None if ends.last_samples is None else round(ends.last_samples * share)
    there = replace(ends, first_samples=round(ends.first_samples * share), last_samples=last)
    return usual_gain_db(stems, there, MEASURING_RATE_HZ)


def caught_beats(job: Job, facts: CueFacts) -> tuple[Beat, ...]:
    """Where the map meets the hits it catches."""
    rate = job.production.rate
    landings = (land(hit, facts.tempo_map, rate) for hit in facts.cue.live_hits)
    return tuple(landing.at for landing in landings if landing.caught)


def mockup_path(job: Job, cue: Cue) -> str:
    """Where the mix of a cue lies below the build folder."""
    facts = facts_of(job, cue)
    return sound_file(cue, "mockup", facts.timeline.file.start, job.clock, "audio")


def click_path(job: Job, cue: Cue) -> str:
    """Where the click track of a cue lies below the build folder."""
    facts = facts_of(job, cue)
    return sound_file(cue, "click", facts.timeline.file.start, job.clock, "audio")


def _written(
    job: Job, facts: CueFacts, build: Path, what: str, sound: NDArray[np.float32], folder: str
) -> str:
    start = facts.timeline.file.start
    path = sound_file(facts.cue, what, start, job.clock, folder)
    words = f"{job.production.title} {facts.cue.number} {what}"
    stamp = BroadcastStamp(
        samples_since_midnight(job, start, RATE_HZ),
        description=words.encode("ascii", "replace").decode("ascii")[:256],
    )
    (build / path).parent.mkdir(parents=True, exist_ok=True)
    write_wav(build / path, sound, RATE_HZ, stamp=stamp)
    return path
