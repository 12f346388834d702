"""Does this machine have what the environment stands on? Names the Debian package where it does not.

Runs on the machine's own Python before anything is installed: standard library only, and no recent syntax.
"""

import ctypes
import os
import platform
import shutil
import sys

OLDEST = (3, 11)
TOO_NEW = (3, 15)

NEEDED, WANTED = "needed", "wanted"

_NO_MODELS = "LightGBM and numba do not start without it"
_NO_PRINT = "portraits cannot be printed to PDF; all else works"

LIBRARIES = (
    (NEEDED, "libgomp.so.1", "libgomp1", _NO_MODELS),
    (WANTED, "libpango-1.0.so.0", "libpango-1.0-0", _NO_PRINT),
    (WANTED, "libpangoft2-1.0.so.0", "libpangoft2-1.0-0", _NO_PRINT),
)


def loads(library):
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def platform_problem():
    """What is wrong with this Python or this machine; empty when nothing is."""
    version = sys.version.split()[0]
    if sys.version_info < OLDEST:
        return f"Python {version} is too old: 3.11 or newer is needed (Debian: apt-get install python3)."
    if sys.version_info >= TOO_NEW:
        return f"Python {version} is newer than the locks, which are made for 3.11 to 3.14."
    apple_silicon = sys.platform == "darwin" and platform.machine() == "arm64"
    if not (sys.platform.startswith("linux") or apple_silicon):
        return "The locks are made for Linux, and for macOS on Apple silicon."
    return ""


def main():
    """Print one line for each thing missing; 1 when something needed is, 0 otherwise."""
    problem = platform_problem()
    if problem:
        print(f"{problem} Another Python is named by: make PYTHON=python3.12 ...")
        return 1
    if sys.platform == "darwin":
        return 0

    missing = [row for row in LIBRARIES if not loads(row[1])]
    for level, library, package, effect in missing:
        print(f"{level}: [{library}] is missing: {effect}. Debian: apt-get install {package}")
    if "--tests" in sys.argv and not shutil.which("chromium"):
        print(
            "wanted: [chromium] is missing: browser tests skip. Debian: apt-get install chromium fonts-wqy-microhei"
        )
    if "--tests" in sys.argv and not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        print("wanted: [java] is missing: Spark tests skip. Debian: apt-get install openjdk-17-jre-headless")
    return 1 if any(row[0] == NEEDED for row in missing) else 0


if __name__ == "__main__":
    sys.exit(main())
