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
# # When the model is wrong
#
# The worst cases teach more than the mean. Later cases of a small synthetic court are scored; the largest errors are
# opened down to the records behind them, and looked at together: is it the model, the records, or luck?

# %%
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from features.catalogue import CATALOGUE
from features.phrases import sentence
from portraits.evidence import opened
from records.dossiers import Dossiers
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.score import score
from scoring.shelf import Shelf
from simulation import simulate
from training.challenge import later_cases
from training.fit import Settings
from training.sides import newest
from training.train import Plan, train
from vocabulary.families import FAMILIES

plt.rcParams.update({"figure.figsize": (8, 3.4), "axes.spines.top": False, "axes.spines.right": False})
INK, SOFT, RED = "#1f4e79", "#9aa7b4", "#b8501a"

room = Path(tempfile.mkdtemp(prefix="analyst-wrong-"))
simulate(cases=500, seed=11, out=room / "files")
with Store.open(room / "store.duckdb", secret=b"a secret for this notebook only.") as store:
    load(store, room / "files")
    publish(store, room / "snapshots")
snapshot = Snapshot.current(room / "snapshots")
plan = Plan(grid=(Settings(leaves=5, rate=0.08, rounds=80),), draws=40)
train(snapshot, out=room / "mlruns", shelf=Shelf(room / "bundles"), plan=plan)
bundle = Shelf(room / "bundles").champion()

# %% [markdown]
# ## How wrong, and how often
#
# The share is mostly nothing or everything, so single errors are large even of a perfect model. What must not be is an
# error that one can see beforehand: a band or a group whose errors lie on one side.

# %%
since = np.datetime64(bundle.about["measured_from"]).item()
tested = later_cases(snapshot, target="share_12", since=since, cutoff=newest(snapshot))
answers = score(bundle, tested.values)
expected = answers.score / 100
error = tested.target - expected
plt.scatter(expected, tested.target + np.linspace(-0.01, 0.01, len(error)), s=14, color=INK, alpha=0.5)
plt.plot([0, 1], [0, 1], color=SOFT, linestyle="--")
plt.xlabel("share expected")
plt.ylabel("share that came true")
plt.tight_layout()
plt.show()
print(f"{len(error)} rows: mean error {error.mean():+.3f}, mean size {np.abs(error).mean():.3f}")

# %% [markdown]
# ## On one side by group?
#
# Mean error with twice its standard error. A bar that does not reach 0 is worth a look; with a dozen bars one in
# twenty will not, by chance.

# %%
groups = {f"coverage {name}": tested.bands == name for name in ("low", "middle", "high")}
groups |= {f"{name}": tested.kind == name for name in np.unique(tested.kind)}
groups |= {name.replace("_", " "): tested.moment == name for name in np.unique(tested.moment)}
shown = {name: error[here] for name, here in groups.items() if here.sum() >= 10}
plt.errorbar(
    [each.mean() for each in shown.values()],
    list(shown),
    xerr=[2 * each.std() / len(each) ** 0.5 for each in shown.values()],
    fmt="o",
    color=INK,
    capsize=3,
)
plt.axvline(0, color=SOFT)
plt.gca().invert_yaxis()
plt.xlabel("came true − expected")
plt.tight_layout()
plt.show()

# %% [markdown]
# ## The worst, opened
#
# Promised most and paid nothing; promised least and paid everything. For each: the reasons that carried the score, and
# the very rows behind the first of them.

# %%
dossiers = Dossiers.current(room / "snapshots")


def open_case(row: int) -> None:
    """The reasons of one row, and the records of the debtor behind the weightiest that has any."""
    as_of = tested.as_of[row].item()
    dossier = dossiers.fetch(int(tested.party[row]), int(tested.case[row]), as_of)
    print(
        f"expected {expected[row]:.2f}, came true {tested.target[row]:.2f}; "
        f"owed {tested.outstanding[row]:,.0f} yuan on {as_of} "
        f"({tested.moment[row].replace('_', ' ')}, coverage {tested.bands[row]})"
    )
    order = np.argsort(-np.abs(answers.contributions[row]))
    for place in order[:4]:
        name = CATALOGUE.names[place]
        words = sentence(CATALOGUE[name], float(tested.values[row, place]), None).en
        print(f"   {answers.contributions[row, place]:+6.1f}  {words}")
    for place in (each for each in order if FAMILIES[CATALOGUE.features[each].family].asked):
        evidence = opened(CATALOGUE.names[place], dossier)
        rows = [each for part in evidence.parts for each in part.rows]
        if rows:
            print(f"   behind [{evidence.label.en}]:")
            for each in rows[:3]:
                print("     ", {name: str(value) for name, value in each.items() if value is not None})
            break


over, under = np.argsort(error)[:2], np.argsort(-error)[:2]
for title, chosen in (("Promised too much", over), ("Promised too little", under)):
    print(f"== {title}")
    for row in chosen:
        open_case(int(row))

# %% [markdown]
# ## What happened afterwards
#
# The payments after the date of the score say how it was wrong: a sale that brought more than thought, a relative who
# paid, a settlement kept. What nobody could know on the day is luck; what stood in a register that was not asked is a
# matter of asking; the rest is the model.

# %%
payments = """
    SELECT happened_at, channel, amount / 100.0 AS yuan FROM payments
    WHERE case_id = $case AND party_id = $party AND happened_at > $day
        AND superseded_at IS NULL AND NOT coalesce(retracted, false)
    ORDER BY happened_at LIMIT 5"""
for row in under:
    day = tested.as_of[row].item()
    told = snapshot.query(
        payments, case=int(tested.case[row]), party=int(tested.party[row]), day=day
    ).to_pylist()
    print(f"expected {expected[row]:.2f}, came true {tested.target[row]:.2f}:")
    for each in told:
        print(f"   {each['happened_at']} {each['channel']:10} {each['yuan']:>14,.2f}")
    assert told

# %% [markdown]
# ## Unasked, or unknowable?
#
# If errors are larger where less was asked, asking is worth more than another model. The width of the likely set should
# say so before anything comes true.

# %%
for name in ("low", "middle", "high"):
    here = tested.bands == name
    if here.any():
        print(
            f"coverage {name:6}: {here.sum():3} rows, mean size of error {np.abs(error[here]).mean():.3f}, "
            f"likely set wide {answers.likely.size[here].mean():.2f}"
        )
