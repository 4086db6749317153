//! webapi/query/join-tables: the expands that Dataverse refuses.

use super::data::litware;
use crate::support::Api;

const ONLY: &str = "Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.";

fn refused(expand: &str, words: &str) {
    let (api, litware, _) = litware();
    for target in ["accounts".to_owned(), format!("accounts({litware})")] {
        api.get(&format!("{target}?$select=name&$expand={expand}")).refused(400, "0x80060888", words);
    }
}

#[test]
fn top_and_order_with_a_nested_expand() {
    let nested = "primarycontactid($expand=createdby($select=fullname))";
    for option in ["$top=1", "$orderby=subject"] {
        refused(&format!("Account_Tasks({option};$expand=createdby_task)"), ONLY);
        refused(&format!("Account_Tasks({option}),{nested}"), ONLY);
        refused(&format!("primarycontactid($expand=Contact_Tasks({option}))"), ONLY);
    }
    let (api, ..) = litware();
    let filter = "accounts?$expand=Account_Tasks($select=subject;$filter=contains(subject,'1');$expand=createdby_task)";
    assert_eq!(api.rows(filter)[0]["Account_Tasks"].as_array().unwrap().len(), 1);
}

#[test]
fn options_of_single_valued_properties() {
    refused("primarycontactid($top=1)", ONLY);
    refused("primarycontactid($orderby=fullname)", ONLY);
    refused("primarycontactid($filter=lastname eq 'a')", "single-valued");
}

#[test]
fn references_of_collections() {
    refused("Account_Tasks/$ref", "Expand with $ref is only supported on lookup type navigation property.");
    refused("Account_Tasks/$count", "$count");
}

#[test]
fn unknown_options_of_expands() {
    for option in ["$skip=1", "$count=true", "$search=a", "$levels=2"] {
        refused(&format!("Account_Tasks({option})"), option.split('=').next().unwrap());
    }
}

#[test]
fn a_query_expands_at_most_15_properties() {
    let (api, ..) = litware();
    let names = |count: usize| vec!["parentaccountid($select=name)"; count].join(",");
    api.get(&format!("accounts?$expand={}", names(15))).expect(200);
    refused(&names(16), "15");
    let deep = (0..16).fold(String::new(), |inner, _| {
        let options = if inner.is_empty() { "$select=name".to_owned() } else { format!("$expand={inner}") };
        format!("parentaccountid({options})")
    });
    refused(&deep, "15");
}

#[test]
fn many_to_many_with_others() {
    let api = Api::new();
    let nested = "The navigation property 'teammembership_association' cannot be expanded. Only many-to-one relationships are supported for nested expansion.";
    for (expand, words) in [
        ("teammembership_association($select=name;$expand=createdby)", nested),
        ("teammembership_association,businessunitid($expand=createdby)", nested),
        ("user_accounts($expand=owninguser($expand=teammembership_association))", nested),
        ("teammembership_association,businessunitid", "together with"),
        ("user_accounts,teammembership_association", "together with"),
    ] {
        api.get(&format!("systemusers?$select=fullname&$expand={expand}")).refused(400, "0x80060888", words);
    }
}
