"""Does this machine have what the environment stands on? Names the Debian package where it does not.

Runs on the machine's own Python before anything is installed: standard library only, old syntax on purpose.
"""

import ctypes
import platform
import shutil
import sys

OLDEST = (3, 11)
TOO_NEW = (3, 15)

NEEDED, WANTED = "needed", "wanted"

LIBRARIES = (
    (NEEDED, "libgomp.so.1", "libgomp1", "LightGBM and numba do not start without it"),
    (WANTED, "libpango-1.0.so.0", "libpango-1.0-0", "portraits cannot be printed to PDF; all else works"),
    (
        WANTED,
        "libpangoft2-1.0.so.0",
        "libpangoft2-1.0-0",
        "portraits cannot be printed to PDF; all else works",
    ),
)


def loads(library):
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main():
    """Print one line for each thing missing; 1 when something needed is, 0 otherwise."""
    if sys.version_info < OLDEST:
        print(
            f"Python {sys.version.split()[0]} is too old: this project needs 3.11 or newer (Debian package python3)."
        )
        print("With a newer one installed beside it: make PYTHON=python3.11 ...")
        return 1
    if sys.version_info >= TOO_NEW:
        print(
            f"Python {sys.version.split()[0]} is newer than the locks: use 3.11 to 3.14, make PYTHON=python3.14 ..."
        )
        return 1
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return 0
    if not sys.platform.startswith("linux"):
        print("The locks are made for Linux, and for macOS on Apple silicon.")
        return 1

    missing = [row for row in LIBRARIES if not loads(row[1])]
    for level, library, package, effect in missing:
        print(f"{level}: [{library}] is missing: {effect}. Debian: apt-get install {package}")
    if "--tests" in sys.argv and not shutil.which("chromium"):
        print(
            "wanted: [chromium] is missing: browser tests skip. Debian: apt-get install chromium fonts-wqy-microhei"
        )
    return 1 if any(row[0] == NEEDED for row in missing) else 0


if __name__ == "__main__":
    sys.exit(main())
