//! The query option `sql`.

use serde_json::{Value, json};

use crate::support::{Api, encoded};

/// Accounts, each with a contact.
fn api() -> Api {
    let api = Api::new();
    let accounts = [
        ("Wide World Importers", json!("(555) 100-0006"), 10),
        ("Fourth Coffee", Value::Null, 20),
        ("Contoso", json!("1"), 30),
    ];
    for (name, phone, revenue) in accounts {
        let account =
            api.create("accounts", &json!({ "name": name, "telephone1": phone, "revenue": revenue }));
        let bind = format!("/accounts({account})");
        let contact =
            json!({ "firstname": format!("Of {name}"), "parentcustomerid_account@odata.bind": bind });
        api.create("contacts", &contact);
    }
    api
}

fn sql(query: &str) -> String {
    encoded(&format!("accounts?sql={query}"))
}

fn names(api: &Api, condition: &str) -> Vec<Value> {
    api.column("name", &sql(&format!("SELECT name FROM account WHERE {condition} ORDER BY name")))
}

#[test]
fn the_answer_is_that_of_a_query() {
    let api = api().with("Prefer", "odata.include-annotations=\"*\"");
    let answer = api.get(&sql("SELECT name FROM account AS a WHERE a.name LIKE 'Fourth Coffee'")).json();
    let context = answer["@odata.context"].as_str().unwrap();
    assert!(context.ends_with("/api/data/v9.2/$metadata#accounts(name,accountid)"), "{context}");
    assert_eq!(answer["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    let row = answer["value"][0].as_object().unwrap();
    let mut members: Vec<_> = row.keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(members, ["@odata.etag", "accountid", "name"]);
    assert_eq!(row["name"], "Fourth Coffee");
}

#[test]
fn a_column_can_be_renamed() {
    let api = api().with("Prefer", "odata.include-annotations=\"*\"");
    let query = "SELECT a.name AS account_name FROM account AS a WHERE a.name = 'contoso'";
    let row = &api.rows(&sql(query))[0];
    assert_eq!(row["account_name"], "Contoso");
    assert_eq!(row["account_name@OData.Community.Display.V1.AttributeName"], "name");
    assert!(row.get("name").is_none() && row.get("accountid").is_some(), "{row}");
}

#[test]
fn conditions_compare_a_column_with_literals() {
    let api = api();
    for (condition, found) in [
        ("name > 'D' AND revenue <= 20", vec!["Fourth Coffee", "Wide World Importers"]),
        ("(name = 'Contoso' OR name = 'Fourth Coffee') AND telephone1 IS NOT NULL", vec!["Contoso"]),
        ("telephone1 IS NULL", vec!["Fourth Coffee"]),
        ("name < 'D' AND revenue >= 30", vec!["Contoso"]),
        ("revenue < 20", vec!["Wide World Importers"]),
        ("revenue != 20 AND revenue <> 30", vec!["Wide World Importers"]),
        ("name LIKE 'Fourth%'", vec!["Fourth Coffee"]),
        ("name NOT LIKE '%o%o%'", vec![]),
        ("name IN ('Contoso', 'Nobody')", vec!["Contoso"]),
        ("revenue BETWEEN 20 AND 30", vec!["Contoso", "Fourth Coffee"]),
        ("name = 'Conto''so' OR revenue = 30", vec!["Contoso"]),
    ] {
        assert_eq!(names(&api, condition), found, "{condition}");
    }
}

#[test]
fn a_difference_needs_a_value() {
    assert_eq!(names(&api(), "telephone1 <> '1'"), ["Wide World Importers"]);
    assert_eq!(names(&api(), "telephone1 NOT IN ('1')"), ["Wide World Importers"]);
}

#[test]
fn tables_are_joined() {
    let api = api();
    let join = "FROM account AS a INNER JOIN contact AS c ON a.accountid = c.parentcustomerid";
    let query = format!(
        "SELECT a.name, c.firstname AS person {join} WHERE c.firstname LIKE '%Contoso' ORDER BY a.name"
    );
    let rows = api.rows(&sql(&query));
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0]["name"], &rows[0]["person"]), (&json!("Contoso"), &json!("Of Contoso")));
    api.create("accounts", &json!({ "name": "Nobody's" }));
    let left = "SELECT a.name, c.firstname AS person FROM account AS a LEFT JOIN contact AS c ON a.accountid = c.parentcustomerid";
    let rows = api.rows(&sql(left));
    assert_eq!((rows.len(), rows[3].get("person")), (4, None), "{rows:?}");
    let counted = format!("SELECT a.name, COUNT(*) AS n {join} GROUP BY a.name ORDER BY a.name DESC");
    assert_eq!(api.column("n", &sql(&counted)), [1, 1, 1]);
}

