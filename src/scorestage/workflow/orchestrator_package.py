"""What goes to the orchestrator in one file: sketch, MIDI, mock-up, map, brief and house."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from scorestage.adapters.catalogue import text_of
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes
from scorestage.engraving.filenames import word
from scorestage.errors import InputError, Where
from scorestage.production import Cue
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.products.cuefacts import edition_of, facts_of
from scorestage.workflow.products.naming import cue_file
from scorestage.workflow.products.sound import mockup_path

_DAY = (1980, 1, 1, 0, 0, 0)
"""Nothing in the package depends on the day it is made."""
_LARGEST_BYTES = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Package:
    """The package on disk: its files, and what it has not got, with what would make it."""

    path: Path
    files: tuple[str, ...]
    missing: tuple[str, ...]


def send_to_orchestrator(job: Job, name: str, path: Path) -> Package:
    """Write the package of a cue as ZIP.

    Raises `InputError` for a cue without a sketch, or a name that does not end in .zip.
    """
    cue = job.cue(name)
    if path.suffix.lower() != ".zip":
        raise InputError("the package is a .zip", Where(file=path), "name it so")
    if not (job.folder.cue_folder(cue.id) / SKETCH).is_file():
        raise InputError(
            f"{cue.number} has no sketch yet", Where(cue=cue.number), "scorestage compose"
        )
    missing: list[str] = []
    held = dict(_files(job, cue, missing))
    held["read-me.txt"] = _letter(job, cue, tuple(held), missing).encode("utf-8")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, content in held.items():
            archive.writestr(zipfile.ZipInfo(inner, _DAY), content, zipfile.ZIP_DEFLATED)
    write_bytes(path, packed.getvalue())
    return Package(path, tuple(held), tuple(missing))


def _files(job: Job, cue: Cue, missing: list[str]) -> Iterator[tuple[str, bytes]]:
    facts = facts_of(job, cue)
    own = job.folder.cue_folder(cue.id)
    stem = f"{word(cue.number) or 'cue'}-{word(cue.version)}"
    title = f"{cue.number} {cue.title}".strip()
    sketch = read_sketch(job, cue).as_score()
    edition = edition_of(job, cue, facts.house)
    yield (
        f"{stem}-sketch.musicxml",
        write_score(sketch, facts.tempo_map, title=title, composer=edition.composer),
    )
    yield (
        f"{stem}-sketch.mid",
        write_midi(sketch, facts.tempo_map, hits=cue.live_hits, title=title, film=job.clock),
    )
    if (own / SCORE).is_file():
        yield f"{stem}-score-so-far.musicxml", (own / SCORE).read_bytes()
    for inner, source in (("map.toml", own / MAP), ("hits.toml", own / "hits.toml")):
        if source.is_file():
            yield f"{stem}-{inner}", source.read_bytes()
    brief = job.folder.root / "brief.toml"
    if brief.is_file():
        yield "brief.toml", brief.read_bytes()
    else:
        missing.append("the brief (scorestage brief)")
    yield "house.toml", text_of("houses", job.production.house, *job.libraries).encode("utf-8")
    yield (
        "ensemble.toml",
        text_of("ensembles", cue.ensemble or job.production.ensemble, *job.libraries).encode(
            "utf-8"
        ),
    )
    built = (
        (f"{stem}-mock-up.wav", mockup_path(job, cue), "the mock-up (scorestage mockup)"),
        (f"{stem}-sketch.pdf", cue_file(cue, "sketch", ".pdf"), "the sketch's pages (build)"),
    )
    for inner, where, without in built:
        source = job.folder.build / where
        if source.is_file() and source.stat().st_size < _LARGEST_BYTES:
            yield inner, source.read_bytes()
        else:
            missing.append(without)


def _letter(job: Job, cue: Cue, files: tuple[str, ...], missing: list[str]) -> str:
    lines = [
        f"{job.production.title}: {cue.number} {cue.title}".rstrip(": "),
        f"version {cue.version}, house {job.production.house}",
        "",
        "Enclosed:",
        *(f"  {one}" for one in files),
        *(["", "Not enclosed:", *(f"  {one}" for one in missing)] if missing else []),
        "",
        "Keep bars, bar numbers, meters and tempos: they are the click's. Send back the full score",
        "as MusicXML, each player on a part of their own.",
    ]
    return "\r\n".join(lines) + "\r\n"
