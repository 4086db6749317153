// startBatch and executeBatch
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, GUID } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "batches");
const count = (name) => api.count({ collection: "accounts", filter: `name eq '${name}'` });
const create = (name, more = {}) => api.create({ collection: "accounts", data: { name }, ...more });

async function batch(fill, request) {
  api.startBatch();
  fill();
  return await api.executeBatch(request);
}

pass("reads around a write", async () => {
  const key = await api.create({ collection: "contacts", data: { firstname: "Before", lastname: "Batch" } });
  const list = () => api.retrieveMultiple({ collection: "contacts", select: ["firstname"], filter: "lastname eq 'Batch'" });
  const [before, updated, after] = await batch(() => {
    list();
    api.update({ collection: "contacts", key, data: { firstname: "After" } });
    list();
  });
  assert.deepEqual([before.value[0].firstname, updated, after.value[0].firstname], ["Before", true, "After"]);
});

pass("a content-id in the body", async () => {
  const [contact, account, found] = await batch(() => {
    api.create({ collection: "contacts", data: { lastname: "In a batch" }, contentId: "1" });
    api.create({ collection: "accounts", data: { name: "In a batch", "primarycontactid@odata.bind": "$1" } });
    const expand = [{ property: "primarycontactid", select: ["lastname"] }];
    api.retrieveMultiple({ collection: "accounts", select: ["name"], filter: "name eq 'In a batch'", expand });
  });
  assert.match(contact, GUID);
  assert.match(account, GUID);
  assert.equal(found.value[0].primarycontactid.lastname, "In a batch");
});

pass("a content-id in the URL", async () => {
  const [account] = await batch(() => {
    api.create({ collection: "accounts", data: { name: "By content" }, contentId: "1" });
    api.create({ collection: "Account_Tasks", data: { subject: "below" }, contentId: "$1" });
  });
  const tasks = await api.retrieve({ collection: "accounts", key: account, navigationProperty: "Account_Tasks", select: ["subject"] });
  assert.deepEqual(tasks.value.map((task) => task.subject), ["below"]);
});

pass("associate by content-ids", async () => {
  const [account, contact] = await batch(() => {
    create("Associated", { contentId: "1" });
    api.create({ collection: "contacts", data: { lastname: "Associated" }, contentId: "2" });
    api.associateSingleValued({ collection: "$1", navigationProperty: "primarycontactid", relatedKey: "$2" });
  });
  const row = await api.retrieve({ collection: "accounts", key: account, select: ["_primarycontactid_value"] });
  assert.equal(row._primarycontactid_value, contact);
});

pass("a failed change set leaves nothing", async () => {
  const halves = () => {
    create("Half");
    create("x".repeat(161));
  };
  await assert.rejects(() => batch(halves));
  assert.equal(await count("Half"), 0);
});

pass("a failed change set does not undo other requests", async () => {
  await assert.rejects(() => batch(() => {
    create("Alone", { inChangeSet: false });
    create("Together");
    create("x".repeat(161));
  }));
  assert.deepEqual([await count("Alone"), await count("Together")], [1, 0]);
});

pass("without a change set", async () => {
  await assert.rejects(() => batch(() => {
    create("One by one", { inChangeSet: false });
    create("x".repeat(161), { inChangeSet: false });
    create("Never reached", { inChangeSet: false });
  }));
  assert.deepEqual([await count("One by one"), await count("Never reached")], [1, 0]);
});

pass("continue after an error", async () => {
  const answers = await batch(() => {
    create("Goes on 1", { inChangeSet: false });
    create("x".repeat(161), { inChangeSet: false });
    create("Goes on 2", { inChangeSet: false });
  }, { continueOnError: true });
  assert.match(answers[0], GUID);
  assert.equal(answers[1].error.code, "0x80044331");
  assert.match(answers[2], GUID);
  assert.deepEqual([await count("Goes on 1"), await count("Goes on 2")], [1, 1]);
});

pass("deletions, single properties and counts", async () => {
  const [first, second] = [await create("To delete"), await create("To change")];
  const [counted, deleted] = await batch(() => {
    api.count({ collection: "accounts", filter: "name eq 'To change'" });
    api.deleteRecord({ collection: "accounts", key: first });
    api.updateSingleProperty({ collection: "accounts", key: second, fieldValuePair: { fax: "7" } });
  });
  assert.deepEqual([counted, deleted], [1, true]);
  assert.equal(await api.count({ collection: "accounts", filter: "fax eq '7'" }), 1);
  await refused(404, () => api.retrieve({ collection: "accounts", key: first }));
});

pass("functions and actions", async () => {
  const Targets = [{ "@odata.type": "Microsoft.Dynamics.CRM.account", name: "Created in a batch" }];
  const [me, created] = await batch(() => {
    api.callFunction("WhoAmI");
    api.callAction({ collection: "accounts", actionName: "Microsoft.Dynamics.CRM.CreateMultiple", action: { Targets } });
  });
  assert.match(me.UserId, GUID);
  assert.equal(created.Ids.length, 1);
});

pass("a representation", async () => {
  const [row] = await batch(() => create("Represented", { returnRepresentation: true, select: ["name"] }));
  assert.equal(row.name, "Represented");
});

run();
