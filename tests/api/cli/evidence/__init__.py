"""Evidence from the command line: checkpoints, proofs, bundles, trails."""
