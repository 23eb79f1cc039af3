"""An outside judge of credentials: the Python packages sd-jwt and joserfc.

    python judge.py verify < question.json    what they find in a credential of ours
    python judge.py issue < question.json     a credential and a status list that they make
    python judge.py time < question.json      seconds for so many verifications in one process

sd-jwt reads and makes the SD-JWT; joserfc checks and makes every signature once more, and those
that sd-jwt does not look at: the key binding under EdDSA, and the token of a status list.
"""

import base64
import hashlib
import json
import sys
import time

from joserfc import jws
from joserfc.jwk import ECKey, OKPKey
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

ALGORITHMS = ["EdDSA", "Ed25519", "ES256"]


def imported(key):
    return (ECKey if key["kty"] == "EC" else OKPKey).import_key(key)


def opened(token, key, kind):
    """The header and payload of a JWS that joserfc found signed with the key."""
    found = jws.deserialize_compact(token, imported(key), algorithms=ALGORITHMS)
    if found.headers().get("typ") != kind:
        raise ValueError("expected typ %s, found %s" % (kind, found.headers().get("typ")))
    return json.loads(found.payload)


def verify(question):
    key = question["key"]
    text = question["credential"]
    presented, _, binding = text.rpartition("~")
    verifier = SDJWTVerifier(presented + "~", lambda issuer, header: JWK(**key))
    answer = {"claims": verifier.get_verified_payload()}
    opened(text.split("~")[0], key, "dc+sd-jwt")
    if binding:
        shown = opened(binding, answer["claims"]["cnf"]["jwk"], "kb+jwt")
        digest = hashlib.sha256((presented + "~").encode()).digest()
        if shown["sd_hash"] != base64.urlsafe_b64encode(digest).decode().rstrip("="):
            raise ValueError("the key binding is of another presentation")
        answer["binding"] = shown
    if "list" in question:
        answer["list"] = opened(question["list"], key, "statuslist+jwt")
    return answer


def issue(question):
    key = question["key"]
    algorithm = "ES256" if key["kty"] == "EC" else "EdDSA"
    hidden = question["disclosable"]
    claims = {
        SDObj(name) if name in hidden else name: value
        for name, value in question["claims"].items()
    }
    issuer = SDJWTIssuer(
        claims, JWK(**key), JWK(**question["holder"]), sign_alg=algorithm,
        extra_header_parameters={"typ": "dc+sd-jwt"})
    holder = SDJWTHolder(issuer.sd_jwt_issuance)
    holder.create_presentation(
        {name: True for name in hidden}, question["nonce"], question["audience"],
        JWK(**question["holder"]), sign_alg="EdDSA")
    token = jws.serialize_compact(
        {"alg": algorithm, "typ": "statuslist+jwt"}, json.dumps(question["list"]),
        imported(key), algorithms=ALGORITHMS)
    return {
        "issued": issuer.sd_jwt_issuance, "presented": holder.sd_jwt_presentation, "list": token,
    }


def timed(question):
    """The issuer's signature and the disclosures alone, once to warm up."""
    key = JWK(**question["key"])

    def once():
        SDJWTVerifier(question["credential"], lambda issuer, header: key).get_verified_payload()

    once()
    start = time.perf_counter()
    for _ in range(question["times"]):
        once()
    return {"seconds": repr(time.perf_counter() - start)}


WORK = {"verify": verify, "issue": issue, "time": timed}

try:
    print(json.dumps(WORK[sys.argv[1]](json.load(sys.stdin))))
except Exception as error:  # Whatever a library throws, the answer is no.
    print("refused: %s: %s" % (type(error).__name__, error), file=sys.stderr)
    sys.exit(1)
