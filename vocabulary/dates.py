"""Dates of Shanghai. An as-of date includes all of its day; months are calendar months, clipped at month ends."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` calendar months earlier (later when negative), clipped to month end."""
    index = day.year * 12 + (day.month - 1) - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` calendar months later, clipped to month end."""
    return months_before(day, -months)


def today() -> date:
    """Today's date in Shanghai."""
    return datetime.now(SHANGHAI).date()


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)
