//! Queries: their results, order and refusals.

use serde_json::{Value, json};

use crate::support::Api;

/// Five accounts, two of them with contacts, one with tasks.
pub(crate) fn filled() -> Api {
    let api = Api::new();
    for (number, (name, employees, revenue, category)) in [
        ("Contoso", Some(10), Some(100.5), Some(1)),
        ("contoso labs", Some(20), None, Some(2)),
        ("Fabrikam", None, Some(7.25), Some(1)),
        ("50% Off", Some(5), Some(100.5), None),
        ("Émile & Söhne", Some(20), Some(99999999999.99), None),
    ]
    .into_iter()
    .enumerate()
    {
        let mut body = json!({"name": name, "numberofemployees": employees, "revenue": revenue, "accountcategorycode": category});
        if number == 0 {
            body["primarycontactid"] = json!({"firstname": "Zoe", "lastname": "Adams"});
            body["Account_Tasks"] = json!([{"subject": "call"}, {"subject": "visit", "prioritycode": 2}]);
        }
        if number == 2 {
            body["primarycontactid"] = json!({"firstname": "Adam", "lastname": "Zorn"});
        }
        api.create("accounts", &body);
    }
    api
}

fn names(api: &Api, query: &str) -> Vec<Value> {
    api.column("name", &format!("accounts?$select=name&{query}"))
}

#[test]
fn filters() {
    let api = filled();
    for (filter, expected) in [
        ("name eq 'CONTOSO'", vec!["Contoso"]),
        ("name eq 'emile & sohne'", vec!["Émile & Söhne"]),
        ("name ne 'contoso' and numberofemployees eq 20", vec!["contoso labs", "Émile & Söhne"]),
        ("contains(name,'TOSO')", vec!["Contoso", "contoso labs"]),
        ("startswith(name,'c_n')", vec!["Contoso", "contoso labs"]),
        ("endswith(name,'[l-n]abs') or contains(name,'[%]')", vec!["contoso labs", "50% Off"]),
        ("not contains(name,'o')", vec!["Fabrikam"]),
        ("numberofemployees gt 5 and numberofemployees le 10", vec!["Contoso"]),
        ("numberofemployees eq null", vec!["Fabrikam"]),
        ("numberofemployees ne 20", vec!["Contoso", "Fabrikam", "50% Off"]),
        ("5 ge numberofemployees", vec!["50% Off"]),
        ("revenue eq 100.50", vec!["Contoso", "50% Off"]),
        ("revenue gt 100.5", vec!["Émile & Söhne"]),
        ("numberofemployees lt accountcategorycode", vec![]),
        ("revenue gt 10 and not (accountcategorycode eq 1)", vec!["50% Off", "Émile & Söhne"]),
        ("primarycontactid/fullname eq 'zoe adams'", vec!["Contoso"]),
        ("primarycontactid/createdby/fullname eq 'System Administrator'", vec!["Contoso", "Fabrikam"]),
        ("Account_Tasks/any(t:t/prioritycode eq 2)", vec!["Contoso"]),
        ("Account_Tasks/any()", vec!["Contoso"]),
        ("not Account_Tasks/any() and revenue ne null", vec!["Fabrikam", "50% Off", "Émile & Söhne"]),
        ("Account_Tasks/all(t:contains(t/subject,'i')) and startswith(name,'con')", vec!["contoso labs"]),
        (
            "Microsoft.Dynamics.CRM.In(PropertyName='accountcategorycode',PropertyValues=[\"2\",\"7\"])",
            vec!["contoso labs"],
        ),
        (
            "Microsoft.Dynamics.CRM.NotIn(PropertyName='numberofemployees',PropertyValues=['20','10'])",
            vec!["Fabrikam", "50% Off"],
        ),
        (
            "Microsoft.Dynamics.CRM.Between(PropertyName='numberofemployees',PropertyValues=[\"5\",\"10\"])",
            vec!["Contoso", "50% Off"],
        ),
        (
            "Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid') and name eq 'Fabrikam'",
            vec!["Fabrikam"],
        ),
        ("creditonhold and true", vec![]),
        ("creditonhold eq false and false", vec![]),
        ("((((name eq 'Fabrikam'))))", vec!["Fabrikam"]),
        ("name eq 'O''Brien'", vec![]),
    ] {
        assert_eq!(
            names(&api, &format!("$filter={}", filter.replace('%', "%25").replace('&', "%26"))),
            expected,
            "{filter}"
        );
    }
}

