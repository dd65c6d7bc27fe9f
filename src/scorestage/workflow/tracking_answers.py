"""What `track` answers: the earlier cues that would serve, and the ways to fit one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scorestage.workflow.tell import tell_exact
from scorestage.workflow.tracking import Candidate, Tracked, is_met


def tell_candidates(found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """The candidates, the best first."""
    return [
        {
            "number": number,
            "film": one.earlier.film,
            "cue": one.earlier.number,
            "title": one.earlier.title,
            "music": one.earlier.file,
            "serves": one.serves.share,
            "by": dict(one.serves.shares),
            "reasons": list(one.serves.reasons),
        }
        for number, one in enumerate(found, start=1)
    ]


def tell_ways(tracked: Tracked) -> list[dict[str, Any]]:
    """The ways to fit one."""
    return [
        {
            "way": number,
            "name": one.name,
            "why": one.why,
            **tell_exact("points", one.points),
            "bars": len(one.tempo_map.grid.bars),
            "edits": [edit.words for edit in one.edits],
            "largest_step_percent": float(one.largest_step_percent),
            "hits": [
                {
                    "id": hit.hit.id,
                    "words": hit.hit.words,
                    "met": is_met(hit),
                    **tell_exact("off_frames", hit.off_frames),
                    "bar": str(hit.position.label),
                    "bar_index": hit.position.bar_index,
                    "beat": str(hit.position.beat),
                }
                for hit in landed
            ],
        }
        for number, (one, landed) in enumerate(
            zip(tracked.ways, tracked.landed, strict=True), start=1
        )
    ]
