"""Compiling the inner loops, and keeping what was compiled for the next process.

numba keeps compiled loops in NUMBA_CACHE_DIR if that is set, else beside the source, else in the user's cache
folder, whichever can be written. Where none can (a read-only container), a private folder under the temporary one
is used, and without that the loops are compiled anew in every process: seconds lost, nothing else. Where nothing can be
compiled at all, ``absent`` says why. numba itself is a third of a service's start, so nothing of it is loaded before
the first loop is called.
"""

from __future__ import annotations

import logging
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

Loop = TypeVar("Loop", bound=Callable[..., Any])

_LOG = logging.getLogger(__name__)
ANY_ORDER = ("contract", "reassoc", "nsz")
"""Freedoms of floating point that reorder and fuse sums; NaN and infinities keep their meaning."""
LANES = 8
"""Quadrature points in one value of `_one_row`: a register of AVX-512, two of AVX2, four of NEON. Like ANY_ORDER it is
compiled in: numba notices a change only where the file of the loop changes too."""


def compiled(*, any_order: bool) -> Callable[[Loop], Loop]:
    """Compile a loop when it is first called, to run without Python's lock; where nothing can be compiled it stays
    as it is.

    ``any_order`` lets sums be taken in any order and products fused into them: right to some 1e-15, not bit for bit.
    """

    def later(loop: Loop) -> Loop:
        return cast(Loop, Later(loop, any_order=any_order))

    return later


@lru_cache(maxsize=1)
def absent() -> tuple[str, str] | None:
    """Why nothing can be compiled here: a code of `scoring.loops`, and what was found; None where it can."""
    try:
        import numba
    except (
        ImportError,
        OSError,
    ) as refused:  # OSError: the system forbids memory that is both written and run
        return ("kernel.no_numba", repr(refused))
    off: bool = numba.config.DISABLE_JIT  # type: ignore[attr-defined]
    return ("kernel.off", "NUMBA_DISABLE_JIT is set") if off else None


class Later:
    """A loop before its first call. Any number of threads may be the first: one compiles, the others wait for it."""

    __slots__ = ("_any_order", "_loop", "_made")

    def __init__(self, loop: Callable[..., Any], *, any_order: bool) -> None:
        self._loop = loop
        self._any_order = any_order
        self._made: Any = None

    def __call__(self, *given: Any, **named: Any) -> Any:
        made = self._made
        return (self.made() if made is None else made)(*given, **named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.made(), name)

    def made(self) -> Any:
        """What numba makes of the loop. Loops of its file are made with it: it may call them, and they it.

        None of them is given out before all are there: a thread that compiled one earlier would meet others not made.
        """
        with _MAKING:
            if self._made is None:
                names = vars(sys.modules[self._loop.__module__])
                others = {name: other for name, other in names.items() if isinstance(other, Later)}
                made = {other: other._own() for other in {self, *others.values()}}
                names.update({name: made[other] for name, other in others.items()})
                for other, own in made.items():
                    other._made = own
            return self._made

    def _own(self) -> Any:
        return self._loop if absent() is not None else _made_of(self._loop, any_order=self._any_order)


_MAKING = threading.RLock()


def _made_of(loop: Any, *, any_order: bool) -> Any:
    import numba

    _without_linear_algebra()
    fastmath = set(ANY_ORDER) if any_order else False
    return _kept(loop, partial(numba.njit, nogil=True, error_model="numpy", fastmath=fastmath))


def _kept(loop: Any, compile_later: Callable[..., Any]) -> Any:
    try:
        dispatcher = compile_later(cache=True)(loop)
    except RuntimeError as nowhere:  # numba: no locator available
        if not _keep_in_private_folder():
            _LOG.warning("compiled loops are not kept, no folder can be written: %s", nowhere)
            return compile_later()(loop)
        dispatcher = compile_later(cache=True)(loop)
    dispatcher._cache = _Forgiving(dispatcher._cache)
    return dispatcher


def _without_linear_algebra() -> None:
    """Let numba set itself up without loading SciPy's linear algebra: no loop here uses it, and it costs a process
    as long as all kept loops together. Loops elsewhere that do use it load it when they are compiled.
    """
    if "numba.np.arraymath" in sys.modules:
        return
    from numba.np import linalg

    asked, linalg.ensure_blas = linalg.ensure_blas, _refuse
    try:
        from numba.np import arraymath
    finally:
        linalg.ensure_blas = asked
    arraymath._HAVE_BLAS = find_spec("scipy") is not None


def _refuse() -> None:
    raise ImportError("not asked for at the start")


def _keep_in_private_folder() -> bool:
    """Point numba to a folder that only this user can write: what is kept there is loaded as code."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"debtor-portrait-compiled-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user or found.st_mode & 0o077:
        return False
    import numba

    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return True


class _Forgiving:
    """numba's store of one loop, where a damaged file means compiling again and a full disk means not keeping."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def load_overload(self, signature: Any, target: Any) -> Any:
        try:
            return self._store.load_overload(signature, target)
        except Exception as damaged:  # noqa: BLE001 - unpickling a damaged file raises anything
            _LOG.warning("a kept loop cannot be read, it is compiled again: %r", damaged)
            return None

    def save_overload(self, signature: Any, overload: Any) -> None:
        try:
            self._store.save_overload(signature, overload)
        except Exception as refused:  # noqa: BLE001 - a full disk, or a damaged index that cannot be extended
            _LOG.warning("a compiled loop is not kept: %r", refused)
