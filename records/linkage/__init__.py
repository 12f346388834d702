"""Linkage: one obligor across sources. Numbers first, then firms' names; every decision dated."""
