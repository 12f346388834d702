"""Compiling the inner loops, and keeping what was compiled for the next process.

numba keeps compiled loops in NUMBA_CACHE_DIR if that is set, else beside the source, else in the user's cache
folder, whichever can be written. Where none can (a read-only container), a private folder under the temporary one
is used, and without that the loops are compiled anew in every process: seconds lost, nothing else. Where nothing can be
compiled at all, ``absent`` says why (a code of `scoring.loops`, and what was found).
"""

from __future__ import annotations

import logging
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

try:
    import numba
except (ImportError, OSError) as refused:  # OSError: the system forbids memory that is both written and run
    numba = None  # type: ignore[assignment]
    absent: tuple[str, str] | None = ("kernel.no_numba", repr(refused))
else:
    switched_off = ("kernel.off", "NUMBA_DISABLE_JIT is set")
    absent = switched_off if numba.config.DISABLE_JIT else None  # type: ignore[attr-defined]

Loop = TypeVar("Loop", bound=Callable[..., Any])

_LOG = logging.getLogger(__name__)
ANY_ORDER = ("contract", "reassoc", "nsz")
"""Freedoms of floating point that reorder and fuse sums; NaN and infinities keep their meaning."""
LANES = 8
"""Quadrature points in one value of `_one_row`: a register of AVX-512, two of AVX2, four of NEON. Like ANY_ORDER it is
compiled in: numba notices a change only where the file of the loop changes too."""


def compiled(*, any_order: bool) -> Callable[[Loop], Loop]:
    """Compile a loop on its first call, without Python's lock held; where nothing can be compiled it stays as it is.

    ``any_order`` lets sums be taken in any order and products fused into them: right to some 1e-15, not bit for bit.
    """
    if absent is not None:
        return _as_it_is
    _without_linear_algebra()
    fastmath = set(ANY_ORDER) if any_order else False
    compile_later = partial(numba.njit, nogil=True, error_model="numpy", fastmath=fastmath)

    def keep(loop: Loop) -> Loop:
        return cast(Loop, _kept(loop, compile_later))

    return keep


def _as_it_is(loop: Loop) -> Loop:
    return loop


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
