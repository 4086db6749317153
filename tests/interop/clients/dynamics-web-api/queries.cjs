// retrieveMultiple, retrieveAll, count, countAll
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "queries");
const NAMES = ["Zoe", "Bob", "Eve", "Dan", "Ada"];
const contacts = { collection: "contacts", select: ["firstname"] };
const names = (page) => page.value.map((row) => row.firstname);
let account;

async function sample() {
  account = await api.create({ collection: "accounts", data: { name: "Contoso", revenue: 1000 } });
  await api.create({ collection: "accounts", data: { name: "Fabrikam", revenue: 500 } });
  for (const [index, firstname] of NAMES.entries()) {
    const data = { firstname, lastname: index === 4 ? "O'Brien" : "Sample", annualincome: 1000 * index };
    await api.create({ collection: "contacts", data: { ...data, "parentcustomerid_account@odata.bind": `/accounts(${account})` } });
  }
}

pass("filter, order, expand and count", async () => {
  const page = await api.retrieveMultiple({
    ...contacts, filter: "lastname eq 'sample' and firstname ne 'Bob'", orderBy: ["firstname desc"],
    expand: [{ property: "parentcustomerid_account", select: ["name"] }], count: true,
  });
  assert.deepEqual(names(page), ["Zoe", "Eve", "Dan"]);
  assert.equal(page.value[0].parentcustomerid_account.name, "Contoso");
  assert.equal(page.oDataCount, 3);
});

pass("a quote in a filter", async () => {
  const page = await api.retrieveMultiple({ ...contacts, filter: "lastname eq 'O''Brien'" });
  assert.deepEqual(names(page), ["Ada"]);
});

pass("a filter on a lookup, with braces around the id", async () => {
  const page = await api.retrieveMultiple({ ...contacts, filter: `_parentcustomerid_value eq {${account}}` });
  assert.equal(page.value.length, 5);
});

pass("top", async () => {
  assert.deepEqual(names(await api.retrieveMultiple({ ...contacts, orderBy: ["firstname"], top: 2 })), ["Ada", "Bob"]);
});

pass("parameter aliases for values", async () => {
  const query = { ...contacts, filter: "firstname eq @p1", queryParams: ["@p1='Eve'"] };
  assert.deepEqual(names(await api.retrieveMultiple(query)), ["Eve"]);
});

const aliases = { ...contacts, filter: "@p1 gt @p2", orderBy: ["@p1 desc"], queryParams: ["@p1=annualincome", "@p2=1500"] };
pass("parameter aliases for columns", async () => {
  assert.deepEqual(names(await api.retrieveMultiple(aliases)), ["Ada", "Dan", "Eve"]);
});

pass("expand a collection, filtered, sorted and limited", async () => {
  const expand = [{ property: "contact_customer_accounts", select: ["firstname"], filter: "firstname ne 'Zoe'", orderBy: ["firstname asc"], top: 2 }];
  const row = await api.retrieve({ collection: "accounts", key: account, select: ["name"], expand });
  assert.deepEqual(row.contact_customer_accounts.map((each) => each.firstname), ["Ada", "Bob"]);
});

pass("expand within an expand", async () => {
  const inner = [{ property: "createdby", select: ["fullname"] }];
  const page = await api.retrieveMultiple({
    ...contacts, filter: "firstname eq 'Dan'", expand: [{ property: "parentcustomerid_account", select: ["name"], expand: inner }],
  });
  assert.ok(page.value[0].parentcustomerid_account.createdby.fullname);
});

pass("pages", async () => {
  const query = { ...contacts, orderBy: ["firstname asc"], maxPageSize: 2 };
  let page = await api.retrieveMultiple(query);
  const sizes = [page.value.length];
  const found = names(page);
  while (page.oDataNextLink) {
    page = await api.retrieveMultiple(query, page.oDataNextLink);
    sizes.push(page.value.length);
    found.push(...names(page));
  }
  assert.deepEqual(sizes, [2, 2, 1]);
  assert.deepEqual(found, ["Ada", "Bob", "Dan", "Eve", "Zoe"]);
});

pass("a page size for all requests", async () => {
  assert.equal((await client({ maxPageSize: 3 }).retrieveMultiple(contacts)).value.length, 3);
});

pass("retrieveAll", async () => {
  const all = await client({ maxPageSize: 2 }).retrieveAll({ ...contacts, orderBy: ["firstname"] });
  assert.deepEqual(names(all), ["Ada", "Bob", "Dan", "Eve", "Zoe"]);
});

pass("count", async () => {
  assert.equal(await api.count({ collection: "contacts" }), 5);
  assert.equal(await api.count({ collection: "contacts", filter: "lastname eq 'Sample'" }), 4);
});

pass("countAll", async () => {
  assert.equal(await api.countAll({ collection: "contacts", filter: "firstname eq 'Eve'" }), 1);
});

pass("apply: sums and counts", async () => {
  const page = await api.retrieveMultiple({ collection: "accounts", apply: "aggregate(revenue with sum as total,$count as n)" });
  assert.deepEqual([page.value[0].total, page.value[0].n], [1500, 2]);
});

pass("apply: groups", async () => {
  const page = await api.retrieveMultiple({ collection: "contacts", apply: "groupby((lastname),aggregate($count as n))" });
  const counts = Object.fromEntries(page.value.map((row) => [row.lastname, row.n]));
  assert.deepEqual(counts, { Sample: 4, "O'Brien": 1 });
});

pass("a URL that is too long goes as a batch", async () => {
  const filter = Array.from({ length: 120 }, (_, index) => `firstname eq 'nobody of this name ${index}'`).join(" or ");
  const page = await api.retrieveMultiple({ ...contacts, filter: `${filter} or firstname eq 'Bob'` });
  assert.deepEqual(names(page), ["Bob"]);
});

pass("a missing column", async () => {
  const error = await refused(400, () => api.retrieveMultiple({ collection: "contacts", select: ["nosuchcolumn"] }));
  assert.match(error.message, /Could not find a property named 'nosuchcolumn' on type 'Microsoft\.Dynamics\.CRM\.contact'/);
});

pass("a request that is aborted", async () => {
  const control = new AbortController();
  control.abort();
  await assert.rejects(() => api.retrieveMultiple({ ...contacts, signal: control.signal }));
  assert.equal(await api.count({ collection: "contacts" }), 5);
});

sample().then(run, (error) => {
  console.error(error);
  process.exit(1);
});
