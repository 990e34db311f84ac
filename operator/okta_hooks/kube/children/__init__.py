"""What the operator makes in the cluster for one hook, as pure functions from its spec to manifests.

`family.children` puts them together. One receiver has no PodDisruptionBudget: a budget that keeps one pod of one could
only stop a node from being drained, for ever.

| module | what it is for |
|---|---|
| `subject` | what children are made from |
| `family` | all children of a hook |
| `deployment`, `pod`, `containers`, `volumes`, `storage` | the pods that receive and dispatch, and their volume |
| `arguments`, `configuration`, `proxy` | what their processes are told |
| `stream` | the distributed journal: where it is, and what it is entered with |
| `feeds` | a hook's sink with references followed, and where its credentials are mounted |
| `feed_settings`, `feed_ports` | such a sink as the dispatcher is told, and as a network policy is told |
| `secrets` | Secrets that the operator makes |
| `network`, `routes` | Services, who may reach what, and the way in |
| `names`, `metadata` | what a child is called, and what says whose it is |
"""
