"""Numbers for Prometheus: what this service answered, and what waits.

Several processes serve: with `PROMETHEUS_MULTIPROC_DIR` set (`wsgi.py` sees to it) each writes
its counts to a file of its own, and any of them answers for all. What waits is asked of the
database and the queue when Prometheus asks. No label names a tenant or an act.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from flask import Flask, Response, current_app, g, request
from flask.views import MethodView
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from api.blueprint import Blueprint, services
from core.clock import civil_day
from core.errors import Unavailable
from jobs.services import SOFTWARE_VERSION, Services
from law.publication import unknown_from
from law.rates import SERIES
from storage import outbox

blp = Blueprint("metrics", __name__, description="For those who run the service. No API key.")

_BUCKETS = (0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_UNKNOWN = "(none)"
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


class HttpMetrics:
    """Counts and times of answers, by method, route and status."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "minutier_http_requests",
            "Answers given",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "minutier_http_request_seconds",
            "Time to answer",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._answers.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)


class WaitingWork(Collector):
    """What waits, asked when it is collected; a part that does not answer leaves its gauge out."""

    def __init__(self, parts: Services) -> None:
        self._parts = parts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask the database and the queue."""
        for name, what, ask in (
            ("minutier_outbox_rows", "Tasks not handed to the queue yet", self._outbox),
            ("minutier_queue_jobs", "Jobs that wait in the queue", self._parts.queue.depth),
            ("minutier_workers", "Workers that give signs of life", self._parts.queue.workers),
        ):
            try:
                yield GaugeMetricFamily(name, what, value=ask())
            except Unavailable:
                continue
        yield from self._rates()

    def _rates(self) -> Iterator[GaugeMetricFamily]:
        """Days for which each series of rates still has a value, today counted."""
        gauge = GaugeMetricFamily(
            "minutier_rates_days_left",
            "Days, today counted, for which a series of published rates has a value",
            labels=["series"],
        )
        try:
            tables = self._parts.rates()
        except Unavailable:
            return
        today = civil_day(self._parts.now())
        for series in SERIES:
            gauge.add_metric([series], (unknown_from(tables, series) - today).days)
        yield gauge

    def _outbox(self) -> int:
        with self._parts.database.reading() as tx:
            return outbox.size(tx)


def register(app: Flask) -> None:
    """Measure every answer of an application."""
    metrics = HttpMetrics()
    app.extensions["minutier.metrics"] = metrics

    @app.after_request
    def _observe(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else _UNKNOWN
        begun = g.get("begun")
        seconds = 0.0 if begun is None else time.perf_counter() - begun
        method = request.method if request.method in _METHODS else "OTHER"
        metrics.observe(method, route, answer.status_code, seconds)
        return answer


@blp.route("/metrics")
class Metrics(MethodView):
    """The numbers."""

    @blp.response(200, {"type": "string"}, content_type="text/plain")
    def get(self) -> Response:
        """Read the numbers, as Prometheus asks for them."""
        metrics: HttpMetrics = current_app.extensions["minutier.metrics"]
        return Response(_text(metrics), content_type=CONTENT_TYPE_LATEST)


def _text(metrics: HttpMetrics) -> bytes:
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # prometheus_client
    registry.register(WaitingWork(services()))
    own = b"" if os.environ.get("PROMETHEUS_MULTIPROC_DIR") else generate_latest(metrics.registry)
    info = f'# TYPE minutier_info gauge\nminutier_info{{version="{SOFTWARE_VERSION}"}} 1\n'
    return own + generate_latest(registry) + info.encode()
