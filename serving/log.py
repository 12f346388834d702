"""The service's log: of accidents, and of what is missing at the start. Nothing in it is about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger


def logger() -> FilteringBoundLogger:
    """The log. Loaded when there is something to say: its colours for terminals would cost every start a tenth."""
    import structlog

    log: FilteringBoundLogger = structlog.get_logger("serving")
    return log
