// create, retrieve, update, updateSingleProperty, upsert, deleteRecord
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client, GUID, ORGANIZATION } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "records");
const NOWHERE = "0d2c7a10-1111-4111-8111-111111111111";
const account = (data = {}) => api.create({ collection: "accounts", data: { name: "Contoso", ...data } });
const retrieve = (key, select) => api.retrieve({ collection: "accounts", key, select });

pass("create returns the id", async () => {
  assert.match(await account(), GUID);
});

pass("create and retrieve, with annotations", async () => {
  const key = await account({ name: "Contoso & Söhne", revenue: 1234.5, accountcategorycode: 1 });
  const select = ["name", "revenue", "accountcategorycode", "_ownerid_value"];
  const row = await api.retrieve({ collection: "accounts", key, select, includeAnnotations: "*" });
  assert.equal(row.name, "Contoso & Söhne");
  assert.equal(row.revenue, 1234.5);
  assert.equal(row.accountcategorycode_Formatted, "Preferred Customer");
  assert.equal(row._ownerid_value_LogicalName, "systemuser");
  assert.equal(row.accountid, key);
  const context = `${ORGANIZATION}/api/data/v9.2/$metadata#accounts(${select.join(",")})/$entity`;
  assert.equal(row.oDataContext ?? row["@odata.context"], context);
});

pass("create with representation", async () => {
  const row = await api.create({
    collection: "contacts", data: { firstname: "Ada", lastname: "O'Brien" }, returnRepresentation: true, select: ["fullname"],
  });
  assert.equal(row.fullname, "Ada O'Brien");
  assert.match(row.contactid, GUID);
});

pass("create with representation and an expanded lookup", async () => {
  const parent = await account({ name: "Parent" });
  const row = await api.create({
    collection: "accounts", data: { name: "Child", "parentaccountid@odata.bind": `/accounts(${parent})` },
    returnRepresentation: true, select: ["name"], expand: [{ property: "parentaccountid", select: ["name"] }],
  });
  assert.deepEqual([row.name, row.parentaccountid.name], ["Child", "Parent"]);
});

pass("create with related records", async () => {
  const key = await account({
    primarycontactid: { firstname: "Susie", lastname: "Curtis" },
    Account_Tasks: [{ subject: "one" }, { subject: "two" }],
  });
  const row = await api.retrieve({
    collection: "accounts", key, select: ["name"],
    expand: [{ property: "primarycontactid", select: ["fullname"] }, { property: "Account_Tasks", select: ["subject"] }],
  });
  assert.equal(row.primarycontactid.fullname, "Susie Curtis");
  assert.deepEqual(row.Account_Tasks.map((task) => task.subject).sort(), ["one", "two"]);
});

pass("create through a navigation property", async () => {
  const key = await account();
  await api.create({ collection: "accounts", key, navigationProperty: "Account_Tasks", data: { subject: "through" } });
  const tasks = await api.retrieve({ collection: "accounts", key, navigationProperty: "Account_Tasks", select: ["subject"] });
  assert.deepEqual(tasks.value.map((task) => task.subject), ["through"]);
});

pass("create with duplicate detection, custom business logic bypassed and a tag", async () => {
  const data = { name: "With headers" };
  const key = await api.create({ collection: "accounts", data, duplicateDetection: true, bypassCustomPluginExecution: true, tag: "batch 7" });
  assert.match(key, GUID);
});

pass("retrieve the record of a lookup", async () => {
  const key = await account({ primarycontactid: { lastname: "Led to" } });
  const person = await api.retrieve({ collection: "accounts", key, navigationProperty: "primarycontactid", select: ["lastname"] });
  assert.equal(person.lastname, "Led to");
});

pass("retrieve by an alternate key", async () => {
  const key = await account({ accountnumber: "R 1" });
  const row = await retrieve("accountnumber='R 1'", ["name"]);
  assert.equal(row.accountid, key);
});

