// The requests of Microsoft's samples "Create and update multiple" and "Upsert multiple" (page bulk-operations)
"use strict";
const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { scenarios } = require("../clients/scenarios.cjs");
const { expect, get } = require("./web_api.cjs");

const { pass, absent, run } = scenarios("samples", "bulk operations");
const TYPE = { "@odata.type": "Microsoft.Dynamics.CRM.account" };
const call = (status, action, Targets, query = "") =>
  expect(status, "POST", `accounts/Microsoft.Dynamics.CRM.${action}${query}`, { body: { Targets } });
const record = (name, more = {}) => ({ ...TYPE, name, ...more });
const named = async (start) => {
  const page = await get(`accounts?$select=name,accountnumber&$filter=startswith(name,'${start}')&$orderby=name`);
  return page.value.map((row) => row.name);
};

pass("create a hundred and update them", async () => {
  const records = Array.from({ length: 100 }, (_, index) => record(`Hundred ${String(index).padStart(3, "0")}`));
  const { body } = await call(200, "CreateMultiple", records);
  assert.match(body["@odata.context"], /\$metadata#Microsoft\.Dynamics\.CRM\.CreateMultipleResponse$/);
  assert.equal(new Set(body.Ids).size, 100);
  const changes = body.Ids.map((accountid, index) => record(`${records[index].name} Updated`, { accountid }));
  assert.equal((await call(204, "UpdateMultiple", changes)).body, "");
  assert.equal((await named("Hundred")).filter((name) => name.endsWith(" Updated")).length, 100);
});

pass("a shared variable is sent as `tag`", async () => {
  await call(200, "CreateMultiple", [record("Tagged")], "?tag=ParallelCreateUpdateMultiple");
  assert.deepEqual(await named("Tagged"), ["Tagged"]);
});

pass("one wrong record, and none is created", async () => {
  const { error } = (await call(400, "CreateMultiple", [record("None 1"), record("x".repeat(161)), record("None 2")])).body;
  assert.equal(error.code, "0x80044331");
  assert.deepEqual(await named("None"), []);
});

pass("one missing record, and none is updated", async () => {
  const { body } = await call(200, "CreateMultiple", [record("Kept")]);
  await call(404, "UpdateMultiple", [record("Kept no more", { accountid: body.Ids[0] }), record("Absent", { accountid: randomUUID() })]);
  assert.deepEqual(await named("Kept"), ["Kept"]);
});

pass("upsert by primary and by alternate key", async () => {
  const numbered = ["B1", "B2"].map((accountnumber) => record(`Upserted ${accountnumber}`, { accountnumber }));
  const { Ids } = (await call(200, "CreateMultiple", numbered)).body;
  assert.equal((await call(204, "UpsertMultiple", [
    record("Upserted B1 by key", { accountid: Ids[0] }),
    record("Upserted B2 by number", { "@odata.id": "accounts(accountnumber='B2')" }),
    record("Upserted B3 new", { accountid: randomUUID() }),
    record("Upserted B4 new", { "@odata.id": "accounts(accountnumber='B4')" }),
  ])).body, "");
  assert.deepEqual(await named("Upserted"), ["Upserted B1 by key", "Upserted B2 by number", "Upserted B3 new", "Upserted B4 new"]);
  const fourth = await get("accounts(accountnumber='B4')?$select=name,accountnumber");
  assert.deepEqual([fourth.name, fourth.accountnumber], ["Upserted B4 new", "B4"]);
});

pass("the key both in `@odata.id` and in the body, of a missing record", async () => {
  // PowerPlatform-DataverseClient-Python#127
  const twice = record("Twice", { accountnumber: "T1", "@odata.id": "accounts(accountnumber='T1')" });
  assert.equal((await call(400, "UpsertMultiple", [twice])).body.error.code, "0x80040216");
  assert.deepEqual(await named("Twice"), []);
});

absent("DeleteMultiple is for elastic tables", "Dataverse itself answers 501", async () => {
  const { Ids } = (await call(200, "CreateMultiple", [record("Not deleted")])).body;
  const answer = await call(501, "DeleteMultiple", [{ ...TYPE, accountid: Ids[0] }]);
  assert.match(answer.body.error.message, /DeleteMultiple has not yet been implemented/);
  assert.deepEqual(await named("Not deleted"), ["Not deleted"]);
  return answer;
});

run();
