use serde_json::{Value, json};

use super::data::{annotated, fetch, rows, samples};
use crate::support::Api;

fn aggregate(api: &Api, set: &str, entity: &str, inside: &str) -> Vec<Value> {
    rows(api, set, &format!("<fetch aggregate='true'><entity name='{entity}'>{inside}</entity></fetch>"))
}

fn shown(row: &Value, name: &str) -> String {
    row[format!("{name}@OData.Community.Display.V1.FormattedValue")].as_str().unwrap_or("NULL").to_owned()
}

const ALL: &str = "<attribute name='numberofemployees' alias='Average' aggregate='avg'/>\
    <attribute name='numberofemployees' alias='Count' aggregate='count'/>\
    <attribute name='numberofemployees' alias='ColumnCount' aggregate='countcolumn'/>\
    <attribute name='numberofemployees' alias='Maximum' aggregate='max'/>\
    <attribute name='numberofemployees' alias='Minimum' aggregate='min'/>\
    <attribute name='numberofemployees' alias='Sum' aggregate='sum'/>";

#[test]
fn every_aggregate_has_its_alias() {
    let api = samples();
    let found = aggregate(&api, "accounts", "account", ALL);
    let expected = json!([{"Average": 3911, "Count": 10, "ColumnCount": 9, "Maximum": 6200, "Minimum": 1500, "Sum": 35200}]);
    assert_eq!(json!(found), expected);
    let row = &aggregate(&annotated(&api), "accounts", "account", ALL)[0];
    let texts = ["Average", "Count", "ColumnCount", "Maximum", "Minimum", "Sum"].map(|name| shown(row, name));
    assert_eq!(texts, ["3,911", "10", "9", "6,200", "1,500", "35,200"]);
}

#[test]
fn aggregates_have_no_key_and_no_etag() {
    let row = aggregate(&samples(), "accounts", "account", ALL)[0].clone();
    assert!(row.get("@odata.etag").is_none() && row.get("accountid").is_none());
}

#[test]
fn distinct_values_are_counted() {
    let inside = "<attribute name='numberofemployees' alias='ColumnCount' aggregate='countcolumn' distinct='true'/>\
                  <attribute name='address1_city' alias='Cities' aggregate='countcolumn' distinct='1'/>";
    assert_eq!(
        json!(aggregate(&samples(), "accounts", "account", inside)),
        json!([{"ColumnCount": 8, "Cities": 7}])
    );
}

#[test]
fn each_value_makes_a_group() {
    let api = samples();
    let inside = "<attribute name='numberofemployees' alias='Total' aggregate='sum'/><attribute name='address1_city' alias='Count' \
                  aggregate='count'/><attribute name='address1_city' alias='City' groupby='true'/><order alias='City'/>";
    let expected = json!([
        {"Total": 0, "Count": 1},
        {"Total": 6000, "Count": 1, "City": "Dallas"},
        {"Total": 2900, "Count": 1, "City": "Los Angeles"},
        {"Total": 2700, "Count": 1, "City": "Lynnwood"},
        {"Total": 4800, "Count": 1, "City": "Missoula"},
        {"Total": 3900, "Count": 1, "City": "Phoenix"},
        {"Total": 10600, "Count": 3, "City": "Redmond"},
        {"Total": 4300, "Count": 1, "City": "Santa Cruz"},
    ]);
    assert_eq!(json!(aggregate(&api, "accounts", "account", inside)), expected);
    let row = &aggregate(&annotated(&api), "accounts", "account", inside)[6];
    assert_eq!((shown(row, "Total"), shown(row, "Count")), ("10,600".to_owned(), "3".to_owned()));
}

#[test]
fn groups_sorted_by_an_aggregate() {
    let inside = "<attribute name='address1_city' alias='n' aggregate='count'/><attribute name='address1_city' alias='City' \
                  groupby='true'/><order alias='n' descending='true'/><order alias='City' descending='true'/>";
    let found = aggregate(&samples(), "accounts", "account", inside);
    assert_eq!((&found[0], &found[1]["City"]), (&json!({"n": 3, "City": "Redmond"}), &json!("Santa Cruz")));
}

