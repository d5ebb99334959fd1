"""What is a refused request answered with? JSON: the error in a sentence, and what would be right."""

from starlette.responses import Response
from starlette.types import Scope

from components.server.hosts import prefix_of
from components.server.ranges import EMPTY
from data.query.address import RETRY, ROOT, Refusal
from data.record.json_text import to_json_bytes


def refusal_response(refusal: Refusal, scope: Scope) -> Response:
    """The answer to a refused request."""
    document = {"error": refusal.sentence, **refusal.expected, "see": f"{prefix_of(scope)}{ROOT}/"}
    again = refusal.expected.get(RETRY)
    headers = {"Retry-After": str(again)} if again is not None else None
    return Response(to_json_bytes(document), refusal.status, headers, "application/json")


def past_the_end(length: int, scope: Scope) -> Response:
    """The answer to a request for a part that begins behind the end of a file, with its length."""
    sentence = f"The file has {length:,} bytes, and the part of the request is not in it."
    response = refusal_response(Refusal(416, sentence, {"bytes": length}), scope)
    response.headers["Content-Range"] = EMPTY.in_words(length)
    return response
