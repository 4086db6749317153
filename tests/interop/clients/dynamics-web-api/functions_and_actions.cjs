// callFunction and callAction
"use strict";
const assert = require("node:assert/strict");
const { scenarios, refused } = require("../scenarios.cjs");
const { api, client, GUID } = require("./client.cjs");

const { pass, absent, run } = scenarios("dynamics-web-api", "functions and actions");
const TYPE = "Microsoft.Dynamics.CRM.account";

pass("a function by its name", async () => {
  const me = await api.callFunction("WhoAmI");
  assert.match(me.UserId, GUID);
  assert.match(me.BusinessUnitId, GUID);
  assert.match(me.OrganizationId, GUID);
});

pass("a function with a list as its parameter", async () => {
  await api.create({ collection: "accounts", data: { name: "counted" } });
  const counts = await api.callFunction({ name: "RetrieveTotalRecordCount", parameters: { EntityNames: ["account"] } });
  const { Keys, Values } = counts.EntityRecordCountCollection;
  assert.deepEqual(Keys, ["account"]);
  assert.ok(Values[0] >= 1);
});

pass("a bound function with a record as its parameter", async () => {
  const key = await api.create({ collection: "accounts", data: { name: "mine" } });
  const me = await api.callFunction("WhoAmI");
  const { AccessRights } = await api.callFunction({
    collection: "systemusers", key: me.UserId, name: "Microsoft.Dynamics.CRM.RetrievePrincipalAccess",
    parameters: { Target: { "@odata.id": `accounts(${key})` } },
  });
  assert.match(AccessRights, /ReadAccess, WriteAccess/);
});

pass("the version", async () => {
  assert.match((await api.callFunction("RetrieveVersion")).Version, /^9\.\d+\.\d+\.\d+$/);
});

pass("a bound action: CreateMultiple, UpdateMultiple, UpsertMultiple", async () => {
  const call = (actionName, Targets) => api.callAction({ collection: "accounts", actionName: `Microsoft.Dynamics.CRM.${actionName}`, action: { Targets } });
  const { Ids } = await call("CreateMultiple", [1, 2, 3].map((number) => ({ "@odata.type": TYPE, name: `Bulk ${number}` })));
  assert.equal(Ids.length, 3);
  await call("UpdateMultiple", Ids.map((accountid) => ({ "@odata.type": TYPE, accountid, fax: "9" })));
  assert.equal(await api.count({ collection: "accounts", filter: "fax eq '9'" }), 3);
  await call("UpsertMultiple", [{ "@odata.type": TYPE, accountid: Ids[0], fax: "10" }, { "@odata.type": TYPE, name: "Bulk 4", fax: "9" }]);
  assert.equal(await api.count({ collection: "accounts", filter: "fax eq '9'" }), 3);
});

pass("UpsertMultiple with alternate keys", async () => {
  // The client makes `@odata.id` absolute by default, which would change a key in it.
  const plain = client({ disableODataIdAbsoluteUrl: true });
  const upsert = (name) => plain.callAction({
    collection: "accounts", actionName: "Microsoft.Dynamics.CRM.UpsertMultiple",
    action: { Targets: [{ "@odata.type": TYPE, "@odata.id": "accounts(accountnumber='U 1')", name }] },
  });
  await upsert("first");
  await upsert("second");
  const page = await api.retrieveMultiple({ collection: "accounts", filter: "accountnumber eq 'U 1'", select: ["name"] });
  assert.deepEqual(page.value.map((row) => row.name), ["second"]);
});

pass("an unbound action without an answer: GrantAccess", async () => {
  const accountid = await api.create({ collection: "accounts", data: { name: "shared" } });
  const team = await api.create({ collection: "teams", data: { name: "Night shift" } });
  await api.callAction({
    actionName: "GrantAccess",
    action: {
      Target: { "@odata.type": TYPE, accountid },
      PrincipalAccess: { Principal: { "@odata.type": "Microsoft.Dynamics.CRM.team", teamid: team }, AccessMask: "ReadAccess" },
    },
  });
  const shared = await api.callFunction({ name: "RetrieveSharedPrincipalsAndAccess", parameters: { Target: { "@odata.id": `accounts(${accountid})` } } });
  assert.deepEqual(shared.PrincipalAccesses.map((each) => [each.AccessMask, each.Principal.ownerid]), [["ReadAccess", team]]);
});

pass("impersonation by user id, for one request and for all", async () => {
  const me = await api.callFunction("WhoAmI");
  assert.equal((await api.callFunction({ name: "WhoAmI", impersonate: me.UserId })).UserId, me.UserId);
  assert.equal((await client({ impersonate: me.UserId }).callFunction("WhoAmI")).UserId, me.UserId);
});

absent("a function that the emulator lacks: GetTimeZoneCodeByLocalizedName", "the emulator does not implement it", () =>
  refused(501, () => api.callFunction({
    name: "GetTimeZoneCodeByLocalizedName", parameters: { LocalizedStandardName: "Pacific Standard Time", LocaleId: 1033 },
  })));

pass("a bound function without parameters", async () => {
  const key = await api.create({ collection: "teams", data: { name: "Day shift" } });
  const answer = await api.callFunction({ collection: "teams", key, name: "Microsoft.Dynamics.CRM.RetrieveTeamPrivileges" });
  assert.deepEqual(answer.RolePrivileges, []);
});

absent("an action that the emulator lacks: WinOpportunity", "the emulator does not implement it", async () => {
  const key = await api.create({ collection: "opportunities", data: { name: "o" } });
  const OpportunityClose = { subject: "Won Opportunity", "opportunityid@odata.bind": `opportunities(${key})` };
  return refused(501, () => api.callAction({ actionName: "WinOpportunity", action: { Status: 3, OpportunityClose } }));
});

pass("a function that Dataverse lacks too", async () => {
  await refused(404, () => api.callFunction("NoSuchFunctionAnywhere"));
});

absent("a background operation", "the emulator has no background operations", async () => {
  const accountid = await api.create({ collection: "accounts", data: { name: "later" } });
  await api.callAction({
    collection: "accounts", actionName: "Microsoft.Dynamics.CRM.UpdateMultiple", respondAsync: true,
    action: { Targets: [{ "@odata.type": TYPE, accountid, fax: "1" }] },
  });
});

run();
