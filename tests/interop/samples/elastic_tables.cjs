// The requests of Microsoft's sample "Elastic tables" (pages use-elastic-tables and bulk-operations)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { expect, get, GUID } = require("./web_api.cjs");

const { pass, absent, run } = scenarios("samples", "elastic tables");
const DEVICE = "Device-ABC-1234";
const reading = (value, more = {}) => ({ sample_name: "Humidity", sample_device: DEVICE, sample_value: value, partitionid: DEVICE, ttlinseconds: 86400, ...more });

/** Creates a reading, and returns its id, its path and the token of the session. */
async function created(value) {
  const { headers } = await expect(204, "POST", "sample_readings", { body: reading(value) });
  const place = headers.get("OData-EntityId");
  const id = GUID.exec(place)[0];
  assert.ok(place.endsWith(`/sample_readings(sample_readingid=${id},partitionid='${DEVICE}')`), place);
  return { id, path: place.slice(place.indexOf("sample_readings(")), token: headers.get("x-ms-session-token") };
}

pass("a record is named by its key and its partition, and the answer has a session token", async () => {
  const { token } = await created(40);
  assert.ok(token);
});

pass("update by the alternate key", async () => {
  const { path } = await created(40);
  const headers = { "If-Match": "*" };
  await expect(204, "PATCH", path, { body: { sample_value: 80 }, headers });
  assert.equal((await get(`${path}?$select=sample_value`)).sample_value, 80);
});

pass("retrieve with `partitionId`, with the token of the session", async () => {
  const { id, path, token } = await created(40);
  const session = { "MSCRM.SessionToken": token };
  assert.equal((await get(`sample_readings(${id})?$select=sample_value&partitionId=${DEVICE}`, session)).sample_value, 40);
  assert.equal((await get(`${path}?$select=sample_value`, session)).sample_value, 40);
  // Without the partition, nothing of that key is found.
  await expect(404, "GET", `sample_readings(${id})?$select=sample_value`);
});

pass("upsert by the alternate key", async () => {
  const { path } = await created(40);
  await expect(204, "PATCH", path, { body: reading(60) });
  assert.equal((await get(`${path}?$select=sample_value`)).sample_value, 60);
});

pass("delete with `partitionId`", async () => {
  const { id, path } = await created(40);
  await expect(204, "DELETE", `sample_readings(${id})?partitionId=${DEVICE}`);
  await expect(404, "GET", path);
});

pass("CreateMultiple, UpdateMultiple and DeleteMultiple", async () => {
  const type = { "@odata.type": "Microsoft.Dynamics.CRM.sample_reading" };
  const call = (status, action, Targets) => expect(status, "POST", `sample_readings/Microsoft.Dynamics.CRM.${action}`, { body: { Targets } });
  const { Ids } = (await call(200, "CreateMultiple", [1, 2, 3].map((value) => reading(value, { ...type, sample_name: "Many" })))).body;
  await call(204, "UpdateMultiple", Ids.map((id) => ({ ...type, sample_readingid: id, partitionid: DEVICE, sample_value: 9 })));
  const left = async () => (await get(`sample_readings?$select=sample_value&$filter=sample_name eq 'Many'&partitionId=${DEVICE}`)).value;
  assert.deepEqual((await left()).map((row) => row.sample_value), [9, 9, 9]);
  await call(204, "DeleteMultiple", Ids.map((id) => ({ ...type, sample_readingid: id, partitionid: DEVICE })));
  assert.deepEqual(await left(), []);
});

absent("ExecuteCosmosSqlQuery", "elastic tables have no SQL of their own", () =>
  expect(501, "GET", "ExecuteCosmosSqlQuery(QueryText=@p1,EntityLogicalName=@p2)?@p1='select c.props from c'&@p2='sample_reading'"));

run();
