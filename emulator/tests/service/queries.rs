//! Queries: what they find, in which order, and what is refused.

use serde_json::{Value, json};

use crate::support::Api;

/// Five accounts, two of them with contacts, one with tasks.
fn filled() -> Api {
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
        ("revenue lt numberofemployees", vec![]),
        ("revenue gt numberofemployees and not (accountcategorycode eq 1)", vec!["50% Off", "Émile & Söhne"]),
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
    // What is empty comes first; equal values in the order in which they were created.
    assert_eq!(
        names(&api, "$orderby=numberofemployees,name desc"),
        ["Fabrikam", "50% Off", "Contoso", "Émile & Söhne", "contoso labs"]
    );
    assert_eq!(names(&api, "$orderby=revenue desc&$top=1"), ["Émile & Söhne"]);
    // A lookup sorts by the name of the record that it names.
    assert_eq!(names(&api, "$orderby=_primarycontactid_value desc&$top=2"), ["Contoso", "Fabrikam"]);
    assert_eq!(names(&api, "$orderby=primarycontactid/lastname desc&$top=2"), ["Fabrikam", "Contoso"]);
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
    assert_eq!(row["ownerid"]["@odata.type"], "#Microsoft.Dynamics.CRM.systemuser");
    let empty =
        api.rows("accounts?$filter=name eq 'Fabrikam'&$expand=Account_Tasks,parentaccountid").remove(0);
    assert_eq!((&empty["Account_Tasks"], &empty["parentaccountid"]), (&json!([]), &Value::Null));
}

