"""The calendar of the synthetic court: 313 weeks, Thursday to Wednesday, that end exactly at the data's end.

Days are counted from 1970-01-01, as Arrow and numpy do.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

EPOCH = date(1970, 1, 1)
START = date(2020, 1, 2)
CUT_OFF = date(2025, 12, 31)
FIRST_DAY = (START - EPOCH).days
LAST_DAY = (CUT_OFF - EPOCH).days
WEEKS = (LAST_DAY - FIRST_DAY + 1) // 7
WORKDAYS = np.array([0, 1, 4, 5, 6])  # Thursday, Friday, Monday, Tuesday, Wednesday
MONTH_WEEKS = 365.25 / 12 / 7
NO_DAY = np.int32(-(2**31))  # no date


def day_of(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(day))


def week_of(day: date) -> int:
    """The week of the synthetic court in which a date falls (negative before its start)."""
    return (day_of(day) - FIRST_DAY) // 7


def day_in_week(week: np.ndarray, workday: np.ndarray | int) -> np.ndarray:
    """Day numbers of the workdays 0–4 of the weeks."""
    return np.asarray((FIRST_DAY + 7 * np.asarray(week, np.int64) + WORKDAYS[workday]).astype(np.int32))


def year_ends(week: int) -> bool:
    """In the last nine weeks of a calendar year, when courts clear their stock (年底清案) and file little."""
    return date_of(FIRST_DAY + 7 * week).timetuple().tm_yday > 365 - 63


def month_of(day: np.ndarray) -> np.ndarray:
    """Months since January 1970 of day numbers."""
    return np.asarray(day, "datetime64[D]").astype("datetime64[M]").astype(np.int64)


def month_end(month: np.ndarray) -> np.ndarray:
    """Day number of the last day of months counted since January 1970."""
    following = (np.asarray(month, np.int64) + 1).astype("datetime64[M]").astype("datetime64[D]")
    return (following.astype(np.int64) - 1).astype(np.int32)


def year_of(day: np.ndarray) -> np.ndarray:
    """Calendar years of day numbers."""
    return np.asarray(day, "datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
