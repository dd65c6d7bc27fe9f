"""Pages: the conductor's score and every part as PDF and MusicXML, and the MIDI file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.machines.lilypond import engrave
from scorestage.adapters.store import write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.engraving import PageKind, book_source, sketch_source
from scorestage.production import Cue
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.products.cuefacts import edition_of, facts_of
from scorestage.workflow.products.naming import WORKING_VERSION, cue_file

_PAGE_CODE = (
    *("timebase", "music", "engraving"),
    *("adapters/machines/lilypond.py", "adapters/machines/children.py"),
)
_FILE_CODE = ("timebase", "music", "adapters/formats/musicxml", "adapters/formats/midi")


def cue_pages(job: Job, cue: Cue) -> tuple[Product, ...]:
    """Printed pages in one run of LilyPond, and the same music as files for other programs."""
    facts = facts_of(job, cue)
    edition = edition_of(job, cue, facts.house)
    folder = job.folder.cue_folder(cue.id)
    score, sketch = folder / SCORE, folder / SKETCH
    ensemble = ensemble_of(job, cue)
    arguments = (str(job.folder.root), str(job.folder.build), cue.id)

    def product(name: str, kind: str, make: object, weight: int, *inputs: object) -> Product:
        if not callable(make):
            raise TypeError(name)
        return Product(
            name=f"{cue.number}/{name}",
            kind=kind,
            make=make,
            arguments=arguments,
            inputs=fingerprint(facts.tempo_map, ensemble, *inputs),
            cue=cue.number,
            music_version=WORKING_VERSION,
            picture_version=job.production.picture,
            weight=weight,
        )

    pages, files = code_of(*_PAGE_CODE), code_of(*_FILE_CODE)
    midi = (job.clock, tuple((hit.at, hit.words) for hit in cue.live_hits))
    return (
        product("pages", "score and parts", make_pages, 10, edition, score, pages),
        product("sketch-pages", "sketch", make_sketch_pages, 2, edition, sketch, pages),
        product("musicxml", "MusicXML", make_musicxml, 2, edition, score, files),
        product("midi", "MIDI", make_midi, 1, edition, score, midi, files),
    )


def make_pages(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Print a cue's score and parts."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    source = book_source(
        read_cue_score(job, cue), facts.tempo_map, edition_of(job, cue, facts.house)
    )
    outputs = []
    with tempfile.TemporaryDirectory(prefix="scorestage-") as room:
        engraved = engrave(source, Path(room))
        for printed, file in zip(source.files, engraved.files, strict=True):
            if printed.kind is PageKind.SCORE:
                path = cue_file(cue, "score", ".pdf")
                remark = "; ".join(engraved.warnings)
            else:
                path = cue_file(cue, Path(printed.name).stem, ".pdf", "parts")
                remark = ""
            write_bytes(Path(build) / path, file.read_bytes())
            outputs.append(Output(path, str(printed.kind), printed.player, remark))
    return tuple(outputs)


def make_sketch_pages(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Print a cue's sketch."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    edition = edition_of(job, cue, facts.house)
    source = sketch_source(read_sketch(job, cue), facts.tempo_map, edition)
    path = cue_file(cue, "sketch", ".pdf")
    with tempfile.TemporaryDirectory(prefix="scorestage-") as room:
        engraved = engrave(source, Path(room))
        write_bytes(Path(build) / path, engraved.files[0].read_bytes())
    return (Output(path, "sketch"),)


def make_musicxml(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's C score and every transposed part as MusicXML."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    score = read_cue_score(job, cue)
    edition = edition_of(job, cue, facts.house)
    title = f"{cue.number} {cue.title}".strip()
    path = cue_file(cue, "score", ".musicxml")
    content = write_score(score, facts.tempo_map, title=title, composer=edition.composer)
    write_bytes(Path(build) / path, content)
    outputs = [Output(path, "MusicXML")]
    for order, line in enumerate(score.lines, start=1):
        part = cue_file(cue, f"part-{order:02}-{line.player.id}", ".musicxml", "parts")
        content = write_score(
            score,
            facts.tempo_map,
            title=title,
            subtitle=line.player.name,
            composer=edition.composer,
            concert=False,
            player=line.player.id,
        )
        write_bytes(Path(build) / part, content)
        outputs.append(Output(part, "MusicXML part", line.player.id))
    return tuple(outputs)


def make_midi(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue as a MIDI file with its tempo map and a marker at each hit."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    path = cue_file(cue, "midi", ".mid")
    content = write_midi(
        read_cue_score(job, cue),
        facts.tempo_map,
        hits=cue.live_hits,
        title=f"{cue.number} {cue.title}".strip(),
        film=job.clock,
    )
    write_bytes(Path(build) / path, content)
    return (Output(path, "MIDI"),)
