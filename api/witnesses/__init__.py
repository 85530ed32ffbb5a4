"""Witnesses over HTTP (C2SP tlog-witness): asked to cosign each new checkpoint, and answering as one."""
