"""Air, bow and lips: how long one breath or bow lasts, and how long a player stands it up high."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from scorestage.music import Articulation, Family
from scorestage.orchestration.breath import REST_SECONDS
from scorestage.orchestration.checking.repairs import give_away, shortened
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.practice import breath_seconds, breathes
from scorestage.orchestration.result import FaultKind, Severity

_WARN, _ERROR = 1.15, 1.4
_SLUR_WARN, _SLUR_ERROR = 1.6, 2.4
_CATCH_SECONDS = 0.3
_DRY_SECONDS = 0.2
_DRY = {Articulation.STACCATO, Articulation.STACCATISSIMO, Articulation.MARCATO}
_CATCHES = 3.0
_LIP_WINDOW_SECONDS = 40.0
_LIP_SECONDS = 26.0
_HIGH_SEMITONES = 2
_LOUD = 1.0
_BOW_F_SECONDS, _BOW_P_SECONDS = 4.0, 10.0
_BOW_TIMES = 2.0
_TESSITURA_SECONDS = 12.0
_VOWELS = frozenset(("a", "ah", "aah", "o", "oh", "oo", "ooh", "u", "mm", "hm"))
_VOWEL = {"soprano": 78, "mezzo-soprano": 76, "alto": 74}


def check_air(inspection: Inspection) -> None:
    """Breath of winds and voices, bows of strings, lips of brass, high places of voices."""
    if inspection.is_section:
        _words(inspection)
        return
    blown = [one for one in inspection.heard if breathes(one.instrument)]
    if blown and inspection.sharing == 1:
        _breaths(inspection, blown)
        if blown[0].instrument.family is Family.BRASS:
            _lips(inspection, blown)
    _words(inspection)
    _bows(inspection)


def _breaths(inspection: Inspection, blown: Sequence[Heard]) -> None:
    """What has no rest, and what has not even a place to catch a breath in.

    Between two notes that are not slurred a player steals a breath from the first, if it is long or
    dry enough; a whole line in stolen breaths is hard, a single slur longer than a breath is not
    to be played.
    """
    tied = _slurred_on(inspection)
    stretch: list[Heard] = []
    group: list[Heard] = []
    for one in blown:
        if stretch and _rested(inspection, stretch[-1], one):
            _judge(inspection, group)
            _judge_whole(inspection, stretch)
            stretch, group = [], []
        elif stretch and _can_catch(inspection, stretch[-1], one, tied):
            _judge(inspection, group)
            group = []
        stretch.append(one)
        group.append(one)
    _judge(inspection, group)
    _judge_whole(inspection, stretch)


def _limit(inspection: Inspection, notes: Sequence[Heard]) -> float:
    """How long a breath lasts at the loudest of some notes."""
    loudest = max(inspection.level(one) for one in notes)
    return breath_seconds(notes[0].instrument, loudest)


def _judge(inspection: Inspection, group: Sequence[Heard]) -> None:
    """Notes between two places to breathe: longer than a breath or not."""
    if not group:
        return
    limit = _limit(inspection, group)
    held = inspection.seconds(group[0].start, group[-1].end)
    warn, error = (_SLUR_WARN, _SLUR_ERROR) if len(group) > 1 else (_WARN, _ERROR)
    if held > limit * warn:
        severity = Severity.ERROR if held > limit * error else Severity.WARNING
        text = f"no breath for {held:.1f} s: one lasts {limit:.0f} s at this dynamic"
        repair = _breathe(inspection, group, limit)
        inspection.tell(FaultKind.BREATH, group[0].start, text, severity, repair)


def _judge_whole(inspection: Inspection, stretch: Sequence[Heard]) -> None:
    """Everything between two rests: breaths stolen three times and more are told."""
    if not stretch:
        return
    limit = _limit(inspection, stretch)
    whole = inspection.seconds(stretch[0].start, stretch[-1].end)
    if whole > limit * _CATCHES:
        text = f"{whole:.0f} s without a rest: breaths can only be stolen from notes"
        repair = _breathe(inspection, stretch, limit)
        inspection.tell(FaultKind.BREATH, stretch[0].start, text, Severity.ADVICE, repair)


def _slurred_on(inspection: Inspection) -> set[Fraction]:
    """Where notes begin that a slur joins to the one after."""
    starts = {one.note.id: one.start for one in inspection.heard}
    found: set[Fraction] = set()
    onsets = sorted({one.start for one in inspection.heard})
    for slur in inspection.slurs:
        low, high = starts.get(slur.first), starts.get(slur.last)
        if low is not None and high is not None and high > low:
            found.update(onsets[bisect_left(onsets, low) : bisect_left(onsets, high)])
    return found


def _rested(inspection: Inspection, before: Heard, after: Heard) -> bool:
    if Articulation.BREATH in before.note.articulations:
        return True
    if Articulation.FERMATA in before.note.articulations:
        return True
    return after.start > before.end and (
        inspection.seconds(before.end, after.start) >= REST_SECONDS
    )


def _can_catch(inspection: Inspection, before: Heard, after: Heard, tied: set[Fraction]) -> bool:
    """Whether a breath can be stolen from `before`: long or dry, and not slurred to the next."""
    if before.start in tied:
        return False
    lasting = inspection.seconds(before.start, after.start)
    if _DRY & set(before.note.articulations):
        return lasting >= _DRY_SECONDS
    return lasting >= _CATCH_SECONDS


def _breathe(inspection: Inspection, notes: Sequence[Heard], limit: float) -> str:
    """Where to breathe: after the longest note that the air still reaches, best before a barline.

    A note that is longer than the air is shared, or taken again at a barline.
    """
    within = [one for one in notes[:-1] if inspection.seconds(notes[0].start, one.end) <= limit]
    if within:
        late = within[len(within) // 2 :]
        best = max(late, key=lambda one: (float(one.note.length.quarters), one.start))
        room = shortened(inspection, best, REST_SECONDS)
        how = f": {room}" if room else " (a breath mark)"
        return f"breathe before {inspection.place(best.end)}{how}"
    long = notes[0]
    bars = range(inspection.timing.bar(long.start) + 1, len(inspection.timing.grid.bars))
    for bar in reversed([one for one in bars if inspection.timing.bar_start(one) < long.end]):
        at = inspection.timing.bar_start(bar)
        if inspection.seconds(long.start, at) <= limit:
            shared = give_away(inspection, long)
            again = f"take the note again at {inspection.place(at)} after a breath"
            return f"{again}, or {shared}" if shared else again
    return give_away(inspection, long) or "let another player take over halfway"


def _bows(inspection: Inspection) -> None:
    """Slurs longer than a bow: for a soloist a reminder, since slurs also mean phrases."""
    first = inspection.line.player.instrument
    if first.family is not Family.STRINGS or not first.open_strings:
        return
    known = {one.note.id: one for one in inspection.heard}
    for slur in inspection.slurs:
        low, high = known.get(slur.first), known.get(slur.last)
        if low is None or high is None:
            continue
        level = max(0.0, min(1.0, (inspection.level(low) + 2) / 3))
        soft, loud = first.bow_p_seconds or _BOW_P_SECONDS, first.bow_f_seconds or _BOW_F_SECONDS
        limit = soft + (loud - soft) * level
        lasting = inspection.seconds(low.start, high.end)
        if lasting > limit * _BOW_TIMES:
            text = f"a slur of {lasting:.1f} s; one bow lasts {limit:.0f} s at this dynamic"
            half = inspection.timing.bar_start(inspection.timing.bar(low.start) + 1)
            repair = f"change the bow at {inspection.place(half)}" if half < high.end else ""
            inspection.tell(FaultKind.BOW, low.start, text, Severity.ADVICE, repair)


def _lips(inspection: Inspection, blown: Sequence[Heard]) -> None:
    """High and loud for longer than lips stand it: seconds of it in any forty."""
    strained: list[tuple[float, float, Heard]] = []
    total = 0.0
    for one in blown:
        easy = one.instrument.comfortable
        if easy is None or not one.keys or inspection.level(one) < _LOUD:
            continue
        if one.keys[-1] < easy.high.midi - _HIGH_SEMITONES:
            continue
        start, end = inspection.timing.at(one.start), inspection.timing.at(one.end)
        strained.append((start, end, one))
        total += end - start
        while strained and strained[0][1] < end - _LIP_WINDOW_SECONDS:
            low, high, _ = strained.pop(0)
            total -= high - low
        if total > _LIP_SECONDS:
            text = f"{total:.0f} of {end - strained[0][0]:.0f} s high and loud: lips do not last"
            given = give_away(inspection, one)
            repair = (
                given or "take some bars an octave lower, or give the player eight bars of rest"
            )
            inspection.tell(FaultKind.ENDURANCE, one.start, text, Severity.WARNING, repair)
            strained, total = [], 0.0


def _words(inspection: Inspection) -> None:
    """Voices: long stretches above what is comfortable, and words where vowels are one."""
    sung = [one for one in inspection.heard if one.instrument.family is Family.VOICE and one.keys]
    high = 0.0
    since: Heard | None = None
    blurred = []
    for one in sung:
        easy = one.instrument.comfortable
        if easy is None:
            continue
        strained = one.keys[-1] > easy.high.midi
        word = one.note.lyric.casefold().strip(" .-_")
        if word and word not in _VOWELS and one.keys[-1] >= _VOWEL.get(one.instrument.id, 128):
            blurred.append(one)
        if not strained:
            high, since = 0.0, None
            continue
        since = since or one
        high += inspection.seconds(one.start, one.end)
        if high > _TESSITURA_SECONDS:
            text = f"{high:.0f} s above {easy.high} on end tires a voice"
            repair = f"take the passage lower, or let it fall below {easy.high} now and then"
            inspection.tell(FaultKind.ENDURANCE, since.start, text, Severity.WARNING, repair)
            high, since = 0.0, None
    if blurred:
        first = blurred[0]
        many = f" ({len(blurred)} syllables in all)" if len(blurred) > 1 else ""
        text = f"words are hardly understood so high ({first.note.sounding[-1]}){many}"
        repair = "vowels like ah there, the words lower, or in another voice too"
        inspection.tell(FaultKind.WORDS, first.start, text, Severity.ADVICE, repair)
