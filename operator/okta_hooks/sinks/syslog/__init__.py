"""The sink `syslog`: RFC 5424 over TLS.

| module | what it is for |
|---|---|
| `settings` | what is configured of it |
| `message` | an event as a message of RFC 5424 |
| `connection` | one connection, and what may be known of what was written to it |
| `sink` | hands a batch over |
"""

from okta_hooks.sinks.syslog.settings import SyslogSettings

__all__ = ["SyslogSettings"]
