"""What telemetry is asked for, by the standard variables of OpenTelemetry, and whether it can be had."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

_EXTRA = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")
Signal = Literal["TRACES", "METRICS"]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Which signals go out; `trouble` is the sentence that says why none does though some were asked for."""

    traces: bool = False
    metrics: bool = False
    trouble: str = ""

    def __bool__(self) -> bool:
        return self.traces or self.metrics


def asked_for(environment: Mapping[str, str] = os.environ) -> AskedFor:
    """Signals are asked for by an endpoint, or by `otlp` as their exporter; nothing else is spoken to.

    What is set for a whole machine keeps no office from its service: what cannot be had is trouble, no error.
    """
    if environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return AskedFor()
    traces, metrics = _is_asked("TRACES", environment), _is_asked("METRICS", environment)
    if not (traces or metrics):
        return AskedFor()
    trouble = _trouble("TRACES", environment) if traces else ""
    trouble = trouble or (_trouble("METRICS", environment) if metrics else "")
    if not (trouble or all(map(_is_there, _EXTRA))):
        trouble = "install it with pip install 'caseledger[telemetry]'"
    return AskedFor(trouble=trouble) if trouble else AskedFor(traces, metrics)


def _is_asked(signal: Signal, environment: Mapping[str, str]) -> bool:
    exporter = environment.get(f"OTEL_{signal}_EXPORTER", "").strip().lower()
    if exporter:
        return exporter != "none"
    return any(
        environment.get(name)
        for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")
    )


def _trouble(signal: Signal, environment: Mapping[str, str]) -> str:
    exporter = environment.get(f"OTEL_{signal}_EXPORTER", "").strip().lower()
    if exporter not in ("", "otlp"):
        return f"OTEL_{signal}_EXPORTER must be otlp or none"
    own = f"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"
    name = own if environment.get(own) else "OTEL_EXPORTER_OTLP_PROTOCOL"
    if environment.get(name, "") not in ("", "http/protobuf"):
        return f"{name} must be http/protobuf"
    return ""


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it would be in
        return False
