"""What each command does with a dispatcher once it is reached.

| module | what it is for |
|---|---|
| `events` | `events` and `tail` |
| `dead_letters` | `dead-letters` |
| `replays` | `replay` and `replays` |
"""
