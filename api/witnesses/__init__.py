"""Witnesses: asked over HTTP to cosign (C2SP tlog-witness), answering as one, and what is given out cites of them."""
