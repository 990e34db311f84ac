"""The sinks of hooks, and OktaEventSinks and ClusterOktaEventSinks that hooks share.

| module | what it is for |
|---|---|
| `resolving` | what each sink of a hook is, with references followed |
| `feeding` | all that is needed to feed a hook's sinks, and what is in the way |
| `evidence` | how a hook's sinks do, for its condition and its status; pure |
| `damage` | what sinks miss or get again after damage; pure |
| `awaiting` | when to ask again for the first word of a sink that is new; pure |
| `users` | the hooks that use a shared sink, and what they say of it |
| `status` | what a shared sink says of itself; pure |
| `reconciler` | one look at a shared sink |
"""
