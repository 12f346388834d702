"""The house stands: rooms are this repository's, imports go one way, files stay readable, nothing names a machine."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))

ROOMS = (
    "vocabulary",
    "records",
    "simulation",
    "features",
    "scoring",
    "training",
    "portraits",
    "triage",
    "monitoring",
    "serving",
    "operations",
)
LONGEST_FILE = 350

# What a process that only answers must not carry: seconds of start and hundreds of megabytes.
HEAVY = {"lightgbm", "matplotlib", "mlflow", "pandas", "pandera", "pyarrow", "shap", "sklearn"}
LIGHT_ROOMS = ("vocabulary", "scoring", "portraits", "triage", "serving")


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of every room."""
    return tuple(sorted(path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py")))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git keeps; none where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(path for name in names if name and (path := REPOSITORY / name).is_file())


def named(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_imported_from_this_repository(room: str) -> None:
    module = importlib.import_module(room)

    assert Path(str(module.__file__)) == REPOSITORY / room / "__init__.py"


def test_every_folder_that_is_a_package_is_a_room() -> None:
    folders = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")}

    assert folders == set(ROOMS)


def test_every_room_is_in_the_layer_list_and_under_every_checker() -> None:
    linter = SETTINGS["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in linter["contracts"] if contract["type"] == "layers")
    listed = [room.strip() for layer in layers for room in layer.split("|")]

    assert sorted(listed) == sorted(ROOMS)
    assert sorted(linter["root_packages"]) == sorted(ROOMS)
    assert sorted(SETTINGS["tool"]["mypy"]["files"]) == sorted(ROOMS)
    assert sorted(SETTINGS["tool"]["ruff"]["lint"]["isort"]["known-first-party"]) == sorted(ROOMS)
    packages = SETTINGS["tool"]["setuptools"]["packages"]["find"]["include"]
    assert sorted(packages) == sorted(f"{room}*" for room in ROOMS)


def test_imports_go_one_way() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checked = subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_process_that_only_answers_stays_light() -> None:
    names = [
        named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in modules()
        if path.relative_to(REPOSITORY).parts[0] in LIGHT_ROOMS
    ]
    script = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print(' '.join(sorted(set(sys.modules) & {HEAVY!r})))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )

    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []


def test_every_file_opens_by_saying_which_room_it_is() -> None:
    silent = [named(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]

    assert silent == []


def test_no_file_grows_past_reading() -> None:
    long = {named(path): lines for path in modules() if (lines := _lines(path)) > LONGEST_FILE}

    assert long == {}


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_tracked_file_names_this_machine_or_its_index() -> None:
    if not tracked():
        pytest.skip("not a git checkout")
    # Put together here so that this file does not name them either.
    traces = [
        f"{REPOSITORY}/",
        f"{Path.home()}/",
        "/".join(["", "opt", "pypi"]),
        "/".join(["", "opt", "wheels"]),
    ]
    traces += [".".join(["pypi", "org"]), ".".join(["files", "pythonhosted", "org"])]
    found = [
        f"{named(path)}: {trace}"
        for path in tracked()
        for trace in traces
        if len(trace) > 2 and trace.encode() in path.read_bytes()
    ]

    assert found == []


@pytest.mark.parametrize("lock", sorted((REPOSITORY / "requirements").iterdir()), ids=lambda path: path.name)
def test_a_lock_names_packages_and_hashes_only(lock: Path) -> None:
    lines = [line.removesuffix(" \\").strip() for line in lock.read_text("utf-8").splitlines()]
    strange = [
        line for line in lines if "://" in line or not ("==" in line or line.startswith("--hash=sha256:"))
    ]

    assert strange == []
    assert sum("==" in line.split(";")[0] for line in lines) <= sum(
        line.startswith("--hash") for line in lines
    )
