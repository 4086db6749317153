//! What answers say of members that nobody asked for.

use dataverse_definitions::{Fact, read};

/// `RetrieveMetadataChanges` answers false to whoever did not ask for `IsValidODataAttribute`: so do the answers of a real org in npm
/// `dataverse-gen` 2.0.15, for each of 645 columns.
#[test]
fn a_table_of_metadata_changes_has_properties_even_if_it_was_not_asked() {
    let answer = |validity: [bool; 2]| {
        let attributes = validity.map(|is_valid| {
            format!(r#"{{"LogicalName": "new_{is_valid}", "AttributeType": "String", "IsValidODataAttribute": {is_valid}}}"#)
        });
        format!(
            r#"{{"EntityMetadata": [{{"LogicalName": "new_loan", "Attributes": [{}]}}]}}"#,
            attributes.join(",")
        )
    };
    let unasked = answer([false, false]).replacen("new_false", "new_other", 1);
    let tables = read(&[&unasked]).unwrap();
    assert!(tables[0].attributes.iter().all(|column| column.is_valid_odata_attribute == Fact::NotAsked));
    let tables = read(&[&answer([true, false])]).unwrap();
    assert_eq!(tables[0].column("new_true").unwrap().is_valid_odata_attribute, Fact::Known(true));
    assert_eq!(tables[0].column("new_false").unwrap().is_valid_odata_attribute, Fact::Known(false));
    // A definition says what is so.
    let definition = unasked.replace("EntityMetadata", "value");
    let tables = read(&[&definition]).unwrap();
    assert!(tables[0].attributes.iter().all(|column| column.is_valid_odata_attribute == Fact::Known(false)));
}
