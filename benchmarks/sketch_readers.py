"""Whether other programs read the sketches that we hand out, note for note.

Run: `uv run python -m benchmarks.sketch_readers FILE... --peers PYTHON [--node FOLDER]`. FILEs are
sketches written by `export --sketch`. Verovio reads them here; `--peers` names a Python that has
music21 and partitura, `--node` a folder with the npm package webmscore (MuseScore's own reader).
Counted are heads, measures, words over the staves and chord symbols.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

import verovio

from scorestage.adapters.formats.musicxml import read_score

_PEERS = """
import json, sys, warnings
warnings.simplefilter("ignore")
from music21 import converter, harmony, expressions
import partitura
told = {}
for path in sys.argv[1:]:
    score = converter.parse(path)
    flat = score.flatten()
    heads = sum(
        len(note.pitches) for note in flat.notes
        if not isinstance(note, harmony.ChordSymbol)
        and (note.tie is None or note.tie.type == "start")
    )
    words = [one.content for one in flat.getElementsByClass(expressions.TextExpression)]
    bars = len(score.parts[0].getElementsByClass("Measure"))
    chords = len(flat.getElementsByClass(harmony.ChordSymbol))
    parts = partitura.load_musicxml(path)
    played = sum(len(part.notes_tied) for part in parts.parts)
    told[path] = {
        "music21": [len(score.parts), bars, heads, len(words), chords],
        "partitura": [len(parts.parts), len(parts.parts[0].measures), played],
    }
print(json.dumps(told))
"""
_MUSESCORE = r"""
const fs = require('fs');
const WebMscore = require(process.argv[1] + '/node_modules/webmscore');
(async () => {
  const Score = WebMscore.default || WebMscore;
  await Score.ready;
  const told = {};
  for (const path of process.argv.slice(2)) {
    const score = await Score.load('musicxml', fs.readFileSync(path), [], false);
    const about = await score.metadata();
    const again = await score.saveXml();
    const count = (pattern) => (again.match(pattern) || []).length;
    const heads = count(/<pitch>/g) - count(/<tie type="stop"\/>/g);
    told[path] = [about.parts.length, about.measures, heads, count(/<words/g),
      count(/<harmony/g)];
    score.destroy();
  }
  console.log(JSON.stringify(told));
})().catch(fault => { console.error(fault); process.exit(1); });
"""


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("files", nargs="+", type=Path)
    reader.add_argument("--peers", type=Path)
    reader.add_argument("--node", type=Path)
    asked = reader.parse_args()
    paths = [str(path) for path in asked.files]
    for path in asked.files:
        read = read_score(path.read_bytes(), path.name)
        heads = sum(len(note.sounding) for _, note in read.score.notes())
        bars = len(read.score.grid.bars)
        print(f"{path.name}: ours: {len(read.score.lines)} staves, {bars} bars, {heads} heads")
        kit = verovio.toolkit()
        loaded = kit.loadData(path.read_text(encoding="utf-8"))
        print(
            f"{path.name}: Verovio: {'read' if loaded else 'REFUSED'}, {kit.getPageCount()} pages"
        )
    if asked.peers:
        done = subprocess.run(
            [str(asked.peers), "-c", _PEERS, *paths], capture_output=True, text=True, check=True
        )
        for path, told in json.loads(done.stdout.splitlines()[-1]).items():
            print(
                f"{Path(path).name}: music21: staves, bars, heads, words, chords {told['music21']}"
            )
            print(f"{Path(path).name}: partitura: staves, bars, heads {told['partitura']}")
    if asked.node:
        done = subprocess.run(
            [
                "node",
                "--no-experimental-fetch",
                "-e",
                _MUSESCORE,
                str(asked.node.resolve()),
                *paths,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        for path, told in json.loads(done.stdout.splitlines()[-1]).items():
            print(f"{Path(path).name}: MuseScore: staves, bars, heads, words, chords {told}")


if __name__ == "__main__":
    main()
