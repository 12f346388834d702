"""The door for people and for systems.

The API, permissions, the audit table and the pages, templates beside their views. Imports triage, monitoring and the
registry calls of training.
"""
