// ifmatch and ifnonematch
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "conditions");

/** Creates an account, changes it once, and returns it with its etags before and after. */
async function changed() {
  const key = await api.create({ collection: "accounts", data: { name: "first" } });
  const read = () => api.retrieve({ collection: "accounts", key, select: ["name"] });
  const before = (await read())["@odata.etag"];
  await api.update({ collection: "accounts", key, data: { name: "second" } });
  return { key, read, before, after: (await read())["@odata.etag"] };
}

pass("an update with a stale etag changes nothing", async () => {
  const { key, read, before, after } = await changed();
  assert.notEqual(before, after);
  // This client turns a 412 into `false`: the update did not happen.
  assert.equal(await api.update({ collection: "accounts", key, data: { name: "x" }, ifmatch: before }), false);
  assert.equal((await read()).name, "second");
  assert.equal(await api.update({ collection: "accounts", key, data: { name: "third" }, ifmatch: after }), true);
});

pass("a deletion with a stale etag deletes nothing", async () => {
  const { key, read, before, after } = await changed();
  assert.equal(await api.deleteRecord({ collection: "accounts", key, ifmatch: before }), false);
  assert.equal((await read()).name, "second");
  await api.deleteRecord({ collection: "accounts", key, ifmatch: after });
  await refused(404, read);
});

pass("a stale etag is refused with 412 and Dataverse's code", async () => {
  const { key, before } = await changed();
  const update = () => client({ propagateErrors: true }).update({ collection: "accounts", key, data: { name: "x" }, ifmatch: before });
  assert.equal((await refused(412, update)).code, "0x80060882");
});

pass("an unchanged record is not sent again", async () => {
  const { key, before, after } = await changed();
  const conditional = { collection: "accounts", key, select: ["name"] };
  assert.ok(!(await api.retrieve({ ...conditional, ifnonematch: after })));
  assert.equal((await api.retrieve({ ...conditional, ifnonematch: before })).name, "second");
});

pass("a single property with a stale etag is not written", async () => {
  const { key, read, before } = await changed();
  await refused(412, () => api.updateSingleProperty({ collection: "accounts", key, fieldValuePair: { name: "x" }, ifmatch: before }));
  assert.equal((await read()).name, "second");
});

run();
