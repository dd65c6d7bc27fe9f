"""When everything of a cue starts and ends: one file start and one length for all its sound."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.production import ClickStyle
from scorestage.sync.strokes import PLAIN, warning_strokes
from scorestage.timebase import Beat, FilmRange, FilmSpan, FilmTime, FrameRate, TempoMap, Timecode

ONE_SECOND = FilmSpan(1)
RING_OUT = FilmSpan(6)
"""After the cut-off: the last sounds and the room."""


@dataclass(frozen=True, slots=True)
class CueTimeline:
    """The moments of a cue that click, sound files and stage film share.

    `first_click` is the first warning click, `downbeat` that of bar 1, `first_sound` where the
    music begins (a pickup lies before the downbeat), `cut_off` the final barline. All sound files
    hold `file`: it starts on a whole second of timecode, at least one second before the first
    warning click, and ends on one after the ring-out.
    """

    first_click: FilmTime
    first_sound: FilmTime
    downbeat: FilmTime
    cut_off: FilmTime
    file: FilmRange

    def length_samples(self, sample_rate_hz: int) -> int:
        """The length of every sound file of the cue."""
        return self.sample_of(self.file.end, sample_rate_hz)

    def sample_of(self, at: FilmTime, sample_rate_hz: int) -> int:
        """The sample of the cue's files that sounds at film time `at`, rounded once."""
        return round((at - self.file.start).seconds * sample_rate_hz)


def cue_timeline(
    tempo_map: TempoMap,
    warning_clicks: int,
    rate: FrameRate,
    start_frames: int = 0,
    ring_out: FilmSpan = RING_OUT,
    style: ClickStyle = PLAIN,
) -> CueTimeline:
    """The timeline of a cue; `start_frames` is the timecode of the picture's first frame.

    Warning clicks are those of `style`; a cue that begins with free bars has none.

    >>> from scorestage.timebase import FRAMES_24
    >>> cue = TempoMap.steady(FilmTime("9.5"), Tempo(120), BarGrid.regular(4, Meter(4, 4)))
    >>> found = cue_timeline(cue, 8, FRAMES_24)
    >>> found.first_click, found.file.start, found.file.end
    (FilmTime('11/2'), FilmTime('4'), FilmTime('24'))
    """
    warning = warning_strokes(tempo_map, warning_clicks, style)
    first_click = warning[0].at if warning else tempo_map.start
    first_sound = tempo_map.time_at(Beat(0) + -tempo_map.grid.pickup)
    earliest = min(first_click, first_sound) - ONE_SECOND
    latest = tempo_map.end + ring_out
    start = whole_second(rate.frame_at(earliest), rate, start_frames, back=True)
    end = whole_second(-(-rate.frames_in(latest - FilmTime(0)) // 1), rate, start_frames)
    return CueTimeline(
        first_click=first_click,
        first_sound=first_sound,
        downbeat=tempo_map.start,
        cut_off=tempo_map.end,
        file=FilmRange(rate.time_of(start), rate.time_of(end)),
    )


def whole_second(frame: int, rate: FrameRate, start_frames: int, back: bool = False) -> int:
    """The nearest frame from `frame` on (or `back`) whose timecode ends in no frames."""
    step = -1 if back else 1
    while not str(Timecode(start_frames + frame, rate)).rstrip("0").endswith((":", ";")):
        frame += step
    return frame
