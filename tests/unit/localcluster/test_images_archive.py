"""Image archives are what containerd imports, and hold nothing twice."""

import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from localcluster.images import archive
from localcluster.images.archive import Image


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program"
    path.write_text("#!/bin/true\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def image(program: Path) -> Image:
    return Image(
        "localhost/one:1", ["/bin/program"], {"bin/program": program}, {"bin/alias": "program"}, {"tmp": 0o1777}
    )


def contents(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as found:
        return {member.name: file.read() for member in found if (file := found.extractfile(member))}


def manifest(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(contents(path)["manifest.json"])
    return found


def layer(path: Path, unpacked: Path) -> tarfile.TarFile:
    unpacked.write_bytes(contents(path)[manifest(path)[0]["Layers"][0]])
    return tarfile.open(unpacked)


def test_an_image_has_the_name_that_pods_use(tmp_path: Path, image: Image) -> None:
    archive.write(tmp_path / "a.tar", image)
    assert manifest(tmp_path / "a.tar")[0]["RepoTags"] == ["localhost/one:1"]


def test_the_configuration_names_the_layer_by_its_digest(tmp_path: Path, image: Image) -> None:
    archive.write(tmp_path / "a.tar", image)
    found, (entry,) = contents(tmp_path / "a.tar"), manifest(tmp_path / "a.tar")
    digest = hashlib.sha256(found[entry["Layers"][0]]).hexdigest()
    assert json.loads(found[entry["Config"]])["rootfs"]["diff_ids"] == [f"sha256:{digest}"]


def test_an_image_runs_as_a_numbered_user(tmp_path: Path, image: Image) -> None:
    archive.write(tmp_path / "a.tar", image)
    configuration = json.loads(contents(tmp_path / "a.tar")[manifest(tmp_path / "a.tar")[0]["Config"]])
    assert configuration["config"]["User"] == "65532:65532"


def test_a_layer_has_files_links_and_folders(tmp_path: Path, image: Image) -> None:
    archive.write(tmp_path / "a.tar", image)
    with layer(tmp_path / "a.tar", tmp_path / "layer.tar") as found:
        modes = {member.name: (member.type, member.mode & 0o7777) for member in found if not member.issym()}
        assert modes == {"bin/program": (tarfile.REGTYPE, 0o755), "tmp": (tarfile.DIRTYPE, 0o1777)}
        assert found.getmember("bin/alias").linkname == "program"


def test_equal_files_make_equal_archives_whenever_they_were_written(
    tmp_path: Path, image: Image, program: Path
) -> None:
    archive.write(tmp_path / "a.tar", image)
    program.touch()
    archive.write(tmp_path / "b.tar", image)
    assert contents(tmp_path / "a.tar") == contents(tmp_path / "b.tar")


def test_images_of_the_same_files_share_their_layer(tmp_path: Path, program: Path) -> None:
    files = {"bin/program": program}
    archive.write(tmp_path / "a.tar", Image("one:1", ["/bin/program"], files), Image("two:1", ["/bin/sh"], files))
    assert sum(name.endswith(".tar") for name in contents(tmp_path / "a.tar")) == 1


def test_merging_keeps_every_image_and_each_layer_once(tmp_path: Path, program: Path) -> None:
    files = {"bin/program": program}
    archive.write(tmp_path / "a.tar", Image("one:1", ["/bin/program"], files))
    archive.write(tmp_path / "b.tar", Image("two:1", ["/bin/sh"], files))
    archive.merge(tmp_path / "both.tar", [tmp_path / "a.tar", tmp_path / "b.tar"])
    assert [entry["RepoTags"] for entry in manifest(tmp_path / "both.tar")] == [["one:1"], ["two:1"]]
    assert sum(name.endswith(".tar") for name in contents(tmp_path / "both.tar")) == 1
