// trackChanges, and the delta link given to retrieveMultiple
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "change tracking");
const query = { collection: "accounts", select: ["name"], trackChanges: true };
const create = (name) => api.create({ collection: "accounts", data: { name } });

pass("the first answer has every row and a delta link", async () => {
  await create("there before");
  const first = await api.retrieveMultiple(query);
  assert.ok(first.value.some((row) => row.name === "there before"));
  assert.match(first.oDataDeltaLink, /\$deltatoken=/);
});

pass("the delta link gives what was created, changed and deleted", async () => {
  const [changed, deleted, untouched] = [await create("changed"), await create("deleted"), await create("untouched")];
  const { oDataDeltaLink } = await api.retrieveMultiple(query);
  const created = await create("created");
  await api.update({ collection: "accounts", key: changed, data: { name: "changed again" } });
  await api.deleteRecord({ collection: "accounts", key: deleted });
  const delta = await api.retrieveMultiple(query, oDataDeltaLink);
  const rows = Object.fromEntries(delta.value.map((row) => [row.accountid ?? row.id, row.name ?? row.reason]));
  assert.deepEqual(rows, { [created]: "created", [changed]: "changed again", [deleted]: "deleted" });
  assert.ok(!(untouched in rows));
});

pass("a delta has the next delta link", async () => {
  const first = await api.retrieveMultiple(query);
  const second = await api.retrieveMultiple(query, first.oDataDeltaLink);
  assert.deepEqual(second.value, []);
  const key = await create("third");
  const third = await api.retrieveMultiple(query, second.oDataDeltaLink);
  assert.deepEqual(third.value.map((row) => row.accountid), [key]);
});

pass("a filter is refused", async () => {
  await refused(400, () => api.retrieveMultiple({ ...query, filter: "name eq 'x'" }));
});

run();