#[test]
fn groups_by_parts_of_a_date() {
    let api = annotated(&samples());
    let part = |alias: &str, part: &str| {
        format!("<attribute name='createdon' alias='{alias}' groupby='true' dategrouping='{part}'/>")
    };
    let inside = format!(
        "<attribute name='numberofemployees' alias='Total' aggregate='sum'/>{}{}{}{}{}{}{}<order alias='Month'/>",
        part("Day", "day"),
        part("Week", "week"),
        part("Month", "month"),
        part("Quarter", "quarter"),
        part("Year", "year"),
        part("FiscalPeriod", "fiscal-period"),
        part("FiscalYear", "fiscal-year"),
    );
    let found = aggregate(&api, "accounts", "account", &inside);
    let names = ["Total", "Day", "Week", "Month", "Quarter", "Year", "FiscalPeriod", "FiscalYear"];
    let texts: Vec<_> = found.iter().map(|row| names.map(|name| shown(row, name))).collect();
    assert_eq!(
        texts,
        [
            ["35,200", "25", "12", "3", "1", "2,023", "Quarter 1 FY2023", "FY2023"],
            ["0", "27", "35", "8", "3", "2,023", "Quarter 3 FY2023", "FY2023"],
        ]
    );
    assert_eq!(
        (&found[0]["Year"], &found[0]["FiscalPeriod"], &found[0]["FiscalYear"]),
        (&json!(2023), &json!(1), &json!(2023))
    );
}

#[test]
fn fiscal_periods_of_two_years_are_two_groups() {
    let api = Api::new();
    for date in ["2022-02-01T00:00:00Z", "2023-02-01T00:00:00Z"] {
        api.create("accounts", &json!({"name": date, "overriddencreatedon": date}));
    }
    let inside = "<attribute name='createdon' alias='p' groupby='true' dategrouping='fiscal-period' usertimezone='false'/>\
                  <attribute name='accountid' alias='n' aggregate='count'/>";
    assert_eq!(
        json!(aggregate(&api, "accounts", "account", inside)),
        json!([{"p": 1, "n": 1}, {"p": 1, "n": 1}])
    );
}

#[test]
fn a_date_without_a_part() {
    let inside = "<attribute name='createdon' alias='d' groupby='true'/><attribute name='accountid' alias='n' aggregate='count'/>";
    let expected = json!([{"d": "2023-03-25T17:42:00Z", "n": 9}, {"d": "2023-08-27T09:00:00Z", "n": 1}]);
    assert_eq!(json!(aggregate(&samples(), "accounts", "account", inside)), expected);
    let text = format!("<fetch aggregate='true'><entity name='account'>{inside}</entity></fetch>");
    fetch(&Api::strict(), "accounts", &text).refused(400, "0x80040203", "`dategrouping`");
}

#[test]
fn lookups_and_choices_group_with_their_names() {
    let api = annotated(&samples());
    let inside = "<attribute name='ownerid' alias='owner' groupby='true'/><attribute name='statecode' alias='state' groupby='true'/>\
                  <attribute name='accountid' alias='n' aggregate='count'/>";
    let row = &aggregate(&api, "accounts", "account", inside)[0];
    assert_eq!(
        (shown(row, "owner"), shown(row, "state"), &row["n"]),
        ("System Administrator".to_owned(), "Active".to_owned(), &json!(10))
    );
    assert_eq!(row["owner@OData.Community.Display.V1.AttributeName"], "ownerid");
    assert_eq!(row["owner@Microsoft.Dynamics.CRM.lookuplogicalname"], "systemuser");
}

#[test]
fn aggregates_over_links() {
    let api = samples();
    let inside = "<attribute name='address1_city' alias='city' groupby='true'/><link-entity name='contact' from='contactid' \
                  to='primarycontactid' alias='c'><attribute name='contactid' alias='contacts' aggregate='countcolumn'/><attribute \
                  name='lastname' alias='last' groupby='true'/><filter><condition attribute='firstname' operator='in'><value>Scott</value>\
                  <value>Jim</value></condition></filter><order alias='last'/></link-entity>";
    let found = aggregate(&api, "accounts", "account", inside);
    let expected = json!([
        {"city": "Phoenix", "contacts": 1, "last": "Glynn (sample)"},
        {"city": "Redmond", "contacts": 1, "last": "Konersmann (sample)"},
    ]);
    assert_eq!(json!(found), expected);
}

