"""What no schema can say of a request: which parameters only a server can make up, and which go together."""

import re

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes a request one that the server may be asked for."""
    query = case.query or {}
    # A cursor is what the page before gave: the pattern says how it is written, and no text made up is one.
    cursor = query.get("cursor")
    if isinstance(cursor, str) and re.fullmatch("[A-Za-z0-9_-]{23,2048}", cursor):
        del query["cursor"]
    # By the next touch, partnerships are listed as of today only.
    if query.get("sort") == "next_touch":
        query.pop("as_of", None)
    # A time line runs forwards.
    if isinstance(query.get("from"), str) and isinstance(query.get("to"), str) and query["to"] < query["from"]:
        query["from"], query["to"] = query["to"], query["from"]
    # A question has at least one word, of letters or digits in any script, and at most 16.
    words = query.get("q")
    if isinstance(words, str) and 1 <= len(words) <= 200:
        asked = [word for word in words.split() if any(letter.isalnum() for letter in word)]
        query["q"] = " ".join(asked[:16]) or "visit"
    # A file holds something, whatever its type.
    if case.media_type and not case.media_type.endswith("json") and case.body in (b"", ""):
        case.body = b"a"


@schemathesis.serializer("message/rfc822")
def mail(context, value):
    """A mail is sent as the bytes that it is."""
    return value.encode() if isinstance(value, str) else value
