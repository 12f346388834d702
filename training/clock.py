"""Seconds of each step of a training run."""

from __future__ import annotations

import time

from training.fit import Progress


class Clock:
    """Seconds of each step, told as it begins."""

    _STEPS = ("cohort", "features", "learning", "measuring", "card", "registering")

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.seconds = progress, dict[str, float]()
        self.step, self.began = "", time.perf_counter()

    def at(self, step: str) -> None:
        """A step begins."""
        self._close()
        self.step = step
        if self.progress:
            self.progress(step, self._STEPS.index(step), len(self._STEPS))

    def done(self) -> dict[str, float]:
        """Seconds by step."""
        self._close()
        return self.seconds

    def _close(self) -> None:
        now = time.perf_counter()
        if self.step:
            self.seconds[self.step] = round(now - self.began, 2)
        self.began = now
