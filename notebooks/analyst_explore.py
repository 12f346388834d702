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
# # Exploring a court's data set
#
# Before anything is trained: what came in, whom the court asked, what came true, and which labels to trust. The court
# here is synthetic and small; with your own snapshot (`docs/own-data.md`) everything below the first cell stays.

# %%
import tempfile
from datetime import timedelta
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from features.catalogue import CATALOGUE
from features.night import build, matrix
from records.contracts import TABLES
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.cohort import cohort
from scoring.groups import bands
from scoring.outcomes import FULL, HORIZONS, outcomes
from simulation import simulate
from vocabulary.labels import table_label

plt.rcParams.update({"figure.figsize": (8, 3.4), "axes.spines.top": False, "axes.spines.right": False})
INK, SOFT = "#1f4e79", "#9aa7b4"

room = Path(tempfile.mkdtemp(prefix="analyst-explore-"))
simulate(cases=500, seed=11, out=room / "files")
with Store.open(room / "store.duckdb", secret=b"a secret for this notebook only.") as store:
    loaded = load(store, room / "files")
    publish(store, room / "snapshots")
snapshot = Snapshot.current(room / "snapshots")
print(f"{loaded.loaded:,} rows loaded, {loaded.quarantined} in quarantine; records until {snapshot.newest}")

# %% [markdown]
# ## What came in
#
# Rows by table, and the lag between what happened and what the court knew. A table that is nearly empty, or whose two
# clocks always agree, usually says something of the export rather than of the debtors.

# %%
print(f"{'table':34} {'rows':>8} {'first':>12} {'newest':>12} {'median lag, days':>18}")
for name in TABLES:
    row = snapshot.query(
        f"SELECT count(*) AS rows, min(known_at) AS first, max(known_at) AS newest, "
        f"median(datediff('day', happened_at, known_at)) AS lag FROM \"{name}\""
    ).to_pylist()[0]
    if row["rows"]:
        print(
            f"{table_label(name).en:34} {row['rows']:>8,} {row['first']!s:>12} "
            f"{row['newest']!s:>12} {row['lag']:>18.0f}"
        )

# %% [markdown]
# ## What came true
#
# Outcomes are taken on the dates on which portraits are asked for. The share performed has mass at nothing and at
# everything: a mean says little of it, which is why the house also estimates a curve.

# %%
rows = cohort(snapshot, cutoff=snapshot.newest)
known = outcomes(snapshot, rows, cutoff=snapshot.newest)
owed = known["outstanding"].to_numpy() > 0
for months in HORIZONS:
    followed = owed & known[f"followed_{months}"].to_numpy(zero_copy_only=False)
    share = known[f"share_{months}"].to_numpy()[followed]
    print(
        f"{months:2} months: {followed.sum():4} followed, mean {share.mean():.3f}, "
        f"nothing {np.mean(share == 0):.0%}, everything {np.mean(share >= FULL):.0%}"
    )
followed = owed & known["followed_12"].to_numpy(zero_copy_only=False)
share = known["share_12"].to_numpy()[followed]
plt.hist(share, bins=np.linspace(0, 1, 26), color=INK)
plt.xlabel("share performed within twelve months")
plt.ylabel("obligations on asking dates")
plt.title("Nothing, everything, and little between")
plt.tight_layout()
plt.show()

# %% [markdown]
# ## Which labels to trust
#
# A label is confirmed, as reported or disputed. A year in which the mean jumps is a campaign, or a change of
# book-keeping: ask before training across it.

# %%
quality = known["quality"].to_numpy()[followed]
print(
    {
        name: int((quality == code).sum())
        for name, code in (("confirmed", 2), ("as reported", 1), ("disputed", 0))
    }
)
years = rows["as_of"].to_numpy().astype("datetime64[Y]").astype(int)[followed] + 1970
spread = [share[years == year] for year in np.unique(years)]
errors = [1.96 * each.std() / max(len(each), 1) ** 0.5 for each in spread]
plt.errorbar(np.unique(years), [each.mean() for each in spread], errors, fmt="o", color=INK, capsize=3)
plt.xticks(np.unique(years))
plt.ylabel("mean share in 12 months")
plt.title("By year of asking")
plt.tight_layout()
plt.show()

# %% [markdown]
# ## What is known of the debtors
#
# A missing number always has a reason. Coverage is the share of asset and income families answered and fresh; the
# outcome differs by it, because officers do not ask at random.

# %%
values = matrix(build(snapshot, rows.filter(followed)))
band = bands(values)
for name in ("low", "middle", "high"):
    here = band == name
    if here.any():
        print(f"coverage {name:6}: {here.sum():4} rows, mean share {share[here].mean():.3f}")
never = [name for place, name in enumerate(CATALOGUE.names) if np.isnan(values[:, place]).all()]
print(f"{len(never)} of {len(CATALOGUE.names)} features are never known here:", ", ".join(never[:6]), "…")

# %% [markdown]
# ## What moves with the outcome
#
# One feature at a time, by rank correlation: a first look, not a model. A feature that alone knows nearly everything
# is a leak (a closing code, a date that is entered on payment); training refuses one, but better to find it here.


# %%
def ranks(column: np.ndarray) -> np.ndarray:
    _, place, count = np.unique(column, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


found = []
for place, name in enumerate(CATALOGUE.names):
    there = ~np.isnan(values[:, place])
    if there.sum() >= 100 and np.ptp(values[there, place]) > 0:
        found.append(
            (np.corrcoef(ranks(values[there, place]), ranks(share[there]))[0, 1], name, int(there.sum()))
        )
strongest = sorted(found, key=lambda each: -abs(each[0]))[:12]
plt.figure(figsize=(8, 4))
plt.barh([CATALOGUE[name].label.en for _, name, _ in strongest], [each[0] for each in strongest], color=INK)
plt.gca().invert_yaxis()
plt.axvline(0, color=SOFT, linewidth=1)
plt.xlabel("rank correlation with the share in 12 months")
plt.tight_layout()
plt.show()
assert abs(strongest[0][0]) < 0.9

# %% [markdown]
# ## How long is the history
#
# Training, calibration and test each need a label window of their own, so a headline of twelve months needs more than
# three years. Rows by quarter, and where their twelve months are over.

# %%
quarter = rows["as_of"].to_numpy().astype("datetime64[M]").astype(int) // 3
done = rows["as_of"].to_numpy().astype("datetime64[D]") <= np.datetime64(
    snapshot.newest - timedelta(days=365)
)
at = np.arange(quarter.min(), quarter.max() + 1)
labels = 1970 + at / 4
plt.bar(
    labels,
    [np.sum((quarter == each) & done) for each in at],
    width=0.2,
    color=INK,
    label="twelve months over",
)
plt.bar(
    labels, [np.sum((quarter == each) & ~done) for each in at], width=0.2, color=SOFT, label="still to come"
)
plt.ylabel("rows a quarter")
plt.legend(frameon=False)
plt.tight_layout()
plt.show()
