"""The job at hand: a project folder with what is in it, and the catalogue it draws on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.store import ProjectFolder, writing
from scorestage.adapters.store.relabelling import as_made, relabel_map, sign_again
from scorestage.errors import InputError
from scorestage.production import Cue, CueStatus, PictureVersion, Production, ReelClock
from scorestage.timebase import FilmClock
from scorestage.workflow.music_versions import as_they_stand


@dataclass(frozen=True, slots=True)
class Job:
    """A project as it was read; changing it means saving and reading again."""

    folder: ProjectFolder
    production: Production

    @classmethod
    def open(cls, project: Path | None = None) -> Job:
        """The project named, or the nearest one at or above the current folder."""
        return cls.of(ProjectFolder.find(project if project is not None else Path.cwd()))

    @classmethod
    def of(cls, folder: ProjectFolder) -> Job:
        """The project in a folder as it stands."""
        return cls(folder, as_they_stand(folder, folder.read()))

    @property
    def clock(self) -> FilmClock:
        """How times are labelled."""
        return self.folder.clock(self.production)

    @property
    def reel_clock(self) -> ReelClock:
        """How times are labelled on paper: as they are burned into the reels."""
        return ReelClock(self.clock, self.production.reels)

    @property
    def libraries(self) -> tuple[Path, ...]:
        """Where instruments, ensembles, styles and houses are looked for before the package's."""
        return self.folder.user_library, user_library()

    def cue(self, name: str) -> Cue:
        """The cue with this number or id; `InputError` names what there is."""
        try:
            return self.production.cue(name)
        except KeyError:
            known = ", ".join(cue.number for cue in self.production.cues) or "none yet"
            raise InputError(f"there is no cue {name!r}", do=f"cues: {known}") from None

    def cues(self, names: tuple[str, ...] = ()) -> tuple[Cue, ...]:
        """The cues named, or all that are not omitted."""
        if names:
            return tuple(self.cue(name) for name in names)
        living = (cue for cue in self.production.cues if cue.status is not CueStatus.OMITTED)
        return tuple(living)

    def picture(self) -> PictureVersion:
        """The picture version in force; `InputError` for a production that has none."""
        version = self.production.current_picture
        if version is None:
            raise InputError(
                "this production has no picture yet", do="add one: scorestage picture add FILM"
            )
        return version

    def film(self) -> Path:
        """The film in force; `InputError` where the file has gone."""
        path = self.folder.media(self.picture())
        if not path.is_file():
            raise InputError(
                f"the film {path} is not there any more",
                do=f"put it back, or mend 'media' in pictures/{self.picture().id}.toml",
            )
        return path

    def save(self, production: Production) -> Job:
        """Write what differs; gives the job as it now is.

        Where another picture with another start timecode is in force, times of the film stay and
        labels change, in the cues' maps too.
        """
        old, new = self.clock, self.folder.clock(production)
        with writing(self.folder.root):
            if old == new or old.rate != new.rate:
                self.folder.save(production)
            else:
                _save_relabelled(self, production, new)
        return Job.of(self.folder)

    def save_cue(self, cue: Cue) -> Job:
        """Write one cue; gives the job as it now is."""
        with writing(self.folder.root):
            self.folder.save_cue(cue, self.clock)
        return Job.of(self.folder)


def _save_relabelled(job: Job, production: Production, new: FilmClock) -> None:
    """Save under another clock; what nobody touched is still as it was made."""
    same = [cue for cue in production.cues if cue in job.production.cues]
    untouched = as_made(job.folder.cue_folder(cue.id) for cue in same)
    job.folder.save(production)
    for cue in production.cues:
        path = job.folder.cue_folder(cue.id) / "map.toml"
        if path.exists():
            relabel_map(path, job.clock, new)
    sign_again(untouched)


def user_library() -> Path:
    """The person's own library, beside all projects: `SCORESTAGE_LIBRARY` or a folder at home."""
    named = os.environ.get("SCORESTAGE_LIBRARY")
    return Path(named) if named else Path.home() / ".scorestage"


def relative_to_project(path: Path, root: Path) -> str:
    """How a file is named in the project: relative where that is possible."""
    try:
        return Path(os.path.relpath(path.resolve(), root.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()
