"""Options that several verbs share: written once, as the fields of a frozen class."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, get_type_hints

P = ParamSpec("P")
R = TypeVar("R")


def spread(verb: Callable[P, R]) -> Callable[..., R]:
    """A verb whose parameters of option classes become one option for each of their fields.

    A field says its option as a parameter would: `rate: Annotated[str, Option("--rate")] = "24"`.
    The verb is called with the classes made of what was given. Raises `TypeError` where two options
    have one name.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Place:
    ...     rate: str = "24"
    >>> @spread
    ... def tell(name: str, place: Place) -> str:
    ...     return f"{name} at {place.rate}"
    >>> tell(name="1m01", rate="25"), list(inspect.signature(tell).parameters)
    ('1m01 at 25', ['name', 'rate'])
    """
    hints = get_type_hints(verb, include_extras=True)
    plain = inspect.signature(verb).parameters
    sets = {name: hints[name] for name in plain if is_dataclass(hints.get(name))}
    laid: dict[str, inspect.Parameter] = {}
    for name, one in plain.items():
        for each in _options(sets[name]) if name in sets else (_as_keyword(one, hints[name]),):
            if each.name in laid:
                raise TypeError(f"two options are called {each.name}")
            laid[each.name] = each

    @wraps(verb)
    def told(**given: Any) -> R:
        rest: dict[str, Any] = {name: given[name] for name in plain if name in given}
        for name, kind in sets.items():
            known = {each.name for each in fields(kind)}
            rest[name] = kind(**{key: one for key, one in given.items() if key in known})
        return verb(**rest)  # type: ignore[call-arg]

    back = hints.get("return", inspect.Signature.empty)
    told.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        list(laid.values()), return_annotation=back
    )
    told.__annotations__ = {name: each.annotation for name, each in laid.items()}
    return told


def _options(kind: type[Any]) -> list[inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    return [
        inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_default(each),
            annotation=hints[each.name],
        )
        for each in fields(kind)
    ]


def _default(each: Field[Any]) -> Any:
    if each.default is not MISSING:
        return each.default
    return (
        each.default_factory() if each.default_factory is not MISSING else inspect.Parameter.empty
    )


def _as_keyword(one: inspect.Parameter, hint: Any) -> inspect.Parameter:
    return one.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hint)
