"""Pods of the whole cluster do what Kubernetes promises of them."""

import json
import urllib.request

import pytest

from cluster.waiting import eventually
from localcluster import images
from localcluster.cluster import Cluster
from localcluster.kubectl import Kubectl

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 0
      securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: web
        image: %(image)s
        imagePullPolicy: Never
        command: [sh, -c]
        args: ['echo "$GREETING from $HOSTNAME" > /srv/index.html; echo begun; exec httpd -f -p 8080 -h /srv']
        env: [{name: GREETING, value: "%(greeting)s"}]
        ports: [{containerPort: 8080}]
        readinessProbe: {exec: {command: [test, "!", -e, /srv/not-ready]}, periodSeconds: 1, failureThreshold: 1}
        volumeMounts: [{name: srv, mountPath: /srv}, {name: secret, mountPath: /secret}]
        securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      volumes: [{name: srv, emptyDir: {}}, {name: secret, secret: {secretName: word}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""


class Workload:
    """The deployment above, in a namespace of the test's own that enforces the restricted level."""

    def __init__(self, kubectl: Kubectl, namespace: str) -> None:
        self._kubectl = kubectl
        self.namespace = namespace

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self._kubectl("--namespace", self.namespace, *arguments, stdin=stdin)

    def apply(self, greeting: str) -> None:
        document = DEPLOYMENT % {"image": images.BUSYBOX, "greeting": greeting}
        self.kubectl("apply", "--filename=-", stdin=document)
        self.settle()

    def settle(self) -> None:
        self.kubectl("rollout", "status", "deployment/web", "--timeout=60s")

    def set_secret(self, word: str) -> None:
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "word"}, "stringData": {"word": word}}
        self.kubectl("apply", "--filename=-", stdin=json.dumps(secret))

    def pods(self) -> list[str]:
        listed = json.loads(self.kubectl("get", "pods", "--selector=app=web", "--output=json"))["items"]
        return [pod["metadata"]["name"] for pod in listed if "deletionTimestamp" not in pod["metadata"]]

    def address(self) -> str:
        return self.kubectl("get", "service", "web", "--output=jsonpath={.spec.clusterIP}")


@pytest.fixture
def web(cluster: Cluster, namespace: str) -> Workload:
    cluster.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
    workload = Workload(cluster.kubectl, namespace)
    workload.set_secret("first")
    workload.apply("hello")
    return workload


def greetings(cluster: Cluster, web: Workload, times: int) -> set[str]:
    """What the Service answers in so many requests, each on a connection of its own."""
    url = f"http://{web.address()}/"
    done = cluster.run(["curl", "--no-progress-meter", "--fail", "--header", "Connection: close", *[url] * times])
    return set(done.stdout.splitlines())


def words(cluster: Cluster, web: Workload) -> set[str]:
    return {greeting.split(" from ")[0] for greeting in greetings(cluster, web, 4)}


def test_a_deployment_rolls_out(cluster: Cluster, web: Workload) -> None:
    web.apply("good day")
    assert eventually(lambda: words(cluster, web) == {"good day"})


def test_a_deployment_rolls_back(cluster: Cluster, web: Workload) -> None:
    web.apply("good day")
    web.kubectl("rollout", "undo", "deployment/web")
    web.settle()
    assert eventually(lambda: words(cluster, web) == {"hello"})


def test_a_pod_whose_readiness_fails_gets_no_traffic(cluster: Cluster, web: Workload) -> None:
    failing, other = web.pods()
    web.kubectl("exec", failing, "--", "touch", "/srv/not-ready")
    web.kubectl("wait", f"pod/{failing}", "--for=condition=Ready=false", "--timeout=30s")
    assert eventually(lambda: greetings(cluster, web, 20) == {f"hello from {other}"})


def test_a_changed_secret_reaches_a_pod_that_runs(web: Workload) -> None:
    pod = web.pods()[0]
    web.set_secret("second")
    assert eventually(lambda: web.kubectl("exec", pod, "--", "cat", "/secret/word") == "second")


def test_logs_are_those_of_the_pod(web: Workload) -> None:
    assert web.kubectl("logs", web.pods()[0]) == "begun\n"


def test_exec_passes_input_and_output_through(web: Workload) -> None:
    assert web.kubectl("exec", "--stdin", web.pods()[0], "--", "tr", "a-z", "A-Z", stdin="aloud") == "ALOUD"


def test_a_pod_runs_as_the_user_that_its_spec_names(web: Workload) -> None:
    assert web.kubectl("exec", web.pods()[0], "--", "id", "-u") == "1000\n"


def test_a_pod_reaches_the_api_at_the_address_in_its_environment(web: Workload) -> None:
    script = "nc -w 5 $KUBERNETES_SERVICE_HOST $KUBERNETES_SERVICE_PORT < /dev/null && echo reached"
    assert web.kubectl("exec", web.pods()[0], "--", "sh", "-c", script) == "reached\n"


def test_a_port_of_this_machine_leads_to_a_service(cluster: Cluster, web: Workload) -> None:
    assert eventually(lambda: words(cluster, web) == {"hello"})
    host, port = cluster.forward(web.address(), 80)
    with urllib.request.urlopen(f"http://{host}:{port}/") as answer:
        assert answer.read().startswith(b"hello from ")