pass("retrieve a missing record", async () => {
  const error = await refused(404, () => retrieve(NOWHERE));
  assert.equal(error.code, "0x80040217");
});

pass("update", async () => {
  const key = await account();
  assert.equal(await api.update({ collection: "accounts", key, data: { telephone1: "1" } }), true);
  assert.equal((await retrieve(key, ["telephone1"])).telephone1, "1");
});

pass("update with representation", async () => {
  const key = await account({ telephone1: "1" });
  const row = await api.update({ collection: "accounts", key, data: { fax: "2" }, returnRepresentation: true, select: ["telephone1", "fax"] });
  assert.deepEqual([row.telephone1, row.fax], ["1", "2"]);
});

pass("update what is not there creates nothing", async () => {
  await refused(404, () => api.update({ collection: "accounts", key: NOWHERE, data: { name: "x" } }));
  await refused(404, () => retrieve(NOWHERE));
});

pass("update sets null", async () => {
  const key = await account({ fax: "1" });
  await api.update({ collection: "accounts", key, data: { fax: null } });
  assert.equal((await retrieve(key, ["fax"])).fax, null);
});

pass("updateSingleProperty", async () => {
  const key = await account();
  await api.updateSingleProperty({ collection: "accounts", key, fieldValuePair: { telephone1: "3" } });
  assert.equal((await retrieve(key, ["telephone1"])).telephone1, "3");
});

pass("upsert by id creates, then updates", async () => {
  const key = "5b9bb9a4-2222-4222-8222-222222222222";
  const upsert = (name) => api.upsert({ collection: "accounts", key, data: { name }, returnRepresentation: true, select: ["name"] });
  assert.equal((await upsert("first")).accountid, key);
  assert.equal((await upsert("second")).name, "second");
});

pass("upsert by alternate key creates, then updates", async () => {
  const byKey = { collection: "accounts", key: "accountnumber='A 1'", returnRepresentation: true, select: ["name"] };
  const created = await api.upsert({ ...byKey, data: { name: "first" } });
  const updated = await api.upsert({ ...byKey, data: { name: "second" } });
  assert.equal(created.accountid, updated.accountid);
  assert.equal((await retrieve("accountnumber='A 1'", ["name"])).name, "second");
});

pass("upsert that must not update, and one that must not create", async () => {
  const byKey = { collection: "accounts", key: "accountnumber='A 2'", returnRepresentation: true, select: ["name"] };
  const { accountid } = await api.upsert({ ...byKey, data: { name: "second" } });
  // This client turns the two refusals into `null`: nothing is created or updated.
  assert.equal(await api.upsert({ ...byKey, data: { name: "third" }, ifnonematch: "*" }), null);
  assert.equal(await api.upsert({ collection: "accounts", key: NOWHERE, data: { name: "x" }, ifmatch: "*" }), null);
  assert.equal((await retrieve(accountid, ["name"])).name, "second");
});

pass("the two refusals of an upsert, passed on", async () => {
  const strict = client({ propagateErrors: true });
  const key = await account();
  await refused(412, () => strict.upsert({ collection: "accounts", key, data: { name: "x" }, ifnonematch: "*" }));
  await refused(404, () => strict.upsert({ collection: "accounts", key: NOWHERE, data: { name: "x" }, ifmatch: "*" }));
});

pass("deleteRecord", async () => {
  const key = await account();
  await api.deleteRecord({ collection: "accounts", key });
  await refused(404, () => retrieve(key));
  await refused(404, () => api.deleteRecord({ collection: "accounts", key }));
});

pass("deleteRecord by an alternate key", async () => {
  const key = await account({ accountnumber: "D 1" });
  await api.deleteRecord({ collection: "accounts", key: "accountnumber='D 1'" });
  await refused(404, () => retrieve(key));
});

pass("deleteRecord of a single property", async () => {
  const key = await account({ fax: "2" });
  await api.deleteRecord({ collection: "accounts", key, property: "fax" });
  assert.equal((await retrieve(key, ["fax"])).fax, null);
});

run();
