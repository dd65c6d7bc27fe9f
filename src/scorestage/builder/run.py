"""A build: what is out of date is made, in the right order, on all workers."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.store import sha256_of
from scorestage.builder.executors import Executor
from scorestage.builder.ledger import forget_others, kept_result, record, write_manifest
from scorestage.builder.product import Output, Product, Result
from scorestage.errors import ScorestageError

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and the name of what was just begun or finished."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `failures` are products that could not be made, with why."""

    results: tuple[Result, ...]
    failures: tuple[tuple[Product, str], ...]
    removed: tuple[str, ...]
    manifest: Path

    @property
    def rebuilt(self) -> tuple[Result, ...]:
        """What was made in this build."""
        return tuple(result for result in self.results if result.rebuilt)


def build(
    products: tuple[Product, ...],
    build_folder: Path,
    production: str,
    executor: Executor,
    progress: Progress = lambda share, name: None,
    also: tuple[Product, ...] = (),
) -> BuildReport:
    """Make every product that is out of date; each is recorded as soon as it is whole.

    A product that fails does not stop the others, only those that need it. `also` are products
    that exist but are not asked for this time: their files stay, and the manifest lists those
    that are still up to date.
    """
    build_folder.mkdir(parents=True, exist_ok=True)
    for leftover in build_folder.rglob(".*.unfinished*"):
        leftover.unlink(missing_ok=True)
    removed = forget_others((*products, *also), build_folder)
    run = _Run(products, build_folder, executor, progress)
    try:
        run.go()
    except BaseException:
        executor.close(at_once=True)
        raise
    executor.close(at_once=False)
    results = tuple(run.results[one.name] for one in products if one.name in run.results)
    named = {result.product.name for result in results}
    others = (kept_result(one, build_folder) for one in also if one.name not in named)
    listed = (*results, *(other for other in others if other is not None))
    manifest = write_manifest(listed, build_folder, production)
    return BuildReport(results, tuple(run.failures), removed, manifest)


class _Run:
    """One build under way."""

    def __init__(
        self,
        products: tuple[Product, ...],
        build_folder: Path,
        executor: Executor,
        progress: Progress,
    ) -> None:
        self.build_folder = build_folder
        self.executor = executor
        self.progress = progress
        self.results: dict[str, Result] = {}
        self.failures: list[tuple[Product, str]] = []
        self._failed: set[str] = set()
        self._waiting = {product.name: product for product in products}
        self._running: dict[Future[tuple[float, tuple[Output, ...]]], Product] = {}
        self._total = sum(product.weight for product in products) or 1
        self._done = 0

    def go(self) -> None:
        """Until nothing waits and nothing runs."""
        while self._waiting or self._running:
            self._begin_what_can()
            if self._running:
                finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
                for future in finished:
                    self._finish(future)

    def _begin_what_can(self) -> None:
        progressed = True
        while progressed:
            progressed = False
            for product in sorted(self._waiting.values(), key=lambda one: -one.weight):
                if self._failed & set(product.needs):
                    self._give_up(product, "what it needs could not be made")
                    progressed = True
                elif all(need in self.results for need in product.needs):
                    if (kept := kept_result(product, self.build_folder)) is not None:
                        self._take(kept)
                        progressed = True
                    elif len(self._running) < self.executor.workers:
                        self._begin(product)
        if self._waiting and not self._running:
            missing = {need for one in self._waiting.values() for need in one.needs}
            raise ValueError(f"products wait for what nobody makes: {sorted(missing)}")

    def _begin(self, product: Product) -> None:
        del self._waiting[product.name]
        self.progress(self._done / self._total, product.name)
        future = self.executor.submit(_timed, product.make, product.arguments)
        self._running[future] = product

    def _finish(self, future: Future[tuple[float, tuple[Output, ...]]]) -> None:
        product = self._running.pop(future)
        fault = future.exception()
        if fault is None:
            seconds, outputs = future.result()
            hashed = tuple((one, sha256_of(self.build_folder / one.path)) for one in outputs)
            result = Result(product, hashed, seconds, rebuilt=True)
            record(result, self.build_folder)
            self._take(result)
        elif isinstance(fault, ScorestageError):
            self._give_up(product, str(fault))
        else:
            raise fault

    def _take(self, result: Result) -> None:
        self._waiting.pop(result.product.name, None)
        self.results[result.product.name] = result
        self._done += result.product.weight
        self.progress(self._done / self._total, result.product.name)

    def _give_up(self, product: Product, why: str) -> None:
        self._waiting.pop(product.name, None)
        self._failed.add(product.name)
        self.failures.append((product, why))
        self._done += product.weight


def _timed(
    make: Callable[..., tuple[Output, ...]], arguments: tuple[object, ...]
) -> tuple[float, tuple[Output, ...]]:
    began = time.perf_counter()
    outputs = make(*arguments)
    return time.perf_counter() - began, outputs
