"""Verifies webhooks with the public library for Python (PyPI: standardwebhooks).

Takes one on each line, as JSON with secret, headers and body; says of each `verified` or `refused`.
"""

import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

for line in sys.stdin:
    told = json.loads(line)
    try:
        Webhook(told["secret"]).verify(told["body"], told["headers"])
        print("verified")
    except WebhookVerificationError:
        print("refused")
