"""What the operator makes in the cluster for one hook, as pure functions from its spec to manifests.

`family.children` puts them together. There is no PodDisruptionBudget: the embedded journal has one receiver, and a
budget that keeps one pod of one could only stop a node from being drained, for ever.
"""
