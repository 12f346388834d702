"""Days that do not count towards a case's term, overlapping periods once: the one place where they are added up."""

from __future__ import annotations

from triage.as_known import visible


def excluded(cases: str, day: str) -> str:
    """Days that do not count by case, as a subquery with ``case_id`` and ``days``; cases without any are left out.

    ``cases`` is a relation with one row a case (``case_id``, ``filed_on``, ``closed_on``); ``day`` is SQL: the day
    as of which suspensions are read. A period is cut to the time between filing and closing, or the day where the case
    is still open; its first and its last day both belong to it.
    """
    return f"""(SELECT case_id, sum(greatest(ends - greatest(begins, coalesce(before + 1, begins)) + 1, 0)) AS days
        FROM (SELECT *, max(ends) OVER (PARTITION BY case_id ORDER BY begins, ends
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM (SELECT c.case_id, greatest(s.from_on, c.filed_on) AS begins,
                    least(coalesce(s.to_on, {day}), coalesce(c.closed_on, {day}), {day}) AS ends
                FROM {cases} c JOIN (SELECT case_id, from_on, to_on FROM suspensions
                    WHERE {visible(day)}) s USING (case_id))
            WHERE begins <= ends)
        GROUP BY case_id)"""
