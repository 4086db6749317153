// The requests of Microsoft's sample "Conditional operations" (page webapi/web-api-conditional-operations-sample)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { expect, get, update, send, GUID } = require("./web_api.cjs");

const { pass, run } = scenarios("samples", "conditional operations");
const COLUMNS = "$select=name,revenue,telephone1,description";
const CONTOSO = { name: "Contoso Ltd", telephone1: "555-0000", revenue: 5000000, description: "Parent company of Contoso Pharmaceuticals, etc." };

/** Creates the account, and returns its path and the row in the answer. */
async function created() {
  const answer = await expect(201, "POST", `accounts?${COLUMNS}`, { body: CONTOSO, headers: { Prefer: "return=representation" } });
  return { path: `accounts(${answer.body.accountid})`, row: answer.body };
}

pass("create and have it returned", async () => {
  const { row } = await created();
  assert.deepEqual({ name: row.name, telephone1: row.telephone1, revenue: row.revenue, description: row.description }, CONTOSO);
  assert.match(row.accountid, GUID);
  assert.match(row["@odata.etag"], /^W\/"[0-9A-Fa-f]+"$/);
  assert.match(row["@odata.context"], /\$metadata#accounts\(name,revenue,telephone1,description\)\/\$entity$/);
});

pass("an unchanged record is not sent again", async () => {
  const { path, row } = await created();
  const answer = await expect(304, "GET", `${path}?${COLUMNS}`, { headers: { "If-None-Match": row["@odata.etag"] } });
  assert.equal(answer.body, "");
});

pass("a changed record is sent, with another etag", async () => {
  const { path, row } = await created();
  await expect(204, "PUT", `${path}/telephone1`, { body: { value: "555-0001" } });
  const now = await get(`${path}?${COLUMNS}`, { "If-None-Match": row["@odata.etag"] });
  assert.equal(now.telephone1, "555-0001");
  assert.notEqual(now["@odata.etag"], row["@odata.etag"]);
});

pass("a deletion and an update with the first etag are refused", async () => {
  const { path, row } = await created();
  await update(path, { telephone1: "555-0001" });
  const stale = { "If-Match": row["@odata.etag"] };
  for (const [method, body] of [["DELETE"], ["PATCH", { telephone1: "555-0002", revenue: 6000000 }]]) {
    const { error } = (await expect(412, method, path, { body, headers: stale })).body;
    assert.equal(error.code, "0x80060882");
    assert.equal(error.message, "The version of the existing record doesn't match the RowVersion property provided.");
  }
  assert.deepEqual([(await get(path)).telephone1, (await get(path)).revenue], ["555-0001", 5000000]);
});

pass("an update with the current etag succeeds", async () => {
  const { path, row } = await created();
  await update(path, { telephone1: "555-0002", revenue: 6000000 }, row["@odata.etag"]);
  const now = await get(`${path}?${COLUMNS}`);
  assert.deepEqual([now.telephone1, now.revenue], ["555-0002", 6000000]);
});

pass("an update of a missing record creates nothing", async () => {
  const path = "accounts(00000000-0000-4000-8000-000000000001)";
  await expect(404, "PATCH", path, { body: { name: "x" }, headers: { "If-Match": "*" } });
  assert.equal((await send("GET", path)).status, 404);
});

pass("an upsert that must not update", async () => {
  const { path } = await created();
  const answer = await expect(412, "PATCH", path, { body: { name: "x" }, headers: { "If-None-Match": "*" } });
  assert.equal(answer.body.error.code, "0x80040237");
  assert.equal((await get(path)).name, "Contoso Ltd");
});

run();
