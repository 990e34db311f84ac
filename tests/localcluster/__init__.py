"""A real Kubernetes on one machine, for tests, the demo and `make cluster`.

Two levels: `controlplane` is etcd and kube-apiserver (seconds, no root); `local` is a whole cluster with a node
that runs pods (root, Linux). `cluster` says what both a cluster of ours and one that the user has can do.
"""
