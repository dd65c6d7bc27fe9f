"""Answers that several verbs give: what a build did, what became of a cue's files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorestage.apps.cli import say

if TYPE_CHECKING:
    from scorestage.workflow.build import BuildOutcome
    from scorestage.workflow.sources import SourceReport


def tell_build(outcome: BuildOutcome, json: bool) -> None:
    """Say what was built and where; ends with status 1 if something could not be made."""
    report = outcome.report
    folder = outcome.job.folder.build
    if json:
        say.as_json(
            {
                "project": str(outcome.job.folder.root),
                "manifest": str(report.manifest),
                "rebuilt": [result.product.name for result in report.rebuilt],
                "kept": [r.product.name for r in report.results if not r.rebuilt],
                "removed": list(report.removed),
                "failures": [{"product": one.name, "why": why} for one, why in report.failures],
                "sources": [source_answer(one) for one in outcome.sources],
            }
        )
    else:
        tell_sources(outcome.sources)
        rebuilt, kept = len(report.rebuilt), len(report.results) - len(report.rebuilt)
        print(f"{rebuilt} products built, {kept} kept, all in {folder}")
        made = (output for result in report.rebuilt for output, _ in result.outputs)
        makers = dict.fromkeys(output.maker for output in made if output.maker)
        if makers:
            print(f"  pages engraved by {', '.join(makers)}")
        for result in report.rebuilt:
            for output, _ in result.outputs:
                if output.remark:
                    print(f"  note: {output.path}: {output.remark}")
        for path in report.removed:
            print(f"  removed: {path}")
        page = folder / "report.html"
        if page.exists():
            print(f"open {page}")
        review = folder / "film" / "review.mp4"
        if review.exists():
            print(f"  film with music: {review}")
    failed = [one for one in outcome.sources if one.exit_status]
    for one in failed:
        for words in one.remarks:
            say.fault(words)
    for product, why in report.failures:
        say.fault(f"{product.name}: {why}")
    statuses = [one.exit_status for one in failed] + [1 for _ in report.failures]
    if statuses:
        raise SystemExit(max(statuses))


def tell_sources(sources: tuple[SourceReport, ...]) -> None:
    """Say which maps, sketches and scores were made, and what to know about them."""
    for one in sources:
        if str(one.state) == "kept":
            for remark in one.remarks:
                print(f"{one.cue}: {remark}")
        if str(one.state) in ("kept", "failed"):
            continue
        print(f"{one.cue}: {one.file} {'is yours, kept' if one.state == 'by hand' else 'made'}")
        for remark in one.remarks:
            print(f"  note: {remark}")


def source_answer(one: SourceReport) -> dict[str, Any]:
    """What became of one file of a cue."""
    return {
        "cue": one.cue,
        "file": one.file,
        "state": str(one.state),
        "remarks": list(one.remarks),
        "kept_bars": [
            {
                "player": kept.player,
                "name": kept.name,
                "bars": list(kept.bars),
                "bar_indices": list(kept.bar_indices),
            }
            for kept in one.kept
        ],
    }
