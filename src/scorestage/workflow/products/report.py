"""report.html: one page that a director can open."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.catalogue.styles import load_style
from scorestage.adapters.formats.report import (
    CueReport,
    HitReport,
    Link,
    Report,
    StripFrame,
    TempoPoint,
    html_of,
)
from scorestage.adapters.formats.wav import read_wav
from scorestage.adapters.machines.compressed_audio import MIME_TYPE, m4a_of
from scorestage.adapters.machines.contact_sheet import film_strip
from scorestage.adapters.machines.pages import page_images
from scorestage.adapters.store import write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.production import Cue
from scorestage.tempofit import land
from scorestage.timebase import FilmTime, clock_text
from scorestage.workflow.fit import fit_cue
from scorestage.workflow.fit_words import chance_words, tempo_span
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import written_cues
from scorestage.workflow.products.cuefacts import CueFacts, facts_of
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.products.songs import song_file
from scorestage.workflow.products.sound import RATE_HZ, mockup_path
from scorestage.workflow.products.tempo_path import tempo_path
from scorestage.workflow.songs import songs_of
from scorestage.workflow.watching import kept_shots

REPORT = "report.html"
STRIP_FRAMES = 12
HIT_FRAMES = 96
"""So many hits are shown with their frame, the weightiest first; the rest by words alone."""
LEAD_SAMPLES = 12_000
"""What is heard before a cue's first sound, for attacks that begin early."""
_CODE = ("workflow/products/report.py", "adapters/formats/report", "adapters/machines")


def report_product(job: Job, others: tuple[Product, ...]) -> Product:
    """The report, which needs all that it shows."""
    return Product(
        name="report",
        kind="report",
        make=make_report,
        arguments=(str(job.folder.root), str(job.folder.build)),
        inputs=fingerprint(
            *(job.production, kept_shots(job), tuple(one.inputs for one in others)),
            code_of(*_CODE),
        ),
        picture_version=job.production.picture,
        needs=tuple(one.name for one in others),
        weight=2,
    )


def make_report(root: str, build: str) -> tuple[Output, ...]:
    """Write the page with its pictures and sound inside."""
    job = Job.open(Path(root))
    folder = Path(build)
    written = written_cues(job)
    frames = _hit_frames(job, written)
    picture = job.production.current_picture
    page = Report(
        title=job.production.title,
        subtitle="score report",
        facts=_film_facts(job, written),
        strip=_strip(job),
        shots=tuple(_share(job, at) for at, _ in kept_shots(job)),
        dialogue=tuple(
            (_share(job, span.start), _share(job, span.end))
            for cue in job.cues()
            for span in cue.dialogue
        ),
        cues=tuple(_cue(job, folder, cue, frames) for cue in written),
        links=_links(
            folder,
            ("Review film", "film/review.mp4"),
            ("Cue sheet", "paper/cue-sheet.pdf"),
            ("Cue sheet (CSV)", "paper/cue-sheet.csv"),
            ("Cue list", "paper/cue-list.pdf"),
            ("Themes", "paper/themes.html"),
            *_song_links(job),
        ),
        notes=_notes(job, written),
        seconds=float(picture.end.seconds) if picture is not None else 0.0,
    )
    write_bytes(folder / REPORT, html_of(page))
    return (Output(REPORT, "report"),)


def _film_facts(job: Job, written: tuple[Cue, ...]) -> tuple[tuple[str, str], ...]:
    production = job.production
    picture = production.current_picture
    music = sum((cue.seconds or Fraction(0) for cue in job.cues()), start=Fraction(0))
    facts = [
        ("Picture", f"{picture.label}, {picture.rate.name} fps" if picture else "none yet"),
        ("Length", clock_text(picture.end.seconds) if picture else "open"),
        ("Cues", str(len(written))),
        ("Music", clock_text(music)),
        ("Played by", load_ensemble(production.ensemble, *job.libraries).name),
        ("Style", load_style(production.style, *job.libraries).name),
    ]
    if production.brief.tone:
        facts.append(("Tone", ", ".join(production.brief.tone)))
    return tuple(facts)


def _cue(job: Job, folder: Path, cue: Cue, frames: Mapping[FilmTime, bytes]) -> CueReport:
    facts = facts_of(job, cue)
    tempo_map, begins = facts.tempo_map, facts.timeline.first_sound
    seconds = (tempo_map.end - begins).seconds
    score = folder / cue_file(cue, "score", ".pdf")
    audio, lead_seconds = _preview(job, folder, facts)
    return CueReport(
        number=cue.number,
        title=cue.title,
        start_timecode=job.clock.nearest_label(tempo_map.start),
        length=clock_text(seconds),
        seconds=float(seconds),
        share_in=_share(job, cue.start) if cue.start is not None else 0.0,
        share_out=_share(job, cue.end) if cue.end is not None else 0.0,
        facts=_facts(job, facts),
        why=cue.why,
        hits=_hits(job, facts, frames),
        tempos=tuple(
            TempoPoint(float(seconds_at - begins.seconds), float(bpm), told)
            for seconds_at, bpm, told in tempo_path(tempo_map)
        ),
        bars=tuple(
            (float((tempo_map.time_at(start) - begins).seconds), str(bar.label))
            for start, bar in zip(tempo_map.grid.starts, tempo_map.grid.bars, strict=False)
        ),
        chance=_chance(job, cue),
        page_png=_first_page(score) if score.exists() else b"",
        page_alt=f"First page of the score of {cue.number}",
        audio=audio,
        audio_type=MIME_TYPE,
        links=_cue_links(job, folder, cue),
        audio_lead_seconds=lead_seconds,
    )


