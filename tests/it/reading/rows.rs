//! Rows by name, and as your own structs.
//!
//! What the wire looks like: `alias` renames a member, columns of links come as `alias.column` with
//! annotations, and what has no value is left out (fetchxml/select-columns, aggregate-data); `$apply` names a
//! grouped path by the table, `contact_fullname` (webapi/query/aggregate-data).

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};
use dataverse_entity::{DataverseRow, Row, Uuid};
use rust_decimal::Decimal;

use crate::support::table::{Color, ID, Party, Thing};

const EVERY_KIND: &str = r#"{
    "@odata.etag": "W/\"1\"",
    "text": "a \"b\" é 𝄞", "int": -3, "big": 9007199254740993, "ratio": 0.1, "exact": 12345678901234567.8901,
    "flag": true, "at": "2024-09-18T10:20:39Z", "clock": "2024-09-18T10:20:39Z", "day": "2024-09-18",
    "color@OData.Community.Display.V1.FormattedValue": "Dark green", "color": 2,
    "colors": "1,-3",
    "id": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "team",
    "_ownerid_value@OData.Community.Display.V1.FormattedValue": "Sales",
    "_ownerid_value": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    "c.parent": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    "c_x002e_old": "x",
    "contact_fullname": "Ada",
    "nothing": null, "list": [1, 2]
}"#;

fn row() -> Row {
    Row::from_json(EVERY_KIND.as_bytes()).unwrap()
}

#[test]
fn a_column_is_read_as_any_type_that_a_column_can_have() {
    let row = row();
    assert_eq!(row.get::<String>("text").unwrap().as_deref(), Some("a \"b\" é 𝄞"));
    assert_eq!(row.get::<std::sync::Arc<str>>("contact_fullname").unwrap().as_deref(), Some("Ada"));
    assert_eq!(row.get::<i32>("int").unwrap(), Some(-3));
    assert_eq!(row.get::<i64>("big").unwrap(), Some(9_007_199_254_740_993));
    assert_eq!(row.get::<f64>("ratio").unwrap(), Some(0.1));
    assert_eq!(row.get::<Decimal>("exact").unwrap().unwrap().to_string(), "12345678901234567.8901");
    assert_eq!(row.get::<bool>("flag").unwrap(), Some(true));
    assert_eq!(row.get::<Timestamp>("at").unwrap().unwrap().to_string(), "2024-09-18T10:20:39Z");
    assert_eq!(
        row.get::<jiff::civil::DateTime>("clock").unwrap().unwrap().to_string(),
        "2024-09-18T10:20:39"
    );
    assert_eq!(row.get::<jiff::civil::Date>("day").unwrap().unwrap().to_string(), "2024-09-18");
    assert_eq!(row.get::<Color>("color").unwrap(), Some(Color::Green));
    assert_eq!(row.get::<MultiSelect<Color>>("colors").unwrap().unwrap().len(), 2);
    assert_eq!(row.get::<Id<Thing>>("id").unwrap().unwrap().to_string(), ID);
    assert_eq!(row.get::<Uuid>("id").unwrap().unwrap().to_string(), ID);
    // By its logical name as well as by its property, with the table that the annotation names.
    for name in ["ownerid", "_ownerid_value"] {
        let owner = row.get::<Lookup<Party>>(name).unwrap().unwrap();
        assert_eq!(owner.key(), Party::Team(Id::<Team>::new(ID.parse().unwrap())));
        assert_eq!(owner.name(), Some("Sales"));
        assert_eq!(row.lookup_table(name), Some("team"));
        assert_eq!(row.formatted_value(name), Some("Sales"));
    }
    let parent = row.get::<Lookup<SystemUser>>("c.parent").unwrap().unwrap();
    assert_eq!(parent.key().to_string(), ID);
    assert_eq!(row.get::<String>("c.old").unwrap().as_deref(), Some("x"));
}

