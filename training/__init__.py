"""How a model is made and chosen.

Cohorts, splits, fit, calibration, comparison, groups, the model card, registration and promotion.
Imports the scoring room and what lies beneath it.
"""
