"""The builder: only what changed, in order, nothing half-made, children gone with the parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from scorestage.builder import (  # noqa: F401 - the driver uses LocalProcesses from here
    BuildReport,
    InThisProcess,
    LocalProcesses,
    Output,
    Product,
    build,
    fingerprint,
)
from scorestage.errors import MachineError


def write(folder: str, name: str, text: str) -> tuple[Output, ...]:
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return (Output(name, "text"),)


def fail(folder: str) -> tuple[Output, ...]:
    raise MachineError("the press is broken", do="call the printer")


def join(folder: str, name: str, *others: str) -> tuple[Output, ...]:
    return write(folder, name, "+".join((Path(folder) / one).read_text() for one in others))


def plan(folder: Path, click: str = "tick", score: str = "notes") -> tuple[Product, ...]:
    root = str(folder)
    click_product = Product(
        "1m01/click", "click", write, (root, "1m01/click.txt", click), fingerprint("c", click)
    )
    score_product = Product(
        "1m01/score", "score", write, (root, "1m01/score.txt", score), fingerprint("s", score)
    )
    report = Product(
        "report",
        "report",
        join,
        (root, "report.txt", "1m01/click.txt", "1m01/score.txt"),
        fingerprint("r", click_product.inputs, score_product.inputs),
        needs=("1m01/click", "1m01/score"),
    )
    return report, click_product, score_product


def made(report: BuildReport) -> set[str]:
    return {result.product.name for result in report.rebuilt}


def test_the_second_build_makes_nothing_and_a_change_only_what_it_touches(tmp_path: Path) -> None:
    first = build(plan(tmp_path), tmp_path, "Film", InThisProcess())
    assert made(first) == {"report", "1m01/click", "1m01/score"}
    assert (tmp_path / "report.txt").read_text() == "tick+notes"
    assert made(build(plan(tmp_path), tmp_path, "Film", InThisProcess())) == set()
    third = build(plan(tmp_path, click="tock"), tmp_path, "Film", InThisProcess())
    assert made(third) == {"report", "1m01/click"}
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    states = {one["path"]: one["state"] for one in manifest["products"]}
    assert states == {
        "report.txt": "rebuilt",
        "1m01/click.txt": "rebuilt",
        "1m01/score.txt": "kept",
    }


def test_a_deliverable_that_was_deleted_or_changed_is_made_again(tmp_path: Path) -> None:
    build(plan(tmp_path), tmp_path, "Film", InThisProcess())
    (tmp_path / "1m01/click.txt").unlink()
    (tmp_path / "1m01/score.txt").write_text("smudge")
    again = build(plan(tmp_path), tmp_path, "Film", InThisProcess())
    assert made(again) == {"1m01/click", "1m01/score"}


def test_what_a_product_no_longer_makes_is_removed(tmp_path: Path) -> None:
    build(plan(tmp_path), tmp_path, "Film", InThisProcess())
    _, click, _ = plan(tmp_path)
    report = build((click,), tmp_path, "Film", InThisProcess())
    assert set(report.removed) == {"report.txt", "1m01/score.txt"}
    assert not (tmp_path / "1m01/score.txt").exists()
    renamed = replace(click, arguments=(str(tmp_path), "1m01/click2.txt", "tick"), inputs="new")
    build((renamed,), tmp_path, "Film", InThisProcess())
    assert not (tmp_path / "1m01/click.txt").exists()


def test_a_failure_stops_only_what_needs_it(tmp_path: Path) -> None:
    report, click, score = plan(tmp_path)
    broken = replace(score, make=fail, arguments=(str(tmp_path),))
    done = build((report, click, broken), tmp_path, "Film", InThisProcess())
    assert made(done) == {"1m01/click"}
    assert {product.name for product, _ in done.failures} == {"1m01/score", "report"}
    assert "call the printer" in done.failures[0][1]


def test_a_product_that_waits_for_nothing_known_is_an_error(tmp_path: Path) -> None:
    report, _, _ = plan(tmp_path)
    with pytest.raises(ValueError, match="nobody makes"):
        build((report,), tmp_path, "Film", InThisProcess())


def test_progress_runs_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[float] = []
    build(plan(tmp_path), tmp_path, "F", InThisProcess(), lambda share, name: told.append(share))
    assert told[0] == 0 and told[-1] == 1 and told == sorted(told)


def meet(folder: str, name: str, others: int, seconds: float) -> tuple[Output, ...]:
    """Done when so many others have begun, or when the time is up."""
    outputs = write(folder, name, str(os.getpid()))
    deadline = time.monotonic() + seconds
    while len(list(Path(folder).glob("*.txt"))) <= others and time.monotonic() < deadline:
        time.sleep(0.05)
    return outputs


DRIVER = """
import importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("builder_test_run", sys.argv[1])
module = importlib.util.module_from_spec(spec)
sys.modules["builder_test_run"] = module
spec.loader.exec_module(module)
if __name__ == "__main__":
    folder, others, seconds = Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    products = tuple(
        module.Product(
            f"p{n}", "x", module.meet, (str(folder), f"{n}.txt", others, seconds), str(n)
        )
        for n in range(2)
    )
    pool = module.LocalProcesses(2)
    print("ready", flush=True)
    module.build(products, folder, "Film", pool)
"""


def drive(folder: Path, others: int, seconds: float) -> subprocess.Popen[str]:
    """A build of two products that wait for `others`, in a program of its own, on two processes."""
    script = folder / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), __file__, str(folder / "build")]
    command += [str(others), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_several_processes_work_at_once(tmp_path: Path) -> None:
    driver = drive(tmp_path, 1, 30)
    driver.communicate(timeout=60)
    assert driver.returncode == 0
    workers = {(tmp_path / f"build/{n}.txt").read_text() for n in range(2)}
    assert len(workers) == 2 and str(driver.pid) not in workers


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_children_die_with_the_parent(tmp_path: Path, how: signal.Signals) -> None:
    driver = drive(tmp_path, 2, 120)
    assert driver.stdout is not None and driver.stdout.readline() == "ready\n"
    children: set[int] = set()
    deadline = time.monotonic() + 20
    while len(children) < 2 and time.monotonic() < deadline:
        children = set(_descendants(driver.pid))
        time.sleep(0.1)
    assert len(children) >= 2
    driver.send_signal(how)
    driver.wait(timeout=10)
    driver.stdout.close()
    deadline = time.monotonic() + 10
    while any(_alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [child for child in children if _alive(child)]


def _descendants(pid: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            child = int(path.parent.name)
            found += [child, *_descendants(child)]
    return found


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
