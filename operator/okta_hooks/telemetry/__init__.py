"""What a process tells about itself.

| module | what it is for |
|---|---|
| `log_lines` | log lines, one JSON object each |
| `throttle` | a bound on those that a stranger can cause |
| `protocol_log` | where an HTTP server logs what it can't understand |
| `redaction` | what none may carry |
| `distribution` | how measured values spread, for a histogram |
"""
