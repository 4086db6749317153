// The reads of Microsoft's samples "Metadata operations" and "Retrieve metadata changes" (page webapi/query-metadata-web-api)
"use strict";
const assert = require("node:assert/strict");
const { scenarios } = require("../clients/scenarios.cjs");
const { expect, get, GUID } = require("./web_api.cjs");

const { pass, run } = scenarios("samples", "definitions");
const CRM = "Microsoft.Dynamics.CRM.";
const ACCOUNT = "EntityDefinitions(LogicalName='account')";

pass("a table, its columns and the options of one", async () => {
  const table = await get(`${ACCOUNT}?$select=LogicalName,EntitySetName,PrimaryIdAttribute&$expand=Attributes($select=LogicalName;$filter=LogicalName eq 'industrycode')`);
  assert.deepEqual([table.EntitySetName, table.PrimaryIdAttribute], ["accounts", "accountid"]);
  assert.deepEqual(table.Attributes.map((each) => each.LogicalName), ["industrycode"]);
  const cast = `${ACCOUNT}/Attributes(LogicalName='accountcategorycode')/${CRM}PicklistAttributeMetadata`;
  const column = await get(`${cast}?$select=LogicalName&$expand=OptionSet,GlobalOptionSet`);
  assert.deepEqual(column.OptionSet.Options.map((each) => [each.Value, each.Label.UserLocalizedLabel.Label]), [[1, "Preferred Customer"], [2, "Standard"]]);
  // Either response has the options (page webapi/retrieve-metadata-name-metadataid).
  assert.deepEqual(column.GlobalOptionSet, column.OptionSet);
});

pass("states and their statuses", async () => {
  const cast = (name, kind) => get(`${ACCOUNT}/Attributes(LogicalName='${name}')/${CRM}${kind}AttributeMetadata?$select=LogicalName&$expand=OptionSet`);
  const states = (await cast("statecode", "State")).OptionSet.Options;
  assert.deepEqual(states.map((each) => [each.Value, each.DefaultStatus, each.InvariantName]), [[0, 1, "Active"], [1, 2, "Inactive"]]);
  const statuses = (await cast("statuscode", "Status")).OptionSet.Options;
  assert.deepEqual(statuses.map((each) => [each.Value, each.State]), [[1, 0], [2, 1]]);
});

pass("booleans", async () => {
  const column = await get(`${ACCOUNT}/Attributes(LogicalName='creditonhold')/${CRM}BooleanAttributeMetadata?$expand=OptionSet`);
  const { TrueOption, FalseOption } = column.OptionSet;
  assert.deepEqual([TrueOption.Value, FalseOption.Value], [1, 0]);
});

pass("required columns", async () => {
  const level = `RequiredLevel/Value eq ${CRM}AttributeRequiredLevel'ApplicationRequired'`;
  const { value } = await get(`${ACCOUNT}/Attributes?$select=LogicalName,RequiredLevel&$filter=${level}`);
  assert.ok(value.some((each) => each.LogicalName === "name"));
  assert.ok(value.every((each) => each.RequiredLevel.Value === "ApplicationRequired"));
});

pass("global choices", async () => {
  const choice = await get("GlobalOptionSetDefinitions(Name='sample_genre')");
  assert.match(choice.MetadataId, GUID);
  assert.equal(choice["@odata.type"], `#${CRM}OptionSetMetadata`);
  assert.deepEqual(choice.Options.map((each) => each.Value), [10, 20]);
});

pass("a relationship by its name", async () => {
  const cast = `RelationshipDefinitions(SchemaName='contact_customer_accounts')/${CRM}OneToManyRelationshipMetadata`;
  const relationship = await get(cast);
  assert.deepEqual([relationship.ReferencedEntity, relationship.ReferencingAttribute], ["account", "parentcustomerid"]);
});

const RETRIEVE = {
  Criteria: { FilterOperator: "And", Conditions: [{ ConditionOperator: "Equals", PropertyName: "LogicalName", Value: { Type: "System.String", Value: "account" } }] },
  Properties: { AllProperties: false, PropertyNames: ["LogicalName", "Attributes"] },
  AttributeQuery: {
    Criteria: { FilterOperator: "And", Conditions: [{ ConditionOperator: "Equals", PropertyName: "LogicalName", Value: { Type: "System.String", Value: "name" } }] },
    Properties: { AllProperties: false, PropertyNames: ["LogicalName", "MaxLength"] },
  },
};

pass("RetrieveMetadataChanges, and again with the stamp", async () => {
  const first = await get(`RetrieveMetadataChanges(Query=@p1)?@p1=${encodeURIComponent(JSON.stringify(RETRIEVE))}`);
  assert.deepEqual(first.EntityMetadata.map((each) => each.LogicalName), ["account"]);
  assert.deepEqual(first.EntityMetadata[0].Attributes.map((each) => [each.LogicalName, each.MaxLength]), [["name", 160]]);
  const query = "RetrieveMetadataChanges(Query=@p1,ClientVersionStamp=@p2)";
  const stamp = encodeURIComponent(`'${first.ServerVersionStamp}'`);
  const second = await get(`${query}?@p1=${encodeURIComponent(JSON.stringify(RETRIEVE))}&@p2=${stamp}`);
  assert.deepEqual(second.EntityMetadata, []);
});

pass("changes of definitions", async () => {
  const attribute = { "@odata.type": `${CRM}StringAttributeMetadata`, SchemaName: "new_Text", DisplayName: { LocalizedLabels: [{ Label: "Text", LanguageCode: 1033 }] } };
  await expect(204, "POST", `${ACCOUNT}/Attributes`, { body: attribute });
  await expect(204, "DELETE", `${ACCOUNT}/Attributes(LogicalName='new_text')`);
  return expect(400, "DELETE", ACCOUNT);
});

run();
