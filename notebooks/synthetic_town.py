# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One synthetic town
#
# A small town of the synthetic court, walked through with pictures: what comes in, who is asked, what is
# paid and how, what the
# truth behind it is, and what another plan of work would have brought. Nobody in it is real: everything is
# drawn from a seed.

# %%
import tempfile
from datetime import date
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation import simulate
from simulation.calibration import compare, read
from simulation.files import Files
from simulation.invariants import broken
from simulation.step import Plan, habitual, hours_of, open_court, step
from simulation.truth import HORIZONS, write_truth

CASES, SEED = 900, 7
town = Path(tempfile.mkdtemp()) / "town"
report = simulate(cases=CASES, seed=SEED, out=town)
print(f"{report.cases:,} cases, {report.total:,} rows, until {report.cut_off}")

# %% [markdown]
# ## What comes in
# Claims are heavy-tailed. Few cases are filed at the end of a year, when courts clear their stock.

# %%
files = Files(town)
first = files.cases["kind"] == "first"
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.4))
left.hist(np.log10(files.claim[first].clip(100)), bins=40, color="#39648c")
left.set(title="Claims", xlabel="yuan, powers of ten", ylabel="first cases")
months = files.cases["filed_on"][first].astype("datetime64[D]").astype("datetime64[M]").astype(int)
closed = files.cases["closed_on"][first]
gone = closed[closed < 10**6].astype("datetime64[D]").astype("datetime64[M]").astype(int)
right.plot(np.bincount(months - months.min()), label="filed")
right.plot(np.bincount((gone - months.min()).clip(0)), label="closed")
right.set(title="First cases by month", xlabel="months since January 2020")
right.legend()
plt.show()

# %% [markdown]
# ## Who is asked, and what sources say
# Asking is not random, and silence has reasons: never asked, not yet answered, failed, refused, or nothing
# there.

# %%
rows = read(town, "queries", "family", "status", "receipt_id", "known_at")
order = np.lexsort((rows["status"] != "pending", rows["known_at"], rows["receipt_id"]))
newest = order[np.append(np.diff(rows["receipt_id"][order]) != 0, True)]
queries = {name: value[newest] for name, value in rows.items()}
families = sorted(set(queries["family"]))
figure, axes = plt.subplots(figsize=(11, 3.6))
below = np.zeros(len(families))
for status, colour in (
    ("found", "#39648c"),
    ("empty", "#a9c1d9"),
    ("failed", "#c96f53"),
    ("refused", "#8f3b2e"),
    ("pending", "#cccccc"),
):
    count = np.array(
        [((queries["family"] == family) & (queries["status"] == status)).sum() for family in families]
    )
    axes.bar(families, count, bottom=below, label=status, color=colour)
    below += count
axes.tick_params(axis="x", rotation=60)
axes.set(title="Answers by record family")
axes.legend()
plt.show()

# %% [markdown]
# ## What is paid, and how

# %%
payments = read(town, "payments", "channel", "amount")
channels = ["voluntary", "deducted", "auction", "in_kind"]
money = [payments["amount"][payments["channel"] == channel].sum() / 1e4 for channel in channels]
times = [(payments["channel"] == channel).sum() for channel in channels]
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3))
left.bar(channels, times, color="#39648c")
left.set(title="Payments")
right.bar(channels, money, color="#39648c")
right.set(title="Money, 10,000 yuan")
plt.show()

# %% [markdown]
# ## The truth behind it
# For obligations open on a day, the future is counted out many times. Its mean is the best score there can
# be; the spread is what
# nobody can know.

# %%
day = date(2023, 3, 1)
obligors = read(town, "obligors", "case_id", "party_id", "served_on")
place = files.at(obligors["case_id"])
number = (day - date(1970, 1, 1)).days
standing = (
    (files.cases["filed_on"][place] < number)
    & (files.cases["closed_on"][place] > number)
    & (obligors["served_on"] > 10**6)
)
asked = pa.table(
    {
        "party_id": obligors["party_id"][standing],
        "case_id": obligors["case_id"][standing],
        "as_of": pa.array([day] * int(standing.sum()), pa.date32()),
    }
)
truth = pq.read_table(write_truth(town, cases=CASES, seed=SEED, asked=asked, draws=48))
figure, axes = plt.subplots(figsize=(11, 3.4))
order = np.argsort(truth["mean_12"].to_numpy())
for horizon in HORIZONS:
    axes.plot(truth[f"mean_{horizon}"].to_numpy()[order], label=f"{horizon} months")
axes.set(
    title=f"Expected share of {len(order)} open obligations on {day}", xlabel="obligations, by 12 months"
)
axes.legend()
plt.show()

# %% [markdown]
# ## Another plan, the same luck
# Half a year worked by habit, and half a year of doing nothing, from the same day. What is left in the
# second is what debtors pay
# by themselves, and sales that were under way.

# %%
worked = idle = open_court(cases=CASES, seed=SEED, on=day)
lines: dict[str, list[float]] = {"by habit": [0.0], "no work": [0.0]}
hours = 0.0
for _ in range(26):
    worked, week = step(worked, habitual(worked))
    hours += hours_of(week.done)
    lines["by habit"].append(lines["by habit"][-1] + week.money / 1e4)
    idle, week = step(idle, Plan())
    lines["no work"].append(lines["no work"][-1] + week.money / 1e4)
for name, line in lines.items():
    plt.plot(line, label=name)
plt.title(f"10,000 yuan credited; {hours:,.0f} hours of work")
plt.xlabel("weeks")
plt.legend()
plt.show()
assert lines["by habit"][-1] > lines["no work"][-1]

# %% [markdown]
# ## What it is held to
# A town this small wobbles around the published figures; `docs/simulation.md` shows a province. Impossible
# facts there are none.

# %%
for row in compare(town):
    print(f"{row.figure.meaning:70.70s} {row.figure.low:>12,.4g} {row.simulated:>12,.4g}")
impossible = {name: count for name, count in broken(town).items() if count}
print("impossible facts:", impossible or "none")
assert not impossible
