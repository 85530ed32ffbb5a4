"""The figures of an office: pure formulas over counts, exact, each with what it was reckoned on.

Nothing here knows a ledger: `projections.flow.lives` and the views say what happened, `projections.measures`
puts it to these formulas (practice, formulas 5.1 to 5.6 and 5.12; that of the rate is `ledger.policy.flow.rates`).
"""