#[test]
fn parameter_aliases() {
    let api = filled();
    assert_eq!(names(&api, "$filter=name eq @p1&@p1='Fabrikam'"), ["Fabrikam"]);
    assert_eq!(names(&api, "$filter=numberofemployees eq @nothing"), ["Fabrikam"]);
    let function = "Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)";
    assert_eq!(
        names(&api, &format!("$filter={function}&@p1='name'&@p2=[\"O'Brien\",\"Fabrikam\"]")),
        ["Fabrikam"]
    );
}

#[test]
fn dates() {
    let api = Api::new();
    for (subject, start) in [
        ("past", "2026-02-01T08:00:00Z"),
        ("today", "2026-03-04T23:59:59Z"),
        ("later", "2026-03-10T00:00:00Z"),
    ] {
        api.create("tasks", &json!({"subject": subject, "scheduledstart": start}));
    }
    api.create("tasks", &json!({"subject": "never"}));
    for (filter, expected) in [
        ("scheduledstart ge 2026-03-04T23:59:59Z", vec!["today", "later"]),
        ("scheduledstart eq 2026-03-05T00:59:59%2B01:00", vec!["today"]),
        ("scheduledstart lt 2026-03-01", vec!["past"]),
        ("Microsoft.Dynamics.CRM.Today(PropertyName='scheduledstart')", vec!["today"]),
        (
            "Microsoft.Dynamics.CRM.NextXDays(PropertyName='scheduledstart',PropertyValue=7)",
            vec!["today", "later"],
        ),
        ("Microsoft.Dynamics.CRM.LastMonth(PropertyName='scheduledstart')", vec!["past"]),
        (
            "Microsoft.Dynamics.CRM.OlderThanXWeeks(PropertyName='scheduledstart',PropertyValue=2)",
            vec!["past"],
        ),
        (
            "Microsoft.Dynamics.CRM.On(PropertyName='scheduledstart',PropertyValue='2026-03-10')",
            vec!["later"],
        ),
        (
            "Microsoft.Dynamics.CRM.OnOrBefore(PropertyName='scheduledstart',PropertyValue='2026-03-04')",
            vec!["past", "today"],
        ),
        (
            "Microsoft.Dynamics.CRM.InFiscalPeriodAndYear(PropertyName='scheduledstart',PropertyValue1=1,PropertyValue2=2026)",
            vec!["past", "today", "later"],
        ),
        (
            "Microsoft.Dynamics.CRM.ThisYear(PropertyName='createdon') and scheduledstart eq null",
            vec!["never"],
        ),
        (
            "Microsoft.Dynamics.CRM.LastXHours(PropertyName='createdon',PropertyValue=1) and subject eq 'past'",
            vec!["past"],
        ),
    ] {
        assert_eq!(api.column("subject", &format!("tasks?$filter={filter}")), expected, "{filter}");
    }
}

#[test]
fn sorting() {
    let api = filled();
    assert_eq!(
        names(&api, "$orderby=name desc"),
        ["Fabrikam", "Émile & Söhne", "contoso labs", "Contoso", "50% Off"]
    );
    // Null sorts first; equal values have the order of creation.
    assert_eq!(
        names(&api, "$orderby=numberofemployees,name desc"),
        ["Fabrikam", "50% Off", "Contoso", "Émile & Söhne", "contoso labs"]
    );
    assert_eq!(names(&api, "$orderby=revenue desc&$top=1"), ["Émile & Söhne"]);
    // A lookup sorts by the name of the record that it names.
    assert_eq!(names(&api, "$orderby=_primarycontactid_value desc&$top=2"), ["Contoso", "Fabrikam"]);
    assert_eq!(names(&api, "$orderby=primarycontactid/lastname desc&$top=2"), ["Fabrikam", "Contoso"]);
}

/// The example of "Comparing GUID and uniqueidentifier values", which SQL Server sorts by its last six bytes.
#[test]
fn guids_are_sorted_by_their_last_six_bytes() {
    let api = Api::new();
    let sorted = [
        "2aaaaaaa-bbbb-cccc-dddd-1eeeeeeeeeee",
        "3aaaaaaa-bbbb-cccc-dddd-2eeeeeeeeeee",
        "1aaaaaaa-bbbb-cccc-dddd-3eeeeeeeeeee",
    ];
    for id in [sorted[1], sorted[0], sorted[2]] {
        api.create("accounts", &json!({"accountid": id}));
    }
    assert_eq!(api.column("accountid", "accounts?$orderby=accountid"), sorted);
    assert_eq!(api.column("accountid", &format!("accounts?$filter=accountid gt {}", sorted[1])), [sorted[2]]);
}

