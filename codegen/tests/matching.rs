//! A struct that was written by hand, held against the definition of its table.

use dataverse_codegen::assert_matches_definitions;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_machine",
    set = "new_machines",
    schema = "new_Machine",
    ownership = "user",
    optimistic_concurrency = false
)]
struct Machine {
    #[attr(logical = "new_machineid", primary_id, create_only, required = "system")]
    id: Id<Machine>,
    #[attr(logical = "new_name", primary_name, required = "application")]
    name: Option<String>,
}

#[test]
fn a_struct_with_some_columns_of_its_table_matches() {
    assert_matches_definitions!(Machine, "../tests/interop/generated_tables/definition.json");
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_machine", set = "new_machines", optimistic_concurrency = false)]
struct OwnedByWhom {
    #[attr(logical = "new_machineid", primary_id, create_only, required = "system")]
    id: Id<OwnedByWhom>,
    #[attr(logical = "new_name", primary_name, required = "application")]
    name: Option<String>,
}

#[test]
fn a_struct_without_ownership_says_nothing_about_it() {
    assert_matches_definitions!(OwnedByWhom, "../tests/interop/generated_tables/definition.json");
}

#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_machine",
    set = "new_machines",
    ownership = "organization",
    optimistic_concurrency = false
)]
struct OwnedByTheOrganization {
    #[attr(logical = "new_machineid", primary_id, create_only, required = "system")]
    id: Id<OwnedByTheOrganization>,
    #[attr(logical = "new_name", primary_name, required = "application")]
    name: Option<String>,
}

#[test]
#[should_panic(
    expected = "breaking: new_machine: the ownership is now `UserOwned`; it was `OrganizationOwned`"
)]
fn another_ownership_is_a_difference() {
    assert_matches_definitions!(OwnedByTheOrganization, "../tests/interop/generated_tables/definition.json");
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_machine", set = "new_machines", ownership = "user", optimistic_concurrency = false)]
struct WithoutName {
    #[attr(logical = "new_machineid", primary_id, create_only, required = "system")]
    id: Id<WithoutName>,
}

#[test]
fn a_struct_without_its_primary_name_says_nothing_about_it() {
    assert_matches_definitions!(WithoutName, "../tests/interop/generated_tables/definition.json");
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_machine", set = "new_machines", ownership = "user", optimistic_concurrency = false)]
struct NamedByAnother {
    #[attr(logical = "new_machineid", primary_id, create_only, required = "system")]
    id: Id<NamedByAnother>,
    #[attr(logical = "new_title", primary_name)]
    title: Option<String>,
}

#[test]
#[should_panic(expected = "breaking: new_machine: the primary name is now `new_name`; it was `new_title`")]
fn another_primary_name_is_a_difference() {
    assert_matches_definitions!(NamedByAnother, "../tests/interop/generated_tables/definition.json");
}

#[test]
#[should_panic(expected = "does not define the table `systemuser`")]
fn a_file_of_another_table_is_an_error() {
    assert_matches_definitions!(SystemUser, "../tests/interop/generated_tables/definition.json");
}

#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_machine", set = "new_machines", ownership = "user", optimistic_concurrency = false)]
struct Mistaken {
    #[attr(logical = "new_machineid", primary_id)]
    id: Id<Mistaken>,
    #[attr(logical = "new_name", memo, primary_name)]
    name: Option<String>,
    #[attr(logical = "new_nothing")]
    nothing: Option<i32>,
}

#[test]
#[should_panic(expected = "breaking: new_machine.new_name: the kind is now String; it was Memo")]
fn a_mistake_is_told_with_its_column() {
    assert_matches_definitions!(Mistaken, "../tests/interop/generated_tables/definition.json");
}
