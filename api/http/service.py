"""The service: the ledger, its views and whoever is believed, opened once and shared by all routes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from anyio import CapacityLimiter

from api.feed import Feed
from api.http.identity.demo_login import DemoLogin
from api.http.identity.keys import ApiKeys
from api.http.identity.members import Authenticator, Identities
from api.http.identity.oidc import Oidc
from api.http.looking import Looking
from api.http.serving.at_once import FewAtOnce
from api.http.serving.health import Health
from api.http.serving.metrics import Metrics
from api.http.settings import HttpSettings
from api.projecting.projector import Projector
from api.telemetry import Telemetry
from api.webhooks.deliveries import Deliveries
from api.webhooks.waiting import Lookout
from ledger.awaited import AwaitedLedger
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.trees import Trees
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.service import Clock, Ledger, now
from ledger.settings import Settings
from ledger.store import Arrivals, arrivals_at, turn_at
from projections.figures.figure import Window
from projections.flow.lives_so_far import LivesSoFar
from projections.lists.load import standing
from projections.public.published import PublishedMonth
from projections.views import Views

SEARCHES_AT_ONCE = 2
NAMES_AT_ONCE = 4
FOLDS_AT_ONCE = 2
UPLOADS_AT_ONCE = 8
_STEPS_BACK_AFTER_SECONDS = 30.0
"""For how long it projects in the time in which it should answer, until it makes room for one that only projects."""


@dataclass(frozen=True, slots=True)
class Service:
    """All that a route may ask; answers that last end once it is `draining`."""

    ledger: Ledger
    awaited: AwaitedLedger
    looking: Looking
    views: Views
    trees: Trees
    signer: Signer
    projector: Projector
    arrivals: Arrivals
    lived: LivesSoFar
    feed: Feed
    deliveries: Deliveries
    identities: Identities
    settings: HttpSettings
    home: Path
    """Where originals lie."""
    health: Health
    metrics: Metrics
    telemetry: Telemetry
    demo: DemoLogin | None = None
    draining: Event = field(default_factory=Event)
    few: FewAtOnce = field(default_factory=FewAtOnce)
    """Who may read at a time: more would wait for one another at every row."""
    searches: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(SEARCHES_AT_ONCE))
    """Who may seek people at a time: each search keeps a processor busy."""
    folds: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(FOLDS_AT_ONCE))
    """For how many every case is folded anew at a time, so that threads are left to answer all others."""
    uploads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(UPLOADS_AT_ONCE))
    """From how many senders pictures are received at a time: each is held whole until it is read."""
    resolving: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(NAMES_AT_ONCE))
    """How many names are resolved at a time, by threads of their own: one that is slow keeps nobody else waiting."""
    published: dict[Window, PublishedMonth] = field(default_factory=dict[Window, PublishedMonth])
    """The tables of months that were asked for, which never change again."""

    def policies(self) -> Policies:
        """Every policy published so far."""
        return self.identities.policies()

    def in_force(self) -> PolicyVersion:
        """The policy in force now."""
        return self.policies().in_force(self.ledger.clock())

    def days(self) -> LocalDays:
        """The dates of the office's zone."""
        version = self.policies().versions[-1]
        return version.compiled.calendars.days_of(version.policy.office.zone)


@contextmanager
def opened_service(
    settings: Settings,
    http: HttpSettings,
    *,
    clock: Clock = now,
    telemetry: Telemetry | None = None,
) -> Generator[Service]:
    """The service over the ledger that the settings name, until the block ends."""
    told = telemetry or Telemetry()
    with ExitStack() as resources:
        views = resources.enter_context(Views.open(settings.location))
        ledger = resources.enter_context(
            Ledger.open(
                settings.location,
                master_key=settings.master_key_file,
                clock=clock,
                standing=lambda: standing(views),
            )
        )
        views.read_once_made(ledger.store)
        trees = resources.enter_context(Trees.open(settings.location, ledger.store))
        turn = turn_at(settings.location, "projector")
        projector = resources.enter_context(
            Projector(
                ledger.store,
                views,
                turn,
                observed=told.projected,
                steps_back_after=_STEPS_BACK_AFTER_SECONDS,
            )
        )
        arrivals = resources.enter_context(arrivals_at(settings.location, ledger.store))
        deliveries = resources.enter_context(Deliveries.open(settings.location))
        metrics = Metrics()
        awaited = resources.enter_context(told.awaited(ledger, observed=metrics.wrote))
        oidc = Oidc.from_settings(http)
        if oidc is not None:
            resources.enter_context(oidc.keys.sought())
        demo = DemoLogin(http.demo_secret.get_secret_value()) if http.demo_secret else None
        yield Service(
            ledger,
            awaited,
            resources.enter_context(Looking()),
            views,
            trees,
            Signer.beside(settings.master_key_file),
            projector,
            arrivals,
            LivesSoFar(ledger.store),
            Feed(ledger, public_url=http.public_url),
            deliveries,
            _identities(ledger, http, oidc, demo),
            http,
            settings.home,
            Health(
                ledger,
                awaited,
                projector,
                Lookout(ledger, deliveries),
                trust_seconds=http.trust_seconds,
                issuer=lambda: oidc and oidc.keys.answers,
            ),
            metrics,
            told,
            demo,
        )


def _identities(
    ledger: Ledger, http: HttpSettings, oidc: Oidc | None, demo: DemoLogin | None
) -> Identities:
    keys = ApiKeys(ledger, trust_seconds=http.trust_seconds)
    known: tuple[Authenticator | None, ...] = (keys, oidc, demo)
    believed = [each for each in known if each is not None]
    return Identities(ledger, believed, trust_seconds=http.trust_seconds)
