"""What the demo shows, in the words of whoever would type it."""

from __future__ import annotations

from dataclasses import dataclass

from demo.terminal import Again, Command, Run, Watch

_HOOKS_IN_OKTA = (
    'curl --silent --show-error --fail --header "Authorization: SSWS $OKTA_API_TOKEN" $OKTA/api/v1/eventHooks'
)
_SHORT = r"""python3 -m json.tool | grep --extended-regexp '"(name|status|verificationStatus|uri)"|"user\.'"""
_LOOK_NOW = 'kubectl -n security annotate oktaeventhook sign-ins --overwrite oktahooks.dev/reconcile-at="$(date)"'


@dataclass(frozen=True)
class Step:
    """A part of the story.

    Args:
        says: What happens, in a sentence.
        commands: By which it happens and is seen.
    """

    says: str
    commands: tuple[Command, ...]


def _sign_in(who: str) -> str:
    return (
        "curl --silent --show-error --fail --data '{}' --header \"Authorization: Bearer $OKTA_SIMULATOR_CONTROL_TOKEN\""
        f" $OKTA/simulator/v1/people/{who}@example.com/sign-in && echo"
    )


INSTALLING = Step(
    "An Okta organisation (simulated) and the operator go into the cluster",
    (
        Run("kubectl create namespace okta"),
        Run("kubectl create secret generic acme -n okta --from-file=$OKTA_FILES"),
        Run("kubectl apply --filename=tests/demo/okta.yaml"),
        Run("kubectl apply --server-side --kustomize=manifests/overlays/test"),
        Run("kubectl create configmap trust -n okta-event-hooks --from-file=$OKTA_FILES/ca.crt"),
        Run("kubectl rollout status deployment/acme -n okta --timeout=60s"),
        Run("kubectl rollout status deployment/okta-event-hooks -n okta-event-hooks --timeout=60s"),
    ),
)

REGISTERING = Step(
    "A team applies one file, and has a working event hook",
    (
        Run("kubectl create namespace security"),
        Run(
            "kubectl -n security create secret generic okta"
            " --from-file=token=$OKTA_FILES/api-token --from-file=$OKTA_FILES/ca.crt"
        ),
        Run("kubectl -n security apply --filename=manifests/examples/quickstart.yaml"),
        Watch("kubectl -n security get oktaeventhooks --watch", (r"^sign-ins +True +Ready +VERIFIED",)),
        Run("kubectl -n security get oktaorgs,deployments,ingresses", (r"default +True", r"sign-ins-receiver +1/1")),
        Run(f"{_HOOKS_IN_OKTA} | {_SHORT}", ("security/sign-ins", '"VERIFIED"', r"user\.account\.lock")),
    ),
)

RECEIVING = Step(
    "People sign in, and the team has the events",
    (
        Run(_sign_in("grace.kim"), ("signed in",)),
        Run(_sign_in("omar.haddad"), ("signed in",)),
        Watch(
            "kubectl -n security logs deployment/sign-ins-receiver --container=dispatcher --follow",
            (r"user\.session\.start.*grace\.kim@", r"user\.session\.start.*omar\.haddad@"),
        ),
        Again(f"{_LOOK_NOW} && kubectl -n security get oktaeventhooks", r"sign-ins +True +Ready +VERIFIED +2 "),
        Run("okta-simulator truth", (r'"acknowledged": 2',)),
    ),
)

CHANGING = Step(
    "The team wants another type of event, and Okta follows the file",
    (
        Run(
            "kubectl -n security patch oktaeventhook sign-ins --type=merge"
            """ --patch='{"spec": {"eventTypes": ["user.session.start", "user.session.end"]}}'"""
        ),
        Run("kubectl -n security wait oktaeventhook/sign-ins --for=condition=Ready --timeout=60s"),
        Run(f"{_HOOKS_IN_OKTA} | {_SHORT}", (r"user\.session\.end",), (r"user\.account\.lock",)),
    ),
)

BREAKING = Step(
    "The endpoint breaks, the status says so, and it comes back",
    (
        Run("kubectl scale deployment/traefik -n kube-system --replicas=0"),
        Run(_LOOK_NOW),
        Watch("kubectl -n security get oktaeventhooks --watch", (r"^sign-ins +False",)),
        Run("kubectl -n security get oktaeventhook sign-ins --output=wide", ("events.hooks.test",)),
        Run("kubectl scale deployment/traefik -n kube-system --replicas=1"),
        Watch("kubectl -n security get oktaeventhooks --watch", (r"^sign-ins +True +Ready",)),
    ),
)

DELETING = Step(
    "The team deletes the object, and nothing of it stays in Okta",
    (
        Run("kubectl -n security delete oktaeventhook sign-ins --timeout=60s", ("deleted",)),
        Run(_HOOKS_IN_OKTA, (r"^\[\]$",)),
    ),
)

LIFE = (REGISTERING, RECEIVING, CHANGING, BREAKING, DELETING)
"""What happens once the operator runs, from beginning to end."""
