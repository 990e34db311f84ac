"""From a hook's name to its dispatcher, on the machine of whoever types commands.

kubectl does what it does best: it knows every way to prove who somebody is, and its port-forward reaches a pod from
inside, where no NetworkPolicy is in the way. The API server's proxy would call the pod from outside, and keep the
header that carries the token for itself.

| module | what it is for |
|---|---|
| `address` | which hook, in which cluster |
| `kubectl` | kubectl as a child, and what its errors mean |
| `finding` | the hook's pods, and the token of their admin ports |
| `forwarding` | a port of a pod on this machine |
| `dispatcher` | what can be asked of a dispatcher |
| `reaching` | all of it together |
"""
