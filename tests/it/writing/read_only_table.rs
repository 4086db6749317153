//! Tables that no message writes: generic code that takes any table still compiles, and sends nothing.

use dataverse_entity::Organization;
use dataverse_entity::message::Message;
use dataverse_entity::prelude::*;

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_log", set = "new_logs", read_only)]
struct Log {
    #[attr(logical = "new_logid", primary_id)]
    id: Id<Log>,
    #[attr(logical = "new_text", string(max_length = 100))]
    text: Option<String>,
    #[attr(logical = "new_parent", nav = "new_Parent")]
    parent: Option<Lookup<Log>>,
}

fn create<T: Entity>(org: &Organization) -> Result<String, String> {
    let request = T::create().request(org).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(request.body()).into_owned())
}

#[test]
fn no_message_takes_a_column() {
    let columns = Log::METADATA.attributes;
    assert_eq!(columns.len(), 3);
    assert!(columns.iter().all(|column| !column.is_creatable() && !column.is_updatable()));
}

#[test]
fn a_create_by_generic_code_is_an_error_and_no_request() {
    let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
    assert_eq!(
        create::<Log>(&org).unwrap_err(),
        "the request cannot be built: new_log: the table is declared `read_only`: no message creates its records"
    );
}

#[test]
fn two_states_of_a_record_have_no_difference_that_could_be_sent() {
    let id: Id<Log> = "6f9619ff-8b86-d011-b42d-00cf4fc964ff".parse().unwrap();
    let before = Log { id, text: Some("a".into()), parent: None };
    let after = Log { text: Some("b".into()), ..before.clone() };
    let update = Log::changes(&before, &after).unwrap();
    assert!(update.is_empty());
    assert_eq!(update.to_json().unwrap(), "{}");
    assert_eq!(format!("{update:?}"), "NoDraft");
}

#[test]
fn records_are_read_and_selected_as_ever() {
    assert_eq!(Log::select_clause(), "new_logid,new_text,_new_parent_value");
    let json = r#"{"new_logid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","new_text":"a"}"#;
    let log = Record::<Log>::from_json(json).unwrap();
    assert_eq!(log.text.as_deref(), Some("a"));
    assert_eq!(log.parent, None);
}
