"""Files in a bucket: S3, or anything that speaks its API, such as Google Cloud Storage with an HMAC key.

What Cloud Storage needs: the v4 signature, and no checksum headers beyond those of the first S3 (boto3 issue 4400).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from roteiro.domain.papers.filenames import checked_name
from roteiro.errors import FilesUnavailable

__all__ = ["Bucket", "S3Files"]

# Chosen: two tries of 2 s to connect and 5 s per read are the most that a waiting reader bears.
_CONFIG = Config(
    signature_version="s3v4",
    connect_timeout=2,
    read_timeout=5,
    retries={"total_max_attempts": 2, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_ABSENT = {"NoSuchKey", "404"}
_EXISTS = {"PreconditionFailed", "ConditionalRequestConflict"}


@dataclass(frozen=True, repr=False)
class Bucket:
    """Where the files are and who we are there; without a key boto3 looks for one itself (role, profile)."""

    name: str
    endpoint: str = ""  # empty: Amazon's
    region: str = ""
    key_id: str = ""
    secret: str = ""


class S3Files:
    """The Files of a deployed function; the client is made on first use, after the fork."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._lock = threading.Lock()
        self._made: Any = None

    def put(self, name: str, content: bytes, kind: str) -> bool:
        """Store a file; False if the name is taken."""
        place = self._place(name)
        with _translated():
            try:
                self._client().put_object(**place, Body=content, ContentType=kind, IfNoneMatch="*")
            except ClientError as error:
                if _code(error) in _EXISTS:
                    return False
                raise
        return True

    def get(self, name: str) -> bytes | None:
        """Return a file, or None."""
        place = self._place(name)
        with _translated():
            try:
                content: bytes = self._client().get_object(**place)["Body"].read()
            except ClientError as error:
                if _code(error) in _ABSENT:
                    return None
                raise
        return content

    def link(self, name: str, seconds: int) -> str | None:
        """Return an address that downloads the file from the bucket itself; made here, nobody is asked."""
        shown = {"ResponseContentDisposition": f'attachment; filename="{checked_name(name)}"'}
        with _translated():
            address: str = self._client().generate_presigned_url(
                "get_object", Params=self._place(name) | shown, ExpiresIn=seconds
            )
        return address

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket.name, "Key": checked_name(name)}

    def _client(self) -> Any:
        with self._lock:  # two threads may not make clients at once
            if self._made is None:
                given = self._bucket
                self._made = Session().client(
                    "s3",
                    endpoint_url=given.endpoint or None,
                    region_name=given.region or None,
                    aws_access_key_id=given.key_id or None,
                    aws_secret_access_key=given.secret or None,
                    config=_CONFIG,
                )
            return self._made


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _translated() -> Iterator[None]:
    """Turn every fault of the library into ours; its words may hold a key's id, so only its kind is told."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        known = _code(error) if isinstance(error, ClientError) else type(error).__name__
        raise FilesUnavailable(f"the bucket: {known}") from error
