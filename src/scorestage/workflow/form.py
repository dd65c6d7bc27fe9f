"""`form`: the plan of a cue, shown before a note is written, kept beside the music, changed by
hand or by verb, and obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from scorestage.adapters.store import read_provenance, write_text, writing
from scorestage.adapters.store.form_file import (
    FORM,
    FormFile,
    form_prints,
    form_text,
    read_form,
)
from scorestage.adapters.store.toml_file import TomlFile
from scorestage.composing import CueForm, plan_form
from scorestage.composing.deeds import Deed
from scorestage.errors import InputError, Where
from scorestage.production import Cue
from scorestage.workflow.compose import compose_inputs, read_sketch, request_of
from scorestage.workflow.job import Job
from scorestage.workflow.sketch_bars import bars_named
from scorestage.workflow.sources import Source, Written, refresh
from scorestage.workflow.tell import tell_moment

BEFORE = "form.before.toml"
"""The form file as it was before wishes fell out of it."""
SECTION_KEYS = ("part", "theme", "operation", "partner", "texture", "key", "loudness", "energy")


def form_file(job: Job, cue: Cue) -> FormFile:
    """What a person has said in the cue's form file."""
    folder = job.folder.cue_folder(cue.id)
    return read_form(folder / FORM, read_provenance(folder).prints_of(FORM))


def _make(job: Job, cue: Cue) -> Written:
    said = form_file(job, cue)
    form = plan_form(request_of(job, cue))
    path = job.folder.cue_folder(cue.id) / FORM
    remarks = _lost(path, said, form)
    text = form_text(path, form, said.pinned)
    return Written(text.encode("utf-8"), remarks=remarks, prints=form_prints(form, said.wish))


def _lost(path: Path, said: FormFile, form: CueForm) -> tuple[str, ...]:
    """What to tell where wishes have no section any more; the file they stand in is then kept."""
    starts = {one.bar for one in form.sections}
    bars = [one.bar for one in said.wish.sections if one.bar not in starts]
    if not bars:
        return ()
    write_text(path.with_name(BEFORE), path.read_text(encoding="utf-8"))
    words = "bar" if len(bars) == 1 else "bars"
    return (
        f"no section begins at {words} {', '.join(bars)} any more, so what you asked for there is "
        f"no longer done; the form as it was is kept in {BEFORE}",
    )


FORM_SOURCE = Source(FORM, "form", compose_inputs, _make, shared=True)


def planned(job: Job, cue: Cue) -> CueForm:
    """The form of a cue as it would be written, with what a person asks of it; the file is brought
    up to date."""
    return planned_and_told(job, cue)[0]


def planned_and_told(job: Job, cue: Cue) -> tuple[CueForm, tuple[str, ...]]:
    """The form of a cue, its file brought up to date, and what a person should know of that."""
    with writing(job.folder.root):
        report = refresh(job, cue, FORM_SOURCE, again=True)
    return plan_form(request_of(job, cue)), report.remarks


def forget_form(job: Job, cue: Cue) -> None:
    """Throw away what a person said of a cue's form; pinned bars stay pinned."""
    pinned = form_file(job, cue).pinned
    path = job.folder.cue_folder(cue.id) / FORM
    if not pinned:
        path.unlink(missing_ok=True)
        return
    document = tomlkit.document()
    document["pinned"] = list(pinned)
    write_text(path, tomlkit.dumps(document))


def change_section(job: Job, cue: Cue, bar: str, changes: Mapping[str, str]) -> CueForm:
    """Change the section that begins with a printed bar, as if in its file; the plan as it then is.

    An empty text leaves the key to the plan again. Raises `InputError`, with nothing changed, for
    a section or a word that is not there.
    """
    form = planned(job, cue)
    starts = [one.bar for one in form.sections]
    if bar not in starts:
        where = Where(cue=cue.number)
        raise InputError(f"no section begins at bar {bar}", where, f"they begin at {_list(starts)}")
    path = job.folder.cue_folder(cue.id) / FORM
    file = TomlFile.read(path)
    table: Any = file.document["section"][starts.index(bar)]
    for key, told in changes.items():
        if told == "":
            table.pop(key, None)
        else:
            table[key] = _energy(cue, told) if key == "energy" else told
    return _tried(job, cue, file)


