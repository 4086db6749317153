"""client.tables: definitions of tables, and their changes"""

from enum import IntEnum

from PowerPlatform.Dataverse.core.errors import MetadataError
from PowerPlatform.Dataverse.models.relationship import (
    CascadeConfiguration,
    LookupAttributeMetadata,
    ManyToManyRelationshipMetadata,
    OneToManyRelationshipMetadata,
)
from PowerPlatform.Dataverse.models.labels import Label, LocalizedLabel
from scenarios import Scenarios, refused

scenarios = Scenarios("tables")
LABEL = Label(localized_labels=[LocalizedLabel(label="Label", language_code=1033)])


class Category(IntEnum):
    TOOL = 1
    TOY = 2


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


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


@scenarios.passes
def create(client):
    columns = {
        "new_Code": "string", "new_Notes": "memo", "new_Count": "int", "new_Price": "decimal", "new_Weight": "float",
        "new_Released": "datetime", "new_Active": "bool", "new_Manual": "file", "new_Category": Category,
    }
    made = client.tables.create("new_Product", columns, display_name="Product")
    assert (made.logical_name, made.entity_set_name) == ("new_product", "new_products"), made
    assert (made.primary_id_attribute, made.primary_name_attribute) == ("new_productid", "new_name"), made
    table = client.tables.get("new_Product")
    assert table.schema_name == "new_Product" and table.metadata_id == made.metadata_id, table
    assert client.tables.list(filter="SchemaName eq 'new_Product'", select=["LogicalName"])[0]["LogicalName"] == "new_product"
    types = {each["LogicalName"]: each["AttributeType"] for each in client.tables.list_columns("new_product")}
    expected = {"new_code": "String", "new_notes": "Memo", "new_count": "Integer", "new_price": "Decimal", "new_weight": "Double",
                "new_released": "DateTime", "new_active": "Boolean", "new_category": "Picklist", "statecode": "State", "ownerid": "Owner"}
    assert {name: types[name] for name in expected} == expected, types
    try:
        client.tables.create("new_Product", {})
        raise AssertionError("created twice")
    except MetadataError:
        pass


@scenarios.passes
def rows_of_a_created_table(client):
    row = {"new_name": "Ladder", "new_code": "L-1", "new_price": 12.5, "new_active": True, "new_category": Category.TOOL.value}
    id = client.records.create("new_Product", row)
    kept = client.records.retrieve("new_Product", id)
    assert (kept["new_name"], kept["new_price"], kept["new_category"]) == ("Ladder", 12.5, Category.TOOL.value), kept
    client.records.update("new_Product", id, {"new_category": "Toy"})
    assert client.records.retrieve("new_Product", id)["new_category"] == Category.TOY.value


@scenarios.passes
def add_columns(client):
    assert client.tables.add_columns("new_Product", {"new_Color": "string", "new_Size": Size}) == ["new_Color", "new_Size"]
    id = client.records.create("new_Product", {"new_name": "Chair", "new_color": "red", "new_size": Size.LARGE.value})
    assert client.records.retrieve("new_Product", id)["new_color"] == "red"


@scenarios.passes
def remove_columns(client):
    assert client.tables.remove_columns("new_Product", ["new_Color", "new_Size"]) == ["new_Color", "new_Size"]
    assert client.tables.get_column("new_Product", "new_Color") is None


@scenarios.passes
def update_column(client):
    client.tables.update_column("new_Product", "new_Code", {"max_length": 300})
    assert client.tables.get_column("new_Product", "new_Code", typed=True)["MaxLength"] == 300


@scenarios.passes
def create_one_to_many_relationship(client):
    lookup = LookupAttributeMetadata(schema_name="new_MakerId", display_name=LABEL)
    relationship = OneToManyRelationshipMetadata(
        schema_name="new_account_product", referenced_entity="account", referencing_entity="new_product",
        referenced_attribute="accountid", cascade_configuration=CascadeConfiguration(),
    )
    made = client.tables.create_one_to_many_relationship(lookup, relationship)
    found = client.tables.get_relationship("new_account_product")
    assert (found.relationship_id, found.referencing_entity) == (made.relationship_id, "new_product"), found
    account = client.records.create("account", {"name": "Contoso"})
    id = client.records.create("new_product", {"new_name": "Desk", "new_MakerId@odata.bind": f"/accounts({account})"})
    assert client.records.retrieve("new_product", id)["_new_makerid_value"] == account


@scenarios.passes
def create_many_to_many_relationship(client):
    relationship = ManyToManyRelationshipMetadata(
        schema_name="new_product_account", entity1_logical_name="new_product", entity2_logical_name="account"
    )
    made = client.tables.create_many_to_many_relationship(relationship)
    assert client.tables.get_relationship("new_product_account").relationship_id == made.relationship_id
    names = {each["SchemaName"] for each in client.tables.list_table_relationships("new_product")}
    assert {"new_account_product", "new_product_account"} <= names, names


@scenarios.passes
def create_lookup_field(client):
    made = client.tables.create_lookup_field("new_product", "new_SellerId", "contact")
    assert made.lookup_schema_name == "new_SellerId", made
    assert "new_sellerid" in {column["LogicalName"] for column in client.tables.list_columns("new_product")}


@scenarios.passes
def delete_relationship(client):
    client.tables.delete_relationship(client.tables.get_relationship("new_account_product").relationship_id)
    assert client.tables.get_relationship("new_account_product") is None
    assert client.tables.get_column("new_product", "new_makerid") is None


@scenarios.passes
def create_alternate_key(client):
    made = client.tables.create_alternate_key("new_Product", "new_CodeKey", ["new_code"])
    keys = client.tables.get_alternate_keys("new_Product")
    assert [(key.schema_name, key.status) for key in keys] == [("new_CodeKey", "Active")], keys
    assert keys[0].metadata_id == made.metadata_id


@scenarios.passes
def delete_alternate_key(client):
    client.tables.delete_alternate_key("new_Product", client.tables.get_alternate_keys("new_Product")[0].metadata_id)
    assert client.tables.get_alternate_keys("new_Product") == []


@scenarios.passes
def create_in_a_solution(client):
    publisher = client.records.create("publisher", {
        "uniquename": "contoso", "friendlyname": "Contoso", "customizationprefix": "con", "customizationoptionvalueprefix": 12345})
    solution = client.records.create("solution", {
        "uniquename": "Shop", "friendlyname": "Shop", "version": "1.0.0.0", "publisherid@odata.bind": f"/publishers({publisher})"})
    made = client.tables.create("con_Order", {"con_Number": "int"}, solution="Shop")
    filter = f"_solutionid_value eq {solution} and componenttype eq 1"
    pages = client.records.list_pages("solutioncomponent", filter=filter, select=["objectid"])
    assert [row["objectid"] for page in pages for row in page] == [made.metadata_id]
    refused(400, lambda: client.tables.create("con_Other", {"con_Number": "int"}, solution="nosuchsolution"))


@scenarios.passes
def delete(client):
    client.tables.delete("new_Product")
    assert client.tables.get("new_Product") is None
    assert client.tables.get_relationship("new_product_account") is None
    refused(400, lambda: client.tables.delete("account"))


scenarios.run()
