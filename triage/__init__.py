"""The morning's docket.

Tracks, ranks, deadlines, plans, key figures and the nightly run. Imports the portraits room and what lies beneath it.
"""
