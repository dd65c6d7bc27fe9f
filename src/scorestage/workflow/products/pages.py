"""Pages: the conductor's score and every part as PDF and MusicXML, and the MIDI file."""

from __future__ import annotations

import os
from pathlib import Path

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.machines.engravers import (
    Engraver,
    engraver_for,
    print_sketch,
)
from scorestage.adapters.store import PAGES, ROOMS, PageShelf, room_in, write_bytes
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.engraving import PageKind
from scorestage.production import Cue
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.part_set import print_set, score_music, set_music
from scorestage.workflow.products.cuefacts import edition_of, facts_of
from scorestage.workflow.products.naming import cue_file, part_file

_PAGE_CODE = (
    *("timebase", "music", "engraving"),
    *("adapters/machines/engravers.py", "adapters/machines/children.py"),
    *("workflow/part_set.py", "paperwork/print_list.py"),
)
_ENGRAVER_CODE = {
    Engraver.LILYPOND: ("adapters/machines/lilypond.py",),
    Engraver.VEROVIO: (
        *("adapters/machines/verovio_pages.py", "adapters/machines/verovio_worker.py"),
        *("adapters/machines/svg_pages.py", "adapters/machines/svg_shapes.py"),
        *("adapters/machines/svg_parts.py", "adapters/machines/svg_boxes.py"),
        "adapters/machines/page_ink.py",
    ),
}
_PRINTED = ("pages", "sketch-pages")
_FILE_CODE = (
    *("timebase", "music", "adapters/formats/musicxml", "adapters/formats/midi"),
    *("workflow/part_set.py", "engraving/filenames.py"),
)


def cue_pages(job: Job, cue: Cue, wish: Engraver = Engraver.AUTOMATIC) -> tuple[Product, ...]:
    """Printed pages, and the same music as files for other programs."""
    facts = facts_of(job, cue)
    edition = edition_of(job, cue, facts.house)
    folder = job.folder.cue_folder(cue.id)
    score, sketch = folder / SCORE, folder / SKETCH
    ensemble = ensemble_of(job, cue)
    arguments = (str(job.folder.root), str(job.folder.build), cue.id)

    engraver = engraver_for(wish)

    def product(name: str, kind: str, make: object, weight: int, *inputs: object) -> Product:
        if not callable(make):
            raise TypeError(name)
        return Product(
            name=f"{cue.number}/{name}",
            kind=kind,
            make=make,
            arguments=(*arguments, engraver.value) if name in _PRINTED else arguments,
            inputs=fingerprint(facts.tempo_map, ensemble, *inputs),
            cue=cue.number,
            music_version=cue.version,
            picture_version=job.production.picture,
            weight=weight,
        )

    pages = f"{engraver} {code_of(*_PAGE_CODE, *_ENGRAVER_CODE[engraver])}"
    files = code_of(*_FILE_CODE)
    midi = (job.clock, tuple((hit.at, hit.words) for hit in cue.live_hits))
    return (
        product("pages", "score and parts", make_pages, 10, edition, score, pages),
        product("sketch-pages", "sketch", make_sketch_pages, 2, edition, sketch, pages),
        product("musicxml", "MusicXML", make_musicxml, 2, edition, score, files),
        product("midi", "MIDI", make_midi, 1, edition, score, midi, files),
    )


def make_pages(root: str, build: str, cue_id: str, engraver: str) -> tuple[Output, ...]:
    """Print a cue's score and parts."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    score, edition = read_cue_score(job, cue), edition_of(job, cue, facts.house)
    whole = cue_file(cue, "score", ".pdf")
    with room_in(Path(build) / ROOMS) as room:
        shelf = PageShelf(Path(build) / PAGES)
        printed = print_set(
            *(score, facts.tempo_map, edition, Engraver(engraver), room),
            workers=os.cpu_count() or 1,
            shelf=shelf,
            score_file=Path(whole).name,
        )
        shelf.tidy()
    outputs = []
    for file in printed.files:
        if file.kind == PageKind.SCORE:
            path, remark = whole, "; ".join(printed.warnings)
        else:
            path, remark = part_file(cue, file.name), ""
        write_bytes(Path(build) / path, file.content)
        outputs.append(Output(path, file.kind, file.player, remark, printed.maker))
    return tuple(outputs)


def make_sketch_pages(root: str, build: str, cue_id: str, engraver: str) -> tuple[Output, ...]:
    """Print a cue's sketch."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    edition = edition_of(job, cue, facts.house)
    path = cue_file(cue, "sketch", ".pdf")
    sketch = read_sketch(job, cue)
    with room_in(Path(build) / ROOMS) as room:
        printed = print_sketch(sketch, facts.tempo_map, edition, Engraver(engraver), room)
    write_bytes(Path(build) / path, printed.files[0][1])
    return (Output(path, "sketch", maker=printed.maker),)


def make_musicxml(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's C score and every transposed part as MusicXML."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    score = read_cue_score(job, cue)
    edition = edition_of(job, cue, facts.house)
    path = cue_file(cue, "score", ".musicxml")
    write_bytes(Path(build) / path, score_music(score, facts.tempo_map, edition))
    outputs = [Output(path, "MusicXML")]
    for file in set_music(score, facts.tempo_map, edition):
        part = part_file(cue, file.name)
        write_bytes(Path(build) / part, file.content)
        outputs.append(Output(part, file.kind, file.player))
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
