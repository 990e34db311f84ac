"""What the demo shows, in the words of whoever would type it."""

from __future__ import annotations

from dataclasses import dataclass

from demo.terminal import Again, Command, Run, Watch

_HOOKS_IN_OKTA = (
    'curl --silent --show-error --fail --header "Authorization: SSWS $OKTA_API_TOKEN" $OKTA/api/v1/eventHooks'
)
_SHORT = r"""python3 -m json.tool | grep --extended-regexp '"(name|status|verificationStatus|uri)"|"user\.'"""
_LOOK_NOW = 'kubectl -n security annotate oktaeventhook sign-ins --overwrite oktahooks.dev/reconcile-at="$(date)"'
_STATUS = f"{_LOOK_NOW} && kubectl -n security get oktaeventhooks,oktaeventsinks --output=wide"
_SINKS = (
    f"{_LOOK_NOW} && kubectl -n security get oktaeventhook sign-ins"
    r""" --output=jsonpath='{range .status.sinks[*]}{.name}: {.state}{"\n"}{end}'"""
)
_LOGS = "/api/v1/namespaces/siem/services/logs:http/proxy/select/logsql/query"
"""Where VictoriaLogs answers queries, by way of the API server."""


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


def _stored(pipe: str) -> str:
    return f"kubectl get --raw '{_LOGS}?query=event.event.eventType:user.session.start|{pipe.replace(' ', '+')}'"


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

FEEDING = Step(
    "The team sends its events to a log store as well; VictoriaLogs speaks Splunk's protocol",
    (
        Run("kubectl create namespace siem"),
        Run("kubectl apply --filename=tests/demo/logs.yaml"),
        Run("kubectl -n siem rollout status deployment/logs --timeout=60s"),
        Run("kubectl -n security create secret generic splunk --from-literal=token=any-will-do-here"),
        Run("kubectl -n security apply --filename=manifests/examples/splunk.yaml"),
        Run(
            "kubectl -n security patch oktaeventhook sign-ins --type=json --patch="
            """'[{"op": "add", "path": "/spec/sinks/-", "value": {"name": "splunk", "ref": {"name": "splunk"}}}]'"""
        ),
        Again(_SINKS, "splunk: Running"),
        Run(_sign_in("grace.kim"), ("signed in",)),
        Run(_sign_in("omar.haddad"), ("signed in",)),
        Again(_stored("fields _time, event.event.actor.alternateId, fields.uuid"), r"(?s)\{.*\{"),
        Again(_STATUS, r"eventsink.*/splunk +True +Healthy +1 +0 "),
    ),
)

LOSING_A_SINK = Step(
    "The log store fails while people sign in; once it is back it has every event, each once",
    (
        Run("kubectl -n siem scale deployment/logs --replicas=0"),
        Run("kubectl -n siem wait pod --selector=app=logs --for=delete --timeout=60s"),
        Run(_sign_in("grace.kim"), ("signed in",)),
        Run(_sign_in("omar.haddad"), ("signed in",)),
        Run(_sign_in("grace.kim"), ("signed in",)),
        Again(_STATUS, r"eventsink.*/splunk +False +SinkUnavailable +1 +3 "),
        Run("kubectl -n siem scale deployment/logs --replicas=1"),
        Again(_stored("stats count() as events, count_uniq(fields.uuid) as different"), '"5".*"5"'),
        Again(_STATUS, r"eventsink.*/splunk +True +Healthy +1 +0 "),
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

LIFE = (REGISTERING, RECEIVING, FEEDING, LOSING_A_SINK, CHANGING, BREAKING, DELETING)
"""What happens once the operator runs, from beginning to end."""
