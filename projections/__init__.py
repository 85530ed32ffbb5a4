"""What the entries mean: one fold, kept in tables that can be thrown away and asked at any instant.

`views` opens, catches up and rebuilds them. What is asked stands in modules of its own: `queues`,
`sla`, `board`, `flow`, `rates`, `calls`, `sequence`, `exceptions`, `load`, `as_of`,
`office_as_of`, `details`, `trail`, `replay`. The figures of a window are `measures` of
`lives`, by the pure `figures`.
"""
