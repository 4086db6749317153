use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FieldWithoutOption {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FieldWithoutOption>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<FieldWithoutOption>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "new_parent")]
    parent_name: String,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct TwoSources {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<TwoSources>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<TwoSources>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(
        logical = "new_parentname",
        string,
        read_only,
        name_of = "new_parent",
        yomi_name_of = "new_parent"
    )]
    parent_name: Option<String>,
}

fn main() {}
