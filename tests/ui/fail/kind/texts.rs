use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringInInteger {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringInInteger>,
    #[attr(logical = "new_value", string)]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct StringInBorrowedText {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<StringInBorrowedText>,
    #[attr(logical = "new_value", string)]
    value: Option<&'static str>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct MemoInBytes {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<MemoInBytes>,
    #[attr(logical = "new_value", memo)]
    value: Option<Vec<u8>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct EntityNameInInteger {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<EntityNameInInteger>,
    #[attr(logical = "new_value", entity_name)]
    value: Option<i32>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct OptionOfOption {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<OptionOfOption>,
    #[attr(logical = "new_value", string)]
    value: Option<Option<String>>,
}

type MaybeText = Option<String>;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct AliasOfOption {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<AliasOfOption>,
    #[attr(logical = "new_name", string)]
    name: MaybeText,
}

fn main() {}
