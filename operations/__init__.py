"""Where everything is wired together.

The command line, settings and logs. Imports every room; nobody imports it.
"""
