use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct FieldWithoutAttribute {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<FieldWithoutAttribute>,
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct BareAttribute {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<BareAttribute>,
    #[attr]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NothingInParentheses {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NothingInParentheses>,
    #[attr()]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MissingLogical {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MissingLogical>,
    #[attr(string(max_length = 100))]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct ColumnAndExpand {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<ColumnAndExpand>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    #[expand(nav = "new_Parent")]
    parent: Option<Lookup<ColumnAndExpand>>,
}

fn main() {}
