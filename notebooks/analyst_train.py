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
# # Training, and reading the card
#
# A model is trained on a small synthetic court, then its card is read the way an analyst should: what was split off,
# how good beside what anyone would use, for whom it was checked, and where it must not be used. 500 cases make wide
# intervals; that is part of the lesson.

# %%
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image, Markdown, display

from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.bundle import read
from scoring.score import score
from scoring.shelf import Shelf
from simulation import simulate
from training.challenge import later_cases
from training.fit import Settings
from training.sides import newest
from training.train import Plan, train

room = Path(tempfile.mkdtemp(prefix="analyst-train-"))
simulate(cases=500, seed=11, out=room / "files")
with Store.open(room / "store.duckdb", secret=b"a secret for this notebook only.") as store:
    load(store, room / "files")
    publish(store, room / "snapshots")
snapshot = Snapshot.current(room / "snapshots")

# %% [markdown]
# ## One call
#
# `portrait train` does this with the full grid of settings; one small setting is enough here. The picture shows the
# split: three spans of time, and no label window (·) that crosses into the next.

# %%
plan = Plan(grid=(Settings(leaves=5, rate=0.08, rounds=80),), draws=100)
report = train(snapshot, out=room / "mlruns", shelf=Shelf(room / "bundles"), plan=plan)
print(report.split)
print({name: count for name, count in report.counts.items() if count})

# %% [markdown]
# ## How good, beside what anyone would use
#
# Read the intervals before the values. Where the model's interval holds a baseline's value, this court cannot tell the
# two apart.

# %%
display(Markdown(report.table))

# %% [markdown]
# ## Is a promise of thirty per cent kept?
#
# A slope below 1 says that the model is too sure of itself, above 1 that it is too timid; the bias says how much it
# promises too much (above 0) on average.

# %%
display(Image(report.bundle / "plots" / "calibration.png"))
ours = report.figures["portrait"]
print("slope", ours["slope"], " bias", ours["bias"])

# %% [markdown]
# ## The card
#
# The same figures, with groups, limits and digests, filed with the model in both languages. What is worth reading
# twice is its end.

# %%
card = (report.bundle / "card.en.md").read_text("utf-8")
headings = [line for line in card.splitlines() if line.startswith("#")]
print("\n".join(headings))
display(Markdown(card[card.index(headings[-1]) :]))

# %% [markdown]
# ## The bundle answers by itself
#
# What serves is text and JSON: no training library is needed to answer. Beside the score stand a curve and a likely
# set, and contributions that add up to the score.

# %%
bundle = read(report.bundle)
since = np.datetime64(bundle.about["measured_from"]).item()
tested = later_cases(snapshot, target="share_12", since=since, cutoff=newest(snapshot))
answers = score(bundle, tested.values)
one = int(np.argmax(answers.score))
print(f"score {answers.score[one]:.1f} = base {answers.base:.1f} + {answers.contributions[one].sum():+.1f}")
print(f"P(any) {answers.curve.any()[one]:.2f}, P(all) {answers.curve.all()[one]:.2f} by twelve months")
print(answers.likely[one].text.en)
assert abs(answers.base + answers.contributions[one].sum() - answers.score[one]) < 1e-9

# %% [markdown]
# ## And on whom it is weak
#
# By coverage band: error, and how often the 90 % likely set held what came true.

# %%
held = answers.likely.holds(tested.target)
for name in ("low", "middle", "high"):
    here = tested.bands == name
    if here.any():
        error = np.abs(answers.score[here] / 100 - tested.target[here]).mean()
        print(
            f"coverage {name:6}: {here.sum():3} rows, mean error {error:.3f}, likely set held {held[here].mean():.0%}"
        )
plt.figure(figsize=(5, 3.2))
plt.hist(answers.score, bins=20, color="#1f4e79")
plt.xlabel("score")
plt.ylabel("later cases")
plt.tight_layout()
plt.show()
