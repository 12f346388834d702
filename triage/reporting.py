"""Counting a court's report: the same court, day and snapshot give the same numbers, as known on the day."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from triage import as_known, queue
from triage.excluded import excluded
from triage.kpis import KPIS, year_to_date
from triage.kpis.count import figures
from triage.report import Head, Item, Report, Span, fairness, span_of
from triage.tracks.figures import policy
from vocabulary.text import Text

if TYPE_CHECKING:
    from features.night import Records


def report(snapshot: Records, folder: Path, *, court: str, as_of: date, span: Span) -> Report:
    """The report of one court; ``folder`` is the queue published as of the day."""
    period, year = span_of(as_of, span), year_to_date(as_of)[0]
    told = [each for each in figures(snapshot, [period, year], as_of=as_of) if each.court == court]
    of = {name: tuple(each for each in told if each.period == name) for name in (period[0], year[0])}
    places = [place for _, place in queue.walk(folder, court=court)]
    return Report(
        court=court,
        as_of=as_of,
        span=span,
        begins=period[1],
        period=of[period[0]],
        year=of[year[0]],
        tracks=tuple(queue.tallies(folder, court)),
        fairness=fairness(places, as_of),
        heads=heads(snapshot, court, as_of, {each.code: each.rate for each in of[year[0]]}),
    )


def heads(snapshot: Records, court: str, as_of: date, rates: dict[str, float | None]) -> tuple[Head, ...]:
    """The five heads as known on the day; ``rates``: this year's key figures by code."""
    row = snapshot.query(_counts(court, as_of)).to_pylist()[0]
    names = {kpi.code: kpi.name for kpi in KPIS}

    def rate(code: str) -> Item:
        return Item(names[code], rates.get(code), part=True)

    def part(zh: str, en: str, above: str, below: str) -> Item:
        return Item(Text(zh=zh, en=en), row[above] / row[below] if row[below] else None, part=True)

    def plain(zh: str, en: str, name: str) -> Item:
        return Item(Text(zh=zh, en=en), float(row[name] or 0))

    load = row["open_cases"] / row["officers"] if row["officers"] else None
    return (
        Head(
            Text(zh="规范执行", en="regularity"),
            (
                rate("closed_within_term"),
                rate("round_termination_compliance"),
                plain("超法定期限未结案件", "open cases past the term", "late_cases"),
                part("案款三十日内发放", "money paid out within 30 days", "paid_in_time", "paid_or_late"),
            ),
        ),
        Head(
            Text(zh="阳光执行", en="openness"),
            (
                part("到账已告知申请执行人", "creditor told that money came in", "told", "credited"),
                part("执行通知已送达", "debtors served with the notice", "served", "debtors"),
            ),
        ),
        Head(
            Text(zh="执行质效", en="quality and effect"),
            (
                rate("closing_rate"),
                rate("performed_rate"),
                rate("property_completed_within_term"),
                rate("recovery_rate"),
            ),
        ),
        Head(
            Text(zh="执行监督", en="supervision"),
            (rate("petition_rate"), plain("未办结信访", "petitions not settled", "petitions_open")),
        ),
        Head(
            Text(zh="执行保障", en="support"),
            (
                plain("执行人员", "officers", "officers"),
                plain("周工时", "hours a week", "hours"),
                Item(Text(zh="人均未结案件", en="open cases an officer"), load),
            ),
        ),
    )


def _counts(court: str, as_of: date) -> str:
    day, who = f"DATE '{as_of.isoformat()}'", "'" + court.replace("'", "''") + "'"
    days = int(policy().number("payout_days", as_of))
    months = int(policy().number("term_months", as_of))
    seen, newest = partial(as_known.seen, as_of=as_of), partial(as_known.newest, as_of=as_of)

    return f"""
    WITH mine AS (
        SELECT case_id, filed_on, closed_on FROM {newest("cases", "case_id")}
        WHERE court = {who} AND kind <> 'preservation'
    ), still AS (SELECT * FROM mine WHERE closed_on IS NULL),
    money AS (SELECT p.* FROM {seen("payments")} p JOIN mine USING (case_id) WHERE p.happened_at <= {day}
        AND date_part('year', p.happened_at) = {as_of.year}),
    served AS (SELECT o.served_on FROM {newest("obligors", "case_id, party_id")} o JOIN still USING (case_id)),
    staff AS (SELECT weekly_hours FROM {newest("officers", "officer_id")} WHERE court = {who})
    SELECT (SELECT count(*) FROM still) AS open_cases,
        (SELECT count(*) FROM still LEFT JOIN {excluded("still", day)} USING (case_id)
            WHERE filed_on + INTERVAL {months} MONTH + to_days(coalesce(days, 0)::INTEGER) < {day}) AS late_cases,
        (SELECT count(*) FROM money) AS credited,
        (SELECT count(*) FROM money WHERE creditor_notified_on IS NOT NULL) AS told,
        (SELECT count(*) FROM money WHERE paid_out_on <= happened_at + {days}) AS paid_in_time,
        (SELECT count(*) FROM money WHERE paid_out_on IS NOT NULL OR happened_at + {days} < {day}) AS paid_or_late,
        (SELECT count(*) FROM served) AS debtors,
        (SELECT count(*) FROM served WHERE served_on IS NOT NULL) AS served,
        (SELECT count(*) FROM {seen("petitions")} p JOIN mine USING (case_id)
            WHERE resolved_on IS NULL) AS petitions_open,
        (SELECT count(*) FROM staff) AS officers, (SELECT sum(weekly_hours) FROM staff)::DOUBLE AS hours"""
