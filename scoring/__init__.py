"""From feature values to a score that can be taken apart.

The bundle's shape, outcomes, score, curve, contributions, reasons, haircut estimates and the shelf of bundles.
Imports the features room and what lies beneath it.
"""
