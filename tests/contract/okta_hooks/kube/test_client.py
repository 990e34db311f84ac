"""The client's verbs, against a real API server."""

from __future__ import annotations

import uuid

import pytest
import yaml

from localcluster.controlplane import ControlPlane
from okta_hooks.kube import errors
from okta_hooks.kube.api_server import ApiServer, connect
from okta_hooks.kube.objects import JsonObject, Manifest, ObjectKey, Resource
from okta_hooks.kube.resources import CONFIG_MAP, SECRET


def settings(namespace: str, **data: str) -> JsonObject:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "settings", "namespace": namespace, "labels": {"team": "identity"}},
        "data": {**data},
    }


def changed_by_somebody(controlplane: ControlPlane, namespace: str, data: str) -> None:
    controlplane.kubectl("patch", "configmap", "settings", "--namespace", namespace, "--patch", data)


async def test_apply_creates_what_is_missing(api: ApiServer, namespace: str) -> None:
    await api.apply(CONFIG_MAP, settings(namespace, colour="red"))
    assert (await api.get(CONFIG_MAP, ObjectKey(namespace, "settings")))["data"] == {"colour": "red"}


async def test_apply_leaves_the_fields_of_others_alone(
    api: ApiServer, controlplane: ControlPlane, namespace: str
) -> None:
    await api.apply(CONFIG_MAP, settings(namespace, colour="red"))
    changed_by_somebody(controlplane, namespace, '{"data": {"shape": "round"}}')
    applied = await api.apply(CONFIG_MAP, settings(namespace, colour="blue"))
    assert applied["data"] == {"colour": "blue", "shape": "round"}


async def test_apply_takes_back_a_field_of_ours_that_somebody_changed(
    api: ApiServer, controlplane: ControlPlane, namespace: str
) -> None:
    await api.apply(CONFIG_MAP, settings(namespace, colour="red"))
    changed_by_somebody(controlplane, namespace, '{"data": {"colour": "green"}}')
    assert (await api.apply(CONFIG_MAP, settings(namespace, colour="red")))["data"] == {"colour": "red"}


async def test_apply_takes_away_what_is_no_longer_named(api: ApiServer, namespace: str) -> None:
    await api.apply(CONFIG_MAP, settings(namespace, colour="red", shape="round"))
    assert (await api.apply(CONFIG_MAP, settings(namespace, colour="red")))["data"] == {"colour": "red"}


async def test_applying_the_same_again_changes_nothing(api: ApiServer, namespace: str) -> None:
    first, second = [
        Manifest.model_validate(await api.apply(CONFIG_MAP, settings(namespace, colour="red"))) for _ in range(2)
    ]
    assert first.metadata.resource_version == second.metadata.resource_version


async def test_what_the_api_server_cannot_accept_is_refused_with_its_sentence(api: ApiServer, namespace: str) -> None:
    with pytest.raises(errors.Refused, match=r"apply ConfigMap .*/settings: .*a valid config key"):
        await api.apply(CONFIG_MAP, settings(namespace, **{"not/a/key": "red"}))


async def test_a_list_holds_the_objects_with_the_labels_and_says_their_kind(api: ApiServer, namespace: str) -> None:
    await api.apply(CONFIG_MAP, settings(namespace))
    (found,) = await api.list(CONFIG_MAP, namespace, {"team": "identity"})
    assert str(Manifest.model_validate(found)) == f"ConfigMap {namespace}/settings"


async def test_a_list_goes_through_all_pages(api: ApiServer, controlplane: ControlPlane, namespace: str) -> None:
    many = [{**settings(namespace), "metadata": {"name": f"n{n}", "namespace": namespace}} for n in range(501)]
    controlplane.kubectl("create", "--filename", "-", stdin=yaml.safe_dump_all(many))
    names = [Manifest.model_validate(each).metadata.name for each in await api.list(CONFIG_MAP, namespace)]
    assert set(names) >= {f"n{n}" for n in range(501)}


async def test_what_does_not_exist_is_not_found(api: ApiServer, namespace: str) -> None:
    with pytest.raises(errors.NotFound, match=r"get ConfigMap .*/nothing"):
        await api.get(CONFIG_MAP, ObjectKey(namespace, "nothing"))


async def test_a_name_that_is_taken_is_a_conflict(api: ApiServer, namespace: str) -> None:
    await api.create(CONFIG_MAP, settings(namespace))
    with pytest.raises(errors.Conflict):
        await api.create(CONFIG_MAP, settings(namespace))


async def test_replacing_what_has_changed_since_is_a_conflict(
    api: ApiServer, controlplane: ControlPlane, namespace: str
) -> None:
    read = await api.create(CONFIG_MAP, settings(namespace))
    changed_by_somebody(controlplane, namespace, '{"data": {"shape": "round"}}')
    with pytest.raises(errors.Conflict):
        await api.replace(CONFIG_MAP, read)


async def test_finalizers_are_set_on_what_nobody_has_changed_since(api: ApiServer, namespace: str) -> None:
    read = Manifest.model_validate(await api.create(CONFIG_MAP, settings(namespace)))
    version = read.metadata.resource_version
    marked = await api.set_finalizers(CONFIG_MAP, read.key, ("oktahooks.dev/hook",), resource_version=version)
    metadata = Manifest.model_validate(marked).metadata
    assert metadata.finalizers == ("oktahooks.dev/hook",)
    await api.set_finalizers(CONFIG_MAP, read.key, (), resource_version=metadata.resource_version)
    assert Manifest.model_validate(await api.get(CONFIG_MAP, read.key)).metadata.finalizers == ()


async def test_finalizers_of_what_has_changed_since_are_a_conflict(
    api: ApiServer, controlplane: ControlPlane, namespace: str
) -> None:
    read = Manifest.model_validate(await api.create(CONFIG_MAP, settings(namespace)))
    changed_by_somebody(controlplane, namespace, '{"data": {"shape": "round"}}')
    with pytest.raises(errors.Conflict):
        await api.set_finalizers(
            CONFIG_MAP, read.key, ("oktahooks.dev/hook",), resource_version=read.metadata.resource_version
        )


async def test_what_is_gone_is_deleted_without_complaint(api: ApiServer, namespace: str) -> None:
    made = Manifest.model_validate(await api.create(CONFIG_MAP, settings(namespace)))
    for _ in range(2):
        await api.delete(CONFIG_MAP, made.key, uid=made.metadata.uid)
    with pytest.raises(errors.NotFound):
        await api.get(CONFIG_MAP, made.key)


async def test_another_object_of_the_same_name_is_not_deleted(api: ApiServer, namespace: str) -> None:
    made = Manifest.model_validate(await api.create(CONFIG_MAP, settings(namespace)))
    with pytest.raises(errors.Conflict):
        await api.delete(CONFIG_MAP, made.key, uid=str(uuid.uuid4()))


async def test_what_the_role_does_not_allow_is_forbidden(controlplane: ControlPlane, namespace: str) -> None:
    async with connect(controlplane.credentials("nobody", "nobody")) as nobody:
        with pytest.raises(errors.Forbidden, match='User "nobody" cannot list resource "secrets"'):
            await nobody.list(SECRET, namespace)


async def test_a_kind_that_the_cluster_does_not_serve_is_not_found(api: ApiServer, namespace: str) -> None:
    with pytest.raises(errors.NotFound):
        await api.list(Resource("example.com/v1", "Unknown", "unknowns"), namespace)
