"""client.tables: reads of definitions; the emulator has no changes of them"""

from PowerPlatform.Dataverse.models.relationship import (
    CascadeConfiguration,
    LookupAttributeMetadata,
    ManyToManyRelationshipMetadata,
    OneToManyRelationshipMetadata,
)
from PowerPlatform.Dataverse.models.labels import Label, LocalizedLabel
from scenarios import Scenarios, refused

scenarios = Scenarios("tables")
FIXED = "definitions are fixed when the emulator starts"
ID = "10cb680e-b6a7-4811-816a-480fcfe97e21"
LABEL = Label(localized_labels=[LocalizedLabel(label="Label", language_code=1033)])


@scenarios.passes
def get(client):
    table = client.tables.get("account")
    assert (table.logical_name, table.entity_set_name, table.schema_name) == ("account", "accounts", "Account"), table
    assert (table.primary_id_attribute, table.primary_name_attribute) == ("accountid", "name"), table
    assert client.tables.get("nosuch") is None


@scenarios.passes
def list_all(client):
    names = {table["LogicalName"] for table in client.tables.list()}
    assert {"account", "contact", "sample_book"} <= names, names


@scenarios.passes
def list_filtered(client):
    found = client.tables.list(filter="SchemaName eq 'Account'", select=["LogicalName", "SchemaName"])
    assert [table["LogicalName"] for table in found] == ["account"], found


@scenarios.passes
def list_columns(client):
    names = {column["LogicalName"] for column in client.tables.list_columns("account")}
    assert {"accountid", "name", "revenue"} <= names
    short = client.tables.list_columns("account", select=["LogicalName", "AttributeType"], filter="LogicalName eq 'name'")
    assert [column["AttributeType"] for column in short] == ["String"], short


@scenarios.passes
def list_columns_of_one_type(client):
    kind = "Microsoft.Dynamics.CRM.AttributeTypeCode'Money'"
    found = client.tables.list_columns("account", select=["LogicalName"], filter=f"AttributeType eq {kind}")
    names = {column["LogicalName"] for column in found}
    assert "revenue" in names and "name" not in names, names


@scenarios.passes
def list_columns_with_the_properties_of_their_types(client):
    columns = {column["LogicalName"]: column for column in client.tables.list_columns("account", typed=True)}
    assert columns["name"]["MaxLength"] == 160, columns["name"]


@scenarios.passes
def get_column(client):
    assert client.tables.get_column("account", "name")["SchemaName"] == "Name"
    assert client.tables.get_column("account", "nosuch") is None


@scenarios.passes
def get_column_with_the_properties_of_its_type(client):
    assert client.tables.get_column("account", "name", typed=True)["MaxLength"] == 160


@scenarios.passes
def get_alternate_keys(client):
    keys = client.tables.get_alternate_keys("account")
    assert [key.key_attributes for key in keys] == [["accountnumber"]], keys
    assert client.tables.get_alternate_keys("contact") == []


@scenarios.passes
def list_relationships(client):
    names = {each["SchemaName"] for each in client.tables.list_relationships(select=["SchemaName"])}
    assert {"contact_customer_accounts", "teammembership_association"} <= names, names
    kind = "Microsoft.Dynamics.CRM.RelationshipType'ManyToManyRelationship'"
    many = {each["SchemaName"] for each in client.tables.list_relationships(filter=f"RelationshipType eq {kind}")}
    assert "teammembership_association" in many and "contact_customer_accounts" not in many, many


@scenarios.passes
def list_table_relationships(client):
    names = {each["SchemaName"] for each in client.tables.list_table_relationships("account")}
    assert {"contact_customer_accounts", "account_primary_contact"} <= names, names


@scenarios.passes
def get_relationship(client):
    found = client.tables.get_relationship("contact_customer_accounts")
    assert (found.referenced_entity, found.referencing_entity) == ("account", "contact"), found
    assert client.tables.get_relationship("nosuch") is None


@scenarios.absent(FIXED)
def create(client):
    client.tables.create("new_Product", {"new_Code": "string", "new_Price": "decimal"})


@scenarios.absent(FIXED)
def delete(client):
    client.tables.delete("account")


@scenarios.absent(FIXED)
def add_columns(client):
    client.tables.add_columns("account", {"new_Category": "string"})


@scenarios.absent(FIXED)
def remove_columns(client):
    client.tables.remove_columns("account", ["fax"])


@scenarios.absent(FIXED)
def update_column(client):
    client.tables.update_column("account", "name", {"max_length": 200})


@scenarios.absent(FIXED)
def create_one_to_many_relationship(client):
    lookup = LookupAttributeMetadata(schema_name="new_AccountId", display_name=LABEL)
    relationship = OneToManyRelationshipMetadata(
        schema_name="new_account_book", referenced_entity="account", referencing_entity="sample_book",
        referenced_attribute="accountid", cascade_configuration=CascadeConfiguration(),
    )
    client.tables.create_one_to_many_relationship(lookup, relationship)


@scenarios.absent(FIXED)
def create_many_to_many_relationship(client):
    relationship = ManyToManyRelationshipMetadata(
        schema_name="new_books", entity1_logical_name="account", entity2_logical_name="sample_book"
    )
    client.tables.create_many_to_many_relationship(relationship)


@scenarios.absent(FIXED)
def create_lookup_field(client):
    client.tables.create_lookup_field("sample_book", "new_AccountId", "account")


@scenarios.absent(FIXED)
def delete_relationship(client):
    client.tables.delete_relationship(ID)


@scenarios.absent(FIXED)
def create_alternate_key(client):
    client.tables.create_alternate_key("account", "new_Key", ["fax"])


@scenarios.absent(FIXED)
def delete_alternate_key(client):
    client.tables.delete_alternate_key("account", ID)


scenarios.run()
