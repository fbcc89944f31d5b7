"""Amazon's signature of an address, worked out by ourselves, because the stand-in for S3 checks none.

Source: the S3 API reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
"""

import hashlib
import hmac
from urllib.parse import parse_qsl, quote, urlsplit

__all__ = ["signature_of"]


def signature_of(address: str, secret: str) -> str:
    """Return the signature that a presigned GET address must carry."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    query.pop("X-Amz-Signature", None)
    asked = "&".join(f"{quote(name, '')}={quote(query[name], '')}" for name in sorted(query))
    request = "\n".join(["GET", parts.path, asked, f"host:{parts.netloc}", "", "host", "UNSIGNED-PAYLOAD"])
    scope = query["X-Amz-Credential"].split("/", 1)[1]
    digest = hashlib.sha256(request.encode()).hexdigest()
    to_sign = "\n".join(["AWS4-HMAC-SHA256", query["X-Amz-Date"], scope, digest])
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, to_sign.encode(), "sha256").hex()
