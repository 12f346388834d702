"""Sharing whole fen: exact, nobody above what they ask, nothing left over while somebody still asks."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(amount: int, demands: Sequence[int]) -> list[int]:
    """Parts of ``amount`` in proportion to the demands, each at most its demand; whole fen, sum exact.

    The fen that proportion leaves over go to the largest remainders, the earlier place first.
    """
    total = sum(demands)
    if amount <= 0 or total <= 0:
        return [0] * len(demands)
    if total <= amount:
        return list(demands)
    parts = [amount * demand // total for demand in demands]
    rest = sorted(range(len(demands)), key=lambda place: (-(amount * demands[place] % total), place))
    for place in rest[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def in_turn(amount: int, demands: Sequence[int]) -> list[int]:
    """Parts of ``amount`` one after the other, each in full before the next."""
    parts = []
    for demand in demands:
        part = max(min(amount, demand), 0)
        parts.append(part)
        amount -= part
    return parts