/// The order of the bytes in `SQLGuid.cs` of .NET, from the least weight to the greatest, in GUIDs with one bit.
#[test]
fn guids_are_sorted_and_compared_in_one_order() {
    let api = Api::new();
    let ascending = [
        "01000000-0000-0000-0000-000000000000",
        "00010000-0000-0000-0000-000000000000",
        "00000100-0000-0000-0000-000000000000",
        "00000001-0000-0000-0000-000000000000",
        "00000000-0100-0000-0000-000000000000",
        "00000000-0001-0000-0000-000000000000",
        "00000000-0000-0100-0000-000000000000",
        "00000000-0000-0001-0000-000000000000",
        "00000000-0000-0000-0001-000000000000",
        "00000000-0000-0000-0100-000000000000",
        "00000000-0000-0000-0000-000000000001",
        "00000000-0000-0000-0000-000000000100",
        "00000000-0000-0000-0000-000000010000",
        "00000000-0000-0000-0000-000001000000",
        "00000000-0000-0000-0000-000100000000",
        "00000000-0000-0000-0000-010000000000",
    ];
    for id in ascending.iter().rev() {
        api.create("accounts", &json!({"accountid": id}));
    }
    let ids = |query: &str| api.column("accountid", &format!("accounts?$select=accountid&{query}"));
    assert_eq!(ids("$orderby=accountid"), ascending);
    assert_eq!(ids("$orderby=accountid desc&$top=2"), [ascending[15], ascending[14]]);
    for (index, id) in ascending.iter().enumerate() {
        assert_eq!(ids(&format!("$filter=accountid lt {id}&$orderby=accountid")), ascending[..index], "{id}");
        assert_eq!(ids(&format!("$filter=accountid ge {id}&$orderby=accountid")), ascending[index..], "{id}");
    }
    let mut paged = Vec::new();
    let mut target = "accounts?$select=accountid&$orderby=accountid".to_owned();
    let small = api.with("Prefer", "odata.maxpagesize=3");
    loop {
        let page = small.get(&target).expect(200).json();
        paged.extend(page["value"].as_array().unwrap().iter().map(|row| row["accountid"].clone()));
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        target = link.split_once("/api/data/v9.2/").unwrap().1.to_owned();
    }
    assert_eq!(paged, ascending);
}

#[test]
fn counts() {
    let api = filled();
    let page = api.get("accounts?$select=name&$count=true&$top=2&$filter=numberofemployees ne null").json();
    assert_eq!((&page["@odata.count"], page["value"].as_array().unwrap().len()), (&json!(4), 2));
    let answer = api.get("accounts/$count").expect(200);
    assert_eq!(
        (answer.header("content-type"), answer.text().trim_start_matches('\u{feff}')),
        (Some("text/plain"), "5")
    );
    assert_eq!(api.get("accounts/$count?$filter=revenue eq null").text().trim_start_matches('\u{feff}'), "1");
    let page = api.with("Prefer", "odata.include-annotations=\"*\"").get("accounts?$top=1").json();
    assert_eq!(page["@Microsoft.Dynamics.CRM.totalrecordcount"], -1);
    let total = api.get("RetrieveTotalRecordCount(EntityNames=['account'])").expect(200).json();
    assert_eq!(total["EntityRecordCountCollection"]["Values"], json!([5]));
}

