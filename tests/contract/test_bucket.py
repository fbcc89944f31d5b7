"""What is special about a bucket: its links, its headers, its faults. Signature and expiry are worked out here."""

import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from boto3.session import Session
from botocore.config import Config

from roteiro.errors import FilesUnavailable, InvalidRequest
from roteiro.files.s3 import Bucket, S3Files
from tests.bucket import SECRET, running_bucket, vendor_client
from tests.sigv4 import signature_of

PUBLISHED = (  # the example of the S3 API reference, with its own key
    "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
)
PUBLISHED_SIGNATURE = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with running_bucket("relatorios") as one:
        yield one


def asked(link: str | None) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link or "").query).items()}


def checksums(bucket: Bucket, key: str) -> set[str]:
    """Return the checksums that came with a file."""
    head = vendor_client(bucket).head_object(Bucket=bucket.name, Key=key, ChecksumMode="ENABLED")
    return {name for name in head if name.startswith("Checksum") and name != "ChecksumType"}


def test_our_own_reckoning_of_signatures_gives_the_published_one() -> None:
    assert signature_of(PUBLISHED, SECRET) == PUBLISHED_SIGNATURE


def test_a_link_downloads_the_file_from_the_bucket_itself(bucket: Bucket) -> None:
    files = S3Files(bucket)
    files.put("baixar.pdf", b"%PDF-", "application/pdf")

    with urllib.request.urlopen(files.link("baixar.pdf", 900) or "") as answer:
        content = answer.read()

    assert content == b"%PDF-"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="baixar.pdf"'


@pytest.mark.parametrize("seconds", [1, 900])
def test_a_link_carries_its_end_and_a_signature_over_it(bucket: Bucket, seconds: int) -> None:
    link = S3Files(bucket).link("a.pdf", seconds) or ""

    assert (asked(link)["X-Amz-Expires"], asked(link)["X-Amz-SignedHeaders"]) == (str(seconds), "host")
    assert asked(link)["X-Amz-Signature"] == signature_of(link, SECRET)


@pytest.mark.parametrize(
    ("old", "new"), [("X-Amz-Expires=900", "X-Amz-Expires=901"), ("/a.pdf", "/b.pdf"), ("attachment", "inline")]
)
def test_a_link_that_somebody_changed_no_longer_fits_its_signature(bucket: Bucket, old: str, new: str) -> None:
    link = S3Files(bucket).link("a.pdf", 900) or ""

    assert old in link
    assert signature_of(link.replace(old, new, 1), SECRET) != asked(link)["X-Amz-Signature"]


def test_a_link_names_the_bucket_and_never_the_secret(bucket: Bucket) -> None:
    link = S3Files(bucket).link("a.pdf", 900) or ""

    assert link.startswith(f"{bucket.endpoint}/relatorios/a.pdf?")
    assert SECRET not in link + repr(bucket) + repr(S3Files(bucket))


def test_a_link_to_a_path_is_refused(bucket: Bucket) -> None:
    with pytest.raises(InvalidRequest):
        S3Files(bucket).link("../a.pdf", 900)


def test_a_stored_file_has_its_content_type_and_no_checksum_that_other_clouds_refuse(bucket: Bucket) -> None:
    S3Files(bucket).put("tipo.pdf", b"%PDF-", "application/pdf")

    assert vendor_client(bucket).head_object(Bucket="relatorios", Key="tipo.pdf")["ContentType"] == "application/pdf"
    assert checksums(bucket, "tipo.pdf") == set()


def test_a_bucket_that_does_not_exist_is_unavailable_and_no_empty_place(bucket: Bucket) -> None:
    files = S3Files(replace(bucket, name="outro-balde"))

    with pytest.raises(FilesUnavailable, match="NoSuchBucket"):
        files.get("a.pdf")
    with pytest.raises(FilesUnavailable, match="NoSuchBucket"):
        files.put("a.pdf", b"x", "application/pdf")


def test_a_server_that_refuses_is_asked_twice_at_most_and_told_as_unavailable() -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        files = S3Files(Bucket("relatorios", f"http://127.0.0.1:{nobody.getsockname()[1]}", "auto", "k", "s"))
        started = time.monotonic()

        with pytest.raises(FilesUnavailable, match="EndpointConnectionError"):
            files.get("a.pdf")

    assert time.monotonic() - started < 6


def test_a_bucket_whose_name_is_none_is_unavailable(bucket: Bucket) -> None:
    with pytest.raises(FilesUnavailable, match="ParamValidationError"):
        S3Files(replace(bucket, name="um balde")).link("a.pdf", 900)


@pytest.mark.parametrize("wish", ["when_supported", "when_required"])
def test_what_a_checksum_would_look_like_is_seen_where_one_is_sent(bucket: Bucket, wish: str) -> None:
    client = Session().client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name="us-east-1",
        aws_access_key_id=bucket.key_id,
        aws_secret_access_key=bucket.secret,
        config=Config(request_checksum_calculation=wish),
    )
    client.put_object(Bucket="relatorios", Key=wish, Body=b"x")

    assert ("ChecksumCRC32" in checksums(bucket, wish)) == (wish == "when_supported")


def test_a_link_for_google_is_signed_for_its_own_name() -> None:
    files = S3Files(Bucket("relatorios", "https://storage.googleapis.com", "auto", "GOOG1EXAMPLE", SECRET))

    link = files.link("a.pdf", 900) or ""

    assert link.startswith("https://storage.googleapis.com/relatorios/a.pdf?")
    assert "%2Fauto%2Fs3%2Faws4_request" in link
    assert asked(link)["X-Amz-Signature"] == signature_of(link, SECRET)
