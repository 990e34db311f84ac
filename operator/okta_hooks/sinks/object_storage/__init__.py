"""The sink `objectStorage`: objects in a bucket, by the S3 interface of Amazon and many others.

| module | what it is for |
|---|---|
| `settings` | what is configured of it |
| `key` | an object's name |
| `store` | the bucket, and what it is opened with |
| `sink` | hands a batch over as one object |
| `failures` | what its errors say of events |

Only `settings` is loaded by a dispatcher that has no such sink.
"""

from okta_hooks.sinks.object_storage.settings import ObjectStorageSettings

__all__ = ["ObjectStorageSettings"]
