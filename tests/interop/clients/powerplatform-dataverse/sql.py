"""client.query.sql, client.dataframe.sql and batch.query.sql: the examples of Microsoft's page, with our own data"""

from scenarios import Scenarios, refused

scenarios = Scenarios("SQL")
ACCOUNTS = [("Contoso", "1", 10), ("Fabrikam", None, 20), ("Fourth Coffee", "3", 30), ("50%off", "4", None)]


def sample(client):
    rows = [{"name": name, "telephone1": phone, "revenue": revenue} for name, phone, revenue in ACCOUNTS]
    keys = client.records.create("account", rows)
    bind = "parentcustomerid_account@odata.bind"
    people = [("Ada", keys[0]), ("Bob", keys[0]), ("Eve", keys[2])]
    client.records.create("contact", [{"firstname": name, bind: f"/accounts({key})"} for name, key in people])


def names(client, condition):
    rows = client.query.sql(f"SELECT name FROM account WHERE {condition} ORDER BY name")
    return [row["name"] for row in rows]


@scenarios.passes
def columns_with_a_table_alias(client):
    rows = client.query.sql("SELECT a.name, a.telephone1 FROM account AS a WHERE a.name LIKE 'Fourth Coffee'")
    assert [(row["name"], row["telephone1"]) for row in rows] == [("Fourth Coffee", "3")], rows
    assert rows[0]["accountid"], rows


@scenarios.passes
def columns_renamed(client):
    rows = client.query.sql("SELECT a.name AS account_name, a.telephone1 AS phone FROM account AS a WHERE name = 'Contoso'")
    assert [(row["account_name"], row["phone"]) for row in rows] == [("Contoso", "1")], rows


@scenarios.passes
def comparisons(client):
    assert names(client, "name = 'contoso'") == ["Contoso"]
    assert names(client, "name <> 'Contoso'") == names(client, "name != 'Contoso'") == ["50%off", "Fabrikam", "Fourth Coffee"]
    assert names(client, "revenue > 10 AND revenue <= 30") == ["Fabrikam", "Fourth Coffee"]
    assert names(client, "name > 'D' AND statecode = 0") == ["Fabrikam", "Fourth Coffee"]


@scenarios.passes
def and_or_and_parentheses(client):
    assert names(client, "(name = 'Contoso' OR name = 'Fabrikam') AND telephone1 IS NOT NULL") == ["Contoso"]
    assert names(client, "telephone1 IS NULL") == ["Fabrikam"]


@scenarios.passes
def like(client):
    assert names(client, "name LIKE 'Fourth%'") == ["Fourth Coffee"]
    assert names(client, "name LIKE '_ontoso'") == ["Contoso"]
    assert names(client, "name LIKE '%[%]off'") == ["50%off"]
    assert names(client, "name NOT LIKE '%o%'") == ["Fabrikam"]


@scenarios.passes
def in_and_between(client):
    assert names(client, "name IN ('Contoso', 'Fabrikam')") == ["Contoso", "Fabrikam"]
    assert names(client, "name NOT IN ('Contoso', 'Fabrikam')") == ["50%off", "Fourth Coffee"]
    assert names(client, "revenue BETWEEN 10 AND 20") == ["Contoso", "Fabrikam"]


@scenarios.passes
def order(client):
    rows = client.query.sql("SELECT name FROM account WHERE revenue IS NOT NULL ORDER BY revenue DESC, name ASC")
    assert [row["name"] for row in rows] == ["Fourth Coffee", "Fabrikam", "Contoso"], rows


@scenarios.passes
def distinct(client):
    rows = client.query.sql("SELECT DISTINCT c.parentcustomerid FROM contact AS c")
    assert len(rows) == 2, rows


@scenarios.passes
def inner_join(client):
    join = "FROM account AS a INNER JOIN contact AS c ON a.accountid = c.parentcustomerid"
    rows = client.query.sql(f"SELECT a.name, c.firstname AS person {join} ORDER BY a.name")
    assert sorted((row["name"], row["person"]) for row in rows) == [("Contoso", "Ada"), ("Contoso", "Bob"), ("Fourth Coffee", "Eve")], rows


@scenarios.passes
def left_join(client):
    join = "FROM account AS a LEFT JOIN contact AS c ON a.accountid = c.parentcustomerid"
    rows = client.query.sql(f"SELECT a.name, c.firstname AS person {join} ORDER BY a.name")
    assert [(row["name"], row.get("person")) for row in rows if not row.get("person")] == [("50%off", None), ("Fabrikam", None)], rows


@scenarios.passes
def counts(client):
    rows = client.query.sql("SELECT COUNT(*) AS account_count FROM account WHERE statecode = 0")
    assert rows[0]["account_count"] == 4, rows


@scenarios.passes
def sums_and_extremes(client):
    of = "SUM(revenue) AS total, AVG(revenue) AS average, MIN(revenue) AS least, MAX(revenue) AS most"
    row = client.query.sql(f"SELECT COUNT(*) AS n, {of} FROM account")[0]
    assert [row[key] for key in ["n", "total", "average", "least", "most"]] == [4, 60, 20, 10, 30], row


@scenarios.passes
def groups(client):
    join = "FROM account AS a INNER JOIN contact AS c ON a.accountid = c.parentcustomerid"
    rows = client.query.sql(f"SELECT a.name, COUNT(*) AS contact_count {join} GROUP BY a.name ORDER BY a.name")
    assert [(row["name"], row["contact_count"]) for row in rows] == [("Contoso", 2), ("Fourth Coffee", 1)], rows


@scenarios.passes
def a_data_frame(client):
    frame = client.dataframe.sql("SELECT name FROM account WHERE revenue >= 20 ORDER BY name")
    assert list(frame["name"]) == ["Fabrikam", "Fourth Coffee"], frame


@scenarios.passes
def in_a_batch(client):
    batch = client.batch.new()
    batch.query.sql("SELECT name FROM account WHERE name = 'Contoso'")
    result = batch.execute()
    assert [row["name"] for row in result.responses[0].data["value"]] == ["Contoso"], result


@scenarios.passes
def syntax_that_the_page_does_not_support(client):
    for sql in [
        "SELECT name FROM account WHERE 1=1",
        "SELECT name FROM account ORDER BY LEN(name)",
        "SELECT name FROM account WHERE LEN(name) = 3",
        "SELECT name FROM account WHERE accountid IN (SELECT accountid FROM account)",
        "SELECT a.name FROM account AS a RIGHT JOIN contact AS c ON a.accountid = c.parentcustomerid",
        "SELECT name, COUNT(*) AS n FROM account GROUP BY name HAVING COUNT(*) > 1",
        "SELECT name FROM account ORDER BY name OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
    ]:
        refused(400, lambda: raw(client, sql))


@scenarios.absent("Microsoft's page says that TOP is not supported, and the client's documentation that it is")
def top(client):
    client.query.sql("SELECT TOP 2 name FROM account")


def raw(client, sql):
    """Sends a query without the checks of the client."""
    with client._scoped_odata() as odata:
        odata._request("get", f"{odata.api}/accounts", params={"sql": sql})


scenarios.run(sample)
