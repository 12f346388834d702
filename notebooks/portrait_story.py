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
# # From files of records to a portrait
#
# One walk through the whole house on a small synthetic court: records come in through the door, features are built,
# a model is trained and measured, one debtor's portrait is opened, and a reason is followed back to its records.
# Nothing here is real: people, firms and cases are drawn from a seed.

# %%
import tempfile
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from features.catalogue import CATALOGUE
from features.night import build, matrix
from portraits.evidence import opened
from portraits.portrait import assemble
from records.dossiers import Dossiers
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.states import states_sql
from records.store import Store
from scoring.shelf import Shelf
from simulation import simulate
from training.train import train
from triage.nightly import open_obligations, run
from triage.queue import courts, read
from vocabulary.families import ASKED, FAMILIES
from vocabulary.money import spoken
from vocabulary.states import QueryState

plt.rcParams.update({"figure.figsize": (8, 4), "axes.spines.top": False, "axes.spines.right": False})
room = Path(tempfile.mkdtemp(prefix="portrait-story-"))

# %% [markdown]
# ## 1. Records come in through the door
#
# The synthetic court writes one Parquet file a table, as a real court would send it. Loading checks every row against
# the contract of its table; a bad row would go to quarantine with its file, line, column, rule and value.

# %%
report = simulate(cases=1500, seed=7, out=room / "files")
with Store.open(room / "store.duckdb", secret=b"a secret for this notebook only.") as store:
    loaded = load(store, room / "files")
    publish(store, room / "snapshots")
snapshot = Snapshot.current(room / "snapshots")
print(
    f"{report.cases:,} cases, {loaded.loaded:,} rows loaded, {loaded.quarantined} quarantined; until {snapshot.newest}"
)

# %% [markdown]
# ## 2. What the court has asked, and what it has not
#
# Every record family of a debtor has a query state that comes from receipts, never from missing rows. Empty and not
# asked are different things, and both are everywhere.

# %%
obligations = open_obligations(snapshot, snapshot.newest)
debtors = "(SELECT DISTINCT party_id, as_of FROM asked)"
said = snapshot.query(
    f"SELECT family, state FROM asked JOIN ({states_sql(points=debtors)}) USING (party_id, as_of)",
    asked=obligations,
)
states = list(QueryState)
shown = [code for code in ASKED if FAMILIES[code].covers]
counts = Counter(zip(said["family"].to_pylist(), said["state"].to_pylist(), strict=True))
colours = dict(
    zip(
        states,
        ["#bbbbbb", "#dddddd", "#f2c14e", "#d1495b", "#8d6a9f", "#9fb8ad", "#5b8e7d", "#1f6f8b"],
        strict=True,
    )
)
left = np.zeros(len(shown))
for state in states:
    width = np.array([counts[code, state.value] for code in shown]) / obligations.num_rows
    if width.any():
        plt.barh(
            [FAMILIES[code].label.en for code in shown],
            width,
            left=left,
            label=state.label.en,
            color=colours[state],
        )
        left += width
plt.gca().invert_yaxis()
plt.xlabel("share of open obligations")
plt.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
plt.title("Query states of the asset and income families")
plt.tight_layout()
plt.show()

# %% [markdown]
# ## 3. Train, and say how good it is
#
# Training rows are obligations on the dates on which portraits are asked for; the split is by time, and no label
# window crosses it. Every figure stands beside a logistic and a mean-only baseline on the same rows.

# %%
training = train(snapshot, out=room / "mlruns", shelf=Shelf(room / "bundles"))
print(training.split)
print(training.table)

# %% [markdown]
# ## 4. This morning's queue
#
# Every open obligation is scored, and each court's queue is ranked by the money to expect if whatever was not asked
# turned out empty.

# %%
bundle = Shelf(room / "bundles").champion()
queue = run(snapshot, bundle, as_of=snapshot.newest, root=room / "queues")
largest = max(courts(queue), key=lambda found: found[1])[0]
number, places = read(queue, court=largest, most=5)
print(f"court {largest}: {number} open obligations")
for rank, place in places:
    score = (
        "abstained" if place.score is None else f"score {place.score:5.1f}, cautious {place.cautious:5.1f}"
    )
    expected, owed = spoken(place.expected_cautious).en, spoken(place.outstanding).en
    print(f"{rank:2}  {expected:>12} of {owed:>12}  {score}  {place.reason_en}")

# %% [markdown]
# ## 5. One debtor's portrait
#
# The portrait is a function of the debtor's dossier, the model bundle and the date. The base is where a typical
# obligation starts; each record family adds or takes points, and together they give the score exactly.

# %%
_, all_places = read(queue, court=largest, most=200)
chosen = next((place for _, place in all_places if place.band == "high"), all_places[0][1])
dossiers = Dossiers.current(room / "snapshots")
dossier = dossiers.fetch(chosen.party_id, chosen.case_id, snapshot.newest)
portrait = assemble(dossier, bundle=bundle, snapshot=dossiers.digest)
groups = portrait.groups[:9]
rest = sum(group.contribution for group in portrait.groups[9:])
steps = [
    ("base", portrait.base),
    *((group.label.en, group.contribution) for group in groups),
    ("all others", rest),
]
level = 0.0
for place, (name, points) in enumerate(steps):
    colour = "#4f5d6b" if place == 0 else ("#1f6f8b" if points >= 0 else "#b8501a")
    plt.barh(name, points, left=level, color=colour)
    level += points
plt.barh("score", level, color="#4f5d6b")
plt.gca().invert_yaxis()
plt.xlabel("points of 100")
plt.title(f"Case {chosen.case_number.encode('ascii', 'ignore').decode()}: from the base to the score")
plt.tight_layout()
plt.show()
assert abs(level - portrait.score) < 1e-9
owed = spoken(portrait.outstanding).en
print(f"score {portrait.score:.1f}, cautious {portrait.cautious:.1f}, coverage {portrait.band}, owed {owed}")
for group in groups[:5]:
    print(f"{group.contribution:+6.1f}  {group.reasons[0].sentence.en}")

# %% [markdown]
# ## 6. From a reason back to its records
#
# The evidence of a feature is its rows without its measure: the value recomputed from these rows alone is the value
# in the score.

# %%
with_rows = [
    reason
    for group in portrait.groups
    for reason in group.reasons
    if any(part.rows for part in opened(reason.feature, dossier).parts)
]
reason = max(with_rows, key=lambda each: abs(each.contribution))
evidence = opened(reason.feature, dossier)
print(f"{reason.label.en}: {reason.shown.en} ({reason.contribution:+.1f} points)")
for part in evidence.parts:
    for row in part.rows[:5]:
        print("  ", {name: str(value) for name, value in row.items() if value is not None})
at = CATALOGUE.names.index(reason.feature)
nightly = matrix(build(snapshot, obligations.filter(np.asarray(obligations["party_id"]) == chosen.party_id)))
assert any(abs(value - (reason.value or 0)) < 1e-9 for value in nightly[:, at])

# %% [markdown]
# ## 7. What is not known
#
# The portrait says what was never asked, what is stale, and what to ask first. When nothing was asked about deposits,
# real property or income, there is no score at all: too little is known.

# %%
for standing in portrait.standings:
    age = "" if standing.age_days is None else f", {standing.age_days} days ago"
    print(f"{standing.label.en:34} {standing.state.label.en}{age}")
print("ask first:", ", ".join(FAMILIES[code].label.en for code in portrait.ask) or "nothing")
