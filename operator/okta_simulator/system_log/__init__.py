"""The System Log: what was written down, for how long, and how it is asked for."""
