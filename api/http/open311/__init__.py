"""Open311 GeoReport v2: services, requests and updates as applications of cities know them, in JSON and XML.

What is offered and what anybody may see is said by the policy (`open311`); what comes in becomes a case
by the command that every channel uses. Source of names, filters and errors: the specification at
https://wiki.open311.org/GeoReport_v2/.
"""
