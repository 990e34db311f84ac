"""How an event is written for a sink: one file a format.

| module | what it is for |
|---|---|
| `port` | what every format can do, and what every format carries |
| `okta` | the event as it was received, inside an envelope |
"""

from okta_hooks.formats.okta import OktaFormat
from okta_hooks.formats.port import Arrival, Format, Origin, Unreadable

__all__ = ["Arrival", "Format", "OktaFormat", "Origin", "Unreadable"]
