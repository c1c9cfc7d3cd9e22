"""An OpenID Connect provider of one page, as a council might run: on this machine, for tests."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "commissioning"
CLIENT_SECRET = "between-us"


@dataclass
class Asked:
    """What came with a request to sign in, waiting for its code to be exchanged."""

    nonce: str
    challenge: str


@dataclass
class Council:
    """The provider: who is signed in there, and what it says about them."""

    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    exchanged: list[dict[str, str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """The five addresses that a provider has."""

    server: "Provider"

    def do_GET(self) -> None:
        """Discovery, keys, signing in, and who it was."""
        where = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/.well-known/openid-configuration":
            self.answer(self.discovery())
        elif where.path == "/keys":
            self.answer({"keys": [self.public_key()]})
        elif where.path == "/userinfo":
            self.answer(self.server.council.claims)
        elif where.path == "/sign-in":
            self.sign_in(query)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """Exchange a code for tokens, once, and only with the secret and the verifier."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        council = self.server.council
        asked = council.asked.pop(given.get("code", ""), None)
        verifier = given.get("code_verifier", "")
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = given.get("client_secret") == CLIENT_SECRET and asked is not None
        if not right or asked is None or asked.challenge != challenge:
            self.answer({"error": "invalid_grant"}, 400)
            return
        council.exchanged.append(given)
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(asked)})

    def discovery(self) -> dict[str, Any]:
        here = self.server.address
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/sign-in",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo",
            "jwks_uri": f"{here}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def public_key(self) -> dict[str, Any]:
        public = self.server.council.key.public_key()
        key: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
        return key | {"kid": "one", "use": "sig", "alg": "RS256"}

    def id_token(self, asked: Asked) -> str:
        now = int(time.time())
        claims = {"iss": self.server.address, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        claims |= {"nonce": asked.nonce, **self.server.council.claims}
        return jwt.encode(claims, self.server.council.key, "RS256", headers={"kid": "one"})

    def sign_in(self, query: dict[str, str]) -> None:
        code = secrets.token_urlsafe(8)
        asked = Asked(query.get("nonce", ""), query.get("code_challenge", ""))
        self.server.council.asked[code] = asked
        back = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        self.send_response(302)
        self.send_header("Location", back)
        self.end_headers()

    def answer(self, value: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class Provider(ThreadingHTTPServer):
    """The provider's server."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.council = Council()

    @property
    def address(self) -> str:
        """Its issuer address."""
        return f"http://127.0.0.1:{self.server_address[1]}"
