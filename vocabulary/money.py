"""Money: yuan at the doors, whole fen inside, so that sums are exact in every engine."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from vocabulary.text import Text

FEN_PER_YUAN = 100


def fen_of(yuan: str | int | float | Decimal) -> int:
    """Whole fen of an amount in yuan.

    Raises ValueError when the amount is not a finite number or has more than two decimals.
    """
    try:
        amount = Decimal(str(yuan).strip())
    except InvalidOperation as error:
        raise ValueError(f"[{yuan}] is not an amount in yuan") from error
    if not amount.is_finite():
        raise ValueError(f"[{yuan}] is not an amount in yuan")
    fen = amount * FEN_PER_YUAN
    if fen != fen.to_integral_value():
        raise ValueError(f"[{yuan}] has more than two decimals")
    return int(fen)


def yuan_of(fen: int) -> Decimal:
    """The exact amount in yuan."""
    return Decimal(fen) / FEN_PER_YUAN


def spoken(yuan: float) -> Text:
    """An amount as people read it: whole yuan, 万元 and 亿元 in Chinese, separators in English."""
    sign = "-" if yuan < 0 else ""
    size = abs(yuan)
    return Text(zh=f"{sign}{_chinese(size)}", en=f"{sign}¥{size:,.0f}")


def _chinese(yuan: float) -> str:
    if yuan >= 1e8:
        return f"{_trimmed(yuan / 1e8)}亿元"
    if yuan >= 1e4:
        return f"{_trimmed(yuan / 1e4)}万元"
    return f"{yuan:,.0f}元"


def _trimmed(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
