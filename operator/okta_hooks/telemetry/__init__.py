"""What a process tells about itself: log lines, distributions for metrics, and what must never be told."""
