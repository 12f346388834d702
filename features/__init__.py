"""Traces of ability to pay, declared once and read many times.

Declarations by kind of trace (catalogue), measures with two faces, the night engine, the day engine, evidence and
the handbook. Imports the records room.
"""