#[test]
fn expansions() {
    let api = filled();
    let row = api.rows("accounts?$select=name&$filter=name eq 'Contoso'&$expand=primarycontactid($select=fullname),Account_Tasks($select=subject;$filter=prioritycode ne 2;$orderby=subject desc;$top=1)").remove(0);
    assert_eq!(row["primarycontactid"]["fullname"], "Zoe Adams");
    assert!(row["primarycontactid"]["contactid"].is_string());
    assert_eq!(row["Account_Tasks"].as_array().unwrap().len(), 1);
    let row = api
        .rows("accounts?$select=name&$filter=name eq 'Contoso'&$expand=primarycontactid/$ref,ownerid")
        .remove(0);
    assert!(
        row["primarycontactid"]["@odata.id"]
            .as_str()
            .unwrap()
            .starts_with("https://emulator.crm.dynamics.com/api/data/v9.2/contacts(")
    );
    let owner = json!({"@odata.type": "#Microsoft.Dynamics.CRM.systemuser", "ownerid": api.emulator.user().to_string()});
    assert_eq!(row["ownerid"], owner);
    let empty =
        api.rows("accounts?$filter=name eq 'Fabrikam'&$expand=Account_Tasks,parentaccountid").remove(0);
    assert_eq!((&empty["Account_Tasks"], &empty["parentaccountid"]), (&json!([]), &Value::Null));
}

#[test]
fn pages_are_linked() {
    let api = filled();
    let small = api.with("Prefer", "odata.maxpagesize=2");
    let (mut found, mut pages) = (Vec::new(), 0);
    let mut next =
        Some("accounts?$select=name&$orderby=numberofemployees desc&$filter=name ne 'x'".to_owned());
    while let Some(target) = next {
        let answer = small.get(&target).expect(200);
        assert_eq!(answer.header("preference-applied"), Some("odata.maxpagesize=2"));
        let page = answer.json();
        found.extend(page["value"].as_array().unwrap().iter().map(|row| row["name"].clone()));
        next = page["@odata.nextLink"].as_str().map(|link| link.split("/v9.2/").nth(1).unwrap().to_owned());
        pages += 1;
    }
    assert_eq!(found, ["contoso labs", "Émile & Söhne", "Contoso", "50% Off", "Fabrikam"]);
    assert_eq!(pages, 3);
    // A token of another query, and one that was made up.
    let link = small.get("accounts?$orderby=name").json()["@odata.nextLink"].as_str().unwrap().to_owned();
    let token = link.split("$skiptoken=").nth(1).unwrap();
    small.send("GET", &format!("accounts?$skiptoken={token}"), "").refused(
        400,
        "0x0",
        "does not belong to this query",
    );
    small.get("accounts?$skiptoken=x").refused(400, "0x0", "skip token");
}

#[test]
fn aggregates() {
    let api = filled();
    let value =
        |query: &str| api.get(&format!("accounts?$apply={query}")).expect(200).json()["value"].clone();
    assert_eq!(
        value(
            "aggregate(revenue with sum as total,revenue with average as mean,numberofemployees with max as most,$count as n,numberofemployees with countdistinct as kinds)"
        ),
        json!([{"total": 100000000208.24, "mean": 25000000052.06, "most": 20, "n": 5, "kinds": 3}])
    );
    assert_eq!(
        value("groupby((accountcategorycode),aggregate($count as n))"),
        json!([{"n": 2}, {"accountcategorycode": 1, "n": 2}, {"accountcategorycode": 2, "n": 1}])
    );
    assert_eq!(
        value(
            "filter(_primarycontactid_value ne null)/groupby((primarycontactid/lastname),aggregate(revenue with min as least))"
        ),
        json!([{"contact_lastname": "Adams", "least": 100.5}, {"contact_lastname": "Zorn", "least": 7.25}])
    );
}

#[test]
fn groups_have_formatted_values() {
    let api = filled().with("Prefer", "odata.include-annotations=\"*\"");
    let formatted = "OData.Community.Display.V1.FormattedValue";
    let rows =
        |groups: &str| api.rows(&format!("accounts?$apply=groupby(({groups}),aggregate($count as n))"));
    let by_contact = rows("_primarycontactid_value");
    assert_eq!(by_contact[0], json!({"n": 3, format!("n@{formatted}"): "3"}));
    let names: Vec<&Value> =
        by_contact[1..].iter().map(|row| &row[format!("_primarycontactid_value@{formatted}")]).collect();
    assert!(names.contains(&&json!("Zoe Adams")) && names.contains(&&json!("Adam Zorn")), "{names:?}");
    assert_eq!(rows("accountcategorycode")[2][format!("accountcategorycode@{formatted}")], "Standard");
    let by_creator = rows("primarycontactid/_createdby_value");
    let creator = format!("contact__createdby_value@{formatted}");
    assert_eq!((by_creator.len(), &by_creator[1][creator]), (2, &json!("System Administrator")));
}
