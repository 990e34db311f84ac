"""The format `ecs`: Elastic Common Schema, with the fields that Elastic's integration for Okta gives to its users.

| module | what it is for |
|---|---|
| `mapping` | from Okta's event to a document |
| `document` | a document's fields |
| `okta_fields` | its fields under `okta`, which are the integration's own |
| `categories` | what kind of event a type is: a table |
"""

from okta_hooks.formats.ecs.mapping import EcsFormat

__all__ = ["EcsFormat"]
