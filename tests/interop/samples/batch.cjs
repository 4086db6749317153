// The requests of Microsoft's sample "Batch", and of the page webapi/execute-batch-operations-using-web-api
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { batch, get, create, GUID } = require("./web_api.cjs");

const { pass, run } = scenarios("samples", "batch");
const post = (name, more = {}) => ({ method: "POST", path: "accounts", body: { name }, ...more });
const named = async (name) => (await get(`accounts?$select=name&$filter=name eq '${name}'`)).value.length;
const statuses = (answer) => answer.parts.map((each) => each.status);
const onError = { Prefer: "odata.continue-on-error" };

pass("two accounts in a change set, one with its row, and who am I", async () => {
  const third = post("Account 3 of 3", { headers: { Prefer: "return=representation" } });
  const changes = [post("Account 1 of 3", { contentId: 0 }), post("Account 2 of 3", { contentId: 1 })];
  const answer = await batch([changes, third, { method: "GET", path: "WhoAmI" }], onError);
  assert.equal(answer.status, 200);
  assert.deepEqual(statuses(answer), [204, 204, 201, 200]);
  assert.match(answer.parts[0].headers.get("OData-EntityId"), GUID);
  assert.equal(answer.parts[2].body.name, "Account 3 of 3");
  assert.match(answer.parts[3].body.UserId, GUID);
});

pass("content-ids among the headers of the requests themselves", async () => {
  // The sample's client puts them there.
  const inside = (name, id) => post(name, { headers: { "content-id": id } });
  const answer = await batch([[inside("Inside 1", "0"), inside("Inside 2", "1")]]);
  assert.deepEqual(statuses(answer), [204, 204]);
});

pass("a task for the contact of the same change set", async () => {
  const answer = await batch([[
    { method: "POST", path: "contacts", body: { firstname: "Joe", lastname: "Smith" }, contentId: 1 },
    { method: "POST", path: "tasks", body: { subject: "Task 1", "regardingobjectid_contact_task@odata.bind": "$1" }, contentId: 2 },
  ]]);
  assert.deepEqual(statuses(answer), [204, 204]);
  const task = GUID.exec(answer.parts[1].headers.get("OData-EntityId"))[0];
  const row = await get(`tasks(${task})?$select=subject&$expand=regardingobjectid_contact_task($select=fullname)`);
  assert.equal(row.regardingobjectid_contact_task.fullname, "Joe Smith");
});

pass("an update of a record by its content-id", async () => {
  const change = { method: "PATCH", path: "$1", body: { description: "by reference" }, contentId: 2 };
  const link = { method: "PUT", path: "$1/primarycontactid/$ref", body: { "@odata.id": "$3" }, contentId: 4 };
  const contact = { method: "POST", path: "contacts", body: { lastname: "Linked" }, contentId: 3 };
  const answer = await batch([[post("Referenced", { contentId: 1 }), change, contact, link]]);
  assert.deepEqual(statuses(answer), [204, 204, 204, 204]);
  const account = GUID.exec(answer.parts[0].headers.get("OData-EntityId"))[0];
  const row = await get(`accounts(${account})?$select=description&$expand=primarycontactid($select=lastname)`);
  assert.deepEqual([row.description, row.primarycontactid.lastname], ["by reference", "Linked"]);
});

pass("a reference to a later request is refused", async () => {
  const changes = [post("Forward", { contentId: 1, body: { name: "Forward", "primarycontactid@odata.bind": "$2" } }),
    { method: "POST", path: "contacts", body: { lastname: "Later" }, contentId: 2 }];
  const answer = await batch([changes]);
  assert.equal(answer.status, 400);
  assert.match(answer.parts[0].body.error.message, /Content-ID Reference: '\$2' does not exist in the batch context\./);
  assert.equal(await named("Forward"), 0);
});

pass("the first error ends a batch", async () => {
  const answer = await batch([post("Ends 1"), post("x".repeat(161)), post("Ends 2")]);
  assert.equal(answer.status, 400);
  assert.deepEqual(statuses(answer), [204, 400]);
  assert.deepEqual([await named("Ends 1"), await named("Ends 2")], [1, 0]);
});

pass("a batch goes on after an error if it is asked to", async () => {
  const answer = await batch([post("Goes 1"), post("x".repeat(161)), post("Goes 2")], onError);
  assert.equal(answer.status, 200);
  assert.deepEqual(statuses(answer), [204, 400, 204]);
  assert.equal(answer.parts[1].body.error.code, "0x80044331");
});

pass("a failed change set leaves nothing", async () => {
  const answer = await batch([[post("Nothing"), post("x".repeat(161))], post("Something")], onError);
  assert.deepEqual(statuses(answer), [400, 204]);
  assert.deepEqual([await named("Nothing"), await named("Something")], [0, 1]);
});

pass("a read within a change set is refused", async () => {
  const answer = await batch([[{ method: "GET", path: "accounts", contentId: 1 }]]);
  assert.equal(answer.status, 400);
});

pass("delete records in a change set", async () => {
  const ids = [await create("accounts", { name: "Gone 1" }), await create("accounts", { name: "Gone 2" })];
  const answer = await batch([ids.map((id, index) => ({ method: "DELETE", path: `accounts(${id})`, contentId: index }))]);
  assert.deepEqual(statuses(answer), [204, 204]);
  assert.equal(await named("Gone 1"), 0);
});

run();
