// The requests of Microsoft's sample "Query data" (page webapi/web-api-query-data-sample)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { get, create, remove, send, fetchXml, batch, ANNOTATED, FORMATTED } = require("./web_api.cjs");

const { pass, run } = scenarios("samples", "query data");
// The people of the sample and their incomes. The first is the account's primary contact, and no member of it.
const PEOPLE = [
  ["Yvonne", "McKay", "Coffee Master", 45000], ["Susanna", "Stubberod", "Senior Purchaser", 52000],
  ["Nancy", "Anderson", "Activities Manager", 55500], ["Maria", "Cambell", "Accounts Manager", 31000],
  ["Scott", "Konersmann", "Accounts Manager", 38000], ["Robert", "Lyon", "Senior Technician", 78000],
  ["Paul", "Cannon", "Ski Instructor", 68500], ["Rene", "Valdes", "Data Analyst III", 86000],
  ["Jim", "Glynn", "Senior International Sales Manager", 81400],
];
const COLUMNS = "$select=fullname,jobtitle,annualincome";
const first = (rows) => rows.map((row) => row.fullname.split(" ")[0]);
let contoso, yvonne, ofContoso;

/** An account with its tasks, its primary contact and its members, and their tasks: 36 records in one request. */
async function sample() {
  const tasks = (owner) => [1, 2, 3].map((number) => ({ subject: `Task ${number} for ${owner}`, actualdurationminutes: 5 }));
  const [primarycontactid, ...contact_customer_accounts] = PEOPLE.map(([firstname, last, jobtitle, annualincome]) => (
    { firstname, lastname: `${last} (sample)`, jobtitle, annualincome, Contact_Tasks: tasks(`${firstname} ${last}`) }));
  const Account_Tasks = tasks("Contoso, Ltd.");
  contoso = await create("accounts", { name: "Contoso, Ltd. (sample)", Account_Tasks, primarycontactid, contact_customer_accounts });
  const account = await get(`accounts(${contoso})?$select=accountid&$expand=primarycontactid($select=contactid,fullname)`);
  yvonne = account.primarycontactid.contactid;
  ofContoso = `contains(fullname,'(sample)') and _parentcustomerid_value eq ${contoso}`;
}

/** Returns the first names of the members that match a filter. */
const members = async (filter, rest = "") => first((await get(`contacts?${COLUMNS}&$filter=${filter}${rest}`, ANNOTATED)).value);

pass("chosen columns of one record, with their formatted values", async () => {
  const row = await get(`contacts(${yvonne})?${COLUMNS}`, ANNOTATED);
  assert.deepEqual([row.fullname, row.jobtitle, row.annualincome], ["Yvonne McKay (sample)", "Coffee Master", 45000]);
  assert.equal(row[`annualincome${FORMATTED}`], "$45,000.00");
});

pass("contains", async () => {
  assert.equal((await members(ofContoso)).length, 8);
});

pass("created in the last hour, with aliases", async () => {
  const created = "Microsoft.Dynamics.CRM.LastXHours(PropertyName=@p1,PropertyValue=@p2)";
  const rows = await members(`${created} and _parentcustomerid_value eq ${contoso}`, "&@p1='createdon'&@p2='1'");
  assert.equal(rows.length, 8);
});

pass("who earns more", async () => {
  assert.deepEqual((await members(`annualincome gt 50000 and ${ofContoso}`)).sort(), ["Jim", "Nancy", "Paul", "Rene", "Robert", "Susanna"]);
});

const SENIOR = "(contains(jobtitle, 'senior') or contains(jobtitle, 'manager')) and annualincome gt 50000";
pass("parentheses", async () => {
  assert.deepEqual((await members(`${SENIOR} and ${ofContoso}`)).sort(), ["Jim", "Nancy", "Robert", "Susanna"]);
});

