"""Prometheus' own judge of what is meant for Prometheus, built once at a pinned version.

| module | what it is for |
|---|---|
| `promtool` | runs it: metrics as a page tells them, rules and tests of rules |
| `pytest_plugin` | the fixture `promtool` |
"""
