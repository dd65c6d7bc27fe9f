"""A re-cut told: in words as an editor would say it, as tables, as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from scorestage.conform.recutting import (
    Conflict,
    Landed,
    Obstacle,
    Placed,
    Recut,
    Shot,
    ShotChange,
)
from scorestage.paperwork import Column, Table
from scorestage.workflow.recut import Recutting
from scorestage.workflow.tell import tell_exact, tell_moment

_HALF = Fraction(1, 2)


def frames_words(count: int) -> str:
    """A count of frames as one says it.

    >>> frames_words(1), frames_words(-3)
    ('1 frame', '3 frames')
    """
    return f"{abs(count)} frame{'' if abs(count) == 1 else 's'}"


def change_words(shot: Shot, change: ShotChange) -> str:
    """What is done to a shot, as an editor would write it.

    >>> shot = Shot(7, "A", 0, 100)
    >>> change_words(shot, ShotChange(0, head_frames=5, tail_frames=-3))
    '5 frames off the head, 3 frames off the tail'
    >>> change_words(shot, ShotChange(0, head_frames=4, tail_frames=4))
    'slipped: it begins and ends 4 frames later in its source'
    >>> change_words(shot, ShotChange(0, stretched_frames=2))
    'runs at 98.04 %: 2 frames longer'
    """
    if change.dropped:
        return "taken out"
    if change.stretched_frames:
        percent = float(Fraction(shot.frames, shot.frames + change.stretched_frames) * 100)
        side = "longer" if change.stretched_frames > 0 else "shorter"
        return f"runs at {percent:.2f} %: {frames_words(change.stretched_frames)} {side}"
    return ", ".join(_edge_words(change))


def _edge_words(change: ShotChange) -> Iterator[str]:
    head, tail = change.head_frames, change.tail_frames - change.held_frames
    if head and head == tail:
        side = "later" if head > 0 else "earlier"
        yield f"slipped: it begins and ends {frames_words(head)} {side} in its source"
        head = tail = 0
    if head:
        yield f"{frames_words(head)} {'off' if head > 0 else 'onto'} the head"
    if tail:
        yield f"{frames_words(tail)} {'off' if tail < 0 else 'onto'} the tail"
    if change.held_frames:
        yield f"its last frame held for {frames_words(change.held_frames)}"


def off_words(off: Fraction | None) -> str:
    """How far the picture is off the music.

    >>> off_words(Fraction(-5)), off_words(Fraction(1, 3)), off_words(Fraction(7, 2))
    ('5.0 late', 'on it', '3.5 early')
    """
    if off is None:
        return "–"
    if abs(off) <= _HALF:
        return "on it"
    return f"{abs(float(off)):.1f} {'late' if off < 0 else 'early'}"


def way_words(found: Recutting, way: Recut) -> str:
    """A way in one line: what it touches, how much longer the film gets, what lands."""
    touched = [one for one in way.changes if not one.is_nothing]
    later = length_change(found, way)
    length = "as long as before" if not later else (
        f"{frames_words(later)} {'longer' if later > 0 else 'shorter'}"
    )  # fmt: skip
    on = sum(one.is_met for one in way.landed)
    before = sum(one.is_met for one in found.before.landed)
    shots = f"{len(touched)} shot{'' if len(touched) == 1 else 's'} touched"
    return f"{shots}, {length}; {on} of {len(way.landed)} land (before: {before})"


def length_change(found: Recutting, way: Recut) -> int:
    """How many frames longer the film gets."""
    return way.frames - (found.task.shots[-1].last - found.task.shots[0].first)


def why_words(found: Recutting, way: Recut, change: ShotChange) -> str:
    """What a change is for: the next thing after it that lands by it."""
    for one in sorted(way.landed, key=lambda each: (each.place.shot, each.place.frame is None)):
        after = one.place.shot > change.shot or (
            one.place.shot == change.shot and (one.place.frame is not None or change.dropped)
        )
        moved = one.after_frame != one.before_frame or one.place.shot > change.shot
        if after and one.is_met and moved and one.target is not None:
            words = f"{one.place.words} falls on {one.target.words}"
            return f"{words} (was {off_words(before_off(found, one))})"
    return "keeps the length" if found.task.keep_end or not length_change(found, way) else ""


def before_off(found: Recutting, one: Landed) -> Fraction | None:
    """How far off it was in the edit as it stands: of what was asked for, or of the nearest."""
    held = (two for two in found.before.landed if two.place == one.place)
    before = next(held, None)
    return None if before is None else before.after_off_frames


def conflict_words(one: Conflict) -> str:
    """Why a landing cannot be had."""
    side = "too early" if one.short_frames < 0 else "too late"
    target = one.aim.targets[0]
    words = f"{one.aim.place.words} cannot fall on {target.words}: at best it lies "
    words += f"{frames_words(one.short_frames)} {side}"
    if one.against is not None:
        words += f", with {one.against.place.words} on {one.against.targets[0].words}"
    return words


def obstacle_words(one: Obstacle) -> str:
    """Why a cut that was only proposed does not land, in one line."""
    landed, target = one.landed, one.target
    words = f"{landed.place.words} stays off {target.words}"
    lies = landed.after_frame
    if lies is not None:
        side = "early" if lies < target.frame else "late"
        words += f" ({frames_words(lies - target.frame)} {side})"
    if one.points is not None:
        return f"{words}: it can be had, but costs {one.points:.1f} points more than it is worth"
    if one.against:
        words += f": not together with {one.against[0]}"
    elif one.reasons:
        words += f": {'; '.join(one.reasons)}"
    else:
        words += ": not together with all the others that land"
    return words + (f"; {' or '.join(one.helps)} would do" if one.helps else "")


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def change_table(found: Recutting, way: Recut) -> Table:
    """The change list for the editor: every shot that is touched, old and new timecode."""
    columns = (
        Column("Shot", 5, right=True),
        Column("Clip", 16),
        Column("Old in", 11),
        Column("Old out", 11),
        Column("New in", 11),
        Column("New out", 11),
        Column("Head", 5, right=True),
        Column("Tail", 5, right=True),
        Column("Speed", 6, right=True),
        Column("Do", 24),
        Column("So that", 24),
    )
    placed = {one.change.shot: one for one in way.placed}
    rows = tuple(
        _change_row(found, way, change, placed.get(change.shot))
        for change in way.changes
        if not change.is_nothing
    )
    return Table(
        "Picture changes to the music",
        columns,
        rows,
        _facts(found, way),
        legend=(
            "Head and tail: frames off (−) or onto (+) that edge; outs are exclusive.",
            "Everything after the last change slides with it.",
        ),
    )


def _change_row(
    found: Recutting, way: Recut, change: ShotChange, placed: Placed | None
) -> tuple[str, ...]:
    shot = found.task.shots[change.shot]
    label = found.picture.label
    new = ("–", "–") if placed is None else (label(placed.first), label(placed.last))
    speed = ""
    if change.stretched_frames:
        speed = f"{float(Fraction(shot.frames * 100, shot.frames + change.stretched_frames)):.2f} %"
    return (
        str(shot.number),
        shot.name,
        label(shot.first),
        label(shot.last),
        *new,
        f"{-change.head_frames:+d}" if change.head_frames else "",
        f"{change.tail_frames:+d}" if change.tail_frames else "",
        speed,
        change_words(shot, change),
        why_words(found, way, change),
    )


def landing_table(found: Recutting, way: Recut) -> Table:
    """What was to land, before and after."""
    columns = (
        Column("Picture", 22),
        Column("Music", 14),
        Column("Old", 11),
        Column("New", 11),
        Column("Before, frames", 9, right=True),
        Column("After, frames", 9, right=True),
    )
    rows = tuple(_landing_row(found, one) for one in way.landed)
    strong = frozenset(index for index, one in enumerate(way.landed) if one.is_met)
    legend = (
        "Frames: music − picture, negative where the music comes first. Bold: lands.",
        "Before: off the place asked for; of what was only proposed, off the nearest one then.",
    )
    return Table("Landings", columns, rows, strong=strong, legend=legend)


def _landing_row(found: Recutting, one: Landed) -> tuple[str, ...]:
    label = found.picture.label
    before, after = before_off(found, one), one.after_off_frames
    return (
        one.place.words,
        one.target.words if one.target is not None else "",
        label(one.before_frame),
        "–" if one.after_frame is None else label(one.after_frame),
        "" if before is None else f"{float(before):+.2f}",
        "" if after is None else f"{float(after):+.2f}",
    )


def _facts(found: Recutting, way: Recut) -> tuple[tuple[str, str], ...]:
    later = length_change(found, way)
    return (
        ("music", found.music.name),
        ("edit", found.picture.cut.title),
        ("way", f"{way.name}: {way_words(found, way)}"),
        ("length", f"{later:+d} frames"),
    )


# ── as an answer ────────────────────────────────────────────────────────────────────────────────


def tell_recutting(found: Recutting, chosen: int) -> dict[str, Any]:
    """The whole answer."""
    return {
        "music": found.music.name,
        "rate": found.picture.rate.name,
        "shots": [_tell_shot(found, one) for one in found.task.shots],
        "ways": [_tell_way(found, one) for one in found.ways],
        "chosen": chosen if found.ways else None,
        "stays_off": _tell_obstacles(found, chosen) if found.ways else [],
        "conflicts": [
            {
                "what": one.aim.place.words,
                "where": one.aim.targets[0].words,
                "off_frames": one.short_frames,
                "against": None if one.against is None else one.against.place.words,
                "words": conflict_words(one),
                "reasons": list(one.reasons),
            }
            for one in found.conflicts
        ],
        "notes": list(found.told),
    }


def _tell_obstacles(found: Recutting, chosen: int) -> list[dict[str, Any]]:
    """Of the way chosen: what was proposed and does not land, and why."""
    return [
        {
            "what": one.landed.place.words,
            "on": one.target.words,
            "frame": one.landed.after_frame,
            "wanted_frame": one.target.frame,
            "points_more": one.points,
            "against": list(one.against),
            "reasons": list(one.reasons),
            "would_help": list(one.helps),
            "words": obstacle_words(one),
        }
        for one in found.obstacles(chosen)
    ]


def _tell_shot(found: Recutting, shot: Shot) -> dict[str, Any]:
    return {
        "shot": shot.number,
        "name": shot.name,
        "in_frames": shot.first,
        "out_frames": shot.last,
        "in": found.picture.label(shot.first),
        "out": found.picture.label(shot.last),
        "head_handle_frames": shot.head_frames,
        "tail_handle_frames": shot.tail_frames,
        "dialogue": [{"in_frames": a, "out_frames": b} for a, b in shot.spoken],
        "dialogue_over_its_cut": shot.linked,
    }


def _tell_way(found: Recutting, way: Recut) -> dict[str, Any]:
    return {
        "name": way.name,
        **tell_exact("points", way.points),
        "words": way_words(found, way),
        "length_change_frames": length_change(found, way),
        "order": [found.task.shots[one].number for one in way.order],
        "changes": [_tell_change(found, way, one) for one in way.changes if not one.is_nothing],
        "landings": [_tell_landing(found, one) for one in way.landed],
    }


def _tell_change(found: Recutting, way: Recut, change: ShotChange) -> dict[str, Any]:
    shot = found.task.shots[change.shot]
    placed = next((one for one in way.placed if one.change is change), None)
    speed = Fraction(shot.frames, shot.frames + change.stretched_frames)
    return {
        "shot": shot.number,
        "name": shot.name,
        "old_in_frames": shot.first,
        "old_out_frames": shot.last,
        "new_in_frames": None if placed is None else placed.first,
        "new_out_frames": None if placed is None else placed.last,
        "head_frames": -change.head_frames,
        "tail_frames": change.tail_frames,
        "held_frames": change.held_frames,
        **tell_exact("speed", speed),
        "dropped": change.dropped,
        "words": change_words(shot, change),
        "why": why_words(found, way, change),
    }


def _tell_landing(found: Recutting, one: Landed) -> dict[str, Any]:
    before, after = before_off(found, one), one.after_off_frames
    picture = found.picture
    return {
        "what": one.place.words,
        "on": None if one.target is None else one.target.words,
        "asked_for": one.must,
        "met": one.is_met,
        "before_frame": one.before_frame,
        "after_frame": one.after_frame,
        **tell_moment("after_at", None if one.after_frame is None else picture.at(one.after_frame)),
        **(tell_exact("off_frames_before", before) if before is not None else {}),
        **(tell_exact("off_frames", after) if after is not None else {}),
    }
