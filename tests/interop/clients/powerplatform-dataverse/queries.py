"""client.query: the builder, FetchXML and the helpers about columns"""

import warnings
from datetime import datetime, timedelta, timezone

from PowerPlatform.Dataverse.models import filters
from PowerPlatform.Dataverse.models.filters import col, raw
from PowerPlatform.Dataverse.models.query_builder import ExpandOption
from scenarios import Scenarios, refused

scenarios = Scenarios("queries")
NAMES = ["Zoe", "Bob", "Eve", "Dan", "O'Brien"]


def sample(client):
    account = client.records.create("account", {"name": "Contoso"})
    bind = {"parentcustomerid_account@odata.bind": f"/accounts({account})"}
    rows = [{"firstname": name, "lastname": "Sample", "numberofchildren": index} for index, name in enumerate(NAMES)]
    client.records.create("contact", [{**row, **bind} for row in rows[:3]] + rows[3:])


def names(client, *where):
    query = client.query.builder("contact").select("firstname").order_by("firstname")
    for each in where:
        query = query.where(each)
    return [row["firstname"] for row in query.execute()]


@scenarios.passes
def comparisons(client):
    assert names(client, col("numberofchildren") == 1) == ["Bob"]
    assert names(client, col("numberofchildren") != 1) == ["Dan", "Eve", "O'Brien", "Zoe"]
    assert names(client, col("numberofchildren") > 3) == ["O'Brien"]
    assert names(client, col("numberofchildren") >= 3) == ["Dan", "O'Brien"]
    assert names(client, col("numberofchildren") < 1) == ["Zoe"]
    assert names(client, col("numberofchildren") <= 1) == ["Bob", "Zoe"]


@scenarios.passes
def and_or_not(client):
    both = (col("firstname") == "O'Brien") | col("firstname").contains("E")
    assert names(client, both, col("numberofchildren") < 4) == ["Eve", "Zoe"]
    assert names(client, ~(col("firstname") == "Bob") & (col("numberofchildren") < 3)) == ["Eve", "Zoe"]


@scenarios.passes
def substrings(client):
    assert names(client, col("firstname").startswith("d")) == ["Dan"]
    assert names(client, col("firstname").endswith("E")) == ["Eve", "Zoe"]
    assert names(client, col("firstname").contains("'")) == ["O'Brien"]
    assert names(client, col("firstname").like("%o%")) == ["Bob", "O'Brien", "Zoe"]
    assert names(client, col("firstname").not_like("%o%")) == ["Dan", "Eve"]


@scenarios.passes
def lists_and_ranges(client):
    # No quote here: the client doubles quotes, although the text is in JSON's quotes.
    assert names(client, col("firstname").in_(["dan", "Zoe", "nobody"])) == ["Dan", "Zoe"]
    assert names(client, col("firstname").not_in(["Dan", "Zoe"])) == ["Bob", "Eve", "O'Brien"]
    assert names(client, col("numberofchildren").between(1, 2)) == ["Bob", "Eve"]
    assert names(client, col("numberofchildren").not_between(1, 3)) == ["O'Brien", "Zoe"]


@scenarios.passes
def null_and_not_null(client):
    assert names(client, col("_parentcustomerid_value").is_null()) == ["Dan", "O'Brien"]
    assert names(client, col("_parentcustomerid_value").is_not_null()) == ["Bob", "Eve", "Zoe"]


@scenarios.passes
def times(client):
    now = datetime.now(timezone.utc)
    assert names(client, col("createdon") > now + timedelta(hours=1)) == []
    assert len(names(client, col("createdon") > now - timedelta(hours=1))) == 5


@scenarios.passes
def the_functions_and_raw_text(client):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert names(client, filters.eq("firstname", "Bob")) == ["Bob"]
        assert names(client, filters.between("numberofchildren", 0, 1)) == ["Bob", "Zoe"]
        assert names(client, filters.filter_in("firstname", ["Bob"])) == ["Bob"]
    last_hour = raw("Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',PropertyValue=1)")
    assert len(names(client, last_hour)) == 5


