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
    # By the next touch, partnerships are listed as of today and as they are recorded now only.
    if query.get("sort") == "next_touch":
        query.pop("as_of", None)
        query.pop("recorded_at", None)
    # A time line has at most a thousand steps, which may be years, and runs forwards.
    if "step" in query and isinstance(query.get("from"), str) and isinstance(query.get("to"), str):
        query["step"] = "year" if query["from"][:2] != query["to"][:2] else query["step"]
        query["from"] = max(query["from"], "1100-01-01")
        query["to"] = min(query["to"], "2099-12-31")
    if isinstance(query.get("from"), str) and isinstance(query.get("to"), str) and query["to"] < query["from"]:
        query["from"], query["to"] = query["to"], query["from"]
    # A question has at least one word, of letters or digits in any script, and at most 16.
    words = query.get("q")
    if isinstance(words, str) and 1 <= len(words) <= 200:
        asked = [word for word in words.split() if any(letter.isalnum() for letter in word)]
        query["q"] = " ".join(asked[:16]) or "visit"


@schemathesis.serializer("message/rfc822")
def mail(context, value):
    """A mail is sent as the bytes that it is."""
    return value.encode() if isinstance(value, str) else value
