"""Tests of releases: what is selected, bundled, verified and shown."""
