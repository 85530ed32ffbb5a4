"""The pure rules: the policy document, calendars, clocks, routing and load.

`read_policy` gives a `Policy`; `compile_policy` makes it ready; then `route`, `armed`, `wanting`
and `reckon` answer from it, with everything else handed in.
"""
