"""For what a debtor's records may be read: every read names one (法释〔2013〕20号 Art. 7: enforcement only)."""

from __future__ import annotations

from enum import StrEnum

from vocabulary.text import Text


class Purpose(StrEnum):
    """The reason given for reading one debtor's records."""

    ENFORCEMENT_MEASURE = "enforcement_measure"
    ASSET_INVESTIGATION = "asset_investigation"
    ROUND_TERMINATION = "round_termination"
    RESUMPTION = "resumption"
    DISTRIBUTION = "distribution"
    OBJECTION = "objection"
    REVIEW = "review"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self]


_LABELS = {
    Purpose.ENFORCEMENT_MEASURE: Text(zh="决定执行措施", en="choosing an enforcement measure"),
    Purpose.ASSET_INVESTIGATION: Text(zh="财产调查", en="investigating assets"),
    Purpose.ROUND_TERMINATION: Text(zh="终本审查", en="terminating the current round"),
    Purpose.RESUMPTION: Text(zh="恢复执行审查", en="resuming enforcement"),
    Purpose.DISTRIBUTION: Text(zh="参与分配", en="participation in distribution"),
    Purpose.OBJECTION: Text(zh="执行异议审查", en="deciding an objection"),
    Purpose.REVIEW: Text(zh="监督复核", en="supervision and review"),
}
