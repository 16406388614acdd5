// Verifies webhooks with the public library for JavaScript (npm: standardwebhooks).
// Takes one on each line, as JSON with secret, headers and body; says of each `verified` or `refused`.
const { readFileSync } = require("node:fs");
const { Webhook, WebhookVerificationError } = require("standardwebhooks");

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const told = JSON.parse(line);
  try {
    new Webhook(told.secret).verify(told.body, told.headers);
    console.log("verified");
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    console.log("refused");
  }
}
