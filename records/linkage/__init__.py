"""Linkage: one obligor across sources. Numbers first, then firms' names and addresses; every decision a dated record."""
