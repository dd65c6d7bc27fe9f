"""The project folder: a film job as text that people read, edit and keep in git."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomlkit

from scorestage.adapters.store.atomic import write_text
from scorestage.adapters.store.map_file import map_text, read_map, read_missed
from scorestage.adapters.store.shapes import (
    BRIEF,
    CREDIT,
    LICENCE,
    NOTE,
    PERSON,
    PRODUCTION,
    SCHEMA,
    TASK,
    cue_shape,
    hit_shape,
    picture_shape,
    reel_shape,
    scene_shape,
)
from scorestage.adapters.store.together import finish_changes
from scorestage.adapters.store.toml_file import TomlFile, tables, write_tables
from scorestage.errors import ProjectError, ScorestageError, Where
from scorestage.production import (
    Brief,
    Credit,
    Cue,
    Hit,
    Licence,
    Note,
    Person,
    PictureVersion,
    Production,
    Reel,
    Scene,
    Task,
    in_film_order,
)
from scorestage.timebase import FilmClock, TempoMap

MARKER = "production.toml"
SCENES = "scenes.toml"
LICENCES = "licences.toml"
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """A project on disk; every read is fresh, every write is whole."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> ProjectFolder:
        """The nearest project at or above `start`."""
        start = start.resolve()
        if not start.is_dir():
            raise ProjectError("there is no such folder", Where(file=start))
        for folder in (start, *start.parents):
            if (folder / MARKER).is_file():
                finish_changes(folder)
                return cls(folder)
        raise ProjectError(
            f"no project here: neither {start} nor a folder above it holds {MARKER}",
            do="make one with `scorestage new DIR`, or name one with --project DIR",
        )

    @classmethod
    def create(cls, root: Path, production: Production) -> ProjectFolder:
        """A new project in an empty or missing folder."""
        if (root / MARKER).exists():
            raise ProjectError(
                "there is a project already", Where(file=root), "name another folder"
            )
        if root.exists() and not root.is_dir():
            raise ProjectError("there is a file of that name", Where(file=root))
        folder = cls(root.resolve())
        for name in ("pictures", "themes", "cues", "takes"):
            (root / name).mkdir(parents=True, exist_ok=True)
        ignore = root / ".gitignore"
        if not ignore.exists():
            write_text(ignore, "build/\nundo/\n.stage/\n.scorestage.lock\n.scorestage-user/\n")
        folder.save(production)
        return folder

    # ── where things are ────────────────────────────────────────────────────────────────────

    @property
    def build(self) -> Path:
        """The folder of all that can be made again."""
        return self.root / "build"

    @property
    def user_library(self) -> Path:
        """Own instruments, ensembles, styles and houses of this project."""
        return self.root / "library"

    def cue_folder(self, cue_id: str) -> Path:
        """Where a cue's files lie."""
        return self.root / "cues" / _safe(cue_id)

    def theme_file(self, theme_id: str, suffix: str) -> Path:
        """`themes/<id>.toml` or `themes/<id>.musicxml`."""
        return self.root / "themes" / f"{_safe(theme_id)}{suffix}"

    def media(self, version: PictureVersion) -> Path:
        """The film of a picture version; a relative path starts at the project."""
        return (self.root / version.media).resolve()

    def clock(self, production: Production) -> FilmClock:
        """How times are labelled in this production's files."""
        picture = production.current_picture
        return FilmClock(production.rate, picture.start_frames if picture else 0)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def read(self) -> Production:
        """The whole production; `ProjectError` names file and line of a fault."""
        main = TomlFile.read(self.root / MARKER)
        _check_schema(main)
        values = PRODUCTION.read(main, main.document)
        reels = _read_all(main, "reel", reel_shape(values["rate"]), Reel)
        people_file = TomlFile.read_or_new(self.root / "people.toml")
        licences_file = TomlFile.read_or_new(self.root / LICENCES)
        brief_file = TomlFile.read_or_new(self.root / "brief.toml")
        brief = Brief(
            **BRIEF.read(brief_file, brief_file.document),
            notes=tuple(_read_all(brief_file, "note", NOTE, Note)),
        )
        production = Production(
            **values,
            reels=tuple(reels),
            pictures=self._read_pictures(),
            people=tuple(_read_all(people_file, "person", PERSON, Person)),
            credits=tuple(_read_all(people_file, "credit", CREDIT, Credit)),
            tasks=tuple(_read_all(people_file, "task", TASK, Task)),
            licences=tuple(_read_all(licences_file, "licence", LICENCE, Licence)),
            brief=brief,
        )
        if production.picture and production.current_picture is None:
            raise ProjectError(
                f"there is no picture version {production.picture!r}",
                Where(file=main.path, line=main.line_of("", 0, "picture")),
                f"known: {', '.join(one.id for one in production.pictures) or 'none'}",
            )
        clock = self.clock(production)
        scenes_file = TomlFile.read_or_new(self.root / SCENES)
        scenes = tuple(_read_all(scenes_file, "scene", scene_shape(clock), Scene))
        return replace(production, scenes=scenes, cues=self._read_cues(clock))

    def _read_pictures(self) -> tuple[PictureVersion, ...]:
        found = []
        for path in sorted((self.root / "pictures").glob("*.toml")):
            file = TomlFile.read(path)
            values = picture_shape().read(file, file.document)
            found.append(PictureVersion(id=path.stem, **values))
        return tuple(found)

    def _read_cues(self, clock: FilmClock) -> tuple[Cue, ...]:
        found: list[Cue] = []
        numbers: dict[str, Path] = {}
        for path in sorted((self.root / "cues").glob("*/cue.toml")):
            cue = self.read_cue(path, clock, path.parent.name)
            if cue.number in numbers:
                raise ProjectError(
                    f"cue number {cue.number} is used twice",
                    Where(file=path),
                    f"the other one is {numbers[cue.number]}",
                )
            numbers[cue.number] = path
            found.append(cue)
        return in_film_order(tuple(found))

    def read_cue(self, path: Path, clock: FilmClock, name: str) -> Cue:
        """The cue of a `cue.toml` with the hits beside it, in force or kept; `name` is its id."""
        file = TomlFile.read(path)
        values = cue_shape(clock).read(file, file.document)
        if values["id"] != name:
            raise ProjectError(
                f"the cue's id {values['id']!r} is not the name of its folder",
                Where(file=path, line=file.line_of("", 0, "id")),
                f"write id = {name!r}",
            )
        hits_file = TomlFile.read_or_new(path.parent / "hits.toml")
        hits = _read_all(hits_file, "hit", hit_shape(clock), Hit)
        try:
            return Cue(**values, hits=tuple(hits))
        except ScorestageError as fault:
            line = file.line_of("", 0, "end") or file.line_of("", 0, "start")
            where = Where(file=path, line=line, cue=values["number"])
            raise ProjectError(fault.what, where, fault.do) from None

    def map(self, cue_id: str, clock: FilmClock) -> TempoMap | None:
        """A cue's tempo map; None where none has been fitted."""
        path = self.cue_folder(cue_id) / "map.toml"
        return read_map(path, clock) if path.exists() else None

    # ── writing ─────────────────────────────────────────────────────────────────────────────

    def save(self, production: Production) -> None:
        """Write every file that differs from `production`; cues that are gone are not deleted."""
        main = TomlFile.read_or_new(self.root / MARKER)
        _put_schema(main)
        PRODUCTION.write(main.document, production)
        write_tables(main, "reel", reel_shape(production.rate), production.reels, "number")
        main.write()
        people = TomlFile.read_or_new(self.root / "people.toml")
        write_tables(people, "person", PERSON, production.people)
        write_tables(people, "credit", CREDIT, production.credits, "person")
        write_tables(people, "task", TASK, production.tasks)
        people.write()
        licences = TomlFile.read_or_new(self.root / LICENCES)
        write_tables(licences, "licence", LICENCE, production.licences, "cue")
        if production.licences or licences.path.exists():
            licences.write()
        brief = TomlFile.read_or_new(self.root / "brief.toml")
        BRIEF.write(brief.document, production.brief)
        write_tables(brief, "note", NOTE, production.brief.notes, "text")
        brief.write()
        for version in production.pictures:
            file = TomlFile.read_or_new(self.root / "pictures" / f"{_safe(version.id)}.toml")
            _put_schema(file)
            picture_shape().write(file.document, version)
            file.write()
        clock = self.clock(production)
        scenes = TomlFile.read_or_new(self.root / SCENES)
        write_tables(scenes, "scene", scene_shape(clock), production.scenes)
        if production.scenes or scenes.path.exists():
            scenes.write()
        for cue in production.cues:
            self.save_cue(cue, clock)

    def save_cue(self, cue: Cue, clock: FilmClock) -> None:
        """Write one cue and its hits."""
        folder = self.cue_folder(cue.id)
        hits = TomlFile.read_or_new(folder / "hits.toml")
        write_tables(hits, "hit", hit_shape(clock), cue.hits)
        if cue.hits or hits.path.exists():
            hits.write()
        file = TomlFile.read_or_new(folder / "cue.toml")
        _put_schema(file)
        cue_shape(clock).write(file.document, cue)
        file.write()

    def missed_by_map(self, cue_id: str) -> frozenset[str]:
        """Ids of the hits that a cue's map was known to miss when it was made."""
        path = self.cue_folder(cue_id) / "map.toml"
        return frozenset(read_missed(path)) if path.exists() else frozenset()

    def map_text(
        self, tempo_map: TempoMap, clock: FilmClock, comment: str, missed: tuple[str, ...] = ()
    ) -> str:
        """What `map.toml` is to hold."""
        return map_text(tempo_map, clock, comment, missed)

    def new_cue_id(self) -> str:
        """An id no cue has or had: folders of omitted cues stay."""
        taken = {path.name for path in (self.root / "cues").glob("*")}
        number = 1
        while f"cue{number:03}" in taken:
            number += 1
        return f"cue{number:03}"