#[test]
fn rows_are_summed() {
    let of = "COUNT(*) AS n, SUM(revenue) AS total, AVG(revenue) AS average, MIN(revenue) AS least, MAX(revenue) AS most";
    let row = &api().rows(&sql(&format!("SELECT {of} FROM account")))[0];
    let values: Vec<f64> =
        ["n", "total", "average", "least", "most"].map(|name| row[name].as_f64().unwrap()).into();
    assert_eq!(values, [3.0, 60.0, 20.0, 10.0, 30.0]);
}

#[test]
fn pages_are_those_of_odata() {
    let api = api().with("Prefer", "odata.maxpagesize=2");
    let first = api.get(&sql("SELECT name FROM account ORDER BY name")).json();
    let next = first["@odata.nextLink"].as_str().unwrap();
    let second = api.at(next).json();
    assert_eq!((first["value"].as_array().unwrap().len(), second["value"].as_array().unwrap().len()), (2, 1));
    assert_eq!(second["value"][0]["name"], "Wide World Importers");
    assert!(second.get("@odata.nextLink").is_none());
}

#[test]
fn unsupported_sql_is_refused() {
    let api = api();
    for query in [
        "SELECT * FROM account",
        "DELETE FROM account",
        "SELECT name FROM account; SELECT fullname FROM contact",
        "SELECT name FROM account WHERE 1=1",
        "SELECT name FROM account WHERE LEN(name) = 3",
        "SELECT name FROM account WHERE accountid IN (SELECT accountid FROM account)",
        "SELECT name FROM account WHERE EXISTS (SELECT accountid FROM account)",
        "SELECT name FROM account ORDER BY LEN(name)",
        "SELECT a.name FROM account AS a RIGHT JOIN contact AS c ON a.accountid = c.parentcustomerid",
        "SELECT a.name FROM account AS a FULL OUTER JOIN contact AS c ON a.accountid = c.parentcustomerid",
        "SELECT a.name FROM account AS a CROSS JOIN contact AS c",
        "SELECT name, COUNT(*) AS n FROM account GROUP BY name HAVING COUNT(*) > 1",
        "SELECT name FROM account ORDER BY name OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
    ] {
        let answer = api.get(&sql(query));
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
    }
    let long = format!("SELECT name FROM account WHERE {}name = 'a'", "name='a' OR ".repeat(1_500));
    assert_eq!(api.get(&sql(&long)).status, 400);
}

#[test]
fn undocumented_sql_is_501() {
    let api = api();
    let join = "FROM account AS a INNER JOIN contact AS c ON a.accountid = c.parentcustomerid";
    for query in [
        "SELECT TOP 2 name FROM account",
        "SELECT name FROM account WHERE name = NULL",
        "SELECT COUNT(*) FROM account",
        &format!("SELECT a.name, c.firstname {join}"),
    ] {
        let answer = api.get(&sql(query));
        assert_eq!(answer.status, 501, "{query}: {}", answer.text());
    }
    // The table of the URL is the one after FROM.
    assert_eq!(api.get(&sql("SELECT fullname FROM contact")).status, 400);
}