#[test]
fn sums_and_averages_of_amounts_are_amounts() {
    let api = Api::new();
    for revenue in [json!(10.5), json!(20.25), Value::Null] {
        api.create("accounts", &json!({"name": "x", "revenue": revenue}));
    }
    let inside = "<attribute name='revenue' alias='sum' aggregate='sum'/><attribute name='revenue' alias='avg' aggregate='avg'/>\
                  <attribute name='revenue' alias='max' aggregate='max'/>";
    let row = &aggregate(&annotated(&api), "accounts", "account", inside)[0];
    assert_eq!(
        (row["sum"].as_f64(), row["avg"].as_f64(), row["max"].as_f64()),
        (Some(30.75), Some(15.375), Some(20.25))
    );
    assert_eq!(["sum", "avg", "max"].map(|name| shown(row, name)), ["$30.75", "$15.38", "$20.25"]);
}

#[test]
fn aggregates_of_no_rows() {
    let found = aggregate(&Api::new(), "accounts", "account", ALL);
    assert_eq!(json!(found), json!([{"Count": 0, "ColumnCount": 0, "Sum": 0}]));
}

#[test]
fn pages_of_groups() {
    let api = annotated(&samples());
    let page = |number: usize| {
        let text = format!(
            "<fetch aggregate='true' count='5' page='{number}'><entity name='account'><attribute name='address1_city' alias='City' \
             groupby='true'/><order alias='City'/></entity></fetch>"
        );
        fetch(&api, "accounts", &text).expect(200).json()
    };
    let (first, second) = (page(1), page(2));
    assert_eq!(
        (&first["@Microsoft.Dynamics.CRM.morerecords"], first["value"].as_array().unwrap().len()),
        (&json!(true), 5)
    );
    assert_eq!(
        (second.get("@Microsoft.Dynamics.CRM.morerecords"), second["value"].as_array().unwrap().len()),
        (None, 3)
    );
}

#[test]
fn the_limits_of_aggregates() {
    let api = samples();
    let text = |limit: &str| {
        format!(
            "<fetch aggregate='true' {limit}><entity name='account'><attribute name='name' alias='n' aggregate='count'/></entity></fetch>"
        )
    };
    assert_eq!(rows(&api, "accounts", &text("aggregatelimit='10'"))[0]["n"], 10);
    let words = "The maximum record limit is exceeded. Reduce the number of records.";
    fetch(&api, "accounts", &text("aggregatelimit='9'")).refused(400, "0x8004e023", words);
    // Each of 230 rows joined with each: 52,900.
    let targets: Vec<Value> =
        (0..220).map(|_| json!({"@odata.type": "Microsoft.Dynamics.CRM.account", "name": "x"})).collect();
    api.post("accounts/Microsoft.Dynamics.CRM.CreateMultiple", &json!({"Targets": targets})).expect(200);
    let link = "aggregate='count'/><link-entity name='account' from='statecode' to='statecode'/>";
    fetch(&api, "accounts", &text("").replace("aggregate='count'/>", link)).refused(400, "0x8004e023", words);
    fetch(&api, "accounts", &text("aggregatelimit='60000'").replace("aggregate='count'/>", link)).refused(
        400,
        "0x8004e023",
        words,
    );
}

