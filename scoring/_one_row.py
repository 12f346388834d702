"""The compiled inner loop for one row: what each feature adds to its answer, with quadrature points side by side.

Over many rows the innermost loops run over rows and the compiler makes vectors of them. One row has only its few
quadrature points, and loops that short stay scalar: twice the time. So eight points are one value here, ``Lanes``,
which numba is taught to load, store, add, subtract, multiply and divide.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, overload, register_model
from numba.np.arrayobj import make_array

from scoring._compiled import ANY_ORDER, LANES, compiled
from scoring.tree_tables import TreeTables
from scoring.tree_text import Floats


@compiled(any_order=True)
def explain_row(cells: Floats, trees: TreeTables, points: Floats, weights: Floats, out: Floats) -> None:
    """Fill out (features,) with contributions for one row's cells (columns,), as ``explain_blocks`` gives them.

    Row q of points and weights (most + 1, a multiple of LANES) holds q points, then any point of weight 0. Leaves have
    worth and reach of their own, so that no split has to ask what kind of sides it has.
    """
    most = trees.most_splits
    goes, seen = np.empty(most), np.empty(most)
    reach, worth, parts = (
        np.empty((2 * most + 1) * LANES),
        np.empty((2 * most + 1) * LANES),
        np.empty(most * LANES),
    )
    gained = np.zeros(len(out) * LANES)
    for t in range(len(trees.points)):
        q = trees.points[t]
        for some in range(0, q, LANES):
            p = load(points[q], some)
            store(reach, 0, load(weights[q], some))
            _down(trees, t, p, cells, goes, seen, reach, parts)
            _up(trees, t, p, goes, seen, reach, parts, worth, gained)
    for f in range(len(out)):
        out[f] = 0.0
        for lane in range(LANES):
            out[f] += gained[f * LANES + lane]


@compiled(any_order=True)
def _down(
    trees: TreeTables, t: int, p: Any, cells: Floats, goes: Floats, seen: Floats, reach: Floats, parts: Floats
) -> None:
    base = trees.start[t]
    away = spread(1.0) - p
    for slot in range(trees.start[t + 1] - base):
        i = base + slot
        x = cells[trees.column[i]]
        low = (x <= trees.threshold[i]) | ((x != x) & trees.missing_low[i])
        go = 1.0 if low == trees.low_first[i] else 0.0
        goes[slot] = go
        share = spread(trees.share[i])
        part = share * away + spread(go) * p
        above = trees.above[i]
        if above >= 0:
            sees = goes[above] if trees.above_first[i] else 1.0 - goes[above]
            if trees.above[base + above] >= 0:
                sees *= seen[above]
            seen[slot] = sees
            earlier = spread(trees.above_share[i])
            again = (earlier * share * away + spread(go) * p) / (earlier * away + p)
            part = share + spread(sees) * (again - share)
        whole = load(reach, slot * LANES)
        ahead = whole * part
        store(parts, slot * LANES, part)
        store(reach, trees.first[i] * LANES, ahead)
        store(reach, trees.second[i] * LANES, whole - ahead)


@compiled(any_order=True)
def _up(
    trees: TreeTables,
    t: int,
    p: Any,
    goes: Floats,
    seen: Floats,
    reach: Floats,
    parts: Floats,
    worth: Floats,
    gained: Floats,
) -> None:
    base = trees.start[t]
    splits = trees.start[t + 1] - base
    for leaf in range(splits + 1):
        store(worth, (splits + leaf) * LANES, spread(trees.value[base + t + leaf]))
    for slot in range(splits - 1, -1, -1):
        i = base + slot
        aside = load(worth, trees.second[i] * LANES)
        gap = load(worth, trees.first[i] * LANES) - aside
        store(worth, slot * LANES, aside + load(parts, slot * LANES) * gap)
        gain = load(reach, slot * LANES) * gap
        more = goes[slot] - trees.share[i]
        if trees.above[i] >= 0:
            earlier = spread(trees.above_share[i])
            above = earlier * (spread(1.0) - p) + p
            gain = gain * earlier / (above * above)
            more *= seen[slot]
        mine = trees.feature[i] * LANES
        store(gained, mine, load(gained, mine) + spread(more) * gain)


class _Lanes(types.Type):
    def __init__(self) -> None:
        super().__init__(name=f"Lanes{LANES}")


_KIND = _Lanes()
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)


@register_model(_Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)  # type: ignore[no-untyped-call]


def _instruction(build: Any) -> Any:
    """What numba calls an intrinsic: the types of a call, and how to build it for LLVM."""
    return intrinsic(build)


def _place(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    numbers = make_array(array_type)(context, builder, array).data  # type: ignore[no-untyped-call]
    return builder.bitcast(builder.gep(numbers, [index]), _VECTOR.as_pointer())


@_instruction
def load(typing: Any, array: Any, index: Any) -> Any:
    """The eight numbers of a contiguous array (n,) from index on; nothing checks that they are there."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.load(_place(context, builder, signature.args[0], *given), align=8)

    return _KIND(array, types.intp), build


@_instruction
def store(typing: Any, array: Any, index: Any, lanes: Any) -> Any:
    """Write eight numbers to a contiguous array (n,) from index on; nothing checks that it is long enough."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        builder.store(given[2], _place(context, builder, signature.args[0], *given[:2]), align=8)
        return context.get_dummy_value()

    return types.void(array, types.intp, _KIND), build


@_instruction
def spread(typing: Any, number: Any) -> Any:
    """One number eight times."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        empty, word = ir.Constant(_VECTOR, ir.Undefined), ir.IntType(32)
        single = builder.insert_element(empty, given[0], ir.Constant(word, 0))
        return builder.shuffle_vector(single, empty, ir.Constant(ir.VectorType(word, LANES), [0] * LANES))

    return _KIND(types.float64), build


def _between_lanes(instruction: str) -> Callable[[Any, Any], Any]:
    @_instruction
    def calculate(typing: Any, one: Any, other: Any) -> Any:
        def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            return getattr(builder, instruction)(*given, flags=ANY_ORDER)

        return _KIND(_KIND, _KIND), build

    def meant(one: Any, other: Any) -> Any:
        return calculate(one, other)

    def for_lanes(one: Any, other: Any) -> Any:
        return meant if one is _KIND and other is _KIND else None

    return for_lanes


overload(operator.add)(_between_lanes("fadd"))
overload(operator.sub)(_between_lanes("fsub"))
overload(operator.mul)(_between_lanes("fmul"))
overload(operator.truediv)(_between_lanes("fdiv"))
