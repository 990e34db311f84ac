"""The simulator's own API beside Okta's: events, time, faults, and what really happened."""
