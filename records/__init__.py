"""What a court holds about a debtor, each fact with its two clocks.

Contracts of the tables, receipts, loading and quarantine, the dossier of one debtor, the stores, and adapters for
foreign data sets. Imports the vocabulary.
"""