def _hits(job: Job, facts: CueFacts, frames: Mapping[FilmTime, bytes]) -> tuple[HitReport, ...]:
    landings = (land(hit, facts.tempo_map, job.production.rate) for hit in facts.cue.live_hits)
    return tuple(
        HitReport(
            seconds=float((one.hit.at - facts.timeline.first_sound).seconds),
            timecode=job.clock.nearest_label(one.hit.at),
            words=one.hit.words or str(one.hit.kind),
            weight=one.hit.weight,
            where=f"bar {one.position.label}, beat {float(one.position.beat):g}",
            off_frames=float(one.off_frames),
            caught=one.caught,
            share=_share(job, one.hit.at),
            jpeg=frames.get(one.hit.at, b""),
        )
        for one in landings
    )


def _preview(job: Job, folder: Path, facts: CueFacts) -> tuple[bytes, float]:
    """The mock-up from shortly before its first sound, and how long before."""
    sound, _ = read_wav(folder / mockup_path(job, facts.cue))
    first = facts.timeline.sample_of(facts.timeline.first_sound, RATE_HZ)
    lead = min(first, LEAD_SAMPLES)
    return m4a_of(sound[first - lead :], RATE_HZ), lead / RATE_HZ


def _cue_links(job: Job, folder: Path, cue: Cue) -> tuple[Link, ...]:
    return _links(
        folder,
        ("Score", cue_file(cue, "score", ".pdf")),
        ("Sketch", cue_file(cue, "sketch", ".pdf")),
        ("Why each note", cue_file(cue, "sketch-why", ".html")),
        ("Who plays what", cue_file(cue, "orchestration", ".html")),
        ("Parts", str(Path(cue_file(cue, "x", ".pdf", "parts")).parent.as_posix())),
        ("MusicXML", cue_file(cue, "score", ".musicxml")),
        ("MIDI", cue_file(cue, "midi", ".mid")),
        ("Mock-up", mockup_path(job, cue)),
        ("Sound", str(Path(mockup_path(job, cue)).parent.as_posix())),
        ("Stage film", cue_file(cue, "stage", ".mov")),
        ("Timing notes", cue_file(cue, "timing notes", ".pdf")),
    )


def _facts(job: Job, facts: CueFacts) -> tuple[tuple[str, str], ...]:
    tempo_map = facts.tempo_map
    return (
        ("Starts", job.clock.nearest_label(tempo_map.start)),
        ("Length", clock_text((tempo_map.end - facts.timeline.first_sound).seconds)),
        ("Bars", str(len(tempo_map.grid.bars))),
        ("Tempo", tempo_span(tempo_map)),
        ("In", str(facts.cue.way_in)),
        ("Out", str(facts.cue.way_out)),
    )


def _chance(job: Job, cue: Cue) -> str:
    """What the hits caught are worth, if the map in force is one that the fit stands by."""
    if not cue.live_hits:
        return ""
    first = fit_cue(job, cue)[0]
    return chance_words(first) if first.tempo_map == job.folder.map(cue.id, job.clock) else ""


def _notes(job: Job, written: tuple[Cue, ...]) -> tuple[str, ...]:
    if not job.cues():
        return ("There are no cues yet: this film has no music.",)
    missing = [cue.number for cue in job.cues() if cue not in written]
    return (f"Not written yet: {', '.join(missing)}.",) if missing else ()


def _strip(job: Job) -> tuple[StripFrame, ...]:
    picture = job.production.current_picture
    if picture is None:
        return ()
    frames = [round((index + 0.5) * picture.frames / STRIP_FRAMES) for index in range(STRIP_FRAMES)]
    times = [picture.rate.time_of(min(frame, picture.frames - 1)) for frame in frames]
    pictures = film_strip(job.film(), times, 120)
    return tuple(
        StripFrame(_share(job, at), jpeg, job.clock.nearest_label(at))
        for at, jpeg in zip(times, pictures, strict=True)
    )


def _hit_frames(job: Job, cues: tuple[Cue, ...]) -> dict[FilmTime, bytes]:
    """What is on screen at the hits."""
    if job.production.current_picture is None:
        return {}
    hits = sorted((hit for cue in cues for hit in cue.live_hits), key=lambda hit: -hit.weight)
    times = sorted({hit.at for hit in hits[:HIT_FRAMES]})
    return dict(zip(times, film_strip(job.film(), times, 84), strict=True))


def _first_page(pdf: Path) -> bytes:
    image = page_images(pdf, 75, [0])[0]
    file = io.BytesIO()
    image.quantize(64).save(file, format="PNG", optimize=True)
    return file.getvalue()


def _song_links(job: Job) -> Iterator[tuple[str, str]]:
    """The sheets and playback tracks of the songs."""
    for one in songs_of(job):
        name = one.title or one.id
        yield f"{name}: lead sheet", song_file(one.id, "lead-sheet", ".pdf")
        yield f"{name}: voice and piano", song_file(one.id, "piano-vocal", ".pdf")
        yield f"{name}: playback", f"songs/{one.id}/playback"


def _links(folder: Path, *wanted: tuple[str, str]) -> tuple[Link, ...]:
    return tuple(Link(label, path) for label, path in wanted if (folder / path).exists())


def _share(job: Job, at: FilmTime) -> float:
    picture = job.production.current_picture
    if picture is None or not picture.end.seconds:
        return 0.0
    return min(1.0, max(0.0, float(at.seconds / picture.end.seconds)))