def _read_all(file: TomlFile, name: str, shape: Any, kind: type[Any]) -> list[Any]:
    found = []
    for index, table in enumerate(tables(file, name)):
        values = shape.read(file, table, name, index)
        try:
            found.append(kind(**values))
        except ScorestageError as fault:
            where = Where(file=file.path, line=file.line_of(name, index, ""))
            raise ProjectError(fault.what, where, fault.do) from None
    if found and "id" in {field.name for field in fields(kind)}:
        _refuse_twins(file, name, [one.id for one in found])
    return found


def _refuse_twins(file: TomlFile, name: str, ids: list[str]) -> None:
    for index, one in enumerate(ids):
        if one in ids[:index]:
            where = Where(file=file.path, line=file.line_of(name, index, "id"))
            raise ProjectError(f"the id {one!r} is used twice", where, "give it another id")


def _check_schema(file: TomlFile) -> None:
    schema = file.document.get("schema")
    if schema is None or int(schema) > SCHEMA:
        raise ProjectError(
            f"schema {schema} is not known to this scorestage (it writes {SCHEMA})",
            Where(file=file.path, line=file.line_of("", 0, "schema")),
            "upgrade scorestage" if schema else f"write schema = {SCHEMA} at the top",
        )


def _put_schema(file: TomlFile) -> None:
    if "schema" not in file.document:
        file.document.add("schema", tomlkit.item(SCHEMA))


def _safe(name: str) -> str:
    if not _SAFE_ID.fullmatch(name):
        raise ProjectError(
            f"{name!r} cannot be an id: letters, digits, dot, dash and underscore only"
        )
    return name
