"""Which loops answer: the compiled ones, or the same in plain numpy where this machine cannot compile.

The rest of the room asks here and need not know. The first time a compiled loop cannot be had, the process says why,
once, and answers everything by plain loops from then on: the same numbers within 1e-9, later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, ParamSpec

from scoring import _compiled, _grid, _kernel, _lowest, _nested, _plain, _plain_nested
from scoring.tree_tables import TreeTables
from scoring.tree_text import Floats

Given = ParamSpec("Given")
_LOG = logging.getLogger(__name__)

OFF = "kernel.off"
"""Switched off: NUMBA_DISABLE_JIT is set."""
NO_NUMBA = "kernel.no_numba"
"""numba cannot be imported: it is not there, or the system forbids memory that is both written and run."""
NOT_COMPILED = "kernel.not_compiled"
"""A loop cannot be compiled."""
DIFFERS = "kernel.differs"
"""Compiled loops answer otherwise than plain ones (`scoring.proof`)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why compiled loops are not used: one of the codes above, and what was found, for those who run the machine."""

    code: str
    found: str


def refusal() -> Refusal | None:
    """Why this process answers by plain loops; None while it answers by compiled ones."""
    if _now.refusal is None and (why := _compiled.absent()) is not None:
        refuse(*why)
    return _now.refusal


def refuse(code: str, found: object) -> None:
    """Answer by plain loops from here on, and say why, once."""
    if _now.refusal is None:
        _now.refusal = Refusal(code, str(found))
        _LOG.warning("compiled loops are not used [%s], plain ones answer: %s", code, found)


@contextmanager
def plain() -> Iterator[None]:
    """Answer by plain loops inside the block: to compare them. All threads of the process are concerned."""
    before, _now.forced = _now.forced, True
    try:
        yield
    finally:
        _now.forced = before


@dataclass(slots=True)
class _State:
    refusal: Refusal | None = None
    forced: bool = False


_now = _State()


class Loop(Generic[Given]):
    """A compiled loop with its namesake in plain numpy: both take the same and fill the same arrays."""

    __slots__ = ("_plain", "compiled")

    def __init__(self, compiled: Callable[Given, None], plain: Callable[Given, None]) -> None:
        self.compiled = compiled
        self._plain = plain

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> None:
        """Fill what is given, by whichever loop can be had."""
        if not _now.forced and refusal() is None:
            try:
                return self.compiled(*given, **named)
            except MemoryError:
                raise
            except Exception as failure:  # noqa: BLE001 - loops raise nothing; compiling and linking raise anything
                refuse(NOT_COMPILED, repr(failure))
        return self._plain(*given, **named)


def _explain_row(cells: Floats, trees: TreeTables, points: Floats, weights: Floats, out: Floats) -> None:
    from scoring import _one_row  # teaches numba new instructions: only where there is a numba

    _one_row.explain_row(cells, trees, points, weights, out)


fill_block = Loop(_kernel.fill_block, _plain.fill_block)
fill_cells = Loop(_kernel.fill_cells, _plain.fill_cells)
walk_each = Loop(_kernel.walk_each, _plain.answer)
answer_blocks = Loop(_kernel.answer_blocks, _plain.answer)
explain_blocks = Loop(_kernel.explain_blocks, _plain.explain_blocks)
explain_row = Loop(_explain_row, _plain.explain_row)
walk_lowest = Loop(_lowest.walk_lowest, _plain.walk_lowest)
walk_grid = Loop(_grid.walk_grid, _plain.walk_grid)
tilt_rows = Loop(_grid.tilt_rows, _plain.tilt_rows)
grow_rows = Loop(_nested.grow_rows, _plain_nested.grow_rows)
entry_rows = Loop(_nested.entry_rows, _plain_nested.entry_rows)
reach_rows = Loop(_nested.reach_rows, _plain_nested.reach_rows)