#[test]
fn null_and_absent_are_told_apart() {
    let row = row();
    assert_eq!(row.get::<i32>("nothing").unwrap(), None);
    assert_eq!(row.get::<i32>("absent").unwrap(), None);
    assert!(row.contains("nothing") && row.is_null("nothing"));
    assert!(!row.contains("absent") && !row.is_null("absent"));
    assert!(row.contains("text") && !row.is_null("text"));
    assert!(!row.contains("color@OData.Community.Display.V1.FormattedValue"));
    assert!(row.names().all(|name| !name.contains('@')));
    assert_eq!(row.len(), row.names().count());
    assert_eq!(row.json("exact").as_deref(), Some("12345678901234567.8901"));
    assert_eq!(row.json("list").as_deref(), Some("[1, 2]"));
    assert_eq!(row.json("text").as_deref(), Some(r#""a \"b\" é 𝄞""#));
}

#[test]
fn an_error_names_the_column_and_what_was_found() {
    let row = row();
    let error = row.get::<i32>("text").unwrap_err();
    assert_eq!(error.column(), Some("text"));
    assert_eq!(error.to_string(), "text: expected a whole number of 32 bits, found \"a \\\"b\\\" é 𝄞\"");
    // Two tables are possible, and this is neither.
    let error = row.get::<Lookup<SystemUser>>("ownerid").unwrap_err().to_string();
    assert!(error.contains("which points to the table team"), "{error}");
    for (bad, why) in [
        ("", "not a JSON object"),
        ("[]", "not a JSON object"),
        ("{\"a\":1,\"a\":2}", "the member `a` appears twice"),
    ] {
        let error = Row::from_json(bad.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[derive(Debug, PartialEq, DataverseRow)]
struct Total {
    color: Option<Color>,
    #[row(alias = "color", formatted)]
    label: Option<String>,
    exact: Decimal,
    #[row(alias = "ownerid")]
    owner: Option<Lookup<Party>>,
    #[row(alias = "c.parent")]
    parent: Option<Id<SystemUser>>,
    #[row(alias = "c.fullname")]
    name: Option<String>,
    r#int: i64,
    #[row(skip)]
    seen: bool,
}

#[test]
fn a_struct_reads_a_row() {
    assert_eq!(Total::COLUMNS, ["color", "exact", "ownerid", "c.parent", "c.fullname", "int"]);
    let total: Total = row().read().unwrap();
    assert_eq!((total.color, total.label.as_deref()), (Some(Color::Green), Some("Dark green")));
    assert_eq!(total.exact.to_string(), "12345678901234567.8901");
    assert_eq!(total.owner.unwrap().name(), Some("Sales"));
    assert_eq!(total.parent.unwrap().to_string(), ID);
    assert_eq!((total.name, total.r#int, total.seen), (None, -3, false));
    let error = Row::from_json(b"{\"exact\":1}").unwrap().read::<Total>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "int: expected a value, because the field is not an `Option`, found null or nothing"
    );
}

#[test]
fn a_row_is_written_as_it_was_read() {
    let row = row();
    let text = serde_json::to_string(&row).unwrap();
    assert!(text.contains("12345678901234567.8901"), "{text}");
    assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
}

#[test]
fn a_page_of_rows_is_read_without_a_message() {
    let page =
        Decoder::new().rows::<Total>(r#"{"value":[{"exact":1.10,"int":2}],"@odata.nextLink":"n"}"#).unwrap();
    assert_eq!(
        (page.rows[0].exact.to_string(), page.info.next_link.as_deref()),
        ("1.10".to_owned(), Some("n"))
    );
    let error = Decoder::new().rows::<Total>(r#"{"value":[{"sum":1},{"sum":2}]}"#).unwrap_err().to_string();
    assert!(
        error.contains("no row has a column that the struct reads") && error.contains("the rows have `sum`"),
        "{error}"
    );
    let error = Decoder::new().rows::<Total>(r#"{"value":[{"exact":1,"int":2},{"exact":"x"}]}"#).unwrap_err();
    assert_eq!((error.row(), error.column()), (Some(1), Some("exact")));
}

/// A page of a table that has none of the table's columns is not read as records in which nothing is set.
#[test]
fn a_page_of_other_rows_is_no_page_of_records() {
    let page = |rows: &str| {
        Decoder::new().page::<Thing>(&format!("{{\"value\":[{rows}]}}")).map(|page| page.records.len())
    };
    for rows in [
        r#"{"total":1}"#,
        r#"{"total":1,"n":null},{"n":2}"#,
        r#"{"c.fullname@OData.Community.Display.V1.FormattedValue":"A","c.fullname":"A"}"#,
    ] {
        let error = page(rows).unwrap_err();
        assert!(
            error.is_malformed()
                && error
                    .to_string()
                    .contains("new_thing: no row has an etag, the key or another column of the table"),
            "{error}"
        );
        assert!(error.to_string().contains("read aliases and aggregates as rows"), "{error}");
    }
    let with_rows =
        |rows: &str| Decoder::new().page_rows::<Thing>(&format!("{{\"value\":[{rows}]}}")).is_err();
    assert!(with_rows(r#"{"total":1}"#));
    // Rows of the table whose columns have no value, which some answers leave out (fetchxml/select-columns).
    for (rows, count) in [
        ("", 0),
        ("{}", 1),
        (r#"{"@odata.etag":"W/\"1\"","other":1}"#, 1),
        (r#"{"other":1,"new_thingid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"#, 1),
        (r#"{"other":1},{"new_name":null}"#, 2),
        (r#"{"other":1,"_ownerid_value":null}"#, 1),
        (r#"{"other@x":1}"#, 1),
    ] {
        assert_eq!(page(rows).unwrap(), count, "{rows}");
    }
}

/// Any bytes are a value or an error.
#[test]
fn any_bytes_are_read_as_a_row_without_a_panic() {
    let mut numbers = 1_u64;
    let mut below = move |limit: usize| {
        numbers = numbers.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (numbers >> 33) as usize % limit
    };
    let pieces: [&[u8]; 12] =
        [b"\"", b"{", b"}", b"[", b"]", b",", b":", b"null", b"-1e999", b"\\ud800", b"@", b"\xff"];
    let mut read = 0;
    for _ in 0..20_000 {
        let mut bytes = EVERY_KIND.as_bytes().to_vec();
        for _ in 0..=below(2) {
            let (at, piece) = (below(bytes.len()), pieces[below(pieces.len())]);
            let end = (at + below(6)).min(bytes.len());
            bytes.splice(at..end, piece.iter().copied());
        }
        if let Ok(row) = Row::from_json(&bytes) {
            read += 1;
            for name in row.names() {
                drop((row.get::<i32>(name), row.get::<Decimal>(name), row.get::<Lookup<Party>>(name)));
                drop((row.get::<Timestamp>(name), row.get::<Color>(name), row.get::<String>(name)));
                drop((row.get::<MultiSelect<Color>>(name), row.get::<Id<Thing>>(name)));
                drop((row.json(name), row.formatted_value(name), format!("{row:?}")));
            }
            drop((row.read::<Total>(), serde_json::to_string(&row).unwrap()));
        }
    }
    assert!(read > 1000, "{read}");
}
