"""Documents that are written from the code, so that they cannot say something else."""

from __future__ import annotations

from pathlib import Path


def write_all(folder: Path) -> list[Path]:
    """Write the handbooks of records and features and the index of articles below ``folder``; return their paths."""
    from features import handbook as features
    from portraits.law import handbook as law
    from records import handbook as records

    written = {"records.md": records.handbook(), "features.md": features.handbook(), "law.md": law.handbook()}
    for name, content in written.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [folder / name for name in written]
