"""Products, the hashes of what they are made from, and who makes them."""

from scorestage.builder.executors import Executor, InThisProcess, LocalProcesses, executor_for
from scorestage.builder.fingerprint import code_of, fingerprint
from scorestage.builder.ledger import kept_result, last_make
from scorestage.builder.product import Output, Product, Result
from scorestage.builder.run import BuildReport, build

__all__ = [
    "BuildReport",
    "Executor",
    "InThisProcess",
    "LocalProcesses",
    "Output",
    "Product",
    "Result",
    "build",
    "code_of",
    "executor_for",
    "fingerprint",
    "kept_result",
    "last_make",
]
