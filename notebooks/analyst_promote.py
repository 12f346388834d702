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
# # Comparing and promoting
#
# A champion answers; a challenger was trained on more records. Both are measured on the same later cases, held to a
# dated rule, and then two people decide. On the command line: `portrait challenge`, `promote`, `approve`, `rollback`
# (`docs/own-data.md`).

# %%
import tempfile
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Markdown, display

from records.load import load
from records.parameters import Parameters
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.logbook import STEP_LABELS
from scoring.shelf import Shelf
from simulation import simulate
from training.challenge import CHALLENGER, CHAMPION, RULES, challenge
from training.fit import Settings
from training.promote import Signatory, approve, propose, record, roll_back
from training.train import Plan, train
from vocabulary.dates import months_before
from vocabulary.problems import PortraitError

room = Path(tempfile.mkdtemp(prefix="analyst-promote-"))
simulate(cases=500, seed=11, out=room / "files")
with Store.open(room / "store.duckdb", secret=b"a secret for this notebook only.") as store:
    load(store, room / "files")
    publish(store, room / "snapshots")
snapshot = Snapshot.current(room / "snapshots")
shelf, runs = Shelf(room / "bundles"), room / "mlruns"

# %% [markdown]
# ## A champion of last year, a challenger of today
#
# The first bundle of a shelf becomes champion, since there is nothing to compare it with. Every later one is filed as a
# challenger, and answers nobody.

# %%
small = Plan(grid=(Settings(leaves=5, rate=0.08, rounds=60),), draws=40)
last_year = months_before(snapshot.newest, 12)
champion = train(snapshot, out=runs, shelf=shelf, plan=small, cutoff=last_year)
challenger = train(snapshot, out=runs, shelf=shelf, plan=replace(small, seed=1))
print("champion  ", champion.registered.digest[:12], champion.registered.champion)
print("challenger", challenger.registered.digest[:12], challenger.registered.champion)

# %% [markdown]
# ## The same later cases
#
# Cases from the day on from which both were measured, of debtors from whom neither has learned. Differences carry the
# interval of paired draws: both models meet the same debtors in each.

# %%
found = challenge(snapshot, shelf.named(challenger.registered.digest), shelf.champion(), draws=200)
display(Markdown(found.table))
print(f"{found.rows} rows of {found.debtors} debtors from {found.since} on")
names = ("gini", "crps", "slope", "bias")
figure, axes = plt.subplots(1, len(names), figsize=(9, 2.6))
for axis, name in zip(axes, names, strict=True):
    for place, model in enumerate((CHALLENGER, CHAMPION)):
        each = found.comparison.of[model][name]
        reach = np.array([[each.value - each.low], [each.high - each.value]])
        axis.errorbar([place], [each.value], np.maximum(reach, 0), fmt="o", capsize=3, color="#1f4e79")
    axis.set(title=name, xticks=[0, 1], xlim=(-0.6, 1.6))
    axis.set_xticklabels(["challenger", "champion"], fontsize=8)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## The rule of the day
#
# "No worse" has to be shown: the whole interval of the difference must lie above minus the margin. A court of 500 cases
# has few later cases and wide intervals, so what is missed here may be only patience.

# %%
for demand in found.demands:
    print("met   " if demand.met else "missed", demand.says.en)

# %% [markdown]
# Whatever came out is written into the logbook; without a passing comparison nobody can even propose.

# %%
record(shelf, found)
chen, lin = Signatory("Chen", "key-of-chen"), Signatory("Lin", "key-of-lin")
if not found.passes:
    try:
        propose(shelf, challenger.registered.digest, by=chen)
    except PortraitError as refused:
        print(refused.problem.title.en, "|", refused.problem.detail.en)

# %% [markdown]
# A court may set its own rule, dated and with its reasons. For the walk to go on, this one asks for little.

# %%
mild = RULES.read_text("utf-8").replace("value: 200", "value: 20").replace("[0.95, 1.05]", "[0.3, 3.0]")
for margin in ("value: 0.002", "value: 0.02"):
    mild = mild.replace(margin, "value: 0.5")
(room / "promotion.yaml").write_text(mild, "utf-8")
again = challenge(
    snapshot,
    shelf.named(challenger.registered.digest),
    shelf.champion(),
    rules=Parameters.read(room / "promotion.yaml"),
    draws=60,
)
record(shelf, again)
assert again.passes

# %% [markdown]
# ## Two people
#
# The one who proposes cannot approve. On the command line both sign with sign-in keys of their own.

# %%
propose(shelf, challenger.registered.digest, by=chen)
try:
    approve(shelf, challenger.registered.digest, by=chen, runs=runs)
except PortraitError as refused:
    print(refused.problem.detail.en)
approve(shelf, challenger.registered.digest, by=lin, runs=runs)
print("champion now:", shelf.digest()[:12])
assert shelf.digest() == challenger.registered.digest

# %% [markdown]
# ## And back
#
# One person may go back, and says why. The logbook keeps every step; each line seals the one before.

# %%
roll_back(shelf, by=lin, reason="petitions about scores of firms", runs=runs)
for line in shelf.logbook.entries():
    print(f"{line.id:2} {STEP_LABELS[line.step].en:14} {line.bundle[:12]} {line.by:5} sealed {line.hash[:8]}")
assert shelf.digest() == champion.registered.digest
