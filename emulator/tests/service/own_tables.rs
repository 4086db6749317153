//! Tables of the user's own: from derived structs, and from the JSON of an org.

use dataverse_emulator::Emulator;
use dataverse_entity::message::Annotations;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::{SystemUser, Team};
use serde_json::json;

use crate::in_process_and_http::run;
use crate::support::Api;

/// Something the company has lent to somebody.
#[derive(Debug, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_loan",
    set = "new_loans",
    schema = "new_Loan",
    ownership = "user",
    key(name = "new_number", columns(new_number))
)]
struct Loan {
    #[attr(logical = "new_loanid", primary_id, create_only)]
    id: Id<Loan>,
    #[attr(logical = "new_name", primary_name, string(max_length = 50))]
    name: Option<String>,
    #[attr(logical = "new_number", integer(min = 1, max = 1000))]
    number: Option<i32>,
    #[attr(logical = "new_price", money(precision = 2))]
    price: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_weight", decimal(precision = 4))]
    weight: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_tags", multiselect)]
    tags: MultiSelect<Tag>,
    #[attr(logical = "new_due", datetime(behavior = "date_only"))]
    due: Option<jiff::civil::Date>,
    #[attr(
        logical = "new_borrower",
        lookup,
        nav(SystemUser = "new_Borrower_systemuser", Team = "new_Borrower_team")
    )]
    borrower: Option<Lookup<Borrower>>,
    #[attr(
        logical = "new_part_of",
        lookup,
        nav = "new_Part_Of",
        relationship = "new_loan_parts",
        on_delete = "restrict"
    )]
    part_of: Option<Lookup<Loan>>,
    #[attr(logical = "createdon", read_only)]
    created_on: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Tag {
    Fragile = 100,
    Heavy = 101,
    Loud = 102,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, LookupTarget)]
enum Borrower {
    SystemUser(Id<SystemUser>),
    Team(Id<Team>),
}

fn emulator() -> Emulator {
    Emulator::builder().table(Loan::METADATA).build().unwrap()
}

#[test]
fn a_derived_struct_is_a_table() {
    run(async {
        let emulator = emulator();
        let client = emulator.client();
        let team = emulator.add_team("Workshop", &[]).unwrap();
        let draft = Loan::create()
            .name("Drill")
            .number(7)
            .price("19.90".parse::<rust_decimal::Decimal>().unwrap())
            .weight("1.2345".parse::<rust_decimal::Decimal>().unwrap())
            .tags([Tag::Heavy, Tag::Fragile])
            .due("2026-05-06".parse::<jiff::civil::Date>().unwrap())
            .borrower(team);
        let id = client.execute(draft).await.unwrap();
        let read = Loan::retrieve(Loan::NUMBER.key(7)).annotations(Annotations::for_reading());
        let loan = client.execute(read).await.unwrap();
        assert_eq!(
            (loan.id, loan.price.unwrap().to_string(), loan.weight.unwrap().to_string()),
            (id, "19.90".to_owned(), "1.2345".to_owned())
        );
        assert_eq!(loan.tags.iter().collect::<Vec<_>>(), [Tag::Fragile, Tag::Heavy]);
        assert_eq!(loan.due.unwrap().to_string(), "2026-05-06");
        let borrower = loan.borrower.as_ref().unwrap();
        assert_eq!((borrower.name(), borrower.key()), (Some("Workshop"), Borrower::Team(team)));
        // Queries use the same columns.
        let heavy = client
            .execute(
                Loan::query()
                    .annotations(Annotations::for_reading())
                    .filter(Loan::TAGS.contain_values([Tag::Heavy])),
            )
            .await
            .unwrap();
        assert_eq!(heavy.records.len(), 1);
        let loud = client
            .execute(
                Loan::query()
                    .annotations(Annotations::for_reading())
                    .filter(Loan::TAGS.contain_values([Tag::Loud])),
            )
            .await
            .unwrap();
        assert!(loud.records.is_empty());
        // The relationship's rule.
        client.execute(Loan::create().name("Drill bit").part_of(id)).await.unwrap();
        let refused = client.execute(Loan::delete(id)).await.unwrap_err();
        assert_eq!(refused.code(), Some(0x8004_0227), "{refused}");
        // The key is unique.
        assert!(client.execute(Loan::create().number(7)).await.unwrap_err().is_duplicate());
    });
}

#[test]
fn a_missing_table_is_an_error_with_advice() {
    run(async {
        let missing = Emulator::new().client().execute(Loan::create().name("Drill")).await.unwrap_err();
        assert!(missing.is_not_found());
        let words = missing.message().unwrap_or_default();
        assert!(words.starts_with("Resource not found for the segment 'new_loans'."), "{words}");
        assert!(words.contains("`EmulatorBuilder::table`"), "{words}");
    });
}

