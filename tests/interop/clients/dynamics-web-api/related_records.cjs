// associate, disassociate, associateSingleValued, disassociateSingleValued, and reading through lookups
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api } = require("./client.cjs");

const { pass, run } = scenarios("dynamics-web-api", "related records");
const create = (collection, data) => api.create({ collection, data });

pass("associate and disassociate, one to many", async () => {
  const [account, person] = [await create("accounts", { name: "a" }), await create("contacts", { lastname: "c" })];
  const pair = { collection: "accounts", primaryKey: account, relationshipName: "contact_customer_accounts", relatedKey: person };
  const members = async () => {
    const page = await api.retrieve({ collection: "accounts", key: account, navigationProperty: "contact_customer_accounts", select: ["lastname"] });
    return page.value.map((row) => row.lastname);
  };
  await api.associate({ ...pair, relatedCollection: "contacts" });
  assert.deepEqual(await members(), ["c"]);
  await api.disassociate(pair);
  assert.deepEqual(await members(), []);
});

pass("associate and disassociate, many to many", async () => {
  const [opportunity, competitor] = [await create("opportunities", { name: "o" }), await create("competitors", { name: "c" })];
  const pair = { collection: "opportunities", primaryKey: opportunity, relationshipName: "opportunitycompetitors_association", relatedKey: competitor };
  const rivals = async () => {
    const expand = [{ property: "opportunitycompetitors_association", select: ["name"] }];
    const row = await api.retrieve({ collection: "opportunities", key: opportunity, select: ["name"], expand });
    return row.opportunitycompetitors_association.map((each) => each.name);
  };
  await api.associate({ ...pair, relatedCollection: "competitors" });
  assert.deepEqual(await rivals(), ["c"]);
  await api.disassociate(pair);
  assert.deepEqual(await rivals(), []);
});

pass("associate and disassociate a lookup", async () => {
  const [account, person] = [await create("accounts", { name: "a" }), await create("contacts", { lastname: "c" })];
  const lookup = { collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid" };
  const value = async () => (await api.retrieve({ collection: "accounts", key: account, select: ["_primarycontactid_value"] }))._primarycontactid_value;
  await api.associateSingleValued({ ...lookup, relatedCollection: "contacts", relatedKey: person });
  assert.equal(await value(), person);
  await api.disassociateSingleValued(lookup);
  assert.equal(await value(), null);
  assert.equal((await api.retrieve({ collection: "contacts", key: person, select: ["lastname"] })).lastname, "c");
});

pass("a missing record cannot be associated", async () => {
  const account = await create("accounts", { name: "a" });
  await refused(404, () => api.associateSingleValued({
    collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid", relatedCollection: "contacts",
    relatedKey: "0d2c7a10-1111-4111-8111-111111111111",
  }));
});

pass("the reference of a lookup", async () => {
  const person = await create("contacts", { lastname: "c" });
  const account = await create("accounts", { name: "a", "primarycontactid@odata.bind": `contacts(${person})` });
  const reference = await api.retrieve({ collection: "accounts", key: account, select: ["primarycontactid/$ref"] });
  assert.deepEqual([reference.id, reference.collection], [person, "contacts"]);
});

pass("columns of the record that a lookup names", async () => {
  const account = await create("accounts", { name: "a", primarycontactid: { firstname: "Ada", lastname: "L" } });
  const person = await api.retrieve({ collection: "accounts", key: account, select: ["/primarycontactid", "fullname", "lastname"] });
  assert.deepEqual([person.fullname, person.lastname], ["Ada L", "L"]);
});

pass("the annotations of a lookup", async () => {
  const parent = await create("accounts", { name: "Parent" });
  const key = await create("contacts", { lastname: "c", "parentcustomerid_account@odata.bind": `/accounts(${parent})` });
  const row = await api.retrieve({ collection: "contacts", key, select: ["_parentcustomerid_value"], includeAnnotations: "*" });
  assert.equal(row._parentcustomerid_value_Formatted, "Parent");
  assert.equal(row._parentcustomerid_value_LogicalName, "account");
  assert.equal(row._parentcustomerid_value_NavigationProperty, "parentcustomerid_account");
});

run();
