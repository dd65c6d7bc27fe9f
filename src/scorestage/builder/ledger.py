"""What has been built before: one small record per product, written when it is finished."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

from scorestage.adapters.store import sha256_of, write_text
from scorestage.builder.product import Output, Product, Result

_FORMAT = 2
_OUTPUT_FIELDS = ("path", "kind", "player", "remark")


def kept_result(product: Product, build_folder: Path) -> Result | None:
    """The result of an earlier build, if its inputs are the same and its files are untouched."""
    record_path = _record_path(product, build_folder)
    try:
        record = json.loads(record_path.read_text(encoding="utf-8"))
        if record["format"] != _FORMAT or record["inputs"] != product.inputs:
            return None
        outputs = []
        for entry in record["outputs"]:
            path = build_folder / entry["path"]
            stat = path.stat()
            if stat.st_size != entry["bytes"] or (
                stat.st_mtime_ns != entry["modified_ns"] and sha256_of(path) != entry["sha256"]
            ):
                return None
            made = Output(
                **{key: str(entry[key]) for key in _OUTPUT_FIELDS},
                maker=str(entry.get("maker", "")),
            )
            outputs.append((made, entry["sha256"]))
        return Result(product, tuple(outputs), float(record["seconds"]), rebuilt=False)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def record(result: Result, build_folder: Path) -> None:
    """Remember a finished product; files that only its earlier make left are removed."""
    entries = []
    for output, sha256 in result.outputs:
        stat = (build_folder / output.path).stat()
        entries.append(
            asdict(output)
            | {"sha256": sha256, "bytes": stat.st_size, "modified_ns": stat.st_mtime_ns}
        )
    content = {
        "format": _FORMAT,
        "name": result.product.name,
        "inputs": result.product.inputs,
        "seconds": result.seconds,
        "outputs": entries,
    }
    path = _record_path(result.product, build_folder)
    for stale in _recorded_paths(path) - {output.path for output, _ in result.outputs}:
        (build_folder / stale).unlink(missing_ok=True)
    write_text(path, json.dumps(content, indent=1) + "\n")


def last_make(product: Product, build_folder: Path) -> tuple[float, tuple[str, ...]] | None:
    """How long a product's last make took, in seconds, and the files it left; None: never made."""
    try:
        known = json.loads(_record_path(product, build_folder).read_text(encoding="utf-8"))
        return float(known["seconds"]), tuple(entry["path"] for entry in known["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _recorded_paths(record_path: Path) -> set[str]:
    try:
        entries = json.loads(record_path.read_text(encoding="utf-8"))["outputs"]
        return {entry["path"] for entry in entries}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def forget_others(products: tuple[Product, ...], build_folder: Path) -> tuple[str, ...]:
    """Remove the files of products that are no more (a cue was omitted); returns their paths."""
    living = {_record_path(product, build_folder).name for product in products}
    known = {
        output
        for product in products
        if (kept := kept_result(product, build_folder)) is not None
        for output in (one.path for one, _ in kept.outputs)
    }
    removed = []
    for path in sorted((build_folder / ".ledger").glob("*.json")):
        if path.name in living:
            continue
        for stale in sorted(_recorded_paths(path) - known):
            (build_folder / stale).unlink(missing_ok=True)
            removed.append(stale)
        path.unlink(missing_ok=True)
    return tuple(removed)


def write_manifest(results: tuple[Result, ...], build_folder: Path, production: str) -> Path:
    """`manifest.json`: every deliverable, what it was made from, and what this build did."""
    products = [
        {
            "cue": result.product.cue,
            "music_version": result.product.music_version,
            "picture_version": result.product.picture_version,
            "player": output.player,
            "kind": output.kind,
            "path": output.path,
            "sha256": sha256,
            "inputs_sha256": result.product.inputs,
            "remark": output.remark,
            "maker": output.maker,
            "seconds": round(result.seconds, 3),
            "state": "rebuilt" if result.rebuilt else "kept",
        }
        for result in results
        for output, sha256 in result.outputs
    ]
    content = {
        "schema": 1,
        "production": production,
        "built_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "rebuilt": sum(result.rebuilt for result in results),
        "kept": sum(not result.rebuilt for result in results),
        "products": products,
    }
    path = build_folder / "manifest.json"
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return path


def _record_path(product: Product, build_folder: Path) -> Path:
    name = product.name.replace("/", "~")
    return build_folder / ".ledger" / f"{name}.json"
