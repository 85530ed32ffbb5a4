"""The reference story: six people, one queue and a promise of a day; pushed, then pulled at a rate, then not."""