#[test]
fn invalid_aggregates_are_refused() {
    let api = samples();
    for (inside, code, words) in [
        ("<attribute name='name'/>", "0x80041107", "Attribute can not be specified"),
        ("<all-attributes/>", "0x80041107", "Attribute can not be specified"),
        ("<attribute name='name' aggregate='count'/>", "0x8004110b", "alias"),
        ("<attribute name='name' alias='x' aggregate='median'/>", "0x8004111a", "median"),
        ("<attribute name='name' alias='x' aggregate='sum'/>", "0x80040203", "`name`"),
        ("<attribute name='name' alias='x' groupby='true' dategrouping='day'/>", "0x80040203", "dates"),
        (
            "<attribute name='createdon' alias='x' groupby='true' dategrouping='hour'/>",
            "0x80040203",
            "`hour`",
        ),
        ("<attribute name='name' alias='x' groupby='true'/><order alias='y'/>", "0x8004110a", "'y'"),
        (
            "<attribute name='name' alias='x' groupby='true'/><attribute name='name' alias='x' aggregate='count'/>",
            "0x80041130",
            "x is not a unique alias.",
        ),
        ("", "0x80040203", "attributes"),
    ] {
        let text = format!("<fetch aggregate='true'><entity name='account'>{inside}</entity></fetch>");
        fetch(&api, "accounts", &text).refused(400, code, words);
    }
}

/// Four opportunities, three of them won, as in Microsoft's sample on aggregation.
fn opportunities() -> Api {
    let api = Api::new();
    for (value, closed, state) in [
        (120_000, Some("2022-02-10"), 1),
        (240_000, Some("2022-08-20"), 1),
        (30_000, Some("2023-02-01"), 1),
        (360_000, None, 0),
    ] {
        api.create(
            "opportunities",
            &json!({"name": format!("Sale of {value}"), "estimatedvalue": value, "actualclosedate": closed}),
        );
        let id =
            api.rows("opportunities?$select=name&$orderby=createdon desc").last().unwrap()["opportunityid"]
                .clone();
        let status = if state == 1 { 3 } else { 1 };
        let target = format!("opportunities({})", id.as_str().unwrap());
        api.patch(&target, &json!({"statecode": state, "statuscode": status})).expect(204);
    }
    api
}

const WON: &str = "<filter type='and'><condition attribute='statecode' operator='eq' value='Won'/></filter>";

#[test]
fn amounts_by_year_and_quarter() {
    let inside = format!(
        "<attribute name='opportunityid' alias='n' aggregate='count'/><attribute name='estimatedvalue' alias='sum' aggregate='sum'/>\
         <attribute name='estimatedvalue' alias='avg' aggregate='avg'/><attribute name='actualclosedate' groupby='true' \
         dategrouping='quarter' alias='quarter'/><attribute name='actualclosedate' groupby='true' dategrouping='year' alias='year'/>\
         <order alias='year' descending='false'/><order alias='quarter' descending='false'/>{WON}"
    );
    let found = aggregate(&opportunities(), "opportunities", "opportunity", &inside);
    let values: Vec<_> = found
        .iter()
        .map(|row| (row["year"].clone(), row["quarter"].clone(), row["n"].clone(), row["sum"].as_f64()))
        .collect();
    let expected = [(2022, 1, 120_000.0), (2022, 3, 240_000.0), (2023, 1, 30_000.0)];
    assert_eq!(
        values,
        expected.map(|(year, quarter, sum)| (json!(year), json!(quarter), json!(1), Some(sum)))
    );
}

#[test]
fn groups_by_a_lookup_of_a_link() {
    let api = opportunities();
    let inside = "<attribute name='name' alias='opportunity_count' aggregate='countcolumn'/><link-entity name='systemuser' \
                  from='systemuserid' to='ownerid'><attribute name='parentsystemuserid' alias='managerid' groupby='true'/></link-entity>";
    assert_eq!(
        json!(aggregate(&api, "opportunities", "opportunity", inside)),
        json!([{"opportunity_count": 4}])
    );
}

#[test]
fn a_group_without_an_alias_is_named_by_its_column() {
    let inside = "<attribute name='estimatedvalue' aggregate='sum' alias='total'/><attribute name='actualclosedate' groupby='true' \
                  dategrouping='fiscal-period'/>";
    let found =
        aggregate(&annotated(&opportunities()), "opportunities", "opportunity", &format!("{inside}{WON}"));
    let shown: Vec<_> = found.iter().map(|row| shown(row, "actualclosedate")).collect();
    assert_eq!(shown, ["Quarter 1 FY2022", "Quarter 3 FY2022", "Quarter 1 FY2023"]);
}