pass("order", async () => {
  const sorted = ["Rene", "Jim", "Robert", "Paul", "Nancy", "Susanna", "Scott", "Maria"];
  assert.deepEqual(await members(ofContoso, "&$orderby=annualincome desc,jobtitle asc"), sorted);
});

pass("aliases for columns and values", async () => {
  const aliases = `@p1=fullname&@p2=_parentcustomerid_value&@p3=${contoso}&@p4=jobtitle&@p5=annualincome`;
  const rows = await members("contains(@p1,'(sample)') and @p2 eq @p3", `&$orderby=@p4 asc,@p5 desc&${aliases}`);
  assert.deepEqual(rows, ["Scott", "Maria", "Nancy", "Rene", "Jim", "Susanna", "Robert", "Paul"]);
});

pass("the first five", async () => {
  assert.equal((await members(ofContoso, "&$top=5")).length, 5);
});

pass("the number of members", async () => {
  const answer = await send("GET", `accounts(${contoso})/contact_customer_accounts/$count`);
  assert.match(answer.headers.get("content-type"), /^text\/plain/);
  assert.equal(Number(answer.body.replace("\ufeff", "")), 8);
});

pass("the number of records that match a filter", async () => {
  const page = await get(`contacts?${COLUMNS}&$filter=${SENIOR} and ${ofContoso}&$count=true`, ANNOTATED);
  assert.equal(page["@odata.count"], 4);
  assert.equal(page["@Microsoft.Dynamics.CRM.totalrecordcount"], 4);
  assert.equal(page["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"], false);
});

pass("pages of four", async () => {
  const four = { Prefer: 'odata.maxpagesize=4,odata.include-annotations="*"' };
  const page = await get(`contacts?${COLUMNS}&$filter=${ofContoso}`, four);
  const next = await get(page["@odata.nextLink"], four);
  assert.deepEqual([page.value.length, next.value.length, next["@odata.nextLink"]], [4, 4, undefined]);
  assert.equal(new Set(first([...page.value, ...next.value])).size, 8);
});

pass("expand a lookup", async () => {
  const row = await get(`accounts(${contoso})?$select=name&$expand=primarycontactid(${COLUMNS})`, ANNOTATED);
  assert.equal(row.primarycontactid.fullname, "Yvonne McKay (sample)");
  assert.equal(row.primarycontactid[`annualincome${FORMATTED}`], "$45,000.00");
});

pass("expand the partner of a lookup", async () => {
  const row = await get(`contacts(${yvonne})?${COLUMNS}&$expand=account_primary_contact($select=name)`);
  assert.deepEqual(row.account_primary_contact.map((each) => each.name), ["Contoso, Ltd. (sample)"]);
});

pass("expand a collection", async () => {
  const row = await get(`accounts(${contoso})?$select=name&$expand=contact_customer_accounts(${COLUMNS})`);
  assert.equal(row.contact_customer_accounts.length, 8);
});

pass("expand three at once", async () => {
  const expand = `primarycontactid(${COLUMNS}),contact_customer_accounts(${COLUMNS}),Account_Tasks($select=subject,description)`;
  const row = await get(`accounts(${contoso})?$select=name&$expand=${expand}`);
  assert.equal(row.primarycontactid.jobtitle, "Coffee Master");
  assert.deepEqual([row.contact_customer_accounts.length, row.Account_Tasks.length], [8, 3]);
});

pass("expand three levels, filtered by a path", async () => {
  const expand = "regardingobjectid_contact_task($select=fullname;$expand=parentcustomerid_account($select=name;$expand=createdby($select=fullname)))";
  const page = await get(`tasks?$select=subject&$expand=${expand}&$filter=regardingobjectid_contact_task/_accountid_value eq ${contoso}`);
  assert.equal(page.value.length, 24);
  for (const { regardingobjectid_contact_task: contact } of page.value) {
    assert.equal(contact.parentcustomerid_account.name, "Contoso, Ltd. (sample)");
    assert.ok(contact.parentcustomerid_account.createdby.fullname);
  }
});

