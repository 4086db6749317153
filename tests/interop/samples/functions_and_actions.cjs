// The requests of Microsoft's sample "Functions and actions" (page webapi/web-api-functions-actions-sample)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { send, expect, get, create, GUID, ROOT } = require("./web_api.cjs");

const { pass, absent, run } = scenarios("samples", "functions and actions");
const quoted = (text) => text.replaceAll("'", "%27");

pass("WhoAmI", async () => {
  for (const name of ["WhoAmI", "WhoAmI()"]) {
    const me = await get(name);
    assert.match(me["@odata.context"], /\$metadata#Microsoft\.Dynamics\.CRM\.WhoAmIResponse$/);
    for (const member of ["UserId", "BusinessUnitId", "OrganizationId"]) assert.match(me[member], GUID);
  }
});

pass("RetrieveTotalRecordCount, with the names in single quotes", async () => {
  await create("accounts", { name: "Counted" });
  const counts = await get("RetrieveTotalRecordCount(EntityNames=@p1)?@p1=['account','contact']");
  const { Keys, Values } = counts.EntityRecordCountCollection;
  assert.deepEqual(Keys, ["account", "contact"]);
  assert.ok(Values[0] >= 1 && Values[1] === 0, Values.join());
});

pass("users whose name has no number sign, who can sign in", async () => {
  const rows = await get("systemusers?$select=systemuserid,fullname&$filter=not contains(fullname,'%23') and accessmode eq 0&$top=10");
  assert.ok(rows.value.length >= 1);
  assert.ok(rows.value.every((row) => !row.fullname.includes("#")));
});

pass("GrantAccess, and the rights before and after", async () => {
  const account = await create("accounts", { name: "Account to Share" });
  const me = await get("WhoAmI");
  const user = await create("systemusers", { firstname: "Other", lastname: "User", "businessunitid@odata.bind": `businessunits(${me.BusinessUnitId})` });
  // A share gives nobody a right that their roles lack.
  const roles = await get("roles?$select=name&$filter=name eq 'Basic User'");
  const role = { "@odata.id": `${ROOT}roles(${roles.value[0].roleid})` };
  await expect(204, "POST", `systemusers(${user})/systemuserroles_association/$ref`, { body: role });
  const filter = `systemuserid ne ${me.UserId} and isdisabled eq false and accessmode eq 0 and not startswith(fullname,'%23')`;
  const others = await get(`systemusers?$select=systemuserid,fullname&$filter=${filter}&$top=1`);
  assert.equal(others.value[0].systemuserid, user);
  const asked = `systemusers(${user})/Microsoft.Dynamics.CRM.RetrievePrincipalAccess(Target=@p1)?@p1={ '@odata.id':'accounts(${account})'}`;
  const rights = async () => (await get(asked)).AccessRights.split(", ");
  assert.ok(!(await rights()).includes("DeleteAccess"));
  const Target = { accountid: account, "@odata.type": "Microsoft.Dynamics.CRM.account" };
  const Principal = { systemuserid: user, "@odata.type": "Microsoft.Dynamics.CRM.systemuser" };
  await expect(204, "POST", "GrantAccess", { body: { Target, PrincipalAccess: { Principal, AccessMask: "DeleteAccess" } } });
  assert.ok((await rights()).includes("DeleteAccess"));
});

/** Calls `FormatAddress` with five texts as the sample does: every value an alias, every quote encoded. */
async function formatted(...values) {
  const names = ["Line1", "City", "StateOrProvince", "PostalCode", "Country"].map((name, index) => `${name}=@p${index + 1}`);
  const aliases = values.map((value, index) => `@p${index + 1}='${value}'`);
  return (await get(quoted(`FormatAddress(${names.join(",")})?${aliases.join("&")}`))).Address;
}

pass("FormatAddress", async () => {
  assert.equal(await formatted("123 Maple St.", "Seattle", "WA", "98007", "USA"), "123 Maple St.\r\nSeattle, WA 98007\r\nUSA");
  assert.equal(await formatted("1-2-3 Sakura", "Nagoya", "Aichi", "455-2345", "JAPAN"), "455-2345\r\nAichi\r\nNagoya\r\n1-2-3 Sakura\r\nJAPAN");
});

pass("InitializeFrom, and a record created of what it answers", async () => {
  const account = await create("accounts", { name: "Contoso Consulting", numberofemployees: 150, address1_city: "Redmond", industrycode: 7 });
  const names = "EntityMoniker=@p1,TargetEntityName=@p2,TargetFieldType=@p3";
  const aliases = `@p1={'@odata.id':'accounts(${account})'}&@p2='account'&@p3=Microsoft.Dynamics.CRM.TargetFieldType'ValidForCreate'`;
  const draft = await get(quoted(`InitializeFrom(${names})?${aliases}`));
  assert.equal(draft["@odata.type"], "#Microsoft.Dynamics.CRM.account");
  assert.match(draft["@odata.context"], /\$metadata#accounts\/\$entity$/);
  assert.equal(draft["parentaccountid@odata.bind"], `accounts(${account})`);
  const branch = await create("accounts", { ...draft, name: "Contoso Consulting Chicago Branch", address1_city: "Chicago", numberofemployees: 12 });
  const row = await get(`accounts(${branch})?$select=name,address1_city,numberofemployees,_parentaccountid_value`);
  assert.deepEqual([row.name, row.address1_city, row.numberofemployees], ["Contoso Consulting Chicago Branch", "Chicago", 12]);
  assert.equal(row._parentaccountid_value, account);
});

pass("RetrieveCurrentOrganization", async () => {
  const path = "RetrieveCurrentOrganization(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
  const { Detail, ...rest } = await get(path);
  assert.match(rest["@odata.context"], /\$metadata#Microsoft\.Dynamics\.CRM\.RetrieveCurrentOrganizationResponse$/);
  assert.equal(Detail.OrganizationId, (await get("WhoAmI")).OrganizationId);
  assert.equal(Detail.State, "Enabled");
  assert.deepEqual(Detail.Endpoints.Keys, ["WebApplication", "OrganizationService", "OrganizationDataService"]);
  assert.equal(Detail.Endpoints.Values.length, 3);
});

absent("ImportSolution", "there are no solutions", () =>
  expect(501, "POST", "ImportSolution", { body: { OverwriteUnmanagedCustomizations: false, PublishWorkflows: false, CustomizationFile: "" } }));

pass("a custom API that no solution has installed", async () => {
  const { UserId } = await get("WhoAmI");
  assert.equal((await send("GET", `systemusers(${UserId})/Microsoft.Dynamics.CRM.sample_IsSystemAdmin`)).status, 404);
});

pass("AddPrivilegesRole, and the privileges of the role", async () => {
  const { BusinessUnitId } = await get("WhoAmI");
  const role = await create("roles", { name: "Test Role", "businessunitid@odata.bind": `businessunits(${BusinessUnitId})` });
  const { value } = await get("privileges?$select=name&$filter=name eq 'prvCreateAccount' or name eq 'prvReadAccount'");
  const Privileges = value.map((each) => ({ BusinessUnitId, Depth: "Basic", PrivilegeId: each.privilegeid, PrivilegeName: each.name }));
  await expect(204, "POST", `roles(${role})/Microsoft.Dynamics.CRM.AddPrivilegesRole`, { body: { Privileges } });
  const held = await get(`roles(${role})/roleprivileges_association?$select=name`);
  const names = held.value.map((each) => each.name);
  assert.ok(names.includes("prvCreateAccount") && names.includes("prvReadAccount"), names.join());
});

run();
