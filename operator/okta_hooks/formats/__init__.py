"""How an event is written for a sink: one file or folder a format.

| module | what it is for |
|---|---|
| `settings` | what is configured of a format, and the format that comes of it |
| `port` | what every format can do, and what every format carries |
| `okta` | the event as it was received, inside an envelope |
| `cloudevents` | CloudEvents 1.0 |
| `ecs` | Elastic Common Schema |
| `ocsf` | Open Cybersecurity Schema Framework |
| `masking` | fields that are left out or pseudonymised, whatever the format; with `pseudonyms` |
| `log_event` | Okta's event as formats read it; with `reading`, which takes what it can get |
| `moments`, `addresses` | times as formats write them, and what is an IP address |
| `patterns` | which row of a table an event type belongs to |
"""

from okta_hooks.formats.okta import OktaFormat
from okta_hooks.formats.port import Arrival, Format, KeyUnusable, Origin, Unreadable
from okta_hooks.formats.settings import FormatSettings, format_of

__all__ = [
    "Arrival",
    "Format",
    "FormatSettings",
    "KeyUnusable",
    "OktaFormat",
    "Origin",
    "Unreadable",
    "format_of",
]
