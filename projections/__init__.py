"""What the entries mean: one fold, kept in tables that can be thrown away and asked at any instant.

`views` opens, catches up and rebuilds them; `fold` is how, `rows` what is kept of each stream, `store` where.
The other rooms are what is asked: of `one_case`, of many (`lists`), of the `flow` of work, of the whole
`office` at another instant. The figures of a window are `measures`, by the pure `figures`.
"""
