"""The pages: views with their templates beside them, rendered on the server; they work without JavaScript."""

from pathlib import Path

PAGES = Path(__file__).parent
STATIC = PAGES / "static"
