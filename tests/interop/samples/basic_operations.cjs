// The requests of Microsoft's sample "Basic operations" (page webapi/web-api-basic-operations-sample)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { expect, get, create, update, remove, send, ANNOTATED, FORMATTED, ROOT } = require("./web_api.cjs");

const { pass, run } = scenarios("samples", "basic operations");
const COLUMNS = "$select=fullname,annualincome,telephone1,jobtitle,description";
const person = () => create("contacts", { firstname: "Rafel", lastname: "Shillo" });

pass("create, and update other columns", async () => {
  const contact = `contacts(${await person()})`;
  await update(contact, { annualincome: 80000, jobtitle: "Junior Developer" });
  const row = await get(`${contact}?${COLUMNS}`, ANNOTATED);
  assert.deepEqual(
    [row.fullname, row.annualincome, row.jobtitle, row.telephone1, row.description],
    ["Rafel Shillo", 80000, "Junior Developer", null, null],
  );
  assert.equal(row[`annualincome${FORMATTED}`], "$80,000.00");
});

pass("update again", async () => {
  const contact = `contacts(${await person()})`;
  await update(contact, { annualincome: 80000, jobtitle: "Junior Developer" });
  await update(contact, { annualincome: 95000, jobtitle: "Senior Developer", description: "Assignment to-be-determined" });
  const row = await get(`${contact}?${COLUMNS}`);
  assert.deepEqual([row.annualincome, row.jobtitle, row.description], [95000, "Senior Developer", "Assignment to-be-determined"]);
});

pass("write and read a single column", async () => {
  const contact = `contacts(${await person()})`;
  const headers = { "If-None-Match": "null" };
  await expect(204, "PUT", `${contact}/telephone1`, { body: { value: "555-0105" }, headers });
  const answer = await get(`${contact}/telephone1`, headers);
  assert.equal(answer.value, "555-0105");
  assert.match(answer["@odata.context"], /\$metadata#contacts\([0-9a-f-]+\)\/telephone1$/);
});

pass("create associated with an existing record", async () => {
  const contact = await person();
  const data = { name: "Contoso Ltd", telephone1: "555-5555", "primarycontactid@odata.bind": `contacts(${contact})` };
  const account = await create("accounts", data);
  const row = await get(`accounts(${account})?$select=name&$expand=primarycontactid($select=fullname,jobtitle,annualincome)`);
  assert.deepEqual([row.name, row.primarycontactid.fullname, row.primarycontactid.contactid], ["Contoso Ltd", "Rafel Shillo", contact]);
});

/** Creates an account with a contact that has three tasks, in one request. */
function fourthCoffee() {
  const task = (subject, month, day) => ({
    subject, description: `About: ${subject}`, scheduleddurationminutes: 60,
    scheduledstart: new Date(Date.UTC(2025, month, day, 20)), scheduledend: new Date(Date.UTC(2025, month, day, 21)),
  });
  const Contact_Tasks = [task("Sign invoice", 3, 18), task("Setup new display", 4, 18), task("Conduct training", 4, 21)];
  const primarycontactid = { firstname: "Susie", lastname: "Curtis", jobtitle: "Coffee Master", annualincome: 48000, Contact_Tasks };
  return create("accounts", { name: "Fourth Coffee", primarycontactid });
}

pass("create with related records, two levels deep", async () => {
  const account = await fourthCoffee();
  const row = await get(`accounts(${account})?$select=name&$expand=primarycontactid($select=fullname,jobtitle,annualincome)`);
  const contact = row.primarycontactid;
  assert.deepEqual([contact.fullname, contact.jobtitle, contact.annualincome], ["Susie Curtis", "Coffee Master", 48000]);
  const tasks = await get(`contacts(${contact.contactid})?$select=fullname&$expand=Contact_Tasks($select=subject,scheduledstart,scheduledend)`);
  const times = tasks.Contact_Tasks.map((task) => [task.subject, task.scheduledstart, task.scheduledend]).sort();
  assert.deepEqual(times, [
    ["Conduct training", "2025-05-21T20:00:00Z", "2025-05-21T21:00:00Z"],
    ["Setup new display", "2025-05-18T20:00:00Z", "2025-05-18T21:00:00Z"],
    ["Sign invoice", "2025-04-18T20:00:00Z", "2025-04-18T21:00:00Z"],
  ]);
});

pass("associate a contact with an account, and list the account's", async () => {
  const [account, contact] = [await create("accounts", { name: "Fourth Coffee" }), await person()];
  const related = `accounts(${account})/contact_customer_accounts`;
  // The sample's own client puts two slashes before the set.
  await expect(204, "POST", `${related}/$ref`, { body: { "@odata.id": `${ROOT}/contacts(${contact})` } });
  const rows = await get(`${related}?$select=fullname,jobtitle`);
  assert.deepEqual(rows.value.map((row) => row.fullname), ["Rafel Shillo"]);
  await remove(`${related}(${contact})/$ref`);
  assert.deepEqual((await get(`${related}?$select=fullname`)).value, []);
});

pass("give a security role to a user, and take it away", async () => {
  const me = await get("WhoAmI");
  const role = await create("roles", { name: "Example Security Role", "businessunitid@odata.bind": `businessunits(${me.BusinessUnitId})` });
  const roles = `systemusers(${me.UserId})/systemuserroles_association`;
  const held = async () => (await get(`${roles}?$select=name&$filter=roleid eq ${role}&$top=1`)).value.map((row) => row.name);
  await expect(204, "POST", `${roles}/$ref`, { body: { "@odata.id": `${ROOT}roles(${role})` } });
  assert.deepEqual(await held(), ["Example Security Role"]);
  await remove(`${roles}(${role})/$ref`);
  assert.deepEqual(await held(), []);
  await remove(`roles(${role})`);
});

pass("delete the created records", async () => {
  const account = await fourthCoffee();
  await remove(`accounts(${account})`);
  const answer = await send("GET", `accounts(${account})?$select=name`);
  assert.deepEqual([answer.status, answer.body.error.code], [404, "0x80040217"]);
});

run();
