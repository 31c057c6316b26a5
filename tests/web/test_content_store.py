"""Files by their content: the same promises from a folder and from an object store."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from dudao.web.content_store.folder import FolderStore
from dudao.web.content_store.model import ContentStore
from dudao.web.content_store.objects import ObjectStore
from dudao.web.environment import object_storage


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of an empty bucket on the loopback."""
    moto = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="office",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="dudao")
    yield f"s3://office:secret@{host}:{port}/dudao"
    server.stop()


@pytest.fixture(params=["folder", "objects"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> ContentStore:
    if request.param == "folder":
        return FolderStore(tmp_path / "files")
    return ObjectStore(object_storage(request.getfixturevalue("bucket")), "evidence")


def test_a_content_comes_back_as_it_went_in(files: ContentStore) -> None:
    contents = {hashlib.sha256(text).hexdigest(): text for text in (b"", "决算".encode(), bytes(range(256)) * 5000)}
    for key, content in contents.items():
        assert not files.has(key)
        files.keep(content, key)
        files.keep(content, key)
    assert {key: files.read(key) for key in contents} == contents
    assert [(each.key, each.size, each.half) for each in files.kept()] == [
        (key, len(contents[key]), False) for key in sorted(contents)
    ]
    for key in contents:
        files.remove(key)
        files.remove(key)
        with pytest.raises(FileNotFoundError):
            files.read(key)
    assert list(files.kept()) == []


def test_what_a_killed_write_left_is_listed_as_half_and_can_be_removed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.keep(b"x", "ab" * 32)
    (tmp_path / "ab" / "ab" / ".incoming-1").write_bytes(b"half")
    leftover, whole = store.kept()
    assert (leftover.half, leftover.key, whole.half) == (True, "ab/ab/.incoming-1", False)
    store.remove(leftover.key)
    assert [each.key for each in store.kept()] == ["ab" * 32]


def test_the_address_of_an_object_store_is_read() -> None:
    options = object_storage("s3://office:se%2Fcret@10.1.2.3:9000/education?tls=1&region=cn-north")
    assert options["endpoint_url"] == "https://10.1.2.3:9000"
    assert (options["secret_key"], options["bucket_name"]) == ("se/cret", "education")
    assert options["region_name"] == "cn-north"
    assert object_storage("") == {}


@pytest.mark.parametrize("address", ["http://a:b@host/bucket", "s3://host/bucket", "s3://a:b@host", "s3://a@host/b"])
def test_a_wrong_address_is_refused_with_its_form(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="s3://账号:密钥@主机"):
        object_storage(address)