@scenarios.passes
def expand_with_columns(client):
    query = client.query.builder("contact").select("firstname").where(col("firstname") == "Eve")
    found = query.expand(ExpandOption("parentcustomerid_account").select("name")).execute()
    assert found[0]["parentcustomerid_account"]["name"] == "Contoso", found[0]


@scenarios.passes
def expand_a_collection(client):
    option = ExpandOption("contact_customer_accounts").select("firstname").filter("firstname ne 'Bob'")
    query = client.query.builder("account").select("name").expand(option.order_by("firstname", descending=True).top(1))
    found = query.execute()
    assert [row["firstname"] for row in found[0]["contact_customer_accounts"]] == ["Zoe"], found[0]


@scenarios.passes
def top_count_and_formatted_values(client):
    query = client.query.builder("contact").select("firstname", "numberofchildren").order_by("firstname", descending=True)
    found = query.top(2).count().include_formatted_values().execute()
    assert [row["firstname"] for row in found] == ["Zoe", "O'Brien"], found
    assert found[1]["numberofchildren@OData.Community.Display.V1.FormattedValue"] == "4", found[1]


@scenarios.passes
def all_annotations(client):
    query = client.query.builder("contact").select("_parentcustomerid_value").where(col("firstname") == "Eve")
    row = query.include_annotations("*").execute().first()
    assert row["_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "account", row
    assert row["_parentcustomerid_value@OData.Community.Display.V1.FormattedValue"] == "Contoso", row


@scenarios.passes
def pages(client):
    query = client.query.builder("contact").select("firstname").order_by("firstname").page_size(2)
    found = [[row["firstname"] for row in page] for page in query.execute_pages()]
    assert found == [["Bob", "Dan"], ["Eve", "O'Brien"], ["Zoe"]], found


@scenarios.passes
def fetch_xml(client):
    xml = "<fetch top='2'><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/></entity></fetch>"
    assert [row["firstname"] for row in client.query.fetchxml(xml).execute()] == ["Bob", "Dan"]


@scenarios.passes
def fetch_xml_with_pages(client):
    xml = "<fetch count='2'><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/></entity></fetch>"
    found = [[row["firstname"] for row in page] for page in client.query.fetchxml(xml).execute_pages()]
    assert found == [["Bob", "Dan"], ["Eve", "O'Brien"], ["Zoe"]], found


@scenarios.passes
def fetch_xml_with_a_link(client):
    xml = """<fetch><entity name='contact'><attribute name='firstname'/><order attribute='firstname'/>
      <link-entity name='account' from='accountid' to='parentcustomerid' alias='parent'><attribute name='name'/></link-entity>
    </entity></fetch>"""
    found = [(row["firstname"], row["parent.name"]) for row in client.query.fetchxml(xml).execute()]
    assert found == [("Bob", "Contoso"), ("Eve", "Contoso"), ("Zoe", "Contoso")], found


@scenarios.passes
def a_missing_column(client):
    error = refused(400, lambda: client.query.builder("contact").select("nosuchcolumn").execute())
    assert "nosuchcolumn" in error.message, error


@scenarios.passes
def columns_for_sql(client):
    columns = {each["name"]: each for each in client.query.sql_columns("contact")}
    assert columns["numberofchildren"]["type"] == "Integer", columns["numberofchildren"]
    assert "versionnumber" not in columns


@scenarios.passes
def the_columns_with_the_id_and_the_name(client):
    columns = {each["name"]: each for each in client.query.sql_columns("contact")}
    assert columns["contactid"]["is_pk"] and columns["fullname"]["is_name"], columns["contactid"]


@scenarios.passes
def names_of_lookups(client):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert "firstname" in client.query.odata_select("contact")
        assert client.query.odata_expand("contact", "account") == "parentcustomerid_account"
        bind = client.query.odata_bind("contact", "account", "some-id")
        assert bind == {"parentcustomerid_account@odata.bind": "/accounts(some-id)"}, bind
    lookups = {each["nav_property"]: each["target_table"] for each in client.query.odata_expands("account")}
    assert lookups["primarycontactid"] == "contact", lookups


scenarios.run(sample)
