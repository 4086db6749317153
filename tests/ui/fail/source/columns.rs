use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NameOfAName {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NameOfAName>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<NameOfAName>>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "new_parent")]
    parent_name: Option<String>,
    #[attr(logical = "new_parentyominame", string, read_only, yomi_name_of = "new_parentname")]
    parent_yomi_name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NameOfColumnLikeNoOther {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NameOfColumnLikeNoOther>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<NameOfColumnLikeNoOther>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "ownerid")]
    parent_name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NameOfItself {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NameOfItself>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<NameOfItself>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "new_parentname")]
    parent_name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NameOfText {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NameOfText>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<NameOfText>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "new_text")]
    parent_name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NameOfUnknownColumn {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<NameOfUnknownColumn>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<NameOfUnknownColumn>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_parentname", string, read_only, name_of = "new_parnt")]
    parent_name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct TypeOfPicklist {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<TypeOfPicklist>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_kindtype", entity_name, read_only, type_of = "new_kind")]
    kind_type: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct YomiNameOfPicklist {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<YomiNameOfPicklist>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<YomiNameOfPicklist>>,
    #[attr(logical = "new_text", string)]
    text: Option<String>,
    #[attr(logical = "new_kind", picklist)]
    kind: Option<i32>,
    #[attr(logical = "new_parentname", string, read_only, yomi_name_of = "new_kind")]
    parent_name: Option<String>,
}

fn main() {}
