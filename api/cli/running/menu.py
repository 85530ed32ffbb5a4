"""The lines of the menu for what runs by itself, and for other systems that ask and are told."""

from __future__ import annotations

SERVING = {
    "serve": "Serve the HTTP interface.",
}
ACCESS = {
    "access-matrix": "Who may ask what over HTTP: every route, role and relation to a case.",
}
API_KEYS = {
    "show": "Which keys other systems have, for what and until when.",
    "issue": "Issue a key to another system; it is shown once.",
    "revoke": "Take a key back.",
}
WEBHOOKS = {
    "show": "Which systems are told of entries, and how far each is.",
    "make": "Let a system be told of each entry that it may see.",
    "move": "Deliver to another address from now on.",
    "renew-secret": "Sign with a new secret; it is shown once.",
    "pause": "Hold deliveries back for the time being.",
    "resume": "Go on where deliveries stopped.",
    "end": "End a subscription, for good.",
    "deliver-again": "Deliver what was given up after all.",
    "deliver": "Deliver what is owed, once or on and on.",
    "topics": "List what may be told of.",
}
RUNNING = {
    "watch": "Record what time has brought, and deliver the alerts that are owed.",
    "bench": "Measure against the budgets (from a checkout).",
}
DEMONSTRATING = {
    "demo": "Let a simulated department live for months, show what it came to, and serve it if asked.",
}
