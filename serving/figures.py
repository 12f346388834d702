"""Figures of the running service for a monitor (Prometheus): counts and durations, never a person or a case."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Figures:
    """The figures of one service, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "portrait_requests",
            "Requests by method, route and status",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "portrait_request_seconds",
            "Duration of requests by route",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._portraits = Counter(
            "portrait_answers", "Portraits by outcome", ("outcome",), registry=self.registry
        )

    def request(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def portrait(self, outcome: str) -> None:
        """Count a portrait: scored, abstained or repeated."""
        self._portraits.labels(outcome).inc()

    def text(self) -> bytes:
        """All figures in Prometheus's text form."""
        return generate_latest(self.registry)
