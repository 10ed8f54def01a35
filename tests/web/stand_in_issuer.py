"""A stand-in for an issuer of work accounts: OpenID Connect in a process of its own.

It is no product's issuer. It follows OpenID Connect Core for the code flow, holds a client to its
secret, its redirect address and its proof of the code (RFC 7636), and makes on request the very
tokens that an attacker would. Run as ``python -m tests.web.stand_in_issuer``; it prints its port.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from correspondence.web.server import Server

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

CLIENT = "the-office"
SECRET = "an invented secret of the application"


class StandIn:
    """Its keys, the codes it gave out, and what it was told to do otherwise."""

    def __init__(self) -> None:
        self.address = ""
        self.keys = {"one": RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})}
        self.foreign = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.curve = ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"})
        self.codes: dict[str, dict[str, Any]] = {}
        self.told: dict[str, Any] = {}
        self.asked: list[str] = []

    def metadata(self) -> dict[str, Any]:
        known: dict[str, Any] = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/sign-out",
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        known.update(self.told.get("metadata", {}))
        return known

    def token_for(self, given: dict[str, Any]) -> str:
        now = int(self.told.get("now", time.time()))
        claims = {
            "iss": self.address,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 600,
            "nonce": given["nonce"],
            "preferred_username": "pat.sample@harrowmere.example",
            "name": "Pat Sample",
            "email": "pat.sample@harrowmere.example",
        } | self.told.get("claims", {})
        for name in self.told.get("without", []):
            claims.pop(name, None)
        return self._signed(claims)

    def logout_token(self, claims: dict[str, Any], without: list[str]) -> str:
        """A token that says that something ended, as claimed."""
        now = int(self.told.get("now", time.time()))
        said = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(16),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        } | claims
        for name in without:
            said.pop(name, None)
        return self._signed(said)

    def _signed(self, claims: dict[str, Any]) -> str:
        match self.told.get("signed", "RS256"):
            case "none":
                parts = ({"alg": "none", "typ": "JWT"}, claims)
                return ".".join(_base64(json.dumps(part).encode()) for part in parts) + "."
            case "HS256 with the public key":
                return _by_a_secret(self.keys["one"].as_pem(private=False), claims)
            case "HS256 with the application's secret":
                return _by_a_secret(SECRET.encode(), claims)
            case "a stranger's key":
                return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.foreign)
            case "a stranger's key in the head":
                jwk = self.foreign.as_dict(private=False)
                return jwt.encode({"alg": "RS256", "jwk": jwk}, claims, self.foreign)
            case "ES256":
                return jwt.encode({"alg": "ES256", "kid": "curve"}, claims, self.curve)
            case "a new key":
                self.keys["two"] = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
                return jwt.encode({"alg": "RS256", "kid": "two"}, claims, self.keys["two"])
            case _:
                head = {"alg": "RS256", "kid": "one", "typ": self.told.get("typ", "JWT")}
                return jwt.encode(head, claims, self.keys["one"])


def _by_a_secret(secret: bytes, claims: dict[str, Any]) -> str:
    """By hand, for no library makes a secret of a public key."""
    parts = ({"alg": "HS256", "kid": "one"}, claims)
    signed = ".".join(_base64(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{_base64(hmac.digest(secret, signed.encode(), 'sha256'))}"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def create_app(stand_in: StandIn) -> Flask:
    app = Flask(__name__)

    @app.get("/.well-known/openid-configuration")
    def metadata() -> ResponseReturnValue:
        return jsonify(stand_in.metadata())

    @app.get("/keys")
    def keys() -> ResponseReturnValue:
        stand_in.asked.append("keys")
        public = [one.as_dict(private=False) for one in stand_in.keys.values()]
        public.append(stand_in.curve.as_dict(private=False))
        return jsonify(keys=public)

    @app.get("/authorize")
    def authorize() -> ResponseReturnValue:
        """Whoever comes is signed in here already, and agrees."""
        given = request.args
        assert given["response_type"] == "code"
        assert given["code_challenge_method"] == "S256"
        assert "openid" in given["scope"].split()
        code = secrets.token_urlsafe(16)
        stand_in.codes[code] = given.to_dict()
        back = {"code": code, "state": given["state"], "iss": stand_in.address}
        back |= stand_in.told.get("back", {})
        shown = {name: value for name, value in back.items() if value is not None}
        return redirect(f"{given['redirect_uri']}?{urlencode(shown)}")

    @app.post("/token")
    def token() -> ResponseReturnValue:
        form = request.form
        code = form["code"]
        given = stand_in.codes.get(code)
        if not stand_in.told.get("codes are good for ever"):
            stand_in.codes.pop(code, None)
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return jsonify(error="invalid_client"), 401
        proof = _base64(hashlib.sha256(form["code_verifier"].encode()).digest())
        if given is None or proof != given["code_challenge"]:
            return jsonify(error="invalid_grant", error_description="<b>Pat Sample</b>"), 400
        if form["redirect_uri"] != given["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        if stand_in.told.get("redirects"):
            return redirect("http://evil.example/token", 307)
        return jsonify(
            access_token="access", token_type="Bearer", id_token=stand_in.token_for(given)
        )

    @app.post("/told")
    def tell() -> ResponseReturnValue:
        stand_in.told = request.get_json()
        return jsonify(asked=stand_in.asked)

    @app.post("/logout-token")
    def logout_token() -> ResponseReturnValue:
        given = request.get_json()
        return stand_in.logout_token(given["claims"], given["without"])

    @app.get("/sign-out")
    def sign_out() -> ResponseReturnValue:
        return Response("signed out")

    return app


def main() -> None:
    stand_in = StandIn()
    server = Server(create_app(stand_in), "127.0.0.1", 0)
    stand_in.address = f"http://127.0.0.1:{server.port}"
    sys.stdout.write(f"{stand_in.address}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
