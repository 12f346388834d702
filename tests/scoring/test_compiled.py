"""Compiled loops are kept where that is possible, and answer where it is not."""

from __future__ import annotations

import logging
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numba
import pytest
from numba.core.caching import CacheImpl, UserProvidedCacheLocator

from scoring import _compiled

ROOT = Path(__file__).resolve().parents[2]


def fresh_loop() -> Callable[[float], float]:
    """A new loop each time, as in a new process."""

    def double(x: float) -> float:
        return 2.0 * x

    made: Callable[[float], float] = _compiled.Later(double, any_order=False).made()
    return made


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No folder that numba would take by itself; the temporary one is ``tmp_path``."""
    monkeypatch.setattr(CacheImpl, "_locator_classes", [UserProvidedCacheLocator])
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setattr(_compiled.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_where_no_folder_can_be_written_a_private_temporary_one_keeps_the_loops(nowhere: Path) -> None:
    assert fresh_loop()(2.0) == 4.0

    (folder,) = nowhere.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.rglob("*.nbc"))


def test_a_temporary_folder_that_others_can_write_is_not_trusted(
    nowhere: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fresh_loop()
    (folder,) = nowhere.iterdir()
    folder.chmod(0o777)
    numba.config.CACHE_DIR = ""

    with caplog.at_level(logging.WARNING):
        assert fresh_loop()(2.0) == 4.0

    assert "not kept" in caplog.text
    assert not list(folder.rglob("*.nbc"))


@pytest.mark.parametrize("kept", ["*.nbi", "*.nbc"])
def test_a_damaged_file_means_compiling_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, kept: str
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    assert fresh_loop()(2.0) == 4.0
    for file in tmp_path.rglob(kept):
        file.write_bytes(file.read_bytes()[:5])

    with caplog.at_level(logging.WARNING):
        assert fresh_loop()(3.0) == 6.0

    assert "compiled again" in caplog.text


def test_a_folder_that_went_away_costs_nothing_but_the_keeping(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "kept"
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(folder))
    loop = fresh_loop()
    for place in folder.iterdir():
        place.rmdir()
    folder.rmdir()
    folder.write_text("a file stands in its place")

    with caplog.at_level(logging.WARNING):
        assert loop(2.0) == 4.0

    assert "not kept" in caplog.text


def test_nothing_of_numba_is_loaded_before_a_loop_is_called() -> None:
    told = run_alone(
        """
        import sys
        import scoring.score
        from scoring import contributions
        before = "numba" in sys.modules
        contributions.warm()
        print(before, "numba" in sys.modules)
        """
    )
    assert told == "False True"


def test_threads_that_call_a_loop_first_get_one_and_the_same() -> None:
    told = run_alone(
        """
        from concurrent.futures import ThreadPoolExecutor
        from scoring import _kernel
        later = _kernel.fill_cells
        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(lambda _: id(later.made()), range(64)))
        print(len(made), id(_kernel.fill_cells) in made, type(_kernel._plain).__name__)
        """
    )
    assert told == "1 True CPUDispatcher"


def test_no_loop_is_given_out_before_all_of_its_file_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a thread might compile the first while the second, which it calls, is not there yet."""
    file = ModuleType("loops_of_this_test")
    monkeypatch.setitem(sys.modules, file.__name__, file)
    code = "def first(x): return second(x)\ndef second(x): return 2.0 * x"
    exec(code, vars(file))
    loops = [_compiled.Later(getattr(file, name), any_order=False) for name in ("first", "second")]
    file.first, file.second = loops  # type: ignore[attr-defined]
    given_out: list[bool] = []

    def made_of(loop: object, *, any_order: bool) -> object:
        given_out.extend(each._made is not None for each in loops)
        return loop

    monkeypatch.setattr(_compiled, "_made_of", made_of)

    assert loops[0](3.0) == 6.0
    assert given_out == [False] * 4
    assert not isinstance(vars(file)["second"], _compiled.Later)


def run_alone(code: str) -> str:
    """What a process of its own prints."""
    words = [sys.executable, "-c", textwrap.dedent(code)]
    run = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    return run.stdout.strip()
