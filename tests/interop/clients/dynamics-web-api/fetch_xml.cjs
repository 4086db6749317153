// fetch and fetchAll
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "FetchXML");
const NAMES = ["Zoe", "Bob", "Eve", "Dan", "Ada"];
const SORTED = "<fetch count='2'><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/></entity></fetch>";
const names = (page) => page.value.map((row) => row.firstname);
const fetch = (collection, fetchXml, more = {}) => api.fetch({ collection, fetchXml, ...more });

async function sample() {
  const account = await api.create({ collection: "accounts", data: { name: "Contoso", numberofemployees: 3, revenue: 10 } });
  await api.create({ collection: "accounts", data: { name: "Fabrikam", numberofemployees: 4, revenue: 20 } });
  for (const [index, firstname] of NAMES.entries()) {
    const bind = index < 2 ? { "parentcustomerid_account@odata.bind": `/accounts(${account})` } : {};
    await api.create({ collection: "contacts", data: { firstname, lastname: "Sample", ...bind } });
  }
}

pass("the first page, and its paging information", async () => {
  const page = await fetch("contacts", SORTED, { pageNumber: 1, includeAnnotations: "*" });
  assert.deepEqual(names(page), ["Ada", "Bob"]);
  assert.equal(page.PagingInfo.nextPage, 2);
  assert.ok(page.PagingInfo.cookie);
});

pass("the next page, by cookie", async () => {
  const first = await fetch("contacts", SORTED, { pageNumber: 1, includeAnnotations: "*" });
  const { nextPage, cookie } = first.PagingInfo;
  const second = await fetch("contacts", SORTED, { pageNumber: nextPage, pagingCookie: cookie, includeAnnotations: "*" });
  assert.deepEqual(names(second), ["Dan", "Eve"]);
});

pass("fetchAll", async () => {
  const all = await api.fetchAll({ collection: "contacts", fetchXml: SORTED, includeAnnotations: "*" });
  assert.deepEqual(names(all), ["Ada", "Bob", "Dan", "Eve", "Zoe"]);
});

pass("conditions", async () => {
  const page = await fetch("contacts", `<fetch><entity name='contact'><attribute name='firstname'/><order attribute='firstname' descending='true'/>
    <filter type='or'><condition attribute='firstname' operator='like' value='%e'/>
      <condition attribute='firstname' operator='in'><value>Ada</value><value>Nobody</value></condition></filter></entity></fetch>`);
  assert.deepEqual(names(page), ["Zoe", "Eve", "Ada"]);
});

pass("counts and sums", async () => {
  const page = await fetch("accounts", `<fetch aggregate='true'><entity name='account'>
    <attribute name='accountid' aggregate='count' alias='n'/><attribute name='revenue' aggregate='sum' alias='total'/></entity></fetch>`);
  assert.deepEqual([page.value[0].n, page.value[0].total], [2, 30]);
});

pass("the average of integers is an integer", async () => {
  const page = await fetch("accounts", `<fetch aggregate='true'><entity name='account'>
    <attribute name='numberofemployees' aggregate='avg' alias='average'/></entity></fetch>`);
  assert.equal(page.value[0].average, 3);
});

pass("an alias renames a column", async () => {
  const page = await fetch("accounts", `<fetch top='1'><entity name='account'><attribute name='name' alias='title'/><order attribute='name'/></entity></fetch>`);
  assert.equal(page.value[0].title, "Contoso");
});

pass("a column of a linked table", async () => {
  const page = await fetch("contacts", `<fetch><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/>
    <link-entity name='account' from='accountid' to='parentcustomerid' alias='parent'><attribute name='name'/></link-entity></entity></fetch>`);
  assert.deepEqual(page.value.map((row) => [row.firstname, row["parent.name"]]), [["Bob", "Contoso"], ["Zoe", "Contoso"]]);
});

pass("rows without a match in a linked table", async () => {
  const page = await fetch("contacts", `<fetch><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/>
    <link-entity name='account' from='accountid' to='parentcustomerid' link-type='outer' alias='parent'/>
    <filter><condition entityname='parent' attribute='accountid' operator='null'/></filter></entity></fetch>`);
  assert.deepEqual(names(page), ["Ada", "Dan", "Eve"]);
});

pass("distinct", async () => {
  const page = await fetch("contacts", "<fetch distinct='true'><entity name='contact'><attribute name='lastname'/></entity></fetch>");
  assert.deepEqual(page.value.map((row) => row.lastname), ["Sample"]);
});

pass("a long query goes as a batch", async () => {
  const values = Array.from({ length: 100 }, (_, index) => `<value>nobody of this name ${index}</value>`).join("");
  const page = await fetch("contacts", `<fetch><entity name='contact'><attribute name='firstname'/>
    <filter><condition attribute='firstname' operator='in'>${values}<value>Dan</value></condition></filter></entity></fetch>`);
  assert.deepEqual(names(page), ["Dan"]);
});

pass("a missing column", async () => {
  const error = await refused(400, () => fetch("contacts", "<fetch><entity name='contact'><attribute name='nosuchcolumn'/></entity></fetch>"));
  assert.equal(error.code, "0x80041103");
});

sample().then(run, (error) => {
  console.error(error);
  process.exit(1);
});