def _energy(cue: Cue, told: str) -> int:
    try:
        return int(told)
    except ValueError:
        where = Where(cue=cue.number)
        raise InputError(f"{told!r} is no energy", where, "say -2 to 2") from None


def lay_out(job: Job, cue: Cue, begin: str = "", join: str = "") -> CueForm:
    """Let a section begin at a bar, or join the one that begins there to the one before it."""
    form = planned(job, cue)
    starts = [one.bar for one in form.sections]
    labels = [str(one.label) for one in request_of(job, cue).tempo_map.grid.bars]
    where = Where(cue=cue.number)
    if begin and begin not in labels:
        raise InputError(f"there is no bar {begin}", where, f"bars {labels[0]} to {labels[-1]}")
    if join and join not in starts[1:]:
        do = f"sections begin at {_list(starts)}"
        raise InputError(f"there is nothing to join at bar {join}", where, do)
    file = TomlFile.read(job.folder.cue_folder(cue.id) / FORM)
    kept = [one for one in starts if one != join]
    wanted = sorted({*kept, *([begin] if begin else [])}, key=labels.index)
    old = dict(zip(starts, list(file.document["section"]), strict=True))
    blocks = []
    for one in wanted:
        table = old.get(one)
        text = table.as_string().strip() if table is not None else f'bar = "{one}"'
        blocks.append(f"[[section]]\n{text}\n")
    file.document["section"] = tomlkit.parse("\n".join(blocks))["section"]
    return _tried(job, cue, file)


def change_deed(job: Job, cue: Cue, hit: str, deed: str) -> CueForm:
    """Say what the music does at a hit; an empty text leaves it to the plan again."""
    form = planned(job, cue)
    places = [one.hit for one in form.hits]
    where = Where(cue=cue.number)
    if hit not in places:
        raise InputError(f"no hit {hit!r} is played", where, f"hits: {_list(places)}")
    if deed and deed not in tuple(Deed):
        raise InputError(f"nobody knows how to do {deed!r}", where, f"known: {', '.join(Deed)}")
    file = TomlFile.read(job.folder.cue_folder(cue.id) / FORM)
    table: Any = file.document["hit"][places.index(hit)]
    if deed:
        table["does"] = deed
    else:
        table.pop("does", None)
    return _tried(job, cue, file)


def _tried(job: Job, cue: Cue, file: TomlFile) -> CueForm:
    """The changed file written and planned by; taken back where the plan cannot be."""
    before = file.text
    write_text(file.path, tomlkit.dumps(file.document))
    try:
        return planned(job, cue)
    except BaseException:
        write_text(file.path, before)
        raise


def _list(names: list[str]) -> str:
    return ", ".join(names) or "none"


def pin(job: Job, cue: Cue, ranges: tuple[str, ...], *, off: bool = False) -> tuple[str, ...]:
    """Pin bars (`5-8`, `12`): they stay as they are, the rest is written around them.

    `off` takes pins away. Raises `InputError` for a bar that is not there, or a cue without notes.
    """
    if not off:
        bars_named(ranges, read_sketch(job, cue).grid, cue)
    old = form_file(job, cue).pinned
    file = TomlFile.read_or_new(job.folder.cue_folder(cue.id) / FORM)
    kept = [one for one in old if one not in ranges] + ([] if off else list(ranges))
    if kept:
        file.document["pinned"] = kept
    else:
        file.document.pop("pinned", None)
    write_text(file.path, tomlkit.dumps(file.document))
    return tuple(kept)


def form_answer(
    cue: Cue, form: CueForm, pinned: tuple[str, ...] = (), remarks: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The form for `--json`."""
    return {
        "cue": cue.number,
        "pinned": list(pinned),
        "remarks": list(remarks),
        "sections": [
            {
                "bar": one.bar,
                "to_bar": one.to,
                "bar_index": one.first_bar,
                "to_bar_index": one.last_bar,
                "quarters": str(one.start.quarters),
                **tell_moment("at", one.at),
                **tell_moment("length", one.seconds),
                **{key: getattr(one, key) for key in (*SECTION_KEYS, "why")},
            }
            for one in form.sections
        ],
        "hits": [
            {
                "hit": one.hit,
                "bar": one.bar,
                "bar_index": one.bar_index,
                "beat": one.beat,
                "quarters": str(one.at.quarters),
                "does": str(one.does),
                "words": one.words,
                "why": one.why,
            }
            for one in form.hits
        ],
    }
