use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name", columns(new_name, new_name)))]
struct KeyColumnTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyColumnTwice>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    key(name = "new_k", columns(new_name)),
    key(name = "new_k", columns(new_name))
)]
struct KeyNameTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyNameTwice>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name", columns(number)))]
struct KeyOfColumnLikeNoOther {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyOfColumnLikeNoOther>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_text", columns(new_text)))]
struct KeyOfMemo {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyOfMemo>,
    #[attr(logical = "new_text", memo)]
    text: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", key(name = "new_by_name", columns(new_nme)))]
struct KeyOfUnknownColumn {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyOfUnknownColumn>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    key(
        name = "new_wide",
        columns(
            new_c1, new_c2, new_c3, new_c4, new_c5, new_c6, new_c7, new_c8, new_c9, new_c10, new_c11,
            new_c12, new_c13, new_c14, new_c15, new_c16, new_c17
        )
    )
)]
struct KeyOfTooManyColumns {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<KeyOfTooManyColumns>,
    #[attr(logical = "new_c1")]
    c1: Option<String>,
    #[attr(logical = "new_c2")]
    c2: Option<String>,
    #[attr(logical = "new_c3")]
    c3: Option<String>,
    #[attr(logical = "new_c4")]
    c4: Option<String>,
    #[attr(logical = "new_c5")]
    c5: Option<String>,
    #[attr(logical = "new_c6")]
    c6: Option<String>,
    #[attr(logical = "new_c7")]
    c7: Option<String>,
    #[attr(logical = "new_c8")]
    c8: Option<String>,
    #[attr(logical = "new_c9")]
    c9: Option<String>,
    #[attr(logical = "new_c10")]
    c10: Option<String>,
    #[attr(logical = "new_c11")]
    c11: Option<String>,
    #[attr(logical = "new_c12")]
    c12: Option<String>,
    #[attr(logical = "new_c13")]
    c13: Option<String>,
    #[attr(logical = "new_c14")]
    c14: Option<String>,
    #[attr(logical = "new_c15")]
    c15: Option<String>,
    #[attr(logical = "new_c16")]
    c16: Option<String>,
    #[attr(logical = "new_c17")]
    c17: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    key(name = "new_k1", columns(new_name)),
    key(name = "new_k2", columns(new_name)),
    key(name = "new_k3", columns(new_name)),
    key(name = "new_k4", columns(new_name)),
    key(name = "new_k5", columns(new_name)),
    key(name = "new_k6", columns(new_name)),
    key(name = "new_k7", columns(new_name)),
    key(name = "new_k8", columns(new_name)),
    key(name = "new_k9", columns(new_name)),
    key(name = "new_k10", columns(new_name)),
    key(name = "new_k11", columns(new_name))
)]
struct TooManyKeys {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<TooManyKeys>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

fn main() {}
