"""An operator with many hooks in many organisations, and a pod as processes; for benchmarks and contract tests."""
