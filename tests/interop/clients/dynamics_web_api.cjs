// The npm client dynamics-web-api against the emulator: node dynamics_web_api.cjs <url of the organization>
"use strict";
const assert = require("node:assert/strict");
const { DynamicsWebApi } = require("dynamics-web-api");

const api = new DynamicsWebApi({
  serverUrl: process.argv[2],
  dataApi: { version: "9.2" },
  onTokenRefresh: async () => "any token",
});

let steps = 0;
async function step(name, work) {
  await work();
  steps += 1;
  console.log(`ok  ${name}`);
}

async function refused(status, work) {
  await assert.rejects(work, (error) => {
    assert.equal(error.status, status, JSON.stringify(error));
    assert.ok(error.message, "an error has words");
    return true;
  });
}

async function scenario() {
  let account;
  let contacts;

  await step("who am I", async () => {
    const me = await api.callFunction("WhoAmI");
    assert.match(me.UserId, /^[0-9a-f-]{36}$/);
  });

  await step("create and retrieve, with annotations", async () => {
    account = await api.create({ collection: "accounts", data: { name: "Contoso & Söhne", revenue: 1234.5, accountcategorycode: 1 } });
    assert.match(account, /^[0-9a-f-]{36}$/);
    const row = await api.retrieve({
      collection: "accounts", key: account, select: ["name", "revenue", "accountcategorycode", "_ownerid_value"], includeAnnotations: "*",
    });
    assert.equal(row.name, "Contoso & Söhne");
    assert.equal(row.revenue, 1234.5);
    assert.equal(row.accountcategorycode_Formatted, "Preferred Customer");
    assert.equal(row._ownerid_value_LogicalName, "systemuser");
    assert.equal(row.oDataContext ?? row["@odata.context"], `${process.argv[2]}/api/data/v9.2/$metadata#accounts(name,revenue,accountcategorycode,_ownerid_value)/$entity`);
  });

  await step("create with representation", async () => {
    const row = await api.create({ collection: "contacts", data: { firstname: "Ada", lastname: "O'Brien" }, returnRepresentation: true, select: ["fullname"] });
    assert.equal(row.fullname, "Ada O'Brien");
    contacts = [row.contactid];
  });

  await step("query with filter, order and expand", async () => {
    for (const name of ["Zoe", "Bob", "Eve", "Dan"]) {
      contacts.push(await api.create({
        collection: "contacts", data: { firstname: name, lastname: "Sample", "parentcustomerid_account@odata.bind": `/accounts(${account})` },
      }));
    }
    const page = await api.retrieveMultiple({
      collection: "contacts", select: ["firstname"], filter: "lastname eq 'sample' and firstname ne 'Bob'", orderBy: ["firstname desc"],
      expand: [{ property: "parentcustomerid_account", select: ["name"] }], count: true,
    });
    assert.deepEqual(page.value.map((row) => row.firstname), ["Zoe", "Eve", "Dan"]);
    assert.equal(page.value[0].parentcustomerid_account.name, "Contoso & Söhne");
    assert.equal(page.oDataCount, 3);
    const quoted = await api.retrieveMultiple({ collection: "contacts", filter: "lastname eq 'O''Brien'" });
    assert.equal(quoted.value.length, 1);
  });

  await step("expand a collection", async () => {
    const row = await api.retrieve({
      collection: "accounts", key: account, select: ["name"],
      expand: [{ property: "contact_customer_accounts", select: ["firstname"], filter: "firstname ne 'Zoe'", orderBy: ["firstname asc"], top: 2 }],
    });
    assert.deepEqual(row.contact_customer_accounts.map((each) => each.firstname), ["Bob", "Dan"]);
  });

  await step("pages", async () => {
    const query = { collection: "contacts", select: ["firstname"], orderBy: ["firstname asc"], maxPageSize: 2 };
    let page = await api.retrieveMultiple(query);
    const found = page.value.map((row) => row.firstname);
    while (page.oDataNextLink) {
      page = await api.retrieveMultiple(query, page.oDataNextLink);
      found.push(...page.value.map((row) => row.firstname));
    }
    assert.deepEqual(found, ["Ada", "Bob", "Dan", "Eve", "Zoe"]);
    const all = await api.retrieveAll({ collection: "contacts", select: ["firstname"] });
    assert.equal(all.value.length, 5);
  });

  await step("count", async () => {
    assert.equal(await api.count({ collection: "contacts" }), 5);
    assert.equal(await api.count({ collection: "contacts", filter: "lastname eq 'Sample'" }), 4);
    assert.equal(await api.countAll({ collection: "contacts", filter: "firstname eq 'Eve'" }), 1);
  });

  await step("aggregate", async () => {
    const page = await api.retrieveMultiple({ collection: "accounts", apply: "aggregate(revenue with sum as total,$count as n)" });
    assert.deepEqual([page.value[0].total, page.value[0].n], [1234.5, 1]);
  });

  await step("FetchXML, with pages", async () => {
    const fetchXml = "<fetch count='2'><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/></entity></fetch>";
    const first = await api.fetch({ collection: "contacts", fetchXml, pageNumber: 1, includeAnnotations: "*" });
    assert.deepEqual(first.value.map((row) => row.firstname), ["Ada", "Bob"]);
    const second = await api.fetch({ collection: "contacts", fetchXml, includeAnnotations: "*", pageNumber: first.PagingInfo.nextPage, pagingCookie: first.PagingInfo.cookie });
    assert.deepEqual(second.value.map((row) => row.firstname), ["Dan", "Eve"]);
    const all = await api.fetchAll({ collection: "contacts", fetchXml, includeAnnotations: "*" });
    assert.equal(all.value.length, 5);
  });

  await step("update", async () => {
    await api.update({ collection: "accounts", key: account, data: { telephone1: "1" } });
    const row = await api.update({ collection: "accounts", key: account, data: { fax: "2" }, returnRepresentation: true, select: ["telephone1", "fax"] });
    assert.deepEqual([row.telephone1, row.fax], ["1", "2"]);
    await api.updateSingleProperty({ collection: "accounts", key: account, fieldValuePair: { telephone1: "3" } });
    await api.deleteRecord({ collection: "accounts", key: account, property: "fax" });
    const now = await api.retrieve({ collection: "accounts", key: account, select: ["telephone1", "fax"] });
    assert.deepEqual([now.telephone1, now.fax], ["3", null]);
    await refused(404, () => api.update({ collection: "accounts", key: contacts[0], data: { name: "x" } }));
  });

  await step("upsert", async () => {
    const byKey = { collection: "accounts", key: "accountnumber='A 1'", returnRepresentation: true, select: ["name"] };
    const created = await api.upsert({ ...byKey, data: { name: "first" } });
    const updated = await api.upsert({ ...byKey, data: { name: "second" } });
    assert.equal(created.accountid, updated.accountid);
    assert.equal((await api.retrieve({ collection: "accounts", key: "accountnumber='A 1'", select: ["name"] })).name, "second");
    // This client takes the two refusals for `null`: nothing is created, nothing updated.
    assert.equal(await api.upsert({ ...byKey, data: { name: "third" }, ifnonematch: "*" }), null);
    assert.equal(await api.upsert({ collection: "accounts", key: contacts[0], data: { name: "x" }, ifmatch: "*" }), null);
    assert.equal((await api.retrieve({ collection: "accounts", key: created.accountid, select: ["name"] })).name, "second");
    await api.deleteRecord({ collection: "accounts", key: created.accountid });
  });

  await step("etag conflict", async () => {
    const before = await api.retrieve({ collection: "accounts", key: account, select: ["name"] });
    const etag = before["@odata.etag"];
    await api.update({ collection: "accounts", key: account, data: { name: "Contoso" }, ifmatch: etag });
    // This client takes a 412 for an answer: false for an update or a deletion that did not happen.
    assert.equal(await api.update({ collection: "accounts", key: account, data: { name: "x" }, ifmatch: etag }), false);
    assert.equal(await api.deleteRecord({ collection: "accounts", key: account, ifmatch: etag }), false);
    const now = await api.retrieve({ collection: "accounts", key: account, select: ["name"] });
    assert.equal(now.name, "Contoso");
    // And a 304 for nothing.
    const conditional = { collection: "accounts", key: account, select: ["name"] };
    assert.ok(!(await api.retrieve({ ...conditional, ifnonematch: now["@odata.etag"] })));
    assert.equal((await api.retrieve({ ...conditional, ifnonematch: etag })).name, "Contoso");
  });

  await step("associate and disassociate", async () => {
    const [person] = contacts;
    await api.associate({ collection: "accounts", primaryKey: account, relationshipName: "contact_customer_accounts", relatedCollection: "contacts", relatedKey: person });
    const members = () => api.retrieve({ collection: "accounts", key: account, navigationProperty: "contact_customer_accounts", select: ["fullname"] });
    assert.equal((await members()).value.length, 5);
    await api.disassociate({ collection: "accounts", primaryKey: account, relationshipName: "contact_customer_accounts", relatedKey: person });
    assert.equal((await members()).value.length, 4);
    await api.associateSingleValued({ collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid", relatedCollection: "contacts", relatedKey: person });
    assert.equal((await api.retrieve({ collection: "accounts", key: account, select: ["_primarycontactid_value"] }))._primarycontactid_value, person);
    await api.disassociateSingleValued({ collection: "accounts", primaryKey: account, navigationProperty: "primarycontactid" });
    assert.equal((await api.retrieve({ collection: "accounts", key: account, select: ["_primarycontactid_value"] }))._primarycontactid_value, null);
    const opportunity = await api.create({ collection: "opportunities", data: { name: "o" } });
    const competitor = await api.create({ collection: "competitors", data: { name: "c" } });
    const pair = { collection: "opportunities", primaryKey: opportunity, relationshipName: "opportunitycompetitors_association", relatedKey: competitor };
    await api.associate({ ...pair, relatedCollection: "competitors" });
    const rivals = await api.retrieve({ collection: "opportunities", key: opportunity, select: ["name"], expand: [{ property: "opportunitycompetitors_association", select: ["name"] }] });
    assert.equal(rivals.opportunitycompetitors_association[0].name, "c");
    await api.disassociate(pair);
  });

  await step("batch with a change set and a reference", async () => {
    api.startBatch();
    api.create({ collection: "contacts", data: { lastname: "In a batch" }, contentId: "1" });
    api.create({ collection: "accounts", data: { name: "In a batch", "primarycontactid@odata.bind": "$1" } });
    api.retrieveMultiple({ collection: "accounts", select: ["name"], filter: "name eq 'In a batch'", expand: [{ property: "primarycontactid", select: ["lastname"] }], inChangeSet: false });
    const [contact, created, found] = await api.executeBatch();
    assert.match(contact, /^[0-9a-f-]{36}$/);
    assert.match(created, /^[0-9a-f-]{36}$/);
    assert.equal(found.value[0].primarycontactid.lastname, "In a batch");
  });

  await step("a change set that fails leaves nothing", async () => {
    api.startBatch();
    api.create({ collection: "accounts", data: { name: "Half" } });
    api.create({ collection: "accounts", data: { name: "x".repeat(161) } });
    await assert.rejects(() => api.executeBatch());
    assert.equal(await api.count({ collection: "accounts", filter: "name eq 'Half'" }), 0);
  });

  await step("bulk", async () => {
    const type = "Microsoft.Dynamics.CRM.account";
    const targets = [1, 2, 3].map((number) => ({ "@odata.type": type, name: `Bulk ${number}` }));
    const { Ids } = await api.callAction({ collection: "accounts", actionName: "Microsoft.Dynamics.CRM.CreateMultiple", action: { Targets: targets } });
    assert.equal(Ids.length, 3);
    const changes = Ids.map((id) => ({ "@odata.type": type, accountid: id, fax: "9" }));
    await api.callAction({ collection: "accounts", actionName: "Microsoft.Dynamics.CRM.UpdateMultiple", action: { Targets: changes } });
    assert.equal(await api.count({ collection: "accounts", filter: "fax eq '9'" }), 3);
  });

  await step("definitions", async () => {
    const table = await api.retrieveEntity({ key: "LogicalName='account'", select: ["LogicalName", "EntitySetName"] });
    assert.equal(table.EntitySetName, "accounts");
    const attributes = await api.retrieveAttributes({
      entityKey: "LogicalName='account'", castType: "Microsoft.Dynamics.CRM.PicklistAttributeMetadata", select: ["LogicalName"],
      expand: [{ property: "OptionSet", select: ["Options"] }],
    });
    const category = attributes.value.find((each) => each.LogicalName === "accountcategorycode");
    assert.equal(category.OptionSet.Options[0].Label.UserLocalizedLabel.Label, "Preferred Customer");
    const found = await api.retrieveEntities({ select: ["LogicalName"], filter: "LogicalName eq 'contact'" });
    assert.equal(found.value.length, 1);
    assert.match(await api.retrieveCsdlMetadata(), /EntityType Name="account"/);
  });

  await step("impersonation", async () => {
    const me = await api.callFunction("WhoAmI");
    const same = await api.callFunction({ name: "WhoAmI", impersonate: me.UserId });
    assert.equal(same.UserId, me.UserId);
  });

  await step("delete", async () => {
    await api.deleteRecord({ collection: "accounts", key: account });
    await refused(404, () => api.retrieve({ collection: "accounts", key: account }));
    await refused(404, () => api.deleteRecord({ collection: "accounts", key: account }));
  });
}

scenario().then(
  () => console.log(`dynamics-web-api: ${steps} steps`),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
