"""An operator with many hooks in many organisations, for benchmarks."""