pass("average, sum, least and most of the members", async () => {
  const of = ["average", "sum", "min", "max"].map((how) => `annualincome with ${how} as ${how}_of_them`).join(",");
  const { value } = await get(`accounts(${contoso})/contact_customer_accounts?$apply=aggregate(${of})`);
  const found = ["average", "sum", "min", "max"].map((how) => value[0][`${how}_of_them`]);
  assert.deepEqual(found, [61300, 490400, 31000, 86000]);
});

const byFetch = (attributes) => fetchXml("contacts", `<fetch ${attributes}><entity name='contact'>
  <attribute name='fullname'/><attribute name='jobtitle'/><attribute name='annualincome'/><order descending='true' attribute='fullname'/>
  <filter type='and'><condition value='%(sample)%' attribute='fullname' operator='like'/>
    <condition value='${contoso}' attribute='parentcustomerid' operator='eq'/></filter></entity></fetch>`);

pass("FetchXML", async () => {
  const sorted = ["Susanna", "Scott", "Robert", "Rene", "Paul", "Nancy", "Maria", "Jim"];
  assert.deepEqual(first((await byFetch("")).value), sorted);
});

pass("FetchXML, two pages by number", async () => {
  const page = await byFetch("count='3' page='1'");
  assert.deepEqual(first(page.value), ["Susanna", "Scott", "Robert"]);
  assert.equal(page["@Microsoft.Dynamics.CRM.morerecords"], true);
  assert.ok(page["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"]);
  assert.deepEqual(first((await byFetch("count='3' page='2'")).value), ["Rene", "Paul", "Nancy"]);
});

pass("the rows of a saved query", async () => {
  const found = await get("savedqueries?$select=savedqueryid,columnsetxml&$filter=name eq 'Active Accounts'");
  const page = await get(`accounts?savedQuery=${found.value[0].savedqueryid}`, { Prefer: "odata.maxpagesize=3" });
  assert.deepEqual(page.value.map((row) => row.name), ["Contoso, Ltd. (sample)"]);
});

pass("a user query", async () => {
  const condition = (attribute, operator, value) => `<condition attribute='${attribute}' operator='${operator}' value='${value}'/>`;
  const conditions = [["fullname", "like", "%(sample)%"], ["jobtitle", "like", "%Manager%"], ["annualincome", "gt", "55000"]];
  const fetchxml = `<fetch><entity name='contact'><attribute name='fullname'/><attribute name='contactid'/><attribute name='jobtitle'/>
    <attribute name='annualincome'/><order descending='false' attribute='fullname'/><filter type='and'>
    ${conditions.map((each) => condition(...each)).join("")}</filter></entity></fetch>`;
  const query = await create("userqueries", { name: "My User Query", description: "Managers", querytype: 0, returnedtypecode: "contact", fetchxml });
  const page = await get(`contacts?userQuery=${query}`, { Prefer: "odata.maxpagesize=3" });
  assert.deepEqual(page.value.map((row) => [row.fullname, row.annualincome]), [["Jim Glynn (sample)", 81400], ["Nancy Anderson (sample)", 55500]]);
  await remove(`userqueries(${query})`);
});

pass("delete the sample's records in a change set", async () => {
  const requests = [`accounts(${contoso})`, `contacts(${yvonne})`].map((path, contentId) => ({ method: "DELETE", path, contentId }));
  assert.deepEqual((await batch([requests])).parts.map((each) => each.status), [204, 204]);
  assert.equal((await send("GET", `accounts(${contoso})`)).status, 404);
  // Deleting the account also deletes its contacts, and their tasks.
  assert.deepEqual((await get("contacts?$select=fullname&$filter=contains(fullname,'(sample)')")).value, []);
  assert.deepEqual((await get("tasks?$select=subject&$filter=startswith(subject,'Task ')")).value, []);
});

sample().then(run, (error) => {
  console.error(error);
  process.exit(1);
});