#[test]
fn an_expanded_collection_has_pages() {
    let api = Api::new();
    let tasks: Vec<Value> = (0..5).map(|number| json!({"subject": format!("t{number}")})).collect();
    api.create("accounts", &json!({"name": "a", "Account_Tasks": tasks}));
    let small = api.with("Prefer", "odata.maxpagesize=2");
    let row = small
        .rows("accounts?$select=name&$expand=Account_Tasks($select=subject;$orderby=subject desc)")
        .remove(0);
    let mut found: Vec<Value> = row["Account_Tasks"].as_array().unwrap().clone();
    let mut next = row["Account_Tasks@odata.nextLink"].as_str().map(str::to_owned);
    while let Some(link) = next {
        let page = small.get(link.split("/v9.2/").nth(1).unwrap()).expect(200).json();
        found.extend(page["value"].as_array().unwrap().clone());
        next = page["@odata.nextLink"].as_str().map(str::to_owned);
    }
    let subjects: Vec<&str> = found.iter().map(|row| row["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects, ["t4", "t3", "t2", "t1", "t0"]);
}

#[test]
fn pages_follow_each_other() {
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
        json!([{"primarycontactid_lastname": "Adams", "least": 100.5}, {"primarycontactid_lastname": "Zorn", "least": 7.25}])
    );
}

#[test]
fn groups_have_formatted_values() {
    let api = filled().with("Prefer", "odata.include-annotations=\"*\"");
    let formatted = "OData.Community.Display.V1.FormattedValue";
    let rows =
        |groups: &str| api.rows(&format!("accounts?$apply=groupby(({groups}),aggregate($count as n))"));
    let by_contact = rows("_primarycontactid_value");
    assert_eq!(by_contact[0], json!({"n": 3}));
    let names: Vec<&Value> =
        by_contact[1..].iter().map(|row| &row[format!("_primarycontactid_value@{formatted}")]).collect();
    assert!(names.contains(&&json!("Zoe Adams")) && names.contains(&&json!("Adam Zorn")), "{names:?}");
    assert_eq!(rows("accountcategorycode")[2][format!("accountcategorycode@{formatted}")], "Standard");
    let by_creator = rows("primarycontactid/_createdby_value");
    let creator = format!("primarycontactid__createdby_value@{formatted}");
    assert_eq!((by_creator.len(), &by_creator[1][creator]), (2, &json!("System Administrator")));
}

#[test]
fn queries_that_are_refused() {
    let api = filled();
    for (query, code, words) in [
        (
            "$filter=nosuch eq 1",
            "0x0",
            "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.account'.",
        ),
        (
            "$filter=name eq 5",
            "0x0",
            "incompatible types was detected. Found operand types 'Edm.String' and 'Edm.Int32'",
        ),
        ("$filter=name eq numberofemployees", "0x0", "incompatible types"),
        ("$filter=name eq 'O'Brien'", "0x0", "unterminated literal"),
        ("$filter=name eq", "0x0", "operand is missing"),
        ("$filter=(name eq 'a'", "0x0", "')' is missing"),
        ("$filter=tolower(name) eq 'a'", "0x80060888", "tolower"),
        ("$filter=numberofemployees add 1 eq 2", "0x80060888", "'add'"),
        ("$filter=name in ('a')", "0x80060888", "'in'"),
        ("$filter=startswith(name,'%25a')", "0x80060888", "Trailing wildcards"),
        ("$filter=not Microsoft.Dynamics.CRM.Today(PropertyName='createdon')", "0x80060888", "'not'"),
        ("$filter=Microsoft.Dynamics.CRM.NoSuch(PropertyName='createdon')", "0x80060888", "NoSuch"),
        ("$filter=Microsoft.Dynamics.CRM.Today(PropertyName='name')", "0x80060888", "dates"),
        ("$filter=Account_Tasks/subject eq 'a'", "0x80060888", "collection"),
        ("$filter=Account_Tasks/any(t:name eq 'a')", "0x80060888", "range variable"),
        ("$select=nosuch", "0x0", "Could not find a property named 'nosuch'"),
        ("$orderby=name up", "0x0", "$orderby"),
        ("$top=x", "0x0", "$top"),
        ("$skip=5", "0x80060888", "$skip"),
        ("$nosuch=5", "0x0", "$nosuch"),
        ("$expand=nosuch", "0x0", "Could not find a property named 'nosuch'"),
        ("$expand=primarycontactid($filter=lastname eq 'a')", "0x80060888", "single-valued"),
        ("$expand=Account_Tasks/$ref", "0x80060888", "$ref"),
        ("$apply=groupby((createdon))", "0x80060888", "date"),
        ("$apply=aggregate(name with sum as x)", "0x80060888", "sum"),
        ("$apply=concat(x)", "0x80060888", "concat"),
        ("$select=name&$select=name", "0x0", "more than once"),
    ] {
        api.get(&format!("accounts?{query}")).refused(400, code, words);
    }
    let many: Vec<String> = (0..16).map(|_| "parentaccountid".to_owned()).collect();
    api.get(&format!("accounts?$expand={}", many.join(","))).refused(400, "0x80060888", "15");
    let deep = format!("accounts?$filter={}name eq 'a'{}", "(".repeat(200), ")".repeat(200));
    api.get(&deep).refused(400, "0x0", "nested too deeply");
    for query in [
        "$apply=aggregate($count as n)&$top=1",
        "fetchXml=x&$select=name",
        "savedQuery=x",
        "sql=SELECT",
        "$filter=Microsoft.Dynamics.CRM.Under(PropertyName='accountid',PropertyValue='x')",
    ] {
        api.get(&format!("accounts?{query}")).expect(501);
    }
    api.get(&format!("accounts?$filter=name eq '{}'", "x".repeat(33_000))).expect(414);
}

#[test]
fn no_page_and_no_count_is_larger_than_5000() {
    let api = Api::new();
    let type_name = "Microsoft.Dynamics.CRM.account";
    let targets: Vec<Value> =
        (0..5001).map(|number| json!({"@odata.type": type_name, "numberofemployees": number})).collect();
    api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": targets})).expect(200);
    let annotated = api.with("Prefer", "odata.include-annotations=\"*\"");
    let page = annotated.get("accounts?$select=numberofemployees&$count=true").expect(200).json();
    assert_eq!((page["value"].as_array().unwrap().len(), &page["@odata.count"]), (5000, &json!(5000)));
    assert_eq!(page["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"], true);
    let next = page["@odata.nextLink"].as_str().unwrap().split("/v9.2/").nth(1).unwrap().to_owned();
    assert_eq!(annotated.send("GET", &next, "").json()["value"][0]["numberofemployees"], 5000);
    assert_eq!(api.get("accounts/$count").text().trim_start_matches('\u{feff}'), "5000");
    let total = api.get("RetrieveTotalRecordCount(EntityNames=['account'])").json();
    assert_eq!(total["EntityRecordCountCollection"]["Values"], json!([5001]));
}

#[test]
fn many_conditions_are_no_problem() {
    let api = filled();
    let any: Vec<String> = (0..900).map(|number| format!("numberofemployees eq {number}")).collect();
    assert_eq!(names(&api, &format!("$filter={}", any.join(" or "))).len(), 4);
}