#[test]
fn a_returned_definition_can_be_read_again() {
    let api = Api::of(emulator());
    let query = r#"{"Criteria":{"Conditions":[{"PropertyName":"LogicalName","ConditionOperator":"Equals","Value":{"Type":"System.String","Value":"new_loan"}}]}}"#;
    let definitions = api.get(&format!("RetrieveMetadataChanges(Query=@q)?@q={query}")).expect(200).text();
    let again = Api::of(Emulator::builder().definitions(definitions).built_in_tables(false).build().unwrap());
    let id = again.create("new_loans", &json!({"new_name": "Drill", "new_tags": "101,100", "new_number": 5}));
    assert_eq!(again.get(&format!("new_loans({id})")).json()["new_tags"], "100,101");
    again.post("new_loans", &json!({"new_tags": "9"})).expect(400);
    again.post("new_loans", &json!({"new_number": 5})).expect(412);
    again.get("accounts").expect(404);
    again.get("msdyn_sessionevents").expect(404);
}

#[test]
fn wrong_definitions_are_errors() {
    for (definition, words) in [
        ("{", "the text is not JSON: EOF"),
        ("", "the text is empty"),
        (
            "tables/loans.json",
            "`tables/loans.json` is the name of a file: `EmulatorBuilder::definitions_file` reads it",
        ),
        ("{}", "no `LogicalName`; expected an answer of `EntityDefinitions`"),
        ("[]", "its list is empty"),
        (r#"{"value":[]}"#, "its list is empty"),
        (r#"{"error":{"code":"0x80040220","message":"not you"}}"#, "an error of a Web API: not you"),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "the text is an HTML page"),
        ("<fetch><entity name='account'/></fetch>", "it starts with `<fetch>` instead of `<edmx:Edmx>`"),
        (r#"{"LogicalName":"x"}"#, "table `x`: no `EntitySetName`"),
        (
            r#"{"LogicalName":"x","EntitySetName":"xs","PrimaryIdAttribute":"xid"}"#,
            "`xid` is not among the attributes; there are none: ask for them with `$expand=Attributes`",
        ),
        (
            r#"{"LogicalName":"x","EntitySetName":"xs","PrimaryIdAttribute":"xid","Attributes":[{"LogicalName":"xid","AttributeType":"Nonsense"}]}"#,
            "attribute `xid`: `Nonsense` is not an attribute type",
        ),
        (
            r#"{"LogicalName":"x","EntitySetName":"accounts","PrimaryIdAttribute":"xid","Attributes":[{"LogicalName":"xid","AttributeType":"Uniqueidentifier"}]}"#,
            "two tables have the entity set `accounts`",
        ),
    ] {
        let error = Emulator::builder().definitions(definition).build().unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn definitions_in_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("loans.json");
    let build = || Emulator::builder().definitions_file(&file).build();
    let error = build().unwrap_err().to_string();
    assert!(error.contains("loans.json cannot be read"), "{error}");
    std::fs::write(&file, "{").unwrap();
    let error = build().unwrap_err().to_string();
    assert!(error.contains("loans.json cannot be used: the text is not JSON"), "{error}");
    let loan = r#"[{"LogicalName":"new_loan","EntitySetName":"new_loans","PrimaryIdAttribute":"new_loanid",
        "Attributes":[{"LogicalName":"new_loanid","AttributeType":"Uniqueidentifier"}]}]"#;
    std::fs::write(&file, loan).unwrap();
    Api::of(build().unwrap()).create("new_loans", &json!({}));
}

#[test]
fn records_of_a_table_without_definition_are_a_warning() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dataverse.db");
    let with_loans = || Emulator::builder().table(Loan::METADATA).file(&file).build().unwrap();
    drop(with_loans());
    let without = || Emulator::builder().file(&file).build().unwrap();
    assert_eq!(without().warnings(), []);
    let api = Api::of(with_loans());
    let id = api.create("new_loans", &json!({"new_name": "Drill"}));
    drop(api);
    let emulator = without();
    let [warning] = emulator.warnings() else { panic!("{:?}", emulator.warnings()) };
    assert_eq!(warning.table(), Some("new_loan"));
    assert!(warning.to_string().contains("nothing describes it"), "{warning}");
    drop(emulator);
    assert_eq!(Api::of(with_loans()).get(&format!("new_loans({id})")).json()["new_name"], "Drill");
}

#[test]
fn a_misspelt_table_is_an_error_with_its_name() {
    let api = Api::new();
    for name in ["account", "Account", "ACCOUNTS"] {
        let said = api.get(name).expect(404).text();
        assert!(said.contains("The entity set of the table 'account' is 'accounts'."), "{said}");
    }
}

#[test]
fn a_file_keeps_its_data_and_gets_new_columns() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("dataverse.db");
    let api = Api::of(Emulator::builder().file(&file).build().unwrap());
    let id = api.create("accounts", &json!({"name": "kept"}));
    let user = api.emulator.user();
    drop(api);
    let column = r#"{"LogicalName":"account","Attributes":[{"LogicalName":"new_color","AttributeType":"String","MaxLength":10}]}"#;
    let api = Api::of(Emulator::builder().file(&file).definitions(column).build().unwrap());
    assert_eq!(api.emulator.user(), user);
    api.patch(&format!("accounts({id})"), &json!({"new_color": "red"})).expect(204);
    let row = api.get(&format!("accounts({id})?$select=name,new_color")).json();
    assert_eq!((&row["name"], &row["new_color"]), (&json!("kept"), &json!("red")));
}
