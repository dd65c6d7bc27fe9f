"""The music of a cue as it is played back on the set."""

from __future__ import annotations

from scorestage.errors import InputError, Where
from scorestage.production import Cue
from scorestage.workflow.compose import map_of
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import read_cue_score
from scorestage.workflow.song_playback import PlaybackMusic, without_line


def cue_music(job: Job, cue: Cue, *, voice: bool = True) -> PlaybackMusic:
    """The music of a cue where it stands in the film; a source cue is cut off at its out."""
    score = read_cue_score(job, cue)
    sung = [line for line in score.lines if any(note.lyric for note in line.notes)]
    if not voice and not sung:
        raise InputError("nobody sings in it", Where(cue=cue.number))
    for line in sung if not voice else ():
        score = without_line(score, line.player.id)
    tempo_map = map_of(job, cue)
    cut = cue.end if cue.is_source else None
    title = f"{cue.number} {cue.title}".strip()
    return PlaybackMusic(score, tempo_map, title, f"{cue.layer} cue, music {cue.version}", cut)
