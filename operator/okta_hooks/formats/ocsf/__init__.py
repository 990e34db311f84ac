"""The format `ocsf`: Open Cybersecurity Schema Framework 1.8.

| module | what it is for |
|---|---|
| `mapping` | from Okta's event to an event of OCSF |
| `classes` | which class and activity each type of event has: a table |
| `people` | OCSF's users, actors, groups and other things, from Okta's actors and targets |
| `places` | OCSF's endpoints, from Okta's client |
| `objects` | OCSF's objects |
| `event` | OCSF's event: the attributes of all classes that the table names |
"""

from okta_hooks.formats.ocsf.mapping import OcsfFormat

__all__ = ["OcsfFormat"]
