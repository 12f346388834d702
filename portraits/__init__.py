"""One debtor's portrait, as of a date.

Evidence, capacity ledger, promises, conduct facts, gaps, change and replay. A portrait is a pure function of the
dossier, the bundle and the parameters. Imports the scoring room and what lies beneath it.
"""
