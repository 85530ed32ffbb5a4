"""Processes of tests that do one thing: forked from one that has imported what they need once, and runs no threads."""

from __future__ import annotations

import multiprocessing

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.contracts.served", "tests.erasing.house"])
